"""Who spoke when: both partners as rows, interruptions between them, zoomed and moved by keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Resize
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from listener.domain.report import Report
from listener.domain.span import Span, clock
from listener.domain.speech import PARTNERS, PartnerId
from listener.reports import timeline, wording
from listener.reports.review_words import CORRECTED, correction, correctors, corrects, judged_at
from listener.reports.summary import Summary
from listener.reports.timeline_window import Window
from listener.tui.widgets.moments import Play, at_column
from listener.tui.widgets.overview import COLOURS
from listener.tui.widgets.rows import QUIET, Moments, cut, hanging

NAME_CELLS = 12
POINTER = "▲"
ROOMY = 26
"""Lines from which the partners' rows are drawn two lines high."""


class FloorTimeline(Vertical):
    """The floor above, below it the interruptions as a list; the highlighted one is pointed at."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("plus,equals_sign", "zoom(True)", "Closer", key_display="+"),
        Binding("minus", "zoom(False)", "Wider", key_display="-"),
        Binding("left", "move(-1)", "Back", key_display="←", show=False),
        Binding("right", "move(1)", "On", key_display="→", show=False),
    ]

    def __init__(self, report: Report, summary: Summary) -> None:
        super().__init__(id="timeline", classes="pane")
        self._report, self._names = report, summary.names
        self._window = Window.whole(report.session.duration_ms)
        self._contested = _contested(report, summary.names)

    def compose(self) -> ComposeResult:
        yield Static(id="floor", markup=False)
        yield Static("  ".join(f"{sign} {meaning}" for sign, meaning in timeline.LEGEND), classes="quiet legend")
        count = len(self._contested)
        told = wording.NO_INTERRUPTIONS if not count else "Interruptions and attempts (Enter plays one)"
        yield Static(told, classes="section", markup=False)
        yield Moments(id="floor-moments")
        yield Static(wording.OVERLAP_EXPLAINED, classes="quiet explained", markup=False)

    def on_resize(self, _resized: Resize) -> None:
        """The rows are drawn for the width that there is now."""
        self.call_after_refresh(self._lay_out)

    def action_zoom(self, closer: bool) -> None:
        """Show half as much around the highlighted moment, or twice as much."""
        pointed = self._pointed()
        at = pointed.start if pointed else None
        self._window = self._window.closer(at) if closer else self._window.wider()
        self._draw()

    def action_move(self, direction: int) -> None:
        """Show what comes before or after."""
        self._window = self._window.moved(direction)
        self._draw()

    @on(OptionList.OptionHighlighted, "#floor-moments")
    def _on_moment(self, highlighted: OptionList.OptionHighlighted) -> None:
        highlighted.stop()
        pointed = self._pointed()
        if pointed:
            self._window = self._window.with_moment(pointed)
        self._draw()

    @on(OptionList.OptionSelected, "#floor-moments")
    def _on_chosen(self, selected: OptionList.OptionSelected) -> None:
        selected.stop()
        pointed = self._pointed()
        if pointed:
            self.post_message(Play(pointed))

    def _lay_out(self) -> None:
        moments = self.query_one("#floor-moments", Moments)
        moments.replace(
            Option(
                hanging(
                    at_column(clock(span.start)),
                    Content(line),
                    moments.text_width,
                    QUIET,
                ),
                str(i),
            )
            for i, (span, line) in enumerate(self._contested)
        )
        self._draw()

    def _pointed(self) -> Span | None:
        option = self.query_one("#floor-moments", Moments).highlighted_option
        return self._contested[int(option.id)][0] if option and option.id else None

    def _draw(self) -> None:
        floor = self.query_one("#floor", Static)
        columns = floor.content_size.width - NAME_CELLS
        if columns < 20:
            return
        if self._window.is_whole:
            bands = timeline.bands(self._report, columns)
        else:
            bands = (timeline.band(self._report, self._window.shown, columns),)
        lines: list[Content] = []
        for band in bands:
            lines += [*self._band(band, columns), Content("")]
        floor.update(Content("\n").join(lines[:-1]))

    def _band(self, band: timeline.Band, columns: int) -> list[Content]:
        indent = " " * NAME_CELLS
        pointer = self._pointer(band, columns)
        first, second = (self._row(band, partner) for partner in PARTNERS)
        return [
            *first,
            Content.assemble(indent, (band.marks, "bold")),
            *second,
            Content.assemble(indent, (pointer, "bold $primary")),
            Content.assemble(indent, (band.axis, QUIET)),
        ]

    def _row(self, band: timeline.Band, partner: PartnerId) -> list[Content]:
        """The partner's name and row, two lines high where there is room."""
        row, colour = band.rows[partner], COLOURS[partner]
        line = Content.assemble((cut(self._names[partner], NAME_CELLS), colour), (row, colour))
        if self.size.height < ROOMY:
            return [line]
        upper = row.replace(timeline.PARTLY, " ").replace(timeline.QUIET, " ")
        return [Content.assemble(" " * NAME_CELLS, (upper, colour)), line]

    def _pointer(self, band: timeline.Band, columns: int) -> str:
        """The highlighted moment's column in this band, marked."""
        pointed = self._pointed()
        if pointed is None or not band.span.contains(pointed.start):
            return ""
        return " " * timeline.column_of(pointed.start, band.span, columns) + POINTER


def _contested(report: Report, names: Mapping[PartnerId, str]) -> tuple[tuple[Span, str], ...]:
    """Interruptions and attempts, and what was one before people corrected it, in words and in order of time."""
    lines = {o.span: wording.floor_line(o, names) for o in report.overlaps if o.kind in timeline.MARKS}
    for judged in report.review.judged if report.review else ():
        moment = judged.judgement.moment
        if corrects(judged) and judged.machine in timeline.MARKS and moment.span not in lines:
            lines[moment.span] = f"{names[moment.partner]} came in: {correction(judged)}"
    marked = []
    for span, line in sorted(lines.items()):
        by = correctors(judged_at(report, span, "overlap"), names)
        marked.append((span, f"{line}\n{CORRECTED}{by}" if by else line))
    return tuple(marked)
