"""The microphone check and the enrolment sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from listener.adapters.played_file import PlayedFile
from listener.adapters.resources import example_folder
from listener.app.monitor import WORDS, Monitor
from listener.errors import BadAudio, MissingDevice
from tests.hand_fed_input import HandFedInput, noise
from tests.waiting import wait_until

RATE = 16_000


def give_until(mic: HandFedInput, sound: NDArray[np.int16], condition: Callable[[], bool]) -> None:
    """Say the same again and again until the condition holds."""

    def said() -> bool:
        mic.give(sound)
        return condition()

    wait_until(said)


@pytest.fixture
def mic() -> HandFedInput:
    return HandFedInput()


@pytest.fixture
def monitor(mic: HandFedInput) -> Iterator[Monitor]:
    made = Monitor(mic)
    yield made
    made.stop()


def test_levels_and_verdict_follow_the_input(mic: HandFedInput, monitor: Monitor) -> None:
    assert monitor.verdict == ("waiting",)
    assert monitor.levels[0].peak_db == -96
    monitor.start()
    mic.give(np.full((RATE, 1), 32_767, dtype=np.int16))
    wait_until(lambda: monitor.levels[0].clipped)
    give_until(mic, np.full((800, 1), 32_767, dtype=np.int16), lambda: monitor.verdict == ("clipping",))
    assert "Too loud" in WORDS[monitor.verdict[0]]


def test_a_sentence_is_taken_and_stored_as_it_was(tmp_path: Path) -> None:
    said, rate = soundfile.read(example_folder() / "enrol_A.flac", dtype="int16", always_2d=True)
    monitor = Monitor(PlayedFile(example_folder() / "enrol_A.flac", speed=20))
    monitor.start_take()
    monitor.start()
    wait_until(lambda: monitor.ended)
    wait_until(lambda: monitor.take_ms == len(said) * 1000 // rate)
    monitor.finish_take(tmp_path / "enrol_A.flac")
    monitor.stop()
    assert np.array_equal(soundfile.read(tmp_path / "enrol_A.flac", dtype="int16", always_2d=True)[0], said)
    assert [path.name for path in tmp_path.iterdir()] == ["enrol_A.flac"]
    assert monitor.take_ms == 0


@pytest.mark.parametrize(("seconds", "told"), [(0.0, "No speech"), (1.4, "s of speech")])
def test_too_little_speech_is_told_and_stores_nothing(
    mic: HandFedInput, monitor: Monitor, tmp_path: Path, seconds: float, told: str
) -> None:
    quiet = noise(2) // 4_000
    said, _ = soundfile.read(example_folder() / "enrol_A.flac", dtype="int16", always_2d=True)
    monitor.start()
    monitor.start_take()
    mic.give(np.concatenate([quiet, said[RATE : RATE + round(seconds * RATE)], quiet]))
    wait_until(lambda: monitor.take_ms == 4_000 + seconds * 1000)
    with pytest.raises(BadAudio, match=told) as error:
        monitor.finish_take(tmp_path / "enrol.flac")
    assert error.value.hint
    assert list(tmp_path.iterdir()) == []


def test_only_what_comes_after_the_start_of_a_take_is_kept(mic: HandFedInput, monitor: Monitor) -> None:
    monitor.start()
    mic.give(noise(1))
    wait_until(lambda: monitor.levels[0].peak_db > -96)
    assert monitor.take_ms == 0
    wait_until(lambda: monitor.levels[0].peak_db > -96)
    monitor.start_take()
    monitor.cancel_take()
    mic.give(noise(1))
    assert monitor.take_ms == 0


def test_a_take_that_nobody_ends_is_bounded(mic: HandFedInput, monitor: Monitor) -> None:
    monitor.start()
    monitor.start_take()
    mic.give(noise(70))
    wait_until(lambda: monitor.take_ms >= 60_000)
    monitor.stop()
    assert monitor.take_ms <= 60_050


def test_a_microphone_that_vanishes_is_told_and_found_again(mic: HandFedInput, monitor: Monitor) -> None:
    monitor.start()
    mic.give(noise(1))
    mic.pull_out()
    wait_until(lambda: "gone" in monitor.message)
    mic.plugged = True
    wait_until(lambda: mic.openings == 2)
    give_until(mic, noise(0.2), lambda: not monitor.message)
    assert monitor.levels[0].peak_db > -96


def test_no_microphone_is_told() -> None:
    monitor = Monitor(HandFedInput(plugged=False))
    with pytest.raises(MissingDevice):
        monitor.start()
    monitor.stop()


def test_stopping_closes_the_input(mic: HandFedInput, monitor: Monitor) -> None:
    monitor.start()
    monitor.stop()
    assert not mic.is_open
    monitor.stop()
