"""The learned version of the behaviour classifier: a linear head a label beside the rules, and which decides."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from listener.analysis.behaviours.features import LABELS, Rows, features, read, rule_scores
from listener.analysis.behaviours.rules import PRESENT
from listener.domain.speech import Behaviour, BehaviourLabel, Utterance
from listener.ports import SentenceEncoder

HIGHEST, LOWEST = 0.99, 0.5

EITHER = frozenset({BehaviourLabel.ADVICE})
"""Labels for which the head or the rules suffice: on AnnoMI either misses advice that the other finds."""


LONG_WORDS = 15
"""The heads learned from couples' short turns; in longer ones they miss what the rules find. Chosen on AnnoMI."""

EITHER_IF_LONG = frozenset({BehaviourLabel.REFLECTION})
RULES_IF_LONG = frozenset({BehaviourLabel.INFORMATION})
"""How labels are decided in utterances of more than `LONG_WORDS` words."""


@dataclass(frozen=True)
class Heads:
    """Linear heads over `features`: column i of `weights` (numbers, labels) and `bias` belongs to label i.

    `thresholds`: from this probability of the head on the label is present. `trust`: how much of the decision is the
    head's, 0 (rules alone) to 1 (head alone). `pieces`: how much the best sentence of an utterance counts beside the
    whole, 0 to 1. `ngrams` numbers the word sequences that the heads know.
    """

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    thresholds: NDArray[np.float32]
    trust: NDArray[np.float32]
    pieces: NDArray[np.float32]
    ngrams: Mapping[str, int]

    def probabilities(self, rows: Rows) -> Rows:
        """The heads' own probabilities, shape (rows, labels)."""
        raw: Rows = (1.0 / (1.0 + np.exp(-(rows @ self.weights + self.bias)))).astype(np.float32)
        return raw


def best_piece(wholes: Rows, pieces: Rows, owners: Sequence[int]) -> Rows:
    """For each utterance and label the highest probability among the whole and its sentences."""
    best = wholes.copy()
    np.maximum.at(best, np.asarray(owners, dtype=np.intp), pieces)
    return best


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
        heads = self._heads
        wholes, pieces = read(utterances, self._encoder, cut=bool(heads.pieces.any()))
        whole = heads.probabilities(features(utterances, wholes, wholes, heads.ngrams))
        raw = whole
        if heads.pieces.any():
            cut = heads.probabilities(features(utterances, wholes, pieces, heads.ngrams))
            raw = (1 - heads.pieces) * whole + heads.pieces * best_piece(whole, cut, pieces.owners)
        long = np.array([len(utterance.text.split()) > LONG_WORDS for utterance in utterances])
        mixed = decision(centred(raw, heads.thresholds), rule_scores(wholes.found), heads.trust, long)
        return [
            _behaviours(scores, has_words=any(char.isalnum() for char in utterance.text))
            for utterance, scores in zip(utterances, mixed, strict=True)
        ]


def decision(learned: Rows, rules: Rows, trust: NDArray[np.float32], long: NDArray[np.bool_]) -> Rows:
    """Learned and rules' probabilities as one, shape (rows, labels); `long` tells long utterances, shape (rows,).

    The weighted mean, but the higher of both where either suffices, and the rules' where only they are to be trusted.
    """
    either = _among(EITHER) | (long[:, None] & _among(EITHER_IF_LONG))
    by_rules = long[:, None] & _among(RULES_IF_LONG)
    mixed = np.where(either, np.maximum(learned, rules), mixture(learned, rules, trust))
    return np.where(by_rules, rules, mixed).astype(np.float32)


def _among(labels: Collection[BehaviourLabel]) -> NDArray[np.bool_]:
    return np.array([label in labels for label in LABELS])


def mixture(learned: Rows, rules: Rows, trust: NDArray[np.float32]) -> Rows:
    """The weighted mean of both probabilities."""
    return (trust * learned + (1 - trust) * rules).astype(np.float32)


def _behaviours(scores: NDArray[np.float32], has_words: bool) -> tuple[Behaviour, ...]:
    """The labels that are present, none where no word was said."""
    if not has_words:
        return ()
    present = {label: float(score) for label, score in zip(LABELS, scores, strict=True) if score >= PRESENT}
    return tuple(
        Behaviour(label, round(min(HIGHEST, max(LOWEST, present[label])), 2))
        for label in sorted(present, key=lambda each: each.value)
    )
