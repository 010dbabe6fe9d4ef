"""What each of two microphones hears of its own partner alone: the other partner's leakage is predicted and taken away.

Where one partner speaks alone, the other microphone's spectrum is a short convolution of the near one's, frequency by
frequency (convolutive transfer function, Talmon, Cohen & Gannot 2009). That filter is fitted by least squares to those
frames and then runs everywhere. It is fitted anew every ten seconds, because people move. What it cannot reach is left
to the caller.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from listener.analysis.levels import FRAME_MS
from listener.domain.span import Ms
from listener.ports import SAMPLE_RATE, SAMPLES_PER_MS, Samples

Floats: TypeAlias = NDArray[np.float32]
Mask: TypeAlias = NDArray[np.bool_]
Spectra: TypeAlias = NDArray[np.complex64]
"""Shape (channels, frequencies, frames)."""

# fmt: off
BAND_EDGES_HZ = (
    100, 200, 300, 400, 510, 630, 770, 920, 1080, 1270, 1480,
    1720, 2000, 2320, 2700, 3150, 3700, 4400, 5300, 6400, 7700,
)
# fmt: on
"""Critical bands of hearing (Zwicker 1961); below 100 Hz lie hum and rumble."""

BANDS = len(BAND_EDGES_HZ) - 1
TAPS = 8
"""Frames that the leakage filter spans: 80 ms of the room's answer."""

CHUNK_MS: Ms = 10_000
"""Stretch over which a leakage filter is held; each takes up half of what the one before had learned."""

FULL_SCALE = 0.1875 * 512**2
"""Power, summed over the bands, of a signal whose RMS is 1 (Hann window of 512 samples)."""

_STEP = FRAME_MS * SAMPLES_PER_MS
_CHUNK = CHUNK_MS // FRAME_MS
_WINDOW = 512
_FADE, _PRIOR, _RIDGE = 0.5, 0.1, 1e-3
_FEWEST = 50


@dataclass(frozen=True, slots=True)
class Normal:
    """Normal equations of leakage filters: `square` (frequencies, taps, taps), `cross` (frequencies, taps)."""

    square: NDArray[np.complex64]
    cross: NDArray[np.complex64]
    frames: int

    def plus(self, other: Normal, weight: float) -> Normal:
        """These equations and `weight` times the other's."""
        w = np.float32(weight)
        return Normal(self.square + w * other.square, self.cross + w * other.cross, self.frames + other.frames)

    def filters(self) -> NDArray[np.complex64]:
        """Least-squares filters, slightly regularised, shape (frequencies, taps)."""
        size = self.square.shape[1]
        power = np.trace(self.square, axis1=1, axis2=2).real / size
        ridge = (_RIDGE * power + 1e-12)[:, None, None] * np.eye(size, dtype=np.float32)
        return np.linalg.solve(self.square + ridge, self.cross[..., None])[..., 0].astype(np.complex64)


Prior: TypeAlias = tuple[Normal | None, Normal | None]
"""How A leaks into channel 1 and B into channel 0 over the whole recording; None where that is not known."""


def band_powers(
    blocks: Iterable[Samples], single: tuple[Mask, Mask] | None = None, prior: Prior = (None, None)
) -> Floats:
    """Power of each channel in each of the critical bands, shape (2, BANDS, frames), frames of `FRAME_MS`.

    With `single`, the frames in which A and B speak alone, and `prior` from `leakage`, each channel has the other
    partner's leakage taken away first; a partner without a prior is left where he leaks.
    """
    pieces = []
    recent: list[Normal | None] = [None, None]
    for start, spectra in _chunks(blocks):
        near = spectra[:, :, TAPS - 1 :]
        clean = near
        if single is not None:
            clean = near.copy()
            for source, overall in enumerate(prior):
                if overall is None:
                    continue
                here = _normal(spectra, source, single[source][start : start + near.shape[2]])
                before = recent[source]
                learned = here if before is None else here.plus(before, _FADE)
                recent[source] = learned
                filters = learned.plus(overall, _PRIOR * _CHUNK / max(1, overall.frames)).filters()
                clean[1 - source] -= _leaked(spectra[source], filters)
        pieces.append(_banded(clean))
    return np.concatenate(pieces, axis=2) if pieces else np.zeros((2, BANDS, 0), dtype=np.float32)


def leakage(blocks: Iterable[Samples], single: tuple[Mask, Mask]) -> Prior:
    """How each partner leaks over the whole recording, from the frames `single` in which each speaks alone."""
    totals: list[Normal | None] = [None, None]
    for start, spectra in _chunks(blocks):
        for source in (0, 1):
            here = _normal(spectra, source, single[source][start : start + _CHUNK])
            so_far = totals[source]
            totals[source] = here if so_far is None else so_far.plus(here, 1.0)
    first, second = (None if t is None or t.frames < _FEWEST else t for t in totals)
    return first, second


