"""Sessions on this machine: listed, recovered, deleted, followed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from listener.adapters.practice_toml import load_rubric
from listener.adapters.resources import guidelines_file
from listener.adapters.session_folder import SessionFolder
from listener.app.example import EXAMPLE_FILE
from listener.app.final import FinalAnalysis
from listener.app.progress_rows import progress_groups
from listener.app.session_words import detail_lines, details
from listener.app.sessions import Sessions, session_of
from listener.app.settings import Settings
from listener.domain.span import Span
from listener.errors import BadSession
from tests.records import make_record
from tests.stored import store_example

SOUND_ONLY = Settings(model="none")


def analyse(folder: SessionFolder) -> None:
    FinalAnalysis(folder, SOUND_ONLY).run(lambda _stage, _done: None, lambda: False)


def test_sessions_are_listed_newest_first_with_their_state(tmp_path: Path) -> None:
    old = store_example(tmp_path, id="20261120-190000", started_at="2026-11-20T19:00:00+01:00")
    store_example(tmp_path, id="20261122-190000", started_at="2026-11-22T19:00:00+01:00")
    SessionFolder.create(tmp_path, make_record(id="20261123-190000"))
    analyse(old)
    sessions = Sessions(tmp_path)
    assert [(line.id, line.state) for line in sessions.all()] == [
        ("20261123-190000", "unfinished"),
        ("20261122-190000", "recorded"),
        ("20261120-190000", "analysed"),
    ]
    assert sessions.report("20261122-190000") is None


def test_no_folder_is_no_session(tmp_path: Path) -> None:
    assert Sessions(tmp_path / "absent").all() == []
    assert Sessions(tmp_path / "absent").unfinished() == []


def test_a_session_that_cannot_be_read_hides_no_other(tmp_path: Path) -> None:
    store_example(tmp_path)
    (tmp_path / "20261101-000000").mkdir()
    (tmp_path / "20261101-000000" / "session.json").write_text("{")
    sessions = Sessions(tmp_path)
    assert len(sessions.all()) == 1
    assert [name for name, _ in sessions.unreadable()] == ["20261101-000000"]


def test_a_session_of_a_newer_version_is_refused_in_words(tmp_path: Path) -> None:
    folder = store_example(tmp_path)
    file = folder.path / "session.json"
    file.write_text(file.read_text().replace("listener.session/2", "listener.session/3"))
    with pytest.raises(BadSession, match="newer"):
        folder.load()


def test_deleted_means_gone(tmp_path: Path) -> None:
    folder = store_example(tmp_path)
    analyse(folder)
    sessions = Sessions(tmp_path)
    sessions.delete(folder.path.name)
    (log,) = tmp_path.rglob("*")
    assert sessions.all() == []
    line = json.loads(log.read_text())
    assert (log.name, sorted(line), line["action"]) == ("audit.jsonl", ["action", "at", "session"], "delete")


@pytest.mark.parametrize("name", ["", "..", ".", "a/b", "../secret", "20991231-000000"])
def test_only_sessions_are_found_by_id(tmp_path: Path, name: str) -> None:
    root = tmp_path / "sessions"
    store_example(root)
    (tmp_path / "secret").mkdir()
    with pytest.raises(BadSession):
        Sessions(root).delete(name)
    assert (tmp_path / "secret").is_dir()


def test_scores_are_followed_from_the_oldest_on(tmp_path: Path) -> None:
    for day in ("21", "20"):
        analyse(store_example(tmp_path, id=f"202611{day}-190000", started_at=f"2026-11-{day}T19:00:00+01:00"))
    store_example(tmp_path, id="20261122-190000")
    points = Sessions(tmp_path).progress().points
    shared = [point for point in points if point.guideline == "share-the-floor"]
    assert [point.session_id for point in shared] == ["20261120-190000", "20261121-190000"]
    assert shared[0].score == shared[1].score
    assert all(point.low <= point.score <= point.high for point in points)


def test_progress_follows_people_not_letters(tmp_path: Path) -> None:
    days = {"20": {"A": "Nora", "B": "Sam"}, "21": {"A": "sam", "B": "Nora"}}
    for day, names in days.items():
        start = f"2026-11-{day}T19:00:00+01:00"
        analyse(store_example(tmp_path, id=f"202611{day}-190000", started_at=start, names=names))
    points = [p for p in Sessions(tmp_path).progress().points if p.guideline == "let-them-finish"]
    assert {(p.session_id[6:8], p.partner, p.name) for p in points} == {
        ("20", "A", "Nora"),
        ("20", "B", "Sam"),
        ("21", "A", "sam"),
        ("21", "B", "Nora"),
    }
    (group,) = progress_groups(points, load_rubric(guidelines_file()))
    assert [[p.name for p in row.points] for row in group.rows] == [["Sam", "sam"], ["Nora", "Nora"]]


def test_trying_the_example_is_no_progress(tmp_path: Path) -> None:
    analyse(store_example(tmp_path, device=EXAMPLE_FILE))
    assert Sessions(tmp_path).progress().points == []


def test_a_path_names_a_session_by_its_folder_or_its_recording(tmp_path: Path) -> None:
    folder = store_example(tmp_path)
    for named in (folder.path, folder.recording):
        found = session_of(named)
        assert found is not None
        assert found.path == folder.path
    assert session_of(folder.path / "enrol_A.flac") is None
    assert session_of(tmp_path) is None


def test_the_app_without_a_terminal_says_so() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "listener"], capture_output=True, stdin=subprocess.DEVNULL, check=False
    )
    assert done.returncode == 2
    assert b"needs a terminal" in done.stderr


def test_a_report_is_read_without_what_was_struck_since(tmp_path: Path) -> None:
    folder = store_example(tmp_path)
    analyse(folder)
    sessions = Sessions(tmp_path)
    before = sessions.report(folder.path.name)
    assert before is not None
    moment = next(e.span for score in before.guidelines for e in score.evidence)
    folder.save(replace(folder.load(), struck=(Span(moment.start, moment.start + 100),)))
    after = sessions.report(folder.path.name)
    assert after is not None
    assert all(e.span != moment for score in after.guidelines for e in score.evidence)


def test_a_copied_folder_is_a_session_of_its_own(tmp_path: Path) -> None:
    """Its record has the id of the other one; what it is called, opened and deleted by is the folder's name."""
    folder = store_example(tmp_path)
    copy = tmp_path / f"{folder.path.name}-2"
    shutil.copytree(folder.path, copy)
    sessions = Sessions(tmp_path)
    assert {line.id for line in sessions.all()} == {folder.path.name, copy.name}
    copied = SessionFolder(copy)
    assert details(copied.load(), copied)["id"] == copy.name
    assert any(copy.name in line for line in detail_lines(copied.load(), copied))
    sessions.delete(copy.name)
    assert [line.id for line in sessions.all()] == [folder.path.name]


def test_a_link_is_no_session_and_what_it_leads_to_stays(tmp_path: Path) -> None:
    elsewhere = store_example(tmp_path / "elsewhere")
    kept = sorted(path.name for path in elsewhere.path.iterdir())
    root = tmp_path / "sessions"
    own = store_example(root)
    link = root / f"{own.path.name}-2"
    link.symlink_to(elsewhere.path, target_is_directory=True)
    sessions = Sessions(root)
    assert [line.id for line in sessions.all()] == [own.path.name]
    with pytest.raises(BadSession, match="no session"):
        sessions.delete(link.name)
    with pytest.raises(BadSession, match="link"):
        SessionFolder(link).delete()
    inner = own.path / "resume"
    inner.symlink_to(elsewhere.path, target_is_directory=True)
    sessions.delete(own.path.name)
    assert not own.path.exists()
    assert sorted(path.name for path in elsewhere.path.iterdir()) == kept
