"""Loudness and pitch of what each partner says alone, streamed.

One pass takes the level of every stretch. Pitch costs ten times as much and matters only where someone has become
louder for a while: only then a second pass follows the pitch, of those stretches and of a sample of calm talk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from listener.analysis.levels import band_levels
from listener.analysis.manner_parameters import MannerParameters
from listener.analysis.pitch import pitch_hz
from listener.analysis.span_reader import SpanReader
from listener.analysis.voice_manner import calm_talk, louder_part, louder_runs
from listener.domain.span import Ms, Span, merged, total_ms
from listener.domain.speech import PARTNERS, Ipu, PartnerId
from listener.domain.voice import VoiceStretch
from listener.ports import AudioSource, PitchTracker, Samples


def voice_stretches(
    source: AudioSource,
    speech: Sequence[Ipu],
    own_channels: bool,
    tracker: PitchTracker,
    parameters: MannerParameters,
) -> tuple[VoiceStretch, ...]:
    """Stretches of both partners in order, from at most two passes.

    `own_channels`: channel 0 is A's microphone and channel 1 is B's; otherwise the channels' mean is heard.
    """
    spans = [(span, partner) for partner in PARTNERS for span in alone(speech, partner, parameters)]
    heard = [
        VoiceStretch(partner, span, round(_level(piece), 2))
        for span, partner, piece in _pieces(source, sorted(spans), own_channels)
        if piece.size
    ]
    wanted = [(each.span, each.partner) for p in PARTNERS for each in to_follow(heard, p, parameters)]
    if not wanted:
        return tuple(heard)
    pitch = {
        (span, partner): pitch_hz(piece, tracker)
        for span, partner, piece in _pieces(source, sorted(wanted), own_channels)
    }
    return tuple(replace(each, pitch_hz=pitch.get((each.span, each.partner))) for each in heard)


def alone(speech: Sequence[Ipu], partner: PartnerId, parameters: MannerParameters) -> list[Span]:
    """Where only this partner speaks: IPUs without what overlaps, short rests left out, long ones parted."""
    own = merged(ipu.span for ipu in speech if ipu.partner == partner)
    theirs = merged(ipu.span for ipu in speech if ipu.partner != partner)
    rests = (rest for rest in _without(own, theirs) if rest.duration_ms >= parameters.least_ms)
    return [part for rest in rests for part in _parted(rest, parameters.longest_ms)]


def to_follow(
    stretches: Sequence[VoiceStretch], partner: PartnerId, parameters: MannerParameters
) -> list[VoiceStretch]:
    """Whose pitch to follow: what is louder for a while and calm talk to compare it with; nothing where all is calm."""
    own = [each for each in stretches if each.partner == partner]
    calm = calm_talk(own, parameters)
    runs = louder_runs(own, calm, parameters) if calm else []
    if calm is None or not runs:
        return []
    every = max(1, -(-total_ms(each.span for each in calm.stretches) // parameters.pitch_ms))
    return [*calm.stretches[::every], *(each for run in runs for each in louder_part(run, calm))]


def _without(spans: Sequence[Span], taken: Sequence[Span]) -> Iterator[Span]:
    """What is left of spans, each list ordered and free of overlap within itself."""
    first = 0
    for span in spans:
        while first < len(taken) and taken[first].end <= span.start:
            first += 1
        at = span.start
        for other in taken[first:]:
            if other.start >= span.end:
                break
            if other.start > at:
                yield Span(at, other.start)
            at = max(at, other.end)
        if at < span.end:
            yield Span(at, span.end)


def _parted(span: Span, longest_ms: Ms) -> list[Span]:
    parts = -(-span.duration_ms // longest_ms)
    edges = [span.start + span.duration_ms * k // parts for k in range(parts + 1)]
    return [Span(a, b) for a, b in pairwise(edges)]


def _pieces(
    source: AudioSource, spans: Iterable[tuple[Span, PartnerId]], own_channels: bool
) -> Iterator[tuple[Span, PartnerId, Samples]]:
    """The sound of each span, shape (samples,), from one pass."""
    reader = SpanReader(source.blocks())
    for span, partner in spans:
        sound = reader.read(span)
        own: Samples = sound[PARTNERS.index(partner)] if own_channels else sound.mean(axis=0, dtype=np.float32)
        yield span, partner, own


def _level(speech: Samples) -> float:
    """Mean power in the speech band, dB."""
    levels = band_levels([speech[None, :]])[0].astype(np.float64)
    return float(10.0 * np.log10(np.mean(10.0 ** (levels / 10.0)))) if levels.size else -100.0


__all__ = ["alone", "to_follow", "voice_stretches"]
