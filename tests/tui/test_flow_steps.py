"""The steps before a practice by their keys: consent, check-in, microphone, voices."""

from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
from textual.pilot import Pilot

from listener.adapters.resources import example_folder
from listener.app.studio import InputChoice
from listener.errors import ListenerError
from listener.ports import LiveInput
from listener.tui.screens import mic_check
from listener.tui.screens.enrol import EnrolScreen
from listener.tui.screens.home import HomeScreen
from listener.tui.screens.mic_check import MicCheckScreen
from listener.tui.screens.partners import PartnersScreen
from listener.tui.screens.readiness import ReadinessScreen
from tests.tui.practices import (
    NAMES,
    example,
    plan,
    seen,
    until,
)
from tests.tui.rooms import Room, keep, room
from tests.tui.steps import MICROPHONE, on, play, recording


def test_nothing_begins_without_the_consent_of_both(tmp_path: Path) -> None:
    studio = room(tmp_path)

    async def steps(pilot: Pilot[None]) -> None:
        screen = PartnersScreen(plan(studio))
        await pilot.app.push_screen(screen)
        await pilot.pause()
        await pilot.press("a", "ctrl+n")
        await pilot.pause()
        assert pilot.app.screen is screen
        assert "Ben has not agreed yet" in seen(pilot.app)
        await pilot.press("b", "b", "ctrl+n")
        await pilot.pause()
        assert pilot.app.screen is screen
        await pilot.press("b", "ctrl+n")
        await until(pilot, on(pilot, ReadinessScreen))

    play(studio, steps)


def test_swapping_the_partners_asks_both_for_consent_again(tmp_path: Path) -> None:
    studio = room(tmp_path)

    async def steps(pilot: Pilot[None]) -> None:
        screen = PartnersScreen(plan(studio))
        await pilot.app.push_screen(screen)
        await pilot.press("a", "b", "ctrl+t")
        await pilot.pause()
        assert screen.plan.names == {"A": "Ben", "B": "Anna"}
        assert screen.plan.consent == set()

    play(studio, steps)


def test_two_partners_need_two_names(tmp_path: Path) -> None:
    studio = room(tmp_path)

    async def steps(pilot: Pilot[None]) -> None:
        draft = plan(studio)
        draft.names["B"] = "anna"
        screen = PartnersScreen(draft)
        await pilot.app.push_screen(screen)
        await pilot.press("a", "b", "ctrl+n")
        await pilot.pause()
        assert pilot.app.screen is screen
        assert "two different names" in seen(pilot.app)

    play(studio, steps)


def test_names_come_from_the_settings_else_from_the_latest_session(tmp_path: Path) -> None:
    for studio, expected in (
        (room(tmp_path / "one", names={"A": "Kim", "B": "Lou"}), {"A": "Kim", "B": "Lou"}),
        (room(tmp_path / "two"), NAMES),
    ):
        folder = keep(studio, "2026-11-22T21:00:00+01:00")
        folder.save(replace(folder.load(), names=NAMES))

        async def steps(pilot: Pilot[None], studio: Room = studio, expected: dict[str, str] = expected) -> None:  # type: ignore[assignment]
            draft = plan(studio)
            draft.names.clear()
            await pilot.app.push_screen(PartnersScreen(draft))
            await pilot.pause()
            assert draft.names == expected

        play(studio, steps)


def test_a_no_at_the_check_in_leads_back_later_with_nothing_recorded(tmp_path: Path) -> None:
    studio = room(tmp_path)

    async def steps(pilot: Pilot[None]) -> None:
        await pilot.app.push_screen(PartnersScreen(plan(studio)))
        await pilot.press("a", "b", "enter")
        await until(pilot, on(pilot, ReadinessScreen))
        await pilot.press(*"nyyyyy")
        await until(pilot, lambda: "Perhaps this is not the moment" in seen(pilot.app))
        await pilot.press("enter")
        await until(pilot, on(pilot, HomeScreen))

    play(studio, steps)
    assert studio.sessions.all() == []


def test_a_no_at_the_check_in_is_theirs_to_overrule_and_is_kept(tmp_path: Path) -> None:
    studio = room(tmp_path)

    async def steps(pilot: Pilot[None]) -> None:
        draft = plan(studio)
        await pilot.app.push_screen(ReadinessScreen(draft))
        await pilot.press(*"yyynyy", "ctrl+n")
        await until(pilot, on(pilot, MicCheckScreen))
        assert draft.readiness == {"calm": True, "time": False, "private": True}

    play(studio, steps)


