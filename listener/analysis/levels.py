"""Speech-band levels, frame by frame: the second opinion on where exactly speech starts and stops.

Segmentation networks are trained on annotations that bridge short pauses; the level tells the pauses of 200 ms and
more that
part IPUs. Levels are kept for a whole conversation (two hours of two channels: 12 MB), the audio is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from listener.domain.span import Ms
from listener.ports import SAMPLE_RATE, SAMPLES_PER_MS, Samples

FRAME_MS: Ms = 10
"""Frame step of every frame-wise array in the analysis."""

BAND_HZ = (200.0, 4000.0)
"""Where speech carries its energy; below lie hum and rumble."""

_STEP = FRAME_MS * SAMPLES_PER_MS
_WINDOW = 400
_FFT = 512
_SMOOTH = 3
_FLOOR = 1e-10


def band_levels(blocks: Iterable[Samples]) -> NDArray[np.float32]:
    """Level of each channel in the speech band, dB, shape (channels, frames) with frames of `FRAME_MS`.

    A frame's 25 ms window is centred on the frame; blocks have shape (channels, samples), 16 kHz.
    """
    frequencies = np.fft.rfftfreq(_FFT, 1 / SAMPLE_RATE)
    band = (frequencies >= BAND_HZ[0]) & (frequencies <= BAND_HZ[1])
    taper = np.hanning(_WINDOW).astype(np.float32)
    pieces = []
    for signal in _framed(blocks):
        frames = np.lib.stride_tricks.sliding_window_view(signal, _WINDOW, axis=1)[:, ::_STEP] * taper
        spectrum = np.abs(np.fft.rfft(frames, _FFT, axis=2)[:, :, band]) ** 2
        pieces.append(spectrum.sum(axis=2).astype(np.float32))
    if not pieces:
        return np.zeros((1, 0), dtype=np.float32)
    power = np.concatenate(pieces, axis=1)
    kernel = np.ones(_SMOOTH) / _SMOOTH
    smooth = np.stack([np.convolve(row, kernel, mode="same")[: row.size] for row in power]) if power.shape[1] else power
    return (10.0 * np.log10(smooth + _FLOOR)).astype(np.float32)


def _framed(blocks: Iterable[Samples]) -> Iterator[Samples]:
    """Stretches whose windows of `_WINDOW` every `_STEP` join seamlessly, one window centred on each frame."""
    margin = (_WINDOW - _STEP) // 2
    kept: Samples | None = None
    for block in blocks:
        if kept is None:
            kept = np.zeros((block.shape[0], margin), dtype=np.float32)
        kept = np.concatenate([kept, block], axis=1)
        count = (kept.shape[1] - _WINDOW) // _STEP + 1
        if count > 0:
            yield kept[:, : (count - 1) * _STEP + _WINDOW]
            kept = kept[:, count * _STEP :]
    if kept is None:
        return
    left = (kept.shape[1] - margin) // _STEP
    if left > 0:
        yield np.pad(kept, ((0, 0), (0, _WINDOW)))[:, : (left - 1) * _STEP + _WINDOW]


def hysteresis(values: NDArray[np.float32], on: float, off: float) -> NDArray[np.bool_]:
    """True from where `values` exceeds `on` until it falls below `off`, shape (frames,)."""
    state = np.where(values > on, 1, np.where(values < off, -1, 0))
    decided = np.maximum.accumulate(np.where(state != 0, np.arange(values.size), -1))
    result: NDArray[np.bool_] = (decided >= 0) & (state[np.maximum(decided, 0)] == 1)
    return result


def runs(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Half-open index ranges in which `mask` is true, in order."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], mask.astype(np.int8), [0]])))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def without_short(mask: NDArray[np.bool_], pause_ms: Ms, speech_ms: Ms) -> NDArray[np.bool_]:
    """The mask with false runs shorter than `pause_ms` filled, then true runs shorter than `speech_ms` removed."""
    result = mask.copy()
    for start, end in runs(~mask):
        if (end - start) * FRAME_MS < pause_ms:
            result[start:end] = True
    for start, end in runs(result):
        if (end - start) * FRAME_MS < speech_ms:
            result[start:end] = False
    return result
