"""Listening behaviours in the words of people, as they stand beside an utterance."""

from __future__ import annotations

from listener.domain.speech import BehaviourLabel, Utterance

WORDS = {
    BehaviourLabel.OPEN_QUESTION: "open question",
    BehaviourLabel.CLOSED_QUESTION: "yes-or-no question",
    BehaviourLabel.REFLECTION: "says back",
    BehaviourLabel.VALIDATION: "lets it count",
    BehaviourLabel.SUPPORT: "offers support",
    BehaviourLabel.AFFIRMATION: "affirms",
    BehaviourLabel.APPRECIATION: "appreciates",
    BehaviourLabel.APOLOGY: "apologises",
    BehaviourLabel.ADVICE: "gives advice",
    BehaviourLabel.JUDGEMENT: "judges",
    BehaviourLabel.BLAME: "blames",
    BehaviourLabel.DISMISSAL: "waves it away",
    BehaviourLabel.TOPIC_SHIFT: "changes the topic",
    BehaviourLabel.SELF_DISCLOSURE: "opens up",
    BehaviourLabel.FEELING_STATEMENT: "names a feeling",
    BehaviourLabel.PERSPECTIVE_TAKING: "steps into the other's shoes",
    BehaviourLabel.COMMITMENT: "promises",
    BehaviourLabel.BACKCHANNEL: "listening sound",
    BehaviourLabel.INFORMATION: "tells",
}
UNREMARKABLE = {BehaviourLabel.INFORMATION}


def behaviours_shown(utterance: Utterance) -> tuple[str, ...]:
    """What is present in an utterance and worth naming, in the order of the labels."""
    shown = (behaviour.label for behaviour in utterance.behaviours if utterance.shows(behaviour.label))
    return tuple(WORDS[label] for label in shown if label not in UNREMARKABLE)
