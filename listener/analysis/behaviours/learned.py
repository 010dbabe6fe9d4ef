"""The learned version of the behaviour classifier: a linear head a label beside the rules, and which decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from listener.analysis.behaviours.attention import NAMED_SHIFT
from listener.analysis.behaviours.features import LABELS, Rows, features, read, rule_scores
from listener.analysis.behaviours.rules import PRESENT
from listener.domain.speech import Behaviour, BehaviourLabel, Utterance
from listener.ports import SentenceEncoder

HIGHEST, LOWEST = 0.99, 0.5

SURE: Mapping[BehaviourLabel, float] = {
    BehaviourLabel.ADVICE: 0.5,
    BehaviourLabel.INFORMATION: 0.7,
    BehaviourLabel.TOPIC_SHIFT: NAMED_SHIFT,
}
"""Labels for which the rules suffice from this strength on: either finds what the other misses."""


@dataclass(frozen=True)
class Heads:
    """Linear heads over `features`: column i of `weights` (numbers, labels) and `bias` belongs to label i.

    `thresholds`: from this probability of the head on the label is present. `trust`: how much of the decision is the
    head's, 0 (rules alone) to 1 (head alone). `ngrams` numbers the word sequences that the heads know.
    """

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    thresholds: NDArray[np.float32]
    trust: NDArray[np.float32]
    ngrams: Mapping[str, int]

    def probabilities(self, rows: Rows) -> Rows:
        """The heads' own probabilities, shape (rows, labels)."""
        raw: Rows = (1.0 / (1.0 + np.exp(-(rows @ self.weights + self.bias)))).astype(np.float32)
        return raw


def centred(raw: Rows, thresholds: NDArray[np.float32]) -> Rows:
    """Probabilities stretched so that the threshold comes to lie at 0.5; order and ends are kept."""
    below = PRESENT * raw / thresholds
    above = PRESENT + (1 - PRESENT) * (raw - thresholds) / (1 - thresholds)
    return np.where(raw < thresholds, below, above).astype(np.float32)


class LearnedBehaviours:
    """BehaviourClassifier: the heads' and the rules' probabilities, mixed label by label as training decided."""

    def __init__(self, encoder: SentenceEncoder, heads: Heads) -> None:
        self._encoder, self._heads = encoder, heads

    def label(self, utterances: Sequence[Utterance]) -> list[tuple[Behaviour, ...]]:
        """Behaviours of each utterance, in order, labels sorted by name, probabilities 0.5 to 0.99."""
        if not utterances:
            return []
        seen = read(utterances, self._encoder)
        raw = self._heads.probabilities(features(utterances, seen, self._heads.ngrams))
        mixed = decision(centred(raw, self._heads.thresholds), rule_scores(seen.found), self._heads.trust)
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
