"""What was recorded against what was played."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

RATE = 16_000

Sound = NDArray[np.float64]


def at_16_khz(path: Path) -> Sound:
    """A file's channels together, shape (samples,), at `RATE`."""
    samples, rate = soundfile.read(path, dtype="float64", always_2d=True)
    resampled: Sound = soxr.resample(samples.mean(axis=1), rate, RATE)
    return resampled


def found_at(wanted: Sound, heard: Sound) -> tuple[int, float]:
    """Where in `heard` the sound `wanted` is most alike, in samples, and how alike: a correlation from -1 to 1."""
    size = 1 << (len(heard) + len(wanted)).bit_length()
    product = np.fft.irfft(np.fft.rfft(heard, size) * np.fft.rfft(wanted, size).conj(), size)
    at = int(product[: len(heard)].argmax())
    piece = heard[at : at + len(wanted)]
    part = wanted[: len(piece)]
    return at, float((piece * part).sum() / np.sqrt((piece**2).sum() * (part**2).sum()))