def test_a_microphone_that_is_plugged_in_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Changing(Room):
        plugged_in = False

        def inputs(self) -> tuple[list[InputChoice], ListenerError | None]:
            choices, problem = super().inputs()
            return [c for c in choices if c.kind == "example" or self.plugged_in], problem

    monkeypatch.setattr(mic_check, "LIST_EVERY_S", 0.05)
    studio = Changing(room(tmp_path).settings, tmp_path / "sessions")

    async def steps(pilot: Pilot[None]) -> None:
        draft = plan(studio)
        await pilot.app.push_screen(MicCheckScreen(draft))
        await until(pilot, lambda: "No microphone was found" in seen(pilot.app))
        await pilot.press("ctrl+n")
        await pilot.pause()
        assert isinstance(pilot.app.screen, MicCheckScreen)
        studio.plugged_in = True
        await until(pilot, lambda: "Built-in microphone" in seen(pilot.app))
        assert draft.input is None

    play(studio, steps)


def test_the_microphone_check_hears_the_chosen_input_and_lets_go_of_it(tmp_path: Path) -> None:
    studio = room(tmp_path)

    async def steps(pilot: Pilot[None]) -> None:
        screen = MicCheckScreen(plan(studio, choice=example(studio)))
        await pilot.app.push_screen(screen)
        await until(pilot, lambda: "Good." in seen(pilot.app))
        await pilot.press("escape")
        await until(pilot, on(pilot, HomeScreen))
        assert screen.monitor is None

    play(studio, steps)


class Playing(Room):
    """A room whose microphone plays a file."""

    plays: Path

    def open_input(self, choice: InputChoice, channels: int) -> LiveInput:
        file = InputChoice("file", self.plays.name, 1, path=self.plays)
        return super().open_input(file if choice.kind == "microphone" else choice, channels)


def test_a_sentence_is_read_kept_and_used(tmp_path: Path) -> None:
    studio = Playing(room(tmp_path).settings, tmp_path / "sessions", speed=10.0)
    studio.plays = tmp_path / "sentence.wav"
    sentence_once, rate = soundfile.read(example_folder() / "enrol_A.flac", dtype="int16")
    soundfile.write(studio.plays, np.tile(sentence_once, 30), rate)

    async def steps(pilot: Pilot[None]) -> None:
        draft = plan(studio, choice=MICROPHONE)
        screen = EnrolScreen(draft, "A")
        await pilot.app.push_screen(screen)
        await until(pilot, lambda: screen.monitor is not None)
        await pilot.press("space")
        await until(pilot, lambda: screen.monitor is not None and screen.monitor.take_ms > 4_000)
        await pilot.press("space")
        await until(pilot, lambda: "Taken" in seen(pilot.app))
        path = draft.enrolment["A"]
        assert soundfile.info(path).duration > 4
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        sentence = path.read_bytes()
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, EnrolScreen) and pilot.app.screen.partner == "B")
        await pilot.press("k")
        practice = await recording(pilot)
        assert practice.practising is not None
        folder = studio.sessions.folder(practice.practising.session_id)
        assert folder.enrolment["A"].read_bytes() == sentence
        assert set(folder.enrolment) == {"A"}
        assert not path.parent.exists()

    play(studio, steps)


def test_a_sentence_that_cannot_be_heard_is_told_and_asked_for_again(tmp_path: Path) -> None:
    studio = Playing(room(tmp_path).settings, tmp_path / "sessions", speed=10.0)
    studio.plays = tmp_path / "silence.wav"
    soundfile.write(studio.plays, np.zeros(16_000 * 20, dtype=np.int16), 16_000)

    async def steps(pilot: Pilot[None]) -> None:
        draft = plan(studio, choice=MICROPHONE)
        screen = EnrolScreen(draft, "A")
        await pilot.app.push_screen(screen)
        await until(pilot, lambda: screen.monitor is not None)
        await pilot.press("space")
        await until(pilot, lambda: screen.monitor is not None and screen.monitor.take_ms > 1_000)
        await pilot.press("space")
        await until(pilot, lambda: "No speech stands out" in seen(pilot.app))
        assert "Press Space, then read" in seen(pilot.app)
        assert draft.enrolment == {}

    play(studio, steps)
