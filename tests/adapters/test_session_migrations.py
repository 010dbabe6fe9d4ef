"""Records of older versions: read as they are, migrated when written, newer ones refused."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from listener.adapters.session_folder import list_sessions
from listener.adapters.session_migrations import CURRENT, MIGRATIONS, from_1_to_2, version_of, version_of_schema
from listener.app.sessions import Sessions
from listener.domain.session import Answer, Pause, PhaseStart, Promise
from listener.domain.span import Span
from listener.errors import BadSession, DiskFull
from tests.full_disk import no_file_longer_than
from tests.older_sessions import VERSION_1, store_version_1
from tests.records import make_record


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_every_older_version_has_its_step() -> None:
    assert sorted(MIGRATIONS) == list(range(1, CURRENT))


def test_a_session_of_version_1_is_read_without_being_written(tmp_path: Path) -> None:
    folder = store_version_1(tmp_path)
    before = content(folder.path)
    assert folder.load() == make_record(
        id="20261120-190000",
        started_at="2026-11-20T19:00:00+01:00",
        device="Built-in microphone",
        listener="0.1.0",
        state="recorded",
        readiness={"calm": True},
        phases=(PhaseStart(0, 0),),
        pauses=(Pause(5_000, 1_000, "break"),),
        gaps=(Span(1, 2),),
        answers=(Answer("A", "validate", 4),),
        promises=(Promise("B", "I will call on Friday."),),
        ended="by choice",
        duration_ms=48_050,
    )
    assert Sessions(tmp_path).all()[0].title == ""
    assert content(folder.path) == before


def test_the_first_write_keeps_the_old_record_and_touches_nothing_else(tmp_path: Path) -> None:
    folder = store_version_1(tmp_path)
    before = content(folder.path)
    record = folder.load()
    folder.save(replace(record, title="Friday"))
    after = content(folder.path)
    assert after.pop("session.json.v1") == before.pop("session.json")
    assert json.loads(after.pop("session.json"))["schema"] == "listener.session/2"
    assert after == before
    assert folder.load() == replace(record, title="Friday")
    folder.save(replace(record, title="Saturday"))
    assert (folder.path / "session.json.v1").read_text() == VERSION_1
    assert (folder.path / "session.json.v1").stat().st_mode & 0o077 == 0


def test_cut_off_between_backup_and_rewrite_the_session_is_whole(tmp_path: Path) -> None:
    folder = store_version_1(tmp_path)
    record = folder.load()
    with no_file_longer_than(len(VERSION_1)), pytest.raises(DiskFull):
        folder.save(replace(record, title="Friday " * 1000))
    assert (folder.path / "session.json").read_text() == VERSION_1
    assert (folder.path / "session.json.v1").read_text() == VERSION_1
    assert folder.load() == record
    folder.save(replace(record, title="Friday"))
    assert folder.load().title == "Friday"
    assert (folder.path / "session.json.v1").read_text() == VERSION_1


def test_a_backup_that_an_older_program_outdated_is_made_again(tmp_path: Path) -> None:
    folder = store_version_1(tmp_path)
    (folder.path / "session.json.v1").write_text("from a run that was cut off")
    folder.save(folder.load())
    assert (folder.path / "session.json.v1").read_text() == VERSION_1


def test_a_session_of_this_version_has_no_backup(tmp_path: Path) -> None:
    folder = store_version_1(tmp_path)
    (folder.path / "session.json").unlink()
    folder.save(make_record())
    folder.save(make_record(title="again"))
    assert not (folder.path / "session.json.v1").exists()


def test_the_backup_is_deleted_with_the_session(tmp_path: Path) -> None:
    folder = store_version_1(tmp_path)
    folder.save(folder.load())
    folder.delete()
    assert list(tmp_path.iterdir()) == []


def test_a_newer_session_is_refused_listed_with_the_reason_and_can_be_deleted(tmp_path: Path) -> None:
    folder = store_version_1(tmp_path)
    newer = VERSION_1.replace("listener.session/1", "listener.session/3")
    (folder.path / "session.json").write_text(newer)
    sessions = Sessions(tmp_path)
    for use in (folder.load, folder.finalise, lambda: sessions.rename("20261120-190000", "x")):
        with pytest.raises(BadSession, match="newer version") as told:
            use()
        assert "Update" in told.value.hint
    assert (folder.path / "session.json").read_text() == newer
    assert sessions.all() == []
    (unreadable,) = sessions.unreadable()
    assert unreadable[0] == "20261120-190000"
    assert "newer version" in unreadable[1].message
    sessions.delete(sessions.find("last"))
    assert list_sessions(tmp_path) == []


@pytest.mark.parametrize("promises", ['"many"', "[3]", "null"])
def test_a_record_that_is_not_of_its_own_version_is_damaged(tmp_path: Path, promises: str) -> None:
    folder = store_version_1(tmp_path)
    entries = VERSION_1.replace('[{"partner": "B", "text": "I will call on Friday."}]', promises)
    (folder.path / "session.json").write_text(entries)
    with pytest.raises(BadSession, match="damaged"):
        folder.load()


def test_a_migration_leaves_what_it_was_given() -> None:
    entries: dict[str, object] = {"promises": [{"partner": "A", "text": "call"}]}
    migrated = from_1_to_2(entries)
    assert entries == {"promises": [{"partner": "A", "text": "call"}]}
    assert migrated["title"] == ""
    assert from_1_to_2({}) == {"title": "", "promises": []}


@pytest.mark.parametrize("schema", [None, 1, "", "listener.session/0", "listener.session/x", "listener.report/1"])
def test_what_is_no_version(schema: object) -> None:
    assert version_of_schema(schema) is None
    assert version_of(json.dumps({"schema": schema}).encode()) is None


def test_damage_has_no_version() -> None:
    assert version_of(b"{") is None
    assert version_of(b"[]") is None
    assert version_of(b'{"schema": "listener.session/7"}') == 7
