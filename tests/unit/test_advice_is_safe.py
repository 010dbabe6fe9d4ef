"""Whatever was said and however the partners are called, advice stays text; the same input gives the same words."""

from __future__ import annotations

import dataclasses

import pytest

from listener.analysis.advice import advise
from listener.analysis.scoring import score
from listener.domain.practice import AdviceTexts, Partner, Role
from listener.domain.speech import BehaviourLabel, PartnerId
from tests.advised import PARTNERS, RUBRIC, TALK, only, to_try, with_labels
from tests.drawn_talk import POOR, labelled, shown, talk, utterances

L = BehaviourLabel

HOSTILE = [
    "{name} {partner} {0} {quote!r} {{",
    "[bold]x[/bold] <script>alert(1)</script> & **so** _what_",
    'he said "never" and “go” to me\nand\tleft\x1b[2J',
    "…",
    "word " * 80,
    "a" * 500,
    "%s %(name)s \\n ${HOME}",
]


@pytest.mark.parametrize("quote", HOSTILE)
def test_whatever_was_said_stays_text(quote: str) -> None:
    said = [shown(u, L.DISMISSAL) if u.partner == "B" else u for u in utterances(TALK)]
    said = [dataclasses.replace(u, text=quote) for u in said]
    told = to_try(talk(said), "no-judgement")
    assert told.startswith("Ben, ")
    assert told.isprintable()
    assert len(told) < 420
    assert told.count("“") == told.count("”")
    if "{name}" in quote:
        assert "“{name} {partner} {0} {quote!r} {{”" in told


def test_other_names_are_told_the_same() -> None:
    said = talk(labelled(POOR))
    rows = score(said, RUBRIC)
    told = advise(rows, RUBRIC, PARTNERS, (), said)
    for a, b in (("Zoë", "Öz"), ("Kim", "Lee"), ("Mo", "Jo")):
        renamed = advise(rows, RUBRIC, (Partner("A", a, Role.BOTH, True), Partner("B", b, Role.BOTH, True)), (), said)
        assert renamed.try_next == told.try_next.replace("Anna", a).replace("Ben", b)


def test_names_stay_text() -> None:
    odd = (Partner("A", "{partner}", Role.BOTH, True), Partner("B", "{quote}", Role.BOTH, True))
    conversation = with_labels(TALK, L.BLAME)
    rubric = only("no-judgement")
    rows = [row for row in score(conversation, rubric) if row.partner == "B"]
    assert advise(rows, rubric, odd, (), conversation).try_next.startswith("{quote}, ")


def test_without_a_text_for_the_cause_the_guidelines_own_is_said() -> None:
    told = to_try(with_labels(TALK, L.BLAME), "no-judgement", AdviceTexts("judgement", ("{name}!",)))
    assert told.startswith("Ben, when a verdict or a tip is on your tongue")
    assert told.endswith("(At 0:04: “The market is open late on Fridays”)")


def test_the_whole_rubric_advises_the_same_every_time() -> None:
    for partner in ("A", "B"):
        _advises_the_same_every_time(partner)


def _advises_the_same_every_time(partner: PartnerId) -> None:
    said = talk(labelled(POOR))
    rows = [row for row in score(said, RUBRIC) if row.partner == partner]
    first = advise(rows, RUBRIC, PARTNERS, (), said)
    assert first == advise(rows, RUBRIC, PARTNERS, (), said)
    assert "{" not in first.try_next
