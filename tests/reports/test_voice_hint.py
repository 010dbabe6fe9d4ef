"""The hint from the voices in every format: kind words, against the person's own calm talk."""

from __future__ import annotations

import json
from dataclasses import replace

import jsonschema
import pytest

from listener.domain.report import Report
from listener.domain.span import Span
from listener.domain.voice import RaisedVoice, VoiceHint
from listener.reports import wording
from listener.reports.json_report import JsonReport, parse
from listener.reports.markdown_report import MarkdownReport
from listener.reports.schemas import schema
from listener.reports.terminal_report import TerminalReport


@pytest.fixture
def heated(sample: Report) -> Report:
    times = (
        RaisedVoice("B", Span(63_000, 88_000), 8.1, 3.2, 1.22),
        RaisedVoice("A", Span(160_000, 190_000), 6.4, 2.6, 1.02),
    )
    return replace(sample, voice=VoiceHint(("A", "B"), times))


def test_it_is_told_in_the_terminal_and_in_markdown(heated: Report) -> None:
    for told in (TerminalReport(width=100).render(heated).decode(), MarkdownReport().render(heated).decode()):
        assert wording.VOICE_TITLE in told
        assert "Ben spoke louder, higher and faster than in their own calm talk" in told
        assert "Anna spoke louder and higher than in their own calm talk" in told
        assert "break of about twenty minutes" in " ".join(told.split())


def test_where_no_voice_was_raised_nothing_is_said(sample: Report) -> None:
    calm = replace(sample, voice=VoiceHint(("A", "B"), ()))
    for reporter in (TerminalReport(), MarkdownReport()):
        assert reporter.render(calm) == reporter.render(sample)


def test_json_keeps_it_and_is_valid(heated: Report, sample: Report) -> None:
    written = JsonReport().render(heated)
    jsonschema.validate(json.loads(written), schema("report"))
    assert parse(written) == heated
    assert json.loads(written)["voice"]["raised"][0] == {
        "speaker": "B",
        "start_ms": 63_000,
        "end_ms": 88_000,
        "louder_db": 8.1,
        "higher_semitones": 3.2,
        "faster": 1.22,
    }
    assert "voice" not in json.loads(JsonReport().render(sample))
