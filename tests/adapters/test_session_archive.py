"""Sessions as zip files: complete, the same bytes for the same session, and nothing foreign comes in."""

from __future__ import annotations

import json
import stat
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from listener.adapters import session_archive
from listener.adapters.resources import example_folder
from listener.adapters.session_archive import IMPORTING
from listener.adapters.session_folder import SessionFolder, list_sessions
from listener.app.analyse import Analysed
from listener.app.heard import Heard
from listener.app.kept_analysis import keep_analysis
from listener.app.session_exchange import export_session, import_session
from listener.app.sessions import Sessions
from listener.domain.span import Span
from listener.domain.speech import Ipu
from listener.errors import BadSession, DiskFull, OutputExists
from listener.reports.json_report import render
from tests.older_sessions import store_version_1
from tests.records import make_record
from tests.stored import store_example
from tests.tui.rooms import example_report

HEARD = Heard((Ipu("A", Span(0, 900)),), (), has_words=False, duration_ms=48_050, mics="one")
Write = Callable[[zipfile.ZipFile], None]


def exported(tmp_path: Path) -> tuple[SessionFolder, Path]:
    folder = store_example(tmp_path / "there", title="Friday")
    for name, content in {
        "report.json": render(example_report()),
        "review.json": b'{"schema": "listener.review/1"}',
    }.items():
        folder.write(name, content)
    keep_analysis(folder, Analysed(HEARD))
    target = tmp_path / "talk.zip"
    export_session(Sessions(tmp_path / "there"), folder.path.name, target)
    return folder, target


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "session.lock"}


def test_a_session_comes_back_as_it_was(tmp_path: Path) -> None:
    folder, target = exported(tmp_path)
    here = Sessions(tmp_path / "here")
    taken = import_session(here, target)
    assert taken.record == folder.load()
    assert files(here.root / taken.record.id) == files(folder.path)
    assert target.stat().st_mode & 0o077 == 0
    assert all((here.root / taken.record.id / name).stat().st_mode & 0o077 == 0 for name in files(folder.path))
    assert not (here.root / IMPORTING).exists()


def test_only_known_files_are_exported_with_the_time_of_the_session(tmp_path: Path) -> None:
    folder, first = exported(tmp_path)
    (folder.path / "notes.txt").write_text("private")
    (folder.path / "resume").mkdir()
    second = tmp_path / "again.zip"
    export_session(Sessions(folder.path.parent), folder.path.name, second)
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(second) as archive:
        assert archive.namelist() == [
            "session.json",
            "report.json",
            "analysis.json",
            "review.json",
            "recording.flac",
            "enrol_A.flac",
            "enrol_B.flac",
        ]
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 11, 23, 19, 0, 0)}


def test_the_sound_can_stay_at_home(tmp_path: Path) -> None:
    folder, _ = exported(tmp_path)
    target = tmp_path / "words.zip"
    names = export_session(Sessions(folder.path.parent), folder.path.name, target, with_sound=False)
    assert names == ["session.json", "report.json", "analysis.json", "review.json"]
    here = Sessions(tmp_path / "here")
    import_session(here, target)
    assert here.all()[0].state == "analysed"


def test_nothing_is_overwritten_unasked(tmp_path: Path) -> None:
    folder, target = exported(tmp_path)
    before = target.read_bytes()
    sessions = Sessions(folder.path.parent)
    with pytest.raises(OutputExists):
        export_session(sessions, folder.path.name, target)
    assert target.read_bytes() == before
    target.write_text("in the way")
    export_session(sessions, folder.path.name, target, force=True)
    assert target.read_bytes() == before
    with pytest.raises(OutputExists):
        export_session(sessions, folder.path.name, tmp_path, force=True)
    with pytest.raises(DiskFull):
        export_session(sessions, folder.path.name, tmp_path / "nowhere" / "talk.zip")


def test_a_recording_that_is_not_saved_is_not_exported(tmp_path: Path) -> None:
    folder = SessionFolder.create(tmp_path, make_record())
    with pytest.raises(BadSession, match="not finished"):
        export_session(Sessions(tmp_path), folder.path.name, tmp_path / "talk.zip")


