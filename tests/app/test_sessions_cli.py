"""`listener sessions`: found by a beginning, listed, named, deleted, sent and taken in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from listener.adapters.session_folder import SessionFolder, sessions_folder
from listener.app.cli import cli
from listener.app.sessions import LONGEST_TITLE, Sessions
from listener.errors import BadSession, BadUsage, NotLogged, OutputExists
from tests.records import make_record
from tests.stored import store_example

OLD, NEW = "20261120-190000", "20261123-190000"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    store_example(sessions_folder(), started_at="2026-11-20T19:00:00+01:00", names={"A": "Zoë", "B": "李"})
    SessionFolder.create(sessions_folder(), make_record())
    return sessions_folder()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["sessions", *arguments], catch_exceptions=False)


def audit(root: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in (root / "audit.jsonl").read_text().splitlines()]


@pytest.mark.parametrize("name", [NEW, "20261123", "2026112" + "3-19", "last"])
def test_a_session_is_found_by_what_begins_no_other(root: Path, name: str) -> None:
    assert Sessions(root).find(name) == NEW


@pytest.mark.parametrize("name", ["", "2026", "2025", "..", "/", "LAST", f"{NEW}/"])
def test_no_session_is_found_by_what_may_mean_several_or_none(root: Path, name: str) -> None:
    with pytest.raises(BadSession):
        Sessions(root).find(name)


def test_an_id_that_begins_another_means_itself(root: Path) -> None:
    SessionFolder.create(root, make_record())
    assert Sessions(root).find(NEW) == NEW
    assert Sessions(root).find("last") == f"{NEW}-2"


def test_without_sessions_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    done = run("list")
    assert done.stdout == ""
    assert "There are no sessions yet" in done.stderr
    assert json.loads(run("list", "--json").stdout)["sessions"] == []
    with pytest.raises(BadSession):
        run("show", "last")


def test_the_list_is_for_people_and_programs(root: Path) -> None:
    (root / "20261101-000000").mkdir()
    (root / "20261101-000000" / "session.json").write_text('{"schema": "listener.session/3"}')
    done = run("list")
    assert [line.split()[0] for line in done.stdout.splitlines()] == [NEW, OLD]
    assert "Zoë, 李" in done.stdout
    assert "20261101-000000: The session 20261101-000000 was written by a newer version" in done.stderr
    listed = json.loads(run("list", "--json").stdout)
    assert listed["schema"] == "listener.sessions/1"
    assert [(entry["id"], entry["state"]) for entry in listed["sessions"]] == [(NEW, "unfinished"), (OLD, "recorded")]
    assert [entry["id"] for entry in listed["unreadable"]] == ["20261101-000000"]


HOSTILE = "a\nb\x1b[31m\u202ered; \t rm"


def test_a_title_stays_text_on_one_line(root: Path) -> None:
    run("rename", OLD, HOSTILE)
    kept = SessionFolder(root / OLD).load().title
    assert kept == "a b\N{REPLACEMENT CHARACTER}[31m\N{REPLACEMENT CHARACTER}red; rm"
    assert len(run("list").stdout.splitlines()) == 2
    assert kept in run("list").stdout
    assert kept in run("show", OLD).stdout
    with pytest.raises(BadSession, match=f"{LONGEST_TITLE + 1} characters"):
        run("rename", OLD, "x" * (LONGEST_TITLE + 1))
    assert SessionFolder(root / OLD).load().title == kept
    run("rename", OLD, "")
    assert SessionFolder(root / OLD).load().title == ""


def test_a_title_that_was_written_by_others_stays_text(root: Path) -> None:
    folder = SessionFolder(root / OLD)
    record = json.loads((folder.path / "session.json").read_text())
    (folder.path / "session.json").write_text(json.dumps(record | {"title": HOSTILE, "device": HOSTILE}))
    for done in (run("list"), run("show", OLD)):
        assert "\x1b" not in done.stdout
        assert "\u202e" not in done.stdout


def test_showing_tells_what_is_kept_and_is_logged(root: Path) -> None:
    shown = json.loads(run("show", OLD, "--json").stdout)
    assert (shown["schema"], shown["id"], shown["has_report"]) == ("listener.session-details/1", OLD, False)
    assert {file["name"] for file in shown["files"]} >= {"session.json", "recording.flac"}
    assert [(line["action"], line["session"]) for line in audit(root)] == [("open", OLD)]


def test_deleting_asks_and_refuses_without_a_terminal(root: Path) -> None:
    with pytest.raises(BadUsage, match="without a terminal"):
        run("delete", OLD)
    assert (root / OLD).exists()


def test_deleted_leaves_nothing_but_the_line_that_says_so(root: Path, tmp_path: Path) -> None:
    run("rename", OLD, "Zoë's birthday")
    (root / OLD / "resume").mkdir()
    (root / OLD / "resume" / "words.bin").write_bytes(b"words")
    (root / OLD / "review.json").write_text('{"schema": "listener.review/1"}')
    run("delete", OLD, "--yes")
    run("delete", NEW, "--yes")
    (log,) = (path for path in (tmp_path / "home").rglob("*") if path.is_file())
    assert log == root / "audit.jsonl"
    assert not any(word in log.read_text() for word in ("Zo", "birthday", str(tmp_path)))
    assert [line["action"] for line in audit(root)] == ["delete", "delete"]
    assert all(line["at"].endswith("+00:00") for line in audit(root))
    assert log.stat().st_mode & 0o077 == 0


def test_what_cannot_be_logged_is_done_and_told(root: Path) -> None:
    (root / "audit.jsonl").mkdir()
    done = run("delete", OLD, "--yes")
    assert not (root / OLD).exists()
    assert done.exit_code == 0
    assert "audit log could not be written" in done.stderr


def test_a_session_is_sent_and_taken_in(root: Path, tmp_path: Path) -> None:
    run("export", OLD)
    assert (tmp_path / f"listener-{OLD}.zip").exists()
    with pytest.raises(OutputExists):
        run("export", OLD)
    run("export", OLD, "--force", "--no-sound")
    done = run("import", f"listener-{OLD}.zip")
    assert done.stdout == f"{OLD}-2\n"
    assert "another one" in done.stderr
    assert [(line["action"], line["session"], line.get("format")) for line in audit(root)] == [
        ("export", OLD, "zip"),
        ("export", OLD, "zip without sound"),
        ("import", f"{OLD}-2", "zip"),
    ]


def test_a_link_that_leads_nowhere_is_not_replaced_unasked(root: Path, tmp_path: Path) -> None:
    link = tmp_path / "talk.zip"
    link.symlink_to(tmp_path / "absent")
    with pytest.raises(OutputExists):
        run("export", OLD, "talk.zip")
    assert link.is_symlink()
    run("export", OLD, "talk.zip", "--force")
    assert not link.is_symlink()


def test_no_session_is_written_to_stdout_or_a_file_of_that_name(root: Path, tmp_path: Path) -> None:
    with pytest.raises(BadUsage, match="stdout"):
        run("export", OLD, "-")
    assert not (tmp_path / "-").exists()


def test_what_cannot_be_logged_does_not_leave(root: Path, tmp_path: Path) -> None:
    (root / "audit.jsonl").mkdir()
    with pytest.raises(NotLogged):
        run("export", OLD, "talk.zip")
    assert not (tmp_path / "talk.zip").exists()
