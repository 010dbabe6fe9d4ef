"""Who said which word, and which speech was left without words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from listener.domain.span import Ms, Span, merged
from listener.domain.speech import PARTNERS, Ipu, PartnerId, Word, other

SLACK_MS: Ms = 200
"""How far from the partner's speech a word may be timed and still be the partner's: the transcriber's jitter."""

SENTENCE_ENDS = (".", "?", "!", "…")

EDGE_MS: Ms = 40
"""Least length of a word that is moved to an edge of speech."""

_FOREIGN = 5.0
_CHANGE, _CHANGE_AFTER_SENTENCE, _PAUSE_DISCOUNT = 0.6, 0.15, 0.1
_PAUSE_MS: Ms = 200

_LEAST_UNHEARD_MS: Ms = 600
_UNHEARD_SHARE = 0.4
_WORD_MS, _LETTER_MS = 300, 80


@dataclass(frozen=True, slots=True)
class Said:
    """A word and who said it."""

    partner: PartnerId
    word: Word


def given_out(words: Sequence[Word], speech: Sequence[Ipu]) -> list[Said]:
    """Words of both partners, in time order, each given to one of them; words where neither speaks are dropped.

    The cheapest path over the words: a word costs the share of it in which the partner is silent, and a change of
    partner costs more inside a sentence than after one or after a pause. So under overlap a sentence stays with one.
    """
    if not words:
        return []
    spans = {partner: [ipu.span for ipu in speech if ipu.partner == partner] for partner in PARTNERS}
    totals: dict[PartnerId, float] = dict.fromkeys(PARTNERS, 0.0)
    froms: list[dict[PartnerId, PartnerId]] = []
    for i, word in enumerate(words):
        change = _change_cost(words[i - 1], word) if i else 0.0
        origin: dict[PartnerId, PartnerId] = {}
        for partner in PARTNERS:
            stay = totals[partner] <= totals[other(partner)] + change
            origin[partner] = partner if stay else other(partner)
        totals = {
            partner: totals[origin[partner]]
            + (0.0 if origin[partner] == partner else change)
            + _silence_cost(word.span, spans[partner])
            for partner in PARTNERS
        }
        froms.append(origin)
    owner = min(PARTNERS, key=lambda partner: totals[partner])
    owners: list[PartnerId] = []
    for origin in reversed(froms):
        owners.append(owner)
        owner = origin[owner]
    owned = list(zip(words, reversed(owners), strict=True))
    said = [s for partner in PARTNERS for s in placed([w for w, o in owned if o == partner], partner, spans[partner])]
    return sorted(said, key=lambda s: s.word.span.start)


def placed(words: Sequence[Word], partner: PartnerId, spans: Sequence[Span]) -> list[Said]:
    """A partner's words, moved onto the partner's speech where off by jitter, dropped where they are elsewhere."""
    said: list[Said] = []
    at = 0
    for word in words:
        span = _onto(word.span, spans)
        if span is not None:
            at = max(at, span.start)
            said.append(Said(partner, replace(word, span=Span(at, max(at + 1, span.end)))))
    return said


def unheard(said: Sequence[Said], speech: Sequence[Ipu]) -> list[Ipu]:
    """Units that were left without words while their partner spoke alone, each cut down to where that is so.

    The transcriber sometimes follows one of two voices and passes over the other; it also stretches a word over what it
    passed over, so a word covers no more than its letters can take. Speech under the other's is left out, because it is
    what makes the transcriber follow the other.
    """
    found: list[Ipu] = []
    for partner in PARTNERS:
        words = merged(_plausible(s.word) for s in said if s.partner == partner)
        others = merged(ipu.span for ipu in speech if ipu.partner != partner)
        accounted = merged([*words, *others])
        for ipu in (ipu for ipu in speech if ipu.partner == partner):
            silent = ipu.span.duration_ms - _shared_ms(ipu.span, accounted)
            if silent >= max(_LEAST_UNHEARD_MS, _UNHEARD_SHARE * ipu.span.duration_ms):
                found += [
                    Ipu(partner, part) for part in _without(ipu.span, others) if part.duration_ms >= _LEAST_UNHEARD_MS
                ]
    return sorted(found, key=lambda ipu: (ipu.span, ipu.partner))


def covered_ms(said: Sequence[Said], ipu: Ipu) -> Ms:
    """How much of a unit its partner's words account for."""
    near = [s.word for s in said if s.partner == ipu.partner and s.word.span.overlap_ms(ipu.span)]
    return _shared_ms(ipu.span, merged(_plausible(word) for word in near))


def _without(span: Span, others: Sequence[Span]) -> list[Span]:
    """The parts of a span outside others that are ordered and free of overlap."""
    edges = [span.start, *(edge for other in _met(span, others) for edge in (other.start, other.end)), span.end]
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return [Span(start, end) for start, end in pairs if start < end]


def _shared_ms(span: Span, spans: Sequence[Span]) -> Ms:
    """How much of a span is covered by others that are ordered and free of overlap."""
    return sum(span.overlap_ms(other) for other in _met(span, spans))


def _met(span: Span, spans: Sequence[Span]) -> Sequence[Span]:
    """Those of ordered spans without overlap that a span meets."""
    first = bisect_right(spans, span.start, key=lambda other: other.end)
    return spans[first : bisect_left(spans, span.end, key=lambda other: other.start)]


def _change_cost(before: Word, after: Word) -> float:
    cost = _CHANGE_AFTER_SENTENCE if before.text.endswith(SENTENCE_ENDS) else _CHANGE
    return cost - (_PAUSE_DISCOUNT if after.span.start - before.span.end > _PAUSE_MS else 0.0)


def _silence_cost(span: Span, spans: Sequence[Span]) -> float:
    """Share of a word in which the partner is silent, 0 to 1; much more where the partner is silent all around it."""
    if _onto(span, spans) is None:
        return _FOREIGN
    return 1.0 - sum(span.overlap_ms(speech) for speech in spans) / max(1, span.duration_ms)


def _onto(span: Span, spans: Sequence[Span]) -> Span | None:
    """The span within the speech it meets, or at the edge of speech within the slack, or None."""
    met = [speech for speech in spans if span.overlap_ms(speech)]
    if met:
        start, end = max(span.start, met[0].start), min(span.end, met[-1].end)
        return Span(max(met[0].start, min(start, end - EDGE_MS)), min(met[-1].end, max(end, start + EDGE_MS)))
    near = [speech for speech in spans if speech.start - SLACK_MS <= span.end and span.start <= speech.end + SLACK_MS]
    if not near:
        return None
    nearest = min(near, key=lambda speech: max(speech.start - span.end, span.start - speech.end))
    length = min(EDGE_MS, nearest.duration_ms)
    if span.end <= nearest.start:
        return Span(nearest.start, nearest.start + length)
    return Span(nearest.end - length, nearest.end)


def _plausible(word: Word) -> Span:
    """The part of its span that a word can take, with the slack around it."""
    end = min(word.span.end, word.span.start + _WORD_MS + _LETTER_MS * len(word.text))
    return Span(max(0, word.span.start - SLACK_MS), end + SLACK_MS)


__all__ = ["SENTENCE_ENDS", "Said", "covered_ms", "given_out", "placed", "unheard"]
