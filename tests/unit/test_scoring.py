from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from listener.adapters.practice_toml import load_rubric
from listener.analysis.reasons import Reason, is_favourable
from listener.analysis.scoring import MOST_MOMENTS, curve_range, curve_value, score
from listener.domain.practice import Area, Guideline, Measure, Rubric
from listener.domain.report import GuidelineScore
from tests.drawn_talk import GOOD, POOR, drawn, labelled, talk

CURVE = ((0.0, 0.0), (0.2, 50.0), (0.5, 100.0), (1.0, 80.0))
RUBRIC = load_rubric(Path(__file__).parents[2] / "scenarios" / "guidelines.toml")


def guideline(*measures: Measure, per_partner: bool = True) -> Guideline:
    return Guideline(
        "test", Area.EMPATHY, "Title", "Statement.", "2", "measured", per_partner, measures, "{name}", "{partner}"
    )


def rise(measure_id: str, weight: float = 1.0, minimum: int = 1) -> Measure:
    return Measure(measure_id, ((0.0, 0.0), (1.0, 100.0)), weight, minimum, "test")


def rows(text: str) -> dict[tuple[str, str], GuidelineScore]:
    return {(row.id, row.partner): row for row in score(talk(labelled(text)), RUBRIC)}


def one(rubric_row: Guideline, text: str, partner: str = "B") -> GuidelineScore:
    scored = score(talk(labelled(text)), Rubric("1", (rubric_row,)))
    return next(row for row in scored if row.partner == partner)


@pytest.mark.parametrize(
    ("value", "points"), [(-1, 0), (0, 0), (0.1, 25), (0.2, 50), (0.35, 75), (0.5, 100), (0.75, 90), (1, 80), (9, 80)]
)
def test_the_curve_is_straight_between_its_points_and_flat_beyond(value: float, points: float) -> None:
    assert curve_value(CURVE, value) == pytest.approx(points)


def test_a_rising_curve_never_falls() -> None:
    rising = CURVE[:3]
    values = [curve_value(rising, step / 100) for step in range(-10, 120)]
    assert values == sorted(values)


def test_the_range_sees_a_knot_inside_the_interval() -> None:
    assert curve_range(CURVE, 0.3, 0.9) == pytest.approx((66.67, 100), abs=0.01)
    assert curve_range(CURVE, 0.0, 0.1) == (0, 25)


def test_every_guideline_has_a_row_for_whom_it_is_scored() -> None:
    scored = score(talk(labelled(GOOD)), RUBRIC)
    expected = [(g.id, whom) for g in RUBRIC.guidelines for whom in (("A", "B") if g.per_partner else ("both",))]
    assert [(row.id, row.partner) for row in scored] == expected
    for row in scored:
        assert (row.score is None) == (row.withheld is not None)


@pytest.mark.parametrize("text", [GOOD, POOR])
def test_scores_lie_within_their_intervals(text: str) -> None:
    for row in rows(text).values():
        if row.score is not None:
            assert row.low is not None
            assert row.high is not None
            assert 0 <= row.low <= row.score <= row.high <= 100


HELP = "\nA: Will you help me with the letter?\n"


@pytest.mark.parametrize(
    "guideline_id", ["validate", "perspective", "no-judgement", "compassion", "dependable", "keep-promises"]
)
def test_good_listening_scores_above_poor_listening(guideline_id: str) -> None:
    good = rows(f"{GOOD}{HELP}B: Of course, I'll help you with it on Sunday.")[guideline_id, "B"]
    poor = rows(f"{POOR}{HELP}B: Maybe, if I have time.")[guideline_id, "B"]
    assert good.score is not None
    assert poor.score is not None
    assert good.score >= poor.score + 20


def test_more_of_the_same_talk_narrows_the_interval() -> None:
    widths = []
    for times in (1, 3, 9):
        row = one(guideline(rise("reflection_share")), "\n".join([GOOD.strip()] * times))
        assert row.low is not None
        assert row.high is not None
        widths.append(row.high - row.low)
    assert widths[0] > widths[1] > widths[2]


def test_a_score_is_the_mean_by_weight_of_what_had_enough_evidence() -> None:
    text = "A: I feel sad.\nB: You feel sad.\nA: I am scared.\nB: Look at this dog."
    assert one(guideline(rise("reflection_share")), text).score == 50
    assert one(guideline(rise("judgement_share")), text).score == 0
    both = guideline(rise("reflection_share", weight=3), rise("judgement_share"))
    assert one(both, text).score == 38
    thin = guideline(rise("reflection_share", weight=3), rise("judgement_share", minimum=3))
    row = one(thin, text)
    assert row.score == 50
    assert [(m.id, m.whole) for m in row.measurements] == [("reflection_share", 2), ("judgement_share", 2)]


