"""Whether an input is fit to record from, judged from the last few seconds of it, channel by channel.

The thresholds are the project's own choice, from simulated rooms with one and two microphones.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from listener.analysis.levels import FRAME_MS, band_levels, without_short
from listener.analysis.two_mics import mics_in_use
from listener.domain.span import Ms
from listener.ports import SAMPLES_PER_MS, Samples

Verdict: TypeAlias = Literal["waiting", "good", "too_quiet", "clipping", "noisy", "silent_channel", "same_signal"]
"""Of one channel; `waiting`: nobody has spoken yet."""

LEAST_MS: Ms = 1_000
"""Nothing is said about less."""

LEAST_SPEECH_MS: Ms = 2_000
"""An enrolment sentence holds at least so much speech; half of it is the least that a voice can be told from."""

_FULL_SCALE_DB = 45.8
"""Band level of a signal in the speech band whose RMS is 1: 10 log10 of half the FFT times the window's energy."""

_DEAD_DB, _QUIET_DB, _NOISE_DB = -86.0, -52.0, -42.0
_SPEECH_RANGE_DB, _NOISY_RANGE_DB = 9.0, 15.0
_FLOOR, _LOUD = 0.1, 0.95
_WORD_RANGE_DB = 20.0
_CLICK_MS: Ms = 50


@dataclass(frozen=True, slots=True)
class Sound:
    """How loud a channel is where it is quiet and where it is loud, dB below full scale, speech band."""

    floor_db: float
    loud_db: float

    @property
    def range_db(self) -> float:
        return self.loud_db - self.floor_db


def verdicts(signal: Samples, clipped: tuple[bool, ...]) -> tuple[Verdict, ...]:
    """A verdict on each channel of `signal`, shape (channels, samples), 16 kHz; `clipped` is known from the meters."""
    if signal.shape[1] < LEAST_MS * SAMPLES_PER_MS:
        return waiting(int(signal.shape[0]))
    found = tuple(_verdict(sound, clip) for sound, clip in zip(_sounds(signal), clipped, strict=True))
    spoken = all(verdict in {"good", "noisy", "too_quiet"} for verdict in found)
    if len(found) == 2 and spoken and mics_in_use(_InMemory(signal)) == "same_signal":
        return "same_signal", "same_signal"
    return found


def waiting(channels: int) -> tuple[Verdict, ...]:
    """The verdicts on an input that has not been heard yet."""
    verdict: Verdict = "waiting"
    return (verdict,) * channels


def speech_ms(signal: Samples) -> Ms:
    """How much speech there is in a sentence, shape (channels, samples), 16 kHz; 0 where it does not stand out."""
    levels = band_levels([signal]).max(axis=0)
    if not levels.size:
        return 0
    sound = _sound(levels)
    if sound.loud_db < _QUIET_DB or sound.range_db < _SPEECH_RANGE_DB:
        return 0
    spoken = levels > sound.loud_db + _FULL_SCALE_DB - _WORD_RANGE_DB
    return int(without_short(spoken, 0, _CLICK_MS).sum()) * FRAME_MS


def _verdict(sound: Sound, clipped: bool) -> Verdict:
    if clipped:
        return "clipping"
    if sound.loud_db < _DEAD_DB:
        return "silent_channel"
    if sound.floor_db > _NOISE_DB and sound.range_db < _NOISY_RANGE_DB:
        return "noisy"
    if sound.range_db < _SPEECH_RANGE_DB:
        return "waiting"
    return "too_quiet" if sound.loud_db < _QUIET_DB else "good"


def _sounds(signal: Samples) -> list[Sound]:
    return [_sound(levels) for levels in band_levels([signal])]


def _sound(levels: NDArray[np.float32]) -> Sound:
    floor, loud = np.quantile(levels, (_FLOOR, _LOUD)) - _FULL_SCALE_DB
    return Sound(float(floor), float(loud))


class _InMemory:
    """AudioSource over a signal, shape (channels, samples), 16 kHz."""

    def __init__(self, signal: Samples) -> None:
        self._signal = signal

    @property
    def channels(self) -> int:
        return int(self._signal.shape[0])

    @property
    def duration_ms(self) -> Ms:
        return int(self._signal.shape[1]) // SAMPLES_PER_MS

    def blocks(self) -> Iterator[Samples]:
        yield self._signal
