"""Every tunable value of how-it-was-said in one place, as it is saved with a report."""

from __future__ import annotations

from dataclasses import dataclass

from listener.domain.span import Ms


@dataclass(frozen=True, slots=True)
class MannerParameters:
    """From when on a voice is taken to be raised. Where no source is named, the value is the project's own choice.

    least_ms, longest_ms: shorter stretches tell no level or pitch; longer ones are parted evenly.
    baseline_ms: own talk, alone, under which there is no clear baseline and nothing is said.
    louder_db: a step of vocal effort, from normal to raised (60 to 66 dB(A) at a metre, ISO 9921).
    spreads: a lively speaker must exceed the calm level by so many times its spread (1.48 median deviations) as well.
    higher_semitones: pitch rises by .2 to .6 semitones a dB of effort (Gramming et al. 1988), so by one to four with a
    step of it; a microphone that came nearer raises no pitch.
    another_semitones: more than this is more likely the partner's voice taken for one's own; women's and men's voices
    lie about nine apart (Traunmüller & Eriksson 1995).
    apart_ms: own stretches further apart do not belong to one raised time; the partner's turn lies between them.
    sustained_ms: own raised talk that makes one; a single loud sentence, a laugh or a call makes none.
    raised_share: how much of the own talk in it must be raised.
    faster: rate, against calm talk, from which it is called faster; differences of 5 % are just heard (Quené 2007).
    soft_db: an answer up to so far above the calm level is a soft one.
    pitch_ms: calm talk whose pitch is followed, spread evenly over the talk: more costs time and tells no more.
    least_pitch_ms: calm talk with a pitch, enrolment included, under which there is no pitch to compare with.
    least_rate_ms: calm talk with words under which there is no rate to compare with.
    """

    least_ms: Ms = 500
    longest_ms: Ms = 3_000
    baseline_ms: Ms = 20_000
    louder_db: float = 6.0
    spreads: float = 2.0
    higher_semitones: float = 2.5
    another_semitones: float = 8.0
    apart_ms: Ms = 20_000
    sustained_ms: Ms = 8_000
    raised_share: float = 0.6
    faster: float = 1.15
    soft_db: float = 1.0
    pitch_ms: Ms = 45_000
    least_pitch_ms: Ms = 6_000
    least_rate_ms: Ms = 8_000
