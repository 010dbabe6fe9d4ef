"""Cutting speech into pieces for the transcriber, so that it hears speech, nearly full windows of it, and no silence.

Whisper works on windows of 30 s and pads shorter ones, so every piece costs the same: pieces are packed with stretches
of speech until they are nearly full, and cut where nobody speaks. With one microphone both partners share pieces and
the words are given out afterwards; with two, each partner's own channel is cut by the partner's own speech.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from listener.domain.span import Ms, Span, merged
from listener.domain.speech import PARTNERS, Ipu, PartnerId

PIECE_MS: Ms = 28_000
"""Longest piece; Whisper's window is 30 s and it does badly with speech cut off by its very end."""

FULL_MS: Ms = 18_000
"""From here on a piece may end, and does so at the longest silence before `PIECE_MS`."""

JOIN_MS: Ms = 400
"""Pauses up to this long stay as they were recorded; longer ones are shortened to two pads and a silence."""

PAD_MS: Ms = 150
"""Recorded sound kept before and after a stretch, for soft onsets and ends that voice activity misses."""

SILENCE_MS: Ms = 100
"""Silence put between stretches that did not follow each other."""


@dataclass(frozen=True, slots=True)
class Clip:
    """A stretch of the recording inside a piece, where it starts at `at`."""

    span: Span
    at: Ms


@dataclass(frozen=True, slots=True)
class Piece:
    """What the transcriber is given at once: clips with silence between; `partner` None where both may be heard."""

    partner: PartnerId | None
    clips: tuple[Clip, ...]

    @property
    def duration_ms(self) -> Ms:
        return self.clips[-1].at + self.clips[-1].span.duration_ms

    @property
    def range(self) -> Span:
        """From the first to the last moment of the recording in the piece."""
        return Span(self.clips[0].span.start, self.clips[-1].span.end)

    def recorded(self, span: Span) -> Span:
        """When in the recording a span of the piece was, kept within the clip that holds its middle or is nearest."""
        clip = min(self.clips, key=lambda clip: _distance_ms(clip, span.middle))
        shift = clip.span.start - clip.at
        start = min(max(span.start + shift, clip.span.start), clip.span.end)
        return Span(start, min(max(span.end + shift, start), clip.span.end))


def shared_pieces(speech: Sequence[Ipu]) -> list[Piece]:
    """Pieces of all speech in time order, for one microphone."""
    islands = [part for span in merged(ipu.span for ipu in speech) for part in _short_enough(span, speech)]
    return _packed(islands, None, [])


def partner_pieces(speech: Sequence[Ipu], chosen: Iterable[Ipu] | None = None) -> list[Piece]:
    """Pieces of one partner's speech each, of all or of the `chosen` units, without stretches of only the other."""
    chosen = speech if chosen is None else list(chosen)
    pieces: list[Piece] = []
    for partner in PARTNERS:
        own = [ipu for ipu in chosen if ipu.partner == partner]
        islands = [part for span in merged(ipu.span for ipu in own) for part in _short_enough(span, own)]
        pieces += _packed(islands, partner, merged(ipu.span for ipu in speech if ipu.partner != partner))
    return pieces


def _distance_ms(clip: Clip, at: Ms) -> Ms:
    """How far a moment of the piece is from a clip, 0 inside it."""
    return max(clip.at - at, at - (clip.at + clip.span.duration_ms), 0)


def _short_enough(span: Span, speech: Sequence[Ipu]) -> list[Span]:
    """Speech without a silence, cut if longer than a piece: where somebody starts or stops, otherwise anywhere."""
    parts: list[Span] = []
    longest = PIECE_MS - 2 * PAD_MS
    edges = sorted({edge for ipu in speech for edge in (ipu.span.start, ipu.span.end) if span.contains(edge)})
    while span.duration_ms > longest:
        fitting = [edge for edge in edges if span.start + longest // 2 <= edge <= span.start + longest]
        cut = fitting[-1] if fitting else span.start + longest
        parts.append(Span(span.start, cut))
        span = Span(cut, span.end)
    return [*parts, span]


def _packed(islands: Sequence[Span], partner: PartnerId | None, others: Sequence[Span]) -> list[Piece]:
    """Islands, in order, in pieces as full as they get; each ends at the longest silence near its end."""
    pieces: list[Piece] = []
    first = 0
    while first < len(islands):
        end, length, ends = first, 0, []
        while end < len(islands):
            length += islands[end].duration_ms + (_between_ms(islands, end, others) if end > first else 2 * PAD_MS)
            if length > PIECE_MS and end > first:
                break
            end += 1
            if length >= FULL_MS:
                ends.append(end)
        if end < len(islands) and ends:
            end = max(ends, key=lambda i: (islands[i].start - islands[i - 1].end, i))
        pieces.append(Piece(partner, _clips(islands, first, end, others)))
        first = end
    return pieces


def _between_ms(islands: Sequence[Span], i: int, others: Sequence[Span]) -> Ms:
    """How much room the pause before island `i` takes in a piece."""
    pause = Span(islands[i - 1].end, islands[i].start)
    return pause.duration_ms if _joined(pause, others) else 2 * PAD_MS + SILENCE_MS


def _joined(pause: Span, others: Sequence[Span]) -> bool:
    """Whether a pause stays in the piece: it is short and nobody else speaks in it."""
    return pause.duration_ms <= JOIN_MS and not any(pause.overlap_ms(other) for other in others)


def _clips(islands: Sequence[Span], first: int, end: int, others: Sequence[Span]) -> tuple[Clip, ...]:
    clips: list[Clip] = []
    start, at = first, 0
    for i in range(first + 1, end + 1):
        if i < end and _joined(Span(islands[i - 1].end, islands[i].start), others):
            continue
        before = islands[start].start - islands[start - 1].end if start else 2 * islands[0].start
        after = islands[i].start - islands[i - 1].end if i < len(islands) else 2 * PAD_MS
        span = Span(islands[start].start - min(PAD_MS, before // 2), islands[i - 1].end + min(PAD_MS, after // 2))
        clips.append(Clip(span, at))
        start, at = i, at + span.duration_ms + SILENCE_MS
    return tuple(clips)


__all__ = ["PIECE_MS", "Clip", "Piece", "partner_pieces", "shared_pieces"]
