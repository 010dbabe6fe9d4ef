"""What a talk has taught so far about two microphones: where the partners lie between them, how each leaks, the noise.

Everything is learnt from what was heard so far by the functions of the final analysis. A stretch in which each partner
spoke alone is remembered, so that a long monologue does not make the other one unknown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from listener.analysis.leakage import BANDS, Floats, Normal, Prior, band_powers, leakage
from listener.analysis.levels import FRAME_MS
from listener.analysis.live_recent import Recent
from listener.analysis.single_talk import Positions, Single, alone, channel_levels, confirmed_positions, positions
from listener.analysis.two_mics import Background, TwoMicParameters, backgrounds, usual_gain
from listener.domain.span import Ms
from listener.domain.speech import PARTNERS
from listener.ports import SAMPLES_PER_MS, Samples

KEPT_MS: Ms = 600_000
"""Levels this far back tell where the partners lie."""

JUDGED_MS: Ms = 30_000
"""Noise and loudness are taken from this much, and from what is remembered."""

CLEANED_MS: Ms = 3_000
"""Leakage is taken out of this much at each step; what lies further back stays as it was cleaned last."""

EARLY_MS: Ms = 18_000
EVERY_MS: Ms = 3_000
"""Learning anew: everything from all sound at first, later one thing in turn, which takes less time at once."""

REMEMBERED_MS: Ms = 10_000
ENOUGH_ALONE = 150  # frames of a partner alone that make a stretch worth remembering

FADE = 0.8
"""What was learnt of a leak counts this much against the next stretch of a partner alone."""

_MARGIN = 10  # frames: taps of the leakage filter and the edges of smoothing
_STEP = FRAME_MS * SAMPLES_PER_MS
_TASKS = 3


@dataclass(frozen=True, slots=True)
class Learnt:
    """Where the partners lie in the raw levels and in those without leakage, who is present, how each leaks.

    `gains` bring each channel to the level that detectors expect; `behind` has noise of one frame.
    """

    raw: Positions
    clean: Positions
    present: tuple[bool, bool]
    prior: Prior
    gains: tuple[float, float]
    behind: tuple[Background, ...] = ()


class TwoMicLearning:
    """Levels and powers of what was heard, and what was learnt from them."""

    def __init__(self, parameters: TwoMicParameters) -> None:
        self._parameters = parameters
        self.levels = Recent(2, KEPT_MS // FRAME_MS)
        self.powers = Recent(2 * BANDS, JUDGED_MS // FRAME_MS)
        self._sums = Recent(2, KEPT_MS // FRAME_MS)
        self._clean_levels = Recent(2, KEPT_MS // FRAME_MS)
        self._remembered: list[tuple[Floats, Single]] = []
        self._remembered_until = self._leaks_until = self._learnt_at = 0
        self._task = 0
        self._learnt: Learnt | None = None

    @property
    def heard_any(self) -> bool:
        """Whether there was any sound yet."""
        return bool(_all(self._sums).any())

    def take(self, sound: Recent) -> None:
        """Levels of the sound up to now; those at the end were taken before it was complete and are taken again."""
        first = max(0, self.levels.end - 2 * _MARGIN)
        raw = band_powers([_cut(sound, first, sound.end // _STEP)])
        skipped = _MARGIN if first else 0
        self.levels.write(first + skipped, channel_levels(raw)[:, skipped:])
        self._sums.write(first + skipped, raw.sum(axis=1)[:, skipped:])

    def clean(self, sound: Recent, learnt: Learnt) -> None:
        """Take the leakage out of the last seconds; at first, and after a wait, out of all that was not cleaned."""
        end = self.levels.end
        first = max(self._earliest(), min(end - CLEANED_MS // FRAME_MS, self.powers.end - 2 * _MARGIN))
        single = _parts(alone(_all(self.levels), learnt.raw), first - self.levels.start)
        cleaned = band_powers([_cut(sound, first, end)], single, learnt.prior)
        skipped = _MARGIN if first else 0
        self.powers.write(first + skipped, cleaned.reshape(2 * BANDS, -1)[:, skipped:])
        self._clean_levels.write(first + skipped, channel_levels(cleaned)[:, skipped:])

    def learn(self, sound: Recent) -> Learnt:
        """What is known by now, some of it learnt anew where it is time."""
        now = self.levels.end * FRAME_MS
        if self._learnt is None:
            self._learnt = self._first(sound)
        elif now - self._learnt_at >= EVERY_MS:
            for _ in range(_TASKS if now <= EARLY_MS else 1):
                self._learnt = self._anew(self._learnt, sound)
            self._remember(self._learnt)
            self._learnt = replace(self._learnt, behind=self._behind(self._learnt))
        else:
            return self._learnt
        self._learnt_at = now
        return self._learnt

    def strike(self, first: int, end: int) -> None:
        """Forget frames."""
        self.powers.blank(first, end)
        self._remembered.clear()

    def _first(self, sound: Recent) -> Learnt:
        raw = positions(_all(self.levels))
        first = self._earliest()
        single = _parts(alone(_all(self.levels), raw), first - self.levels.start)
        prior = leakage([_cut(sound, first, self.levels.end)], single)
        learnt = Learnt(raw, raw, (prior[0] is not None, prior[1] is not None), prior, self._gains())
        self.clean(sound, learnt)
        return replace(learnt, behind=self._behind(learnt))

    def _anew(self, learnt: Learnt, sound: Recent) -> Learnt:
        """One thing learnt anew, in turn."""
        self._task = (self._task + 1) % _TASKS
        levels = _all(self.levels)
        if self._task == 1:
            return replace(learnt, raw=positions(levels), gains=self._gains())
        single = alone(levels, learnt.raw)
        if self._task == 2:
            early = self.levels.end * FRAME_MS <= EARLY_MS
            first = self._earliest() if early else max(self._earliest(), self._leaks_until)
            here = leakage([_cut(sound, first, self.levels.end)], _parts(single, first - self.levels.start))
            self._leaks_until = self.levels.end
            old = learnt.prior
            return replace(learnt, prior=here if early else (_faded(old[0], here[0]), _faded(old[1], here[1])))
        size = self._clean_levels.end - self._clean_levels.start
        clean, present = confirmed_positions(_all(self._clean_levels), _parts(single, 0, size))
        return replace(learnt, clean=clean, present=present)

    def _behind(self, learnt: Learnt) -> tuple[Background, ...]:
        """The backgrounds of the last stretch, with what is remembered of each partner alone."""
        powers, sure = self._judged(learnt)
        joined = np.concatenate([*(known for known, _ in self._remembered), powers], axis=2)
        masks = [np.concatenate([*(single[own] for _, single in self._remembered), sure[own]]) for own in (0, 1)]
        found = backgrounds(joined, (masks[0], masks[1]), self._parameters)
        return tuple(replace(band, noise=band.noise[:, -1:]) for band in found)

    def _judged(self, learnt: Learnt) -> tuple[Floats, Single]:
        """Powers of the last stretch, shape (2, bands, frames), and the frames in which each partner speaks alone."""
        end = self.powers.end
        start = self.powers.start
        sure = _parts(alone(_all(self._clean_levels), learnt.clean), start - self._clean_levels.start)
        powers = self.powers.part(start, end).reshape(2, BANDS, end - start)
        return powers, (sure[0] & learnt.present[0], sure[1] & learnt.present[1])

    def _remember(self, learnt: Learnt) -> None:
        """Keep the latest stretches in which each partner spoke enough alone, before they leave what is judged."""
        end = self.powers.end
        size = REMEMBERED_MS // FRAME_MS
        if end < JUDGED_MS // FRAME_MS or end - self._remembered_until < size:
            return
        self._remembered_until = end
        powers, sure = self._judged(learnt)
        masks = _parts(sure, 0, size)
        if max(int(mask.sum()) for mask in masks) >= ENOUGH_ALONE:
            kept = [entry for entry in self._remembered if not _tells_all(masks, entry[1])]
            self._remembered = [*kept, (powers[:, :, :size].copy(), masks)][-len(PARTNERS) :]

    def _earliest(self) -> int:
        """First frame that is looked back at."""
        return max(0, self.levels.end - JUDGED_MS // FRAME_MS)

    def _gains(self) -> tuple[float, float]:
        first, second = (usual_gain(row[None]) for row in _all(self._sums))
        return first, second


def _cut(sound: Recent, first: int, end: int) -> Samples:
    """Sound by frames."""
    return sound.part(first * _STEP, end * _STEP)


def _all(recent: Recent) -> Floats:
    return recent.part(recent.start, recent.end)


def _parts(single: Single, start: int, end: int | None = None) -> Single:
    return single[0][start:end], single[1][start:end]


def _faded(before: Normal | None, here: Normal | None) -> Normal | None:
    """What is known of a leak, the latest counting most."""
    if before is None or here is None:
        return here if before is None else before
    weight = np.float32(FADE)
    return here.plus(Normal(weight * before.square, weight * before.cross, round(FADE * before.frames)), 1.0)


def _tells_all(first: Single, second: Single) -> bool:
    """Whether the first tells enough of every partner of whom the second does."""
    return all(f.sum() >= ENOUGH_ALONE or s.sum() < ENOUGH_ALONE for f, s in zip(first, second, strict=True))


__all__ = ["Learnt", "TwoMicLearning"]
