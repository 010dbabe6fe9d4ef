"""The floor as characters: one row for each partner, a mark row between them, a time axis below."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from listener.domain.floor import Overlap, OverlapKind
from listener.domain.report import Report
from listener.domain.span import Ms, Span, clock, intersection, merged
from listener.domain.speech import PARTNERS, PartnerId

SPEAKING, PARTLY, TOGETHER, QUIET = "█", "▄", "▒", "·"
MARKS = {OverlapKind.INTERRUPTION: "×", OverlapKind.ATTEMPTED_INTERRUPTION: "~"}
LEGEND = (
    (SPEAKING, "speaking"),
    (PARTLY, "partly"),
    (TOGETHER, "both at once"),
    (QUIET, "quiet"),
    ("×", "interruption"),
    ("~", "attempt"),
)
CELL_MS: Ms = 5_000
"""Coarsest wanted resolution; a longer conversation is broken into up to `MOST_BANDS` bands before cells grow."""
MOST_BANDS = 3
TOGETHER_FROM = 0.25
"""Part of a cell from which simultaneous speech is shown."""
_STEPS = (5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400)


@dataclass(frozen=True, slots=True)
class Band:
    """One stretch of the conversation; all rows have the same number of characters, `axis` at most that."""

    span: Span
    rows: dict[PartnerId, str]
    marks: str
    axis: str


def bands(report: Report, columns: int) -> tuple[Band, ...]:
    """The conversation in order, `columns` characters wide; empty where nothing was recorded."""
    duration = report.session.duration_ms
    if duration <= 0:
        return ()
    count = min(MOST_BANDS, -(-duration // (columns * CELL_MS)))
    edges = [duration * i // count for i in range(count + 1)]
    return tuple(band(report, Span(start, end), columns) for start, end in pairwise(edges))


def band(report: Report, span: Span, columns: int) -> Band:
    """One stretch of the conversation, `columns` characters wide; `span` lasts a millisecond or more."""
    cells = [Span(start, end) for start, end in pairwise(_edges(span, columns))]
    speech = {p: merged(ipu.span for ipu in report.speech if ipu.partner == p) for p in PARTNERS}
    both = _covered_ms(cells, intersection(speech["A"], speech["B"]))
    rows = {p: "".join(map(_cell, cells, _covered_ms(cells, speech[p]), both)) for p in PARTNERS}
    return Band(span, rows, _marks(cells, report.overlaps), _axis(span, columns))


def _covered_ms(cells: list[Span], spans: list[Span]) -> list[Ms]:
    """How much of each cell the spans cover."""
    starts = [cell.start for cell in cells]
    covered = [0] * len(cells)
    for piece in intersection(cells, spans):
        covered[bisect_right(starts, piece.start) - 1] += piece.duration_ms
    return covered


def _cell(cell: Span, spoken_ms: Ms, both_ms: Ms) -> str:
    if both_ms > cell.duration_ms * TOGETHER_FROM:
        return TOGETHER
    if not spoken_ms:
        return QUIET
    return SPEAKING if spoken_ms * 2 >= cell.duration_ms else PARTLY


def column_of(at: Ms, span: Span, columns: int) -> int:
    """The column of a band over `span`, `columns` characters wide, that holds the moment; `at` lies within `span`."""
    return bisect_right(_edges(span, columns), at) - 1


def _edges(span: Span, columns: int) -> list[Ms]:
    """Where each column begins, and where the last one ends."""
    return [span.start + span.duration_ms * i // columns for i in range(columns + 1)]


def _marks(cells: list[Span], overlaps: tuple[Overlap, ...]) -> str:
    """The gravest kind that starts in each cell, a space where there is none."""
    starts = [cell.start for cell in cells]
    marks = [" "] * len(cells)
    for kind, mark in reversed(MARKS.items()):
        for overlap in overlaps:
            if overlap.kind is kind and starts[0] <= overlap.span.start < cells[-1].end:
                marks[bisect_right(starts, overlap.span.start) - 1] = mark
    return "".join(marks).rstrip()


def _axis(span: Span, columns: int) -> str:
    """Clock times under their columns, at a round step that leaves room between them."""
    width = len(clock(span.end)) + 5
    fitting = (s * 1000 for s in _STEPS if s * 1000 * columns >= width * span.duration_ms)
    step = next(fitting, _STEPS[-1] * 1000)
    axis = ""
    for at in range(-(-span.start // step) * step, span.end, step):
        column = (at - span.start) * columns // span.duration_ms
        label = clock(at)
        if column >= len(axis) and column + len(label) <= columns:
            axis = axis.ljust(column) + label
    return axis
