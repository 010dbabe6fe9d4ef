"""Who speaks when, from one microphone.

Five passes over the recording, each streamed: how much of the sound its past predicts tells whether the room rings;
neural segmentation in overlapping windows tells speech from other sound and one speaker from two at once, in a ringing
room after the late reverberation is taken out; the speech-band level tells the pauses that the network bridges; each
stretch of a single speaker gets a voice embedding, and so, in a ringing room, does a long overlap, which may be one
voice and its echo; the embeddings, matched to enrolment or clustered into two, tell whose it is. Where two speak at
once both get the time, so it does not matter which of the network's local speakers is which.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from listener.analysis.dereverberation import (
    ReverberationParameters,
    dereverberated,
    dereverberated_blocks,
    reverberation,
)
from listener.analysis.levels import FRAME_MS, band_levels, hysteresis, runs, without_short
from listener.analysis.presence import Presence, presence
from listener.analysis.prompted import PromptParameters, prompted
from listener.analysis.span_reader import SpanReader
from listener.analysis.voices import Embedding, Stretch, VoiceParameters, single_voice, told_apart
from listener.domain.span import Ms, Span
from listener.domain.speech import PARTNERS, Ipu, PartnerId, TwoAtOnce
from listener.ports import SAMPLES_PER_MS, AudioSource, Progress, Samples, SpeakerEncoder, SpeakerSegmenter

IPU_PAUSE_MS: Ms = 200
"""A silence this long parts two IPUs (Heldner & Edlund 2010)."""

ENROLMENT_MS: Ms = 60_000
LEAST_ENROLMENT_MS: Ms = 1000
SILENT_DB = -60.0
"""Band level under which an enrolment frame is silence, far below speech at any usual microphone gain."""


@dataclass(frozen=True, slots=True)
class OneMicParameters:
    """Tunable values of the one-microphone path; probabilities and level fractions are between 0 and 1.

    hop_ms: step of the segmenter's windows; each moment is seen window/hop times.
    reverberant_from: share of the speech band's energy that its past predicts, from which the room is taken to ring. A
    microphone close to the mouth in a quiet room stays under 0.004, one at table distance lies above 0.02.
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
    prompted_hop_ms: Ms = 2500
    speech_on: float = 0.5
    overlap_on: float = 0.55
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


@dataclass(frozen=True, slots=True)
class OneMicModels:
    """The networks of this path and, of those partners that are enrolled, the voices.

    `prompts`: what A and B said at enrolment, pauses left out, each shape (samples,); None unless both are enrolled.
    """

    segmenter: SpeakerSegmenter
    encoder: SpeakerEncoder
    voices: Mapping[PartnerId, Embedding]
    prompts: tuple[Samples, Samples] | None = None


@dataclass(frozen=True, slots=True)
class OneMicSpeech:
    """IPUs of both partners in order, both at once included, and how this was heard.

    two_at_once: where both speak, and how surely; None in a room that does not ring, where what is heard is sure.
    reverberation: share of the speech band's energy that its past predicts, 0 to 1.
    """

    ipus: tuple[Ipu, ...]
    two_at_once: tuple[TwoAtOnce, ...] | None
    reverberation: float


def speech_on_one_mic(
    source: AudioSource, models: OneMicModels, parameters: OneMicParameters, progress: Progress
) -> OneMicSpeech:
    """Who speaks when."""
    ringing = round(reverberation(_mono(source), parameters.reverberation), 4)
    rings = ringing >= parameters.reverberant_from
    levels = band_levels(_mono(source))[0]
    someone, two = _presence(source, models, parameters, rings, progress)
    single, both = talk_masks(levels, (someone, two), parameters)
    spans = single_speaker_spans(single, parameters.longest_ms)
    doubted = [s for s in _spans(both) if rings and s.duration_ms >= parameters.voices.one_voice_ms]
    heard = _with_embeddings(source, sorted(spans + doubted), models.encoder, parameters, progress)
    stretches, partners = _given_out(heard, both, models, parameters)
    sure = tuple(TwoAtOnce(span, round(float(two[_frames(span)].mean()), 3)) for span in _spans(both))
    ipus = ipus_of(stretches, partners, both, parameters)
    return OneMicSpeech(ipus, sure if rings else None, ringing)


def _presence(
    source: AudioSource, models: OneMicModels, parameters: OneMicParameters, rings: bool, progress: Progress
) -> Presence:
    """Presence from plain windows or, where the room rings, from dry ones, with both voices before them if enrolled."""
    segmenters: Sequence[SpeakerSegmenter] = [models.segmenter]
    hop_ms, blocks = parameters.hop_ms, _mono(source)
    if rings:
        blocks = dereverberated_blocks(blocks, parameters.reverberation)
        if models.prompts is not None:
            first, second = (dereverberated(prompt, parameters.reverberation) for prompt in models.prompts)
            segmenters = prompted(models.segmenter, (first, second), parameters.prompts)
            hop_ms = parameters.prompted_hop_ms // len(segmenters)
    return presence(blocks, source.duration_ms, segmenters, hop_ms, progress)


