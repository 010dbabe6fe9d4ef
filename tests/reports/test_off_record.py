from __future__ import annotations

from dataclasses import replace

from listener.domain.report import Report
from listener.domain.span import Span
from listener.reports.off_record import off_record


def test_nothing_that_lies_in_a_struck_passage_is_left(sample: Report) -> None:
    report = off_record(sample, (Span(1_150, 1_600), Span(62_000, 90_000), Span(115_000, 118_500)))
    assert [(u.text, [w.text for w in u.words]) for u in report.utterances] == [("I lonely", ["I", "lonely"])]
    assert all(o.span.start not in {70_500, 115_000} for o in report.overlaps)
    kept = [e.span.start for score in report.guidelines for e in score.evidence]
    assert kept == [36_200, 129_000]


def test_an_utterance_of_struck_words_goes_with_them(sample: Report) -> None:
    assert [u.partner for u in off_record(sample, (Span(1_000, 2_300),)).utterances] == ["B"]


def test_what_only_touches_a_struck_passage_stays(sample: Report) -> None:
    assert off_record(sample, (Span(2_100, 12_000), Span(41_000, 62_900))) == replace(sample)


def test_without_struck_passages_it_is_the_same(sample: Report) -> None:
    assert off_record(sample, ()) is sample
