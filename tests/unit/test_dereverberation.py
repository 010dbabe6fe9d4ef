"""Late reverberation predicted, taken out, and told in one number."""

from __future__ import annotations

import numpy as np
import pytest

from listener.analysis.dereverberation import (
    ReverberationParameters,
    dereverberated,
    dereverberated_blocks,
    reverberation,
)
from listener.analysis.one_mic_parameters import OneMicParameters
from listener.ports import SAMPLE_RATE, Samples

RINGS_FROM = OneMicParameters().reverberant_from
SHORT = ReverberationParameters(block_ms=1000, fade_ms=200)


def talk(seconds: float) -> Samples:
    """Noise in bursts of the length of syllables, as close to a microphone."""
    generator = np.random.default_rng(0)
    bursts = np.repeat(generator.random(round(seconds * 10)) > 0.5, SAMPLE_RATE // 10)
    return (generator.normal(0, 0.1, bursts.size) * bursts).astype(np.float32)


def in_a_room(dry: Samples, ringing_s: float = 0.4) -> Samples:
    """The same in a room: sound dies away by 60 dB in `ringing_s`."""
    generator = np.random.default_rng(1)
    at = np.arange(round(ringing_s * SAMPLE_RATE)) / SAMPLE_RATE
    response = 0.08 * generator.normal(0, 1, at.size) * 10 ** (-3 * at / ringing_s)
    response[: SAMPLE_RATE // 25] = 0.0  # early reflections stay: they are part of the voice
    response[0] = 1.0
    size = dry.size + at.size
    wet = np.fft.irfft(np.fft.rfft(dry, size) * np.fft.rfft(response, size), size)[: dry.size]
    return wet.astype(np.float32)


def error(signal: Samples, truth: Samples) -> float:
    return float(np.mean((signal - truth) ** 2))


def test_what_a_room_adds_is_taken_out_and_the_voice_stays() -> None:
    dry = talk(8)
    wet = in_a_room(dry)
    cleaned = dereverberated(wet)
    assert cleaned.shape == wet.shape
    assert error(cleaned, dry) < 0.75 * error(wet, dry)
    assert error(dereverberated(dry), dry) < 0.05 * float(np.mean(dry**2))


def test_silence_and_short_signals_come_back_as_they_are() -> None:
    for signal in (np.zeros(32_000, dtype=np.float32), talk(0.1), np.zeros(0, dtype=np.float32)):
        assert np.array_equal(dereverberated(signal), signal)


@pytest.mark.parametrize("size", [160, 4001, 16_000, 100_000])
def test_a_stream_keeps_its_length_and_does_not_depend_on_how_it_is_cut(size: int) -> None:
    wet = in_a_room(talk(3.35))[None]
    parts = (wet[:, i : i + size] for i in range(0, wet.shape[1], size))
    cleaned = np.concatenate(list(dereverberated_blocks(parts, SHORT)), axis=1)
    assert cleaned.shape == wet.shape
    assert np.array_equal(cleaned, np.concatenate(list(dereverberated_blocks([wet], SHORT)), axis=1))


def test_blocks_fade_into_each_other_and_leave_no_seam() -> None:
    wet = in_a_room(talk(4.3))
    cleaned = np.concatenate(list(dereverberated_blocks([wet[None]], SHORT)), axis=1)[0]
    middle = slice(300 * 16, 700 * 16)  # of the first block, alone
    assert np.array_equal(cleaned[middle], dereverberated(wet[:16_000])[middle])
    steady = np.sin(2 * np.pi * 1000 * np.arange(64_000) / SAMPLE_RATE).astype(np.float32)
    steady += np.random.default_rng(2).normal(0, 0.5, steady.size).astype(np.float32)
    whole = np.concatenate(list(dereverberated_blocks([steady[None]], SHORT)), axis=1)[0]
    jumps = np.abs(np.diff(whole))
    assert jumps[800 * 16 - 2 : 800 * 16 + 2].max() <= jumps.max()
    assert next(dereverberated_blocks([], SHORT)).shape == (1, 0)


def test_one_number_tells_a_room_from_a_close_microphone_whatever_the_loudness() -> None:
    dry = talk(30)
    wet = in_a_room(dry)
    close, room = reverberation([dry[None]]), reverberation([wet[None]])
    assert close < RINGS_FROM < room < 1
    for gain in (1e-3, 3.0):
        assert reverberation([gain * dry[None]]) == pytest.approx(close, rel=0.01)
        assert reverberation([gain * wet[None]]) == pytest.approx(room, rel=0.01)


def test_silence_does_not_change_how_much_a_room_rings() -> None:
    wet = in_a_room(talk(12))
    padded = np.concatenate([wet, np.zeros(36 * SAMPLE_RATE, dtype=np.float32)])
    assert reverberation([padded[None]]) == pytest.approx(reverberation([wet[None]]), rel=0.01)
    assert reverberation([np.zeros((1, 48_000), dtype=np.float32)]) == 0
    assert reverberation([]) == 0
