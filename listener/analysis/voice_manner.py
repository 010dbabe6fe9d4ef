"""How it was said, always against the same person's own calm talk, never against the other's or anyone else's.

A person's baseline is the softer half of what they say alone. Its median level and spread tell when the voice is
clearly louder, its median pitch when it is clearly higher. Half of the talk may be heated and the baseline still is
calm. A voice counts as raised only where it is both louder and higher for a while: a microphone moved nearer or a gain
turned up makes nobody's voice higher, and a lively question makes nobody louder.

The enrolment sentence counts as calm talk of its length for the pitch. Its loudness is left out, as it may have been
read at another distance or gain, and so is its speed, as reading has a pace of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from listener.analysis.manner_parameters import MannerParameters
from listener.analysis.pitch import semitones
from listener.analysis.speech_rate import syllable_rate
from listener.domain.span import Ms, Span, total_ms
from listener.domain.speech import PARTNERS, PartnerId, Utterance, other
from listener.domain.voice import RaisedVoice, VoiceHint, Voices, VoiceStretch

_DEVIATION = 1.4826  # median absolute deviation to the standard deviation of a normal distribution


@dataclass(frozen=True, slots=True)
class Calm:
    """A partner's calm talk: the softer half of their stretches, its median level and what is clearly louder, dB."""

    stretches: tuple[VoiceStretch, ...]
    level_db: float
    louder_from_db: float


@dataclass(frozen=True, slots=True)
class Manner:
    """How both spoke: all stretches, the calm talk of those who have a clear baseline, and where a voice was raised."""

    stretches: tuple[VoiceStretch, ...]
    calm: Mapping[PartnerId, Calm]
    raised: tuple[RaisedVoice, ...]
    parameters: MannerParameters

    def talk(self, partner: PartnerId) -> list[VoiceStretch]:
        """The partner's stretches, none without a baseline."""
        return _of(self.stretches, partner) if partner in self.calm else []

    def hint(self) -> VoiceHint:
        """What of this goes into a report."""
        return VoiceHint(tuple(p for p in PARTNERS if p in self.calm), self.raised)


def manner_of(voices: Voices, utterances: Sequence[Utterance], parameters: MannerParameters) -> Manner:
    """Where whose voice was raised; with words also whether they spoke faster."""
    calm: dict[PartnerId, Calm] = {}
    raised: list[RaisedVoice] = []
    for partner in PARTNERS:
        own = _of(voices.stretches, partner)
        base = calm_talk(own, parameters)
        if base is None:
            continue
        calm[partner] = base
        pitch = _calm_pitch(base, voices, partner, parameters)
        for run in louder_runs(own, base, parameters):
            higher = _higher(run, base, pitch)
            if higher is not None and parameters.higher_semitones <= higher <= parameters.another_semitones:
                raised.append(_raised(run, base, higher, utterances, parameters))
    kept = [each for each in raised if not _all_louder(each, raised, voices.stretches, calm, parameters)]
    return Manner(voices.stretches, calm, tuple(sorted(kept, key=lambda r: (r.span, r.partner))), parameters)


def _all_louder(
    time: RaisedVoice,
    raised: Sequence[RaisedVoice],
    stretches: Sequence[VoiceStretch],
    calm: Mapping[PartnerId, Calm],
    parameters: MannerParameters,
) -> bool:
    """Whether the partner became louder with them but no higher: then a gain was turned up, not a voice."""
    partner = other(time.partner)
    if partner not in calm or any(each.partner == partner and each.span.overlap_ms(time.span) for each in raised):
        return False
    near = Span(max(0, time.span.start - parameters.apart_ms), time.span.end + parameters.apart_ms)
    theirs = [each for each in _of(stretches, partner) if near.contains(each.span.middle)]
    louder = _spoken(louder_part(theirs, calm[partner]))
    return louder > 0 and louder >= parameters.raised_share * _spoken(theirs)


def calm_talk(own: Sequence[VoiceStretch], parameters: MannerParameters) -> Calm | None:
    """The softer half of a partner's stretches, by time; None where there is too little talk for a baseline."""
    if _spoken(own) < parameters.baseline_ms:
        return None
    calm = _softer_half(own)
    level = _median([each.level_db for each in calm], calm)
    spread = _DEVIATION * _median([abs(each.level_db - level) for each in calm], calm)
    return Calm(calm, level, level + max(parameters.louder_db, parameters.spreads * spread))


