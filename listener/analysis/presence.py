"""That anyone speaks, and that two speak at once: the segmenter's windows laid over the recording and averaged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from listener.analysis.levels import FRAME_MS
from listener.domain.span import Ms
from listener.ports import SAMPLES_PER_MS, Progress, Samples, SpeakerSegmenter

Presence = tuple[NDArray[np.float32], NDArray[np.float32]]
"""Probability that anyone speaks and that two speak at once, each of shape (frames,)."""


def presence(
    blocks: Iterable[Samples],
    duration_ms: Ms,
    segmenters: Sequence[SpeakerSegmenter],
    hop_ms: Ms,
    progress: Progress,
) -> Presence:
    """Presence over a stream of blocks of shape (1, samples), from windows every `hop_ms`; `duration_ms` is a hint.

    `segmenters`, all of the same window, take turns.
    """
    window_ms = segmenters[0].window_ms
    window_frames, step = window_ms // FRAME_MS, hop_ms // FRAME_MS
    frames = duration_ms // FRAME_MS + window_frames + step + 1
    weight = window_weight(window_frames)
    sums = np.zeros((2, frames), dtype=np.float32)
    weights = np.zeros(frames, dtype=np.float32)
    end = 0
    for i, window in enumerate(_windows(blocks, window_ms, hop_ms)):
        start, end = i * step, i * step + window_frames
        if end > weights.size:
            sums = np.pad(sums, ((0, 0), (0, end)))
            weights = np.pad(weights, (0, end))
        sums[:, start:end] += weight * window_presence(segmenters[i % len(segmenters)], window)
        weights[start:end] += weight
        progress("Telling speakers apart", start / frames)
    progress("Telling speakers apart", 1.0)
    someone, two = sums[:, :end] / np.maximum(weights[:end], 1e-6)
    return someone, two


def window_presence(segmenter: SpeakerSegmenter, window: Samples) -> NDArray[np.float32]:
    """Probability in one window that anyone speaks and that two speak at once, shape (2, frames)."""
    loudest_two: NDArray[np.float32] = np.sort(segmenter.activities(window), axis=1)[:, :-3:-1].T
    return loudest_two


def window_weight(frames: int) -> NDArray[np.float32]:
    """How much each frame of a window counts: less towards its edges, where the network sees too little context."""
    ramp = np.arange(frames) + 0.5
    weight: NDArray[np.float32] = np.maximum(np.minimum(ramp, ramp[::-1]) / (frames / 2), 0.1).astype(np.float32)
    return weight


def _windows(blocks: Iterable[Samples], window_ms: Ms, hop_ms: Ms) -> Iterator[Samples]:
    """Windows of `window_ms` every `hop_ms` from the start, shape (samples,); the last ones padded with silence."""
    size, step = window_ms * SAMPLES_PER_MS, hop_ms * SAMPLES_PER_MS
    held = np.zeros(0, dtype=np.float32)
    first = True
    for block in blocks:
        held = np.concatenate([held, block[0]])
        while held.size >= size:
            yield held[:size]
            held = held[step:]
            first = False
    if held.size > size - step or (first and held.size):
        yield np.pad(held, (0, size - held.size))


__all__ = ["Presence", "presence", "window_presence", "window_weight"]
