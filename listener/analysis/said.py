"""What was said in a stretch of talk: the words of utterances looked up by time, where they can be relied on."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from listener.analysis.behaviours.questions import questions
from listener.analysis.behaviours.text import sentences_of
from listener.domain.span import Ms, Span
from listener.domain.speech import PARTNERS, PartnerId, Utterance, Word

EDGE_MS: Ms = 100
"""Words whose middle lies so little outside a stretch of speech belong to it: transcribers place words roughly."""


class SaidWords:
    """The words of both partners by time; an utterance without word times counts as one piece."""

    def __init__(self, utterances: Iterable[Utterance]) -> None:
        ordered = sorted(utterances, key=lambda u: u.span)
        self._utterances = {p: [u for u in ordered if u.partner == p] for p in PARTNERS}
        self._pieces = {
            p: sorted((piece for u in mine for piece in _pieces(u)), key=_middle)
            for p, mine in self._utterances.items()
        }

    def within(self, partner: PartnerId, span: Span, sure: float, cover: float) -> str | None:
        """What the partner said in a stretch of speech, None where that is not known well enough.

        `sure`: the least mean probability of the words; `cover`: the least share of the stretch that they cover. Short
        replies under overlap are often transcribed in part, or with the other's words.
        """
        found = self._between(partner, span.start - EDGE_MS, span.end + EDGE_MS)
        covered = sum(piece.span.overlap_ms(span) for piece in found)
        if not found or covered < cover * span.duration_ms:
            return None
        if sum(piece.probability for piece in found) < sure * len(found):
            return None
        return " ".join(piece.text for piece in found)

    def between(self, partner: PartnerId, start: Ms, end: Ms) -> str:
        """All the partner's words with their middle in [start, end), sure or not."""
        return " ".join(piece.text for piece in self._between(partner, start, end))

    def _between(self, partner: PartnerId, start: Ms, end: Ms) -> Sequence[Word]:
        pieces = self._pieces[partner]
        return pieces[bisect_left(pieces, start, key=_middle) : bisect_left(pieces, end, key=_middle)]

    def asked(self, partner: PartnerId, before: Ms) -> bool:
        """Whether the last that the partner said before a moment was a question."""
        mine = self._utterances[partner]
        at = bisect_right(mine, before, key=lambda u: u.span.start) - 1
        if at < 0:
            return False
        sentences = sentences_of(_until(mine[at], before))
        return bool(sentences) and bool(questions(sentences[-1]))


def _pieces(utterance: Utterance) -> Sequence[Word]:
    if utterance.words:
        return utterance.words
    return (Word(utterance.text, utterance.span, 1.0),) if utterance.text.strip() else ()


def _middle(piece: Word) -> Ms:
    return piece.span.middle


def _until(utterance: Utterance, moment: Ms) -> str:
    """What was said of an utterance by a moment; nothing is known of one without word times that goes on."""
    words = [word for word in utterance.words if word.span.middle < moment]
    if len(words) < len(utterance.words):
        return " ".join(word.text for word in words)
    return utterance.text if utterance.words or utterance.span.end < moment + EDGE_MS else ""