def _softer_half(own: Sequence[VoiceStretch]) -> tuple[VoiceStretch, ...]:
    """The softest stretches, in order of time, that make up half of the talk."""
    half, taken = _spoken(own) / 2, 0
    softest: list[VoiceStretch] = []
    for each in sorted(own, key=lambda stretch: (stretch.level_db, stretch.span)):
        if taken >= half:
            break
        softest.append(each)
        taken += each.span.duration_ms
    return tuple(sorted(softest, key=lambda stretch: stretch.span))


def louder_runs(
    own: Sequence[VoiceStretch], calm: Calm, parameters: MannerParameters
) -> list[tuple[VoiceStretch, ...]]:
    """Stretches of one partner, in order, that are mostly louder than calm talk, for long enough and not far apart."""
    runs: list[tuple[VoiceStretch, ...]] = []
    run: list[VoiceStretch] = []
    balance = 0.0
    for each in own:
        louder = each.level_db >= calm.louder_from_db
        if run and (balance <= 0 or each.span.start - run[-1].span.end > parameters.apart_ms):
            runs.append(_trimmed(run, calm))
            run = []
        if run or louder:
            balance = 0.0 if not run else balance
            run.append(each)
            part = 1 - parameters.raised_share if louder else -parameters.raised_share
            balance += part * each.span.duration_ms
    runs.append(_trimmed(run, calm))
    return [run for run in runs if _spoken(louder_part(run, calm)) >= parameters.sustained_ms]


def louder_part(run: Sequence[VoiceStretch], calm: Calm) -> list[VoiceStretch]:
    """Those of the stretches that are clearly louder than calm talk."""
    return [each for each in run if each.level_db >= calm.louder_from_db]


def _trimmed(run: Sequence[VoiceStretch], calm: Calm) -> tuple[VoiceStretch, ...]:
    """The run up to its last louder stretch."""
    last = max((i for i, each in enumerate(run) if each.level_db >= calm.louder_from_db), default=-1)
    return tuple(run[: last + 1])


def _calm_pitch(calm: Calm, voices: Voices, partner: PartnerId, parameters: MannerParameters) -> float | None:
    """Median pitch of calm talk and enrolment, Hz; None where too little of it is known."""
    known = [(each.pitch_hz, each.span.duration_ms) for each in calm.stretches if each.pitch_hz is not None]
    known += [(each.hz, each.spoken_ms) for each in voices.enrolled if each.partner == partner]
    if sum(spoken for _, spoken in known) < parameters.least_pitch_ms:
        return None
    return weighted_median([hz for hz, _ in known], [spoken for _, spoken in known])


def _higher(run: Sequence[VoiceStretch], calm: Calm, pitch: float | None) -> float | None:
    """How far the louder part of a run lies above the calm pitch, semitones; None unless half of it has a pitch."""
    louder = louder_part(run, calm)
    known = [(each.pitch_hz, each) for each in louder if each.pitch_hz is not None]
    if pitch is None or 2 * _spoken([each for _, each in known]) < _spoken(louder):
        return None
    return semitones(_median([hz for hz, _ in known], [each for _, each in known]), pitch)


def _raised(
    run: Sequence[VoiceStretch],
    calm: Calm,
    higher: float,
    utterances: Sequence[Utterance],
    parameters: MannerParameters,
) -> RaisedVoice:
    partner, louder = run[0].partner, louder_part(run, calm)
    usual = syllable_rate(calm.stretches, utterances) if _spoken(calm.stretches) >= parameters.least_rate_ms else None
    rate = syllable_rate(louder, utterances)
    return RaisedVoice(
        partner,
        Span(run[0].span.start, run[-1].span.end),
        round(_median([each.level_db for each in louder], louder) - calm.level_db, 1),
        round(higher, 1),
        round(rate / usual, 2) if usual and rate else None,
    )


def _of(stretches: Sequence[VoiceStretch], partner: PartnerId) -> list[VoiceStretch]:
    return [each for each in stretches if each.partner == partner]


def _spoken(stretches: Sequence[VoiceStretch]) -> Ms:
    return total_ms(each.span for each in stretches)


def _median(values: Sequence[float], stretches: Sequence[VoiceStretch]) -> float:
    return weighted_median(values, [each.span.duration_ms for each in stretches])


def weighted_median(values: Sequence[float], weights: Sequence[float]) -> float:
    """The value at which half of the weight is reached, from below; there is at least one."""
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(np.asarray(weights, dtype=np.float64)[order])
    return float(values[int(order[int(np.searchsorted(reached, reached[-1] / 2))])])


__all__ = ["Calm", "Manner", "calm_talk", "louder_part", "louder_runs", "manner_of", "weighted_median"]
