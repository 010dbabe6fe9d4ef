"""The log of a growing recording: whatever happens to a part of it, the rest can be read."""

from __future__ import annotations

import struct
import subprocess
import sys
import zlib
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from listener.adapters.chunk_format import HEADER_BYTES, MAGIC, Kind
from listener.adapters.chunk_log import ChunkLog, form_of, stretches
from listener.errors import BadSession, DiskFull

RATE = 8_000
CHUNK = 2_000  # frames of a quarter of a second
CHUNK_BYTES = HEADER_BYTES + 2 * CHUNK


def noise(frames: int, channels: int = 1, seed: int = 0) -> NDArray[np.int16]:
    return np.random.default_rng(seed).integers(-30_000, 30_000, (frames, channels)).astype(np.int16)


def written(path: Path, chunks: int = 4, channels: int = 1) -> NDArray[np.int16]:
    """A log of `chunks` chunks; what is in it."""
    sound = noise(chunks * CHUNK, channels)
    log = ChunkLog(path, RATE, channels)
    for start in range(0, len(sound), CHUNK):
        log.append(sound[start : start + CHUNK])
    log.close()
    return sound


def read(path: Path) -> NDArray[np.int16]:
    """The recording, silent where it has no sound."""
    form = form_of(path)
    assert form is not None
    parts = [
        stretch.samples if stretch.samples is not None else np.zeros((stretch.frames, form.channels), dtype=np.int16)
        for stretch in stretches(path)
    ]
    return np.concatenate(parts)


def kinds(path: Path) -> list[tuple[str, int]]:
    """What lies in the log, neighbours of a kind joined, with their frames."""
    joined: list[tuple[str, int]] = []
    for stretch in stretches(path):
        if joined and joined[-1][0] == stretch.kind.name:
            joined[-1] = (joined[-1][0], joined[-1][1] + stretch.frames)
        else:
            joined.append((stretch.kind.name, stretch.frames))
    return joined


@pytest.mark.parametrize("channels", [1, 2])
def test_what_was_written_is_read(tmp_path: Path, channels: int) -> None:
    sound = written(tmp_path / "log", channels=channels)
    assert np.array_equal(read(tmp_path / "log"), sound)
    form = form_of(tmp_path / "log")
    assert form is not None
    assert (form.rate, form.channels) == (RATE, channels)


