"""A recording that is played in a microphone's place."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from listener.adapters.played_file import PlayedFile
from listener.errors import BadAudio
from listener.ports import Block
from tests.hand_fed_input import noise
from tests.waiting import wait_until

RATE = 16_000


def stored(folder: Path, sound: NDArray[np.int16], rate: int = RATE) -> Path:
    path = folder / "talk.wav"
    soundfile.write(path, sound, rate)
    return path


def joined(blocks: list[Block]) -> NDArray[np.int16]:
    return np.concatenate([block.samples for block in blocks])


@pytest.mark.parametrize("channels", [1, 2])
def test_every_sample_comes_in_order_and_then_it_has_ended(tmp_path: Path, channels: int) -> None:
    sound = noise(2.013, channels=channels)
    played = PlayedFile(stored(tmp_path, sound), speed=50)
    assert (played.rate, played.channels, played.name, played.ended) == (RATE, channels, "talk.wav", False)
    blocks: list[Block] = []
    played.open(blocks.append)
    wait_until(lambda: played.ended)
    played.close()
    assert np.array_equal(joined(blocks), sound)
    assert {len(block.samples) for block in blocks[:-1]} == {RATE // 20}
    assert {block.lost_frames for block in blocks} == {0}


def test_it_is_never_ahead_of_the_clock(tmp_path: Path) -> None:
    played = PlayedFile(stored(tmp_path, noise(1)), speed=2)
    times: list[float] = []
    start = time.monotonic()
    played.open(lambda _: times.append(time.monotonic() - start))
    wait_until(lambda: played.ended)
    played.close()
    assert all(at >= (number + 1) * 0.025 - 1e-3 for number, at in enumerate(times))


def test_closed_and_opened_again_it_goes_on_where_it_was(tmp_path: Path) -> None:
    sound = noise(3)
    played = PlayedFile(stored(tmp_path, sound), speed=4)
    blocks: list[Block] = []
    played.open(blocks.append)
    wait_until(lambda: len(blocks) >= 5)
    played.close()
    count = len(blocks)
    assert not any(thread.name == "played file" for thread in threading.enumerate())
    played.open(blocks.append)
    wait_until(lambda: played.ended)
    assert len(blocks) > count
    assert np.array_equal(joined(blocks), sound)
    played.close()
    played.close()


def test_two_channels_are_mixed_where_one_is_wanted(tmp_path: Path) -> None:
    sound = np.stack([np.full(RATE, 30_000), np.full(RATE, -10_000)], axis=1).astype(np.int16)
    played = PlayedFile(stored(tmp_path, sound), speed=20, channels=1)
    assert played.channels == 1
    blocks: list[Block] = []
    played.open(blocks.append)
    wait_until(lambda: played.ended)
    played.close()
    assert np.array_equal(joined(blocks), np.full((RATE, 1), 10_000))


def test_one_channel_cannot_become_two(tmp_path: Path) -> None:
    assert PlayedFile(stored(tmp_path, noise(1)), channels=2).channels == 1


def test_what_is_no_recording_is_told(tmp_path: Path) -> None:
    (tmp_path / "text.wav").write_text("no sound")
    for name in ("text.wav", "absent.wav"):
        with pytest.raises(BadAudio):
            PlayedFile(tmp_path / name)


def test_a_file_that_ends_in_the_middle_ends_there(tmp_path: Path) -> None:
    path = tmp_path / "talk.flac"
    soundfile.write(path, noise(2), RATE)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    played = PlayedFile(path, speed=50)
    blocks: list[Block] = []
    played.open(blocks.append)
    wait_until(lambda: played.ended)
    played.close()
    assert 0 < len(joined(blocks)) < 2 * RATE
