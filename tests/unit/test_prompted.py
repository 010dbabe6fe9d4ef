"""Windows played faster, with both voices before them, and the network's speakers put in order."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from listener.adapters.swift_f0_pitch import SwiftF0Pitch
from listener.analysis.pitch import pitch_hz
from listener.analysis.prompted import Prompt, PromptedSegmenter, PromptParameters, prompted
from listener.ports import SAMPLE_RATE, Samples

AS_FAST = PromptParameters(prompt_ms=1000, faster_up=1, faster_down=1)


class BySign:
    """Speaker 2 where the signal is above zero, speaker 0 where it is below: slots in no order of A and B."""

    window_ms = 10_000

    def __init__(self) -> None:
        self.sizes: list[int] = []

    def activities(self, window: Samples) -> NDArray[np.float32]:
        self.sizes.append(window.size)
        means = window[: window.size // 160 * 160].reshape(-1, 160).mean(axis=1)
        return np.stack([means < -0.05, np.zeros(means.size), means > 0.05], axis=1).astype(np.float32)


def steady(level: float, seconds: float) -> Samples:
    return np.full(int(seconds * SAMPLE_RATE), level, dtype=np.float32)


@pytest.mark.parametrize(("a", "b", "first"), [(0.2, -0.2, 0), (-0.2, 0.2, 1)])
def test_prompts_put_the_speakers_in_order_and_leave_the_window_its_length(a: float, b: float, first: int) -> None:
    inner = BySign()
    window = np.concatenate([steady(0.2, 4), steady(-0.2, 6)])
    found = PromptedSegmenter(inner, (steady(a, 3), steady(b, 3)), AS_FAST).activities(window)
    assert inner.sizes == [12 * SAMPLE_RATE]
    assert found.shape == (1000, 3)
    assert found[:400, first].all()
    assert found[400:, 1 - first].all()
    assert not found[:, 2].any()


@pytest.mark.parametrize(("up", "down"), [(1, 1), (8, 7), (4, 3)])
def test_playing_faster_keeps_every_moment_in_its_place(up: int, down: int) -> None:
    window = np.concatenate([steady(0.2, 4), steady(-0.2, 6)])
    inner = BySign()
    parameters = PromptParameters(faster_up=up, faster_down=down)
    voices = (steady(-0.2, 2), steady(0.2, 2))
    found = PromptedSegmenter(inner, voices, parameters).activities(window)
    assert found.shape == (1000, 3)
    assert abs(inner.sizes[0] - (window.size + 4 * SAMPLE_RATE) * down / up) <= 3 * 160
    assert found[10:395, 1].min() > 0.9
    assert found[405:990, 0].min() > 0.9


def test_a_faster_tone_is_a_higher_one() -> None:
    class Listening(BySign):
        def activities(self, window: Samples) -> NDArray[np.float32]:
            self.peak = int(np.argmax(np.abs(np.fft.rfft(window)))) * SAMPLE_RATE / window.size
            return super().activities(window)

    inner = Listening()
    tone = voice(700, 10)
    PromptedSegmenter(inner, (tone, tone), PromptParameters()).activities(tone)
    assert inner.peak == pytest.approx(800, abs=1)


def voice(hz: float, seconds: float) -> Samples:
    at = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    return sum((np.sin(2 * np.pi * hz * k * at) / k for k in range(1, 6)), np.zeros(at.size)).astype(np.float32)


@pytest.mark.parametrize("hz", [90.0, 130.0, 190.0, 240.0])
def test_pitch_is_that_of_the_voice_whatever_its_loudness(hz: float) -> None:
    noise = np.random.default_rng(0).normal(0, 0.05, 2 * SAMPLE_RATE).astype(np.float32)
    for gain in (1e-3, 1.0):
        assert pitch_hz(gain * (voice(hz, 2) + noise), SwiftF0Pitch()) == pytest.approx(hz, rel=0.03)


def test_what_has_no_voice_has_no_pitch() -> None:
    noise = np.random.default_rng(0).normal(0, 0.05, SAMPLE_RATE).astype(np.float32)
    for signal in (noise, np.zeros(SAMPLE_RATE, dtype=np.float32), voice(100, 0.05)):
        assert pitch_hz(signal, SwiftF0Pitch()) is None


@pytest.mark.parametrize(("a", "b", "seconds"), [(120, 130, [12]), (190, 200, [14]), (120, 200, [14, 12])])
def test_a_pace_for_each_kind_of_voice(a: float, b: float, seconds: list[int]) -> None:
    inner = BySign()
    faster = PromptParameters(faster_up=7, faster_down=6)
    for segmenter in prompted(inner, (Prompt(voice(a, 2), a), Prompt(voice(b, 2), b)), faster):
        segmenter.activities(steady(0.2, 10))
    assert inner.sizes == pytest.approx([s * SAMPLE_RATE for s in seconds], abs=3 * 160)
