"""Level meters: how loud each channel of an input is right now."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from listener.domain.span import Ms

SILENCE_DB = -96.0
"""What the meters show of digital silence: a step below the smallest int16 value."""

WINDOW_MS: Ms = 300
CLIP_HOLD_MS: Ms = 2_000
_FULL = 32767
_CLIPPED_SAMPLES = 3
"""So many samples at full scale in one block are clipping; a single one may be chance."""


@dataclass(frozen=True, slots=True)
class Level:
    """One channel over the last `WINDOW_MS`, dB below full scale; `clipped` stays on for `CLIP_HOLD_MS`."""

    peak_db: float = SILENCE_DB
    rms_db: float = SILENCE_DB
    clipped: bool = False


class Meter:
    """Follows blocks of int16 samples; used by one thread, `levels` may be read by others."""

    def __init__(self, rate: int, channels: int) -> None:
        self._rate, self._channels = rate, channels
        self._recent: deque[tuple[int, NDArray[np.float64], NDArray[np.float64]]] = deque()
        self._frames = 0
        self._clipped_for = np.zeros(channels, dtype=np.int64)
        self.levels: tuple[Level, ...] = (Level(),) * channels

    def feed(self, samples: NDArray[np.int16]) -> None:
        """Take in a block of shape (frames, channels)."""
        if not len(samples):
            return
        wide = samples.astype(np.float64)
        self._recent.append((len(samples), np.abs(wide).max(axis=0), (wide**2).sum(axis=0)))
        self._frames += len(samples)
        while len(self._recent) > 1 and self._frames - self._recent[0][0] >= self._rate * WINDOW_MS // 1000:
            self._frames -= self._recent.popleft()[0]
        clipped = (np.abs(wide) >= _FULL).sum(axis=0) >= _CLIPPED_SAMPLES
        held = self._rate * CLIP_HOLD_MS // 1000
        self._clipped_for = np.where(clipped, held, np.maximum(0, self._clipped_for - len(samples)))
        peaks = np.max([peak for _, peak, _ in self._recent], axis=0)
        powers = np.sum([power for _, _, power in self._recent], axis=0) / self._frames
        self.levels = tuple(
            Level(decibels(float(peak)), decibels(math.sqrt(power)), bool(hold))
            for peak, power, hold in zip(peaks, powers, self._clipped_for, strict=True)
        )

    def silence(self) -> None:
        """Show nothing, as while the input is gone."""
        self._recent.clear()
        self._frames = 0
        self.levels = (Level(),) * self._channels


def decibels(amplitude: float) -> float:
    """An int16 amplitude in dB below full scale, at least `SILENCE_DB`."""
    return max(SILENCE_DB, 20 * math.log10(amplitude / (_FULL + 1))) if amplitude > 0 else SILENCE_DB
