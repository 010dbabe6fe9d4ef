"""Talk time: how much each partner spoke, in how long turns, how fast."""

from __future__ import annotations

from collections.abc import Sequence

from listener.domain.floor import Turn
from listener.domain.practice import RoleSpan, Scenario
from listener.domain.report import Talk
from listener.domain.span import MS_PER_MINUTE, Ms, Span, total_ms
from listener.domain.speech import PARTNERS, Ipu, PartnerId, Utterance


def talk_times(
    speech: Sequence[Ipu], turns: Sequence[Turn], utterances: Sequence[Utterance], has_words: bool
) -> dict[PartnerId, Talk]:
    """Each partner's speaking time and share (both at once counts for both), longest turn and speech rate."""
    spoken = {p: total_ms(ipu.span for ipu in speech if ipu.partner == p) for p in PARTNERS}
    together = sum(spoken.values())
    result: dict[PartnerId, Talk] = {}
    for partner in PARTNERS:
        longest = max((turn.span.duration_ms for turn in turns if turn.partner == partner), default=0)
        words = sum(len(u.words) or len(u.text.split()) for u in utterances if u.partner == partner)
        rate = words * MS_PER_MINUTE / spoken[partner] if has_words and spoken[partner] else None
        share = spoken[partner] / together if together else 0.0
        result[partner] = Talk(spoken[partner], share, longest, rate)
    return result


def role_timeline(scenario: Scenario, duration_ms: Ms) -> tuple[RoleSpan, ...]:
    """The scenario's phases laid along a recording from its start; the last one lasts to the end."""
    timeline: list[RoleSpan] = []
    start: Ms = 0
    for i, phase in enumerate(scenario.phases):
        end = duration_ms if i == len(scenario.phases) - 1 else min(duration_ms, start + phase.duration_ms)
        if end > start:
            timeline.append(RoleSpan(Span(start, end), phase.roles))
        start = end
    return tuple(timeline)
