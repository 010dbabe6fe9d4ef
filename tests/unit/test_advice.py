from __future__ import annotations

import dataclasses
from pathlib import Path

from listener.adapters.practice_toml import load_rubric
from listener.analysis.advice import (
    MOST_PRAISE,
    NOTHING_TO_CHANGE,
    TOO_LITTLE_TO_TRY,
    TOO_LITTLE_WELL,
    advise,
)
from listener.analysis.reasons import Reason
from listener.analysis.scoring import score
from listener.domain.practice import Area, Guideline, Measure, Partner, Role, Rubric
from listener.domain.report import Advice, Evidence, GuidelineScore, Measurement
from listener.domain.span import Span
from listener.domain.speech import PartnerId
from tests.drawn_talk import GOOD, POOR, drawn, labelled, talk

PARTNERS = (Partner("A", "Anna", Role.BOTH, True), Partner("B", "Ben", Role.BOTH, True))
RUBRIC = load_rubric(Path(__file__).parents[2] / "scenarios" / "guidelines.toml")


def guideline(name: str, per_partner: bool = True) -> Guideline:
    measure = Measure("reflection_share", ((0.0, 0.0), (1.0, 100.0)), 1.0, 4, "test")
    return Guideline(
        name,
        Area.EMPATHY,
        name,
        name,
        "2",
        "measured",
        per_partner,
        (measure,),
        f"{{name}} did {name} for {{partner}}.",
        f"{{name}}, try {name} with {{partner}}.",
    )


SILENT = drawn("....", "....", 1_000)
SMALL = Rubric("1", (guideline("one"), guideline("two"), guideline("three"), guideline("four")))
GOOD_MOMENT = Evidence(Span(65_000, 67_000), "You felt alone.", Reason.REFLECTION.value)
BAD_MOMENT = Evidence(Span(5_000, 7_000), "Whatever.", Reason.DISMISSAL.value)


def row(name: str, points: int, partner: PartnerId = "B", width: int = 20, *moments: Evidence) -> GuidelineScore:
    measured = (Measurement("reflection_share", 1, 10, "share"),)
    low, high = max(0, points - width), min(100, points + width)
    return GuidelineScore(name, partner, points, low, high, None, "measured", measured, moments)


def given(*scores: GuidelineScore, focus: tuple[str, ...] = ()) -> Advice:
    return advise(scores, SMALL, PARTNERS, focus, SILENT)


def test_praise_names_both_and_quotes_the_moment() -> None:
    advice = given(row("one", 90, "B", 10, GOOD_MOMENT))
    assert advice.went_well == ("Ben did one for Anna. (At 1:05: “You felt alone”)",)
    assert advice.try_next == NOTHING_TO_CHANGE


def test_without_words_the_moment_is_told_by_its_reason() -> None:
    sound = Evidence(Span(65_000, 67_000), "", Reason.LET_FINISH.value)
    assert given(row("one", 90, "B", 10, sound)).went_well == (f"Ben did one for Anna. (At 1:05: {sound.reason})",)


def test_the_lowest_score_with_its_moment_is_the_thing_to_try() -> None:
    advice = given(row("one", 60, "A", 10, BAD_MOMENT), row("two", 30, "A", 10, BAD_MOMENT))
    assert advice.try_next == "Anna, try two with Ben. (At 0:05: “Whatever”)"
    assert advice.went_well == ()


def test_what_the_scenario_practises_goes_first() -> None:
    low, focused = row("one", 10, "B", 10, BAD_MOMENT), row("two", 60, "B", 10, BAD_MOMENT)
    assert "try two" in given(low, focused, focus=("two",)).try_next
    assert "try one" in given(low, focused, focus=("three",)).try_next
    praised = [row("one", 100, "B", 5, GOOD_MOMENT), row("two", 85, "B", 10, GOOD_MOMENT)]
    assert "did two" in given(*praised, focus=("two",)).went_well[0]


def test_praise_needs_a_moment_and_a_narrow_interval_or_two_moments() -> None:
    later = dataclasses.replace(GOOD_MOMENT, span=Span(80_000, 81_000))
    assert given(row("one", 95, "B", 10)).went_well == ()
    assert given(row("one", 95, "B", 10, BAD_MOMENT)).went_well == ()
    assert given(row("one", 80, "B", 39, GOOD_MOMENT)).went_well == ()
    assert len(given(row("one", 80, "B", 39, GOOD_MOMENT, later)).went_well) == 1
    assert given(row("one", 80, "B", 41, GOOD_MOMENT, later)).went_well == ()  # may as well have been chance
    assert given(row("one", 60, "B", 10, GOOD_MOMENT)).went_well == ()


