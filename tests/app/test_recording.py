"""A running recording: everything handed over is stored, whatever else happens."""

from __future__ import annotations

import contextlib
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from listener.adapters.chunk_format import Kind
from listener.adapters.chunk_log import stretches
from listener.adapters.played_file import PlayedFile
from listener.adapters.session_folder import SessionFolder, unfinished
from listener.app import recorder
from listener.app.followers import WAITING_BLOCKS
from listener.app.recording import Recording
from listener.domain.session import PhaseStart
from listener.domain.span import Span, total_ms
from listener.errors import BadSession, DiskFull, MissingDevice
from listener.ports import Block
from tests.hand_fed_input import HandFedInput, noise
from tests.records import make_record
from tests.waiting import wait_until

RATE = 16_000


class Notes:
    """A follower that writes down what it hears; `gate` makes it wait."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.heard: list[Block] = []
        self.events: list[str] = []

    def feed(self, block: Block) -> None:
        assert self.gate.wait(60)
        self.heard.append(block)

    def seam(self) -> None:
        self.events.append(f"seam at {self.time_ms}")

    def strike(self, span: Span) -> None:
        self.events.append(f"strike {span.start}-{span.end} at {self.time_ms}")

    @property
    def frames(self) -> int:
        return sum(len(block.samples) + block.lost_frames for block in self.heard)

    @property
    def time_ms(self) -> int:
        return self.frames * 1000 // RATE


class Studio:
    """A recording of a hand-fed input, with a follower."""

    def __init__(self, root: Path) -> None:
        self.folder = SessionFolder.create(root, make_record())
        self.mic = HandFedInput(RATE)
        self.notes = Notes()
        self.recording = Recording(self.folder, self.mic, [self.notes])

    def give(self, samples: NDArray[np.int16], lost_frames: int = 0) -> None:
        """Feed, and wait until the recording has it."""
        before = self.recording.status.recorded_ms
        self.mic.give(samples, lost_frames)
        wanted = before + len(samples) * 1000 // self.mic.rate
        wait_until(lambda: self.recording.status.recorded_ms >= wanted - 5, "the blocks to be stored")

    def wait_for(self, state: str) -> None:
        wait_until(lambda: self.recording.status.state == state, f"the state {state}")

    def saved(self) -> NDArray[np.int16]:
        samples, _ = soundfile.read(self.folder.recording, dtype="int16", always_2d=True)
        found: NDArray[np.int16] = samples
        return found


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    made = Studio(tmp_path)
    yield made
    made.notes.gate.set()
    if made.recording._thread.is_alive():
        with contextlib.suppress(DiskFull, BadSession):
            made.recording.stop("the test is over")


def test_stop_stores_everything_that_was_handed_over(studio: Studio) -> None:
    sound = noise(300)
    studio.recording.start()
    studio.mic.give(sound)  # as fast as it goes: thousands of blocks wait when stop is called
    record = studio.recording.stop("by choice")
    assert np.array_equal(studio.saved(), sound)
    assert (record.duration_ms, record.ended, record.state) == (300_000, "by choice", "recorded")
    assert record.gaps + record.struck == ()
    assert record.pauses == ()
    assert record == studio.folder.load() == studio.recording.stop("again")
    assert not studio.mic.is_open
    assert not studio.folder.in_use
    assert studio.recording.status.state == "stopped"


def test_the_device_is_told_in_record_and_status(tmp_path: Path) -> None:
    folder = SessionFolder.create(tmp_path, make_record())
    recording = Recording(folder, HandFedInput(44_100, 2, "A fine microphone"))
    assert recording.status.state == "starting"
    recording.start()
    record = folder.load()
    assert (record.device, record.rate, record.channels, record.state) == ("A fine microphone", 44_100, 2, "recording")
    assert recording.status.device == "A fine microphone"
    assert len(recording.status.levels) == 2
    assert recording.status.minutes_left is not None
    recording.stop("")


def test_while_it_runs_it_is_not_offered_for_recovery(studio: Studio) -> None:
    studio.recording.start()
    studio.give(noise(1))
    root = studio.folder.path.parent
    assert unfinished(root) == []
    with pytest.raises(BadSession, match="in use"):
        SessionFolder(studio.folder.path).finalise()
    assert sum(stretch.frames for stretch in stretches(studio.folder.chunks)) >= 0.7 * RATE


def test_levels_are_those_of_the_last_moment(studio: Studio) -> None:
    studio.recording.start()
    studio.give(np.full((RATE, 1), 16_384, dtype=np.int16))
    level = studio.recording.status.levels[0]
    assert level.peak_db == pytest.approx(-6.02, abs=0.01)
    assert level.rms_db == pytest.approx(-6.02, abs=0.01)
    assert not level.clipped
    studio.give(np.full((RATE // 10, 1), -32_768, dtype=np.int16))
    assert studio.recording.status.levels[0].clipped
    studio.give(np.zeros((3 * RATE, 1), dtype=np.int16))
    assert studio.recording.status.levels[0].peak_db == -96
    assert not studio.recording.status.levels[0].clipped


def test_nothing_said_in_a_pause_is_stored(studio: Studio) -> None:
    before, private, after = noise(2, seed=1), noise(2, seed=2), noise(2, seed=3)
    studio.recording.start()
    studio.give(before)
    studio.recording.pause("break")
    studio.recording.pause("pause")  # is paused already
    assert studio.recording.status.state == "paused"
    assert studio.folder.load().pauses[0].kind == "break"
    studio.mic.give(private)
    studio.recording.resume()
    studio.recording.resume()
    studio.give(after)
    record = studio.recording.stop("")
    seam = np.zeros((RATE, 1), dtype=np.int16)
    assert np.array_equal(studio.saved(), np.concatenate([before, seam, after]))
    assert [(pause.at, pause.kind) for pause in record.pauses] == [(2_000, "break")]
    assert record.gaps == ()
    wait_until(lambda: studio.notes.events)
    assert studio.notes.events == ["seam at 3000"]


def test_what_a_device_caught_before_the_pause_ended_is_not_stored(studio: Studio) -> None:
    studio.mic.delay_s = 30.0  # longer than any wait of this test
    studio.recording.start()
    studio.give(noise(1))
    studio.recording.pause()
    studio.recording.resume()
    studio.mic.give(noise(1, seed=2))
    record = studio.recording.stop("")
    assert record.duration_ms == 2_000
    assert not studio.saved()[RATE:].any()


def test_a_pause_that_lasts_to_the_end_has_a_length_and_no_seam(studio: Studio) -> None:
    studio.recording.start()
    studio.give(noise(1))
    studio.recording.pause()
    record = studio.recording.stop("")
    assert record.duration_ms == 1_000
    assert record.pauses[0].lasted_ms >= 0


def test_struck_sound_is_gone_at_once(studio: Studio) -> None:
    sound = noise(4)
    studio.recording.start()
    studio.give(sound)
    struck = studio.recording.strike_last(1_000)
    assert struck == Span(3_000, 4_000)
    assert studio.folder.load().struck == (struck,)
    assert sound[-RATE : -RATE + 200].tobytes() not in studio.folder.chunks.read_bytes()
    studio.give(noise(1, seed=1))
    assert studio.recording.strike_last(0).duration_ms == 0
    record = studio.recording.stop("")
    assert record.struck == (struck,)
    sound[-RATE:] = 0
    assert np.array_equal(studio.saved()[: 4 * RATE], sound)
    wait_until(lambda: studio.notes.events)
    assert studio.notes.events == ["strike 3000-4000 at 4000"]


def test_phases_are_noted_where_they_begin(studio: Studio) -> None:
    studio.recording.start()
    studio.recording.mark_phase(0)
    studio.give(noise(1))
    studio.recording.mark_phase(1)
    assert studio.folder.load().phases == (PhaseStart(0, 0), PhaseStart(1, 1_000))


def test_what_the_input_lost_is_a_gap_in_its_place(studio: Studio) -> None:
    first, second = noise(1, seed=1), noise(1, seed=2)
    studio.recording.start()
    studio.give(first)
    studio.give(second, lost_frames=RATE // 2)
    record = studio.recording.stop("")
    silence = np.zeros((RATE // 2, 1), dtype=np.int16)
    assert np.array_equal(studio.saved(), np.concatenate([first, silence, second]))
    assert record.gaps == (Span(1_000, 1_500),)
    wait_until(lambda: studio.notes.frames == 2.5 * RATE)


def test_a_microphone_that_was_pulled_out_is_opened_again(studio: Studio) -> None:
    before, after = noise(1, seed=1), noise(1, seed=2)
    studio.recording.start()
    studio.give(before)
    studio.mic.pull_out()
    studio.wait_for("lost")
    assert "Plug it in again" in studio.recording.status.message
    wait_until(lambda: studio.recording.status.lost_ms >= 1_000, "the gap to grow")
    studio.mic.plugged = True
    wait_until(lambda: studio.mic.openings == 2, "the microphone to be opened again")
    studio.mic.name = "another one"
    studio.give(after)
    studio.wait_for("recording")
    assert studio.recording.status.message == "Recording goes on with another one; the gap is marked."
    record = studio.recording.stop("")
    (gap,) = record.gaps
    assert gap.start == 1_000
    assert gap.duration_ms >= 1_000
    saved = studio.saved()
    assert np.array_equal(saved[:RATE], before)
    assert np.array_equal(saved[-RATE:], after)
    assert not saved[RATE:-RATE].any()
    assert len(saved) - 2 * RATE == pytest.approx(gap.duration_ms * RATE / 1000, abs=RATE / 1000)
    wait_until(lambda: studio.notes.frames == len(saved))


def test_a_microphone_that_comes_back_at_another_rate_is_resampled(studio: Studio) -> None:
    studio.recording.start()
    studio.give(noise(1))
    studio.mic.pull_out()
    studio.wait_for("lost")
    studio.mic.rate, studio.mic.plugged = 48_000, True
    wait_until(lambda: studio.mic.openings == 2)
    tone = np.sin(2 * np.pi * 440 * np.arange(4 * 48_000) / 48_000) * 8_000
    studio.mic.give(tone.astype(np.int16)[:, None])
    record = studio.recording.stop("")
    assert record.rate == RATE
    heard = studio.saved()[record.gaps[0].end * RATE // 1000 :, 0].astype(float)
    assert len(heard) == pytest.approx(4 * RATE, abs=RATE // 20)
    spectrum = np.abs(np.fft.rfft(heard[: 2 * RATE] * np.hanning(2 * RATE)))
    assert spectrum.argmax() / 2 == 440


def test_time_without_a_microphone_counts_to_the_end(studio: Studio) -> None:
    studio.recording.start()
    studio.give(noise(1))
    studio.mic.pull_out()
    wait_until(lambda: studio.recording.status.lost_ms >= 1_000)
    record = studio.recording.stop("")
    (gap,) = record.gaps
    assert (gap.start, gap.end) == (1_000, record.duration_ms)


def test_a_microphone_lost_in_a_pause_costs_nothing(studio: Studio) -> None:
    studio.recording.start()
    studio.give(noise(1))
    studio.recording.pause()
    studio.mic.pull_out()
    wait_until(lambda: studio.recording.status.message != "")
    assert studio.recording.status.state == "paused"
    studio.mic.plugged = True
    wait_until(lambda: studio.mic.openings == 2)
    studio.mic.give(noise(1))
    studio.recording.resume()
    studio.give(noise(1))
    record = studio.recording.stop("")
    assert total_ms(record.gaps) == 0
    assert record.duration_ms == 3_000


def test_a_silent_microphone_counts_as_lost_until_it_speaks_again(studio: Studio) -> None:
    studio.recording.start()
    studio.give(noise(1))
    studio.wait_for("lost")  # no block comes, though the device says nothing
    if studio.mic.openings == 1:
        studio.give(noise(1, seed=1))
        assert studio.recording.status.state == "recording"
    record = studio.recording.stop("")
    assert record.duration_ms >= 1_000


def test_no_microphone_at_the_start_is_told_and_the_session_is_free(studio: Studio) -> None:
    studio.mic.plugged = False
    with pytest.raises(MissingDevice):
        studio.recording.start()
    assert not SessionFolder(studio.folder.path).in_use


def test_a_follower_that_is_too_slow_is_not_waited_for(studio: Studio) -> None:
    studio.notes.gate.clear()
    sound = noise(60)
    studio.recording.start()
    studio.give(sound)
    assert "recording is complete" in studio.recording.status.message
    studio.notes.gate.set()
    record = studio.recording.stop("")
    assert record.duration_ms == 60_000
    assert np.array_equal(studio.saved(), sound)
    wait_until(lambda: studio.notes.frames == len(sound), "the follower to be told how much it missed")
    assert len(studio.notes.heard) <= WAITING_BLOCKS + 2


def test_a_follower_that_fails_is_left_behind(studio: Studio) -> None:
    def fail(_: Block) -> None:
        raise ValueError("a fault of its own")

    studio.notes.feed = fail  # type: ignore[assignment,method-assign]  # a follower with a fault
    sound = noise(2)
    studio.recording.start()
    studio.give(sound)
    studio.recording.stop("")
    assert np.array_equal(studio.saved(), sound)


def test_a_played_file_ends_and_is_not_lost(tmp_path: Path) -> None:
    sound = noise(3)
    soundfile.write(tmp_path / "talk.wav", sound, RATE)
    folder = SessionFolder.create(tmp_path, make_record())
    recording = Recording(folder, PlayedFile(tmp_path / "talk.wav", speed=4))
    recording.start()
    wait_until(lambda: recording.status.ended, "the file to end")
    assert recording.status.recorded_ms == 3_000
    assert recording.status.message == ""
    record = recording.stop("the file has ended")
    assert record.gaps == ()
    assert np.array_equal(soundfile.read(folder.recording, dtype="int16", always_2d=True)[0], sound)


def test_the_computers_sleep_is_a_pause(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    studio.recording.start()
    studio.give(noise(1))
    awake = recorder.suspended_s()
    monkeypatch.setattr(recorder, "suspended_s", lambda: awake + 3_600)  # no test can put the computer to sleep
    wait_until(lambda: studio.recording.status.recorded_ms == 2_000, "the seam")
    assert "slept" in studio.recording.status.message
    record = studio.recording.stop("")
    (pause,) = record.pauses
    assert pause.at == 1_000
    assert pause.lasted_ms == pytest.approx(3_600_000, abs=100)


def test_a_disk_that_fails_ends_the_recording_in_words(studio: Studio) -> None:
    studio.recording.start()
    studio.give(noise(2))
    kept = studio.folder.chunks
    shutil.move(studio.folder.path, studio.folder.path.with_name("moved away"))
    studio.mic.give(noise(1))
    studio.recording.mark_phase(1)  # the record cannot be written
    studio.wait_for("failed")
    assert "The recording has stopped." in studio.recording.status.message
    studio.recording.pause()  # nothing can be asked of it any more, and nothing hangs
    assert studio.recording.strike_last(1_000).duration_ms == 0
    shutil.move(studio.folder.path.with_name("moved away"), studio.folder.path)
    assert kept.exists()
    record = studio.recording.stop("by choice")
    assert record.duration_ms >= 2_000
    assert record.ended == "the disk took no more"


def test_a_disk_that_is_gone_is_told_and_not_taken_for_recording(studio: Studio) -> None:
    studio.recording.start()
    studio.give(noise(2))
    os.close(studio.recording._recorder.tape._log._file)  # neither writing nor cutting back works any more
    studio.mic.give(noise(1))
    studio.wait_for("failed")
    assert "The recording has stopped." in studio.recording.status.message
    assert not studio.recording._thread.is_alive() or studio.recording.strike_last(1_000).duration_ms == 0


def test_strikes_and_gaps_survive_a_recording_that_is_never_stopped(studio: Studio) -> None:
    studio.recording.start()
    studio.give(noise(2))
    studio.recording.strike_last(500)
    studio.give(noise(1), lost_frames=RATE)
    studio.recording.pause()  # everything is on the disk now
    left = list(stretches(studio.folder.chunks))
    assert {stretch.kind for stretch in left} == set(Kind)
    assert sum(stretch.frames for stretch in left) == 4 * RATE
