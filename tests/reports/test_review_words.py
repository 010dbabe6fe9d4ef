from __future__ import annotations

import pytest

from listener.domain.floor import OverlapKind
from listener.domain.review import Agreement, Aspect, Judged, Judgement, Moment
from listener.domain.span import Span
from listener.domain.speech import BehaviourLabel, PartnerId
from listener.reports import review_words
from listener.reports.behaviour_words import WORDS

NAMES: dict[PartnerId, str] = {"A": "Anna", "B": "Ben"}


def judged(aspect: Aspect, value: str, machine: str, counts: bool = True) -> Judged:
    moment = Moment(Span(0, 1_000), "overlap", "B")
    label = BehaviourLabel.BLAME if aspect == "behaviour" else None
    return Judged(Judgement("A", "2025-03-01T20:10:00+01:00", moment, aspect, value, label), machine, counts)


@pytest.mark.parametrize(
    ("each", "said", "machine", "standing"),
    [
        (
            judged("event", "none", "interruption"),
            "nothing of the kind",
            "an interruption",
            "The report follows this correction.",
        ),
        (
            judged("event", "cooperative", "interruption", counts=False),
            "finishing a sentence together",
            "an interruption",
            "You two see it differently, so the machine's label stands.",
        ),
        (
            judged("behaviour", "absent", "present"),
            "not “blames”",
            "“blames”",
            "The report follows this correction.",
        ),
        (judged("speaker", "B", "B"), "Ben spoke", "Ben spoke", "The same as the machine."),
        (judged("note", "Calm.", ""), "Calm.", "", ""),
    ],
)
def test_a_judgement_stands_beside_the_machine(each: Judged, said: str, machine: str, standing: str) -> None:
    assert review_words.said_of(each.judgement, NAMES) == said
    assert review_words.machine_said(each, NAMES) == machine
    assert review_words.standing(each) == standing


@pytest.mark.parametrize(
    ("kappa", "told"),
    [
        (None, "All labels are alike, so kappa cannot be told."),
        (-0.2, "Kappa −0.20: no better than guessing."),
        (0.0, "Kappa 0.00: no better than guessing."),
        (0.2, "Kappa 0.20: slight agreement."),
        (0.21, "Kappa 0.21: fair agreement."),
        (0.6, "Kappa 0.60: moderate agreement."),
        (0.63, "Kappa 0.63: substantial agreement."),
        (0.9, "Kappa 0.90: almost full agreement."),
        (1.0, "Kappa 1.00: full agreement."),
    ],
)
def test_kappa_in_plain_words(kappa: float | None, told: str) -> None:
    assert review_words.kappa_words(kappa) == told


def test_who_agrees_with_whom() -> None:
    line = review_words.agreement_line(Agreement(("machine", "therapist"), "event", 8, 7, 0.71), NAMES)
    assert line == "The machine and the therapist agree on 7 of 8. Kappa 0.71: substantial agreement."


def test_every_kind_has_words() -> None:
    assert set(review_words.EVENTS) == set(OverlapKind)
    assert set(WORDS) == set(BehaviourLabel)
