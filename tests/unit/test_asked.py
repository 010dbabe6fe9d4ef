"""Scores from the partners' own answers."""

from __future__ import annotations

from listener.adapters.practice_toml import load_rubric
from listener.adapters.resources import guidelines_file
from listener.analysis.asked import asked_score
from listener.analysis.conversation import Conversation
from listener.analysis.scoring import score
from listener.app.record_notes import all_answers, record_notes
from listener.domain.session import Answer, Pause, PhaseStart
from listener.domain.span import Span
from tests.records import make_record

RUBRIC = load_rubric(guidelines_file())
VALIDATE = next(g for g in RUBRIC.guidelines if g.id == "validate")
RIGHT_TIME = next(g for g in RUBRIC.guidelines if g.id == "right-time")


def test_a_partner_is_scored_by_what_the_other_answered() -> None:
    answers = (Answer("A", "validate", 5), Answer("B", "validate", 2))
    about_a, about_b = asked_score(VALIDATE, "A", answers), asked_score(VALIDATE, "B", answers)
    assert about_a is not None
    assert (about_a.score, about_a.low, about_a.high) == (25, 13, 37)
    assert about_b is not None
    assert (about_b.score, about_b.low, about_b.high) == (100, 88, 100)
    assert about_b.basis == "asked"
    assert about_b.measurements[0].part == 4
    assert about_b.measurements[0].whole == 4


def test_without_an_answer_of_the_other_there_is_no_score() -> None:
    assert asked_score(VALIDATE, "A", (Answer("A", "validate", 5),)) is None
    assert asked_score(VALIDATE, "A", (Answer("B", "be-clear", 5),)) is None


def test_the_check_in_scores_the_right_time_for_both() -> None:
    record = make_record(readiness={"calm": True, "time": True, "private": False})
    row = asked_score(RIGHT_TIME, "both", all_answers(record))
    assert row is not None
    assert row.score == 67


def test_answers_fill_rows_that_the_recording_cannot() -> None:
    answers = (Answer("A", "validate", 4), Answer("A", "be-clear", 1))
    silent = Conversation((), (), (), (), (), (), 60_000, has_words=True, answers=answers)
    rows = {(row.id, row.partner): row for row in score(silent, RUBRIC)}
    assert rows["validate", "B"].score == 75
    assert rows["be-clear", "B"].score == 0
    assert rows["validate", "A"].score is None
    assert rows["validate", "A"].withheld


def test_what_happened_to_the_recording_is_told() -> None:
    record = make_record(
        gaps=(Span(61_000, 64_000), Span(70_000, 70_500)),
        struck=(Span(0, 60_000),),
        pauses=(Pause(90_000, 5_000, "pause"),),
        phases=(PhaseStart(0, 0),),
    )
    gaps, struck, paused = record_notes(record)
    assert "2 times (at 1:01, 1:10)" in gaps
    assert "1:00 were struck" in struck
    assert "paused once" in paused
    assert record_notes(make_record()) == ()
