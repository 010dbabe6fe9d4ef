"""From speech to floor: who holds it, how it passes on, and what speech during the other's turn amounts to.

Terms after Heldner & Edlund 2010 (pauses, gaps, floor-transfer offset), Schegloff 2000 and Gravano & Hirschberg 2012
(kinds of overlap). Everything here is decided from timing alone, so it holds for a report without words.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from listener.domain.floor import FloorTransfer, Overlap, OverlapKind, Turn
from listener.domain.span import Ms, Span, merged
from listener.domain.speech import PARTNERS, Ipu, PartnerId, TwoAtOnce, other


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


@dataclass(frozen=True, slots=True)
class Floor:
    """Turns in order, the transfers between them, and every stretch of speech inside the other's turn."""

    turns: tuple[Turn, ...]
    transfers: tuple[FloorTransfer, ...]
    overlaps: tuple[Overlap, ...]


@dataclass(frozen=True, slots=True)
class _Spurt:
    """A stretch of one partner's talk, pauses under `spurt_gap_ms` included."""

    partner: PartnerId
    span: Span


def take_floor(
    speech: Sequence[Ipu],
    parameters: FloorParameters = FloorParameters(),
    two_at_once: Sequence[TwoAtOnce] | None = None,
) -> Floor:
    """Turns, floor transfers and overlaps of a conversation's IPUs, each partner's ordered and disjoint.

    `two_at_once`: where both speak, in order, and how surely; without it all overlap of the IPUs is sure.
    """
    activity = {p: sorted(ipu.span for ipu in speech if ipu.partner == p) for p in PARTNERS}
    spurts = sorted(
        (_Spurt(p, span) for p in PARTNERS for span in merged(activity[p], parameters.spurt_gap_ms - 1)),
        key=lambda s: (s.span, s.partner),
    )
    minor: list[Overlap] = []
    major: list[_Spurt] = []
    talk = {
        p: [s.span for s in spurts if s.partner == p and s.span.duration_ms > parameters.backchannel_ms]
        for p in PARTNERS
    }
    for spurt in spurts:
        event = _minor(spurt, activity[other(spurt.partner)], talk[spurt.partner], parameters)
        if event is None:
            major.append(spurt)
        else:
            minor.append(event)
    turns = _turns(major)
    transfers, takeovers = _transfers(major, parameters, two_at_once)
    overlaps = sorted([*minor, *takeovers], key=lambda o: (o.span, o.incomer))
    return Floor(tuple(turns), tuple(transfers), tuple(overlaps))


def _minor(spurt: _Spurt, theirs: list[Span], own_talk: list[Span], parameters: FloorParameters) -> Overlap | None:
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
    if span.duration_ms <= parameters.backchannel_ms and _alone(span, own_talk, parameters.alone_ms):
        return Overlap(span, holder, spurt.partner, OverlapKind.BACKCHANNEL, _confidence(span, parameters))
    through = sum(s.overlap_ms(span) for s in around) / span.duration_ms
    started_inside = any(s.contains(span.start) for s in around)
    if started_inside and through >= parameters.talked_through:
        return Overlap(span, holder, spurt.partner, OverlapKind.ATTEMPTED_INTERRUPTION, round(min(1.0, through), 3))
    return None


def _alone(span: Span, own: list[Span], alone_ms: Ms) -> bool:
    """Whether none of `own` lies within `alone_ms` of `span`."""
    nearest = bisect_right(own, span.start - alone_ms, key=lambda s: s.end)
    return nearest == len(own) or own[nearest].start >= span.end + alone_ms


def _confidence(span: Span, parameters: FloorParameters) -> float:
    """Falls from 1 for the shortest backchannel to 0.5 for one as long as allowed."""
    return round(1.0 - 0.5 * span.duration_ms / parameters.backchannel_ms, 3)


def _turns(major: list[_Spurt]) -> list[Turn]:
    """Consecutive floor-claiming stretches of one partner joined into turns."""
    turns: list[Turn] = []
    for spurt in major:
        if turns and turns[-1].partner == spurt.partner:
            turns[-1] = Turn(spurt.partner, Span(turns[-1].span.start, max(turns[-1].span.end, spurt.span.end)))
        else:
            turns.append(Turn(spurt.partner, spurt.span))
    return turns


def _transfers(
    major: list[_Spurt], parameters: FloorParameters, two_at_once: Sequence[TwoAtOnce] | None
) -> tuple[list[FloorTransfer], list[Overlap]]:
    """Where the floor passes from one partner to the other, and what those passages that overlap are."""
    transfers: list[FloorTransfer] = []
    takeovers: list[Overlap] = []
    for earlier, later in pairwise(major):
        if earlier.partner == later.partner:
            continue
        offset = later.span.start - earlier.span.end
        transfers.append(FloorTransfer(later.partner, later.span.start, offset))
        if offset < 0:
            takeovers.append(_takeover(earlier, later, parameters, two_at_once))
    return transfers, takeovers


def _takeover(
    earlier: _Spurt, later: _Spurt, parameters: FloorParameters, two_at_once: Sequence[TwoAtOnce] | None
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
