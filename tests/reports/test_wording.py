from __future__ import annotations

from dataclasses import replace

import pytest

from listener.domain.report import Evidence, GuidelineScore, Measurement, Report
from listener.domain.span import Span
from listener.ports import Reporter
from listener.reports import wording
from listener.reports.json_report import JsonReport
from listener.reports.markdown_report import MarkdownReport
from listener.reports.summary import summarised
from listener.reports.terminal_report import TerminalReport


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("short", 10, "short"),
        ("exactly ten", 11, "exactly ten"),
        ("one two three four", 13, "one two…"),
        ("one two, three", 9, "one two…"),
        ("unbreakable", 6, "unbre…"),
    ],
)
def test_clipping_keeps_words_whole_where_it_can(text: str, limit: int, expected: str) -> None:
    assert wording.clipped(text, limit) == expected
    assert len(wording.clipped(text, limit)) <= limit


def test_plain_text_is_one_visible_line() -> None:
    assert wording.plain_text(" a\n b\tc\x1b[0m\u202e\ud800 ") == "a b c\ufffd[0m\ufffd\ufffd"
    assert wording.plain_text("Zoë 家 שלום") == "Zoë 家 שלום"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("Anna", "Ben", {"A": "Anna", "B": "Ben"}),
        ("Sam", "Sam ", {"A": "Sam (A)", "B": "Sam (B)"}),
        ("", " \n", {"A": "Partner A", "B": "Partner B"}),
    ],
)
def test_partners_can_always_be_told_apart(sample: Report, first: str, second: str, expected: dict[str, str]) -> None:
    a, b = sample.session.partners
    session = replace(sample.session, partners=(replace(a, name=first), replace(b, name=second)))
    assert wording.partner_names(session) == expected


@pytest.mark.parametrize(
    ("measurement", "expected"),
    [
        (Measurement("interruptions_per_minute", 3, 90_000, "per_minute"), "interruptions 2.0 a minute (3 in 1:30)"),
        (Measurement("interruptions_per_minute", 0, 90_000, "per_minute"), "no interruptions in 1:30"),
        (Measurement("open_question_share", 2, 3, "share"), "open questions 67%"),
        (Measurement("my-own_measure_ms", -900, 2, "mean_ms"), "my own measure -0.5 s on average"),
        (Measurement("reflection_share", 0, 0, "share"), "replies that gave back what was said (nothing to count)"),
    ],
)
def test_measurements_in_words(measurement: Measurement, expected: str) -> None:
    assert wording.measured(measurement) == expected


def test_answers_and_followed_figures_are_told_apart_from_the_recording() -> None:
    row = GuidelineScore("x", "A", 50, 40, 60, None, "asked", (Measurement("felt_heard", 1, 2, "share"),))
    assert wording.rests_on(row) == "From your answers: felt heard 50%"
    assert wording.rests_on(replace(row, basis="tracked", measurements=())) == "Over your sessions"


def test_lost_sound_is_told(sample: Report) -> None:
    assert wording.notes(sample)[-1] == "1.5 s of sound were lost and count as silence."


def test_the_best_row_is_shown_first_then_the_lowest_and_no_moment_twice(sample: Report) -> None:
    def row(id_: str, points: int, *starts: int) -> GuidelineScore:
        moments = tuple(Evidence(Span(at * 1000, at * 1000 + 500), "", f"moment {at}") for at in starts)
        return GuidelineScore(id_, "A", points, points, points, None, "measured", (), moments)

    rows = (row("high", 90, 1, 2, 3), row("low", 10, 2, 4), row("middle", 50, 4), row("none", 0), row("next", 60, 5))
    highlights = summarised(replace(sample, guidelines=rows), {}).highlights
    assert [highlight.heading for highlight in highlights] == [
        "High · Anna · 90",
        "Low · Anna · 10",
        "Next · Anna · 60",
    ]
    assert [[m.reason for m in h.moments] for h in highlights] == [["moment 1", "moment 2"], ["moment 4"], ["moment 5"]]


def test_only_the_surest_interruptions_are_listed_in_order_of_time(sample: Report) -> None:
    contested = sample.overlaps[1]
    many = tuple(
        replace(contested, span=Span(i * 1000, i * 1000 + 500), confidence=0.5 + 0.4 * (i % 2)) for i in range(12)
    )
    summary = summarised(replace(sample, overlaps=many), {})
    assert [at for at, _ in summary.floor_lines] == ["0:00", "0:01", "0:02", "0:03", "0:05", "0:07", "0:09", "0:11"]
    assert summary.more_floor_lines == 4


def test_every_format_is_a_reporter_that_gives_the_same_bytes_again(sample: Report) -> None:
    formats: list[Reporter] = [JsonReport(), MarkdownReport(), TerminalReport(), TerminalReport({}, 60, colour=True)]
    for reporter in formats:
        assert reporter.render(sample) == reporter.render(sample)
