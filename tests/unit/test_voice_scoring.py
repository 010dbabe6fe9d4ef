"""What a voice adds to the rows: moments and a count on the one, a little weight on the other, never a score alone."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

from listener.adapters.practice_toml import load_rubric
from listener.adapters.resources import guidelines_file
from listener.analysis.conversation import Conversation
from listener.analysis.manner_parameters import MannerParameters
from listener.analysis.reasons import Reason
from listener.analysis.scoring import score
from listener.analysis.voice_manner import manner_of
from listener.domain.practice import Rubric
from listener.domain.report import GuidelineScore
from listener.domain.session import Answer
from listener.domain.speech import PartnerId
from listener.domain.voice import Voices, VoiceStretch
from tests.drawn_talk import GOOD, POOR, labelled, talk

RUBRIC = load_rubric(guidelines_file())
Level = Callable[[PartnerId, int], tuple[float, float]]


def calm(_partner: PartnerId, turn: int) -> tuple[float, float]:
    """Level in dB and pitch in Hz, the level a little up and down."""
    return -30.0 - turn % 3, 120.0


def heated(partner: PartnerId, turn: int) -> tuple[float, float]:
    return (-18.0, 160.0) if partner == "A" and turn >= 12 else calm(partner, turn)


def softly(partner: PartnerId, turn: int) -> tuple[float, float]:
    return (-36.0, 120.0) if partner == "B" else (-20.0 if turn % 2 else -30.0, 120.0)


def loudly(partner: PartnerId, turn: int) -> tuple[float, float]:
    """B answers louder than in what B says first."""
    return (-30.0 if turn < 10 else -26.0, 120.0) if partner == "B" else calm(partner, turn)


def spoken(text: str, level: Level) -> Conversation:
    """The text three times, so that each has a baseline, in voices as drawn."""
    said = talk(labelled("\n".join([text.strip()] * 3)))
    stretches = tuple(VoiceStretch(u.partner, u.span, *level(u.partner, i)) for i, u in enumerate(said.utterances))
    return dataclasses.replace(said, manner=manner_of(Voices(stretches), said.utterances, MannerParameters()))


def row(conversation: Conversation, guideline: str, partner: str, rubric: Rubric = RUBRIC) -> GuidelineScore:
    return next(each for each in score(conversation, rubric) if (each.id, each.partner) == (guideline, partner))


def test_a_raised_voice_is_told_beside_the_right_time_and_never_scored() -> None:
    found = row(spoken(POOR, heated), "right-time", "both")
    assert found.score is None
    assert found.withheld
    assert [(m.id, m.part > 0, m.whole) for m in found.measurements] == [("raised_voice_share", True, 27 * 4_000)]
    assert {each.reason for each in found.evidence} == {Reason.RAISED_VOICE}
    assert found.evidence[0].quote


def test_the_answers_still_give_the_score() -> None:
    answers = (Answer("A", "right-time", 5), Answer("B", "right-time", 3))
    without = row(dataclasses.replace(talk(labelled(POOR)), answers=answers), "right-time", "both")
    beside = row(dataclasses.replace(spoken(POOR, heated), answers=answers), "right-time", "both")
    assert (beside.score, beside.low, beside.high, beside.basis) == (without.score, without.low, without.high, "asked")
    assert [m.id for m in beside.measurements] == ["answers", "raised_voice_share"]
    assert beside.evidence


def test_calm_voices_point_at_no_moment() -> None:
    found = row(spoken(POOR, calm), "right-time", "both")
    assert [(m.id, m.part) for m in found.measurements] == [("raised_voice_share", 0)]
    assert found.evidence == ()


def test_without_a_baseline_nothing_is_told() -> None:
    said = talk(labelled(POOR))
    short = dataclasses.replace(said, manner=manner_of(Voices(()), said.utterances, MannerParameters()))
    assert row(short, "right-time", "both").measurements == ()
    assert row(short, "compassion", "B").score == row(said, "compassion", "B").score


@pytest.mark.parametrize("text", [GOOD, POOR])
def test_a_voice_moves_compassion_by_a_few_points_only(text: str) -> None:
    plain = row(talk(labelled("\n".join([text.strip()] * 3))), "compassion", "B").score
    soft, loud = (row(spoken(text, level), "compassion", "B").score for level in (softly, loudly))
    assert plain is not None
    assert soft is not None
    assert loud is not None
    assert loud <= soft
    assert abs(soft - plain) <= 7
    assert abs(loud - plain) <= 7


def test_soft_answers_to_feelings_are_counted_and_pointed_at() -> None:
    soft, loud = (row(spoken(GOOD, level), "compassion", "B") for level in (softly, loudly))
    share = {m.id: m.value for m in soft.measurements}["softer_voice_share"]
    assert share == 1.0
    assert ({m.id: m.value for m in loud.measurements}["softer_voice_share"] or 0) < share


def test_a_voice_alone_makes_no_score() -> None:
    compassion = next(g for g in RUBRIC.guidelines if g.id == "compassion")
    alone = dataclasses.replace(compassion, measures=tuple(m for m in compassion.measures if m.weight == 0.15))
    found = row(spoken(GOOD, softly), "compassion", "B", Rubric("1", (alone,)))
    assert found.score is None
    assert found.withheld
