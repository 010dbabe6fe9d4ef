"""A report as tiers of an annotation: what Praat and ELAN share.

Neither lets the pieces of a tier overlap or last no time, so pieces that do are joined, and no text is lost.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from listener.domain.report import Report
from listener.domain.span import Ms, Span
from listener.domain.speech import PARTNERS, PartnerId, Utterance
from listener.domain.tiers import TierKind, tier_name
from listener.reports.speakers import speaker_names
from listener.reports.wording import plain_text

SPEECH = "speech"
"""The text of a piece that says only that somebody spoke."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A labelled stretch."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Tier:
    """Pieces of one kind of one partner, in order; they last a millisecond or more and do not overlap."""

    kind: TierKind
    partner: PartnerId
    speaker: str
    pieces: tuple[Piece, ...]

    @property
    def name(self) -> str:
        return tier_name(self.kind, self.speaker)


def tiers(report: Report) -> tuple[Tier, ...]:
    """Every kind of tier for A, then for B, the empty ones too. An overlap stands with the incomer."""
    names = speaker_names(report.session)
    found = []
    for partner in PARTNERS:
        utterances = [u for u in report.utterances if u.partner == partner]
        pieces: dict[TierKind, Iterable[Piece]] = {
            TierKind.SPEECH: (Piece(ipu.span, SPEECH) for ipu in report.speech if ipu.partner == partner),
            TierKind.SAID: (Piece(u.span, plain_text(u.text)) for u in utterances),
            TierKind.WORDS: (Piece(word.span, plain_text(word.text)) for u in utterances for word in u.words),
            TierKind.BEHAVIOURS: (Piece(u.span, _behaviours(u)) for u in utterances),
            TierKind.OVERLAPS: (Piece(o.span, o.kind) for o in report.overlaps if o.incomer == partner),
        }
        found += [Tier(kind, partner, names[partner], joined(pieces[kind])) for kind in TierKind]
    return tuple(found)


def end_of(report: Report, found: Iterable[Tier]) -> Ms:
    """Where the annotation ends: with the recording, or later where a piece does; never at 0."""
    return max([1, report.session.duration_ms, *(piece.span.end for tier in found for piece in tier.pieces)])


def joined(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """The pieces that have text, in order of time; one that starts before the one before it ends is joined to it."""
    result: list[Piece] = []
    for piece in sorted((p for p in pieces if p.text), key=lambda p: p.span):
        span = Span(piece.span.start, max(piece.span.end, piece.span.start + 1))
        if result and span.start < result[-1].span.end:
            last = result[-1]
            text = last.text if piece.text == last.text else f"{last.text} {piece.text}"
            result[-1] = Piece(Span(last.span.start, max(last.span.end, span.end)), text)
        else:
            result.append(Piece(span, piece.text))
    return tuple(result)


def _behaviours(utterance: Utterance) -> str:
    """The labels that are present, as in the JSON report."""
    return ", ".join(b.label for b in utterance.behaviours if utterance.shows(b.label))
