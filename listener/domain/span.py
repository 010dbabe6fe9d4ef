"""Time. Integer milliseconds and half-open spans; samples and frames never leave the audio and segmenter code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

Ms: TypeAlias = int
"""A time or a duration in whole milliseconds."""

MS_PER_MINUTE: Ms = 60_000


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open stretch of time [start, end) in milliseconds; `end` is after or at `start`."""

    start: Ms
    end: Ms

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"span ends before it starts: {self.start}..{self.end}")

    @property
    def duration_ms(self) -> Ms:
        return self.end - self.start

    @property
    def middle(self) -> Ms:
        return (self.start + self.end) // 2

    def overlap_ms(self, other: Span) -> Ms:
        """Milliseconds that both spans cover, 0 where they do not meet."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    def contains(self, at: Ms) -> bool:
        return self.start <= at < self.end


def merged(spans: Iterable[Span], gap_ms: Ms = 0) -> list[Span]:
    """The spans in order, joined where they touch or are at most `gap_ms` apart."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and span.start - result[-1].end <= gap_ms:
            result[-1] = Span(result[-1].start, max(result[-1].end, span.end))
        else:
            result.append(span)
    return result


def intersection(first: Sequence[Span], second: Sequence[Span]) -> list[Span]:
    """Stretches covered by both lists; each list is ordered and free of overlap within itself."""
    result: list[Span] = []
    i = j = 0
    while i < len(first) and j < len(second):
        start, end = max(first[i].start, second[j].start), min(first[i].end, second[j].end)
        if start < end:
            result.append(Span(start, end))
        if first[i].end <= second[j].end:
            i += 1
        else:
            j += 1
    return result


def total_ms(spans: Iterable[Span]) -> Ms:
    """Summed durations; overlapping spans count twice."""
    return sum(span.duration_ms for span in spans)


def clock(at: Ms) -> str:
    """A moment as people write it: `3:05`, or `1:02:09` from an hour on."""
    seconds = at // 1000
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
