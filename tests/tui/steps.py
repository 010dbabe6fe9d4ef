"""Following the practice flow by its keys, in the app as it is."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from textual.pilot import Pilot
from textual.screen import Screen

from listener.app.studio import InputChoice
from listener.domain.session import SessionRecord
from listener.tui.app import ListenerApp
from listener.tui.screens.analysing import AnalysingScreen
from listener.tui.screens.enrol import EnrolScreen
from listener.tui.screens.mic_check import MicCheckScreen
from listener.tui.screens.partners import PartnersScreen
from listener.tui.screens.pause import PauseScreen
from listener.tui.screens.practice import PracticeScreen
from listener.tui.screens.readiness import ReadinessScreen
from tests.tui.practices import (
    until,
)
from tests.tui.rooms import Room

SIZE = (80, 24)
Steps = Callable[[Pilot[None]], Coroutine[Any, Any, None]]


MICROPHONE = InputChoice("microphone", "Built-in microphone", 1, is_default=True)


def play(studio: Room, steps: Steps) -> None:
    """Run the app, follow the steps, and end it in order."""

    async def run() -> None:
        app = ListenerApp(studio)
        async with app.run_test(size=SIZE) as pilot:
            await steps(pilot)
            await app._end("the test is over", 0)

    asyncio.run(run())


def play_standing(studio: Room, steps: Steps) -> None:
    """As `play`, over a recording that stands and is not to be stopped."""

    async def run() -> None:
        async with ListenerApp(studio).run_test(size=SIZE) as pilot:
            await steps(pilot)

    asyncio.run(run())


WITHOUT_FOCUS = (PracticeScreen, PauseScreen, AnalysingScreen)


def on(pilot: Pilot[None], screen: type[Screen[Any]]) -> Callable[[], bool]:
    """Whether this screen is on top and takes keys."""
    has_focus = not issubclass(screen, WITHOUT_FOCUS)
    return lambda: isinstance(pilot.app.screen, screen) and (pilot.app.focused is not None or not has_focus)


async def agree_and_begin(pilot: Pilot[None]) -> None:
    """From the partners' screen of the example by its keys to the practice."""
    app = pilot.app
    await until(pilot, on(pilot, PartnersScreen))
    await pilot.press("a", "b", "enter")
    await until(pilot, on(pilot, ReadinessScreen))
    await pilot.press(*"yyyyyy", "enter")
    await until(pilot, on(pilot, MicCheckScreen))
    await until(pilot, lambda: getattr(app.screen, "monitor", None) is not None)
    await pilot.press("ctrl+n")
    for partner in ("A", "B"):
        await until(pilot, on(pilot, EnrolScreen))
        await until(pilot, lambda: getattr(app.screen, "partner", "") == partner)  # noqa: B023
        await pilot.press("enter")


async def recording(pilot: Pilot[None], ms: int = 500) -> PracticeScreen:
    """Wait until the practice has recorded so much; its screen."""
    await until(pilot, on(pilot, PracticeScreen))
    screen = pilot.app.screen
    assert isinstance(screen, PracticeScreen)
    await until(pilot, lambda: screen.practising is not None and screen.practising.look().status.recorded_ms >= ms)
    return screen


def record_of(studio: Room) -> SessionRecord:
    return studio.sessions.folder(studio.sessions.all()[0].id).load()
