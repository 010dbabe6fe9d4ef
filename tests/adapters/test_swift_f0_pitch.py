"""Pitch with the library's own network, offline, from its wheel."""

from __future__ import annotations

import numpy as np
import pytest

from listener.adapters.resources import example_folder
from listener.adapters.swift_f0_pitch import WEIGHTS, SwiftF0Pitch
from listener.analysis.pitch import pitch_hz, semitones
from listener.app.hear_voices import prompt_of
from listener.ports import SAMPLE_RATE


def test_the_weights_come_with_the_library() -> None:
    assert 100_000 < WEIGHTS.stat().st_size < 1_000_000


@pytest.mark.parametrize("gain", [1e-3, 0.1, 10.0])
def test_loudness_does_not_change_the_pitch(gain: float) -> None:
    at = np.arange(SAMPLE_RATE) / SAMPLE_RATE
    voice = sum((np.sin(2 * np.pi * 180 * k * at) / k for k in range(1, 9)), np.zeros(at.size)).astype(np.float32)
    assert pitch_hz(np.float32(gain) * voice, SwiftF0Pitch()) == pytest.approx(180, rel=0.01)


def test_nothing_has_no_pitch() -> None:
    for size in (0, 100, SAMPLE_RATE):
        assert SwiftF0Pitch().voiced_hz(np.zeros(size, dtype=np.float32)).size == 0


def test_the_example_has_a_higher_and_a_lower_voice() -> None:
    tracker = SwiftF0Pitch()
    first, second = (prompt_of(example_folder() / f"enrol_{p}.flac", tracker).pitch_hz for p in "AB")
    assert first is not None
    assert second is not None
    assert semitones(max(first, second), min(first, second)) > 1
    assert prompt_of(example_folder() / "enrol_A.flac", SwiftF0Pitch()).pitch_hz == first
