"""The app with a home screen that runs something, for `test_ending.py`: writes down why it finished."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from unittest.mock import patch

from textual.binding import Binding
from textual.screen import Screen

from listener.app.studio import Studio
from listener.tui import app as shell
from listener.tui.screens.home import HomeScreen
from tests.tui.rooms import room

FOLDER = Path(sys.argv[1])


class Runs(HomeScreen):
    """Takes a moment to finish."""

    BINDINGS = [Binding("ctrl+f", "fault")]  # noqa: RUF012  # as Textual declares it

    @property
    def leaving_question(self) -> str:
        return "Something runs"

    async def finish(self, why: str) -> None:
        await asyncio.sleep(0.3)
        (FOLDER / "told").write_text(why)

    def action_fault(self) -> None:
        raise RuntimeError("a secret name")


class RunsApp(shell.ListenerApp):
    def get_default_screen(self) -> Screen[None]:
        return Runs()


def studio(_play: Path | None = None) -> Studio:
    return room(FOLDER)


if __name__ == "__main__":
    with patch("listener.app.studio.open_studio", studio), patch.object(shell, "ListenerApp", RunsApp):
        shell.open_app()
