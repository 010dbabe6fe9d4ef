"""The practice screen by its keys, over real recordings of a played file, or one that stands."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from listener.app.studio import InputChoice
from listener.domain.session import SessionRecord
from listener.domain.span import MS_PER_MINUTE
from listener.errors import DiskFull, MissingDevice
from listener.ports import LiveInput
from listener.tui.app import ListenerApp
from listener.tui.screens.check_out import CheckOutScreen
from listener.tui.screens.home import HomeScreen
from listener.tui.screens.mic_check import MicCheckScreen
from listener.tui.screens.pause import PauseScreen
from listener.tui.screens.practice import PracticeScreen
from listener.tui.widgets.confirm import Confirm
from tests.tui.practices import (
    PICTURE,
    STATUS,
    StandingPicture,
    StandingRecording,
    example,
    plan,
    practising,
    quick,
    seen,
    until,
)
from tests.tui.rooms import Room, keep, room
from tests.tui.steps import MICROPHONE, on, play, play_standing, record_of, recording


def test_parts_pauses_and_strikes_are_in_the_record(tmp_path: Path) -> None:
    studio = quick(tmp_path, speed=4.0)

    async def steps(pilot: Pilot[None]) -> None:
        draft = plan(studio, choice=example(studio))
        await pilot.app.push_screen(PracticeScreen(draft))
        screen = await recording(pilot, 2_000)
        await pilot.press("n")
        await until(pilot, lambda: "Part 2 of 3" in seen(pilot.app) and "Ben speaks, Anna listens" in seen(pilot.app))
        await pilot.press("b")
        await until(pilot, on(pilot, PauseScreen))
        await pilot.press("p")
        await until(pilot, lambda: pilot.app.screen is screen)
        await recording(pilot, 6_000)
        await pilot.press("s")
        await until(pilot, on(pilot, Confirm))
        await pilot.press("y")
        await until(pilot, lambda: "off the record" in seen(pilot.app))
        await pilot.press("e")
        await until(pilot, on(pilot, Confirm))
        await pilot.press("y")
        await until(pilot, on(pilot, CheckOutScreen))

    play(studio, steps)
    record = record_of(studio)
    assert [phase.phase for phase in record.phases] == [0, 1]
    assert [pause.kind for pause in record.pauses] == ["break"]
    assert record.struck[0].start == 0
    assert record.state == "recorded"


def test_quitting_saves_what_was_recorded_whatever_lies_on_top(tmp_path: Path) -> None:
    studio = quick(tmp_path, speed=4.0)

    async def steps(pilot: Pilot[None]) -> None:
        await pilot.app.push_screen(PracticeScreen(plan(studio, choice=example(studio))))
        screen = await recording(pilot, 1_000)
        assert screen.leaving_question
        await pilot.press("p")
        await until(pilot, on(pilot, PauseScreen))
        app = pilot.app
        assert isinstance(app, ListenerApp)
        await app._end("the terminal was closed", 129)
        assert screen.leaving_question == ""

    play(studio, steps)
    record = record_of(studio)
    assert (record.state, record.ended) == ("recorded", "the terminal was closed")
    assert record.duration_ms >= 1_000


def test_quitting_while_the_input_is_being_opened_waits_for_it_and_saves(tmp_path: Path) -> None:
    studio = quick(tmp_path)

    async def steps(pilot: Pilot[None]) -> None:
        screen = PracticeScreen(plan(studio, choice=example(studio)))
        await pilot.app.push_screen(screen)
        await screen.finish("the program was asked to end")
        assert screen.practising is not None

    play(studio, steps)
    assert record_of(studio).state == "recorded"


def test_an_input_that_cannot_be_opened_is_told_and_leads_back_to_the_choice(tmp_path: Path) -> None:
    class Broken(Room):
        def open_input(self, choice: InputChoice, channels: int) -> LiveInput:
            raise MissingDevice("USB microphone cannot be opened.", "Choose another.")

    studio = Broken(room(tmp_path).settings, tmp_path / "sessions")

    async def steps(pilot: Pilot[None]) -> None:
        await pilot.app.push_screen(PracticeScreen(plan(studio, choice=MICROPHONE)))
        await until(pilot, lambda: "cannot be opened" in seen(pilot.app))
        await pilot.press("escape")
        await until(pilot, on(pilot, MicCheckScreen))

    play(studio, steps)
    assert studio.sessions.all() == []


def test_a_recording_that_cannot_be_saved_is_told_and_may_be_tried_again(tmp_path: Path) -> None:
    studio = room(tmp_path)
    folder = keep(studio, "2026-11-22T21:00:00+01:00")

    class Unsaved(StandingRecording):
        is_full = True

        def stop(self, why: str) -> SessionRecord:
            if self.is_full:
                raise DiskFull("The disk is full.", "Free 30 MB, then start Listener again.")
            return folder.load()

    async def steps(pilot: Pilot[None]) -> None:
        draft, recorded = plan(studio), Unsaved()
        await pilot.app.push_screen(PracticeScreen(draft, practising(draft, recorded)))
        await until(pilot, lambda: "● recording" in seen(pilot.app))
        await pilot.press("e", "y")
        await until(pilot, lambda: "not saved yet" in seen(pilot.app) and "Free 30 MB" in seen(pilot.app))
        assert isinstance(pilot.app.screen, PracticeScreen)
        recorded.is_full = False
        await pilot.press("enter")
        await until(pilot, on(pilot, CheckOutScreen))

    play_standing(studio, steps)


def test_a_recording_that_cannot_be_saved_may_be_left_for_the_next_start(tmp_path: Path) -> None:
    class Unsaved(StandingRecording):
        def stop(self, why: str) -> SessionRecord:
            raise DiskFull("The disk is full.", "Free 30 MB, then start Listener again.")

    studio = room(tmp_path)

    async def steps(pilot: Pilot[None]) -> None:
        draft = plan(studio)
        await pilot.app.push_screen(PracticeScreen(draft, practising(draft, Unsaved())))
        await until(pilot, lambda: "● recording" in seen(pilot.app))
        await pilot.press("e", "y")
        await until(pilot, lambda: "not saved yet" in seen(pilot.app))
        await pilot.press("escape")
        await until(pilot, on(pilot, HomeScreen))
        assert ["offers to save it" in told.message for told in pilot.app._notifications] == [True]

    play_standing(studio, steps)


def test_the_bell_rings_at_a_cue_only_where_it_is_wanted(tmp_path: Path) -> None:
    for wanted in (False, True):
        studio = room(tmp_path, bell=wanted)
        rung: list[bool] = []

        async def steps(pilot: Pilot[None], studio: Room = studio, rung: list[bool] = rung) -> None:
            pilot.app.bell = lambda: rung.append(True)  # type: ignore[method-assign]
            draft = plan(studio)
            await pilot.app.push_screen(PracticeScreen(draft, practising(draft, StandingRecording())))
            await until(pilot, lambda: "● recording" in seen(pilot.app))
            await pilot.press("n")
            await until(pilot, lambda: "The next part begins" in seen(pilot.app))

        play_standing(studio, steps)
        assert rung == [True] * wanted


def test_a_cue_comes_at_the_interval_of_the_settings(tmp_path: Path) -> None:
    studio = room(tmp_path)

    async def steps(pilot: Pilot[None]) -> None:
        draft = plan(studio)
        recorded = StandingRecording()
        screen = PracticeScreen(draft, practising(draft, recorded, cue_ms=2 * MS_PER_MINUTE))
        await pilot.app.push_screen(screen)
        await until(pilot, lambda: "● recording" in seen(pilot.app))
        assert "minutes have gone" not in seen(pilot.app)
        recorded.status = replace(STATUS, recorded_ms=120_100)
        await until(pilot, lambda: "2 minutes have gone. Anna speaks, Ben listens." in seen(pilot.app))

    play_standing(studio, steps)


def test_captions_are_made_only_while_they_are_shown(tmp_path: Path) -> None:
    studio = room(tmp_path)

    async def steps(pilot: Pilot[None]) -> None:
        draft, live = plan(studio), StandingPicture(PICTURE)
        await pilot.app.push_screen(PracticeScreen(draft, practising(draft, StandingRecording(), live)))
        await until(pilot, lambda: "● recording" in seen(pilot.app))
        assert "I felt alone" not in seen(pilot.app)
        await pilot.press("c")
        await until(pilot, lambda: "Anna: I felt alone" in seen(pilot.app))
        assert live.captions
        await pilot.press("c")
        await until(pilot, lambda: "I felt alone" not in seen(pilot.app))
        assert not live.captions

    play_standing(studio, steps)


def test_nothing_is_drawn_while_nothing_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    studio = room(tmp_path)

    async def steps(pilot: Pilot[None]) -> None:
        draft = plan(studio)
        screen = PracticeScreen(draft, practising(draft, StandingRecording()))
        await pilot.app.push_screen(screen)
        await until(pilot, lambda: "Anna 66 %" in seen(pilot.app))
        await pilot.pause(0.3)
        drawn: list[Any] = []
        for widget in screen.board.walk_children():
            monkeypatch.setattr(widget, "refresh", lambda *_, widget=widget, **__: drawn.append(widget))
        for _ in range(5):
            screen._tick()
        await pilot.pause()
        assert drawn == []

    play_standing(studio, steps)
