"""Running the app over a studio by keys, and reading what it says."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Static

from listener.domain.span import Span
from listener.errors import MissingDevice
from listener.tui.app import ListenerApp
from tests.tui.rooms import Room, example_report, keep, room

LATEST = "2026-11-22T21:00:00+01:00"
Script = Callable[[Pilot[None]], Awaitable[None]]


def in_app(studio: Room, script: Script, size: tuple[int, int] = (80, 24)) -> ListenerApp:
    """Run the app over the studio and the script in it."""

    async def run() -> ListenerApp:
        app = ListenerApp(studio)
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            await script(pilot)
        return app

    return asyncio.run(run())


async def settle(pilot: Pilot[None]) -> None:
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def words(pilot: Pilot[None]) -> str:
    """Everything that the uppermost screen says in plain words."""
    return "\n".join(str(static.render()) for static in pilot.app.screen.query(Static) if static.display)


class Loudspeaker:
    """Stands for a sound output: remembers what plays."""

    def __init__(self, problem: MissingDevice | None = None) -> None:
        self.problem = problem
        self.played: list[tuple[Path, Span]] = []
        self.playing = False

    def play(self, path: Path, span: Span) -> None:
        if self.problem is not None:
            raise self.problem
        self.played.append((path, span))
        self.playing = True

    def stop(self) -> None:
        self.playing = False


class LoudRoom(Room):
    player: Loudspeaker  # type: ignore[assignment]  # the screens call nothing else of it


def loud(tmp_path: Path, problem: MissingDevice | None = None) -> tuple[LoudRoom, str]:
    studio = LoudRoom(room(tmp_path).settings, tmp_path / "sessions")
    studio.player = Loudspeaker(problem)
    folder = keep(studio, LATEST, report=example_report())
    return studio, folder.path.name
