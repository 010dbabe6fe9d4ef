"""Frame-wise levels and masks."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from listener.analysis.levels import band_levels, hysteresis, runs, without_short


def mask(drawing: str) -> NDArray[np.bool_]:
    return np.array([mark == "#" for mark in drawing])


def drawing(values: NDArray[np.bool_]) -> str:
    return "".join("#" if value else "." for value in values)


@pytest.mark.parametrize("block", [160, 4001, 16_000, 100_000])
def test_levels_do_not_depend_on_how_the_stream_is_cut(block: int) -> None:
    signal = np.random.default_rng(0).normal(0, 0.1, (2, 50_123)).astype(np.float32)
    parts = (signal[:, i : i + block] for i in range(0, signal.shape[1], block))
    assert np.array_equal(band_levels(parts), band_levels([signal]))


def test_levels_follow_gain_in_decibels_and_ignore_hum() -> None:
    at = np.arange(32_000) / 16_000
    speech_like = np.sin(2 * np.pi * 1000 * at)
    loud, soft = band_levels([np.stack([0.5 * speech_like, 0.05 * speech_like]).astype(np.float32)])
    assert np.allclose(loud[5:-5] - soft[5:-5], 20, atol=0.1)
    hum = band_levels([(0.5 * np.sin(2 * np.pi * 50 * at)).astype(np.float32)[None]])[0]
    assert hum[5:-5].max() < soft[5:-5].min() - 10


def test_no_sound_has_no_frames() -> None:
    assert band_levels([]).shape == (1, 0)
    assert band_levels([np.zeros((1, 100), dtype=np.float32)]).shape == (1, 0)


def test_hysteresis_holds_between_its_thresholds() -> None:
    values = np.array([0.0, 0.5, 0.9, 0.5, 0.4, 0.1, 0.5, 0.5], dtype=np.float32)
    assert drawing(hysteresis(values, 0.8, 0.3)) == "..###..."


def test_runs_are_half_open() -> None:
    assert runs(mask(".##..#")) == [(1, 3), (5, 6)]
    assert runs(mask("")) == []


def test_short_pauses_are_filled_before_short_speech_is_dropped() -> None:
    # one frame is 10 ms
    assert drawing(without_short(mask("##.##....#...."), 20, 20)) == "#####........."
    assert drawing(without_short(mask("#.#.#"), 20, 50)) == "#####"
