"""The bundled rubric's advice on a drawn or written conversation, for one guideline and for Ben alone."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from listener.adapters.practice_toml import load_rubric
from listener.analysis.advice import advise
from listener.analysis.conversation import Conversation
from listener.analysis.scoring import score
from listener.domain.practice import AdviceTexts, Partner, Role, Rubric
from listener.domain.report import Advice
from listener.domain.speech import BehaviourLabel
from tests.drawn_talk import labelled, shown, talk

PARTNERS = (Partner("A", "Anna", Role.BOTH, True), Partner("B", "Ben", Role.BOTH, True))
RUBRIC = load_rubric(Path(__file__).parents[1] / "scenarios" / "guidelines.toml")

TALK = 4 * "A: We met the neighbours at the market today.\nB: The market is open late on Fridays.\n"


def only(guideline_id: str, *advice: AdviceTexts) -> Rubric:
    (guideline,) = (each for each in RUBRIC.guidelines if each.id == guideline_id)
    return Rubric("1", (dataclasses.replace(guideline, advice=advice or guideline.advice),))


def advised(conversation: Conversation, guideline_id: str, *advice: AdviceTexts) -> Advice:
    """What is said where a guideline is all that is looked at, and the listener Ben all who is scored."""
    rubric = only(guideline_id, *advice)
    rows = [row for row in score(conversation, rubric) if row.partner in {"B", "both"}]
    return advise(rows, rubric, PARTNERS, (), conversation)


def to_try(conversation: Conversation, guideline_id: str, *advice: AdviceTexts) -> str:
    return advised(conversation, guideline_id, *advice).try_next


def with_labels(text: str, *found: BehaviourLabel) -> Conversation:
    """The lines by the rules, but whatever Ben says in the first of every two lines shows the labels."""
    said = labelled(text)
    return talk([shown(u, *found) if u.partner == "B" and at % 4 == 1 else u for at, u in enumerate(said)])
