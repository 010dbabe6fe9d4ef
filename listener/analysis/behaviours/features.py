"""Utterances as numbers for the learned heads: meaning, uptake of the partner's turn, wordings, rules' findings."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from listener.analysis.behaviours.cues import CUES
from listener.analysis.behaviours.lexicon import word_list
from listener.analysis.behaviours.rules import RuleBehaviours
from listener.analysis.behaviours.text import Sentence, sentences_of
from listener.domain.speech import Behaviour, BehaviourLabel, Utterance, other
from listener.ports import Answer, SentenceEncoder

LABELS: tuple[BehaviourLabel, ...] = tuple(BehaviourLabel)
"""The order of the rules' findings among the features, and of the heads."""

Rows = NDArray[np.float32]
"""Features or embeddings, shape (utterances, numbers)."""

MEANING, ANSWERED, AGREEMENT, FOUND, BEFORE, CUE, SHAPE, WORDS = 1.0, 0.7, 8.0, 0.7, 0.5, 0.4, 0.7, 0.35
"""Scales of the groups: one penalty for all weights then holds back the wide groups more than the telling ones."""

LONGEST_WORDS = 40
"""Lengths count up to here."""

TELLING_WORDS = 3
"""An utterance of so many words says something that can be answered; fewer are mostly a listening sound."""

NGRAM = 3
"""Words in a row, at most, that count as one wording."""

_I = frozenset(["i", "i'm", "i've", "i'd", "i'll", "my", "me", "mine", "myself"])
_YOU = frozenset(["you", "you're", "you've", "you'd", "you'll", "your", "yours", "yourself"])
_WE = frozenset(["we", "we're", "we've", "we'll", "us", "our", "let's", "together"])
_THEY = frozenset(["he", "she", "they", "him", "her", "them", "his", "their", "he's", "she's", "they're", "it", "it's"])
_STARTS = (
    frozenset(["what", "how", "why"]),
    frozenset(["who", "when", "where", "which"]),
    frozenset(word_list("do did does are is was were have has can could will would should am d'you")),
    frozenset(["i", "i'm", "i've", "i'd", "i'll"]),
    frozenset(["you", "you're", "you've", "your"]),
    frozenset(["so", "and", "but", "because"]),
    frozenset(["oh", "well", "yeah", "no", "okay", "right", "fine"]),
    frozenset(["it", "it's", "that", "that's", "there", "this"]),
)


@dataclass(frozen=True, slots=True)
class _Said:
    """An utterance as the features see it.

    `answers` is the partner's last utterance of substance, `before` the speaker's own last one; `goes_on` says that the
    partner did no more than make a listening sound in between.
    """

    sentences: tuple[Sentence, ...]
    words: tuple[str, ...]
    stems: frozenset[str]
    answers: int | None
    before: int | None
    goes_on: bool


@dataclass(frozen=True, slots=True)
class Read:
    """The embeddings of utterances and what the rules found in them, row by row."""

    meanings: Rows
    found: tuple[tuple[Behaviour, ...], ...]


def read(utterances: Sequence[Utterance], encoder: SentenceEncoder) -> Read:
    """What the features of a conversation rest on."""
    return Read(encoder.embed([each.text for each in utterances]), tuple(RuleBehaviours().label(utterances)))


def features(utterances: Sequence[Utterance], seen: Read, ngrams: Mapping[str, int]) -> Rows:
    """One row for each utterance; the last columns are the `ngrams`, word sequences that were frequent in training."""
    said = _said(utterances)
    meanings, found = seen.meanings, rule_scores(seen.found)
    answers, before = [one.answers for one in said], [one.before for one in said]
    answered = _rows(meanings, answers)
    return np.hstack(
        [
            meanings * MEANING,
            answered * ANSWERED,
            meanings * answered * AGREEMENT,
            (meanings * answered).sum(axis=1, keepdims=True),
            (meanings * _rows(meanings, before)).sum(axis=1, keepdims=True),
            found * FOUND,
            _rows(found, answers) * BEFORE,
            _rows(found, before) * BEFORE,
            _cues(said) * CUE,
            np.array([_shape(one, said) for one in said], dtype=np.float32).reshape(len(said), -1) * SHAPE,
            _wordings(said, ngrams) * WORDS,
        ]
    ).astype(np.float32)


