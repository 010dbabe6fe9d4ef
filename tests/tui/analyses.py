"""Analyses that stand still or fail where a picture needs it; the real one runs in `test_results.py`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any, Protocol

from textual.pilot import Pilot
from textual.widgets import Static

from listener.app.final import Cancelled, FinalAnalysis
from listener.app.settings import Settings
from listener.domain.report import Report
from listener.errors import ListenerError
from listener.ports import Progress
from listener.tui.screens.analysing import AnalysingScreen
from tests.tui.rooms import Room


class Runs(Protocol):
    def run(self, progress: Progress, cancelled: Callable[[], bool]) -> Report: ...


class StandingAnalysis:
    """Gets as far as the third stage and waits there until it is cancelled."""

    def run(self, progress: Progress, cancelled: Callable[[], bool]) -> Report:
        for stage, done in (
            ("Reading the recording", 0.0),
            ("Telling the voices apart", 0.5),
            ("Finding the words", 0.0),
            ("Finding the words", 0.3),
        ):
            progress(stage, done)
        while not cancelled():
            Event().wait(0.01)
        raise Cancelled


class FailingAnalysis:
    """Ends with an error."""

    def __init__(self, error: ListenerError) -> None:
        self.error = error

    def run(self, progress: Progress, cancelled: Callable[[], bool]) -> Report:
        raise self.error


class AnalysisRoom(Room):
    """A room with an analysis of its own."""

    analysis: Runs

    @classmethod
    def at(cls, tmp_path: Path, analysis: Runs) -> AnalysisRoom:
        studio = cls(Settings(), tmp_path / "sessions")
        studio.analysis = analysis
        return studio

    def final(self, session_id: str) -> FinalAnalysis:
        return self.analysis  # type: ignore[return-value]  # the screen calls nothing but run


def analysing(session_id: str, until: str) -> Callable[[Pilot[None]], Any]:
    """Opens the analysis with a clock that steps 10 s a look, and waits for words on the screen."""
    ticks = iter(range(0, 1_000_000, 10))
    stopped: list[float] = []

    def seconds() -> float:
        """Four looks in motion (one for each step of the analysis), then the clock stands."""
        if len(stopped) < 5:
            stopped.append(float(next(ticks)))
        return stopped[-1]

    async def run(pilot: Pilot[None]) -> None:
        await pilot.pause()
        screen = AnalysingScreen(session_id, seconds)
        await pilot.app.push_screen(screen)
        await _shown(pilot, screen, until)

    return run


async def _shown(pilot: Pilot[None], screen: AnalysingScreen, words: str) -> None:
    while not any(words in str(static.render()) for static in screen.query(Static)):
        await pilot.pause(0.02)
