"""How much the rules add to a score and from which sum on a label is present, chosen on talk by authors not read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from listener.analysis.behaviours.features import LABELS, Rows
from listener.analysis.behaviours.habits import moves
from listener.analysis.behaviours.learned import decided, weighed
from listener.analysis.behaviours.rules import PRESENT
from listener.domain.speech import BehaviourLabel, PartnerId

TRUSTS = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0)
THRESHOLDS = np.linspace(-4.0, 4.0, 81, dtype=np.float32)
ROUNDS = 2
"""Habits rest on thresholds and thresholds on habits: worked out so often in turn."""

HARMFUL = frozenset(
    {BehaviourLabel.JUDGEMENT, BehaviourLabel.BLAME, BehaviourLabel.DISMISSAL, BehaviourLabel.TOPIC_SHIFT}
)
HARM_BETA = 0.7
"""These lower what a person is told of their listening: a wrong one weighs more than a missed one (F.7, not F1)."""

Weights = NDArray[np.float32]


@dataclass(frozen=True)
class Scored:
    """Labelled utterances with scores by models that had not read their author; a talk's stand together.

    `scores`, `rules` and `labels` have shape (utterances, labels); `talks` numbers each utterance's talk.
    """

    scores: Rows
    rules: Rows
    brief: NDArray[np.bool_]
    labels: NDArray[np.bool_]
    talks: NDArray[np.int64]
    speakers: Sequence[PartnerId]

    def moved(self, probabilities: Rows) -> Rows:
        """How far habits move each label."""
        result = np.zeros_like(probabilities)
        for talk in np.unique(self.talks):
            at = np.flatnonzero(self.talks == talk)
            result[at] = moves([self.speakers[int(i)] for i in at], probabilities[at])
        return result


def chosen(data: Scored, tuned: Mapping[BehaviourLabel, tuple[float, float]]) -> tuple[Weights, Weights]:
    """Thresholds and trust of all labels; those in `tuned` (threshold, trust) stay as they are."""
    thresholds, trust = _all_chosen(data, tuned, np.zeros_like(data.scores))
    for _ in range(ROUNDS):
        leaning = weighed(data.scores, data.rules, data.brief, trust) - thresholds
        thresholds, trust = _all_chosen(data, tuned, data.moved(decided(leaning, data.rules)))
    return thresholds, trust


def _all_chosen(
    data: Scored, tuned: Mapping[BehaviourLabel, tuple[float, float]], habits: Rows
) -> tuple[Weights, Weights]:
    choices = [tuned.get(label) or _chosen(data, column, habits) for column, label in enumerate(LABELS)]
    return np.array([at for at, _ in choices], dtype=np.float32), np.array([each for _, each in choices], np.float32)


def present(data: Scored, thresholds: Weights, trust: Weights) -> NDArray[np.bool_]:
    """Which labels are found, shape (utterances, labels)."""
    leaning = weighed(data.scores, data.rules, data.brief, trust) - thresholds
    leaning += data.moved(decided(leaning, data.rules))
    return decided(leaning, data.rules) >= PRESENT


def _chosen(data: Scored, column: int, habits: Rows) -> tuple[float, float]:
    """Threshold and trust of one label with the highest smoothed F measure; more trust must win clearly."""
    beta, wanted = HARM_BETA if LABELS[column] in HARMFUL else 1.0, data.labels[:, column]
    best, choice = -1.0, (0.0, 0.0)
    for trust in TRUSTS:
        same = np.full(len(LABELS), trust, dtype=np.float32)
        leaning = weighed(data.scores, data.rules, data.brief, same) + habits
        found = [decided(leaning - at, data.rules)[:, column] >= PRESENT for at in THRESHOLDS]
        scores = [f(wanted, given, beta) for given in found]
        smooth = np.convolve(np.pad(scores, 3, mode="edge"), np.ones(7) / 7, "valid")
        if smooth.max() > best + 0.002:
            best, choice = float(smooth.max()), (float(THRESHOLDS[int(smooth.argmax())]), trust)
    return choice


def f(wanted: NDArray[np.bool_], given: NDArray[np.bool_], beta: float = 1.0) -> float:
    """F measure of the positive class, 0 where nothing is right; below 1 `beta` favours precision."""
    right, often = (wanted & given).sum(), beta**2
    return float((1 + often) * right / max(1, often * wanted.sum() + given.sum()))
