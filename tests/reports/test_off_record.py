from __future__ import annotations

from dataclasses import replace

import pytest

from listener.domain.report import Advice, Report
from listener.domain.session import Promise
from listener.domain.span import Span
from listener.domain.speech import Utterance
from listener.reports.off_record import STRUCK_SINCE, off_record


def test_nothing_that_lies_in_a_struck_passage_is_left(sample: Report) -> None:
    report = off_record(sample, (Span(1_200, 1_600), Span(62_000, 90_000), Span(115_000, 118_500)))
    assert [(u.text, [w.text for w in u.words]) for u in report.utterances] == [("I lonely", ["I", "lonely"])]
    assert all(o.span.start not in {70_500, 115_000} for o in report.overlaps)
    kept = [e.span.start for score in report.guidelines for e in score.evidence]
    assert kept == [36_200, 129_000]


def test_an_utterance_of_struck_words_goes_with_them(sample: Report) -> None:
    assert [u.partner for u in off_record(sample, (Span(1_000, 2_300),)).utterances] == ["B"]


def test_what_only_touches_a_struck_passage_stays(sample: Report) -> None:
    left = off_record(sample, (Span(2_200, 12_000), Span(41_000, 62_900)))
    assert left == replace(sample)


def test_without_struck_passages_it_is_the_same(sample: Report) -> None:
    assert off_record(sample, ()) is sample


def test_whatever_a_struck_passage_touches_is_left_out(sample: Report) -> None:
    heard = (Promise("A", "I will call", "found", Span(66_000, 67_500)), Promise("B", "The quiet house got to me."))
    spoken = Utterance("B", Span(66_000, 68_000), "The quiet house got to me")
    promised = (*heard, Promise("B", "I will cook"), Promise("A", "I felt lonely"))
    report = replace(sample, session=replace(sample.session, promises=promised))
    report = off_record(replace(report, utterances=(*sample.utterances, spoken)), (Span(67_000, 70_000),))
    assert [u.partner for u in report.utterances] == ["A"]
    assert [e.span.start for score in report.guidelines for e in score.evidence] == [36_200, 115_000, 129_000]
    assert report.review is not None
    assert [j.judgement.moment.span.start for j in report.review.judged] == [12_300]
    assert report.session.promises == promised[2:]


def test_a_word_that_a_struck_passage_touches_goes(sample: Report) -> None:
    first = off_record(sample, (Span(2_100, 12_000),)).utterances[0]
    assert (first.text, first.behaviours) == ("I felt", ())


@pytest.mark.parametrize(
    ("advice", "stands"),
    [
        ("You shared the time almost evenly.", True),
        ("Ben came in before Anna had finished: once, at 0:36.", True),
        ("Ben, Anna said “I felt lonely”. Say “You felt lonely. Is that it?”", True),
        ("Ben asked “so it was the quiet house”.", False),
        ("Ben asked “So it was the quiet house that got to you?” (At 1:02: “I felt”)", False),
        ("Ben took it up: twice, first at 1:02.", False),
        ("Ben took it up: at 1:09.", False),
        ("Try “You feel hurt. What is that like?”", False),
        ("Ben asked “So it was the quiet", False),
    ],
)
def test_advice_about_what_is_gone_goes_too(sample: Report, advice: str, stands: bool) -> None:
    report = replace(sample, advice=Advice((advice, "You took turns."), advice))
    left = off_record(report, (Span(67_000, 70_000),)).advice
    if stands:
        assert left == report.advice
    else:
        assert left == Advice(("You took turns.",), STRUCK_SINCE)


def test_advice_stays_where_nothing_is_gone(sample: Report) -> None:
    report = replace(
        sample, advice=Advice(("“Never heard” at 4:00",), ""), utterances=(Utterance("A", Span(0, 9), ""),)
    )
    assert off_record(report, (Span(238_000, 240_000),)) == report
