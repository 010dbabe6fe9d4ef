"""What ends a recording from outside: killed at any moment, told to end, the terminal closed, the disk full."""

from __future__ import annotations

import contextlib
import fcntl
import json
import mmap
import os
import random
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from listener.adapters.resources import example_folder
from listener.adapters.session_folder import SessionFolder, list_sessions, unfinished
from listener.app.recording import Recording
from listener.errors import DiskFull
from tests.hand_fed_input import HandFedInput, noise
from tests.recorder_process import Start, recorder_processes
from tests.records import make_record
from tests.waiting import PATIENCE_S, wait_until

KILLS = 10
MOST_LOST_S = 1.0
CONVERSATION = example_folder() / "conversation.flac"

RECORDER = """
import mmap, struct, sys
from pathlib import Path
from listener.adapters.played_file import PlayedFile
from listener.adapters.session_folder import SessionFolder
from listener.app.recording import Recording
from tests.records import make_record

played, root, count = (Path(argument) for argument in sys.argv[1:])

class Counted(PlayedFile):
    def open(self, hand_over):
        handed = 0
        def counting(block):
            nonlocal handed
            handed += len(block.samples)
            counter[:8] = struct.pack("<Q", handed)  # outlives the process
            hand_over(block)
        super().open(counting)

with count.open("r+b") as file:
    counter = mmap.mmap(file.fileno(), 8)
recording = Recording(SessionFolder.create(root, make_record()), Counted(played))
recording.start()
print("recording", flush=True)
sys.stdin.read()
"""


def conversation() -> NDArray[np.int16]:
    samples, _ = soundfile.read(CONVERSATION, dtype="int16", always_2d=True)
    found: NDArray[np.int16] = samples
    return found


def saved(folder: SessionFolder) -> NDArray[np.int16]:
    samples, _ = soundfile.read(folder.recording, dtype="int16", always_2d=True)
    found: NDArray[np.int16] = samples
    return found


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return dict(os.environ) | {"XDG_DATA_HOME": str(tmp_path / "data"), "XDG_CONFIG_HOME": str(tmp_path / "config")}


@pytest.fixture
def start(tmp_path: Path, env: dict[str, str]) -> Iterator[Start]:
    with recorder_processes(env, sessions(tmp_path)) as made:
        yield made


def sessions(tmp_path: Path) -> Path:
    return tmp_path / "data" / "listener" / "sessions"


