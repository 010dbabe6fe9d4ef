"""Speaker segmentation with pyannote segmentation-3.0 as ONNX (MIT): up to three local speakers, also at once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from listener.adapters.onnx_session import open_session
from listener.domain.span import Ms
from listener.ports import SAMPLES_PER_MS, Samples

POWERSET = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1]], dtype=np.float32)
"""Which speakers each of the model's seven classes holds, shape (classes, speakers) (Plaquet & Bredin 2023)."""

FIRST_FRAME_CENTRE, FRAME_STEP = 495, 270
"""Sample of the first output frame's centre, and samples between frames: properties of the network's front end."""

EARLY = 240
"""Samples by which the network's verdict comes before what it is about: measured on starts and ends of overlaps."""


class OnnxSegmenter:
    """SpeakerSegmenter made for 10 s windows; frames come on a regular 10 ms grid by linear interpolation."""

    window_ms: Ms = 10_000
    frame_ms: Ms = 10

    def __init__(self, weights: Path, threads: int = 2) -> None:
        self._session: onnxruntime.InferenceSession = open_session(weights, threads)

    def activities(self, window: Samples) -> NDArray[np.float32]:
        """Speaker probabilities 0 to 1, shape (frames, 3), of a window of shape (samples,)."""
        scores = self._session.run(None, {"waveform": window[None, None].astype(np.float32)})[0][0]
        probabilities = np.exp(scores) @ POWERSET
        centres = FIRST_FRAME_CENTRE + EARLY + FRAME_STEP * np.arange(len(probabilities))
        step = self.frame_ms * SAMPLES_PER_MS
        grid = (np.arange(window.size // step) + 0.5) * step
        columns = [np.interp(grid, centres, column) for column in probabilities.T]
        activities: NDArray[np.float32] = np.clip(np.stack(columns, axis=1), 0.0, 1.0).astype(np.float32)
        return activities
