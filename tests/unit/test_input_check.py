"""Whether an input is fit to record from."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from listener.adapters.audio_file import AudioFile
from listener.adapters.resources import example_folder
from listener.analysis.input_check import Verdict, speech_ms, verdicts, waiting
from listener.ports import Samples

RATE = 16_000


def conversation(seconds: float = 4.0) -> NDArray[np.float32]:
    """Speech with pauses, one channel, shape (samples,)."""
    (block, *_) = AudioFile(example_folder() / "conversation.flac").blocks()
    return block[0, 3 * RATE : 3 * RATE + round(seconds * RATE)]


def hiss(level: float, seconds: float = 4.0, seed: int = 0) -> NDArray[np.float32]:
    return np.random.default_rng(seed).normal(0, level, round(seconds * RATE)).astype(np.float32)


def judged(*channels: NDArray[np.float32], clipped: bool = False) -> tuple[Verdict, ...]:
    signal: Samples = np.stack(channels).astype(np.float32)
    return verdicts(signal, (clipped,) * len(channels))


@pytest.mark.parametrize(
    ("signal", "verdict"),
    [
        (conversation(), "good"),
        (0.03 * conversation(), "too_quiet"),
        (hiss(1e-4), "waiting"),
        (hiss(1e-2), "waiting"),
        (conversation() + hiss(0.04), "noisy"),
        (hiss(0.1), "noisy"),
        (hiss(1e-6), "silent_channel"),
        (np.zeros(4 * RATE, dtype=np.float32), "silent_channel"),
        (conversation(0.5), "waiting"),
    ],
)
def test_one_microphone(signal: NDArray[np.float32], verdict: Verdict) -> None:
    assert judged(signal) == (verdict,)


def test_clipping_comes_before_everything() -> None:
    assert judged(conversation(), clipped=True) == ("clipping",)


def test_two_microphones_are_judged_one_by_one() -> None:
    other = conversation(8)[-4 * RATE :]
    assert judged(conversation() + hiss(1e-4), other + hiss(1e-4, seed=1)) == ("good", "good")
    assert judged(conversation(), np.zeros(4 * RATE, dtype=np.float32)) == ("good", "silent_channel")


def test_one_signal_on_both_channels_is_told() -> None:
    assert judged(conversation(), 0.8 * conversation()) == ("same_signal", "same_signal")


def test_nothing_heard_yet() -> None:
    assert verdicts(np.zeros((2, 0), dtype=np.float32), (False, False)) == waiting(2) == ("waiting", "waiting")


def test_speech_in_a_sentence_is_measured() -> None:
    (sentence,) = AudioFile(example_folder() / "enrol_A.flac").blocks()
    whole = speech_ms(sentence)
    assert 3_000 < whole < 5_700
    assert speech_ms(0.1 * sentence) == pytest.approx(whole, abs=300)
    assert speech_ms(sentence[:, :RATE]) < 1_000
    for silent in (0.001 * sentence, hiss(0.01)[None], np.zeros((1, RATE), dtype=np.float32), sentence[:, :0]):
        assert speech_ms(silent) == 0