def talk_masks(
    levels: NDArray[np.float32], heard: Presence, parameters: OneMicParameters
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Frames in which one partner speaks, pauses left out, and in which both do, each of shape (frames,)."""
    someone, two = heard
    frames = min(levels.size, someone.size)
    speech = (someone[:frames] >= parameters.speech_on) & _loud_enough(levels[:frames], parameters)
    pauses_kept = without_short(speech, parameters.dip_ms, parameters.least_ms)
    bridged = without_short(speech, IPU_PAUSE_MS, parameters.least_ms)
    both = without_short(bridged & (two[:frames] >= parameters.overlap_on), 0, parameters.least_ms)
    return pauses_kept & ~both, both


def _given_out(
    heard: Sequence[Stretch], both: NDArray[np.bool_], models: OneMicModels, parameters: OneMicParameters
) -> tuple[list[Stretch], list[PartnerId]]:
    """Stretches of a single speaker with whose they are; overlaps that sound like one voice join them, off `both`."""
    overlaps = [stretch for stretch in heard if both[_frames(stretch.span)].any()]
    stretches = [stretch for stretch in heard if not both[_frames(stretch.span)].any()]
    assigned = told_apart(stretches, models.voices, parameters.voices)
    partners = list(assigned.partners)
    for overlap in overlaps:
        owner = single_voice(overlap, assigned.voices, parameters.voices)
        if owner is not None:
            both[_frames(overlap.span)] = False
            stretches.append(overlap)
            partners.append(owner)
    return stretches, partners


def ipus_of(
    stretches: Sequence[Stretch], partners: Sequence[PartnerId], both: NDArray[np.bool_], parameters: OneMicParameters
) -> tuple[Ipu, ...]:
    """IPUs in order from stretches of a single speaker with whose they are, and the frames in which both speak."""
    ipus: list[Ipu] = []
    for partner in PARTNERS:
        active = both.copy()
        for stretch, owner in zip(stretches, partners, strict=True):
            if owner == partner:
                active[_frames(stretch.span)] = True
        ipus += [Ipu(partner, span) for span in _spans(without_short(active, IPU_PAUSE_MS, parameters.least_ms))]
    return tuple(sorted(ipus, key=lambda ipu: (ipu.span, ipu.partner)))


def _spans(mask: NDArray[np.bool_]) -> list[Span]:
    """Where a mask of frames is true."""
    return [Span(start * FRAME_MS, end * FRAME_MS) for start, end in runs(mask)]


def _frames(span: Span) -> slice:
    return slice(span.start // FRAME_MS, span.end // FRAME_MS)


def enrol(source: AudioSource, encoder: SpeakerEncoder) -> Embedding | None:
    """A partner's voice from an enrolment recording's first minute, pauses left out; None without a second of it."""
    spoken = spoken_part(source)
    return encoder.embed(spoken) if spoken.size >= LEAST_ENROLMENT_MS * SAMPLES_PER_MS else None


def spoken_part(source: AudioSource) -> Samples:
    """An enrolment recording's first minute without its pauses, shape (samples,)."""
    signal = SpanReader(_mono(source)).read(Span(0, ENROLMENT_MS))
    levels = band_levels([signal])[0]
    loud = _loud_enough(levels, OneMicParameters()) & (levels > SILENT_DB)
    spoken: Samples = signal[0][: loud.size * FRAME_MS * SAMPLES_PER_MS][np.repeat(loud, FRAME_MS * SAMPLES_PER_MS)]
    return spoken


def _mono(source: AudioSource) -> Iterator[Samples]:
    """Blocks of the channels' mean, shape (1, samples)."""
    return (block.mean(axis=0, keepdims=True) for block in source.blocks())


def _loud_enough(levels: NDArray[np.float32], parameters: OneMicParameters) -> NDArray[np.bool_]:
    """Frames above the level threshold, with hysteresis; floor and loud level are followed over `level_window_ms`."""
    floor, loud = _level_range(levels, parameters.level_window_ms // FRAME_MS)
    fraction = (levels - floor) / np.maximum(loud - floor, 1.0)
    return hysteresis(fraction.astype(np.float32), parameters.level_on, parameters.level_off)


def _level_range(levels: NDArray[np.float32], window: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Noise floor (8th percentile, at most 50 dB down) and loud level (95th) around each frame, dB, shape (frames,)."""
    if not levels.size:
        return np.zeros(0), np.zeros(0)
    step = max(1, window // 4)
    centres, pairs = [], []
    for start in range(0, max(1, levels.size - window + step), step):
        part = levels[start : start + window]
        if part.size:
            centres.append(start + part.size / 2)
            pairs.append(np.percentile(part, (8, 95)))
    low, high = np.array(pairs).T
    at = np.arange(levels.size)
    loud = np.interp(at, centres, high)
    return np.maximum(np.interp(at, centres, low), loud - 50.0), loud


def single_speaker_spans(single: NDArray[np.bool_], longest_ms: Ms) -> list[Span]:
    """Runs of one speaker, those longer than `longest_ms` parted evenly."""
    spans = []
    for start, end in runs(single):
        parts = max(1, round((end - start) * FRAME_MS / longest_ms))
        edges = [start + (end - start) * k // parts for k in range(parts + 1)]
        spans += [Span(a * FRAME_MS, b * FRAME_MS) for a, b in pairwise(edges)]
    return spans


def _with_embeddings(
    source: AudioSource, spans: list[Span], encoder: SpeakerEncoder, parameters: OneMicParameters, progress: Progress
) -> list[Stretch]:
    reader = SpanReader(_mono(source))
    stretches = []
    for i, span in enumerate(spans):
        long_enough = span.duration_ms >= parameters.voice_ms
        stretches.append(Stretch(span, encoder.embed(reader.read(span)[0]) if long_enough else None))
        progress("Matching voices", (i + 1) / len(spans))
    return stretches