def test_below_the_minimum_the_row_says_what_was_there_and_what_is_needed() -> None:
    row = one(guideline(rise("reflection_share", minimum=5)), "A: I feel sad.\nB: You feel sad.")
    assert row.score is None
    assert row.withheld == "Not enough to go on: 1 utterances found, 5 needed."


def test_too_little_speech_is_told_as_time() -> None:
    quiet = guideline(rise("interruptions_per_minute", minimum=30_000))
    scored = score(drawn("####", "....", 1_000), Rubric("1", (quiet,)))
    assert scored[1].withheld == "Not enough to go on: 0:04 of the other's speech was heard, 0:30 is needed."


def test_nothing_at_all_is_no_evidence_even_where_no_minimum_is_set() -> None:
    scored = score(drawn("####", "....", 1_000), Rubric("1", (guideline(rise("replies_in_time", minimum=0)),)))
    assert [row.score for row in scored] == [None, None]


@pytest.mark.parametrize(
    ("guideline_id", "told"), [("keep-promises", "promised"), ("dependable", "offered"), ("quality-time", "planned")]
)
def test_where_nothing_was_given_and_nothing_asked_for_nobody_is_marked_down(guideline_id: str, told: str) -> None:
    text = "\n".join(["A: The garden is green again.\nB: The roses came back."] * 5)
    row = next(row for row in score(talk(labelled(text)), RUBRIC) if row.id == guideline_id)
    assert row.score is None
    assert row.withheld is not None
    assert told in row.withheld


def test_a_request_left_open_is_scored_low_and_shown() -> None:
    row = rows(f"{POOR}{HELP}B: Maybe, if I have time.")["keep-promises", "B"]
    assert row.score == 40
    assert [(each.quote, each.reason) for each in row.evidence] == [("Maybe, if I have time.", Reason.REQUEST_UNMET)]


def test_without_words_sound_is_scored_and_words_are_told_as_pending() -> None:
    silent = drawn("#####.......#####", "......#####......", 2_000)
    mixed = guideline(rise("replies_in_time"), rise("uptake_share"))
    words = guideline(rise("uptake_share"))
    heard = score(silent, Rubric("1", (mixed, dataclasses.replace(words, id="words"))))
    assert [row.score for row in heard if row.id == "test"] == [100, 100]
    for row in heard:
        if row.id == "words":
            assert row.score is None
            assert row.withheld is not None
            assert "not been transcribed yet" in row.withheld


def test_silence_has_no_score_anywhere() -> None:
    for row in score(drawn("....", "....", 1_000), RUBRIC):
        assert row.score is None
        assert row.evidence == ()


def test_what_the_recording_cannot_show_is_asked_or_followed() -> None:
    withheld = {row.id: row.withheld or "" for row in score(talk(labelled(GOOD)), RUBRIC)}
    asked = next(g for g in RUBRIC.guidelines if g.basis == "asked")
    tracked = next(g for g in RUBRIC.guidelines if g.basis == "tracked")
    assert withheld[asked.id].startswith("The recording cannot show this: you are asked after practising: ")
    assert withheld[asked.id].endswith(asked.asked or "")
    assert withheld[tracked.id].endswith(tracked.tracked or "")


def test_the_couples_row_takes_the_share_once_and_adds_the_rest() -> None:
    couple = guideline(rise("speaking_share"), rise("long_turn_share"), rise("commitment_share"), per_partner=False)
    row = one(couple, "A: I'll cook on Monday.\nB: The soup was good.\nA: I'll shop on Friday.", "both")
    wholes = {m.id: (m.part, m.whole) for m in row.measurements}
    assert wholes["speaking_share"] == (8_000, 12_000)
    assert wholes["long_turn_share"] == (0, 12_000)
    assert wholes["commitment_share"] == (2, 3)


def test_moments_are_few_ordered_and_explain_the_score() -> None:
    for text, favourable in ((GOOD, True), (POOR, False)):
        row = rows("\n".join([text.strip()] * 4))["validate", "B"]
        assert 0 < len(row.evidence) <= MOST_MOMENTS
        assert [e.span for e in row.evidence] == sorted(e.span for e in row.evidence)
        assert len({e.span.start for e in row.evidence}) == len(row.evidence)
        agreeing = [is_favourable(e) for e in row.evidence].count(favourable)
        assert agreeing > len(row.evidence) / 2


def test_a_low_score_still_shows_what_spoke_for_the_listener() -> None:
    text = "A: I feel sad.\n" + "\n".join(["B: You are too sensitive.\nA: I feel sad."] * 9) + "\nB: That makes sense."
    row = one(guideline(rise("feeling_response_share"), rise("reflection_share")), text)
    assert row.score is not None
    assert row.score < 20
    told = {e.reason for e in row.evidence}
    assert Reason.FEELING_MISSED in told
    assert told & {Reason.VALIDATION, Reason.FEELING_MET}


def test_the_same_conversation_gives_the_same_rows() -> None:
    assert score(talk(labelled(POOR)), RUBRIC) == score(talk(labelled(POOR)), RUBRIC)
