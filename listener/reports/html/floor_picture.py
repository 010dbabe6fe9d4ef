"""The floor as a drawing: stretches of time with a row for each partner, placed in percent of the width."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from listener.domain.floor import OverlapKind
from listener.domain.report import Report
from listener.domain.span import Ms, Span, clock, intersection, merged
from listener.domain.speech import PARTNERS, PartnerId
from listener.reports import wording
from listener.reports.html.moments import Playable

STRETCH_MS: Ms = 300_000
"""How much time one row shows, until there would be more than `MOST_STRETCHES` rows."""
MOST_STRETCHES = 12
MOST_TICKS = 8
LEAST_PERCENT = 0.15
"""The narrowest bar that can still be seen."""
LAST_TICK_PERCENT = 97.0
LANE_PERCENT = 4.5
"""How far apart two marks must be to stand in one lane."""
_STEPS = (5, 10, 15, 30, 60, 120, 300, 600, 900, 1800)


@dataclass(frozen=True, slots=True)
class Bar:
    """A piece of a row in percent of the width."""

    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment above the rows; `place` is its place in tenths of a percent, `lane` counts from 0."""

    moment: Playable
    kind: str
    sign: str
    partner: PartnerId
    place: int
    lane: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A time on the axis; a `minor` one gives way on narrow screens."""

    x: str
    label: str
    minor: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the conversation: who held the floor, who spoke, where both did, listening sounds, marks, times."""

    span: Span
    turns: Mapping[PartnerId, tuple[Bar, ...]]
    speech: Mapping[PartnerId, tuple[Bar, ...]]
    both: tuple[Bar, ...]
    sounds: Mapping[PartnerId, tuple[str, ...]]
    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]

    @property
    def lanes(self) -> int:
        """How many lanes of marks there are."""
        return max((mark.lane + 1 for mark in self.marks), default=0)


def stretches(report: Report, marked: Iterable[tuple[Playable, str, str, PartnerId]]) -> tuple[Stretch, ...]:
    """The conversation in order; `marked` has moments with kind, sign and partner. Empty where nothing was recorded."""
    duration = report.session.duration_ms
    if duration <= 0:
        return ()
    count = min(MOST_STRETCHES, -(-duration // STRETCH_MS))
    edges = [duration * i // count for i in range(count + 1)]
    marks = sorted(marked, key=lambda each: (each[0].span, each[1]))
    return tuple(_stretch(report, Span(start, end), marks) for start, end in pairwise(edges))


def _stretch(report: Report, span: Span, marked: list[tuple[Playable, str, str, PartnerId]]) -> Stretch:
    speech = {p: merged(ipu.span for ipu in report.speech if ipu.partner == p) for p in PARTNERS}
    turns = {p: [turn.span for turn in report.turns if turn.partner == p] for p in PARTNERS}
    heard = [o for o in report.overlaps if o.kind is OverlapKind.BACKCHANNEL and span.contains(o.span.start)]
    return Stretch(
        span=span,
        turns={p: _bars(turns[p], span) for p in PARTNERS},
        speech={p: _bars(speech[p], span) for p in PARTNERS},
        both=_bars(intersection(speech["A"], speech["B"]), span),
        sounds={p: tuple(_percent(o.span.middle, span) for o in heard if o.incomer == p) for p in PARTNERS},
        marks=_marks([each for each in marked if span.contains(each[0].span.start)], span),
        ticks=_ticks(span),
    )


def _share(at: Ms, span: Span) -> float:
    return 100 * (min(max(at, span.start), span.end) - span.start) / span.duration_ms


def _percent(at: Ms, span: Span) -> str:
    return f"{_share(at, span):.3f}%"


def _bars(spans: Iterable[Span], within: Span) -> tuple[Bar, ...]:
    bars: list[Bar] = []
    for span in spans:
        if span.overlap_ms(within):
            start, end = _share(span.start, within), _share(span.end, within)
            bars.append(Bar(f"{start:.3f}%", f"{max(end - start, LEAST_PERCENT):.3f}%"))
    return tuple(bars)


def _marks(marked: list[tuple[Playable, str, str, PartnerId]], span: Span) -> tuple[Mark, ...]:
    """Each mark in the first lane that has room for it."""
    taken: list[float] = []
    marks: list[Mark] = []
    for moment, kind, sign, partner in marked:
        at = _share(moment.span.start, span)
        lane = next((i for i, last in enumerate(taken) if at - last >= LANE_PERCENT), len(taken))
        taken[lane:] = [at, *taken[lane + 1 :]]
        marks.append(Mark(moment, kind, sign, partner, round(at * 10), lane))
    return tuple(marks)


def _ticks(span: Span) -> tuple[Tick, ...]:
    """Clock times at a round step, the last one only where its text has room."""
    step = next((s for s in _STEPS if s * 1000 * MOST_TICKS >= span.duration_ms), _STEPS[-1]) * 1000
    times = [at for at in range(-(-span.start // step) * step, span.end, step) if _share(at, span) < LAST_TICK_PERCENT]
    return tuple(Tick(_percent(at, span), clock(at), bool(i % 2)) for i, at in enumerate(times))


def contested(report: Report, names: Mapping[PartnerId, str]) -> tuple[tuple[Playable, str, str, PartnerId], ...]:
    """Interruptions and attempts in order of time, each with its kind, its sign and who came in."""
    signs = {OverlapKind.INTERRUPTION: ("interruption", "×"), OverlapKind.ATTEMPTED_INTERRUPTION: ("attempt", "~")}
    return tuple(
        (Playable(o.span, wording.floor_line(o, names)), *signs[o.kind], o.incomer)
        for o in sorted(report.overlaps, key=lambda o: o.span)
        if o.kind in signs
    )