@pytest.mark.parametrize("kill", range(KILLS))
def test_a_killed_recording_loses_at_most_a_second(tmp_path: Path, kill: int) -> None:
    root, count = tmp_path / "sessions", tmp_path / "count"
    count.write_bytes(bytes(8))
    with subprocess.Popen(
        [sys.executable, "-c", RECORDER, str(CONVERSATION), str(root), str(count)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"recording\n"
        assert unfinished(root) == []
        time.sleep(random.Random(kill).uniform(0.3, 3.0))  # noqa: S311  # the moment is the thing tried
        process.kill()
    with count.open("rb") as file, mmap.mmap(file.fileno(), 8, access=mmap.ACCESS_READ) as counter:
        (handed_over,) = struct.unpack("<Q", counter[:8])

    (folder,) = unfinished(root)
    record = folder.finalise()
    kept = saved(folder) if folder.recording.exists() else np.zeros((0, 1), dtype=np.int16)
    assert (record.state, record.ended, record.gaps) == ("recorded", "it was cut off", ())
    assert np.array_equal(kept, conversation()[: len(kept)])
    assert len(kept) >= handed_over - MOST_LOST_S * record.rate
    assert unfinished(root) == []


def test_a_recovered_recording_has_a_report(tmp_path: Path, env: dict[str, str], start: Start) -> None:
    recorder = start("--play", str(CONVERSATION))
    wait_until(lambda: recorder.stored_bytes > 3 * 32_000, "three seconds to be stored")
    recorder.process.kill()
    recorder.process.wait()
    (folder,) = unfinished(sessions(tmp_path))
    folder.finalise()
    done = subprocess.run(
        [sys.executable, "-m", "listener", "replay", str(folder.recording), "--model", "none", "--json"],
        env=env,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["session"]["duration_ms"] == folder.load().duration_ms


@pytest.mark.parametrize(
    ("number", "why"),
    [
        (signal.SIGINT, "ended by the partners"),
        (signal.SIGTERM, "the program was asked to end"),
        (signal.SIGHUP, "the terminal was closed"),
    ],
)
def test_told_to_end_it_saves_everything(start: Start, number: signal.Signals, why: str) -> None:
    recorder = start("--play", str(CONVERSATION), "--partner", "A=Nora")
    wait_until(lambda: recorder.stored_bytes > 32_000, "a second to be stored")
    stored_frames = (recorder.stored_bytes - 2_000) // 2
    assert recorder.end(number) == f"{recorder.folder.path}\n"
    record = recorder.folder.load()
    assert (record.state, record.ended, dict(record.names)) == ("recorded", why, {"A": "Nora"})
    kept = saved(recorder.folder)
    assert len(kept) >= stored_frames
    assert np.array_equal(kept, conversation()[: len(kept)])
    assert not recorder.folder.chunks.exists()


def test_a_closed_terminal_does_not_cost_the_recording(tmp_path: Path, env: dict[str, str]) -> None:
    ours, theirs = os.openpty()

    def take_terminal() -> None:
        os.setsid()
        fcntl.ioctl(theirs, termios.TIOCSCTTY, 0)

    process = subprocess.Popen(
        [sys.executable, "-m", "listener", "record", "--play", str(CONVERSATION)],
        env=env,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        preexec_fn=take_terminal,  # noqa: PLW1509  # runs before any thread is started
    )
    os.close(theirs)
    drawn = b""
    while b"recording" not in drawn:  # the line that shows how it goes
        drawn += os.read(ours, 1_000)
    os.close(ours)
    process.wait(PATIENCE_S)
    (folder,) = list_sessions(sessions(tmp_path))
    record = folder.load()
    assert (record.state, record.ended) == ("recorded", "the terminal was closed")
    kept = saved(folder)
    assert np.array_equal(kept, conversation()[: len(kept)])


def test_it_ends_by_itself_with_the_file_or_the_time(tmp_path: Path, start: Start) -> None:
    short = tmp_path / "short.wav"
    soundfile.write(short, conversation()[:24_000], 16_000)
    recorder = start("--play", str(short))
    recorder.wait()
    record = recorder.folder.load()
    assert (record.duration_ms, record.ended) == (1_500, "the recording that was played has ended")
    recorder = start("--play", str(CONVERSATION), "--minutes", "0.02")
    recorder.wait()
    record = recorder.folder.load()
    assert record.ended == "the time was over"
    assert record.duration_ms >= 1_200


@pytest.mark.parametrize(
    ("options", "told", "code"),
    [
        (["--play", "nowhere.wav"], "There is no file nowhere.wav", 1),
        (["--play", str(CONVERSATION), "--mics", "two"], "has one channel", 1),
        (["--play", str(CONVERSATION), "--mic", "x"], "either --mic or --play", 2),
        (["--scenario", "no-such"], "no scenario", 2),
        (["--mic", "no such microphone"], "", 3),
    ],
)
def test_what_cannot_be_recorded_is_told_and_leaves_nothing(
    tmp_path: Path, env: dict[str, str], options: list[str], told: str, code: int
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "listener", "record", *options], env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == code, done.stderr
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert list_sessions(sessions(tmp_path)) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 24 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(disk)]
    mounted = shutil.which("mount") and subprocess.run(mount, capture_output=True, check=False).returncode == 0
    if not mounted:
        pytest.skip("a small disk can be mounted by root alone")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_disk_that_fills_is_warned_of_and_ends_the_recording_in_time(small_disk: Path) -> None:
    folder = SessionFolder.create(small_disk, make_record())
    mic = HandFedInput()
    recording = Recording(folder, mic)
    recording.start()
    assert recording.status.minutes_left == 2
    assert recording.status.message == "The disk is nearly full: room for 2 more minutes."
    sound = noise(100)
    mic.give(sound)
    wait_until(lambda: recording.status.state == "failed", "the recording to end")
    status = recording.status
    assert status.message.startswith("The recording has stopped. The disk is full.")
    record = recording.stop("by choice")
    assert (record.state, record.ended) == ("recorded", "the disk took no more")
    assert record.duration_ms == status.recorded_ms
    kept = saved(folder)
    assert len(kept) > 0
    assert np.array_equal(kept, sound[: len(kept)])


def fill(filler: Path) -> None:
    """Write until nothing more fits."""
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(1 << 12))


def test_a_disk_that_is_suddenly_full_loses_nothing_that_was_stored(small_disk: Path) -> None:
    folder = SessionFolder.create(small_disk, make_record())
    mic = HandFedInput()
    recording = Recording(folder, mic)
    recording.start()
    sound = noise(40)
    mic.give(sound[: 30 * 16_000])
    wait_until(lambda: recording.status.recorded_ms == 30_000)
    filler = small_disk / "filler"
    fill(filler)
    mic.give(sound[30 * 16_000 :])
    wait_until(lambda: recording.status.state == "failed", "the write to fail")
    with pytest.raises(DiskFull) as error:
        recording.stop("by choice")
    assert "Free some space" in error.value.hint
    assert folder.load().state == "recording"
    assert [found.path for found in unfinished(small_disk)] == [folder.path]
    filler.unlink()
    record = recording.stop("by choice")
    assert (record.state, record.ended) == ("recorded", "the disk took no more")
    kept = saved(folder)
    assert len(kept) >= 29.5 * 16_000
    assert np.array_equal(kept, sound[: len(kept)])


def test_no_room_at_all_is_told_before_anyone_speaks(small_disk: Path) -> None:
    folder = SessionFolder.create(small_disk, make_record())
    (small_disk / "filler").write_bytes(bytes(10_000_000))
    recording = Recording(folder, HandFedInput())
    with pytest.raises(DiskFull):
        recording.start()
    folder.delete()
