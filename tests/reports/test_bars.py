"""Bars of characters."""

from __future__ import annotations

import pytest

from listener.domain.report import GuidelineScore, Talk
from listener.domain.span import Span
from listener.domain.speech import Behaviour, BehaviourLabel, Utterance
from listener.reports.bars import score_bar, share_cells, sparkline
from listener.reports.behaviour_words import WORDS, behaviours_shown


@pytest.mark.parametrize(
    ("numbers", "bar"),
    [
        ((50, 30, 70), "███▓▓░░···"),
        ((0, 0, 0), "··········"),
        ((100, 100, 100), "██████████"),
        ((94, 95, 98), "█████████░"),
    ],
)
def test_a_score_with_its_range(numbers: tuple[int, int, int], bar: str) -> None:
    score, low, high = numbers
    assert score_bar(GuidelineScore("x", "A", score, low, high, None, "measured"), 10) == bar


def test_shares_of_a_bar() -> None:
    assert share_cells(Talk(1, 0.25, 1, None), Talk(3, 0.75, 1, None), 40) == 10
    assert share_cells(Talk(0, 0.0, 0, None), Talk(0, 0.0, 0, None), 40) == 20


def test_a_sparkline_has_one_character_a_score() -> None:
    assert sparkline([0, 12, 13, 50, 99, 100]) == "▁▁▂▅██"
    assert sparkline([]) == ""


def test_every_behaviour_has_words() -> None:
    assert set(WORDS) == set(BehaviourLabel)
    assert len(set(WORDS.values())) == len(WORDS)


def test_only_what_is_present_and_worth_naming_is_shown() -> None:
    found = (
        Behaviour(BehaviourLabel.INFORMATION, 0.9),
        Behaviour(BehaviourLabel.OPEN_QUESTION, 0.5),
        Behaviour(BehaviourLabel.REFLECTION, 0.49),
    )
    assert behaviours_shown(Utterance("A", Span(0, 1), "How was it?", (), found)) == ("open question",)
