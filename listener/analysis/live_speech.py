"""Speech as it is known so far: settled up to a moment, and from there on told anew at each step."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from listener.analysis.levels import FRAME_MS, runs
from listener.domain.span import Ms, Span, merged, total_ms
from listener.domain.speech import PARTNERS, Ipu, PartnerId
from listener.ports import Samples

STEP_MS: Ms = 5_000
"""Longest stretch of new sound that is heard at once; more, as after a wait, is taken in several steps."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How far back speech is told anew: `open_ms` and a step at most; then it is settled between the other two."""

    open_ms: Ms
    far_ms: Ms
    near_ms: Ms


class LiveSpeech:
    """Who spoke when, so far. Each partner's spans are ordered and disjoint."""

    def __init__(self) -> None:
        self._spans: dict[PartnerId, list[Span]] = {partner: [] for partner in PARTNERS}

    def tell(self, start: Ms, ipus: Iterable[Ipu]) -> None:
        """Everything from `start` on is as `ipus` say, what lies before stays."""
        told = list(ipus)
        for partner in PARTNERS:
            spans = self._spans[partner]
            del spans[bisect_left(spans, start, key=lambda span: span.start) :]
            if spans and spans[-1].end > start:
                spans[-1] = Span(spans[-1].start, start)
            spans += [ipu.span for ipu in told if ipu.partner == partner]

    def since(self, partner: PartnerId, start: Ms) -> list[Span]:
        """A partner's spans that end after `start`."""
        spans = self._spans[partner]
        return spans[bisect_right(spans, start, key=lambda span: span.end) :]

    def ipus(self, start: Ms) -> list[Ipu]:
        """Both partners' speech that ends after `start`, in order."""
        found = [Ipu(partner, span) for partner in PARTNERS for span in self.since(partner, start)]
        return sorted(found, key=lambda ipu: (ipu.span, ipu.partner))

    def strike(self, struck: Span) -> None:
        """Forget what was said within a span."""
        for partner in PARTNERS:
            parts = [part for span in self._spans[partner] for part in _outside(span, struck)]
            self._spans[partner] = parts

    def end(self, partner: PartnerId) -> Ms | None:
        """When a partner last spoke, None before any talk."""
        return self._spans[partner][-1].end if self._spans[partner] else None

    def spoken_ms(self, partner: PartnerId) -> Ms:
        return total_ms(self._spans[partner])


class LiveHearing(Protocol):
    """A streaming form of one of the two ways to tell who speaks; `speech` is what it knows by now."""

    speech: LiveSpeech

    @property
    def at_ms(self) -> Ms:
        """How much it has heard."""

    @property
    def note(self) -> str:
        """What to tell about how sure it is, "" for nothing."""

    def hear(self, samples: Samples) -> None:
        """More of the recording, shape (channels, samples), 16 kHz, any length."""

    def strike(self, span: Span) -> None:
        """Forget a span, as if it had been silent."""

    def sound(self, span: Span) -> Samples:
        """A span of the last half minute, shape (channels, samples); silence where it is forgotten."""


def settled_until(silent: NDArray[np.bool_], start: Ms, breaks: Sequence[Ms], reach: Reach) -> Ms:
    """Up to where speech is settled, given the silent frames from `start` to now; `start` where it stays as it is.

    The middle of the longest silence far enough back; where nobody pauses, the last of the `breaks` between stretches.
    """
    now = start + silent.size * FRAME_MS
    if now - start <= reach.open_ms:
        return start
    first, last = ((now - ago - start) // FRAME_MS for ago in (reach.far_ms, reach.near_ms))
    pauses = [(b - a, first + (a + b) // 2) for a, b in runs(silent[first:last])]
    if pauses:
        return start + max(pauses)[1] * FRAME_MS
    fitting = [at for at in breaks if start + first * FRAME_MS <= at <= start + last * FRAME_MS]
    return fitting[-1] if fitting else start + last * FRAME_MS


def spurts(spans: Iterable[Span], gap_ms: Ms) -> list[Span]:
    """Spans joined over gaps shorter than `gap_ms`."""
    return merged(spans, gap_ms - 1)


def _outside(span: Span, struck: Span) -> list[Span]:
    if not span.overlap_ms(struck):
        return [span]
    parts = [(span.start, struck.start), (struck.end, span.end)]
    return [Span(start, end) for start, end in parts if start < end]


__all__ = ["STEP_MS", "LiveHearing", "LiveSpeech", "Reach", "settled_until", "spurts"]
