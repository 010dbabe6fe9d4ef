"""Kinds of incoming speech, from timing alone: what a stretch of speech during the other's turn amounts to.

Kinds after Schegloff 2000 and Gravano & Hirschberg 2012. Where there are words, `overlap_words` goes first.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from listener.domain.floor import Overlap, OverlapKind
from listener.domain.span import Ms, Span
from listener.domain.speech import PartnerId, TwoAtOnce, other


@dataclass(frozen=True, slots=True)
class FloorParameters:
    """Thresholds of turn-taking, in ms but for `talked_through`.

    spurt_gap_ms: a partner's IPUs closer than this are one stretch of talk.
    backchannel_ms: longest stretch that can be a backchannel (1 s or less, Gravano & Hirschberg 2012; slack for
    reverberation).
    alone_ms: the incomer says nothing longer than a backchannel for this time before and after one.
    holder_near_ms: the holder must have spoken, and go on speaking, within this time of a backchannel.
    terminal_ms: a takeover that overlaps less than this is an early start at the holder's end.
    heard_terminal_ms: the same where overlap is heard by one microphone and counts as much as it is likely.
    talked_through: share of an attempted interruption through which the holder keeps talking.
    """

    spurt_gap_ms: Ms = 400
    backchannel_ms: Ms = 1050
    alone_ms: Ms = 700
    holder_near_ms: Ms = 700
    terminal_ms: Ms = 440
    heard_terminal_ms: Ms = 380
    talked_through: float = 0.6


BY_TIMING = FloorParameters()


@dataclass(frozen=True, slots=True)
class Spurt:
    """A stretch of one partner's talk, pauses under `spurt_gap_ms` included."""

    partner: PartnerId
    span: Span


def minor(spurt: Spurt, theirs: list[Span], own_talk: list[Span], parameters: FloorParameters) -> Overlap | None:
    """The backchannel or attempted interruption that `spurt` is, None where it claims the floor.

    `theirs` is the other's speech, `own_talk` the partner's stretches that are too long for backchannels.
    """
    holder = other(spurt.partner)
    span = spurt.span
    first = max(0, bisect_left(theirs, span.start, key=lambda s: s.start) - 1)
    last = bisect_right(theirs, span.end, key=lambda s: s.end)
    if not theirs or theirs[first].start >= span.start or last == len(theirs):
        return None
    before, after = theirs[first].end, max(theirs[last].start, span.start)
    around = theirs[first : last + 1]
    ongoing = span.start - before <= parameters.holder_near_ms and after - span.end <= parameters.holder_near_ms
    if not ongoing:
        return None
    if span.duration_ms <= parameters.backchannel_ms and alone(span, own_talk, parameters.alone_ms):
        return Overlap(span, holder, spurt.partner, OverlapKind.BACKCHANNEL, _confidence(span, parameters))
    through = sum(s.overlap_ms(span) for s in around) / span.duration_ms
    started_inside = any(s.contains(span.start) for s in around)
    if started_inside and through >= parameters.talked_through:
        return Overlap(span, holder, spurt.partner, OverlapKind.ATTEMPTED_INTERRUPTION, round(min(1.0, through), 3))
    return None


def alone(span: Span, own: list[Span], alone_ms: Ms) -> bool:
    """Whether none of `own` lies within `alone_ms` of `span`."""
    nearest = bisect_right(own, span.start - alone_ms, key=lambda s: s.end)
    return nearest == len(own) or own[nearest].start >= span.end + alone_ms


def _confidence(span: Span, parameters: FloorParameters) -> float:
    """Falls from 1 for the shortest backchannel to 0.5 for one as long as allowed."""
    return round(1.0 - 0.5 * span.duration_ms / parameters.backchannel_ms, 3)


def takeover(
    earlier: Spurt, later: Spurt, parameters: FloorParameters, two_at_once: Sequence[TwoAtOnce] | None
) -> Overlap:
    """A start during the holder's speech after which the floor is the incomer's, or the holder's after all."""
    both = Span(later.span.start, min(earlier.span.end, later.span.end))
    if two_at_once is None:
        overlap_ms, terminal_ms = float(both.duration_ms), parameters.terminal_ms
    else:
        overlap_ms, terminal_ms = _expected_ms(both, two_at_once), parameters.heard_terminal_ms
    if overlap_ms < terminal_ms:
        confidence = 1.0 - 0.5 * overlap_ms / terminal_ms
        kind = OverlapKind.TERMINAL
    elif later.span.end > earlier.span.end:
        confidence = 1.0 - 0.5 * terminal_ms / overlap_ms
        kind = OverlapKind.INTERRUPTION
    else:
        confidence = both.duration_ms / later.span.duration_ms
        kind = OverlapKind.ATTEMPTED_INTERRUPTION
    return Overlap(both, earlier.partner, later.partner, kind, round(confidence, 3))


def _expected_ms(span: Span, two_at_once: Sequence[TwoAtOnce]) -> float:
    """How long both speak within a span, by what was heard: each overlap as long as it is likely."""
    first = bisect_right(two_at_once, span.start, key=lambda both: both.span.end)
    expected = 0.0
    for both in two_at_once[first:]:
        if both.span.start >= span.end:
            break
        expected += both.probability * both.span.overlap_ms(span)
    return expected
