"""How both partners said it: the passes over the recording, and the pitch of the enrolment sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from listener.adapters.audio_file import AudioFile
from listener.adapters.swift_f0_pitch import SwiftF0Pitch
from listener.analysis.manner_parameters import MannerParameters
from listener.analysis.one_mic import spoken_part
from listener.analysis.pitch import pitch_hz
from listener.analysis.prompted import Prompt
from listener.analysis.voice_stretches import voice_stretches
from listener.app.told_source import ToldSource
from listener.domain.speech import Ipu, PartnerId
from listener.domain.voice import EnrolledPitch, Voices
from listener.ports import SAMPLES_PER_MS, PitchTracker, Progress

STAGE = "Hearing how it was said"
PASSES = 2
"""How often the recording is streamed at most."""

ENROLMENT_SAMPLES = 20_000 * SAMPLES_PER_MS
"""A longer enrolment tells no more about the pitch."""


def hear_voices(
    source: AudioFile,
    speech: Sequence[Ipu],
    own_channels: bool,
    enrolment: Mapping[PartnerId, Path],
    progress: Progress,
) -> Voices:
    """Loudness, and where it is wanted pitch, of both partners; the enrolment's too where pitch was followed."""
    tracker = SwiftF0Pitch()
    told = ToldSource(source, progress, STAGE, PASSES)
    stretches = voice_stretches(told, speech, own_channels, tracker, MannerParameters())
    enrolled = []
    for partner in sorted({each.partner for each in stretches if each.pitch_hz is not None} & set(enrolment)):
        prompt = prompt_of(enrolment[partner], tracker)
        if prompt.pitch_hz is not None:
            enrolled.append(EnrolledPitch(partner, prompt.pitch_hz, prompt.speech.size // SAMPLES_PER_MS))
    progress(STAGE, 1.0)
    return Voices(stretches, tuple(enrolled))


def prompt_of(enrolment: Path, tracker: PitchTracker) -> Prompt:
    """What a partner said at enrolment, pauses left out, and how high."""
    spoken = spoken_part(AudioFile(enrolment))
    return Prompt(spoken, pitch_hz(spoken[:ENROLMENT_SAMPLES], tracker))


__all__ = ["PASSES", "STAGE", "hear_voices", "prompt_of"]
