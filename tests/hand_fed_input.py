"""A microphone in a test's hands: it gives what it is told to, breaks and comes back on command."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from listener.errors import MissingDevice
from listener.ports import Block


@dataclass
class HandFedInput:
    """LiveInput that hands over what `give` is called with. `plugged` False: it cannot be opened."""

    rate: int = 16_000
    channels: int = 1
    name: str = "hand-fed"
    plugged: bool = True
    broken: bool = False
    ended: bool = False
    delay_s: float = 0.0
    openings: int = 0
    closings: int = 0
    _hand_over: Callable[[Block], None] | None = field(default=None, repr=False)

    def open(self, hand_over: Callable[[Block], None]) -> None:
        if not self.plugged:
            raise MissingDevice("There is no microphone.", "Plug it in.")
        self.openings += 1
        self.broken = False
        self._hand_over = hand_over

    def close(self) -> None:
        self.closings += 1
        self._hand_over = None

    @property
    def is_open(self) -> bool:
        return self._hand_over is not None

    def give(self, samples: NDArray[np.int16], lost_frames: int = 0) -> None:
        """Hand over samples of shape (frames, channels) as blocks of 50 ms."""
        assert self._hand_over is not None, "the input is closed"
        size = self.rate // 20
        for start in range(0, len(samples), size):
            self._hand_over(Block(samples[start : start + size], lost_frames if start == 0 else 0))

    def pull_out(self) -> None:
        """Stop by itself, as a microphone that is unplugged."""
        self.plugged, self.broken = False, True


def noise(seconds: float, rate: int = 16_000, channels: int = 1, seed: int = 0) -> NDArray[np.int16]:
    """Sound that is nowhere silent, shape (frames, channels)."""
    shape = (round(seconds * rate), channels)
    return np.random.default_rng(seed).integers(1, 9_000, shape).astype(np.int16)
