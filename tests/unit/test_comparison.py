"""Two talks side by side."""

from __future__ import annotations

from dataclasses import replace

import pytest

from listener.analysis.comparison import Comparison, change_between, compared
from listener.domain.floor import Overlap, OverlapKind
from listener.domain.practice import Partner, Role
from listener.domain.report import Advice, GuidelineScore, Provenance, Report, Session, Talk
from listener.domain.span import Span
from listener.domain.speech import PartnerId


def row(partner: PartnerId, score: int | None, low: int = 0, high: int = 0, id_: str = "validate") -> GuidelineScore:
    if score is None:
        return GuidelineScore(id_, partner, None, None, None, "too little was said", "measured")
    return GuidelineScore(id_, partner, score, low, high, None, "measured")


def report(*rows: GuidelineScore, names: tuple[str, str] = ("Nora", "Sam"), cuts: int = 0, ms: int = 600_000) -> Report:
    partners = (Partner("A", names[0], Role.BOTH, True), Partner("B", names[1], Role.BOTH, True))
    overlaps = tuple(Overlap(Span(i, i + 1), "B", "A", OverlapKind.INTERRUPTION, 1.0) for i in range(cuts))
    talk = {"A": Talk(ms, 0.5, 0, None), "B": Talk(ms, 0.5, 0, None)}
    return Report(
        Provenance("0.1.0", "guidelines 1", {}, {}),
        Session(1_200_000, None, "free-talk", "one", partners, 0),
        (),
        (),
        overlaps,
        (),
        talk,  # type: ignore[arg-type]  # both letters
        rows,
        Advice((), ""),
    )


def verdicts(found: Comparison) -> list[tuple[str, str | None, str | None]]:
    return [(score.who, score.change, score.unknown) for score in found.scores]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ((40, 60), (61, 70), "higher"),
        ((40, 60), (60, 70), "unclear"),
        ((40, 60), (20, 39), "lower"),
        ((40, 60), (20, 40), "unclear"),
        ((0, 100), (0, 100), "unclear"),
    ],
)
def test_a_change_needs_ranges_that_do_not_meet(before: tuple[int, int], after: tuple[int, int], said: str) -> None:
    assert change_between(before, after) == said


def test_scores_are_compared_by_guideline_and_partner() -> None:
    before = report(row("A", 50, 40, 60), row("B", 50, 40, 60))
    after = report(row("A", 80, 70, 90), row("B", 55, 45, 65))
    assert verdicts(compared(before, after)) == [("A", "higher", None), ("B", "unclear", None)]


def test_partners_are_matched_by_name_whatever_their_letter() -> None:
    before = report(row("A", 50, 40, 60), row("B", 20, 10, 30), names=("nora", "SAM"))
    after = report(row("A", 50, 40, 60), row("B", 20, 10, 30), names=("Sam", "Nora"))
    found = compared(before, after)
    assert (found.matched, found.letters) == ("name", {"A": "B", "B": "A"})
    assert verdicts(found) == [("A", "higher", None), ("B", "lower", None)]


@pytest.mark.parametrize("names", [("Nora", "Kim"), ("Sam", "Kim"), ("Nora", "Nora")])
def test_other_names_are_matched_by_letter(names: tuple[str, str]) -> None:
    found = compared(report(names=names), report())
    assert (found.matched, found.letters) == ("letter", {"A": "A", "B": "B"})


def test_what_is_withheld_or_absent_is_not_compared() -> None:
    before = report(row("A", None), row("B", 5, 0, 9), row("A", None, id_="honesty"), row("B", 1, 1, 1, "old"))
    after = report(row("A", 80, 70, 90), row("B", None), row("A", None, id_="honesty"), row("B", 1, 1, 1, "new"))
    assert verdicts(compared(before, after)) == [
        ("A", None, "withheld-before"),
        ("B", None, "withheld-after"),
        ("A", None, "withheld-both"),
        ("B", None, "absent"),
        ("B", None, "absent"),
    ]


def test_other_practices_and_other_rules_hinder() -> None:
    before, after = report(row("A", 1, 0, 2), cuts=90), report(row("A", 90, 80, 99))
    scenario = replace(before, session=replace(before.session, scenario="daily-check-in"))
    rules = replace(before, provenance=replace(before.provenance, rules="guidelines 2"))
    assert compared(scenario, after).hindrances == ("scenario",)
    assert compared(rules, after).hindrances == ("rules",)
    for hindered in (scenario, rules):
        assert verdicts(compared(hindered, after)) == [("A", None, None)]
    assert {figure.change for figure in compared(scenario, after).figures} == {None}
    assert "lower" in {figure.change for figure in compared(rules, after).figures}


def test_shares_and_interruptions_have_ranges() -> None:
    found = compared(report(cuts=60), report(cuts=0))
    figures = {(figure.id, figure.who): figure for figure in found.figures}
    share = figures["speaking_share", "A"]
    assert share.before is not None
    assert share.before.value == 0.5
    assert 0.4 < share.before.low < 0.5 < share.before.high < 0.6
    assert share.change == "unclear"
    cuts = figures["interruptions_per_minute", "A"]
    assert (cuts.before and cuts.before.value, cuts.after and cuts.after.value, cuts.change) == (6.0, 0.0, "lower")
    assert figures["interruptions_per_minute", "B"].change == "unclear"


def test_where_nobody_spoke_there_is_nothing_to_compare() -> None:
    figures = compared(report(ms=0), report()).figures
    assert all(figure.before is None and figure.after and figure.change is None for figure in figures)
