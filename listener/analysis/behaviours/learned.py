"""The learned version of the behaviour classifier: linear heads and a network beside the rules, and which decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from listener.analysis.behaviours.attention import NAMED_SHIFT
from listener.analysis.behaviours.features import LABELS, Rows, answers, features, read, rule_scores
from listener.analysis.behaviours.rules import PRESENT
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

CLEAR_REFLECTION = 0.7
"""From here on a reflection is clear; chosen on AnnoMI's development part: "So you drink a lot?" asks for a fact."""

PLAINLY_KIND, CLEAR_HARM = 0.8, 0.97
"""Where the rules find support or affirmation so surely and nothing unkind, only so clear harm or advice counts."""

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

    `share`: how much of a score is the network's, the rest being the head's. `thresholds`: from this probability of
    both on the label is present. `trust`: how much of the decision is theirs, 0 (rules alone) to 1 (they alone).
    `ngrams` numbers the word sequences that the heads know.
    """

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    share: NDArray[np.float32]
    thresholds: NDArray[np.float32]
    trust: NDArray[np.float32]
    ngrams: Mapping[str, int]

    def probabilities(self, rows: Rows, network: Rows) -> Rows:
        """The probabilities of heads and network together, shape (rows, labels)."""
        return together(rows @ self.weights + self.bias, network, self.share)


def together(heads: Rows, network: Rows, share: NDArray[np.float32]) -> Rows:
    """One probability from the scores of both: the weighted mean of the scores."""
    scores = (1 - share) * heads + share * network
    raw: Rows = (1.0 / (1.0 + np.exp(-scores))).astype(np.float32)
    return raw


def centred(raw: Rows, thresholds: NDArray[np.float32]) -> Rows:
    """Probabilities stretched so that the threshold comes to lie at 0.5; order and ends are kept."""
    below = PRESENT * raw / thresholds
    above = PRESENT + (1 - PRESENT) * (raw - thresholds) / (1 - thresholds)
    return np.where(raw < thresholds, below, above).astype(np.float32)


def cleared(raw: Rows, rules: Rows) -> Rows:
    """Probabilities without unsure reflections beside a question, and without unsure harm in what is plainly kind."""
    result = raw.copy()
    asking = rules[:, _QUESTIONS].max(axis=1) >= PRESENT
    result[asking & (raw[:, _REFLECTION] < CLEAR_REFLECTION), _REFLECTION] = 0.0
    kind = (rules[:, _KIND].max(axis=1) >= PLAINLY_KIND) & (rules[:, _UNKIND].max(axis=1) < PRESENT)
    for column in _UNKIND:
        result[kind & (raw[:, column] < CLEAR_HARM), column] = 0.0
    return result


class LearnedBehaviours:
    """BehaviourClassifier: heads, network and rules, mixed label by label as training decided."""

    def __init__(self, encoder: SentenceEncoder, reader: AnswerReader, heads: Heads) -> None:
        self._encoder, self._reader, self._heads = encoder, reader, heads

    def label(self, utterances: Sequence[Utterance]) -> list[tuple[Behaviour, ...]]:
        """Behaviours of each utterance, in order, labels sorted by name, probabilities 0.5 to 0.99."""
        if not utterances:
            return []
        seen = read(utterances, self._encoder)
        network = self._reader.scores(answers(utterances))
        rules = rule_scores(seen.found)
        raw = self._heads.probabilities(features(utterances, seen, self._heads.ngrams), network)
        mixed = decision(centred(cleared(raw, rules), self._heads.thresholds), rules, self._heads.trust)
        return [
            _behaviours(scores, has_words=any(char.isalnum() for char in utterance.text))
            for utterance, scores in zip(utterances, mixed, strict=True)
        ]


def decision(learned: Rows, rules: Rows, trust: NDArray[np.float32]) -> Rows:
    """Learned and rules' probabilities as one, shape (rows, labels): the weighted mean, or what suffices by rule."""
    mixed = trust * learned + (1 - trust) * rules
    suffices = rules >= np.array([SURE.get(label, np.inf) for label in LABELS], dtype=np.float32)
    return np.where(suffices, np.maximum(mixed, rules), mixed).astype(np.float32)


def _behaviours(scores: NDArray[np.float32], has_words: bool) -> tuple[Behaviour, ...]:
    """The labels that are present, none where no word was said."""
    if not has_words:
        return ()
    present = {label: float(score) for label, score in zip(LABELS, scores, strict=True) if score >= PRESENT}
    return tuple(
        Behaviour(label, round(min(HIGHEST, max(LOWEST, present[label])), 2))
        for label in sorted(present, key=lambda each: each.value)
    )
