"""From which score on a label is present, and how far heads and network are trusted beside the rules."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from listener.analysis.behaviours.features import LABELS
from listener.analysis.behaviours.learned import SURE, centred
from listener.analysis.behaviours.rules import PRESENT
from listener.domain.speech import BehaviourLabel

TRUSTS = (0.35, 0.5, 0.65, 0.8, 1.0)
THRESHOLDS = np.linspace(0.12, 0.85, 74)

HARMFUL = frozenset(
    {BehaviourLabel.JUDGEMENT, BehaviourLabel.BLAME, BehaviourLabel.DISMISSAL, BehaviourLabel.TOPIC_SHIFT}
)
HARM_BETA = 0.7
"""These lower what a person is told of their listening: a wrong one weighs more than a missed one (F.7, not F1)."""


def present(
    column: int, raw: NDArray[np.float32], rules: NDArray[np.float32], how: tuple[float, float]
) -> NDArray[np.bool_]:
    """Where a label is present when its head is decided by threshold and trust."""
    threshold, trust = how
    mixed = trust * centred(raw, np.array(threshold, dtype=np.float32)) + (1 - trust) * rules
    return np.where(rules >= SURE.get(LABELS[column], np.inf), np.maximum(mixed, rules), mixed) >= PRESENT


def decided(
    column: int, raw: NDArray[np.float32], rules: NDArray[np.float32], wanted: NDArray[np.bool_]
) -> tuple[float, float]:
    """Threshold and trust with the highest smoothed F measure; less trust in head and network must win clearly."""
    beta = HARM_BETA if LABELS[column] in HARMFUL else 1.0
    best, chosen = -1.0, (0.5, 1.0)
    for trust in reversed(TRUSTS):
        scores = [f(wanted, present(column, raw, rules, (float(at), trust)), beta) for at in THRESHOLDS]
        smooth = np.convolve(np.pad(scores, 3, mode="edge"), np.ones(7) / 7, "valid")
        if smooth.max() > best + 0.003:
            best, chosen = float(smooth.max()), (float(THRESHOLDS[int(smooth.argmax())]), trust)
    return chosen


def f(wanted: NDArray[np.bool_], given: NDArray[np.bool_], beta: float = 1.0) -> float:
    """F measure of the positive class, 0 where nothing is right; below 1 `beta` favours precision."""
    right, often = (wanted & given).sum(), beta**2
    return float((1 + often) * right / max(1, often * wanted.sum() + given.sum()))
