"""The guidelines of a report: a row each with score, interval and evidence; the highlighted row lists its moments."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Resize
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from listener.app.review_moments import corrected_rows
from listener.domain.practice import Rubric
from listener.domain.report import Report
from listener.domain.span import Span
from listener.reports import wording
from listener.reports.bars import score_bar
from listener.reports.review_words import CORRECTED, correctors, judged_at
from listener.reports.summary import Group, Row, Summary, moment
from listener.tui.widgets.moments import Doubt, Play, moment_line
from listener.tui.widgets.overview import COLOURS
from listener.tui.widgets.rows import QUIET, Choices, Moments, cut, heading

NAME_CELLS, BAR_CELLS, NUMBERS_CELLS = 12, 20, 28
MOMENTS = "Moments (Enter plays one, c: that is not right)"
NO_MOMENTS = "No single moment stands for this; it rests on the whole conversation."
EXPLAINED = f"█▓ up to the score, ▓░ the likely range. {wording.RANGE_EXPLAINED}"


class ScoreRows(Horizontal):
    """Rows on one side, on the other what the highlighted one rests on."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("c", "doubt", "Not right")]

    def __init__(self, report: Report, summary: Summary, rubric: Rubric) -> None:
        super().__init__(id="guidelines", classes="pane")
        self._rows = {
            f"{row.score.id}/{row.score.partner}": (group, row) for group in summary.groups for row in group.rows
        }
        self._groups, self._report, self._names = summary.groups, report, summary.names
        self._corrected = {
            f"{guideline}/{partner}": correctors(judged, summary.names)
            for (guideline, partner), judged in corrected_rows(report, rubric).items()
        }
        self._statements = {guideline.id: guideline.statement for guideline in rubric.guidelines}
        self._spans: dict[str, Span] = {}

    def compose(self) -> ComposeResult:
        with Vertical(id="score-side"):
            yield Choices(id="scores")
            yield Static(EXPLAINED, id="bars-explained", classes="quiet", markup=False)
        with Vertical(id="moment-side"):
            yield Static(id="score-detail")
            yield Moments(id="score-moments")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002  # as Textual
        """Only a moment can be wrong."""
        return action != "doubt" or self.query_one("#score-moments", Moments).has_focus

    def action_doubt(self) -> None:
        """The highlighted moment was heard wrong."""
        option = self.query_one("#score-moments", Moments).highlighted_option
        if option is not None and option.id in self._spans:
            self.post_message(Doubt(self._spans[option.id]))

    def on_resize(self, _resized: Resize) -> None:
        """The lines are laid out for the width that the lists have now."""
        self.call_after_refresh(self._lay_out)

    def _lay_out(self) -> None:
        scores = self.query_one("#scores", Choices)
        cells = scores.text_width
        options: list[Option | None] = []
        for group in (group for group in self._groups if group.scored):
            options.append(heading(group.title))
            options += [Option(self._scored(row, cells), f"{row.score.id}/{row.score.partner}") for row in group.rows]
        withheld = [group for group in self._groups if not group.scored]
        if withheld:
            options.append(heading("Not scored this time"))
            options += [
                Option(Content.styled(cut(_title(group, row), cells), QUIET), f"{row.score.id}/{row.score.partner}")
                for group in withheld
                for row in group.rows
            ]
        scores.replace(options)
        self._detail(scores)

    @on(OptionList.OptionHighlighted, "#scores")
    def _on_row(self, highlighted: OptionList.OptionHighlighted) -> None:
        highlighted.stop()
        self._detail(self.query_one("#scores", Choices))

    @on(OptionList.OptionSelected, "#scores")
    def _on_chosen(self, selected: OptionList.OptionSelected) -> None:
        """Enter goes from a row to its moments."""
        selected.stop()
        moments = self.query_one("#score-moments", Moments)
        if moments.option_count:
            moments.focus()

    @on(OptionList.OptionSelected, "#score-moments")
    def _on_moment(self, selected: OptionList.OptionSelected) -> None:
        selected.stop()
        if selected.option_id in self._spans:
            self.post_message(Play(self._spans[selected.option_id]))

    def _detail(self, scores: Choices) -> None:
        option = scores.highlighted_option
        if option is None or option.id is None:
            return
        group, row = self._rows[option.id]
        self.query_one("#score-detail", Static).update(self._told(group, row))
        moments = self.query_one("#score-moments", Moments)
        evidence = row.score.evidence
        self._spans = {str(i): found.span for i, found in enumerate(evidence)}
        moments.can_focus = bool(evidence)  # not hidden: a hidden list has no width to lay lines out for
        by = [correctors(judged_at(self._report, found.span), self._names) for found in evidence]
        moments.replace(
            Option(moment_line(moment(found), moments.text_width, by[i]), str(i)) for i, found in enumerate(evidence)
        )

    def _told(self, group: Group, row: Row) -> Content:
        statement = self._statements.get(row.score.id, "")
        head = Content.assemble((group.title, "bold"), " · ", (row.who, COLOURS[row.score.partner]))
        lines = [head, Content.styled(statement, QUIET)] if statement else [head]
        corrected = self._corrected.get(f"{row.score.id}/{row.score.partner}", "")
        if corrected:
            lines.append(Content.styled(f"{CORRECTED}{corrected}", QUIET))
        found = bool(row.score.evidence)
        moments = [Content(""), Content.styled(MOMENTS, "bold")] if found else []
        if row.withheld:
            return Content("\n").join([*lines, Content(f"Not scored: {row.withheld}"), *moments])
        told = f"{row.score.score} of 100, likely {wording.likely_range(row.score)}: {wording.rests_on(row.score)}"
        return Content("\n").join([*lines, Content(told), *(moments or [Content(""), Content(NO_MOMENTS)])])

    def _scored(self, row: Row, cells: int) -> Content:
        name = (cut(row.who, NAME_CELLS), COLOURS[row.score.partner])
        if row.withheld:
            return Content.assemble(name, (cut(f"not scored: {row.withheld}", cells - NAME_CELLS), QUIET))
        count = len(row.score.evidence)
        moments = f"{count} moment{'' if count == 1 else 's'} " if count else ""
        mark = CORRECTED if f"{row.score.id}/{row.score.partner}" in self._corrected else ""
        bar = max(10, min(BAR_CELLS, cells - NAME_CELLS - NUMBERS_CELLS))
        numbers = f"  {row.score.score:>3}  {wording.likely_range(row.score):>6}  "
        drawn = (score_bar(row.score, bar), COLOURS[row.score.partner])
        return Content.assemble(name, drawn, numbers, (f"{moments}{mark}".rstrip(), QUIET))


def _title(group: Group, row: Row) -> str:
    return group.title if row.score.partner == "both" else f"{group.title} · {row.who}"
