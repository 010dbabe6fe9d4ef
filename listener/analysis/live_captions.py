"""Captions while the talk goes on: speech cut into pieces as soon as it ends, and words turned into lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from listener.analysis.live_picture import Caption
from listener.analysis.live_speech import LiveHearing, LiveSpeech, spurts
from listener.analysis.utterance_forming import utterances_of
from listener.analysis.word_owners import given_out, placed
from listener.domain.span import Ms, Span
from listener.domain.speech import PARTNERS, Ipu, PartnerId, Word
from listener.ports import Samples

GAP_MS: Ms = 400
"""A silence this long ends a piece, as it ends a stretch of talk."""

LONGEST_MS: Ms = 8_000
"""Talk that runs on is cut after this long at its longest pause, or where it is."""

SHORTEST_MS: Ms = 200
"""Speech shorter than this holds no word to caption."""

TALK_MS: Ms = 1_050
"""Talk longer than this ends a piece when it stops, though the other goes on; a backchannel does not."""

PAD_MS: Ms = 150
"""Recorded sound kept before and after a piece, for soft onsets and ends."""

_LATEST_CUT_MS, _PAUSES_FROM_MS = 300, 4_000


@dataclass(frozen=True, slots=True)
class CaptionPiece:
    """Sound to transcribe, shape (samples,), which starts at `start`; `span` is the speech in it.

    `partner`: whose microphone it is from, None where both may be heard; `speech`: who spoke around it.
    """

    partner: PartnerId | None
    span: Span
    start: Ms
    sound: Samples
    speech: tuple[Ipu, ...]


class CaptionPieces:
    """Cuts what was said since the last piece, of each partner's own microphone or of the one they share."""

    def __init__(self, own_channels: bool) -> None:
        self._sources: tuple[PartnerId | None, ...] = PARTNERS if own_channels else (None,)
        self._done: dict[PartnerId | None, Ms] = dict.fromkeys(self._sources, 0)

    def due(self, hearing: LiveHearing) -> list[CaptionPiece]:
        """Pieces that ended by now, in order of their ends."""
        found: list[CaptionPiece] = []
        for source in self._sources:
            while (span := self._next(hearing.speech, source, hearing.at_ms)) is not None:
                if span.duration_ms >= SHORTEST_MS:
                    found.append(_cut(hearing, source, span, self._done[source]))
                self._done[source] = span.end
        return sorted(found, key=lambda piece: piece.span.end)

    def skip(self, at: Ms) -> None:
        """Give out nothing of what was said before `at`."""
        self.strike(Span(0, at))

    def strike(self, struck: Span) -> None:
        """Give out nothing of a span any more."""
        self._done = {source: max(done, struck.end) for source, done in self._done.items()}

    def _next(self, speech: LiveSpeech, source: PartnerId | None, now: Ms) -> Span | None:
        """The next piece's speech, None where it goes on."""
        done = self._done[source]
        own = {p: _after(speech.since(p, done), done) for p in PARTNERS if source in (None, p)}
        talk = spurts([span for spans in own.values() for span in spans], GAP_MS)
        if not talk:
            return None
        first = talk[0]
        if now - first.end >= GAP_MS:
            return first if first.duration_ms <= 2 * LONGEST_MS else Span(first.start, first.start + LONGEST_MS)
        stops = [s.end for spans in own.values() for s in spurts(spans, GAP_MS) if s.duration_ms > TALK_MS]
        stops = [stop for stop in stops if stop <= now - GAP_MS and first.start < stop < first.end]
        if stops:
            return Span(first.start, min(stops))
        if now - first.start < LONGEST_MS:
            return None
        return Span(first.start, _best_cut([s for spans in own.values() for s in spans], first.start, now))


def captions_of(piece: CaptionPiece, words: Sequence[Word]) -> list[Caption]:
    """A piece's words, timed from its start, as lines of those who said them."""
    heard = [replace(w, span=Span(w.span.start + piece.start, w.span.end + piece.start)) for w in words]
    if piece.partner is None:
        said = given_out(heard, piece.speech)
    else:
        said = placed(heard, piece.partner, [ipu.span for ipu in piece.speech if ipu.partner == piece.partner])
    return [Caption(u.partner, u.span, u.text) for u in utterances_of(said, piece.speech)]


def _after(spans: Sequence[Span], start: Ms) -> list[Span]:
    """What of the spans lies after a moment."""
    return [Span(max(span.start, start), span.end) for span in spans if span.end > start]


def _best_cut(spans: Sequence[Span], start: Ms, now: Ms) -> Ms:
    """Where to cut talk that runs on: the middle of its longest pause, else a little before now."""
    joined = spurts(spans, 1)
    pauses = [(b.start - a.end, (a.end + b.start) // 2) for a, b in pairwise(joined)]
    latest = min(now - _LATEST_CUT_MS, start + LONGEST_MS)
    fitting = [pause for pause in pauses if start + _PAUSES_FROM_MS <= pause[1] <= latest]
    return max(fitting)[1] if fitting else latest


def _cut(hearing: LiveHearing, source: PartnerId | None, span: Span, done: Ms) -> CaptionPiece:
    around = hearing.speech.ipus(span.start - PAD_MS)
    later = [ipu.span.start for ipu in around if ipu.span.start >= span.end and source in (None, ipu.partner)]
    goes_on = any(ipu.span.contains(span.end) for ipu in around if source in (None, ipu.partner))
    start = max(done, span.start - PAD_MS)
    end = span.end if goes_on else min([span.end + PAD_MS, hearing.at_ms, *later])
    sound = hearing.sound(Span(start, end))
    channel = sound.mean(axis=0) if source is None else sound[PARTNERS.index(source)]
    near = tuple(ipu for ipu in around if ipu.span.start < end)
    return CaptionPiece(source, span, start, np.ascontiguousarray(channel, dtype=np.float32), near)


__all__ = ["CaptionPiece", "CaptionPieces", "captions_of"]
