"""What is done differently where the room rings."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

from listener.analysis.one_mic import OneMicModels, OneMicSpeech, speech_on_one_mic
from listener.analysis.one_mic_parameters import OneMicParameters
from listener.analysis.prompted import Prompt
from listener.domain.span import Ms, Span
from listener.domain.speech import TwoAtOnce
from listener.ports import SAMPLE_RATE, SAMPLES_PER_MS, Samples

PLAIN, PROMPTED = 10 * SAMPLE_RATE, 14 * SAMPLE_RATE


class Recording:
    channels = 1

    def __init__(self, signal: Samples) -> None:
        self._signal = signal

    @property
    def duration_ms(self) -> Ms:
        return self._signal.size // SAMPLES_PER_MS

    def blocks(self) -> Iterator[Samples]:
        for start in range(0, self._signal.size, SAMPLE_RATE):
            yield self._signal[None, start : start + SAMPLE_RATE]


class TwoFromFourSeconds:
    """Hears one speaker, and from 4 s of each window to 6 s a second one, not quite surely."""

    window_ms = 10_000

    def __init__(self) -> None:
        self.sizes: set[int] = set()

    def activities(self, window: Samples) -> NDArray[np.float32]:
        self.sizes.add(window.size)
        found = np.zeros((window.size // 160, 3), dtype=np.float32)
        found[:, 0] = 0.99
        found[400:600, 1] = 0.7
        return found


class OneVoice:
    """Every sound has the same voice, somewhat between two."""

    def __init__(self, like_a: float) -> None:
        self._voice = np.array([like_a, np.sqrt(1 - like_a**2)], dtype=np.float32)

    def embed(self, speech: Samples) -> NDArray[np.float32]:
        return self._voice


def syllables(seconds: float, ringing_s: float) -> Samples:
    """Noise in bursts, in a room where sound dies away by 60 dB in `ringing_s`."""
    generator = np.random.default_rng(0)
    bursts = np.repeat(generator.random(round(seconds * 10)) > 0.3, SAMPLE_RATE // 10)
    dry = generator.normal(0, 0.1, bursts.size) * bursts
    at = np.arange(round(0.5 * SAMPLE_RATE)) / SAMPLE_RATE
    response = 0.08 * generator.normal(0, 1, at.size) * 10 ** (-3 * at / ringing_s) * (at > 0.03)
    response[0] = 1.0
    size = dry.size + at.size
    return np.fft.irfft(np.fft.rfft(dry, size) * np.fft.rfft(response, size), size)[: dry.size].astype(np.float32)


def heard(segmenter: TwoFromFourSeconds, ringing_s: float, prompts: bool = True, like_a: float = 0.7) -> OneMicSpeech:
    spoken = syllables(3, 0.01)
    voices = np.eye(2, dtype=np.float32)
    prompt = Prompt(spoken, None)
    models = OneMicModels(
        segmenter, OneVoice(like_a), {"A": voices[0], "B": voices[1]}, (prompt, prompt) if prompts else None
    )
    return speech_on_one_mic(Recording(syllables(10, ringing_s)), models, OneMicParameters(), lambda *_: None)


def test_close_to_the_microphone_windows_are_plain() -> None:
    segmenter = TwoFromFourSeconds()
    speech = heard(segmenter, 0.01)
    assert segmenter.sizes == {PLAIN}
    assert speech.two_at_once == (TwoAtOnce(Span(4000, 6000), 0.7),)
    assert speech.reverberation < OneMicParameters().reverberant_from


@pytest.mark.parametrize(("prompts", "size"), [(True, PROMPTED), (False, PLAIN)])
def test_in_a_ringing_room_both_voices_go_before_each_window(prompts: bool, size: int) -> None:
    segmenter = TwoFromFourSeconds()
    speech = heard(segmenter, 0.5, prompts)
    assert segmenter.sizes == {size}
    assert speech.reverberation > OneMicParameters().reverberant_from
    assert speech.two_at_once
    assert all(0.5 <= both.probability <= 1 for both in speech.two_at_once)


def test_in_a_ringing_room_a_long_overlap_of_one_voice_is_no_overlap() -> None:
    for ringing_s, like_a, stays in ((0.5, 0.95, False), (0.5, 0.7, True), (0.01, 0.95, True)):
        long = [i for i in heard(TwoFromFourSeconds(), ringing_s, like_a=like_a).ipus if i.partner == "B"]
        assert (max((ipu.span.duration_ms for ipu in long), default=0) >= 1200) is stays


def test_the_same_sound_gives_the_same_speech() -> None:
    assert heard(TwoFromFourSeconds(), 0.5) == heard(TwoFromFourSeconds(), 0.5)


def test_steady_tones_are_no_room() -> None:
    at = np.arange(10 * SAMPLE_RATE) / SAMPLE_RATE
    chord = sum(np.sin(2 * np.pi * hz * at) for hz in (220, 277, 330)) * (0.5 + 0.5 * np.sin(4 * np.pi * at))
    segmenter = TwoFromFourSeconds()
    voices = np.eye(2, dtype=np.float32)
    prompt = Prompt(syllables(3, 0.01), None)
    models = OneMicModels(segmenter, OneVoice(0.7), {"A": voices[0], "B": voices[1]}, (prompt, prompt))
    tones = Recording(np.asarray(0.1 * chord, dtype=np.float32))
    speech = speech_on_one_mic(tones, models, OneMicParameters(), lambda *_: None)
    assert speech.reverberation > OneMicParameters().reverberant_to
    assert segmenter.sizes == {PLAIN}
