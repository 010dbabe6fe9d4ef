"""Measures from sound and timing alone."""

from __future__ import annotations

from collections.abc import Callable

from listener.analysis.measures.finding import Finding, per_minute, share
from listener.analysis.measures.floor_share import LONG_TURN_MS, speaking_share
from listener.analysis.measures.listening import Listening
from listener.analysis.reasons import Reason
from listener.domain.floor import OverlapKind
from listener.domain.report import Evidence
from listener.domain.span import Ms, Span, merged

EARLIEST_REPLY_MS: Ms = -200
"""An answer may overlap the other's end so far: most unmarked transitions do not exceed it (Heldner & Edlund 2010)."""

LATEST_REPLY_MS: Ms = 2_000
"""A longer silence before an answer is felt as an absence; the project's own choice."""

LET_FINISH_MS: Ms = 4_000
"""A turn of the partner of this length that nobody cut into is worth pointing out; the project's own choice."""

_CUTS = {OverlapKind.INTERRUPTION: Reason.CUT_IN, OverlapKind.ATTEMPTED_INTERRUPTION: Reason.TRIED_TO_CUT_IN}


def _backchannels(part: Listening) -> Finding:
    heard = [
        part.heard(overlap.span, Reason.LISTENING_SOUND)
        for overlap in part.conversation.overlaps
        if overlap.incomer == part.listener and overlap.kind is OverlapKind.BACKCHANNEL and part.counts(overlap.span)
    ]
    return per_minute("backchannels_per_minute", len(heard), part.speech_ms(part.partner), heard)


def _interruptions(part: Listening) -> Finding:
    cuts = [
        overlap
        for overlap in part.conversation.overlaps
        if overlap.incomer == part.listener and overlap.kind in _CUTS and part.counts(overlap.span)
    ]
    evidence = [part.heard(cut.span, _CUTS[cut.kind]) for cut in cuts]
    for turn in part.conversation.turns:
        whole = turn.span.duration_ms >= LET_FINISH_MS and part.counts(turn.span)
        if turn.partner == part.partner and whole and not any(_meets(cut.span, turn.span) for cut in cuts):
            evidence.append(part.heard(turn.span, Reason.LET_FINISH, part.partner))
    return per_minute("interruptions_per_minute", len(cuts), part.speech_ms(part.partner), evidence)


def _meets(cut: Span, turn: Span) -> bool:
    return cut.overlap_ms(turn) > 0 or turn.contains(cut.start)


def _replies_in_time(part: Listening) -> Finding:
    taken = [
        each
        for each in part.conversation.transfers
        if each.incomer == part.listener and part.counts(Span(each.at, each.at))
    ]
    turns = {turn.span.start: turn.span for turn in part.conversation.turns if turn.partner == part.listener}
    evidence: list[Evidence] = []
    good = 0
    for transfer in taken:
        span = turns.get(transfer.at, Span(transfer.at, transfer.at + 1_000))
        reason = _timing(transfer.offset_ms)
        good += reason is Reason.REPLY_IN_TIME
        evidence.append(part.heard(span, reason))
    return share("replies_in_time", good, len(taken), evidence)


def _timing(offset_ms: Ms) -> Reason:
    if offset_ms < EARLIEST_REPLY_MS:
        return Reason.REPLY_EARLY
    return Reason.REPLY_LATE if offset_ms > LATEST_REPLY_MS else Reason.REPLY_IN_TIME


def _long_turns(part: Listening) -> Finding:
    long = [
        turn.span
        for turn in part.conversation.turns
        if turn.partner == part.listener and turn.span.duration_ms > LONG_TURN_MS and part.counts(turn.span)
    ]
    spoken = part.speech_ms(part.listener)
    in_long = min(part.speech_ms(part.listener, merged(long)), spoken)
    return share("long_turn_share", in_long, spoken, [part.heard(span, Reason.LONG_TURN) for span in long])


SOUND_MEASURES: dict[str, Callable[[Listening], Finding]] = {
    "backchannels_per_minute": _backchannels,
    "interruptions_per_minute": _interruptions,
    "replies_in_time": _replies_in_time,
    "speaking_share": speaking_share,
    "long_turn_share": _long_turns,
}
