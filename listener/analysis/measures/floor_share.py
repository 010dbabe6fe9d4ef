"""Who had how much of the floor, against the roles: where they set the speaker, both are heard for the same time."""

from __future__ import annotations

from collections.abc import Iterable

from listener.analysis.conversation import Conversation
from listener.analysis.measures.finding import Finding, share
from listener.analysis.measures.listening import Listening, uncovered
from listener.analysis.reasons import Reason
from listener.domain.practice import Role
from listener.domain.span import Ms, Span, merged, total_ms
from listener.domain.speech import PARTNERS

LONG_TURN_MS: Ms = 60_000
"""The speaker keeps it brief (Markman, Stanley & Blumberg); the project's own choice of a minute."""


def speaking_share(part: Listening) -> Finding:
    """The listener's share of both partners' speech.

    Where the scenario makes one the speaker, as long a part of either's time as the shorter of the two lasts counts;
    a practice that only one had as speaker says nothing of sharing.
    """
    within = fair_spans(part.conversation)
    spoken = {partner: part.speech_ms(partner, within) for partner in PARTNERS}
    long = [turn for turn in part.conversation.turns if turn.span.duration_ms > LONG_TURN_MS]
    evidence = [
        part.heard(turn.span, Reason.LONG_TURN, turn.partner)
        for turn in long
        if any(span.contains(turn.span.middle) for span in within)
    ]
    return share("speaking_share", spoken[part.listener], sum(spoken.values()), evidence)


def fair_spans(conversation: Conversation) -> list[Span]:
    """The stretches in which the floor is to be shared: all of them where the roles set no speaker."""
    set_speaker = [role for role in conversation.roles if Role.SPEAKER in role.roles.values()]
    ends = [ipu.span.end for ipu in conversation.speech]
    free = uncovered([role.span for role in set_speaker], max([conversation.duration_ms, *ends]))
    spoken = {p: [role.span for role in set_speaker if role.roles.get(p) is Role.SPEAKER] for p in PARTNERS}
    shorter = min(total_ms(spans) for spans in spoken.values())
    return merged([*free, *(span for partner in PARTNERS for span in _first(spoken[partner], shorter))])


def _first(spans: Iterable[Span], length_ms: Ms) -> list[Span]:
    """The spans up to a length in all."""
    result: list[Span] = []
    left = length_ms
    for span in sorted(spans):
        if left > 0:
            result.append(Span(span.start, min(span.end, span.start + left)))
            left -= result[-1].duration_ms
    return result
