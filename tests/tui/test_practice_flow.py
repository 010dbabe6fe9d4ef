"""The way from the first step to the report by its keys: real screens, a real studio, a real recording."""

from __future__ import annotations

import signal
from pathlib import Path

import numpy as np
import pytest
import soundfile
from textual.pilot import Pilot

from listener.adapters.resources import example_folder
from listener.domain.session import Answer, Promise
from listener.tui.app import ListenerApp
from listener.tui.screens.analysing import AnalysingScreen
from listener.tui.screens.check_out import CheckOutScreen
from listener.tui.screens.home import HomeScreen
from listener.tui.screens.practice import PracticeScreen
from listener.tui.widgets.confirm import Confirm
from tests.tui.analyses import AnalysisRoom, StandingAnalysis
from tests.tui.practices import (
    NAMES,
    seen,
    until,
)
from tests.tui.rooms import keep, room
from tests.tui.steps import agree_and_begin, on, play, play_standing, record_of, recording


def test_the_whole_way_with_the_example(tmp_path: Path) -> None:
    studio = AnalysisRoom(room(tmp_path).settings, tmp_path / "sessions", speed=25.0)
    studio.analysis = StandingAnalysis()

    async def steps(pilot: Pilot[None]) -> None:
        await pilot.pause()
        app = pilot.app
        assert isinstance(app, ListenerApp)
        app.try_example()
        await agree_and_begin(pilot)
        await recording(pilot)
        assert [type(screen) for screen in app.screen_stack] == [HomeScreen, PracticeScreen]
        await until(pilot, lambda: "Press Enter for the check-out" in seen(app))
        await pilot.press("enter")
        await until(pilot, on(pilot, CheckOutScreen))
        for _ in range(2):
            await pilot.press("enter", *"5432", "enter")
            await pilot.press(*"call by six", "enter", "enter")
        await until(pilot, on(pilot, AnalysingScreen))
        assert [type(screen) for screen in app.screen_stack] == [HomeScreen, AnalysingScreen]

    play(studio, steps)
    record = record_of(studio)
    assert (record.state, record.consent, record.mics) == ("recorded", ("A", "B"), "one")
    assert record.readiness == {"calm": True, "time": True, "private": True}
    assert record.names == {"A": "Nora", "B": "Sam"}
    assert record.ended == "the partners ended the practice"
    assert [(a.guideline, a.value) for a in record.answers if a.partner == "B"] == [
        ("validate", 5),
        ("full-attention", 4),
        ("be-clear", 3),
        ("dependable", 2),
    ]
    assert record.promises == (Promise("A", "call by six"), Promise("B", "call by six"))
    folder = studio.sessions.folder(record.id)
    assert set(folder.enrolment) == {"A", "B"}
    played, _ = soundfile.read(example_folder() / "conversation.flac", dtype="int16")
    kept, _ = soundfile.read(folder.recording, dtype="int16")
    np.testing.assert_array_equal(kept, played)


def test_neither_partner_can_go_back_to_the_others_answers(tmp_path: Path) -> None:
    studio = AnalysisRoom(room(tmp_path).settings, tmp_path / "sessions")
    studio.analysis = StandingAnalysis()
    folder = keep(studio, "2026-11-22T21:00:00+01:00")

    async def steps(pilot: Pilot[None]) -> None:
        screen = CheckOutScreen(folder.path.name, NAMES)
        await pilot.app.push_screen(screen)
        await pilot.press("enter", "5", "ctrl+n", "ctrl+n")
        await until(pilot, lambda: "Now a few questions for Ben alone" in seen(pilot.app))
        await pilot.press("escape")
        await pilot.pause()
        assert screen.turn.partner == "B"
        assert "[5]" not in seen(pilot.app)
        await pilot.press("ctrl+k")
        await until(pilot, on(pilot, AnalysingScreen))

    play(studio, steps)
    assert folder.load().answers == (Answer("A", "validate", 5),)


def test_an_answer_can_be_changed_and_left_out(tmp_path: Path) -> None:
    studio = AnalysisRoom(room(tmp_path).settings, tmp_path / "sessions")
    studio.analysis = StandingAnalysis()
    folder = keep(studio, "2026-11-22T21:00:00+01:00")

    async def steps(pilot: Pilot[None]) -> None:
        await pilot.app.push_screen(CheckOutScreen(folder.path.name, NAMES))
        await pilot.press("enter", "5", "4", "up", "up", "2", "0", "ctrl+k")
        await until(pilot, on(pilot, AnalysingScreen))

    play(studio, steps)
    assert folder.load().answers == (Answer("A", "validate", 2),)


@pytest.mark.parametrize("way", ["q", "signal"])
def test_quitting_the_check_out_keeps_what_was_given(tmp_path: Path, way: str) -> None:
    studio = room(tmp_path)
    folder = keep(studio, "2026-11-22T21:00:00+01:00")

    async def steps(pilot: Pilot[None]) -> None:
        app = pilot.app
        assert isinstance(app, ListenerApp)
        await app.push_screen(CheckOutScreen(folder.path.name, NAMES))
        await pilot.press("enter", "5", "ctrl+n", *"call by six", "enter", *"be kind")
        if way == "signal":
            app._on_signal(signal.SIGTERM)
        else:
            await pilot.press("ctrl+q")
            await until(pilot, on(pilot, Confirm))
            assert "The answers given so far are kept." in seen(app)
            await pilot.press("y")
        await until(pilot, lambda: app._ending is not None and app._ending.done())
        assert app.last_words == []

    play_standing(studio, steps)
    record = folder.load()
    assert record.answers == (Answer("A", "validate", 5),)
    assert record.promises == (Promise("A", "call by six"), Promise("A", "be kind"))


@pytest.mark.parametrize("way", ["skip", "quit"])
def test_a_check_out_of_a_deleted_session_is_told(tmp_path: Path, way: str) -> None:
    studio = room(tmp_path)
    folder = keep(studio, "2026-11-22T21:00:00+01:00")
    name = folder.path.name

    async def steps(pilot: Pilot[None]) -> None:
        app = pilot.app
        assert isinstance(app, ListenerApp)
        await app.push_screen(CheckOutScreen(name, NAMES))
        await pilot.press("enter", "5")
        studio.sessions.delete(name)
        if way == "quit":
            await app._end("the partners quit", 0)
            assert f"There is no session '{name}'." in app.last_words[0]
            return
        await pilot.press("ctrl+k")
        await until(pilot, on(pilot, AnalysingScreen))
        assert [told.title for told in app._notifications] == ["The answers could not be stored"]

    play_standing(studio, steps)
