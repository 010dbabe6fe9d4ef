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
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from listener.analysis.dereverberation import dereverberated, dereverberated_blocks, reverberation
from listener.analysis.levels import FRAME_MS, band_levels, runs, without_short
from listener.analysis.one_mic_parameters import OneMicParameters
from listener.analysis.presence import Presence, presence
from listener.analysis.prompted import Prompt, prompted
from listener.analysis.span_reader import SpanReader
from listener.analysis.talk_masks import IPU_PAUSE_MS, loud_enough, single_speaker_spans, talk_masks
from listener.analysis.voices import Embedding, Stretch, single_voice, told_apart
from listener.domain.span import Ms, Span
from listener.domain.speech import PARTNERS, Ipu, PartnerId, TwoAtOnce
from listener.ports import SAMPLES_PER_MS, AudioSource, Progress, Samples, SpeakerEncoder, SpeakerSegmenter

ENROLMENT_MS: Ms = 60_000
LEAST_ENROLMENT_MS: Ms = 1000
SILENT_DB = -60.0
"""Band level under which an enrolment frame is silence, far below speech at any usual microphone gain."""


@dataclass(frozen=True, slots=True)
class OneMicModels:
    """The networks of this path and, of those partners that are enrolled, the voices.

    `prompts`: what A and B said at enrolment; None unless both are enrolled.
    """

    segmenter: SpeakerSegmenter
    encoder: SpeakerEncoder
    voices: Mapping[PartnerId, Embedding]
    prompts: tuple[Prompt, Prompt] | None = None


@dataclass(frozen=True, slots=True)
class OneMicSpeech:
    """IPUs of both partners in order, both at once included, and how this was heard.

    two_at_once: where both speak, in order, and how surely.
    reverberation: share of the speech band's energy that its past predicts, 0 to 1.
    """

    ipus: tuple[Ipu, ...]
    two_at_once: tuple[TwoAtOnce, ...]
    reverberation: float


def speech_on_one_mic(
    source: AudioSource, models: OneMicModels, parameters: OneMicParameters, progress: Progress
) -> OneMicSpeech:
    """Who speaks when."""
    ringing = round(reverberation(_mono(source), parameters.reverberation), 4)
    rings = parameters.reverberant_from <= ringing <= parameters.reverberant_to
    levels = band_levels(_mono(source))[0]
    someone, two = _presence(source, models, parameters, rings, progress)
    single, both = talk_masks(levels, (someone, two), parameters)
    spans = single_speaker_spans(single, parameters.longest_ms)
    doubted = [s for s in _spans(both) if rings and s.duration_ms >= parameters.voices.one_voice_ms]
    heard = _with_embeddings(source, sorted(spans + doubted), models.encoder, parameters, progress)
    stretches, partners = _given_out(heard, both, models, parameters)
    sure = tuple(TwoAtOnce(span, round(float(two[_frames(span)].mean()), 3)) for span in _spans(both))
    ipus = ipus_of(stretches, partners, both, parameters)
    return OneMicSpeech(ipus, sure, ringing)


def _presence(
    source: AudioSource, models: OneMicModels, parameters: OneMicParameters, rings: bool, progress: Progress
) -> Presence:
    """Presence from plain windows or, where the room rings, from dry ones, with both voices before them if enrolled."""
    segmenters: Sequence[SpeakerSegmenter] = [models.segmenter]
    hop_ms, blocks = parameters.hop_ms, _mono(source)
    if rings:
        blocks = dereverberated_blocks(blocks, parameters.reverberation)
        if models.prompts is not None:
            first, second = (
                replace(prompt, speech=dereverberated(prompt.speech, parameters.reverberation))
                for prompt in models.prompts
            )
            segmenters = prompted(models.segmenter, (first, second), parameters.prompts)
            hop_ms = parameters.prompted_hop_ms // len(segmenters)
    return presence(blocks, source.duration_ms, segmenters, hop_ms, progress)


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
    loud = loud_enough(levels, OneMicParameters()) & (levels > SILENT_DB)
    spoken: Samples = signal[0][: loud.size * FRAME_MS * SAMPLES_PER_MS][np.repeat(loud, FRAME_MS * SAMPLES_PER_MS)]
    return spoken


def _mono(source: AudioSource) -> Iterator[Samples]:
    """Blocks of the channels' mean, shape (1, samples)."""
    return (block.mean(axis=0, keepdims=True) for block in source.blocks())


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
