"""Sessions on the disk: made, listed, saved, recovered, deleted."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from listener.adapters.chunk_format import HEADER_BYTES
from listener.adapters.chunk_log import ChunkLog
from listener.adapters.session_folder import SessionFolder, list_sessions, sessions_folder, unfinished
from listener.domain.session import Answer, Pause, PhaseStart, Promise
from listener.domain.span import Span
from listener.errors import BadSession
from tests.records import make_record

RATE = 16_000


def recorded(root: Path, seconds: int = 3, channels: int = 1) -> tuple[SessionFolder, NDArray[np.int16]]:
    """A session that was cut off while it was recorded, and its sound."""
    folder = SessionFolder.create(root, make_record(rate=RATE, channels=channels))
    sound = np.random.default_rng(0).integers(-9_000, 9_000, (seconds * RATE, channels)).astype(np.int16)
    log = ChunkLog(folder.chunks, RATE, channels)
    log.append(sound)
    log.close()
    return folder, sound


def saved(folder: SessionFolder) -> NDArray[np.int16]:
    samples, rate = soundfile.read(folder.recording, dtype="int16", always_2d=True)
    assert rate == RATE
    found: NDArray[np.int16] = samples
    return found


def test_sessions_lie_in_the_users_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    if sys.platform == "linux":
        assert sessions_folder() == tmp_path / "listener" / "sessions"
    assert not sessions_folder().exists()


def test_ids_come_from_the_start_and_never_collide(tmp_path: Path) -> None:
    names = [SessionFolder.create(tmp_path, make_record()).path.name for _ in range(12)]
    assert names[:3] == ["20261123-190000", "20261123-190000-2", "20261123-190000-3"]
    assert [folder.load().id for folder in list_sessions(tmp_path)] == names[::-1]
    later = SessionFolder.create(tmp_path, make_record(started_at="2026-11-23T19:00:01+01:00"))
    assert list_sessions(tmp_path)[0].path == later.path


def test_a_record_comes_back_as_it_was(tmp_path: Path) -> None:
    folder = SessionFolder.create(tmp_path, make_record())
    record = make_record(
        id=folder.path.name,
        names={"A": "Zoë", "B": "李"},
        readiness={"calm": True, "time": False},
        phases=(PhaseStart(0, 0), PhaseStart(1, 60_000)),
        pauses=(Pause(5_000, 1_000, "break"),),
        gaps=(Span(1, 2),),
        struck=(Span(3, 4), Span(9, 12)),
        answers=(Answer("A", "felt-heard", 4),),
        promises=(Promise("B", "Call on Sunday."),),
        ended="by choice",
        duration_ms=7_200_000,
    )
    folder.save(record)
    assert folder.load() == record
    assert folder.path.stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in folder.path.iterdir())


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'{"schema": "listener.session/3", "new": 1}', "newer version"),
        (b'{"schema": "listener.session/1", "id": "x"}', "damaged"),
        (b'{"schema": "listener.report/1"}', "no session record"),
        (b'{"schema": "listener.ses', "damaged"),
        (b"\xff\xfe", "damaged"),
        (b"[]", "damaged"),
    ],
)
def test_a_record_that_cannot_be_understood_is_told(tmp_path: Path, content: bytes, told: str) -> None:
    folder = SessionFolder.create(tmp_path, make_record())
    (folder.path / "session.json").write_bytes(content)
    with pytest.raises(BadSession, match=told):
        folder.load()
    assert [found.path for found in list_sessions(tmp_path)] == [folder.path]
    assert unfinished(tmp_path) == []


def test_there_need_be_no_sessions(tmp_path: Path) -> None:
    assert list_sessions(tmp_path / "nowhere") == []
    (tmp_path / "notes").mkdir()
    (tmp_path / "20261123-190000.txt").write_text("")
    assert list_sessions(tmp_path) == []
    with pytest.raises(BadSession, match="folder of the sessions"):
        list_sessions(tmp_path / "20261123-190000.txt")
    with pytest.raises(BadSession, match="cannot be read"):
        SessionFolder(tmp_path / "gone").load()


@pytest.mark.parametrize("channels", [1, 2])
def test_saving_keeps_every_sample(tmp_path: Path, channels: int) -> None:
    folder, sound = recorded(tmp_path, channels=channels)
    record = folder.finalise()
    assert np.array_equal(saved(folder), sound)
    assert soundfile.info(folder.recording).subtype == "PCM_16"
    assert (record.state, record.duration_ms, record.ended) == ("recorded", 3_000, "it was cut off")
    assert record == folder.load() == folder.finalise()
    assert not folder.chunks.exists()
    assert not folder.in_use


def test_what_was_lost_or_struck_is_silence_and_told(tmp_path: Path) -> None:
    folder = SessionFolder.create(tmp_path, make_record(rate=RATE, ended="by choice"))
    sound = np.full((RATE, 1), 1234, dtype=np.int16)
    log = ChunkLog(folder.chunks, RATE, 1)
    log.append(sound)
    log.append_gap(RATE)
    log.append_gap(RATE // 2)
    log.append(sound)
    log.append(sound)
    log.strike(3 * RATE + RATE // 2, 4 * RATE)
    log.close()
    record = folder.finalise()
    assert record.gaps == (Span(1_000, 2_500),)
    assert record.struck == (Span(3_500, 4_000),)
    assert (record.ended, record.duration_ms) == ("by choice", 4_500)
    heard = saved(folder)[:, 0] != 0
    assert [bool(part.all()) for part in np.split(heard, 9)] == [True, True, *3 * [False], True, True, False, True]


def test_saving_that_was_cut_off_is_done_again(tmp_path: Path) -> None:
    folder, sound = recorded(tmp_path)
    folder.path.joinpath(".recording.flac.part").write_bytes(b"half")
    folder.recording.write_bytes(b"from a run that ended before the record was saved")
    assert [found.path for found in unfinished(tmp_path)] == [folder.path]
    folder.finalise()
    assert np.array_equal(saved(folder), sound)
    assert sorted(path.name for path in folder.path.iterdir()) == ["recording.flac", "session.json", "session.lock"]


def test_chunks_left_over_from_saving_are_removed(tmp_path: Path) -> None:
    folder, sound = recorded(tmp_path)
    chunks = folder.chunks.read_bytes()
    record = folder.finalise()
    folder.chunks.write_bytes(chunks)
    assert folder.finalise() == record
    assert not folder.chunks.exists()
    assert np.array_equal(saved(folder), sound)


def test_nothing_recorded_is_saved_as_nothing(tmp_path: Path) -> None:
    folder = SessionFolder.create(tmp_path, make_record())
    assert folder.finalise().duration_ms == 0
    assert not folder.recording.exists()


def test_a_log_in_which_nothing_can_be_read_is_kept(tmp_path: Path) -> None:
    folder, _ = recorded(tmp_path)
    rubbish = bytes(folder.chunks.stat().st_size)
    folder.chunks.write_bytes(rubbish)
    assert folder.finalise().duration_ms == 0
    assert folder.chunks.read_bytes() == rubbish


def test_a_damaged_log_is_saved_with_a_gap(tmp_path: Path) -> None:
    folder, sound = recorded(tmp_path)
    damaged = bytearray(folder.chunks.read_bytes())
    damaged[HEADER_BYTES + RATE + 100] ^= 1  # somewhere in the second half second
    folder.chunks.write_bytes(damaged)
    assert folder.finalise().gaps == (Span(500, 1_000),)
    sound[RATE // 2 : RATE] = 0
    assert np.array_equal(saved(folder), sound)


HOLDER = """
import sys
from pathlib import Path
from listener.adapters.session_folder import SessionFolder

