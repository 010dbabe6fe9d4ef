"""From recorded speech to utterances: pieces are read in one stream, transcribed, and their words given out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np

from listener.analysis.pieces import Piece, partner_pieces, shared_pieces
from listener.analysis.span_reader import SpanReader
from listener.analysis.utterance_forming import utterances_of
from listener.analysis.word_owners import Said, covered_ms, given_out, placed, unheard
from listener.domain.speech import PARTNERS, Ipu, Utterance, Word
from listener.ports import SAMPLES_PER_MS, AudioSource, Progress, Samples, Transcriber

STAGE = "Transcribing"


def transcribe(
    source: AudioSource,
    speech: tuple[Ipu, ...],
    transcriber: Transcriber,
    progress: Progress,
    mics: Literal["one", "two"] | None = None,
) -> tuple[Utterance, ...]:
    """What each partner said, ordered by start and partner; speech in which no words were heard stays without.

    With two microphones (`mics`, by default as many as the source has channels) channel 0 is A's and channel 1 is B's.
    The recording is streamed twice: once for everything, and once for what the transcriber passed over.
    """
    speech = tuple(sorted(speech, key=lambda ipu: (ipu.span, ipu.partner)))
    own_channels = (mics or ("two" if source.channels == len(PARTNERS) else "one")) == "two"
    pieces = partner_pieces(speech) if own_channels else shared_pieces(speech)
    said: list[Said] = []
    for done, (piece, words) in enumerate(_heard(source, pieces, transcriber, own_channels), 1):
        said += _owned(piece, words, speech)
        progress(STAGE, 0.95 * done / len(pieces))
    missed = unheard(said, speech)
    again: list[Said] = []
    for piece, words in _heard(source, partner_pieces(speech, missed), transcriber, own_channels):
        again += _owned(piece, words, missed)
    progress(STAGE, 1.0)
    return utterances_of(_with_missed(said, again, missed), speech)


def _heard(
    source: AudioSource, pieces: Sequence[Piece], transcriber: Transcriber, own_channels: bool
) -> Iterator[tuple[Piece, list[Word]]]:
    """Each piece with its words, in the time of the recording; only pieces that lie across one moment are held."""
    clips = sorted(
        (clip.span, i, clip.at, clip is piece.clips[-1]) for i, piece in enumerate(pieces) for clip in piece.clips
    )
    reader = SpanReader(source.blocks())
    open_pieces: dict[int, Samples] = {}
    for span, i, at, is_last in clips:
        piece = pieces[i]
        if i not in open_pieces:
            open_pieces[i] = np.zeros(piece.duration_ms * SAMPLES_PER_MS, dtype=np.float32)
        audio = reader.read(span)
        own = PARTNERS.index(piece.partner) if own_channels and piece.partner else None
        sound = audio.mean(axis=0) if own is None else audio[own]
        open_pieces[i][at * SAMPLES_PER_MS :][: sound.size] = sound
        if is_last:
            words = transcriber.words(open_pieces.pop(i))
            yield piece, [replace(word, span=piece.recorded(word.span)) for word in words]


def _owned(piece: Piece, words: Sequence[Word], speech: Sequence[Ipu]) -> list[Said]:
    """The words of a piece with who said them, placed on that partner's speech."""
    near = [ipu for ipu in speech if ipu.span.start <= piece.range.end and piece.range.start <= ipu.span.end]
    if piece.partner is None:
        return given_out(words, near)
    return placed(words, piece.partner, [ipu.span for ipu in near if ipu.partner == piece.partner])


def _with_missed(said: Sequence[Said], again: Sequence[Said], missed: Sequence[Ipu]) -> list[Said]:
    """The words, with those of a missed unit exchanged where the second hearing accounts for more of it."""
    better = [ipu for ipu in missed if covered_ms(again, ipu) > covered_ms(said, ipu)]

    def lies_in_better(said: Said) -> bool:
        return any(ipu.partner == said.partner and ipu.span.contains(said.word.span.middle) for ipu in better)

    return [s for s in said if not lies_in_better(s)] + [s for s in again if lies_in_better(s)]


__all__ = ["STAGE", "transcribe"]
