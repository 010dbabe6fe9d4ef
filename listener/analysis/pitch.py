"""How high a voice is: the autocorrelation method (Boersma 1993), enough to tell low voices from high ones."""

from __future__ import annotations

import numpy as np

from listener.analysis.levels import FRAME_MS
from listener.ports import SAMPLE_RATE, SAMPLES_PER_MS, Samples

PITCH_HZ = (65.0, 350.0)
"""Fundamental frequencies that are looked for: adults who talk."""

VOICED = 0.5
"""Autocorrelation, 0 to 1, from which a frame is voiced."""

OCTAVE_COST = 0.02
"""What a pitch loses against the one an octave above: whatever repeats after a period also does after two."""

_WINDOW, _FFT = 1024, 2048


def pitch_hz(speech: Samples) -> float | None:
    """Median pitch of one person's speech, shape (samples,), over its voiced frames; None where there are none."""
    if speech.size < _WINDOW:
        return None
    taper = np.hanning(_WINDOW)
    frames = np.lib.stride_tricks.sliding_window_view(speech, _WINDOW)[:: FRAME_MS * SAMPLES_PER_MS] * taper
    shortest, longest = (int(SAMPLE_RATE / hz) for hz in reversed(PITCH_HZ))
    alike = np.fft.irfft(np.abs(np.fft.rfft(frames, _FFT, axis=1)) ** 2, axis=1)[:, : longest + 1]
    of_taper = np.fft.irfft(np.abs(np.fft.rfft(taper, _FFT)) ** 2)[: longest + 1]
    alike = alike / np.maximum(alike[:, :1], 1e-12) / (of_taper / of_taper[0])
    octaves = np.log2(np.arange(shortest, longest + 1) / shortest)
    best = shortest + (alike[:, shortest:] - OCTAVE_COST * octaves).argmax(axis=1)
    voiced = np.take_along_axis(alike, best[:, None], axis=1)[:, 0] > VOICED
    return float(SAMPLE_RATE / np.median(best[voiced])) if voiced.any() else None


__all__ = ["pitch_hz"]
