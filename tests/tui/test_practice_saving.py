"""The end of a practice by its keys: what was struck and what was not, and what may lie on top while it is saved."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from textual.pilot import Pilot

from listener.app.studio import Studio
from listener.domain.session import SessionRecord
from listener.domain.span import Ms, Span
from listener.tui.plan import Plan
from listener.tui.screens.check_out import CheckOutScreen
from listener.tui.screens.home import HomeScreen
from listener.tui.screens.pause import PauseScreen
from listener.tui.screens.practice import OWN_ACTIONS, PracticeScreen
from listener.tui.screens.sessions import SessionsScreen
from listener.tui.widgets.confirm import Confirm
from tests.tui.practices import STATUS, StandingRecording, plan, practising, seen, until
from tests.tui.rooms import room
from tests.tui.steps import on, play_standing


class SlowToSave(StandingRecording):
    """Is saved once it may be."""

    def __init__(self) -> None:
        super().__init__()
        self.may = Event()

    def stop(self, why: str) -> SessionRecord:
        assert self.may.wait(30)
        self.asked.append("saved")
        return SessionRecord("", "", "", {}, "one", "", 16_000, 1, "", ())


async def _opened(pilot: Pilot[None], studio: Studio, recorded: StandingRecording) -> PracticeScreen:
    draft: Plan = plan(studio)
    screen = PracticeScreen(draft, practising(draft, recorded))
    await pilot.app.push_screen(screen)
    await until(pilot, lambda: "● recording" in seen(pilot.app))
    return screen


async def _saved(pilot: Pilot[None], recorded: SlowToSave) -> None:
    recorded.may.set()
    await until(pilot, on(pilot, CheckOutScreen))
    await pilot.pause()
    assert [type(screen) for screen in pilot.app.screen_stack] == [HomeScreen, CheckOutScreen]


def test_a_minute_that_was_not_struck_is_told(tmp_path: Path) -> None:
    class Failed(StandingRecording):
        def strike_last(self, ms: Ms) -> Span:
            return Span(self.status.recorded_ms, self.status.recorded_ms)

    studio = room(tmp_path)

    async def steps(pilot: Pilot[None]) -> None:
        recorded = Failed()
        await _opened(pilot, studio, recorded)
        await pilot.press("s")
        await until(pilot, on(pilot, Confirm))
        recorded.status = replace(STATUS, state="failed", message="The disk is full.")
        await pilot.press("y")
        await until(pilot, lambda: len(pilot.app._notifications) > 0)
        told = next(iter(pilot.app._notifications))
        assert (told.title, told.severity) == ("▲ NOT struck", "error")
        assert "is over or has failed" in told.message
        assert "off the record" not in seen(pilot.app)

    play_standing(studio, steps)


def test_nothing_can_be_asked_of_a_practice_that_is_being_saved(tmp_path: Path) -> None:
    studio = room(tmp_path)

    async def steps(pilot: Pilot[None]) -> None:
        recorded = SlowToSave()
        screen = await _opened(pilot, studio, recorded)
        await pilot.press("e", "y")
        await until(pilot, lambda: "saving the recording" in seen(pilot.app))
        assert not any(screen.check_action(action, ()) for action in OWN_ACTIONS | {"back"})
        await pilot.press("p", "b", "s", "n", "d", "c", "e", "enter", "escape")
        await pilot.pause()
        assert pilot.app.screen is screen
        assert not {"-details", "-captions"} & screen.classes
        assert "Pause" not in seen(pilot.app)
        await _saved(pilot, recorded)
        assert recorded.asked == ["saved"]

    play_standing(studio, steps)


@pytest.mark.parametrize("key", ["question_mark", "ctrl+p"])
def test_what_was_opened_while_it_is_saved_gives_way_to_the_check_out(tmp_path: Path, key: str) -> None:
    studio = room(tmp_path)

    async def steps(pilot: Pilot[None]) -> None:
        recorded = SlowToSave()
        screen = await _opened(pilot, studio, recorded)
        await pilot.press("e", "y")
        await until(pilot, lambda: "saving the recording" in seen(pilot.app))
        await pilot.app.push_screen(SessionsScreen())
        await pilot.press(key)
        await until(pilot, lambda: len(pilot.app.screen_stack) == 4)
        assert screen in pilot.app.screen_stack
        await _saved(pilot, recorded)

    play_standing(studio, steps)


def test_a_pause_that_lies_on_top_ends_with_the_practice(tmp_path: Path) -> None:
    studio = room(tmp_path)

    async def steps(pilot: Pilot[None]) -> None:
        recorded = SlowToSave()
        screen = await _opened(pilot, studio, recorded)
        await pilot.press("p")
        await until(pilot, on(pilot, PauseScreen))
        screen.action_check_out()
        await _saved(pilot, recorded)
        assert recorded.asked == ["pause", "saved"]

    play_standing(studio, steps)


def test_a_question_that_gave_way_is_asked_again(tmp_path: Path) -> None:
    studio = room(tmp_path)

    async def steps(pilot: Pilot[None]) -> None:
        recorded = SlowToSave()
        screen = await _opened(pilot, studio, recorded)
        await pilot.press("q")
        await until(pilot, on(pilot, Confirm))
        screen.action_check_out()
        await _saved(pilot, recorded)
        await pilot.press("q")
        await until(pilot, on(pilot, Confirm))
        assert "The answers given so far are kept." in seen(pilot.app)

    play_standing(studio, steps)
