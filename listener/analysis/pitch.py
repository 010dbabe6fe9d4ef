"""How high a voice is, from the pitch of its voiced frames."""

from __future__ import annotations

import math

import numpy as np

from listener.ports import PitchTracker, Samples

LEAST_VOICED = 10
"""With fewer voiced frames there is no pitch to speak of; the project's own choice."""


def pitch_hz(speech: Samples, tracker: PitchTracker) -> float | None:
    """Median pitch of one person's speech, shape (samples,), over its voiced frames; None where hardly any is."""
    voiced = tracker.voiced_hz(speech)
    return round(float(np.median(voiced)), 2) if voiced.size >= LEAST_VOICED else None


def semitones(hz: float, base_hz: float) -> float:
    """How far a pitch lies above another, in semitones; below it is negative."""
    return 12.0 * math.log2(hz / base_hz)


__all__ = ["LEAST_VOICED", "pitch_hz", "semitones"]
