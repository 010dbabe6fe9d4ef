"""Every tunable value of the one-microphone path in one place, as it is saved with a report."""

from __future__ import annotations

from dataclasses import dataclass, field

from listener.analysis.dereverberation import ReverberationParameters
from listener.analysis.prompted import PromptParameters
from listener.analysis.voices import VoiceParameters
from listener.domain.span import Ms


@dataclass(frozen=True, slots=True)
class OneMicParameters:
    """Tunable values of the one-microphone path; probabilities and level fractions are between 0 and 1.

    hop_ms: step of the segmenter's windows; each moment is seen window/hop times.
    reverberant_from, reverberant_to: share of the speech band's energy that its past predicts, between which the room
    is taken to ring. A microphone close to the mouth in a quiet room stays under 0.004, one at table distance lies
    between 0.02 and 0.13; steady tones, as in music, are predicted almost wholly, and are no room.
    prompted_hop_ms: step of the windows with both voices before them, at each pace they are played at.
    speech_on: probability from which the segmenter's verdict is speech.
    overlap_on: probability from which it is two at once.
    level_on, level_off: where between the noise floor and the loud level speech starts and stops.
    level_window_ms: stretch over which floor and loud level are taken, so that a fan switched on is followed.
    dip_ms: silences shorter than this are not pauses; longer ones part stretches, each of which can be another voice.
    least_ms: anything shorter is no speech.
    voice_ms: the least length from which a voice can be told.
    longest_ms: longer stretches are parted, since speakers may change without a pause.
    """

    hop_ms: Ms = 1250
    reverberant_from: float = 0.01
    reverberant_to: float = 0.4
    prompted_hop_ms: Ms = 2500
    speech_on: float = 0.5
    overlap_on: float = 0.53
    level_on: float = 0.20
    level_off: float = 0.12
    level_window_ms: Ms = 120_000
    dip_ms: Ms = 80
    least_ms: Ms = 50
    voice_ms: Ms = 250
    longest_ms: Ms = 1500
    voices: VoiceParameters = field(default_factory=VoiceParameters)
    reverberation: ReverberationParameters = field(default_factory=ReverberationParameters)
    prompts: PromptParameters = field(default_factory=PromptParameters)