def test_a_long_block_becomes_chunks_of_at_most_half_a_second(tmp_path: Path) -> None:
    log = ChunkLog(tmp_path / "log", RATE, 1)
    log.append(noise(3 * RATE + 1))
    log.close()
    assert [stretch.frames for stretch in stretches(tmp_path / "log")] == [RATE // 2] * 6 + [1]


def test_it_can_be_read_while_it_is_written(tmp_path: Path) -> None:
    log = ChunkLog(tmp_path / "log", RATE, 1)
    sound = noise(CHUNK)
    log.append(sound)
    assert np.array_equal(read(tmp_path / "log"), sound)
    log.close()


def test_a_log_is_its_owners_alone_and_never_overwritten(tmp_path: Path) -> None:
    written(tmp_path / "log")
    assert (tmp_path / "log").stat().st_mode & 0o077 == 0
    with pytest.raises(DiskFull):
        ChunkLog(tmp_path / "log", RATE, 1)


@pytest.mark.parametrize("left", [0, 1, HEADER_BYTES - 1, HEADER_BYTES, HEADER_BYTES + 1, CHUNK_BYTES - 1])
def test_a_torn_end_is_left_out(tmp_path: Path, left: int) -> None:
    sound = written(tmp_path / "log")
    whole = (tmp_path / "log").read_bytes()
    (tmp_path / "log").write_bytes(whole[: 3 * CHUNK_BYTES + left])
    assert np.array_equal(read(tmp_path / "log"), sound[: 3 * CHUNK])


@pytest.mark.parametrize("tail", [bytes(100_000), b"\xff" * 100_000, MAGIC * 20_000])
def test_a_tail_of_rubbish_is_left_out(tmp_path: Path, tail: bytes) -> None:
    sound = written(tmp_path / "log")
    with (tmp_path / "log").open("ab") as file:
        file.write(tail)
    assert np.array_equal(read(tmp_path / "log"), sound)


@pytest.mark.parametrize("at", [0, 5, 20, HEADER_BYTES - 1, HEADER_BYTES, HEADER_BYTES + 777, CHUNK_BYTES - 1])
def test_a_damaged_byte_costs_one_chunk_which_is_a_gap(tmp_path: Path, at: int) -> None:
    sound = written(tmp_path / "log")
    damaged = bytearray((tmp_path / "log").read_bytes())
    damaged[CHUNK_BYTES + at] ^= 0x55
    (tmp_path / "log").write_bytes(damaged)
    assert kinds(tmp_path / "log") == [("SOUND", CHUNK), ("GAP", CHUNK), ("SOUND", 2 * CHUNK)]
    sound[CHUNK : 2 * CHUNK] = 0
    assert np.array_equal(read(tmp_path / "log"), sound)


def test_damage_across_chunks_and_at_the_start_is_a_gap(tmp_path: Path) -> None:
    sound = written(tmp_path / "log")
    damaged = bytearray((tmp_path / "log").read_bytes())
    damaged[: CHUNK_BYTES + 10] = bytes(CHUNK_BYTES + 10)
    (tmp_path / "log").write_bytes(damaged)
    assert kinds(tmp_path / "log") == [("GAP", 2 * CHUNK), ("SOUND", 2 * CHUNK)]
    assert np.array_equal(read(tmp_path / "log")[2 * CHUNK :], sound[2 * CHUNK :])


def test_sound_that_looks_like_a_header_is_sound(tmp_path: Path) -> None:
    looks_so = np.frombuffer(MAGIC * CHUNK, dtype=np.int16).reshape(-1, 1)[:CHUNK]
    log = ChunkLog(tmp_path / "log", RATE, 1)
    for _ in range(3):
        log.append(looks_so)
    log.close()
    damaged = bytearray((tmp_path / "log").read_bytes())
    damaged[0] ^= 1  # the search for the next chunk goes through the first one's sound
    (tmp_path / "log").write_bytes(damaged)
    assert kinds(tmp_path / "log") == [("GAP", CHUNK), ("SOUND", 2 * CHUNK)]


def test_gaps_take_no_room_and_keep_their_place(tmp_path: Path) -> None:
    log = ChunkLog(tmp_path / "log", RATE, 1)
    log.append(noise(CHUNK))
    log.append_gap(3600 * RATE)
    log.append_gap(0)
    log.append(noise(CHUNK, seed=1))
    assert log.frames == 2 * CHUNK + 3600 * RATE
    log.close()
    assert kinds(tmp_path / "log") == [("SOUND", CHUNK), ("GAP", 3600 * RATE), ("SOUND", CHUNK)]
    assert (tmp_path / "log").stat().st_size == 2 * CHUNK_BYTES + HEADER_BYTES


def test_struck_sound_is_gone_from_the_file(tmp_path: Path) -> None:
    path = tmp_path / "log"
    log = ChunkLog(path, RATE, 1)
    sound = noise(4 * CHUNK)
    for start in range(0, len(sound), CHUNK):
        log.append(sound[start : start + CHUNK])
    size = path.stat().st_size
    assert log.strike(CHUNK + 500, 2 * CHUNK + 1) == (CHUNK, 3 * CHUNK)
    log.append(noise(CHUNK, seed=1))
    log.close()
    assert kinds(path) == [("SOUND", CHUNK), ("STRUCK", 2 * CHUNK), ("SOUND", 2 * CHUNK)]
    content = path.read_bytes()
    assert len(content) == size + CHUNK_BYTES
    for start in range(CHUNK, 3 * CHUNK, 100):
        assert sound[start : start + 100].tobytes() not in content
    sound[CHUNK : 3 * CHUNK] = 0
    assert np.array_equal(read(path)[: 4 * CHUNK], sound)


def test_a_strike_that_was_cut_off_stays_struck(tmp_path: Path) -> None:
    sound = written(tmp_path / "log")
    log = ChunkLog(tmp_path / "other", RATE, 1)
    log.append(sound[:CHUNK])
    log.append(sound[CHUNK : 2 * CHUNK])
    log.strike(CHUNK, 2 * CHUNK)
    log.close()
    half = bytearray((tmp_path / "log").read_bytes())
    struck = (tmp_path / "other").read_bytes()
    half[CHUNK_BYTES : CHUNK_BYTES + HEADER_BYTES] = struck[CHUNK_BYTES : CHUNK_BYTES + HEADER_BYTES]
    (tmp_path / "log").write_bytes(half)  # the header says struck, the sound is still there
    assert kinds(tmp_path / "log") == [("SOUND", CHUNK), ("STRUCK", CHUNK), ("SOUND", 2 * CHUNK)]


def test_striking_more_than_there_is_strikes_all_there_is(tmp_path: Path) -> None:
    log = ChunkLog(tmp_path / "log", RATE, 1)
    assert log.strike(0, 10) == (0, 0)
    log.append(noise(CHUNK))
    log.append_gap(10)
    assert log.strike(0, 10**9) == (0, CHUNK + 10)
    log.close()
    assert kinds(tmp_path / "log") == [("STRUCK", CHUNK), ("GAP", 10)]


def test_a_newer_version_is_told(tmp_path: Path) -> None:
    body = struct.pack("<4sBBHIQIII", MAGIC, 2, 1, 1, RATE, 0, 0, 0, 0)
    (tmp_path / "log").write_bytes(body + struct.pack("<I", zlib.crc32(body)))
    with pytest.raises(BadSession, match="newer version"):
        form_of(tmp_path / "log")


@pytest.mark.parametrize("content", [b"", b"\0" * 1000, b"RIFF" * 1000])
def test_a_file_without_a_chunk_has_no_form(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "log").write_bytes(content)
    assert form_of(tmp_path / "log") is None
    assert list(stretches(tmp_path / "log")) == []


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadSession, match="cannot be read"):
        form_of(tmp_path)


LIMITED = """
import resource, sys
from pathlib import Path
import numpy as np
from listener.adapters.chunk_log import ChunkLog
from listener.errors import DiskFull

log = ChunkLog(Path(sys.argv[1]), 8000, 1)
resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
try:
    while True:
        log.append(np.full((2000, 1), 7, dtype=np.int16))
except DiskFull as error:
    print(log.frames, error.message)
log.append_gap(5)
log.close()
"""


def test_a_write_that_the_system_cuts_short_leaves_whole_chunks(tmp_path: Path) -> None:
    path = tmp_path / "log"
    done = subprocess.run([sys.executable, "-c", LIMITED, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("4000 The disk is full.")
    assert path.stat().st_size == 2 * CHUNK_BYTES + HEADER_BYTES
    assert kinds(path) == [("SOUND", 2 * CHUNK), ("GAP", 5)]
    assert [stretch.kind for stretch in stretches(path)] == [Kind.SOUND, Kind.SOUND, Kind.GAP]
