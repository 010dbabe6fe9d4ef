"""Talk time: how much each partner spoke, in how long turns, how fast."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from listener.domain.floor import Turn
from listener.domain.practice import Phase, RoleSpan, Scenario
from listener.domain.report import Talk
from listener.domain.session import PhaseStart
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


def role_timeline(
    scenario: Scenario, duration_ms: Ms, practised: Sequence[PhaseStart] | None = None
) -> tuple[RoleSpan, ...]:
    """Who had which role when: the phases as they were `practised`, else as planned; the last one lasts to the end."""
    starts = _planned(scenario) if practised is None else [(p.at, scenario.phases[p.phase]) for p in practised]
    ends = [min(duration_ms, at) for at, _ in starts[1:]] + [duration_ms]
    return tuple(
        RoleSpan(Span(at, end), phase.roles) for (at, phase), end in zip(starts, ends, strict=True) if end > at
    )


def _planned(scenario: Scenario) -> list[tuple[Ms, Phase]]:
    """The scenario's phases one after the other from the start."""
    starts = accumulate((phase.duration_ms for phase in scenario.phases), initial=0)
    return list(zip(starts, scenario.phases, strict=False))
