"""Which judgements stand and decide, and Cohen's kappa against values worked out by hand."""

from __future__ import annotations

import pytest

from listener.analysis.judgements import agreements, anchored, cohens_kappa, decided, key_of, standing
from listener.domain.review import Agreement, Aspect, Judgement, Moment, Reviewer
from listener.domain.span import Span
from listener.domain.speech import BehaviourLabel

HERE = Moment(Span(1_000, 2_000), "overlap", "B")
THERE = Moment(Span(5_000, 9_000), "utterance", "A")


def said(
    by: Reviewer,
    value: str,
    moment: Moment = HERE,
    aspect: Aspect = "event",
    label: BehaviourLabel | None = None,
    at: str = "2026-11-23T10:00:00+01:00",
) -> Judgement:
    return Judgement(by, at, moment, aspect, value, label)


def test_the_last_word_of_each_reviewer_stands() -> None:
    first, other, again = said("A", "backchannel"), said("B", "interruption"), said("A", "none")
    assert standing([first, other, again]) == (other, again)


def test_labels_of_one_utterance_are_judged_one_by_one() -> None:
    blame = said("A", "absent", THERE, "behaviour", BehaviourLabel.BLAME)
    reflection = said("A", "present", THERE, "behaviour", BehaviourLabel.REFLECTION)
    assert standing([blame, reflection]) == (blame, reflection)


def test_an_empty_note_takes_the_earlier_one_back() -> None:
    assert standing([said("A", "calm", aspect="note"), said("A", " ", aspect="note")]) == ()


@pytest.mark.parametrize(
    ("judgements", "value"),
    [
        ([said("A", "backchannel")], "backchannel"),
        ([said("A", "backchannel"), said("B", "backchannel")], "backchannel"),
        ([said("A", "backchannel"), said("B", "interruption")], None),
        ([said("A", "backchannel"), said("B", "interruption"), said("therapist", "terminal")], "terminal"),
        ([said("therapist", "terminal"), said("A", "backchannel")], "terminal"),
        ([said("A", "a note", aspect="note")], None),
    ],
)
def test_the_therapist_decides_then_partners_who_agree(judgements: list[Judgement], value: str | None) -> None:
    assert decided(judgements).get(key_of(said("A", ""))) == value


def test_kappa_of_a_table_worked_out_by_hand() -> None:
    # 20 both yes, 5 first only, 10 second only, 15 both no: po = .70, pe = .50, kappa = .40.
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert cohens_kappa(pairs) == pytest.approx(0.4)


def test_kappa_is_1_for_full_agreement_negative_below_chance_and_undefined_without_variety() -> None:
    assert cohens_kappa([("y", "y"), ("n", "n")]) == 1.0
    assert cohens_kappa([("y", "n"), ("n", "y")]) == -1.0
    assert cohens_kappa([("y", "y"), ("y", "y")]) is None


def test_agreement_is_told_for_every_two_raters_who_labelled_the_same() -> None:
    everything = [said("A", "backchannel"), said("therapist", "interruption"), said("B", "A", THERE, "speaker")]
    found = agreements(everything, lambda key: "interruption" if key[1] == "event" else "A")
    assert found == (
        Agreement(("machine", "A"), "event", 1, 0, 0.0),
        Agreement(("machine", "therapist"), "event", 1, 1, None),
        Agreement(("A", "therapist"), "event", 1, 0, 0.0),
        Agreement(("machine", "B"), "speaker", 1, 1, None),
    )


def test_what_the_machine_does_not_know_is_no_disagreement_with_it() -> None:
    assert agreements([said("A", "backchannel"), said("B", "backchannel")], lambda _: None) == (
        Agreement(("A", "B"), "event", 1, 1, None),
    )


@pytest.mark.parametrize(
    ("now", "followed"),
    [
        (Moment(Span(990, 2_010), "overlap", "B"), True),
        (Moment(Span(1_400, 2_400), "overlap", "B"), True),
        (Moment(Span(1_600, 2_600), "overlap", "B"), False),
        (Moment(Span(1_000, 2_000), "overlap", "A"), False),
        (Moment(Span(1_000, 2_000), "utterance", "B"), False),
        (Moment(Span(0, 9_000), "overlap", "B"), False),
    ],
)
def test_a_judgement_follows_its_moment_to_where_a_new_analysis_has_it(now: Moment, followed: bool) -> None:
    (judged,) = anchored([said("A", "none")], [now, Moment(Span(20_000, 21_000), "overlap", "B")])
    assert judged.moment == (now if followed else HERE)
    assert judged.value == "none"
