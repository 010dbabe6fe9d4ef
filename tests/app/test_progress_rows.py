"""Scores over sessions as rows."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from listener.adapters.practice_toml import load_rubric
from listener.adapters.resources import guidelines_file
from listener.app.progress_rows import MOST_POINTS, ProgressRow, progress_groups
from listener.app.sessions import ProgressPoint
from listener.domain.speech import PartnerId


def point(guideline: str, score: int, low: int, high: int, partner: PartnerId | Literal["both"] = "A") -> ProgressPoint:
    name = {"A": "Nora", "B": "Sam", "both": "Both"}[partner]
    return ProgressPoint(
        "2026-11-22T21:00:00+01:00",
        "20261122-210000",
        guideline,
        partner,
        name,
        score,
        low,
        high,
        scenario="free-talk",
        rules="guidelines 1",
    )


def row(*points: tuple[int, int, int]) -> ProgressRow:
    return ProgressRow("A", tuple(point("validate", *numbers) for numbers in points))


def test_groups_come_in_the_order_of_the_rubric_partners_in_theirs() -> None:
    points = [
        point("deep-talk", 10, 5, 20),
        point("share-the-floor", 60, 50, 70, "both"),
        point("validate", 50, 40, 60, "B"),
        point("validate", 30, 20, 40),
    ]
    groups = progress_groups(points, load_rubric(guidelines_file()))
    assert [(group.title, [row.who for row in group.rows]) for group in groups] == [
        ("Share the floor", ["both"]),
        ("Show that you understand", ["A", "B"]),
        ("Go deeper", ["A"]),
    ]


def test_a_change_needs_ranges_that_do_not_meet() -> None:
    assert row((50, 40, 60)).change == "first time"
    assert row((50, 40, 60), (60, 60, 70)).change == "no clear change"
    assert row((50, 40, 60), (65, 61, 70)).change == "higher than at first"
    assert row((50, 40, 60), (90, 80, 95), (30, 20, 39)).change == "lower than at first"


def test_the_line_shows_the_latest_sessions() -> None:
    assert row((0, 0, 0), (50, 0, 100), (100, 0, 100)).line == "▁▅█"
    long = row(*((0, 0, 0),) * MOST_POINTS, (100, 100, 100))
    assert len(long.line) == MOST_POINTS
    assert long.line.endswith("▁█")
    assert long.first.score == 0


def test_a_change_is_named_only_between_like_and_like() -> None:
    first = point("validate", 10, 5, 20)
    other_practice = replace(first, score=90, low=80, high=95, scenario="daily-check-in")
    other_rules = replace(first, score=90, low=80, high=95, rules="guidelines 2")
    assert ProgressRow("A", (first, other_practice)).change == "not comparable: another practice"
    assert ProgressRow("A", (first, other_rules)).change == "not comparable: other rules"
    alike = replace(other_practice, scenario=first.scenario)
    assert ProgressRow("A", (first, other_practice, alike)).change == "higher than at first"
