"""Taking late reverberation out of one channel: weighted prediction error (Nakatani et al. 2010), block by block.

What a room adds to a moment can be predicted, bin by bin of the spectrum, from the moments before it. The newest are
left out of the prediction, so that speech itself, which is predictable over some 20 ms, stays. How much of the sound
can be predicted so tells how reverberant the recording is, whatever its loudness.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from listener.analysis.levels import BAND_HZ
from listener.analysis.span_reader import SpanReader
from listener.domain.span import Ms, Span
from listener.ports import SAMPLE_RATE, SAMPLES_PER_MS, Samples

_SIZE, _STEP = 512, 256
_TINY = 1e-20
_QUIETEST = 1e-3
_LOADING = 1e-4
_PIECE = 64

Spectrum = NDArray[np.complex64]
"""Bins by frames."""


@dataclass(frozen=True, slots=True)
class ReverberationParameters:
    """How reverberation is predicted; frames are of 16 ms.

    delay: frames just before a moment that do not predict it, since speech itself is alike over them.
    taps: frames before those that do; with them the prediction reaches back about a fifth of a second.
    rounds: how often the speech's own power, which weighs the prediction, is estimated anew.
    block_ms: stretch over which the room is taken to stay the same: people move.
    fade_ms: how long one block fades into the next.
    probe_every_ms: how often a block is looked at to tell how reverberant the recording is.
    """

    delay: int = 2
    taps: int = 10
    rounds: int = 2
    block_ms: Ms = 12_000
    fade_ms: Ms = 2_000
    probe_every_ms: Ms = 48_000


def dereverberated(signal: Samples, parameters: ReverberationParameters = ReverberationParameters()) -> Samples:
    """The signal, shape (samples,), without its late reverberation; silence and very short signals come back as is."""
    spectrum = _spectrum(signal)
    return _signal(_dry(spectrum, parameters), signal.size) if _is_enough(spectrum, parameters) else signal


def dereverberated_blocks(
    blocks: Iterable[Samples], parameters: ReverberationParameters = ReverberationParameters()
) -> Iterator[Samples]:
    """The stream of blocks of shape (1, samples) without its late reverberation, as blocks of other sizes."""
    size, fade = parameters.block_ms * SAMPLES_PER_MS, parameters.fade_ms * SAMPLES_PER_MS
    rising = ((np.arange(fade) + 0.5) / fade).astype(np.float32)
    faded: Samples | None = None
    for block, is_last in _long_blocks(blocks, size, fade):
        dry = dereverberated(block, parameters).copy()
        if faded is not None:
            dry[:fade] = rising[: dry.size] * dry[:fade] + faded[: dry.size]
        if is_last:
            yield dry[None]
            return
        yield dry[None, : size - fade]
        faded = rising[::-1] * dry[size - fade :]


def reverberation(blocks: Iterable[Samples], parameters: ReverberationParameters = ReverberationParameters()) -> float:
    """Share, 0 to 1, of the speech band's energy in a stream of blocks of shape (1, samples) that its past predicts.

    It is looked for in a block every `probe_every_ms`; loud blocks count most, so silence changes nothing.
    """
    frequencies = np.fft.rfftfreq(_SIZE, 1 / SAMPLE_RATE)
    band = (frequencies >= BAND_HZ[0]) & (frequencies <= BAND_HZ[1])
    late = whole = 0.0
    for block in _probes(blocks, parameters):
        spectrum = _spectrum(block)[band]
        if _is_enough(spectrum, parameters):
            late += float(np.sum(np.abs(spectrum - _dry(spectrum, parameters)) ** 2, dtype=np.float64))
            whole += float(np.sum(np.abs(spectrum) ** 2, dtype=np.float64))
    return late / whole if whole else 0.0


def _probes(blocks: Iterable[Samples], parameters: ReverberationParameters) -> Iterator[Samples]:
    """A stretch of `block_ms` every `probe_every_ms`, shape (samples,), the last one maybe shorter."""
    reader = SpanReader(iter(blocks), look_back_ms=0)
    start = 0
    while (probe := reader.read(Span(start, start + parameters.block_ms))[0]).size:
        yield probe
        start += parameters.probe_every_ms


def _is_enough(spectrum: Spectrum, parameters: ReverberationParameters) -> bool:
    """Whether there is any sound, and enough of it to predict from."""
    return spectrum.shape[1] > 2 * (parameters.delay + parameters.taps) and bool(spectrum.any())


def _long_blocks(blocks: Iterable[Samples], size: int, shared: int) -> Iterator[tuple[Samples, bool]]:
    """Stretches of `size` samples, shape (samples,), that share `shared` with the next; the last has what is left."""
    held = np.zeros(0, dtype=np.float32)
    for block in blocks:
        held = np.concatenate([held, block[0]])
        while held.size > size:
            yield held[:size], False
            held = held[size - shared :]
    yield held, True


def _dry(spectrum: Spectrum, parameters: ReverberationParameters) -> Spectrum:
    frames, reach = spectrum.shape[1], parameters.delay + parameters.taps - 1
    earlier = np.pad(spectrum, ((0, 0), (reach, 0)))
    past = [earlier[:, tap : tap + frames] for tap in range(parameters.taps)]
    known = np.stack([*past, spectrum], axis=1)
    dry = spectrum
    for _ in range(parameters.rounds):
        dry = spectrum - _predicted(known, _speech_power(dry))
    return dry


def _speech_power(spectrum: Spectrum) -> NDArray[np.float32]:
    """Power of each bin over time, smoothed over three frames and kept off zero."""
    power = np.abs(spectrum) ** 2
    smooth = (power + np.roll(power, 1, axis=1) + np.roll(power, -1, axis=1)) / 3
    floor = _QUIETEST * smooth.mean(axis=1, keepdims=True) + _TINY
    kept: NDArray[np.float32] = np.maximum(smooth, floor).astype(np.float32)
    return kept


def _predicted(known: NDArray[np.complex64], power: NDArray[np.float32]) -> Spectrum:
    """What of each bin its past explains; moments of little power weigh most.

    `known`, shape (bins, taps + 1, frames), is the past with the present after it. Its products are summed from short
    pieces: for longer ones OpenBLAS starts threads that cost several times what they bring.
    """
    past = known[:, :-1]
    taps = past.shape[1]
    products = np.zeros((len(known), taps + 1, taps), dtype=np.complex64)
    for start in range(0, known.shape[2], _PIECE):
        piece = slice(start, start + _PIECE)
        weighted = past[:, :, piece].conj() / power[:, None, piece]
        products += known[:, :, piece] @ weighted.transpose(0, 2, 1)
    correlation, towards = products[:, :taps], products[:, taps:].conj().transpose(0, 2, 1)
    loading = _LOADING * np.trace(correlation, axis1=1, axis2=2).real / taps + _TINY
    loaded = correlation + loading[:, None, None].astype(np.float32) * np.eye(taps, dtype=np.complex64)
    filters = np.linalg.solve(loaded, towards)[:, :, 0]
    found: Spectrum = np.einsum("kt,ktn->kn", filters.conj(), past)
    return found


def _window() -> NDArray[np.float32]:
    return np.sqrt(np.hanning(_SIZE + 1)[:_SIZE]).astype(np.float32)


def _spectrum(signal: Samples) -> Spectrum:
    padded = np.pad(signal, (_STEP, _SIZE + _STEP))
    frames = np.lib.stride_tricks.sliding_window_view(padded, _SIZE)[::_STEP] * _window()
    return np.fft.rfft(frames, axis=1).astype(np.complex64).T


def _signal(spectrum: Spectrum, size: int) -> Samples:
    frames = np.fft.irfft(spectrum.T, _SIZE, axis=1).astype(np.float32) * _window()
    halves = frames.reshape(len(frames), 2, _STEP)
    joined = np.concatenate([halves[:, 0], np.zeros((1, _STEP), np.float32)])
    joined[1:] += halves[:, 1]
    return joined.reshape(-1)[_STEP : _STEP + size]
