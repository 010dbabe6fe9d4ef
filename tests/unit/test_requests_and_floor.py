"""What asks for a promise or for help, what leaves it open, and whose time counts where roles set the speaker."""

from __future__ import annotations

import dataclasses

import pytest

from listener.analysis.measures import measure
from listener.analysis.measures.floor_share import fair_spans
from listener.analysis.measures.listening import has_content
from listener.analysis.reasons import Reason
from listener.domain.practice import Role, RoleSpan
from listener.domain.span import Span
from listener.domain.speech import BehaviourLabel, PartnerId, Utterance
from tests.drawn_talk import drawn, shown, talk, utterances

A_SPEAKS: dict[PartnerId, Role] = {"A": Role.SPEAKER, "B": Role.LISTENER}
B_SPEAKS: dict[PartnerId, Role] = {"A": Role.LISTENER, "B": Role.SPEAKER}
FREE: dict[PartnerId, Role] = {"A": Role.BOTH, "B": Role.BOTH}


def left_open(request: str, answer: str, measure_id: str = "commitment_share") -> bool:
    said = [shown(u, BehaviourLabel.INFORMATION) for u in utterances(f"A: {request}\nB: {answer}")]
    finding = measure(talk(said), measure_id, "B")
    assert finding is not None
    found = [each for each in finding.evidence if each.reason == Reason.REQUEST_UNMET]
    assert finding.occasion is bool(found)
    return bool(found)


@pytest.mark.parametrize(
    ("request_", "answer", "is_open"),
    [
        ("Will you help me practice?", "Yeah, maybe, if I have time.", True),
        ("Could we try one hour tonight?", "Um, fine. After this one.", True),
        ("I'd love it if you came along.", "The bus is late again.", True),
        ("Will you help me practice?", "Yes, of course.", False),
        ("Will you help me practice?", "No, I can't this week.", False),
        ("Will you help me practice?", "Um, sure, on Sunday.", False),
        ("Can you believe it?", "The bus is late again.", False),
        ("Could you tell me more?", "It began on Monday.", False),
        ("Would you like some tea?", "The bus is late again.", False),
        ("We met the neighbours.", "The bus is late again.", False),
    ],
)
def test_a_request_is_left_open_without_a_plain_yes_or_no(request_: str, answer: str, is_open: bool) -> None:
    assert left_open(request_, answer) is is_open


def test_a_wish_for_both_asks_for_a_plan_but_not_for_help() -> None:
    assert left_open("Could we try one hour tonight?", "After this one.")
    assert not left_open("Could we try one hour tonight?", "After this one.", "support_share")


def test_what_grants_or_regrets_by_its_labels_is_an_answer() -> None:
    said = utterances("A: Will you help me?\nB: Wednesday night.")
    for label in (BehaviourLabel.COMMITMENT, BehaviourLabel.SUPPORT, BehaviourLabel.APOLOGY):
        finding = measure(talk([said[0], shown(said[1], label)]), "commitment_share", "B")
        assert finding is not None
        assert all(each.reason != Reason.REQUEST_UNMET for each in finding.evidence)


@pytest.mark.parametrize(
    ("text", "content"), [("I like that.", True), ("Huge!", True), ("Um, so.", False), ("Oh.", False), ("", False)]
)
def test_an_utterance_without_labels_counts_by_its_words(text: str, content: bool) -> None:
    assert has_content(Utterance("B", Span(0, 1_000), text)) is content


def test_both_are_heard_for_the_same_time_as_speaker() -> None:
    conversation = dataclasses.replace(
        drawn("########....####", "........####....", 1_000),
        roles=(
            RoleSpan(Span(0, 8_000), A_SPEAKS),
            RoleSpan(Span(8_000, 12_000), B_SPEAKS),
            RoleSpan(Span(12_000, 16_000), FREE),
        ),
    )
    assert fair_spans(conversation) == [Span(0, 4_000), Span(8_000, 16_000)]
    finding = measure(conversation, "speaking_share", "A")
    assert finding is not None
    assert (finding.measurement.part, finding.measurement.whole) == (8_000, 12_000)


def test_a_practice_that_one_alone_had_as_speaker_says_nothing_of_sharing() -> None:
    conversation = dataclasses.replace(
        drawn("########....", "........####", 1_000), roles=(RoleSpan(Span(0, 12_000), A_SPEAKS),)
    )
    finding = measure(conversation, "speaking_share", "A")
    assert finding is not None
    assert (finding.measurement.part, finding.measurement.whole) == (0, 0)
