"""Words to utterances: what one partner said in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from listener.analysis.word_owners import SENTENCE_ENDS, Said
from listener.domain.span import Ms, Span
from listener.domain.speech import PARTNERS, Ipu, PartnerId, Utterance, Word

PAUSE_MS: Ms = 700
"""A pause this long ends an utterance."""

SENTENCE_PAUSE_MS: Ms = 300
"""A pause this long ends an utterance after a sentence, or where the other partner takes the floor in it."""

BACKCHANNEL_MS: Ms = 1_000
"""Speech up to this long does not take the floor."""

PROBABILITY_DECIMALS = 4


def utterances_of(said: Sequence[Said], speech: Sequence[Ipu]) -> tuple[Utterance, ...]:
    """Utterances of both partners, ordered by start and partner, from words in any order."""
    result: list[Utterance] = []
    for partner in PARTNERS:
        words = _ordered([s.word for s in said if s.partner == partner])
        floor_takers = [ipu.span for ipu in speech if ipu.partner != partner and ipu.span.duration_ms > BACKCHANNEL_MS]
        result += _grouped(words, partner, floor_takers)
    return tuple(sorted(result, key=lambda u: (u.span.start, u.partner)))


def _ordered(words: list[Word]) -> list[Word]:
    """Words by time, none ending after the next one starts as far as that leaves it a length, probabilities rounded."""
    words = sorted(words, key=lambda word: word.span.start)
    for i, after in enumerate(words[1:]):
        before = words[i].span
        if before.start < after.span.start < before.end:
            words[i] = replace(words[i], span=Span(before.start, after.span.start))
    return [replace(word, probability=round(word.probability, PROBABILITY_DECIMALS)) for word in words]


def _grouped(words: Sequence[Word], partner: PartnerId, floor_takers: Sequence[Span]) -> list[Utterance]:
    groups: list[list[Word]] = []
    for word in words:
        if groups and not _ends_between(groups[-1][-1], word, floor_takers):
            groups[-1].append(word)
        else:
            groups.append([word])
    return [
        Utterance(
            partner,
            Span(group[0].span.start, max(word.span.end for word in group)),
            " ".join(word.text for word in group),
            tuple(group),
        )
        for group in groups
    ]


def _ends_between(before: Word, after: Word, floor_takers: Sequence[Span]) -> bool:
    pause_ms = after.span.start - before.span.end
    if pause_ms >= PAUSE_MS:
        return True
    if pause_ms < SENTENCE_PAUSE_MS:
        return False
    pause = Span(before.span.end, after.span.start)
    return before.text.endswith(SENTENCE_ENDS) or any(pause.overlap_ms(taker) for taker in floor_takers)


__all__ = ["utterances_of"]
