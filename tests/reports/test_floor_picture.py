from __future__ import annotations

from dataclasses import replace

import pytest

from listener.domain.report import Report
from listener.domain.span import MS_PER_MINUTE, Span
from listener.reports.html.floor_picture import MOST_STRETCHES, contested, stretches
from listener.reports.html.moments import Playable
from listener.reports.wording import partner_names


def lasting(sample: Report, ms: int) -> Report:
    return replace(sample, session=replace(sample.session, duration_ms=ms))


def test_a_short_talk_is_one_row_in_percent_of_its_length(sample: Report) -> None:
    (stretch,) = stretches(sample, contested(sample, partner_names(sample.session)))
    assert stretch.span == Span(0, 240_000)
    assert (stretch.speech["A"][0].x, stretch.speech["A"][0].width) == ("0.417%", "9.583%")
    assert (stretch.both[1].x, stretch.both[1].width) == ("15.083%", "2.000%")
    assert [(mark.sign, mark.place, mark.partner) for mark in stretch.marks] == [("×", 151, "B"), ("~", 479, "B")]
    assert stretch.sounds == {"A": ("29.479%",), "B": ("5.250%", "42.208%", "68.854%")}
    assert [tick.label for tick in stretch.ticks] == ["0:00", "0:30", "1:00", "1:30", "2:00", "2:30", "3:00", "3:30"]


@pytest.mark.parametrize(("minutes", "rows"), [(1, 1), (5, 1), (6, 2), (60, 12), (180, MOST_STRETCHES)])
def test_longer_talks_take_more_rows_without_a_gap(sample: Report, minutes: int, rows: int) -> None:
    made = stretches(lasting(sample, minutes * MS_PER_MINUTE + (1 if minutes == 6 else 0)), ())
    assert len(made) == rows
    assert [each.span.start for each in made[1:]] == [each.span.end for each in made[:-1]]
    assert made[-1].span.end // MS_PER_MINUTE == minutes
    assert all(1 < len(each.ticks) <= 9 for each in made)


def test_no_time_no_picture(sample: Report) -> None:
    assert stretches(lasting(sample, 0), ()) == ()


def test_marks_close_together_stand_above_each_other(sample: Report) -> None:
    starts = (10_000, 11_000, 12_000, 40_000)
    marked = [(Playable(Span(at, at + 500), "x"), "attempt", "~", "A") for at in starts]
    (stretch,) = stretches(sample, marked)  # type: ignore[arg-type]
    assert [mark.lane for mark in stretch.marks] == [0, 1, 2, 0]
    assert stretch.lanes == 3


def test_a_moment_is_marked_in_the_row_in_which_it_begins(sample: Report) -> None:
    report = lasting(sample, 2 * 300_000)
    across = Playable(Span(299_000, 305_000), "x")
    first, second = stretches(report, [(across, "attempt", "~", "A")])
    assert len(first.marks) == 1
    assert not second.marks


def test_times_run_to_the_next_full_second() -> None:
    assert (Playable(Span(14_780, 15_400), "").at, Playable(Span(14_780, 15_400), "").until) == ("0:14", "0:16")
    assert Playable(Span(0, 16_000), "").until == "0:16"
