from __future__ import annotations

import pytest

from listener.analysis.intervals import byar, interval, wilson
from listener.domain.report import Measurement


def test_wilson_agrees_with_published_values() -> None:
    # Newcombe 1998, table I, method 3: 81 of 263, 15 of 148, 0 of 20, 1 of 29
    for part, whole, low, high in [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611)]:
        assert wilson(part, whole) == pytest.approx((low, high), abs=5e-4)
    assert wilson(1, 29) == pytest.approx((0.0061, 0.1718), abs=5e-4)


def test_byar_is_close_to_the_exact_poisson_interval() -> None:
    # Exact (Garwood 1936) 95 % limits.
    for events, low, high in [(0, 0.0, 3.689), (1, 0.0253, 5.572), (5, 1.623, 11.668), (20, 12.217, 30.888)]:
        assert byar(events) == pytest.approx((low, high), abs=0.08)


@pytest.mark.parametrize("part", range(11))
def test_an_interval_holds_its_value_and_stays_a_share(part: int) -> None:
    low, high = wilson(part, 10)
    assert 0 <= low <= part / 10 <= high <= 1


@pytest.mark.parametrize("in_ms", [False, True])
@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 1.0])
def test_more_evidence_makes_the_interval_narrower(share: float, in_ms: bool) -> None:
    scale = 3_000 if in_ms else 1
    sizes = [10, 30, 100, 1_000]
    shares = [interval(Measurement("m", int(share * n * scale), n * scale, "share"), in_ms) for n in sizes]
    widths = [high - low for low, high in shares]
    assert widths == sorted(widths, reverse=True)
    assert len(set(widths)) == len(widths)


def test_a_longer_talk_narrows_a_rate() -> None:
    widths = []
    for minutes in (1, 5, 20):
        low, high = interval(Measurement("m", 3 * minutes, minutes * 60_000, "per_minute"))
        assert low <= 3 <= high
        widths.append(high - low)
    assert widths[0] > widths[1] > widths[2]


def test_no_event_in_a_minute_is_no_proof_of_none() -> None:
    assert interval(Measurement("m", 0, 60_000, "per_minute")) == pytest.approx((0.0, 3.69), abs=0.1)


def test_milliseconds_are_not_taken_for_independent_observations() -> None:
    speech = Measurement("speaking_share", 15_000, 30_000, "share")
    assert interval(speech, in_ms=True) == pytest.approx(wilson(5, 10))
    counted = interval(speech)
    assert counted[1] - counted[0] < 0.02


@pytest.mark.parametrize("measurement", [Measurement("m", 0, 0, "share"), Measurement("m", 900, 3, "mean_ms")])
def test_nothing_observed_has_no_interval(measurement: Measurement) -> None:
    with pytest.raises(ValueError, match="has no interval"):
        interval(measurement)
