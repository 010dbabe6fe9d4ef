"""What the practice's small parts say and draw, without an app around them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from listener.app.check_out import CheckOut, questions
from listener.app.live import LiveAnalysis, LivePicture
from listener.app.practice_clock import Cue, PracticeClock
from listener.app.practising import LateLive, Look, Practising
from listener.domain.session import Answer, Promise
from listener.domain.span import MS_PER_MINUTE, Ms
from listener.errors import MissingModel
from listener.ports import Block
from listener.tui.practice_words import cue_words, listening_words, opening_words, recording_words, time_words
from listener.tui.screens.pause import breath
from listener.tui.widgets.big_timer import block_rows
from tests.tui.practices import NAMES, PICTURE, STATUS, StandingPicture, StandingRecording, plan
from tests.tui.rooms import keep, room


def _clock(tmp_path: Path, elapsed_ms: Ms) -> PracticeClock:
    clock, _ = PracticeClock(plan(room(tmp_path)).scenario).advanced(elapsed_ms)
    return clock


@pytest.mark.parametrize(
    ("elapsed_ms", "time", "words"),
    [
        (0, "6:00", "left in this part"),
        (1, "6:00", "left in this part"),
        (1_000, "5:59", "left in this part"),
        (359_999, "0:01", "left in this part"),
        (360_000, "6:00", "left in this part"),
        (12 * MS_PER_MINUTE, "3:00", "left"),
        (15 * MS_PER_MINUTE, "+0:00", "past the planned time"),
        (15 * MS_PER_MINUTE + 61_000, "+1:01", "past the planned time"),
    ],
)
def test_the_time_counts_down_and_then_on(tmp_path: Path, elapsed_ms: Ms, time: str, words: str) -> None:
    assert time_words(_clock(tmp_path, elapsed_ms).stage()) == (time, words)


def test_the_recording_is_always_told_in_words() -> None:
    assert recording_words(None) == "○ starting to record"
    assert recording_words(STATUS) == "● recording"
    assert recording_words(replace(STATUS, state="paused")) == "‖ paused: nothing is recorded"
    assert recording_words(replace(STATUS, state="failed", message="It has stopped.")) == "▲ It has stopped."
    assert recording_words(replace(STATUS, ended=True)) == "■ what was played has ended"


def test_the_live_view_tells_when_it_is_not_there_or_behind(tmp_path: Path) -> None:
    stage = _clock(tmp_path, 0).stage()

    def told(picture: LivePicture | None, problem: str = "") -> str:
        return listening_words(Look(STATUS, picture, stage, (), problem))

    assert told(PICTURE) == ""
    assert told(None) == told(LivePicture()) == "getting ready to listen …"
    assert told(LivePicture(note="No live view: weights are missing.")) == "No live view: weights are missing."
    assert told(LivePicture(note="The live view has stopped.", behind_ms=12_400)) == "The live view has stopped."
    assert told(LivePicture(behind_ms=12_400)) == "getting ready to listen …"
    assert told(replace(PICTURE, behind_ms=12_400)) == "the display is 12 s behind; the recording is not"
    assert "no weights" in told(None, "no weights")


def test_cues_name_who_speaks(tmp_path: Path) -> None:
    phases = plan(room(tmp_path)).scenario.phases
    assert cue_words(Cue("phase", 1, 0), phases[1], NAMES) == "The next part begins. Ben speaks, Anna listens."
    assert cue_words(Cue("interval", 2, 300_000), phases[2], NAMES) == (
        "5 minutes have gone. Both of you speak and listen."
    )


def test_the_opening_names_who_says_it(tmp_path: Path) -> None:
    studio = room(tmp_path)
    assert opening_words(plan(studio, "dreams-and-future").scenario, NAMES).startswith("A way for Ben to begin: if")
    assert opening_words(plan(studio, "free-talk").scenario, NAMES).startswith("A way to begin: What has been")


def test_a_breath_takes_ten_seconds_the_longer_part_out() -> None:
    lines = [breath(second).split("\n") for second in range(10)]
    assert [words for words, _ in lines] == ["breathe in"] * 4 + ["breathe out"] * 6
    widths = [len(line) for _, line in lines]
    assert widths[:4] == sorted(widths[:4])
    assert widths[4:] == sorted(widths[4:], reverse=True)
    assert breath(10) == breath(0)


def test_block_digits_have_five_rows_of_one_width() -> None:
    rows = block_rows("+12:05")
    assert len(rows) == 5
    assert len({len(row) for row in rows}) == 1
    assert len(rows[0]) <= 76


def test_the_check_out_asks_only_what_the_other_can_answer(tmp_path: Path) -> None:
    asked = questions(room(tmp_path).rubric)
    assert [question.guideline for question in asked] == ["validate", "full-attention", "be-clear", "dependable"]


def test_answers_and_promises_go_into_the_record_in_place_of_earlier_ones(tmp_path: Path) -> None:
    record = keep(room(tmp_path), "2026-11-22T21:00:00+01:00").load()
    given = CheckOut()
    given.ratings["B"]["validate"] = 4
    given.promises["A"] += ["call by six", "  "]
    once = given.added_to(record)
    assert once.answers == (Answer("B", "validate", 4),)
    assert once.promises == (Promise("A", "call by six"),)
    assert CheckOut().added_to(once) == record


def test_a_sentence_lies_in_a_private_folder_that_goes_with_it(tmp_path: Path) -> None:
    draft = plan(room(tmp_path))
    path = draft.voice_path("A")
    path.write_bytes(b"sound")
    draft.enrolment["A"] = path
    assert path.parent.stat().st_mode & 0o077 == 0
    draft.forget_voices()
    assert draft.enrolment == {}
    assert not path.parent.exists()


def test_a_practice_marks_each_part_once_and_gives_each_cue_once(tmp_path: Path) -> None:
    recording = StandingRecording(replace(STATUS, recorded_ms=359_000))
    practising = Practising("x", recording, PracticeClock(plan(room(tmp_path)).scenario), StandingPicture())
    assert practising.look().cues == ()
    recording.status = replace(STATUS, recorded_ms=361_000)
    assert [cue.phase for cue in practising.look().cues] == [1]
    assert practising.look().cues == ()
    assert practising.next_phase()
    assert [cue.phase for cue in practising.look().cues] == [2]
    assert not practising.next_phase()
    assert recording.asked == ["phase 1", "phase 2"]


def test_a_live_view_that_cannot_be_made_is_told_and_asked_for_once() -> None:
    made: list[bool] = []

    def make(captions: bool) -> LiveAnalysis:
        made.append(captions)
        raise MissingModel("The segmentation weights are missing.", "Install Listener again.")

    late = LateLive(make, captions=False)
    late.set_captions(True)
    for _ in range(3):
        late.feed(Block(np.zeros((800, 1), dtype=np.int16)))
    late.seam()
    late.stop()
    assert made == [True]
    assert late.picture is None
    assert late.problem == "The segmentation weights are missing."
