"""How the app ends: in order, whatever ends it. Screens say what would be cut off and finish what they run."""

from __future__ import annotations

import signal
from collections.abc import Sequence
from typing import Final, Protocol, runtime_checkable

from textual.screen import Screen

from listener.errors import ListenerError

WHY: Final = {
    signal.SIGHUP: "the terminal was closed",
    signal.SIGINT: "the program was interrupted",
    signal.SIGTERM: "the program was asked to end",
}


@runtime_checkable
class Finishes(Protocol):
    """A screen that runs something which must end in order: a recording, an analysis."""

    async def finish(self, why: str) -> None:
        """End what runs and save it; `why` says in plain words why. Returns once it is safe to end the process."""


@runtime_checkable
class AsksBeforeLeaving(Protocol):
    """A screen that does not want to be left without a question, as while it records."""

    @property
    def leaving_question(self) -> str:
        """What to ask before the app quits, empty where nothing would be cut off."""


def leaving_question(screens: Sequence[Screen[object]]) -> str:
    """The question of the uppermost screen that has one."""
    asking = (screen.leaving_question for screen in reversed(screens) if isinstance(screen, AsksBeforeLeaving))
    return next((question for question in asking if question), "")


async def finish_all(screens: Sequence[Screen[object]], why: str) -> list[str]:
    """Finish every screen that runs something, the uppermost first; what could not be saved, in words."""
    problems = []
    for screen in reversed(screens):
        if isinstance(screen, Finishes):
            try:
                await screen.finish(why)
            except ListenerError as error:
                problems.append(str(error))
    return problems
