"""Judgements and agreement in words, for whoever reads a report."""

from __future__ import annotations

from dataclasses import replace

import pytest

from listener.domain.floor import OverlapKind
from listener.domain.report import Report
from listener.domain.review import Agreement, Aspect, Judged, Judgement, Moment, Rater, Review, Reviewer
from listener.domain.span import Span
from listener.domain.speech import BehaviourLabel, PartnerId
from listener.reports import markdown_report
from listener.reports.behaviour_words import WORDS
from listener.reports.review_words import (
    KINDS,
    agreement_line,
    correctors,
    found_words,
    judgement_line,
    kind_words,
)
from listener.reports.summary import summarised

NAMES: dict[PartnerId, str] = {"A": "Anna", "B": "Ben"}
COMING_IN = Moment(Span(12_300, 12_900), "overlap", "B")
SAID = Moment(Span(62_900, 88_000), "utterance", "B")


def judged(  # one value each of a judgement
    value: str,
    machine: str,
    aspect: Aspect = "event",
    label: BehaviourLabel | None = None,
    by: Reviewer = "A",
    counts: bool = True,
) -> Judged:
    moment = COMING_IN if aspect == "event" else SAID
    return Judged(Judgement(by, "2025-03-01T20:10:00+01:00", moment, aspect, value, label), machine, counts)


@pytest.mark.parametrize(
    ("each", "line"),
    [
        (
            judged("backchannel", "interruption"),
            "0:12 Ben: a listening sound, not an interruption (Anna, 2025-03-01 20:10)",
        ),
        (
            judged("none", "attempted_interruption", by="therapist"),
            "0:12 Ben: nothing of the kind, not an attempt to interrupt (the therapist, 2025-03-01 20:10)",
        ),
        (
            judged("terminal", "terminal", by="B"),
            "0:12 Ben: an answer that came just before the end, as the machine found (Ben, 2025-03-01 20:10)",
        ),
        (
            judged("interruption", "none", counts=False),
            "0:12 Ben: an interruption (Anna, 2025-03-01 20:10) – not counted: there is no such moment any more",
        ),
        (
            judged("backchannel", "interruption", counts=False),
            "0:12 Ben: a listening sound, not an interruption (Anna, 2025-03-01 20:10)"
            " – not counted: another judgement says otherwise",
        ),
        (
            judged("present", "absent", "behaviour", BehaviourLabel.REFLECTION),
            "1:02 Ben: “says back”, which the machine had not found (Anna, 2025-03-01 20:10)",
        ),
        (
            judged("absent", "present", "behaviour", BehaviourLabel.BLAME),
            "1:02 Ben: not “blames”, which the machine had found (Anna, 2025-03-01 20:10)",
        ),
        (
            judged("present", "present", "behaviour", BehaviourLabel.BLAME),
            "1:02 Ben: “blames”, as the machine found (Anna, 2025-03-01 20:10)",
        ),
        (
            judged("absent", "absent", "behaviour", BehaviourLabel.BLAME),
            "1:02 Ben: not “blames”; nor did the machine find it (Anna, 2025-03-01 20:10)",
        ),
        (judged("A", "B", "speaker"), "1:02 Ben: Anna spoke, not Ben (Anna, 2025-03-01 20:10)"),
        (judged("B", "B", "speaker"), "1:02 Ben: Ben spoke, as the machine found (Anna, 2025-03-01 20:10)"),
        (judged("So  calm\n\x1b[31m", "", "note"), "1:02 Ben: note: “So calm �[31m” (Anna, 2025-03-01 20:10)"),
    ],
)
def test_every_judgement_says_what_it_was_what_it_is_who_said_so_and_whether_it_counts(each: Judged, line: str) -> None:
    assert judgement_line(each, NAMES) == line


def test_only_who_changed_something_corrected() -> None:
    confirmed, note = judged("terminal", "terminal", by="B"), judged("Calm.", "", "note", by="therapist")
    ignored = judged("none", "interruption", by="B", counts=False)
    assert correctors([confirmed, note, ignored], NAMES) == ""
    changed = [judged("backchannel", "interruption"), judged("none", "interruption", by="therapist")]
    assert correctors([*changed, *changed], NAMES) == "corrected by Anna and the therapist"


@pytest.mark.parametrize(
    ("between", "aspect", "counts", "kappa", "line"),
    [
        (
            ("machine", "A"),
            "event",
            (20, 17),
            0.62,
            "The machine and Anna agree on what an overlap was in 17 of 20; kappa 0.62: substantial agreement beyond "
            "chance",
        ),
        (
            ("A", "B"),
            "behaviour",
            (10, 5),
            -0.001,
            "Anna and Ben agree on what was done in 5 of 10; kappa 0.00: no agreement beyond chance",
        ),
        (
            ("B", "therapist"),
            "speaker",
            (12, 2),
            -0.5,
            "Ben and the therapist agree on who spoke in 2 of 12; kappa −0.50: no agreement beyond chance",
        ),
        (
            ("machine", "therapist"),
            "event",
            (9, 9),
            1.0,
            "The machine and the therapist agree on what an overlap was in 9 of 9; kappa 1.00, too few to call it more "
            "than a first look",
        ),
        (
            ("machine", "therapist"),
            "event",
            (12, 12),
            None,
            "The machine and the therapist agree on what an overlap was in 12 of 12; no kappa, as both gave one and "
            "the same answer throughout",
        ),
    ],
)
def test_agreement_in_plain_words(
    between: tuple[Rater, Rater], aspect: Aspect, counts: tuple[int, int], kappa: float | None, line: str
) -> None:
    assert agreement_line(Agreement(between, aspect, *counts, kappa), NAMES) == line


def test_every_kind_and_behaviour_has_words() -> None:
    assert set(KINDS) == set(OverlapKind)
    assert kind_words(None) == kind_words("none") == "nothing of the kind"
    assert set(WORDS) == set(BehaviourLabel)
    assert found_words([BehaviourLabel.BLAME, BehaviourLabel.ADVICE], "utterance") == "blames, gives advice"
    assert found_words([], "utterance") == "nothing remarkable"
    assert found_words([], "overlap") == "nothing of the kind"


def test_a_report_tells_every_correction_and_the_first_of_what_only_confirms(sample: Report) -> None:
    confirmed = [
        Judged(
            Judgement("A", "2025-03-01T20:10:00+01:00", Moment(Span(at, at + 1), "overlap", "B"), "event", kind),
            kind,
            True,
        )
        for at, kind in ((at * 1_000, "terminal") for at in range(12))
    ]
    late = judged("backchannel", "interruption")
    told = summarised(replace(sample, review=Review((*confirmed, late))), {}).corrected_lines
    assert told[-1] == ("…", "and 4 more that say what the machine had found")
    assert sum("as the machine found" in line for _, line in told) == 8
    assert any("a listening sound, not an interruption" in line for _, line in told)
    assert summarised(replace(sample, review=None), {}).corrected_lines == ()


def test_notes_of_partners_are_no_markup_in_markdown(sample: Report) -> None:
    note = judged("**bold** <b>", "", "note")
    page = markdown_report.render(replace(sample, review=Review((note,)))).decode()
    assert "<b>" not in page
    assert "**bold**" not in page