def test_praise_is_short_varied_and_for_both() -> None:
    moments = [dataclasses.replace(GOOD_MOMENT, span=Span(at, at + 1_000)) for at in range(1_000, 9_000, 1_000)]
    later = [dataclasses.replace(each, reason=Reason.VALIDATION.value) for each in moments]
    rows = [row(name, 95, "B", 5, *moments) for name in ("one", "two", "three", "four")]
    rows += [row("one", 95, "A", 5, *moments), row("four", 80, "A", 10, *later), row("three", 90, "B", 5, *later)]
    well = given(*rows).went_well
    assert len(well) == MOST_PRAISE
    assert any(each.startswith("Anna") for each in well)
    assert any(each.startswith("Ben") for each in well)
    assert len({each.split("(At")[1] for each in well}) == MOST_PRAISE


def test_nobody_is_praised_twice_for_the_same_reason() -> None:
    later = dataclasses.replace(GOOD_MOMENT, span=Span(80_000, 81_000))
    rows = [row("one", 95, "B", 5, GOOD_MOMENT), row("two", 95, "B", 5, later)]
    assert len(given(*rows).went_well) == 1
    other_reason = dataclasses.replace(later, reason=Reason.SUPPORT.value)
    assert len(given(rows[0], row("two", 95, "B", 5, other_reason)).went_well) == 2


def test_couples_are_named_together() -> None:
    couple = dataclasses.replace(row("one", 90, "B", 10, GOOD_MOMENT), partner="both")
    assert given(couple).went_well[0].startswith("Anna and Ben did one for each other.")


def test_a_row_that_rests_on_a_small_part_of_its_guideline_is_not_spoken_of() -> None:
    thin = dataclasses.replace(
        row("one", 95, "B", 10, GOOD_MOMENT), measurements=(Measurement("reflection_share", 1, 2, "share"),)
    )
    assert given(thin) == Advice((TOO_LITTLE_WELL,), TOO_LITTLE_TO_TRY)


def test_too_little_evidence_is_said_and_nothing_invented() -> None:
    nothing = score(SILENT, RUBRIC)
    assert advise(nothing, RUBRIC, PARTNERS, ("validate",), SILENT) == Advice((TOO_LITTLE_WELL,), TOO_LITTLE_TO_TRY)
    assert given() == Advice((TOO_LITTLE_WELL,), TOO_LITTLE_TO_TRY)


def test_real_dialogues_praise_the_good_listener_and_correct_the_poor_one() -> None:
    focus = ("validate", "no-judgement")
    good, poor = (
        advise(score(said, RUBRIC), RUBRIC, PARTNERS, focus, said)
        for said in (talk(labelled(GOOD)), talk(labelled(POOR)))
    )
    assert any("Ben" in each and "“" in each for each in good.went_well)
    assert all("room to finish" in each for each in poor.went_well if each.startswith("Ben"))
    assert poor.try_next.startswith("Ben, ")
    assert "0:" in poor.try_next
    assert "“" in poor.try_next
    for text in (*good.went_well, good.try_next, *poor.went_well, poor.try_next):
        assert "{" not in text


def test_the_same_scores_give_the_same_words() -> None:
    said = talk(labelled(POOR))
    scores = score(said, RUBRIC)
    assert advise(scores, RUBRIC, PARTNERS, (), said) == advise(scores, RUBRIC, PARTNERS, (), said)


def test_a_raised_voice_calls_for_a_break_before_anything_else() -> None:
    raised = Evidence(Span(30_000, 45_000), "You never listen to me", Reason.RAISED_VOICE.value)
    time = GuidelineScore("right-time", "both", None, None, None, "asked", "asked", (), (raised,))
    whole = Rubric("1", (*SMALL.guidelines, *(each for each in RUBRIC.guidelines if each.id == "right-time")))
    advice = advise([time, row("one", 20, "B", 10, BAD_MOMENT)], whole, PARTNERS, (), SILENT)
    assert "about twenty minutes" in advice.try_next
    assert "0:30" in advice.try_next
