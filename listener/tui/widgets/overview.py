"""The first page of a report: what went well, one thing to try, and how the talk was shared."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.widgets import Static

from listener.domain.report import Report
from listener.domain.speech import PARTNERS
from listener.reports import wording
from listener.reports.bars import share_cells
from listener.reports.summary import Summary
from listener.tui.widgets.rows import QUIET, Point, cut

COLOURS = {"A": "$partner-a", "B": "$partner-b", "both": "$foreground"}
LABEL_CELLS, FIGURE_CELLS = 34, 12


class Overview(VerticalScroll):
    """Scrolls by the arrow keys."""

    def __init__(self, report: Report, summary: Summary) -> None:
        super().__init__(id="overview", classes="pane")
        self._report, self._summary = report, summary

    def compose(self) -> ComposeResult:
        summary = self._summary
        yield Static(summary.partners, classes="title", markup=False)
        yield Static(" · ".join(summary.facts), classes="quiet", markup=False)
        if summary.went_well:
            yield Static("What went well", classes="section", markup=False)
            for praise in summary.went_well:
                yield Point("✓", praise, classes="praise")
        if summary.try_next:
            yield Static("One thing to try first", classes="section", markup=False)
            yield Point("→", summary.try_next, classes="try")
        yield Static("Talk balance", classes="section", markup=False)
        if summary.heard:
            yield Balance(self._report, summary)
            yield Static(self._figures(), classes="figures")
        else:
            yield Static(wording.NOBODY_HEARD, markup=False)
        if summary.voice_lines:
            yield Static(wording.VOICE_TITLE, classes="section", markup=False)
            for at, line in summary.voice_lines:
                yield Point("·", f"{at}  {line}")
            yield Static(wording.VOICE_EXPLAINED, classes="quiet", markup=False)
        if summary.notes:
            yield Static("Notes", classes="section", markup=False)
            for note in summary.notes:
                yield Point("-", note)

    def _figures(self) -> Content:
        names = (cut(self._summary.names[p], FIGURE_CELLS - 2).rstrip().rjust(FIGURE_CELLS) for p in PARTNERS)
        head = Content.assemble(
            " " * LABEL_CELLS, *((name, COLOURS[partner]) for partner, name in zip(PARTNERS, names, strict=True))
        )
        lines = (
            Content.assemble(
                (cut(figure.label, LABEL_CELLS), QUIET), *(figure.values[p].rjust(FIGURE_CELLS) for p in PARTNERS)
            )
            for figure in self._summary.figures
        )
        return Content("\n").join([head, *lines])


class Balance(Static):
    """Both shares on one bar: full blocks for A, light ones for B."""

    def __init__(self, report: Report, summary: Summary) -> None:
        super().__init__(classes="balance")
        self._report, self._names = report, summary.names

    def on_resize(self, _resized: Resize) -> None:
        talk = self._report.talk
        first, second = (f"{cut(self._names[p], 14).rstrip()} {wording.percent(talk[p].share)}" for p in PARTNERS)
        cells = self.content_size.width - len(first) - len(second) - 2
        own = share_cells(talk["A"], talk["B"], cells)
        self.update(
            Content.assemble(
                (f"{first} " + "█" * own, COLOURS["A"]), ("░" * (cells - own) + f" {second}", COLOURS["B"])
            )
        )
