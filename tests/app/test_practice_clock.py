"""The practice clock is driven by recorded time alone, so every case is a list of times."""

from __future__ import annotations

import pytest

from listener.app.practice_clock import Cue, PracticeClock, addressed
from listener.domain.practice import Area, Phase, Role, Scenario
from listener.domain.session import PhaseStart
from listener.domain.span import MS_PER_MINUTE, Ms
from listener.domain.speech import PartnerId

NAMES: dict[PartnerId, str] = {"A": "Anna", "B": "Ben"}


def _scenario(*minutes: int) -> Scenario:
    roles: dict[PartnerId, Role] = {"A": Role.BOTH, "B": Role.BOTH}
    phases = tuple(Phase(f"phase {n}", m * MS_PER_MINUTE, roles, "talk") for n, m in enumerate(minutes))
    return Scenario("test", "Test", Area.COMMUNICATION, "", "", phases)


def _run(clock: PracticeClock, *times: Ms) -> tuple[PracticeClock, list[Cue]]:
    given: list[Cue] = []
    for time in times:
        clock, cues = clock.advanced(time)
        given += cues
    return clock, given


def test_time_left_counts_down_within_the_phase() -> None:
    clock, cues = _run(PracticeClock(_scenario(6, 3)), 250, 61_000)
    assert (clock.stage().index, clock.stage().left_ms, clock.stage().over_ms) == (0, 5 * MS_PER_MINUTE - 1000, 0)
    assert cues == []


def test_the_phase_changes_by_the_clock_with_one_cue() -> None:
    clock, cues = _run(PracticeClock(_scenario(1, 2)), 59_999, 60_000, 60_250, 60_500)
    assert cues == [Cue("phase", 1, 60_000)]
    assert clock.starts == (PhaseStart(0, 0), PhaseStart(1, 60_000))
    assert clock.stage().left_ms == 2 * MS_PER_MINUTE - 500


def test_a_late_look_enters_every_phase_at_its_planned_time() -> None:
    clock, cues = _run(PracticeClock(_scenario(1, 1, 1)), 150_000)
    assert [(cue.phase, cue.at) for cue in cues] == [(1, 60_000), (2, 120_000)]
    assert clock.stage().left_ms == 30_000


def test_the_end_of_the_planned_time_is_told_once_and_the_talk_may_go_on() -> None:
    clock, cues = _run(PracticeClock(_scenario(1)), 59_000, 60_000, 61_000, 90_000)
    assert cues == [Cue("over", 0, 60_000)]
    assert (clock.stage().left_ms, clock.stage().over_ms) == (0, 30_000)


def test_going_on_early_gives_the_next_phase_its_full_time() -> None:
    clock, _ = _run(PracticeClock(_scenario(6, 6)), 100_000)
    clock, cues = clock.next_phase()
    assert cues == (Cue("phase", 1, 100_000),)
    assert clock.stage().left_ms == 6 * MS_PER_MINUTE
    clock, later = _run(clock, 6 * MS_PER_MINUTE, 100_000 + 6 * MS_PER_MINUTE)
    assert later == [Cue("over", 1, 100_000 + 6 * MS_PER_MINUTE)]


def test_in_the_last_phase_there_is_nothing_to_go_on_to() -> None:
    clock, _ = _run(PracticeClock(_scenario(6)), 10_000)
    assert clock.next_phase() == (clock, ())


def test_interval_cues_come_every_so_many_minutes() -> None:
    _, cues = _run(PracticeClock(_scenario(10), cue_ms=2 * MS_PER_MINUTE), *range(0, 5 * MS_PER_MINUTE, 250))
    assert cues == [Cue("interval", 0, 120_000), Cue("interval", 0, 240_000)]


def test_an_interval_that_falls_on_a_phase_change_is_not_cued_twice() -> None:
    _, cues = _run(PracticeClock(_scenario(2, 2), cue_ms=2 * MS_PER_MINUTE), *range(0, 130_000, 250))
    assert cues == [Cue("phase", 1, 120_000)]


def test_time_never_runs_back() -> None:
    clock, _ = _run(PracticeClock(_scenario(1, 1)), 70_000, 10_000)
    assert (clock.heard_ms, clock.index) == (70_000, 1)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("A has the floor", "Anna has the floor"),
        ('B: say back A\'s view to A.\n\nA: "thanks".', 'Ben: say back Anna\'s view to Anna.\nAnna: "thanks".'),
        ("Both of you listen. ABC, Bob.", "Both of you listen. ABC, Bob."),
    ],
)
def test_letters_become_names(text: str, shown: str) -> None:
    assert addressed(text, NAMES) == shown


def test_names_with_letters_and_backslashes_are_put_in_as_they_are() -> None:
    assert addressed("A and B", {"A": "B", "B": r"\1"}) == r"B and \1"
