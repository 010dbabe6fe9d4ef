"""Int16 audio at another rate, block by block."""

from __future__ import annotations

import numpy as np
import soxr
from numpy.typing import NDArray


class Resampler:
    """Turns consecutive blocks of one rate into blocks of another; a few milliseconds stay behind between calls."""

    def __init__(self, rate: int, wanted_rate: int, channels: int) -> None:
        self._channels = channels
        self._stream = soxr.ResampleStream(rate, wanted_rate, channels, dtype="int16")

    def __call__(self, samples: NDArray[np.int16]) -> NDArray[np.int16]:
        """The block, shape (frames, channels), at the wanted rate."""
        made: NDArray[np.int16] = self._stream.resample_chunk(np.ascontiguousarray(samples))
        return made.reshape(-1, self._channels)


def resampled(samples: NDArray[np.int16], rate: int, wanted_rate: int) -> NDArray[np.int16]:
    """A whole recording, shape (frames, channels), at another rate."""
    made: NDArray[np.int16] = soxr.resample(samples, rate, wanted_rate)
    return made
