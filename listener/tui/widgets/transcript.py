"""What was said, utterance by utterance, with the listening behaviours that were found in it."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.events import Resize
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from listener.domain.report import Report
from listener.domain.span import clock
from listener.domain.speech import Utterance
from listener.reports.behaviour_words import behaviours_shown
from listener.reports.review_words import CORRECTED, correctors, judged_at
from listener.reports.summary import Summary
from listener.reports.wording import plain_text
from listener.tui.widgets.moments import Play, at_column
from listener.tui.widgets.overview import COLOURS
from listener.tui.widgets.rows import QUIET, Moments, cut, hanging

NAME_CELLS = 10
EXPLAINED = "What the words seem to do stands in [brackets]. Heard by a machine: it can be wrong."
NO_WORDS = "There is no transcript of this session: what was said was not, or could not be, turned into words."
NOTHING_SAID = "No words were heard in this session."


class Transcript(Vertical):
    """A list of utterances; Enter plays one."""

    def __init__(self, report: Report, summary: Summary) -> None:
        super().__init__(id="transcript", classes="pane")
        self._report, self._names = report, summary.names

    def compose(self) -> ComposeResult:
        if self._report.utterances:
            yield Moments(id="utterances")
            yield Static(EXPLAINED, classes="quiet explained", markup=False)
        else:
            yield Static(NO_WORDS if self._report.speech else NOTHING_SAID, markup=False)
            for note in self._report.session.notes:
                yield Static(note, classes="quiet note", markup=False)

    def on_resize(self, _resized: Resize) -> None:
        """The lines are laid out for the width that the list has now."""
        self.call_after_refresh(self._lay_out)

    @on(OptionList.OptionSelected, "#utterances")
    def _on_chosen(self, selected: OptionList.OptionSelected) -> None:
        selected.stop()
        self.post_message(Play(self._report.utterances[selected.option_index].span))

    def _lay_out(self) -> None:
        for utterances in self.query("#utterances").results(Moments):
            cells = utterances.text_width
            utterances.replace(
                Option(self._line(said, cells), str(i)) for i, said in enumerate(self._report.utterances)
            )

    def _line(self, said: Utterance, cells: int) -> Content:
        shown = behaviours_shown(said)
        words = Content(plain_text(said.text))
        if shown:
            words = Content.assemble(words, ("  [" + ", ".join(shown) + "]", QUIET))
        by = correctors(judged_at(self._report, said.span, "utterance"), self._names)
        if by:
            words = Content.assemble(words, (f"\n{CORRECTED}{by}", QUIET))
        at = at_column(clock(said.span.start))
        name = (cut(self._names[said.partner], NAME_CELLS) + " ", COLOURS[said.partner])
        beside = hanging(" " * (len(at) + NAME_CELLS + 1), words, cells)
        return Content.assemble((at, QUIET), name, beside[len(at) + NAME_CELLS + 1 :])
