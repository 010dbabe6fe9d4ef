"""What is heard: stretches of speech, words, utterances and the listening behaviours in them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypeAlias

from listener.domain.span import Span

PartnerId: TypeAlias = Literal["A", "B"]
"""Which of the two partners. With two microphones A is the first channel."""

PARTNERS: tuple[PartnerId, PartnerId] = ("A", "B")


def other(partner: PartnerId) -> PartnerId:
    """The partner of this partner."""
    return "B" if partner == "A" else "A"


@dataclass(frozen=True, slots=True)
class Ipu:
    """Inter-pausal unit: speech of one partner without an inner silence of 200 ms or more (Heldner & Edlund 2010)."""

    partner: PartnerId
    span: Span


@dataclass(frozen=True, slots=True)
class TwoAtOnce:
    """Both partners speaking, as heard by one microphone; `probability`, 0 to 1, is the mean over the span."""

    span: Span
    probability: float


@dataclass(frozen=True, slots=True)
class Word:
    """One word as transcribed; `probability` 0 to 1 is the transcriber's own."""

    text: str
    span: Span
    probability: float


class BehaviourLabel(StrEnum):
    """What an utterance does, in the words of the report contract."""

    OPEN_QUESTION = "open_question"
    CLOSED_QUESTION = "closed_question"
    REFLECTION = "reflection"
    VALIDATION = "validation"
    SUPPORT = "support"
    AFFIRMATION = "affirmation"
    APPRECIATION = "appreciation"
    APOLOGY = "apology"
    ADVICE = "advice"
    JUDGEMENT = "judgement"
    BLAME = "blame"
    DISMISSAL = "dismissal"
    TOPIC_SHIFT = "topic_shift"
    SELF_DISCLOSURE = "self_disclosure"
    FEELING_STATEMENT = "feeling_statement"
    PERSPECTIVE_TAKING = "perspective_taking"
    COMMITMENT = "commitment"
    BACKCHANNEL = "backchannel"
    INFORMATION = "information"


@dataclass(frozen=True, slots=True)
class Behaviour:
    """A label with its probability 0 to 1; 0.5 or more means present."""

    label: BehaviourLabel
    probability: float


@dataclass(frozen=True, slots=True)
class Utterance:
    """What one partner said in one go. `words` is empty where only text is known."""

    partner: PartnerId
    span: Span
    text: str
    words: tuple[Word, ...] = ()
    behaviours: tuple[Behaviour, ...] = ()

    def shows(self, label: BehaviourLabel) -> bool:
        """Whether the behaviour is present (probability 0.5 or more)."""
        return any(b.label is label and b.probability >= 0.5 for b in self.behaviours)
