"""The learned version of the behaviour classifier: linear heads and a network beside the rules, weighed together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from listener.analysis.behaviours.attention import NAMED_SHIFT
from listener.analysis.behaviours.features import LABELS, Rows, answers, features, read, rule_scores
from listener.analysis.behaviours.habits import moves
from listener.analysis.behaviours.rules import PRESENT
from listener.analysis.behaviours.text import words_of
from listener.domain.speech import Behaviour, BehaviourLabel, Utterance
from listener.ports import AnswerReader, SentenceEncoder

HIGHEST, LOWEST = 0.99, 0.5

SURE: Mapping[BehaviourLabel, float] = {
    BehaviourLabel.ADVICE: 0.5,
    BehaviourLabel.COMMITMENT: 0.8,
    BehaviourLabel.INFORMATION: 0.7,
    BehaviourLabel.TOPIC_SHIFT: NAMED_SHIFT,
}
"""Labels for which the rules suffice from this strength on: either finds what the other misses."""

BESIDE_A_QUESTION, IN_TWO_WORDS = 1.5, 2.0
"""So much less likely (log-odds) is a reflection beside a question ("So you drink a lot?" asks for a fact), and one of
a word or two ("Oh, wow."); chosen on AnnoMI's development part."""

PLAINLY_KIND, CLEAR_HARM = 0.8, 3.5
"""Where the rules find support or affirmation so surely and nothing unkind, harm or advice needs such a score."""

BRIEF_WORDS = 2
OUT = -20.0
"""Log-odds of what does not count at all."""

_REFLECTION = LABELS.index(BehaviourLabel.REFLECTION)
_QUESTIONS = [LABELS.index(BehaviourLabel.OPEN_QUESTION), LABELS.index(BehaviourLabel.CLOSED_QUESTION)]

_KIND = [LABELS.index(BehaviourLabel.SUPPORT), LABELS.index(BehaviourLabel.AFFIRMATION)]
_UNKIND = [
    LABELS.index(label)
    for label in (
        BehaviourLabel.ADVICE,
        BehaviourLabel.JUDGEMENT,
        BehaviourLabel.BLAME,
        BehaviourLabel.DISMISSAL,
        BehaviourLabel.TOPIC_SHIFT,
    )
]


@dataclass(frozen=True)
class Heads:
    """Linear heads over `features`: column i of `weights` (numbers, labels) and `bias` belongs to label i.

    Scores are log-odds. `share`: how much of a score is the network's, the rest being the head's. `trust`: how much the
    rules' findings add to it. `thresholds`: from this sum on the label is present. `ngrams` numbers the word sequences
    that the heads know.
    """

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    share: NDArray[np.float32]
    thresholds: NDArray[np.float32]
    trust: NDArray[np.float32]
    ngrams: Mapping[str, int]

    def scores(self, rows: Rows, network: Rows) -> Rows:
        """The scores of heads and network together, shape (rows, labels)."""
        return together(rows @ self.weights + self.bias, network, self.share)


def together(heads: Rows, network: Rows, share: NDArray[np.float32]) -> Rows:
    """One score from both: the weighted mean."""
    scores: Rows = ((1 - share) * heads + share * network).astype(np.float32)
    return scores


def weighed(scores: Rows, rules: Rows, brief: NDArray[np.bool_], trust: NDArray[np.float32]) -> Rows:
    """Scores with what the rules found; `brief` says which utterances are of a word or two.

    Reflections beside a question or in two words count less, and unsure harm in what is plainly kind not at all.
    """
    result = scores + trust * rules
    result[rules[:, _QUESTIONS].max(axis=1) >= PRESENT, _REFLECTION] -= BESIDE_A_QUESTION
    result[brief, _REFLECTION] -= IN_TWO_WORDS
    kind = (rules[:, _KIND].max(axis=1) >= PLAINLY_KIND) & (rules[:, _UNKIND].max(axis=1) < PRESENT)
    for column in _UNKIND:
        result[kind & (scores[:, column] < CLEAR_HARM), column] = OUT
    return result


def decided(leaning: Rows, rules: Rows) -> Rows:
    """Probabilities from how far each label leans above its threshold; questions by the rules, and what suffices."""
    result = (1.0 / (1.0 + np.exp(-np.clip(leaning, OUT, -OUT)))).astype(np.float32)
    result[:, _QUESTIONS] = rules[:, _QUESTIONS]
    suffices = rules >= np.array([SURE.get(label, np.inf) for label in LABELS], dtype=np.float32)
    return np.where(suffices, np.maximum(result, rules), result).astype(np.float32)


def brief(utterances: Sequence[Utterance]) -> NDArray[np.bool_]:
    """Which utterances are of a word or two."""
    return np.array([len(words_of(utterance.text)) <= BRIEF_WORDS for utterance in utterances], dtype=np.bool_)


class LearnedBehaviours:
    """BehaviourClassifier: heads, network and rules, weighed label by label as training found, then by habits."""

    def __init__(self, encoder: SentenceEncoder, reader: AnswerReader, heads: Heads) -> None:
        self._encoder, self._reader, self._heads = encoder, reader, heads

    def label(self, utterances: Sequence[Utterance]) -> list[tuple[Behaviour, ...]]:
        """Behaviours of each utterance, in order, labels sorted by name, probabilities 0.5 to 0.99."""
        if not utterances:
            return []
        seen, heads = read(utterances, self._encoder), self._heads
        rules = rule_scores(seen.found)
        scores = heads.scores(features(utterances, seen, heads.ngrams), self._reader.scores(answers(utterances)))
        leaning = weighed(scores, rules, brief(utterances), heads.trust) - heads.thresholds
        leaning += moves([utterance.partner for utterance in utterances], decided(leaning, rules))
        return [
            _behaviours(row, has_words=any(char.isalnum() for char in utterance.text))
            for utterance, row in zip(utterances, decided(leaning, rules), strict=True)
        ]


def _behaviours(scores: NDArray[np.float32], has_words: bool) -> tuple[Behaviour, ...]:
    """The labels that are present, none where no word was said."""
    if not has_words:
        return ()
    present = {label: float(score) for label, score in zip(LABELS, scores, strict=True) if score >= PRESENT}
    return tuple(
        Behaviour(label, round(min(HIGHEST, max(LOWEST, present[label])), 2))
        for label in sorted(present, key=lambda each: each.value)
    )
