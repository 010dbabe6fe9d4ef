"""What the partners are asked when a practice is over, and how their answers join the session's record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from listener.domain.practice import Rubric
from listener.domain.session import Answer, Promise, SessionRecord
from listener.domain.speech import PARTNERS, PartnerId

RATED = ("validate", "full-attention", "be-clear", "dependable")
"""Guidelines whose question is about the other partner and can be answered from 1 to 5, felt heard first.

`right-time` is asked at the check-in, `keep-promises` and `shared-interests` want words, `honesty` is about oneself.
"""

SCALE = range(1, 6)


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the check-out."""

    guideline: str
    text: str


@dataclass(slots=True)
class CheckOut:
    """What has been answered so far; a question that is left out has no entry."""

    ratings: dict[PartnerId, dict[str, int]] = field(default_factory=lambda: {p: {} for p in PARTNERS})
    promises: dict[PartnerId, list[str]] = field(default_factory=lambda: {p: [] for p in PARTNERS})

    def added_to(self, record: SessionRecord) -> SessionRecord:
        """The record with these answers and typed promises in place of any that it had."""
        found = tuple(promise for promise in record.promises if promise.origin == "found")
        return replace(record, answers=_answers(self.ratings), promises=_promises(self.promises) + found)


def questions(rubric: Rubric) -> tuple[Question, ...]:
    """The questions that each partner answers alone, in the order of asking."""
    asked = {guideline.id: guideline.asked for guideline in rubric.guidelines}
    return tuple(Question(id_, text) for id_ in RATED if (text := asked.get(id_)))


def _answers(ratings: Mapping[PartnerId, Mapping[str, int]]) -> tuple[Answer, ...]:
    return tuple(Answer(p, guideline, value) for p in PARTNERS for guideline, value in ratings[p].items())


def _promises(promises: Mapping[PartnerId, Sequence[str]]) -> tuple[Promise, ...]:
    return tuple(Promise(p, text.strip()) for p in PARTNERS for text in promises[p] if text.strip())
