"""Roles along a recording: as planned, or as they were practised."""

from __future__ import annotations

from listener.analysis.talk import role_timeline
from listener.domain.practice import Area, Phase, Role, Scenario
from listener.domain.session import PhaseStart
from listener.domain.span import Span

FIRST = Phase("A speaks", 60_000, {"A": Role.SPEAKER, "B": Role.LISTENER}, "…")
SECOND = Phase("B speaks", 60_000, {"A": Role.LISTENER, "B": Role.SPEAKER}, "…")
SCENARIO = Scenario("two", "Two", Area.COMMUNICATION, "…", "…", (FIRST, SECOND))


def spans(duration_ms: int, practised: tuple[PhaseStart, ...] | None = None) -> list[tuple[Span, Role]]:
    return [(s.span, s.roles["A"]) for s in role_timeline(SCENARIO, duration_ms, practised)]


def test_as_planned_the_last_phase_lasts_to_the_end() -> None:
    assert spans(150_000) == [(Span(0, 60_000), Role.SPEAKER), (Span(60_000, 150_000), Role.LISTENER)]


def test_a_short_recording_never_reaches_the_second_phase() -> None:
    assert spans(30_000) == [(Span(0, 30_000), Role.SPEAKER)]


def test_as_practised_a_switch_by_hand_counts_from_when_it_was_made() -> None:
    practised = (PhaseStart(0, 0), PhaseStart(1, 20_000), PhaseStart(0, 90_000))
    assert spans(100_000, practised) == [
        (Span(0, 20_000), Role.SPEAKER),
        (Span(20_000, 90_000), Role.LISTENER),
        (Span(90_000, 100_000), Role.SPEAKER),
    ]


def test_a_phase_that_began_after_the_end_has_no_time() -> None:
    assert spans(10_000, (PhaseStart(0, 0), PhaseStart(1, 20_000))) == [(Span(0, 10_000), Role.SPEAKER)]