folder = SessionFolder(Path(sys.argv[1]))
folder.lock()
print("held", flush=True)
sys.stdin.read()
"""


def test_a_session_that_a_living_process_holds_is_left_alone(tmp_path: Path) -> None:
    folder, _ = recorded(tmp_path)
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        assert folder.in_use
        assert unfinished(tmp_path) == []
        for use in (folder.lock, folder.finalise, folder.delete):
            with pytest.raises(BadSession, match="in use"):
                use()
        holder.kill()
        holder.wait()
    assert [found.path for found in unfinished(tmp_path)] == [folder.path]
    assert folder.finalise().duration_ms == 3_000


def test_the_same_process_may_hold_a_session_once(tmp_path: Path) -> None:
    folder, _ = recorded(tmp_path)
    folder.lock()
    folder.lock()
    assert folder.in_use
    assert SessionFolder(folder.path).in_use
    with pytest.raises(BadSession, match="in use"):
        SessionFolder(folder.path).lock()
    folder.finalise()
    assert folder.in_use
    folder.unlock()
    folder.unlock()
    assert not SessionFolder(folder.path).in_use


def test_deleting_leaves_nothing(tmp_path: Path) -> None:
    root = tmp_path / "sessions"
    folder, _ = recorded(root)
    folder.finalise()
    folder.write("report.json", b"{}")
    (folder.path / "resume" / "deep").mkdir(parents=True)
    (folder.path / "resume" / "deep" / "words.bin").write_bytes(b"words")
    (tmp_path / "kept").mkdir()
    (folder.path / "link").symlink_to(tmp_path / "kept")
    folder.delete()
    assert list(root.iterdir()) == []
    assert (tmp_path / "kept").exists()
    with pytest.raises(BadSession):
        folder.load()


def test_enrolment_sentences_are_kept_with_the_session(tmp_path: Path) -> None:
    folder = SessionFolder.create(tmp_path, make_record())
    assert folder.enrolment == {}
    soundfile.write(tmp_path / "said.flac", np.zeros(1600), RATE)
    folder.enrol("B", tmp_path / "said.flac")
    assert folder.enrolment == {"B": folder.path / "enrol_B.flac"}
    assert (folder.path / "enrol_B.flac").read_bytes() == (tmp_path / "said.flac").read_bytes()


def test_a_record_written_again_is_never_half_there(tmp_path: Path) -> None:
    folder = SessionFolder.create(tmp_path, make_record())
    for count in range(20):
        folder.save(replace(folder.load(), duration_ms=count))
    assert folder.load().duration_ms == 19
    assert [path.name for path in folder.path.iterdir()] == ["session.json"]
