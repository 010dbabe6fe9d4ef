"""Pitch with SwiftF0 (MIT; Nieradzik 2025): a small network that the library's own wheel brings along."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import swift_f0
from numpy.typing import NDArray
from swift_f0 import SwiftF0

from listener.ports import SAMPLE_RATE, Samples

NAME = "swift-f0"
WEIGHTS = Path(swift_f0.__file__).with_name("model.onnx")

RANGE_HZ = (65.0, 500.0)
"""Fundamental frequencies that are looked for: adults who talk, and who raise their voice."""

VOICED = 0.5
"""The network's confidence from which a frame is voiced, as it is calibrated."""

_RMS = 0.1
_TINY = 1e-7


class SwiftF0Pitch:
    """PitchTracker: one verdict every 16 ms. One thread, so that the same speech gives the same numbers."""

    def __init__(self) -> None:
        self._detector = SwiftF0(threads=1, spin=False)

    def voiced_hz(self, speech: Samples) -> NDArray[np.float32]:
        """Pitch of every voiced frame, Hz; speech is brought to one level, as the library takes soft sound for none."""
        loudness = float(np.sqrt(np.mean(np.square(speech, dtype=np.float64)))) if speech.size else 0.0
        if loudness < _TINY:
            return np.zeros(0, dtype=np.float32)
        found = self._detector.detect(speech * np.float32(_RMS / loudness), SAMPLE_RATE, *RANGE_HZ)
        return found.pitch_hz[found.confidence >= VOICED].astype(np.float32)
