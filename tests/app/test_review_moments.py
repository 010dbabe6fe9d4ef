"""Which moments are listed for review, which scores they belong to, and what a judgement changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from listener.adapters.practice_toml import load_rubric
from listener.adapters.resources import guidelines_file
from listener.app.review_moments import (
    Shown,
    changes,
    corrected,
    corrected_rows,
    judged_by,
    nearest,
    played,
    rows_of,
    shown,
)
from listener.app.reviewing import ReviewMoment, SessionReview
from listener.app.settings import Settings
from listener.domain.floor import OverlapKind
from listener.domain.span import Span
from listener.domain.speech import BehaviourLabel
from tests.reviewed import UTTERANCES, store_reviewable

RUBRIC = load_rubric(guidelines_file())
HUM, FIRST, SECOND = Span(6_000, 6_600), Span(12_000, 14_000), Span(31_000, 33_000)


@pytest.fixture
def session(tmp_path: Path) -> SessionReview:
    return SessionReview(store_reviewable(tmp_path), Settings(), "A")


def moment(session: SessionReview, span: Span) -> ReviewMoment:
    return next(each for each in session.moments() if each.moment.span == span)


def spans(session: SessionReview, which: Shown) -> list[Span]:
    return [each.moment.span for each in shown(session.moments(), which, session.reviewer)]


def test_what_needs_a_look_are_interruptions_and_what_scores_count(session: SessionReview) -> None:
    said = [utterance.span for utterance in UTTERANCES]
    assert spans(session, Shown.TELLING) == [said[0], FIRST, said[1], said[2], SECOND, said[3]]
    assert spans(session, Shown.EVENTS) == [HUM, FIRST, SECOND]
    assert spans(session, Shown.UTTERANCES) == said


def test_what_was_rejected_or_set_still_needs_a_look(session: SessionReview) -> None:
    before = spans(session, Shown.TELLING)
    session.set_kind(moment(session, FIRST).moment, None)
    session.set_kind(moment(session, HUM).moment, OverlapKind.ATTEMPTED_INTERRUPTION)
    assert spans(session, Shown.TELLING) == sorted([*before, HUM])


def test_not_yet_judged_is_one_reviewers_own_and_a_note_is_no_judgement(session: SessionReview) -> None:
    session.set_kind(moment(session, FIRST).moment, None)
    session.note(moment(session, HUM).moment, "Warm.")
    assert FIRST not in spans(session, Shown.NOT_JUDGED)
    assert HUM in spans(session, Shown.NOT_JUDGED)
    assert not judged_by(moment(session, FIRST), "B")
    session.reviewer = "B"
    assert FIRST in spans(session, Shown.NOT_JUDGED)


def test_a_moment_belongs_to_the_rows_that_count_it(session: SessionReview) -> None:
    def rows(span: Span) -> set[tuple[str, str]]:
        return {(row.id, row.partner) for row in rows_of(moment(session, span), session.report, RUBRIC)}

    assert ("let-them-finish", "B") in rows(FIRST)
    assert ("let-them-finish", "A") not in rows(FIRST)
    assert {("full-attention", "B"), ("let-them-finish", "B")} <= rows(HUM)
    assert {("no-judgement", "B"), ("compassion", "B")} <= rows(UTTERANCES[1].span)
    assert ("validate", "B") in rows(UTTERANCES[3].span)


def test_a_row_that_shows_the_moment_is_one_of_its_rows(session: SessionReview) -> None:
    for row in session.report.guidelines:
        for each in row.evidence:
            for found in session.moments():
                if found.moment.span == each.span:
                    assert row in rows_of(found, session.report, RUBRIC)


def test_every_measure_of_a_moment_is_one_of_the_rubric(session: SessionReview) -> None:
    """Each behaviour alone leads to a row, but for listening sounds, told as speech that came in, and plain telling."""
    said = moment(session, UTTERANCES[4].span)
    without = {BehaviourLabel.BACKCHANNEL, BehaviourLabel.INFORMATION}
    shown_here = rows_of(replace(said, labels=(), machine=()), session.report, RUBRIC)
    for label in BehaviourLabel:
        rows = rows_of(replace(said, labels=(label,), machine=()), session.report, RUBRIC)
        assert (len(rows) > len(shown_here)) == (label not in without), label


def test_changes_name_the_rows_before_and_after_the_largest_first(session: SessionReview) -> None:
    before = session.report
    session.set_kind(moment(session, FIRST).moment, OverlapKind.BACKCHANNEL)
    found = changes(before, session.report)
    assert (found[0].before.id, found[0].before.partner) == ("let-them-finish", "B")
    for change in found:
        assert change.before in before.guidelines
        assert change.after in session.report.guidelines
        assert change.before.score != change.after.score
    assert [change.size for change in found] == sorted((change.size for change in found), reverse=True)
    assert changes(session.report, session.report) == ()


def test_corrected_rows_are_those_whose_figures_follow_a_correction(session: SessionReview) -> None:
    session.accept(moment(session, SECOND))
    assert corrected_rows(session.report, RUBRIC) == {}
    assert not corrected(moment(session, SECOND))
    session.set_kind(moment(session, FIRST).moment, OverlapKind.BACKCHANNEL)
    session.set_behaviours(moment(session, UTTERANCES[1].span).moment, {BehaviourLabel.BLAME: False})
    rows = corrected_rows(session.report, RUBRIC)
    assert set(rows) == {("let-them-finish", "B"), ("full-attention", "B"), ("no-judgement", "B"), ("compassion", "B")}
    assert corrected(moment(session, FIRST))


def test_what_partners_differ_on_is_not_corrected(session: SessionReview) -> None:
    session.set_kind(moment(session, FIRST).moment, None)
    session.reviewer = "B"
    session.accept(moment(session, FIRST))
    assert not corrected(moment(session, FIRST))
    assert corrected_rows(session.report, RUBRIC) == {}


def test_several_behaviours_are_one_act(session: SessionReview) -> None:
    before = session.report
    said = moment(session, UTTERANCES[1].span)
    session.set_behaviours(said.moment, {BehaviourLabel.BLAME: False, BehaviourLabel.REFLECTION: True})
    assert moment(session, said.moment.span).labels == (BehaviourLabel.REFLECTION,)
    session.undo()
    assert session.report == before


def test_the_nearest_moment_covers_the_same_time_or_begins_next_to_it(session: SessionReview) -> None:
    moments = session.moments()
    for each in moments:
        assert nearest(moments, each.moment.span) == each
    beyond = nearest(moments, Span(60_000, 61_000))
    assert beyond is not None
    assert beyond.moment.span == UTTERANCES[4].span
    assert nearest((), Span(0, 1)) is None


def test_a_moment_is_played_from_a_second_before_it() -> None:
    assert played(Span(5_000, 6_000)) == Span(4_000, 6_000)
    assert played(Span(400, 6_000)) == Span(0, 6_000)
