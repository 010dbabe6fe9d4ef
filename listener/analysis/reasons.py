"""Why a moment counts, in the words that the couple reads; and which reasons speak for the listener."""

from __future__ import annotations

from enum import StrEnum

from listener.domain.report import Evidence
from listener.domain.speech import BehaviourLabel


class Reason(StrEnum):
    """Half a sentence each about the partner who is scored; what tells most comes first.

    `key` is its name in the rubric's advice.
    """

    REFLECTION = "gave back in own words what the other had said"
    VALIDATION = "let the other's view make sense"
    FEELING_MET = "answered a feeling that the other had named"
    PERSPECTIVE = "looked at it from the other's side"
    SUPPORT = "offered to be there"
    APOLOGY = "said sorry"
    APPRECIATION = "said thank you"
    AFFIRMATION = "said something good about the other"
    OPEN_QUESTION = "asked an open question"
    COMMITMENT = "said what they will do"
    FEELING = "named an own feeling"
    DISCLOSURE = "let the other see how it is inside"
    TOOK_UP = "took up what had just been said"
    SOFTLY = "answered a feeling in a voice as soft as in their own calm talk"
    LET_FINISH = "left the room to finish a longer thought"
    LISTENING_SOUND = "let it be heard that they were listening"
    REPLY_IN_TIME = "answered without cutting in and without a long wait"
    BLAME = "put the blame on the other"
    JUDGEMENT = "passed a verdict"
    DISMISSAL = "made it smaller than it was for the other"
    CUT_IN = "took over before the other had finished"
    FEELING_MISSED = "passed over a feeling that the other had named"
    REQUEST_UNMET = "left a request without a clear answer"
    TOPIC_SHIFT = "moved on to something else"
    UNASKED_ADVICE = "gave advice that had not been asked for"
    PASSED_OVER = "went on without taking up what had just been said"
    TRIED_TO_CUT_IN = "began to speak while the other was still talking"
    REPLY_EARLY = "came in early"
    REPLY_LATE = "left a long silence before answering"
    LONG_TURN = "spoke for more than a minute without a break for the other"
    HEDGED = "left it vague"
    CLOSED_QUESTION = "asked a question with a short answer"
    RAISED_VOICE = "spoke louder and higher than in their own calm talk; a good moment for a break"
    RAISED_AND_FASTER = "spoke louder, higher and faster than in their own calm talk; a good moment for a break"

    @property
    def key(self) -> str:
        return self.name.lower().replace("_", "-")


RAISED = (Reason.RAISED_VOICE, Reason.RAISED_AND_FASTER)
"""Signs that somebody is flooded."""

UNFAVOURABLE = frozenset(
    {
        Reason.CUT_IN,
        Reason.TRIED_TO_CUT_IN,
        Reason.REPLY_EARLY,
        Reason.REPLY_LATE,
        Reason.LONG_TURN,
        Reason.PASSED_OVER,
        Reason.FEELING_MISSED,
        Reason.REQUEST_UNMET,
        Reason.HEDGED,
        Reason.CLOSED_QUESTION,
        Reason.RAISED_VOICE,
        Reason.RAISED_AND_FASTER,
        Reason.UNASKED_ADVICE,
        Reason.JUDGEMENT,
        Reason.BLAME,
        Reason.DISMISSAL,
        Reason.TOPIC_SHIFT,
    }
)

FAVOURABLE = frozenset(Reason) - UNFAVOURABLE

REASON_KEYS = tuple(reason.key for reason in Reason)
"""The names under which a rubric may give advice, in the order of the reasons."""

REASON_OF = {
    BehaviourLabel.OPEN_QUESTION: Reason.OPEN_QUESTION,
    BehaviourLabel.CLOSED_QUESTION: Reason.CLOSED_QUESTION,
    BehaviourLabel.REFLECTION: Reason.REFLECTION,
    BehaviourLabel.VALIDATION: Reason.VALIDATION,
    BehaviourLabel.SUPPORT: Reason.SUPPORT,
    BehaviourLabel.AFFIRMATION: Reason.AFFIRMATION,
    BehaviourLabel.APPRECIATION: Reason.APPRECIATION,
    BehaviourLabel.APOLOGY: Reason.APOLOGY,
    BehaviourLabel.ADVICE: Reason.UNASKED_ADVICE,
    BehaviourLabel.JUDGEMENT: Reason.JUDGEMENT,
    BehaviourLabel.BLAME: Reason.BLAME,
    BehaviourLabel.DISMISSAL: Reason.DISMISSAL,
    BehaviourLabel.TOPIC_SHIFT: Reason.TOPIC_SHIFT,
    BehaviourLabel.SELF_DISCLOSURE: Reason.DISCLOSURE,
    BehaviourLabel.FEELING_STATEMENT: Reason.FEELING,
    BehaviourLabel.PERSPECTIVE_TAKING: Reason.PERSPECTIVE,
    BehaviourLabel.COMMITMENT: Reason.COMMITMENT,
}
"""The reason to give for a behaviour; backchannels and information are told otherwise or not at all."""


def is_favourable(evidence: Evidence) -> bool:
    """Whether the moment speaks for the partner who is scored; reasons from elsewhere do not."""
    return evidence.reason in FAVOURABLE
