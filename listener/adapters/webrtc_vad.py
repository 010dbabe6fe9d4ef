"""Voice activity by webrtcvad: the gate that needs no weights."""

from __future__ import annotations

import numpy as np
import webrtcvad

from listener.domain.span import Ms
from listener.ports import SAMPLE_RATE, SAMPLES_PER_MS, Samples


class WebRtcVad:
    """VoiceActivityDetector; `mode` 0 to 3, the higher the more it takes for noise. Keeps state from frame to frame."""

    frame_ms: Ms = 10

    def __init__(self, mode: int = 2) -> None:
        self._vad = webrtcvad.Vad(mode)

    def is_speech(self, frame: Samples) -> bool:
        """Whether one frame of `frame_ms` (160 samples in [-1, 1]) holds speech."""
        if frame.shape != (self.frame_ms * SAMPLES_PER_MS,):
            raise ValueError(f"a frame has {self.frame_ms * SAMPLES_PER_MS} samples, not {frame.shape}")
        return bool(self._vad.is_speech((frame * 32767).astype(np.int16).tobytes(), SAMPLE_RATE))
