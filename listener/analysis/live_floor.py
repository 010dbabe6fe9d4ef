"""The floor while the talk goes on: who holds it, and what has been noticed, by the rules of `floor`."""

from __future__ import annotations

from collections.abc import Sequence

from listener.analysis.floor import Floor, FloorParameters, take_floor
from listener.analysis.live_picture import NoticedOverlap
from listener.analysis.live_speech import LiveSpeech
from listener.domain.floor import Overlap, OverlapKind
from listener.domain.span import Ms, Span
from listener.domain.speech import PARTNERS, PartnerId

BACK_MS: Ms = 180_000
"""The floor is taken over the speech of this long; what was noticed before stays as it was."""

SETTLE_MS: Ms = 150
"""A holder silent for this long has stopped, as far as can be told so soon: some go on within a pause of 200 ms."""

SPEAKING_MS: Ms = 250
"""Who spoke this short a while ago is speaking: the latest frames are the least sure."""

SAME_MS: Ms = 400
"""Overlaps of one incomer that start this close to each other are one, heard better the second time."""

MOST_EVENTS = 30

_SHOWN = (OverlapKind.INTERRUPTION, OverlapKind.ATTEMPTED_INTERRUPTION, OverlapKind.BACKCHANNEL)
_EDGE_MS: Ms = 10_000


class LiveFloor:
    """Holder, speakers and events after each step."""

    def __init__(self, parameters: FloorParameters) -> None:
        self._parameters = parameters
        self.holder: PartnerId | None = None
        self.speaking: frozenset[PartnerId] = frozenset()
        self.events: tuple[NoticedOverlap, ...] = ()
        self._seen: list[NoticedOverlap] = []

    def take(self, speech: LiveSpeech, now: Ms) -> None:
        """Take the floor anew from what is known of the speech."""
        floor = take_floor(speech.ipus(max(0, now - BACK_MS)), self._parameters)
        ends = {partner: speech.end(partner) for partner in PARTNERS}
        self.speaking = frozenset(p for p, end in ends.items() if end is not None and end > now - SPEAKING_MS)
        self.holder = self._holder(floor, ends[self.holder] if self.holder else None, now)
        self.events = self._noticed(floor.overlaps, now)

    def strike(self, span: Span) -> None:
        """Forget what was noticed within a span."""
        self._seen = [event for event in self._seen if not event.span.overlap_ms(span)]
        self.events = tuple(event for event in self.events if not event.span.overlap_ms(span))

    def _holder(self, floor: Floor, holder_end: Ms | None, now: Ms) -> PartnerId | None:
        """Whose the floor is; it passes only to talk too long for a backchannel, or when its holder has stopped."""
        if not floor.turns:
            return self.holder
        latest = floor.turns[-1]
        if self.holder is None or holder_end is None:
            return latest.partner
        claimed = latest.span.duration_ms > self._parameters.backchannel_ms
        stopped = now - holder_end >= self._parameters.holder_near_ms
        return latest.partner if claimed or stopped else self.holder

    def _noticed(self, overlaps: Sequence[Overlap], now: Ms) -> tuple[NoticedOverlap, ...]:
        """The events as they stand now, each with when it was first noticed as such."""
        since = now - BACK_MS + _EDGE_MS if now > BACK_MS else 0
        current = [self._with_time(o, now) for o in overlaps if o.span.start >= since and _is_sure(o, now)]
        earlier = [event for event in self.events if event.span.start < since]
        self._seen = [event for event in self._seen if event.span.start >= since]
        return tuple([*earlier, *current][-MOST_EVENTS:])

    def _with_time(self, overlap: Overlap, now: Ms) -> NoticedOverlap:
        for seen in self._seen:
            same = (seen.incomer, seen.kind) == (overlap.incomer, overlap.kind)
            if same and abs(seen.span.start - overlap.span.start) <= SAME_MS:
                return _timed(overlap, seen.noticed_ms)
        self._seen.append(_timed(overlap, now))
        return self._seen[-1]


def _is_sure(overlap: Overlap, now: Ms) -> bool:
    """Whether an overlap is one to show, and what comes now cannot make it another at once."""
    ongoing_counts = overlap.kind is OverlapKind.ATTEMPTED_INTERRUPTION
    return overlap.kind in _SHOWN and (ongoing_counts or now - overlap.span.end >= SETTLE_MS)


def _timed(overlap: Overlap, noticed_ms: Ms) -> NoticedOverlap:
    o = overlap
    return NoticedOverlap(o.span, o.holder, o.incomer, o.kind, o.confidence, noticed_ms)


__all__ = ["LiveFloor"]