def answers(utterances: Sequence[Utterance]) -> list[Answer]:
    """Every utterance beside the partner's last telling before it."""
    return [
        Answer("" if one.answers is None else utterances[one.answers].text, utterance.text)
        for one, utterance in zip(_said(utterances), utterances, strict=True)
    ]


def rule_scores(found: Sequence[tuple[Behaviour, ...]]) -> Rows:
    """The rules' probabilities, shape (utterances, labels), 0 where a label was not found."""
    scores = np.zeros((len(found), len(LABELS)), dtype=np.float32)
    for row, behaviours in enumerate(found):
        for behaviour in behaviours:
            scores[row, LABELS.index(behaviour.label)] = behaviour.probability
    return scores


def ngrams_of(words: Sequence[str]) -> set[str]:
    """Every one to NGRAM words in a row."""
    return {" ".join(words[at : at + n]) for n in range(1, NGRAM + 1) for at in range(len(words) - n + 1)}


def _said(utterances: Sequence[Utterance]) -> list[_Said]:
    result: list[_Said] = []
    last: dict[str, int] = {}
    telling: dict[str, int] = {}
    floor: str | None = None
    for at, utterance in enumerate(utterances):
        who = other(utterance.partner)
        answers, before = telling.get(who, last.get(who)), last.get(utterance.partner)
        sentences = sentences_of(utterance.text)
        words = tuple(word for sentence in sentences for word in sentence.plain.split())
        stems = frozenset().union(*(sentence.stems for sentence in sentences))
        result.append(_Said(sentences, words, stems, answers, before, floor == utterance.partner))
        last[utterance.partner] = at
        if len(words) >= TELLING_WORDS:
            telling[utterance.partner], floor = at, utterance.partner
    return result


def _rows(rows: Rows, chosen: Sequence[int | None]) -> Rows:
    """The chosen rows, zeros where there is none."""
    result = np.zeros((len(chosen), rows.shape[1]), dtype=np.float32)
    for row, at in enumerate(chosen):
        if at is not None:
            result[row] = rows[at]
    return result


def _cues(said: Sequence[_Said]) -> Rows:
    rows = np.zeros((len(said), len(CUES)), dtype=np.float32)
    for row, one in enumerate(said):
        for sentence in one.sentences:
            rows[row, list(_cues_in(sentence.plain))] = 1.0
    return rows


@lru_cache(maxsize=4096)
def _cues_in(plain: str) -> tuple[int, ...]:
    """The numbers of the cues in a sentence; remembered, because short answers come again and again."""
    return tuple(number for number, (_, cue) in enumerate(CUES) if cue.search(plain))


def _shape(one: _Said, said: Sequence[_Said]) -> list[float]:
    """Length, person, marks, starts and what is taken up from the partner's utterance before."""
    size = len(one.words)
    partner = said[one.answers] if one.answers is not None else None
    heard = partner.stems if partner else frozenset()
    shared = len(one.stems & heard)
    whole = max(size, 1)
    shares = [sum(word in group for word in one.words) / whole for group in (_I, _YOU, _WE, _THEY)]
    asks = [sentence.asks for sentence in one.sentences]
    first = one.sentences[0].core.split(" ")[0] if one.sentences else ""
    turned = partner is not None and any(w in _I for w in partner.words) and any(w in _YOU for w in one.words)
    return [
        min(size, LONGEST_WORDS) / 20,
        float(size <= 2),
        float(size <= 4),
        float(size <= 8),
        len(one.sentences) / 4,
        *[3 * share for share in shares],
        *[float(share > 0) for share in shares],
        float(any(asks)),
        float(bool(asks) and asks[-1]),
        *[float(first in group) for group in _STARTS],
        min(len(partner.words), LONGEST_WORDS) / 20 if partner else 0.0,
        float(partner is None),
        shared / max(len(one.stems), 1),
        float(shared > 0),
        float(turned),
        float(turned and not any(w in _I for w in one.words)),
        float(one.goes_on),
        math.log1p(size) / 2,
        max((len(s.stems & heard) / len(s.stems) for s in one.sentences if s.stems), default=0.0),
        max((s.size for s in one.sentences if not s.asks), default=0) / whole,
    ]


def _wordings(said: Sequence[_Said], ngrams: Mapping[str, int]) -> Rows:
    rows = np.zeros((len(said), len(ngrams)), dtype=np.float32)
    for row, one in enumerate(said):
        for wording in ngrams_of(one.words):
            if wording in ngrams:
                rows[row, ngrams[wording]] = 1.0
    return rows
