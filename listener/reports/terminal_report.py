"""The report for a terminal, laid out for a fixed width, readable without colour."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rich.table import Table
from rich.text import Text

from listener.domain.report import Report
from listener.domain.speech import PARTNERS
from listener.reports import timeline, wording
from listener.reports.bars import score_bar, share_cells
from listener.reports.review_words import AGREEMENT_TITLE, CORRECTED_TITLE
from listener.reports.summary import Group, Highlight, Row, Summary, summarised
from listener.reports.terminal_page import QUIET, Page, fitted, flowing, hanging, text

NARROWEST, WIDEST = 40, 100
STYLES = {"A": "cyan", "B": "magenta"}


@dataclass(frozen=True, slots=True)
class TerminalReport:
    """Lays a report out `width` columns wide; `titles` maps guideline ids to titles, `colour` adds ANSI styles."""

    titles: Mapping[str, str] = field(default_factory=dict)
    width: int = 80
    colour: bool = False

    def render(self, report: Report) -> bytes:
        return render(report, self.titles, self.width, self.colour).encode()


def render(report: Report, titles: Mapping[str, str] | None = None, width: int = 80, colour: bool = False) -> str:
    """The report as text with a newline at its end; `width` is held between 40 and 100 columns."""
    summary = summarised(report, titles or {})
    page = Page(max(NARROWEST, min(WIDEST, width)), colour)
    _top(page, summary)
    _advice(page, summary)
    _balance(page, report, summary)
    _floor(page, report, summary)
    _guidelines(page, summary)
    _moments(page, summary.highlights)
    _voices(page, summary)
    _corrected(page, summary)
    _listed(page, wording.SAID_AFTER_TITLE, summary.said_after)
    _listed(page, "Notes", summary.notes)
    return page.finished()


def _top(page: Page, summary: Summary) -> None:
    room = page.width - len("Listener")
    page.put(Text.assemble(("Listener", "bold"), (wording.PRACTICE_NOT_DIAGNOSIS.rjust(room), QUIET)), 0)
    page.put(text(summary.partners), 0)
    page.put(flowing(summary.facts, " · ", page.width), 0)


def _advice(page: Page, summary: Summary) -> None:
    if summary.went_well:
        page.heading("What went well")
        page.put(hanging((text("✓", "bold"), text(praise)) for praise in summary.went_well))
    if summary.try_next:
        page.heading("One thing to try")
        page.put(hanging([(text("→", "bold"), text(summary.try_next))]))


def _balance(page: Page, report: Report, summary: Summary) -> None:
    page.heading("Talk balance")
    if not summary.heard:
        page.put(text(wording.NOBODY_HEARD))
        return
    page.put(_share_bar(page, report, summary))
    page.space()
    table = Table.grid(padding=(0, 3, 0, 0))
    table.add_column(overflow="fold")
    for _ in PARTNERS:
        table.add_column(justify="right", no_wrap=True, min_width=6)
    table.add_row("", *_short_names(page, summary))
    for figure in summary.figures:
        table.add_row(text(figure.label), *(figure.values[p] for p in PARTNERS))
    page.put(table)


def _share_bar(page: Page, report: Report, summary: Summary) -> Text:
    """Both shares on one bar, full blocks for A and light ones for B."""
    left, right = _short_names(page, summary)
    first, second = (f"{summary.shares[p]}%" for p in PARTNERS)
    bar = page.width - 4 - left.cell_len - right.cell_len - len(first) - len(second) - 4
    own = share_cells(report.talk["A"], report.talk["B"], bar)
    filled = Text("█" * own, style=STYLES["A"]) + Text("░" * (bar - own), style=STYLES["B"])
    return Text(" ").join([left, Text(first), filled, Text(second), right])


def _short_names(page: Page, summary: Summary) -> list[Text]:
    """Both names as they fit beside a figure."""
    names = [Text(summary.names[partner], style=STYLES[partner]) for partner in PARTNERS]
    for name in names:
        name.truncate(14 if page.roomy else 10, overflow="ellipsis")
    return names


def _floor(page: Page, report: Report, summary: Summary) -> None:
    if not summary.heard:
        return
    page.heading("The floor")
    name = 10 if page.roomy else 8
    for i, band in enumerate(timeline.bands(report, page.width - name - 5)):
        if i:
            page.space()
        for partner, row in band.rows.items():
            if partner == "B" and band.marks:
                page.put(Text(" " * (name + 1) + band.marks))
            page.put(fitted(summary.names[partner], name, STYLES[partner]) + Text(" ") + Text(row, STYLES[partner]))
        page.put(Text(" " * (name + 1) + band.axis, style=QUIET))
    page.put(flowing([f"{sign} {meaning}" for sign, meaning in timeline.LEGEND], "   ", page.width - 2))
    page.space()
    if not summary.floor_lines:
        page.put(text(wording.NO_INTERRUPTIONS))
    page.put(hanging((text(at, QUIET), text(line)) for at, line in summary.floor_lines))
    if summary.more_floor_lines:
        page.put(text(f"… and {summary.more_floor_lines} more", QUIET))
    page.put(text(wording.OVERLAP_EXPLAINED, QUIET))


def _guidelines(page: Page, summary: Summary) -> None:
    scored = [group for group in summary.groups if group.scored]
    withheld = [group for group in summary.groups if not group.scored]
    if scored:
        page.heading("Guidelines")
        page.put(text(f"Out of 100: █▓ up to the score, ▓░ the likely range. {wording.RANGE_EXPLAINED}", QUIET))
    for group in scored:
        page.space()
        _scored(page, group)
    if withheld:
        page.heading("Not scored this time")
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(width=24 if page.roomy else 18, overflow="fold")
        table.add_column(overflow="fold")
        for group in withheld:
            for i, reason in enumerate(group.reasons):
                table.add_row(text(group.title if i == 0 else ""), text(reason, QUIET))
        page.put(table)


def _scored(page: Page, group: Group) -> None:
    page.put(text(group.title, "bold"))
    for row in group.rows:
        page.put(_row(page, row), 4)


def _row(page: Page, row: Row) -> Table:
    name, cells = (12, 24) if page.roomy else (10, 14)
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(width=name)
    table.add_column(overflow="fold")
    who = fitted(row.who, name, STYLES.get(row.score.partner, ""))
    if row.withheld:
        table.add_row(who, text(f"not scored: {row.withheld}", QUIET))
        return table
    numbers = f"  {row.score.score:>3}  likely {wording.likely_range(row.score)}"
    table.add_row(who, Text(score_bar(row.score, cells) + numbers))
    table.add_row("", text(wording.rests_on(row.score), QUIET))
    return table


def _moments(page: Page, highlights: tuple[Highlight, ...]) -> None:
    if not highlights:
        return
    page.heading("Moments to listen to again")
    for i, highlight in enumerate(highlights):
        if i:
            page.space()
        page.put(text(highlight.heading, "bold"))
        rows: list[tuple[Text, Text]] = []
        for moment in highlight.moments:
            told = [text(moment.quote)] if moment.quote else []
            told.append(text(moment.reason, QUIET))
            rows.append((text(moment.at, QUIET), Text("\n").join(told)))
        page.put(hanging(rows), 4)


def _voices(page: Page, summary: Summary) -> None:
    if summary.voice_lines:
        page.heading(wording.VOICE_TITLE)
        page.put(hanging((text(at, QUIET), text(line)) for at, line in summary.voice_lines))
        page.put(text(wording.VOICE_EXPLAINED, QUIET))


def _corrected(page: Page, summary: Summary) -> None:
    if not summary.corrected_lines:
        return
    page.heading(CORRECTED_TITLE)
    page.put(hanging((text(at, QUIET), text(line)) for at, line in summary.corrected_lines))
    if summary.agreement_lines:
        page.space()
        page.put(text(AGREEMENT_TITLE, "bold"))
        page.put(hanging((text("-"), text(line)) for line in summary.agreement_lines[:-1]))
        page.put(text(summary.agreement_lines[-1], QUIET))


def _listed(page: Page, title: str, lines: Iterable[str]) -> None:
    rows = [(text("-"), text(line)) for line in lines]
    if rows:
        page.heading(title)
        page.put(hanging(rows))
