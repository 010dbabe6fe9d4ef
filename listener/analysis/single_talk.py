"""When each of two partners speaks alone, from how much louder one microphone is than the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from listener.analysis.leakage import BAND_EDGES_HZ, Floats, Mask

_SMOOTH = 3  # frames
_LOUD_DB = 20.0  # below the loudest
_QUIET_SHARE = 0.1
_GRID = np.arange(-40.0, 41.0)  # dB around the usual difference
_CLOSEST_DB = 4
_SPREADS_DB = (1.0, 2.0, 3.5, 5.0)
_SHARES = (0.03, 0.1, 0.3, 0.5, 0.7, 0.9, 0.97)  # of A
_ELSEWHERE = 0.07  # share of both at once, and of clicks
_RESTING, _REST_SPREAD_DB = 0.15, 2.5  # share of reverberation, which lies where the noise does
_SAME_SIDE = 0.3  # nats a frame
_NEAR = 0.2  # of the way from one partner to the other
_FEWEST = 30  # frames
_BEYOND_DB = 4.0

Single: TypeAlias = tuple[Mask, Mask]
"""Frames in which A speaks alone, and those in which B does."""


@dataclass(frozen=True, slots=True)
class Positions:
    """Level differences, channel 1 less channel 0, dB: A speaking alone, B speaking alone, neither (the noise)."""

    a: float
    b: float
    rest: float


def channel_levels(powers: Floats) -> Floats:
    """Level of each channel between 200 and 4400 Hz, dB, smoothed over 30 ms, shape (2, frames), from band powers."""
    first, last = BAND_EDGES_HZ.index(200), BAND_EDGES_HZ.index(4400)
    total = smoothed(powers[:, first:last].sum(axis=1), _SMOOTH)
    level: Floats = (10.0 * np.log10(total + 1e-10)).astype(np.float32)
    return level


def smoothed(rows: Floats, frames: int) -> Floats:
    """Running mean over an odd number of frames along the last axis; at the ends over the frames there are."""
    half = frames // 2
    size = rows.shape[-1]
    sums = np.cumsum(np.pad(rows.astype(np.float64), [(0, 0)] * (rows.ndim - 1) + [(1, 0)]), axis=-1)
    first = np.maximum(np.arange(size) - half, 0)
    last = np.minimum(np.arange(size) + half + 1, size)
    means: Floats = ((sums[..., last] - sums[..., first]) / (last - first)).astype(np.float32)
    return means


def positions(level: Floats) -> Positions:
    """Where A, B and the noise lie, from levels of shape (2, frames): the likeliest pair of bell curves.

    A pair on the same side of the noise is believed only if it is much likelier: with one partner silent all along, the
    other's reverberation would pass for him.
    """
    difference = level[1] - level[0]
    sum_of_levels = level.sum(axis=0)
    rest = float(np.median(difference[sum_of_levels <= np.quantile(sum_of_levels, _QUIET_SHARE)]))
    loud = difference[_loud(level)]
    centre = round(float(np.median(loud)))
    cells = np.clip(np.rint(loud) - centre, _GRID[0], _GRID[-1]).astype(np.int64) - int(_GRID[0])
    counts = np.bincount(cells, minlength=_GRID.size).astype(np.float64)
    left, right = np.triu_indices(_GRID.size, _CLOSEST_DB)
    one_side = (_GRID[left] >= rest - centre - 1.0) | (_GRID[right] <= rest - centre + 1.0)
    penalty = _SAME_SIDE * counts.sum() * one_side
    resting = _RESTING * _bell(_GRID + centre - rest, _REST_SPREAD_DB)[:, None] + _ELSEWHERE / _GRID.size
    best = (-np.inf, 0, 0)
    for spread in _SPREADS_DB:
        bell = (1 - _ELSEWHERE - _RESTING) * _bell(_GRID[:, None] - _GRID, spread)
        for share in _SHARES:
            mixed = share * bell[:, left] + (1 - share) * bell[:, right] + resting
            likelihood = counts @ np.log(mixed) - penalty
            at = int(likelihood.argmax())
            best = max(best, (float(likelihood[at]), -int(left[at]), -int(right[at])))
    a, b = centre + float(_GRID[-best[1]]), centre + float(_GRID[-best[2]])
    if not a < rest < b:
        rest = (a + b) / 2
    return Positions(a, b, rest)


def alone(level: Floats, where: Positions) -> Single:
    """Frames in which A, and those in which B, speaks loudly and alone."""
    difference = level[1] - level[0]
    loud = _loud(level)
    near = _NEAR * (where.b - where.a)
    return loud & (difference < where.a + near), loud & (difference > where.b - near)


def confirmed(level: Floats, single: Single) -> Single:
    """The frames of `single` anew, from levels without the leakage; none for a partner who proves to be absent.

    A partner who speaks now stands far to his side of the room's noise, and in his own microphone well above what the
    other leaves there. The other's reverberation, taken for him, does neither.
    """
    where, present = confirmed_positions(level, single)
    anew = alone(level, where)
    return anew[0] & present[0], anew[1] & present[1]


def confirmed_positions(level: Floats, single: Single) -> tuple[Positions, tuple[bool, bool]]:
    """Where the partners lie in levels without the leakage, and which of them is present; see `confirmed`."""
    difference = level[1] - level[0]
    rest = positions(level).rest
    place = [rest, rest]
    present = [False, False]
    for own, side in enumerate((-1, 1)):
        mine, theirs = single[own], single[1 - own]
        if mine.sum() < _FEWEST:
            continue
        place[own] = float(np.median(difference[mine]))
        above = float(np.median(level[own][mine]) - np.median(level[own][theirs])) if theirs.any() else np.inf
        present[own] = side * (place[own] - rest) > _BEYOND_DB and above > _BEYOND_DB
    return Positions(place[0], place[1], rest), (present[0], present[1])


def _loud(level: Floats) -> Mask:
    """Frames in which either channel is within reach of its loudest."""
    loudest = np.quantile(level, 0.98, axis=1, keepdims=True)
    found: Mask = (level - loudest).max(axis=0) > -_LOUD_DB
    return found


def _bell(distance: NDArray[np.float64], spread: float) -> NDArray[np.float64]:
    """Density of a normal distribution at a distance from its centre."""
    density: NDArray[np.float64] = np.exp(-0.5 * (distance / spread) ** 2) / (spread * np.sqrt(2 * np.pi))
    return density
