"""The real way of sound: a loudspeaker plays, PortAudio hears it, the session holds it; and the microphone vanishes."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from listener.adapters.resources import example_folder
from tests.recorder_process import Start, recorder_processes
from tests.sound import RATE, at_16_khz, found_at
from tests.virtual_room import VirtualRoom, virtual_room
from tests.waiting import PATIENCE_S


@pytest.fixture
def room() -> Iterator[VirtualRoom]:
    with virtual_room() as made:
        yield made


@pytest.fixture
def start(room: VirtualRoom) -> Iterator[Start]:
    with recorder_processes(room.env, room.sessions) as made:
        yield made


def test_what_is_played_in_the_room_is_what_the_session_holds(room: VirtualRoom, start: Start, tmp_path: Path) -> None:
    said, rate = soundfile.read(example_folder() / "conversation.flac", dtype="float64")
    said = said[5 * rate : 17 * rate]
    soundfile.write(tmp_path / "said.wav", said, rate)
    recorder = start("--mics", "one")
    recorder.wait_until_it_stores()
    assert room.play(tmp_path / "said.wav").wait(PATIENCE_S) == 0
    printed = recorder.end(signal.SIGINT)

    assert printed == f"{recorder.folder.path}\n"
    record = recorder.folder.load()
    assert (record.state, record.gaps, record.channels) == ("recorded", (), 1)
    heard = at_16_khz(recorder.folder.recording)
    assert record.duration_ms == pytest.approx(len(heard) / 16, abs=1)
    at, alike = found_at(said, heard)
    assert alike > 0.98
    for second in range(12):  # every second of it, in its place
        part = said[second * rate : (second + 1) * rate]
        if np.sqrt((part**2).mean()) > 0.003:
            nearby = heard[max(0, at + second * rate - 400) : at + (second + 1) * rate + 400]
            assert found_at(part, nearby)[1] > 0.95, f"second {second}"


def test_two_microphones_stay_apart(room: VirtualRoom, start: Start, tmp_path: Path) -> None:
    tones = np.stack([np.sin(2 * np.pi * hz * np.arange(3 * RATE) / RATE) for hz in (440, 880)], axis=1)
    soundfile.write(tmp_path / "tones.wav", 0.3 * tones, RATE)
    recorder = start("--mics", "two")
    recorder.wait_until_it_stores()
    assert room.play(tmp_path / "tones.wav").wait(PATIENCE_S) == 0
    recorder.end(signal.SIGINT)
    samples, rate = soundfile.read(recorder.folder.recording, always_2d=True)
    loudest = [np.abs(np.fft.rfft(channel)).argmax() * rate / len(channel) for channel in samples.T]
    assert loudest == pytest.approx([440, 880], abs=2)


def test_a_microphone_that_vanishes_leaves_a_gap_and_is_found_again(
    room: VirtualRoom, start: Start, tmp_path: Path
) -> None:
    said, rate = soundfile.read(example_folder() / "conversation.flac", dtype="float64")
    soundfile.write(tmp_path / "before.wav", said[5 * rate : 9 * rate], rate)
    soundfile.write(tmp_path / "after.wav", said[20 * rate : 24 * rate], rate)
    recorder = start("--mics", "one")
    recorder.wait_until_it_stores()
    assert room.play(tmp_path / "before.wav").wait(PATIENCE_S) == 0
    room.unplug()
    recorder.wait_until_told("The microphone is gone.")
    room.plug_in()
    recorder.wait_until_told("Recording goes on with")
    assert room.play(tmp_path / "after.wav").wait(PATIENCE_S) == 0
    recorder.end(signal.SIGTERM)

    record = recorder.folder.load()
    (gap,) = record.gaps
    assert record.ended == "the program was asked to end"
    heard = at_16_khz(recorder.folder.recording)
    first, alike = found_at(said[5 * rate : 9 * rate], heard)
    assert alike > 0.9
    second, alike = found_at(said[20 * rate : 24 * rate], heard)
    assert alike > 0.9
    assert first + 4 * rate <= gap.start * 16 + rate // 10
    assert gap.end * 16 - rate // 10 <= second
    lost = heard[gap.start * 16 + 100 : gap.end * 16 - 100]
    assert np.abs(lost).max(initial=0) < 1e-4
    assert "Expression" not in recorder.told  # what PortAudio says to itself is for nobody's eyes


def test_a_vanished_microphone_does_not_keep_the_recording_from_ending(room: VirtualRoom, start: Start) -> None:
    recorder = start("--mics", "one")
    recorder.wait_until_it_stores()
    room.unplug()
    recorder.wait_until_told("The microphone is gone.")
    recorder.end(signal.SIGHUP)
    record = recorder.folder.load()
    assert (record.state, record.ended) == ("recorded", "the terminal was closed")


def test_a_sound_server_that_dies_does_not_take_the_recording_along(room: VirtualRoom, start: Start) -> None:
    recorder = start("--mics", "one")
    recorder.wait_until_it_stores()
    room._server.kill()
    recorder.wait_until_told("The microphone is gone.")
    recorder.end(signal.SIGINT)
    assert recorder.folder.load().state == "recorded"


def test_a_sound_server_that_hangs_does_not_keep_the_recording_from_ending(room: VirtualRoom, start: Start) -> None:
    recorder = start("--mics", "one")
    recorder.wait_until_it_stores()
    room._server.send_signal(signal.SIGSTOP)
    try:
        recorder.wait_until_told("The microphone is gone.")
        recorder.end(signal.SIGINT)
    finally:
        room._server.send_signal(signal.SIGCONT)
    assert recorder.folder.load().state == "recorded"
