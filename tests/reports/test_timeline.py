from __future__ import annotations

from dataclasses import replace

from listener.domain.floor import Overlap, OverlapKind
from listener.domain.report import Report
from listener.domain.span import Span
from listener.domain.speech import Ipu, PartnerId
from listener.reports.timeline import bands


def drawn(base: Report, first: str, second: str, overlaps: tuple[Overlap, ...] = ()) -> Report:
    """A conversation as it is drawn: a character is a second, `#` is speech."""
    rows: list[tuple[PartnerId, str]] = [("A", first), ("B", second)]
    speech = tuple(
        Ipu(partner, Span(i * 1000, i * 1000 + 1000))
        for partner, row in rows
        for i, character in enumerate(row)
        if character == "#"
    )
    session = replace(base.session, duration_ms=len(first) * 1000)
    return replace(base, session=session, speech=speech, overlaps=overlaps)


def test_a_cell_a_second_shows_speech_silence_and_both_at_once(silent: Report) -> None:
    (band,) = bands(drawn(silent, "####....", "..####.."), 8)
    assert band.rows == {"A": "██▒▒····", "B": "··▒▒██··"}


def test_a_cell_that_holds_little_speech_is_partly_filled(silent: Report) -> None:
    (band,) = bands(drawn(silent, "#...###.", "........"), 2)
    assert band.rows["A"] == "▄█"


def test_an_interruption_outshines_an_attempt_in_the_same_cell(silent: Report) -> None:
    overlaps = (
        Overlap(Span(1_000, 2_000), "A", "B", OverlapKind.ATTEMPTED_INTERRUPTION, 0.9),
        Overlap(Span(2_000, 3_000), "A", "B", OverlapKind.INTERRUPTION, 0.9),
        Overlap(Span(5_000, 6_000), "A", "B", OverlapKind.ATTEMPTED_INTERRUPTION, 0.9),
        Overlap(Span(7_000, 8_000), "A", "B", OverlapKind.BACKCHANNEL, 0.9),
    )
    (band,) = bands(drawn(silent, "########", "........", overlaps), 2)
    assert band.marks == "×~"


def test_a_long_conversation_is_broken_into_bands_that_cover_it(silent: Report) -> None:
    three = bands(drawn(silent, "#" * 600, "." * 600), 40)
    assert [band.rows["A"] for band in three] == ["█" * 40] * 3
    assert [band.axis.split()[0] for band in three] == ["0:00", "4:00", "7:00"]


def test_the_axis_has_round_times_under_their_columns(silent: Report) -> None:
    (band,) = bands(drawn(silent, "#" * 120, "." * 120), 60)
    labels = band.axis.split()
    assert labels == ["0:00", "0:30", "1:00", "1:30"]
    assert [band.axis.index(label) for label in labels] == [0, 15, 30, 45]
    assert len(band.axis) <= 60


def test_two_hours_and_a_blink_both_have_a_strip(silent: Report) -> None:
    for duration in (7_200_000, 3):
        drawn_bands = bands(replace(silent, session=replace(silent.session, duration_ms=duration)), 30)
        assert all(len(row) == 30 for band in drawn_bands for row in band.rows.values())
        assert all(len(band.axis) <= 30 for band in drawn_bands)
