"""What is asked before a moment is judged, and what follows from the answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from textual.screen import ModalScreen

from listener.app.reviewing import ReviewMoment, SessionReview
from listener.domain.floor import OverlapKind
from listener.domain.review import NOTHING, Reviewer
from listener.domain.speech import PARTNERS, BehaviourLabel, PartnerId
from listener.reports.behaviour_words import WORDS
from listener.reports.review_words import KINDS, NO_KIND
from listener.tui.widgets.pick import LinePrompt, Pick, Ticks

Act: TypeAlias = Callable[[SessionReview], object]
"""Something that is said of a moment."""

WHO = "Who looks at this session?"
WHO_TOLD = "What each of you says is kept apart. Where two partners differ, the machine's label stands."
NO_LABELS = "Nothing was found in these words that could be wrong. l says what is there."
NO_SPEAKER = "Who came in follows from who spoke: correct that where it is listed as said (f)."
NOTE_TOLD = "Enter keeps it, an empty one is taken back, esc leaves it."


@dataclass(frozen=True, slots=True)
class Question:
    """A dialog, and what its answer says of the moment; None where that is nothing new."""

    dialog: ModalScreen[Any]
    act: Callable[[Any], Act | None]


def who_reviews(names: Mapping[PartnerId, str], current: Reviewer | None) -> Pick:
    """Asks who judges; gives a Reviewer."""
    who: dict[str, str] = {partner: names[partner] for partner in PARTNERS}
    who["therapist"] = "A therapist"
    return Pick(WHO, who, current, WHO_TOLD)


def rejecting(moment: ReviewMoment) -> Question | Act | str:
    """An overlap was nothing of the kind; of the behaviours of an utterance those that are wrong are asked for."""
    if moment.moment.what == "overlap":
        return lambda review: review.set_kind(moment.moment, None)
    if not moment.labels:
        return NO_LABELS
    choices = {label.value: WORDS[label] for label in moment.labels}
    ticks = Ticks("What of this is wrong?", choices, choices)
    return Question(ticks, lambda wrong: _behaviours(moment, dict.fromkeys(sorted(wrong or ()), False)))


def relabelling(moment: ReviewMoment) -> Question:
    """The kind of an overlap, or the behaviours of an utterance."""
    if moment.moment.what == "overlap":
        kinds = {**{kind.value: words for kind, words in KINDS.items()}, NOTHING: NO_KIND}
        now = moment.kind.value if moment.kind else NOTHING
        return Question(Pick("What was this?", kinds, now), lambda kind: _kind(moment, kind))
    before = frozenset(label.value for label in moment.labels)
    labels = {label.value: WORDS[label] for label in BehaviourLabel}

    def act(ticked: frozenset[str] | None) -> Act | None:
        changed = before ^ (before if ticked is None else ticked)
        return _behaviours(moment, {label: label not in before for label in sorted(changed)})

    return Question(Ticks("What do these words do?", labels, before), act)


def speaking(moment: ReviewMoment, names: Mapping[PartnerId, str]) -> Question | str:
    """Who spoke an utterance."""
    if moment.moment.what == "overlap":
        return NO_SPEAKER
    spoke: dict[str, PartnerId] = {partner: partner for partner in PARTNERS}
    partners: dict[str, str] = {partner: names[partner] for partner in PARTNERS}

    def act(answer: str | None) -> Act | None:
        return None if answer is None else lambda review: review.set_speaker(moment.moment, spoke[answer])

    return Question(Pick("Who spoke?", partners, moment.partner), act)


def noting(moment: ReviewMoment, reviewer: Reviewer) -> Question:
    """A note of this reviewer."""
    before = moment.note_by(reviewer)

    def act(text: str | None) -> Act | None:
        return None if text is None or text == before else lambda review: review.note(moment.moment, text)

    return Question(LinePrompt("Your note on this moment", before, NOTE_TOLD), act)


def _kind(moment: ReviewMoment, kind: str | None) -> Act | None:
    if kind is None:
        return None
    return lambda review: review.set_kind(moment.moment, None if kind == NOTHING else OverlapKind(kind))


def _behaviours(moment: ReviewMoment, labels: Mapping[str, bool]) -> Act | None:
    present = {BehaviourLabel(label): has for label, has in labels.items()}
    return (lambda review: review.set_behaviours(moment.moment, present)) if present else None
