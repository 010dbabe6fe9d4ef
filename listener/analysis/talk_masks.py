"""Frames in which one partner speaks and in which both do: the network's verdict, cut by the speech-band level."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from listener.analysis.levels import FRAME_MS, hysteresis, runs, without_short
from listener.analysis.one_mic_parameters import OneMicParameters
from listener.analysis.presence import Presence
from listener.domain.span import Ms, Span

IPU_PAUSE_MS: Ms = 200
"""A silence this long parts two IPUs (Heldner & Edlund 2010)."""


def talk_masks(
    levels: NDArray[np.float32], heard: Presence, parameters: OneMicParameters
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Frames in which one partner speaks, pauses left out, and in which both do, each of shape (frames,)."""
    someone, two = heard
    frames = min(levels.size, someone.size)
    speech = (someone[:frames] >= parameters.speech_on) & loud_enough(levels[:frames], parameters)
    pauses_kept = without_short(speech, parameters.dip_ms, parameters.least_ms)
    bridged = without_short(speech, IPU_PAUSE_MS, parameters.least_ms)
    both = without_short(bridged & (two[:frames] >= parameters.overlap_on), 0, parameters.least_ms)
    return pauses_kept & ~both, both


def single_speaker_spans(single: NDArray[np.bool_], longest_ms: Ms) -> list[Span]:
    """Runs of one speaker, those longer than `longest_ms` parted evenly."""
    spans = []
    for start, end in runs(single):
        parts = max(1, round((end - start) * FRAME_MS / longest_ms))
        edges = [start + (end - start) * k // parts for k in range(parts + 1)]
        spans += [Span(a * FRAME_MS, b * FRAME_MS) for a, b in pairwise(edges)]
    return spans


def loud_enough(levels: NDArray[np.float32], parameters: OneMicParameters) -> NDArray[np.bool_]:
    """Frames above the level threshold, with hysteresis; floor and loud level are followed over `level_window_ms`."""
    floor, loud = _level_range(levels, parameters.level_window_ms // FRAME_MS)
    fraction = (levels - floor) / np.maximum(loud - floor, 1.0)
    return hysteresis(fraction.astype(np.float32), parameters.level_on, parameters.level_off)


def _level_range(levels: NDArray[np.float32], window: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Noise floor (8th percentile, at most 50 dB down) and loud level (95th) around each frame, dB, shape (frames,)."""
    if not levels.size:
        return np.zeros(0), np.zeros(0)
    step = max(1, window // 4)
    centres, pairs = [], []
    for start in range(0, max(1, levels.size - window + step), step):
        part = levels[start : start + window]
        if part.size:
            centres.append(start + part.size / 2)
            pairs.append(np.percentile(part, (8, 95)))
    low, high = np.array(pairs).T
    at = np.arange(levels.size)
    loud = np.interp(at, centres, high)
    return np.maximum(np.interp(at, centres, low), loud - 50.0), loud
