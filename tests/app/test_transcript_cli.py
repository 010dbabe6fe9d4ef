"""`listener label` and `listener score` on written conversations."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from listener.app.cli import cli
from listener.errors import BadTranscript
from listener.reports.schemas import schema
from tests.drawn_talk import GOOD, POOR, utterances


def written(path: Path, talk: str, timed: bool = True) -> Path:
    lines = []
    for u in utterances(talk):
        line: dict[str, object] = {"speaker": u.partner, "text": u.text}
        lines.append(json.dumps(line | ({"start_ms": u.span.start, "end_ms": u.span.end} if timed else {})))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def run(*arguments: str) -> str:
    return CliRunner().invoke(cli, arguments, catch_exceptions=False).stdout


def scores(report: str, partner: str) -> dict[str, int | None]:
    return {row["id"]: row["score"] for row in json.loads(report)["guidelines"] if row["partner"] == partner}


def test_labels_come_one_a_line_in_order_and_fit_the_schema(tmp_path: Path) -> None:
    path = written(tmp_path / "talk.jsonl", GOOD, timed=False)
    labels = json.loads(run("label", str(path), "--json"))
    jsonschema.validate(labels, schema("labels"))
    assert [(u["speaker"], u["text"]) for u in labels["utterances"]] == [(u.partner, u.text) for u in utterances(GOOD)]
    assert any(b["label"] == "reflection" for b in labels["utterances"][1]["behaviours"])


def test_speakers_may_be_called_anything(tmp_path: Path) -> None:
    path = tmp_path / "talk.jsonl"
    path.write_text('{"speaker": "Anna", "text": "How are you?"}\n\n{"speaker": "Ben", "text": "I feel sad."}\n')
    assert [u["speaker"] for u in json.loads(run("label", str(path), "--json"))["utterances"]] == ["Anna", "Ben"]
    assert "Ben: I feel sad." in run("label", str(path))


def test_good_listening_scores_above_poor(tmp_path: Path) -> None:
    reports = [run("score", str(written(tmp_path / name, talk)), "--json") for name, talk in (("g", GOOD), ("p", POOR))]
    for report in reports:
        jsonschema.validate(json.loads(report), schema("report"))
    good, poor = (scores(report, "B") for report in reports)
    for guideline in ("validate", "no-judgement", "compassion"):
        assert (good[guideline] or 0) > (poor[guideline] or 0) + 20, guideline


def test_a_score_has_a_row_for_every_guideline(tmp_path: Path) -> None:
    report = json.loads(run("score", str(written(tmp_path / "t", GOOD)), "--json"))
    assert len({row["id"] for row in report["guidelines"]}) == 17
    assert all(row["score"] is not None or row["withheld"] for row in report["guidelines"])


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("", "no utterances"),
        ('{"speaker": "A"}', "line 1"),
        ('{"speaker": "A", "text": "hi"}\nnonsense', "line 2"),
        ('{"speaker": "A", "text": "hi", "start_ms": 9, "end_ms": 1}', "line 1"),
        ('{"speaker": "A", "text": "a"}\n{"speaker": "C", "text": "b"}\n{"speaker": "D", "text": "c"}', "3 speakers"),
    ],
)
def test_bad_transcripts_are_told_with_their_line(tmp_path: Path, content: str, complaint: str) -> None:
    path = tmp_path / "talk.jsonl"
    path.write_text(content)
    with pytest.raises(BadTranscript) as refused:
        run("label", str(path))
    assert complaint in refused.value.message


def test_a_score_needs_times(tmp_path: Path) -> None:
    with pytest.raises(BadTranscript, match="without times"):
        run("score", str(written(tmp_path / "t", GOOD, timed=False)))
