"""A stored session is judged moment by moment: scores follow the rubric, and everything can be taken back."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from listener.adapters.practice_toml import load_rubric
from listener.adapters.resources import guidelines_file
from listener.adapters.session_folder import SessionFolder
from listener.analysis.scoring import curve_value
from listener.app.analyse import analysed, report_of
from listener.app.heard import Heard
from listener.app.judgement_file import REVIEW_FILE, judgements_of
from listener.app.kept_analysis import ANALYSIS_FILE, keep_analysis, kept_analysis
from listener.app.promise_ledger import PromiseLedger
from listener.app.remaking import remake_report
from listener.app.reviewing import ReviewMoment, SessionReview
from listener.app.sessions import REPORT_FILE, Sessions, practised
from listener.app.settings import Settings
from listener.domain.floor import OverlapKind
from listener.domain.report import GuidelineScore, Report
from listener.domain.review import Reviewer
from listener.domain.session import Promise
from listener.domain.span import Span
from listener.domain.speech import BehaviourLabel, Ipu, Utterance
from listener.errors import BadSession, BadUsage
from listener.reports.json_report import parse, render
from tests.records import make_record

SPEECH = (
    Ipu("A", Span(0, 20_000)),
    Ipu("B", Span(17_000, 24_000)),  # comes in and takes the floor
    Ipu("A", Span(25_000, 60_000)),
    Ipu("B", Span(57_000, 66_000)),  # again
    Ipu("A", Span(67_000, 80_000)),
)
UTTERANCES = (
    Utterance("A", Span(0, 19_900), "I felt so alone at the party and nobody came over to talk to me."),
    Utterance("B", Span(17_100, 23_900), "You always make such a drama out of everything."),
    Utterance("A", Span(25_100, 59_900), "That hurts. I was only telling you how it was for me."),
    Utterance("B", Span(57_100, 65_900), "So it was the being ignored that hurt the most."),
    Utterance("A", Span(67_100, 79_900), "Yes. Exactly that."),
)


def judgement_json(what: str = "overlap", **values: str) -> bytes:
    """A review file with one judgement; `values` in place of what a reviewer would have given."""
    moment = {"span": {"start": 1, "end": 2}, "what": what, "partner": "A"}
    said = {"by": "A", "at": "2026-11-23T19:00:00+01:00", "moment": moment, "aspect": "event", "value": "none"}
    return json.dumps({"schema": "listener.review/1", "judgements": [{**said, **values}]}).encode()


@pytest.fixture
def folder(tmp_path: Path) -> SessionFolder:
    """A session with its analysis and its report, as the final analysis leaves it."""
    stored = SessionFolder.create(tmp_path, make_record(duration_ms=80_000, state="recorded"))
    found = analysed(Heard(SPEECH, UTTERANCES, True, 80_000, "two"))
    keep_analysis(stored, found)
    _, practice, titles = practised(stored, Settings())
    stored.write(REPORT_FILE, render(report_of(found, practice), titles))
    return stored


def review(folder: SessionFolder, by: Reviewer = "A") -> SessionReview:
    ticks = itertools.count()
    return SessionReview(folder, Settings(), by, lambda: f"2026-11-23T20:00:{next(ticks):02}+01:00")


def stored_report(folder: SessionFolder) -> Report:
    return parse((folder.path / REPORT_FILE).read_bytes())


def row(report: Report, guideline: str, partner: str) -> GuidelineScore:
    return next(score for score in report.guidelines if (score.id, score.partner) == (guideline, partner))


def event(session: SessionReview, at: int) -> ReviewMoment:
    return next(m for m in session.moments() if m.moment.what == "overlap" and m.moment.span.start == at)


def line(session: SessionReview, text: str) -> ReviewMoment:
    return next(m for m in session.moments() if m.moment.what == "utterance" and m.text == text)


def test_a_kept_analysis_gives_the_same_report(folder: SessionFolder) -> None:
    _, practice, titles = practised(folder, Settings())
    assert render(report_of(kept_analysis(folder), practice), titles) == (folder.path / REPORT_FILE).read_bytes()


def test_an_interruption_that_was_none_counts_no_more_and_the_score_follows_the_curve(folder: SessionFolder) -> None:
    session = review(folder)
    before = row(session.report, "let-them-finish", "B")
    assert before.measurements[0].part == 2
    session.set_kind(event(session, 17_000).moment, OverlapKind.BACKCHANNEL)
    after = row(session.report, "let-them-finish", "B")
    counted = after.measurements[0]
    curve = next(
        m.curve
        for g in load_rubric(guidelines_file()).guidelines
        for m in g.measures
        if (g.id, m.id) == ("let-them-finish", "interruptions_per_minute")
    )
    assert (counted.part, counted.whole) == (1, before.measurements[0].whole)
    assert counted.value is not None
    assert after.score == round(curve_value(curve, counted.value))
    assert before.score is not None
    assert after.score > before.score


def test_the_stored_report_is_the_one_on_the_screen(folder: SessionFolder) -> None:
    session = review(folder)
    session.set_kind(event(session, 57_000).moment, None)
    stored = stored_report(folder)
    assert row(stored, "let-them-finish", "B").measurements[0].part == 1
    assert [o.span.start for o in stored.overlaps] == [17_000]
    (judged,) = stored.review.judged if stored.review else ()
    assert (judged.machine, judged.judgement.value, judged.judgement.by, judged.counts) == (
        "interruption",
        "none",
        "A",
        True,
    )


def test_a_behaviour_that_was_not_there_leaves_its_row(folder: SessionFolder) -> None:
    session = review(folder, "therapist")
    blame = line(session, UTTERANCES[1].text)
    assert BehaviourLabel.BLAME in blame.labels
    before = row(session.report, "no-judgement", "B")
    for label in blame.labels:
        session.set_behaviour(blame.moment, label, False)
    after = row(session.report, "no-judgement", "B")
    assert line(session, UTTERANCES[1].text).labels == ()
    assert line(session, UTTERANCES[1].text).machine == blame.labels
    assert sum(m.part for m in after.measurements) < sum(m.part for m in before.measurements)


def test_whoever_spoke_takes_the_speaking_time_along(folder: SessionFolder) -> None:
    session = review(folder)
    before = session.report.talk["A"].speaking_ms
    said = line(session, UTTERANCES[3].text)
    session.set_speaker(said.moment, "A")
    assert session.report.talk["A"].speaking_ms == before + 6_000  # 57 to 66 s, of which 3 s were A's already
    assert line(session, UTTERANCES[3].text).partner == "A"
    assert all(o.span.start != 57_000 for o in session.report.overlaps)


def test_two_partners_who_differ_leave_the_machine_standing_until_a_therapist_decides(folder: SessionFolder) -> None:
    machine = (folder.path / REPORT_FILE).read_bytes()
    review(folder, "A").set_kind(event(review(folder), 17_000).moment, OverlapKind.BACKCHANNEL)
    one_sided = row(stored_report(folder), "let-them-finish", "B").score
    review(folder, "B").accept(event(review(folder), 17_000))
    contested = stored_report(folder)
    assert row(contested, "let-them-finish", "B") == row(parse(machine), "let-them-finish", "B")
    assert contested.review is not None
    assert [j.counts for j in contested.review.judged] == [False, True]
    review(folder, "therapist").set_kind(event(review(folder), 17_000).moment, OverlapKind.COOPERATIVE)
    decided = stored_report(folder)
    assert row(decided, "let-them-finish", "B").score == one_sided
    assert decided.review is not None
    assert {(a.between, a.judged, a.agreed) for a in decided.review.agreement} == {
        (("machine", "A"), 1, 0),
        (("machine", "B"), 1, 1),
        (("machine", "therapist"), 1, 0),
        (("A", "B"), 1, 0),
        (("A", "therapist"), 1, 0),
        (("B", "therapist"), 1, 0),
    }


def test_undo_takes_back_one_act_at_a_time_to_the_same_bytes(folder: SessionFolder) -> None:
    machine = (folder.path / REPORT_FILE).read_bytes()
    session = review(folder)
    session.set_kind(event(session, 17_000).moment, None)
    once = (folder.path / REPORT_FILE).read_bytes()
    session.accept(line(session, UTTERANCES[1].text))  # several judgements in one act
    assert session.undo() is not None
    assert (folder.path / REPORT_FILE).read_bytes() == once
    assert session.undo() is not None
    assert (folder.path / REPORT_FILE).read_bytes() == machine
    assert session.undo() is None


def test_undo_leaves_what_others_said(folder: SessionFolder) -> None:
    review(folder, "A").note(event(review(folder), 17_000).moment, "I was not done.")
    review(folder, "B").note(event(review(folder), 17_000).moment, "I was nervous.")
    review(folder, "A").undo()
    assert [said.value for said in judgements_of(folder)] == ["I was nervous."]
    assert event(review(folder, "B"), 17_000).note_by("B") == "I was nervous."


def test_two_who_review_at_the_same_time_keep_each_others_judgements(folder: SessionFolder) -> None:
    nora, sam = review(folder, "A"), review(folder, "B")
    nora.set_kind(event(nora, 17_000).moment, OverlapKind.BACKCHANNEL)
    sam.set_kind(event(sam, 57_000).moment, OverlapKind.BACKCHANNEL)
    assert [(said.by, said.moment.span.start) for said in judgements_of(folder)] == [("A", 17_000), ("B", 57_000)]
    assert row(stored_report(folder), "let-them-finish", "B").measurements[0].part == 0
    assert sam.report.guidelines == stored_report(folder).guidelines


def test_a_judgement_of_a_moment_that_is_not_there_is_kept_and_does_not_count(folder: SessionFolder) -> None:
    session = review(folder)
    session.set_kind(event(session, 17_000).moment, OverlapKind.TERMINAL)
    other = analysed(Heard(SPEECH[:1] + SPEECH[2:], UTTERANCES, True, 80_000, "two"))
    keep_analysis(folder, other)
    again = review(folder)
    assert again.report.review is not None
    assert [(j.machine, j.counts) for j in again.report.review.judged] == [("none", False)]


def test_a_boundary_that_moved_a_little_takes_its_judgement_along(folder: SessionFolder) -> None:
    review(folder).set_kind(event(review(folder), 17_000).moment, OverlapKind.BACKCHANNEL)
    moved = (SPEECH[0], Ipu("B", Span(17_040, 24_000)), *SPEECH[2:])
    keep_analysis(folder, analysed(Heard(moved, UTTERANCES, True, 80_000, "two")))
    again = review(folder)
    assert again.report.review is not None
    assert [(j.judgement.moment.span.start, j.counts) for j in again.report.review.judged] == [(17_040, True)]
    assert row(again.report, "let-them-finish", "B").measurements[0].part == 1


def test_what_was_stored_before_the_report_could_be_made_is_in_it_after_the_next_look(folder: SessionFolder) -> None:
    machine = (folder.path / REPORT_FILE).read_bytes()
    review(folder).set_kind(event(review(folder), 17_000).moment, None)
    corrected = (folder.path / REPORT_FILE).read_bytes()
    folder.write(REPORT_FILE, machine)  # as after a power cut between the two
    review(folder, "B")
    assert (folder.path / REPORT_FILE).read_bytes() == corrected


def test_a_promise_that_was_none_leaves_the_report(folder: SessionFolder) -> None:
    folder.save(replace(folder.load(), promises=(Promise("A", "I will walk the dog."),)))
    remake_report(folder)
    assert [p.text for p in stored_report(folder).session.promises] == ["I will walk the dog."]
    ledger = PromiseLedger(Sessions(folder.path.parent))
    (entry,) = [e for e in ledger.of_session(folder.path.name) if e.promise.text == "I will walk the dog."]
    ledger.tell(entry, "no_promise", datetime(2026, 11, 24, 9, 0, tzinfo=UTC))
    assert stored_report(folder).session.promises == ()


def test_each_moment_takes_only_what_fits_it(folder: SessionFolder) -> None:
    session = review(folder)
    with pytest.raises(BadUsage):
        session.set_kind(line(session, UTTERANCES[0].text).moment, None)
    with pytest.raises(BadUsage):
        session.set_behaviour(event(session, 17_000).moment, BehaviourLabel.BLAME, True)
    with pytest.raises(BadUsage):
        session.set_speaker(event(session, 17_000).moment, "A")
    assert not (folder.path / REVIEW_FILE).exists()


def test_without_a_kept_analysis_it_says_what_to_do(folder: SessionFolder) -> None:
    (folder.path / ANALYSIS_FILE).unlink()
    with pytest.raises(BadSession, match=r"\(Analyse\)"):
        review(folder)


@pytest.mark.parametrize("content", [b"{}", b"not json", b'{"schema": "listener.analysis/9"}'])
def test_a_damaged_analysis_is_told(folder: SessionFolder, content: bytes) -> None:
    folder.write(ANALYSIS_FILE, content)
    with pytest.raises(BadSession, match="cannot be read"):
        kept_analysis(folder)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'{"schema": "listener.review/2"}', "newer version"),
        (b'{"schema": "listener.review/1", "judgements": [{"by": "nobody"}]}', "cannot be read"),
        (judgement_json(value="bogus"), "cannot be judged as 'bogus'"),
        (judgement_json(aspect="speaker"), "cannot be judged"),
        (judgement_json(label="blame"), "cannot be judged"),
        (judgement_json(aspect="behaviour", what="utterance", value="present"), "cannot be judged"),
        (judgement_json(at="x"), "is no time"),
        (judgement_json(at="2026-11-23T19:00:00+01:00:30"), "is no time"),
        (b"\xff", "cannot be read"),
    ],
)
def test_a_review_that_cannot_be_read_is_told_and_left_alone(folder: SessionFolder, content: bytes, told: str) -> None:
    folder.write(REVIEW_FILE, content)
    with pytest.raises(BadSession, match=told):
        review(folder)
    assert (folder.path / REVIEW_FILE).read_bytes() == content


def test_a_session_in_use_elsewhere_is_not_judged(folder: SessionFolder) -> None:
    session = review(folder)
    before = (folder.path / REPORT_FILE).read_bytes()
    elsewhere = SessionFolder(folder.path)
    elsewhere.lock()
    try:
        with pytest.raises(BadSession, match="in use"):
            session.set_kind(event(session, 17_000).moment, None)
    finally:
        elsewhere.unlock()
    assert (folder.path / REPORT_FILE).read_bytes() == before