def test_a_taken_id_gets_another(tmp_path: Path) -> None:
    folder, target = exported(tmp_path)
    sessions = Sessions(folder.path.parent)
    ids = [import_session(sessions, target).record.id for _ in range(2)]
    assert ids == ["20261123-190000-2", "20261123-190000-3"]
    assert [folder.load().id for folder in list_sessions(sessions.root)] == [*ids[::-1], "20261123-190000"]


def test_a_session_of_version_1_travels_as_it_is(tmp_path: Path) -> None:
    folder = store_version_1(tmp_path / "there")
    (folder.path / "report.json").unlink()
    export_session(Sessions(tmp_path / "there"), folder.path.name, tmp_path / "talk.zip")
    here = Sessions(tmp_path / "here")
    import_session(here, tmp_path / "talk.zip")
    assert files(here.root / folder.path.name) == files(folder.path)
    second = import_session(here, tmp_path / "talk.zip").record.id
    assert "session.json.v1" in files(here.root / second)


RECORD = json.dumps(
    {
        "schema": "listener.session/2",
        "id": "20261123-190000",
        "started_at": "2026-11-23T19:00:00+01:00",
        "scenario": "free-talk",
        "names": {"A": "Nora", "B": "Sam"},
        "mics": "one",
        "device": "USB",
        "rate": 16_000,
        "channels": 1,
        "listener": "0.1.0",
        "consent": ["A", "B"],
        "state": "recorded",
    }
)


def record(**values: object) -> str:
    return json.dumps(json.loads(RECORD) | values)


def entry(name: str, mode: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    return info


def analysis(**values: object) -> str:
    """The analysis of the session, with other values of what was heard."""
    with tempfile.TemporaryDirectory() as scratch:
        keep_analysis(SessionFolder(Path(scratch)), Analysed(HEARD))
        document = json.loads(Path(scratch, "analysis.json").read_text())
    document["heard"] |= values
    return json.dumps(document)


def sound() -> bytes:
    return (example_folder() / "conversation.flac").read_bytes()


def twice(archive: zipfile.ZipFile) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("report.json", "{}")


HOSTILE: dict[str, tuple[Write, str]] = {
    "up": (lambda a: a.writestr("../report.json", "{}"), "belongs to no session"),
    "absolute": (lambda a: a.writestr("/root/report.json", "{}"), "belongs to no session"),
    "backslash": (lambda a: a.writestr("..\\report.json", "{}"), "belongs to no session"),
    "folder": (lambda a: a.writestr("a/report.json", "{}"), "belongs to no session"),
    "a folder of that name": (lambda a: a.mkdir("report.json"), "belongs to no session"),
    "unknown": (lambda a: a.writestr("run.sh", "rm -rf"), "belongs to no session"),
    "lock": (lambda a: a.writestr("session.lock", ""), "belongs to no session"),
    "link": (lambda a: a.writestr(entry("review.json", stat.S_IFLNK | 0o777), "/etc/passwd"), "else than a file"),
    "device": (lambda a: a.writestr(entry("review.json", stat.S_IFIFO), ""), "else than a file"),
    "twice": (twice, "twice"),
    "no sound": (lambda a: a.writestr("recording.flac", b"fLaC but not"), "cannot be heard"),
    "no object": (lambda a: a.writestr("analysis.json", "[]"), "damaged"),
    "an analysis of nothing": (lambda a: a.writestr("analysis.json", "{}"), "damaged"),
    "a review of nothing": (lambda a: a.writestr("review.json", "{}"), "damaged"),
    "impossible analysis": (lambda a: a.writestr("analysis.json", analysis(duration_ms=-5)), "damaged"),
    "endless analysis": (lambda a: a.writestr("analysis.json", analysis(duration_ms=1 << 40)), "damaged"),
    "half the sound": (lambda a: a.writestr("recording.flac", sound()[:200_000]), "to its end|cannot be heard"),
    "sound of another length": (lambda a: a.writestr("recording.flac", sound()), "another length"),
    "damaged report": (lambda a: a.writestr("report.json", '{"schema": 1}'), "damaged report"),
    "deep": (lambda a: a.writestr("analysis.json", '{"a":' * 100_000), "damaged"),
}


def archive_with(tmp_path: Path, write: Write, with_record: str | None = RECORD) -> Path:
    path = tmp_path / "hostile.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        if with_record is not None:
            archive.writestr("session.json", with_record)
        if write is twice:
            archive.writestr("report.json", "{}")
        write(archive)
    return path


def refused(tmp_path: Path, path: Path, told: str) -> None:
    here = Sessions(tmp_path / "here")
    with pytest.raises(BadSession, match=told):
        import_session(here, path)
    assert list(here.root.rglob("*")) == []
    assert sorted(found.name for found in tmp_path.iterdir()) == sorted({path.name, "here"})


@pytest.mark.parametrize("what", HOSTILE)
def test_what_no_session_holds_is_refused_whole(tmp_path: Path, what: str) -> None:
    write, told = HOSTILE[what]
    length = 48_050 if what == "half the sound" else 0
    refused(tmp_path, archive_with(tmp_path, write, record(duration_ms=length)), told)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "no session record"),
        ("{", "damaged"),
        (record(schema="listener.session/3"), "newer version"),
        (record(schema="listener.report/1"), "no session record"),
        (record(state="recording"), "never finished"),
        (record(started_at="yesterday"), "when it was recorded"),
        (record(started_at="2026-11-23T19:00:00"), "when it was recorded"),
        (record(scenario="../../secret.toml"), "what was practised"),
        (record(phases=[{"phase": 9, "at": 0}]), "does not have"),
        (record(phases=[{"phase": -1, "at": 0}]), "does not have"),
        (record(struck=[{"start": 9, "end": 3}]), "damaged"),
        (record(struck=[{"start": -9, "end": 3}]), "no talk has"),
        (record(started_at="0001-01-01T00:00:00+23:00"), "when it was recorded"),
        (record(started_at="20261123T190000+0100"), "when it was recorded"),
        (record(duration_ms=-1), "no talk has"),
        (record(duration_ms=25 * 60 * 60 * 1000), "no talk has"),
        (record(pauses=[{"at": 0, "lasted_ms": -1, "kind": "pause"}]), "no talk has"),
        (record(rate=0), "no microphone"),
        (record(channels=64), "no microphone"),
        (record(answers=[{"partner": "A", "guideline": "validate", "value": 6}]), "1 to 5"),
        (record(answers=[{"partner": "A", "guideline": "be-rich", "value": 3}]), "no guideline"),
        (record(promises=[{"partner": "C", "text": "x"}]), "damaged"),
    ],
)
def test_a_record_that_is_none_is_refused(tmp_path: Path, content: str | None, told: str) -> None:
    refused(tmp_path, archive_with(tmp_path, lambda _archive: None, content), told)


