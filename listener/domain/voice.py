"""How something was said: loudness and pitch of stretches, and where a voice is raised above the person's own."""

from __future__ import annotations

from dataclasses import dataclass

from listener.domain.span import Ms, Span
from listener.domain.speech import PartnerId


@dataclass(frozen=True, slots=True)
class VoiceStretch:
    """A stretch in which one partner speaks alone.

    level_db: loudness in the speech band, for comparison within one recording only.
    pitch_hz: median pitch; None where it was not followed or hardly any of it is voiced.
    """

    partner: PartnerId
    span: Span
    level_db: float
    pitch_hz: float | None = None


@dataclass(frozen=True, slots=True)
class EnrolledPitch:
    """How high a partner spoke at enrolment, for `spoken_ms` without pauses."""

    partner: PartnerId
    hz: float
    spoken_ms: Ms


@dataclass(frozen=True, slots=True)
class Voices:
    """What both voices did: stretches in order, and the pitch at enrolment where that was looked at."""

    stretches: tuple[VoiceStretch, ...]
    enrolled: tuple[EnrolledPitch, ...] = ()


@dataclass(frozen=True, slots=True)
class RaisedVoice:
    """A time in which a partner's voice was clearly raised, against the same partner's calm talk.

    louder_db, higher_semitones: by how much. faster: speech rate as a multiple; None without words.
    """

    partner: PartnerId
    span: Span
    louder_db: float
    higher_semitones: float
    faster: float | None = None


@dataclass(frozen=True, slots=True)
class VoiceHint:
    """`known`: whose calm talk was clear enough to compare with; `raised` in order of time."""

    known: tuple[PartnerId, ...]
    raised: tuple[RaisedVoice, ...]
