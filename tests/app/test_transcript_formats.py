"""The same talk gives the same labels and scores, whatever format it comes in."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from listener.app.cli import cli
from listener.domain.speech import Utterance
from listener.errors import BadTranscript, BadUsage
from listener.reports.schemas import schema
from tests.talk_files import WITH_TEXT, Written, ctm, json_lines, overlapping_talk, rttm, vtt, with_words


def run(*arguments: str | Path) -> str:
    return CliRunner().invoke(cli, [str(a) for a in arguments], catch_exceptions=False).stdout


def scored(*arguments: str | Path) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(run("score", *arguments, "--json"))
    jsonschema.validate(report, schema("report"))
    return report


def saved(folder: Path, name: str, content: str, encoding: str = "utf-8") -> Path:
    (folder / name).write_bytes(content.encode(encoding))
    return folder / name


def from_json_lines(folder: Path, talk: Sequence[Utterance]) -> dict[str, Any]:
    return scored(saved(folder, "talk.jsonl", json_lines(talk)))


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return from_json_lines(tmp_path_factory.mktemp("expected"), overlapping_talk())


@pytest.mark.parametrize("written", WITH_TEXT, ids=lambda written: written.name)
def test_every_format_with_text_gives_the_report_of_json_lines(
    tmp_path: Path, written: Written, expected: dict[str, Any]
) -> None:
    report = scored(saved(tmp_path, written.name, written.write(overlapping_talk()), written.encoding))
    assert report == expected
    assert report["overlaps"]
    assert [p["name"] for p in report["session"]["partners"]] == ["Nora", "Ben Öz"]


def test_other_formats_give_the_labels_of_json_lines(tmp_path: Path) -> None:
    talk = overlapping_talk()
    paths = [saved(tmp_path, "talk.jsonl", json_lines(talk)), saved(tmp_path, "talk.vtt", vtt(talk))]
    first, second = (run("label", path, "--json") for path in paths)
    assert first == second


def renamed(report: dict[str, Any]) -> dict[str, Any]:
    """RTTM and CTM have blanks between columns, so that a name cannot hold one."""
    named: dict[str, Any] = json.loads(json.dumps(report, ensure_ascii=False).replace("Ben_Öz", "Ben Öz"))
    return named


def test_ctm_with_rttm_gives_the_report_of_json_lines_with_words(tmp_path: Path) -> None:
    talk = overlapping_talk()
    rttm_path = saved(tmp_path, "talk.rttm", rttm(talk))
    named = saved(tmp_path, "named.ctm", ctm(talk, lambda u: {"A": "Nora", "B": "Ben_Öz"}[u.partner]))
    expected = from_json_lines(tmp_path, with_words(talk))
    report = renamed(scored(named, "--rttm", rttm_path))
    assert report == expected
    assert report["utterances"][0]["words"][0]["probability"] == 0.5
    assert renamed(scored(named)) == expected


def test_words_without_a_speaker_go_to_whoever_speaks_by_the_rttm(tmp_path: Path) -> None:
    talk = [u for i, u in enumerate(overlapping_talk()) if i % 3 != 2]
    rttm_path, ctm_path = saved(tmp_path, "talk.rttm", rttm(talk)), saved(tmp_path, "talk.ctm", ctm(talk))
    expected = from_json_lines(tmp_path, with_words(talk))
    assert renamed(scored(ctm_path, "--rttm", rttm_path)) == expected
    unnamed = [saved(tmp_path, name, path.read_text()) for name, path in (("w", ctm_path), ("s", rttm_path))]
    assert renamed(scored(unnamed[0], "--rttm", unnamed[1])) == expected
    labels = json.loads(run("label", ctm_path, "--rttm", rttm_path, "--json"))
    assert [u["text"] for u in labels["utterances"]] == [u.text for u in talk]


def test_an_rttm_alone_gives_the_timing_and_says_that_there_are_no_words(
    tmp_path: Path, expected: dict[str, Any]
) -> None:
    report = scored(saved(tmp_path, "talk.rttm", rttm(overlapping_talk())))
    for part in ("speech", "turns", "overlaps"):
        assert report[part] == expected[part]
    assert report["talk"]["A"] == expected["talk"]["A"] | {"words_per_minute": None}
    assert report["utterances"] == []
    assert any("holds no words" in note for note in report["session"]["notes"])


def test_an_rttm_alone_cannot_be_labelled(tmp_path: Path) -> None:
    with pytest.raises(BadTranscript, match="without words") as refused:
        run("label", saved(tmp_path, "talk.rttm", rttm(overlapping_talk())))
    assert "--rttm talk.rttm" in refused.value.hint


def test_an_rttm_goes_with_a_ctm_and_nothing_else(tmp_path: Path) -> None:
    talk = overlapping_talk()
    words, speech = saved(tmp_path, "talk.ctm", ctm(talk)), saved(tmp_path, "talk.rttm", rttm(talk))
    for other in (speech, saved(tmp_path, "talk.jsonl", json_lines(talk))):
        with pytest.raises(BadUsage, match="goes with a CTM"):
            run("score", other, "--rttm", words)


def test_control_characters_do_not_reach_the_terminal(tmp_path: Path) -> None:
    path = saved(tmp_path, "talk.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v N\x1b[31mora>hi \x1b]0;x\x07you\n\n"
                 "00:02.000 --> 00:03.000\n<v Ben>hey\n")  # fmt: skip
    assert "\x1b" not in run("label", path)
    lines = saved(tmp_path, "talk.jsonl", '{"speaker": "A\\u001b[31m", "text": "hi \\u0007"}')
    assert not {"\x1b", "\x07"} & set(run("label", lines))
