"""An unsure label is read in the light of what its speaker does in the rest of the talk.

"So you never asked" gives back what was heard from someone who has listened all along, and is a charge from someone
who has argued all along. Each speaker's habits are the rates of what they give back, put in and harm with in their
other utterances, drawn towards what is usual (empirical Bayes), and move a label by their log-odds. The rates
that count as usual, and the weights, are the project's own choice: from talk by authors whom neither network nor heads
had read, and from AnnoMI's development part. In a talk of a few utterances nothing moves.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from listener.analysis.behaviours.features import LABELS, Rows
from listener.domain.speech import BehaviourLabel, PartnerId

USUAL_AFTER = 4.0
"""A habit shows with so many utterances: the usual rate counts as much as these."""

LONGEST_MOVE = 2.0
"""A habit moves a label by so much at most, in log-odds."""


def _columns(*labels: BehaviourLabel) -> list[int]:
    return [LABELS.index(label) for label in labels]


_L = BehaviourLabel
_WARM = _columns(_L.REFLECTION, _L.VALIDATION, _L.SUPPORT, _L.AFFIRMATION)
_HARM = _columns(_L.JUDGEMENT, _L.BLAME, _L.DISMISSAL, _L.TOPIC_SHIFT)
_GIVES_BACK = [*_WARM, *_columns(_L.OPEN_QUESTION)]
_PUTS_IN = _columns(_L.ADVICE, _L.INFORMATION, _L.JUDGEMENT, _L.BLAME, _L.DISMISSAL)

USUAL_BACK, USUAL_IN, USUAL_HARM = 0.27, 0.36, 0.22
"""How often an utterance shows any of them, in the project's own labelled talk as it is scored here."""

WARM_BY_BACK, WARM_BY_IN, HARM_BY_HARM, HARM_BY_BACK = 1.0, 1.0, 0.5, 0.25


def moves(speakers: Sequence[PartnerId], probabilities: Rows) -> Rows:
    """By how much (log-odds) the speaker's other utterances move each label, shape (utterances, labels)."""
    result = np.zeros_like(probabilities)
    for speaker in sorted(set(speakers)):
        own = np.flatnonzero([each == speaker for each in speakers])
        back = _habit(probabilities[own], _GIVES_BACK, USUAL_BACK)
        put_in = _habit(probabilities[own], _PUTS_IN, USUAL_IN)
        harm = _habit(probabilities[own], _HARM, USUAL_HARM)
        for column in _WARM:
            result[own, column] = WARM_BY_BACK * back - WARM_BY_IN * put_in
        for column in _HARM:
            result[own, column] = HARM_BY_HARM * harm - HARM_BY_BACK * back
    return np.clip(result, -LONGEST_MOVE, LONGEST_MOVE).astype(np.float32)


def _habit(probabilities: Rows, columns: list[int], usual: float) -> NDArray[np.float64]:
    """Log-odds of the rate of any of the labels in the speaker's other utterances, against the usual rate."""
    shown = 1.0 - np.prod(1.0 - probabilities[:, columns].astype(np.float64), axis=1)
    others = shown.sum() - shown
    rate = (others + USUAL_AFTER * usual) / (len(shown) - 1 + USUAL_AFTER)
    habit: NDArray[np.float64] = np.log(rate / (1 - rate)) - np.log(usual / (1 - usual))
    return habit