@pytest.mark.parametrize("name", ["../../escape", "a/b", "", "20261123-190000/..", ".importing", "x" * 5_000])
def test_an_id_that_is_a_path_is_replaced(tmp_path: Path, name: str) -> None:
    here = Sessions(tmp_path / "here")
    taken = import_session(here, archive_with(tmp_path, lambda _archive: None, record(id=name)))
    assert taken.record.id == "20261123-190000"
    assert here.folder("20261123-190000").load() == taken.record


def test_more_than_a_session_can_hold_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = archive_with(tmp_path, lambda a: a.writestr("report.json", b" " * 2_000_000))
    assert path.stat().st_size < 10_000
    monkeypatch.setattr(session_archive, "TEXT_LIMIT", 1_000_000)
    refused(tmp_path, path, "more than any session has")


@pytest.mark.parametrize("content", [b"", b"PK\x05\x06", b"no zip at all" * 100])
def test_what_is_no_zip_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "talk.zip"
    path.write_bytes(content)
    refused(tmp_path, path, "zip file")


def test_a_damaged_zip_is_refused(tmp_path: Path) -> None:
    path = archive_with(tmp_path, lambda a: a.writestr("analysis.json", json.dumps({"a": list(range(5_000))})))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)
    refused(tmp_path, path, "zip file")


def test_no_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadSession, match="cannot be read"):
        import_session(Sessions(tmp_path / "here"), tmp_path / "absent.zip")


def test_what_a_cut_off_import_left_is_removed(tmp_path: Path) -> None:
    _, target = exported(tmp_path)
    here = Sessions(tmp_path / "here")
    left = here.root / IMPORTING / "recording.flac"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")
    assert here.all() == []
    taken = import_session(here, target)
    assert [path.name for path in here.root.iterdir()] == [taken.record.id]
