"""Scores from the partners' own answers, where the recording shows nothing or too little."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from listener.domain.practice import Guideline
from listener.domain.report import GuidelineScore, Measurement
from listener.domain.session import Answer
from listener.domain.speech import PARTNERS, PartnerId, other

ANSWERS = "answers"
STEPS = 4
"""An answer runs from 1 to 5, four steps from not at all to fully."""

HALF_STEP = 12
"""Points by which an answer may be off: half a step of the scale."""


def asked_score(
    guideline: Guideline, whom: PartnerId | Literal["both"], answers: Sequence[Answer]
) -> GuidelineScore | None:
    """The row that the answers give: about a partner the other one's, for the couple both; None without an answer."""
    askers = tuple(other(p) for p in PARTNERS if whom in {p, "both"})
    given = [a.value for a in answers if a.guideline == guideline.id and a.partner in askers]
    if not given:
        return None
    counted = Measurement(ANSWERS, sum(value - 1 for value in given), STEPS * len(given), "share")
    score = round(100 * (counted.value or 0.0))
    return GuidelineScore(
        id=guideline.id,
        partner=whom,
        score=score,
        low=max(0, score - HALF_STEP),
        high=min(100, score + HALF_STEP),
        withheld=None,
        basis="asked",
        measurements=(counted,),
    )
