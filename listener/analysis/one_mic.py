"""Who speaks when, from one microphone.

Four passes over the recording, each streamed: neural segmentation in overlapping windows tells speech from other
sound and
one speaker from two at once; the speech-band level tells the pauses that the network bridges; each stretch of a single
speaker gets a voice embedding; the embeddings, matched to enrolment or clustered into two, tell whose it is. Where
two speak at
once both get the time, so it does not matter which of the network's local speakers is which.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from listener.analysis.levels import FRAME_MS, band_levels, hysteresis, runs, without_short
from listener.analysis.span_reader import SpanReader
from listener.analysis.voices import Embedding, Stretch, VoiceParameters, assign
from listener.domain.span import Ms, Span
from listener.domain.speech import PARTNERS, Ipu, PartnerId
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
    speech_on: float = 0.5
    overlap_on: float = 0.5
    level_on: float = 0.20
    level_off: float = 0.12
    level_window_ms: Ms = 120_000
    dip_ms: Ms = 80
    least_ms: Ms = 50
    voice_ms: Ms = 250
    longest_ms: Ms = 1500
    voices: VoiceParameters = field(default_factory=VoiceParameters)


@dataclass(frozen=True, slots=True)
class OneMicModels:
    """The networks of this path and the voices of those partners that are enrolled."""

    segmenter: SpeakerSegmenter
    encoder: SpeakerEncoder
    voices: Mapping[PartnerId, Embedding]


def speech_on_one_mic(
    source: AudioSource, models: OneMicModels, parameters: OneMicParameters, progress: Progress
) -> tuple[Ipu, ...]:
    """IPUs of both partners in order, both at once included."""
    levels = band_levels(_mono(source))[0]
    someone, two = _presence(source, models.segmenter, parameters, progress)
    single, both = talk_masks(levels, (someone, two), parameters)
    spans = single_speaker_spans(single, parameters.longest_ms)
    stretches = _with_embeddings(source, spans, models.encoder, parameters, progress)
    partners = assign(stretches, models.voices, parameters.voices)
    return ipus_of(stretches, partners, both, parameters)


def talk_masks(
    levels: NDArray[np.float32], presence: tuple[NDArray[np.float32], NDArray[np.float32]], parameters: OneMicParameters
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Frames in which one partner speaks, pauses left out, and in which both do, each of shape (frames,).

    `presence`: probability that anyone speaks and that two speak at once.
    """
    someone, two = presence
    frames = min(levels.size, someone.size)
    speech = (someone[:frames] >= parameters.speech_on) & _loud_enough(levels[:frames], parameters)
    pauses_kept = without_short(speech, parameters.dip_ms, parameters.least_ms)
    bridged = without_short(speech, IPU_PAUSE_MS, parameters.least_ms)
    both = without_short(bridged & (two[:frames] >= parameters.overlap_on), 0, parameters.least_ms)
    return pauses_kept & ~both, both


def ipus_of(
    stretches: Sequence[Stretch], partners: Sequence[PartnerId], both: NDArray[np.bool_], parameters: OneMicParameters
) -> tuple[Ipu, ...]:
    """IPUs in order from stretches of a single speaker with whose they are, and the frames in which both speak."""
    ipus: list[Ipu] = []
    for partner in PARTNERS:
        active = both.copy()
        for stretch, owner in zip(stretches, partners, strict=True):
            if owner == partner:
                active[stretch.span.start // FRAME_MS : stretch.span.end // FRAME_MS] = True
        ipus += [
            Ipu(partner, Span(a * FRAME_MS, b * FRAME_MS))
            for a, b in runs(without_short(active, IPU_PAUSE_MS, parameters.least_ms))
        ]
    return tuple(sorted(ipus, key=lambda ipu: (ipu.span, ipu.partner)))


def enrol(source: AudioSource, encoder: SpeakerEncoder) -> Embedding | None:
    """A partner's voice from an enrolment recording's first minute, pauses left out; None without a second of it."""
    signal = SpanReader(_mono(source)).read(Span(0, ENROLMENT_MS))
    levels = band_levels([signal])[0]
    loud = _loud_enough(levels, OneMicParameters()) & (levels > SILENT_DB)
    spoken = signal[0][: loud.size * FRAME_MS * SAMPLES_PER_MS][np.repeat(loud, FRAME_MS * SAMPLES_PER_MS)]
    return encoder.embed(spoken) if spoken.size >= LEAST_ENROLMENT_MS * SAMPLES_PER_MS else None


def _mono(source: AudioSource) -> Iterator[Samples]:
    """Blocks of the channels' mean, shape (1, samples)."""
    return (block.mean(axis=0, keepdims=True) for block in source.blocks())


def _windows(source: AudioSource, window_ms: Ms, hop_ms: Ms) -> Iterator[Samples]:
    """Windows of `window_ms` every `hop_ms` from the start, shape (samples,); the last ones padded with silence."""
    size, step = window_ms * SAMPLES_PER_MS, hop_ms * SAMPLES_PER_MS
    held = np.zeros(0, dtype=np.float32)
    first = True
    for block in _mono(source):
        held = np.concatenate([held, block[0]])
        while held.size >= size:
            yield held[:size]
            held = held[step:]
            first = False
    if held.size > size - step or (first and held.size):
        yield np.pad(held, (0, size - held.size))


def window_presence(segmenter: SpeakerSegmenter, window: Samples) -> NDArray[np.float32]:
    """Probability in one window that anyone speaks and that two speak at once, shape (2, frames)."""
    loudest_two: NDArray[np.float32] = np.sort(segmenter.activities(window), axis=1)[:, :-3:-1].T
    return loudest_two


def window_weight(frames: int) -> NDArray[np.float32]:
    """How much each frame of a window counts: less towards its edges, where the network sees too little context."""
    ramp = np.arange(frames) + 0.5
    weight: NDArray[np.float32] = np.maximum(np.minimum(ramp, ramp[::-1]) / (frames / 2), 0.1).astype(np.float32)
    return weight


def _presence(
    source: AudioSource, segmenter: SpeakerSegmenter, parameters: OneMicParameters, progress: Progress
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Probability that anyone speaks and that two speak at once, each of shape (frames,), averaged over windows."""
    window_frames, step = segmenter.window_ms // FRAME_MS, parameters.hop_ms // FRAME_MS
    frames = source.duration_ms // FRAME_MS + window_frames + step + 1
    weight = window_weight(window_frames)
    sums = np.zeros((2, frames), dtype=np.float32)
    weights = np.zeros(frames, dtype=np.float32)
    end = 0
    for i, window in enumerate(_windows(source, segmenter.window_ms, parameters.hop_ms)):
        start, end = i * step, i * step + window_frames
        if end > weights.size:
            sums = np.pad(sums, ((0, 0), (0, end)))
            weights = np.pad(weights, (0, end))
        sums[:, start:end] += weight * window_presence(segmenter, window)
        weights[start:end] += weight
        progress("Telling speakers apart", start / frames)
    progress("Telling speakers apart", 1.0)
    someone, two = sums[:, :end] / np.maximum(weights[:end], 1e-6)
    return someone, two


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
