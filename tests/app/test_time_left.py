"""Time left of a job, from how its present stage went."""

from __future__ import annotations

import pytest

from listener.app.time_left import JobClock, rough


def test_nothing_is_said_before_there_is_something_to_go_by() -> None:
    job = JobClock()
    assert job.left_s(0.0) is None
    job.told("a", 0.0, 0.0)
    assert job.left_s(100.0) is None
    job.told("a", 0.5, 1.0)
    assert job.left_s(1.0) is None


def test_the_rest_takes_as_long_as_the_part_before() -> None:
    job = JobClock()
    job.told("a", 0.0, 10.0)
    job.told("a", 0.25, 20.0)
    assert job.left_s(20.0) == pytest.approx(30.0)


def test_what_an_earlier_run_did_does_not_count() -> None:
    job = JobClock()
    job.told("a", 0.8, 0.0)
    job.told("a", 0.9, 10.0)
    assert job.left_s(10.0) == pytest.approx(10.0)


def test_a_new_stage_ends_those_before_it_and_nothing_runs_back() -> None:
    job = JobClock()
    for name, done in (("a", 0.0), ("a", 0.4), ("b", 0.0), ("b", 0.3), ("b", 0.2), ("a", 0.5)):
        job.told(name, done, 0.0)
    assert [(stage.name, stage.done) for stage in job.stages] == [("a", 1.0), ("b", 0.3)]


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "a few seconds"), (7.9, "a few seconds"), (8, "about 10 s"), (84, "about 80 s"), (85, "about 1 min")],
)
def test_durations_are_said_roughly(seconds: float, said: str) -> None:
    assert rough(seconds) == said
