"""Zooming and moving along a conversation."""

from __future__ import annotations

from listener.domain.report import Report
from listener.domain.span import Span
from listener.reports import timeline
from listener.reports.timeline_window import NARROWEST_MS, Window

MINUTES = 60_000


def test_closer_halves_around_a_moment_and_stops_at_the_narrowest() -> None:
    window = Window.whole(8 * MINUTES)
    assert window.is_whole
    assert window.closer().shown == Span(2 * MINUTES, 6 * MINUTES)
    assert window.closer(at=0).shown == Span(0, 4 * MINUTES)
    assert window.closer(at=8 * MINUTES).shown == Span(4 * MINUTES, 8 * MINUTES)
    for _ in range(20):
        window = window.closer()
    assert window.shown.duration_ms == NARROWEST_MS


def test_wider_comes_back_to_the_whole() -> None:
    window = Window.whole(100_000).closer(at=90_000).wider()
    assert window.is_whole
    assert window.shown == Span(0, 100_000)
    assert window.wider() == window


def test_moving_stays_within_the_conversation() -> None:
    window = Window.whole(100_000).closer(at=0)
    assert window.moved(-1) == window
    assert window.moved(1).shown == Span(25_000, 75_000)
    assert window.moved(1).moved(1).moved(1).shown == Span(50_000, 100_000)


def test_a_moment_out_of_sight_is_brought_into_it() -> None:
    window = Window.whole(100_000).closer(at=0)
    assert window.with_moment(Span(10_000, 12_000)) == window
    assert window.with_moment(Span(80_000, 81_000)).shown == Span(50_000, 100_000)


def test_short_conversations_are_whole_at_once() -> None:
    assert Window.whole(4_000).closer().shown == Span(0, 4_000)


def test_a_moment_is_in_the_column_of_its_mark(sample: Report) -> None:
    for columns in (37, 40, 63, 80, 111):
        band = timeline.band(sample, Span(0, sample.session.duration_ms), columns)
        (interruption,) = (overlap for overlap in sample.overlaps if overlap.kind == "interruption")
        assert timeline.column_of(interruption.span.start, band.span, columns) == band.marks.index("×")
