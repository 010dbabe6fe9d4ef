"""`listener compare`, `progress` and `promises` as people and programs read them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from listener.adapters.session_folder import SessionFolder, sessions_folder
from listener.app.cli import cli
from listener.app.practice_days import practice_days
from listener.app.progress_rows import progress_groups
from listener.app.replay_cli import load_rubric_and_titles
from listener.app.scenarios_cli import find_scenario
from listener.app.sessions import Sessions
from listener.domain.session import Promise
from listener.domain.span import Span
from listener.domain.speech import Behaviour, BehaviourLabel, Utterance
from listener.errors import BadSession, BadTranscript
from listener.reports.json_report import render
from tests.records import make_record
from tests.stored import store_example
from tests.talks import store_talk
from tests.tui.rooms import example_report, scored

HOSTILE = "I will\x1b[31m \u202ecall\nyou"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    store_talk(sessions_folder(), "20", (Promise("A", HOSTILE),), scored(example_report(), -40))
    store_talk(sessions_folder(), "21", (Promise("B", "cook"),), scored(example_report(), 0))
    return sessions_folder()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, catch_exceptions=False)


def test_two_sessions_are_compared(root: Path) -> None:
    told = run("compare", "20261120", "last").stdout
    assert "95 (86–100)" in told
    assert " higher\n" in told
    assert "no score in either" in told
    assert "!" not in told
    found = json.loads(run("compare", "20261120", "last", "--json").stdout)
    assert (found["schema"], found["comparable"], found["matched_by"]) == ("listener.comparison/1", True, "name")
    first = found["guidelines"][0]
    assert (first["before"]["score"], first["after"]["score"], first["change"]) == (55, 95, "higher")
    assert {figure["id"] for figure in found["figures"]} == {"speaking_share", "interruptions_per_minute"}


def test_what_cannot_be_compared_is_said(root: Path, tmp_path: Path) -> None:
    report = json.loads((root / "20261120-190000" / "report.json").read_text())
    report["session"]["scenario"] = "daily-check-in"
    report["session"]["mics"] = "two"
    report["session"]["partners"][0]["name"] = "Kim"
    report["provenance"]["rules"] = "others"
    report["utterances"] = []
    (tmp_path / "report.json").write_text(json.dumps(report))
    told = run("compare", "report.json", "last").stdout
    for words in (
        "Different things were practised",
        "different rules",
        "partner A is compared with A",
        "two",
        "no words",
    ):
        assert words in told
    assert "not comparable: other practice and other rules" in told
    assert "higher" not in told
    found = json.loads(run("compare", "report.json", "last", "--json").stdout)
    assert found["hindrances"] == ["scenario", "rules"]
    assert {row["change"] for row in found["guidelines"]} == {None}
    assert len(found["notes"]) == 5


def test_what_cannot_be_read_is_told(root: Path, tmp_path: Path) -> None:
    store_example(root, started_at="2026-11-22T19:00:00+01:00")
    with pytest.raises(BadSession, match="no report yet"):
        run("compare", "20261120", "last")
    with pytest.raises(BadTranscript, match="cannot be read"):
        run("compare", "absent.json", "last")
    (tmp_path / "other.json").write_text("{}")
    with pytest.raises(BadTranscript):
        run("compare", "other.json", "20261121")


def test_progress_has_the_numbers_of_the_app(root: Path) -> None:
    rubric, _ = load_rubric_and_titles(find_scenario("free-talk"))
    groups = progress_groups(Sessions(root).progress().points, rubric)
    found = json.loads(run("progress", "--json").stdout)
    assert found["schema"] == "listener.progress/1"
    assert [(row["title"], row["name"], row["change"]) for row in found["guidelines"]] == [
        (group.title, row.latest.name, row.change) for group in groups for row in group.rows
    ]
    assert [[point["score"] for point in row["points"]] for row in found["guidelines"]] == [
        [point.score for point in row.points] for group in groups for row in group.rows
    ]
    assert found["practice_days"]["all"] == ["2026-11-20", "2026-11-21"]
    assert [(row["name"], row["kept"], row["told"], row["open"]) for row in found["promises"]] == [
        ("Nora", 0, 0, 1),
        ("Sam", 0, 0, 1),
    ]


def test_progress_tells_promises_kept_with_their_range(root: Path) -> None:
    run("promises", "mark", "20261121/1", "kept")
    told = run("progress").stdout
    assert "2 days in all" in told
    assert "55 →" in told
    assert "Promise, and do it: what became of your promises" in told
    assert "Sam: 1 of 1 kept (likely 21–100 %)" in told
    assert "Nora: 1 open" in told


def test_without_sessions_there_is_nothing_to_follow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert run("progress").stdout == ""
    assert "Nothing to follow yet" in run("progress").stderr
    assert "No promise is open" in run("promises", "list").stderr
    assert json.loads(run("progress", "--json").stdout)["guidelines"] == []


def test_promises_are_listed_marked_and_corrected(root: Path) -> None:
    listed = run("promises", "list").stdout
    assert "20261121-190000/1" in listed
    assert "Sam: cook" in listed
    assert "\x1b" not in listed
    assert "\u202e" not in listed
    done = run("promises", "mark", "last/1", "not-kept")
    assert "not kept" in done.stderr
    assert "20261121-190000/1" not in run("promises", "list").stdout
    assert "20261121-190000/1" in run("promises", "list", "--all").stdout
    run("promises", "mark", "last/1", "open")
    entries = json.loads(run("promises", "list", "--json").stdout)
    assert entries["schema"] == "listener.promises/1"
    (cook,) = (entry for entry in entries["promises"] if entry["id"] == "20261121-190000/1")
    assert (cook["state"], cook["origin"], cook["name"], cook["start_ms"]) == ("confirmed", "typed", "Sam", None)
    assert cook["told_at"]


def test_what_was_heard_is_confirmed(root: Path) -> None:
    said = Utterance("B", Span(1_000, 2_000), "I'll call.", (), (Behaviour(BehaviourLabel.COMMITMENT, 0.9),))
    (root / "20261121-190000" / "report.json").write_bytes(render(replace(example_report(), utterances=(said,))))
    entries = json.loads(run("promises", "list", "--json").stdout)["promises"]
    heard = next(entry for entry in entries if entry["state"] == "found" and entry["session"] == "20261121-190000")
    assert heard["end_ms"] > heard["start_ms"]
    run("promises", "confirm", heard["id"])
    kept = SessionFolder(root / "20261121-190000").load().promises
    assert [(promise.origin, promise.state) for promise in kept] == [("typed", "confirmed"), ("found", "confirmed")]
    assert run("promises", "mark", heard["id"], "soon").exit_code == 2


def test_practice_days_are_counted_once_and_never_as_a_streak(tmp_path: Path) -> None:
    for time in ("2026-10-30T19:00", "2026-11-20T08:00", "2026-11-20T23:30", "2026-11-22T19:00"):
        store_example(tmp_path, started_at=f"{time}:00+01:00")
    SessionFolder.create(tmp_path, make_record())
    days = practice_days(Sessions(tmp_path).all(), date(2026, 11, 23))
    assert days.this_month == ("2026-11-20", "2026-11-22")
    assert days.told == "Practised on 2 days this month, 3 days in all."
    assert practice_days([], date(2026, 11, 23)).told == ""
    assert practice_days([replace(Sessions(tmp_path).all()[1])], date(2026, 12, 1)).told.startswith(
        "Practised on 0 days"
    )


def test_a_report_that_cannot_be_read_takes_away_no_other(root: Path) -> None:
    (root / "20261120-190000" / "report.json").write_text("{")
    done = run("progress")
    assert done.exit_code == 0
    assert "95 (86–100)" in done.stdout
    assert [line[:30] for line in done.stderr.splitlines()] == ["! 20261120-190000: The report "]
    with pytest.raises(BadTranscript, match="20261120-190000"):
        run("compare", "20261120", "last")
    with pytest.raises(BadTranscript, match="20261120-190000"):
        run("report", "20261120")


def test_a_report_that_is_a_folder_is_told_by_the_session(root: Path) -> None:
    report = root / "20261120-190000" / "report.json"
    report.unlink()
    report.mkdir()
    assert [name for name, _ in Sessions(root).progress().unreadable] == ["20261120-190000"]
    with pytest.raises(BadSession, match="20261120-190000"):
        run("compare", "20261120", "last")
