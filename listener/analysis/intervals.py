"""How sure a count is: 95 % intervals in closed form."""

from __future__ import annotations

from math import sqrt

from listener.domain.report import Measurement
from listener.domain.span import MS_PER_MINUTE, Ms

Z = 1.959964
"""Standard normal quantile of a two-sided 95 % interval."""

MS_PER_OBSERVATION: Ms = 3_000
"""Speaking time is not made of independent milliseconds; a turn of about three seconds counts as one observation.

The project's own choice, near the mean length of an utterance in talk.
"""


def wilson(part: float, whole: float) -> tuple[float, float]:
    """Score interval of a share (Wilson 1927); `part` of `whole` observations, (0, 1) where there are none."""
    if whole <= 0:
        return 0.0, 1.0
    p, zz = part / whole, Z * Z
    centre = (p + zz / (2 * whole)) / (1 + zz / whole)
    half = Z / (1 + zz / whole) * sqrt(p * (1 - p) / whole + zz / (4 * whole * whole))
    return min(p, max(0.0, centre - half)), max(p, min(1.0, centre + half))


def byar(events: int) -> tuple[float, float]:
    """Interval of a Poisson count, close to the exact one (Byar's approximation, Breslow & Day 1987, p. 69)."""
    more = events + 1
    high = more * (1 - 1 / (9 * more) + Z / (3 * sqrt(more))) ** 3
    if events == 0:
        return 0.0, high
    low = events * (1 - 1 / (9 * events) - Z / (3 * sqrt(events))) ** 3
    return max(0.0, low), high


def interval(measurement: Measurement, in_ms: bool = False) -> tuple[float, float]:
    """Interval of the measurement's value, in its unit; `in_ms` says that a share compares milliseconds.

    Raises ValueError where nothing was observed, or for a mean, whose spread the counts do not hold.
    """
    if measurement.whole <= 0 or measurement.unit == "mean_ms":
        raise ValueError(f"{measurement.id} ({measurement.unit}) of {measurement.whole} has no interval")
    if measurement.unit == "per_minute":
        low, high = byar(measurement.part)
        minutes = measurement.whole / MS_PER_MINUTE
        return low / minutes, high / minutes
    per = MS_PER_OBSERVATION if in_ms else 1
    return wilson(measurement.part / per, measurement.whole / per)