def coherence(blocks: Iterable[Samples], frames: Mask) -> float:
    """Magnitude-squared coherence of the channels over `frames`, 0 to 1, each frequency weighted by its power."""
    cross = np.zeros(0)
    power = np.zeros((2, 0))
    for start, spectra in _chunks(blocks):
        near = spectra[:, :, TAPS - 1 :]
        near = near[:, :, frames[start : start + near.shape[2]]].astype(np.complex128)
        if not cross.size:
            cross, power = np.zeros(near.shape[1], dtype=complex), np.zeros((2, near.shape[1]))
        cross = cross + (near[0].conj() * near[1]).sum(axis=1)
        power = power + (np.abs(near) ** 2).sum(axis=2)
    both = np.sqrt(power[0] * power[1])
    return (
        float((np.abs(cross) ** 2 / np.maximum(both, 1e-30)).sum() / max(float(both.sum()), 1e-30))
        if both.size
        else 0.0
    )


def _chunks(blocks: Iterable[Samples]) -> Iterator[tuple[int, Spectra]]:
    """Spectra by stretches of `CHUNK_MS`: the first frame's index, then TAPS - 1 frames of history and the frames."""
    taper = np.hanning(_WINDOW).astype(np.float32)
    frequencies = np.fft.rfftfreq(_WINDOW, 1 / SAMPLE_RATE)
    wanted = np.flatnonzero((frequencies >= BAND_EDGES_HZ[0]) & (frequencies < BAND_EDGES_HZ[-1]))
    history = np.zeros((2, wanted.size, TAPS - 1), dtype=np.complex64)
    start = 0
    for stretch in _stretches(blocks):
        windows = np.lib.stride_tricks.sliding_window_view(stretch, _WINDOW, axis=1)[:, ::_STEP] * taper
        found = np.fft.rfft(windows, axis=2)[:, :, wanted[0] : wanted[-1] + 1].astype(np.complex64).swapaxes(1, 2)
        spectra = np.concatenate([history, found], axis=2)
        yield start, spectra
        start += found.shape[2]
        history = spectra[:, :, spectra.shape[2] - (TAPS - 1) :]


def _stretches(blocks: Iterable[Samples]) -> Iterator[Samples]:
    """Samples whose windows every `_STEP`, each centred on its frame, make up a chunk; the last may be shorter."""
    margin = (_WINDOW - _STEP) // 2
    size = (_CHUNK - 1) * _STEP + _WINDOW
    waiting = [np.zeros((2, margin), dtype=np.float32)]
    held = margin
    for block in blocks:
        waiting.append(block)
        held += block.shape[1]
        if held < size:
            continue
        joined = np.concatenate(waiting, axis=1)
        while joined.shape[1] >= size:
            yield joined[:, :size]
            joined = joined[:, _CHUNK * _STEP :]
        waiting, held = [joined], joined.shape[1]
    frames = (held - margin) // _STEP
    if frames > 0:
        last = np.pad(np.concatenate(waiting, axis=1), ((0, 0), (0, _WINDOW)))
        yield last[:, : (frames - 1) * _STEP + _WINDOW]


def _tapped(channel: Spectra) -> Spectra:
    """Each frame and those before it, newest first: (frequencies, frames + TAPS - 1) to (frequencies, TAPS, frames)."""
    frames = channel.shape[1] - (TAPS - 1)
    return np.stack([channel[:, TAPS - 1 - k : TAPS - 1 - k + frames] for k in range(TAPS)], axis=1)


def _leaked(channel: Spectra, filters: NDArray[np.complex64]) -> Spectra:
    """What the filters make of a channel, shape (frequencies, frames); tap by tap: thin matrix products crawl."""
    frames = channel.shape[1] - (TAPS - 1)
    result = filters[:, :1] * channel[:, TAPS - 1 :]
    for tap in range(1, TAPS):
        result += filters[:, tap : tap + 1] * channel[:, TAPS - 1 - tap : TAPS - 1 - tap + frames]
    return result


def _normal(spectra: Spectra, source: int, alone: Mask) -> Normal:
    """Equations that predict the other channel from channel `source` where its partner speaks `alone`."""
    known = _tapped(spectra[source])[:, :, alone]
    heard = spectra[1 - source][:, TAPS - 1 :][:, alone]
    conjugate = known.conj()
    return Normal(conjugate @ known.swapaxes(1, 2), (conjugate @ heard[:, :, None])[..., 0], int(alone.sum()))


def _banded(spectra: Spectra) -> Floats:
    power = spectra.real**2 + spectra.imag**2
    frequencies = np.fft.rfftfreq(_WINDOW, 1 / SAMPLE_RATE)
    frequencies = frequencies[(frequencies >= BAND_EDGES_HZ[0]) & (frequencies < BAND_EDGES_HZ[-1])]
    starts = np.searchsorted(frequencies, BAND_EDGES_HZ[:-1])
    return np.add.reduceat(power, starts, axis=1).astype(np.float32)
