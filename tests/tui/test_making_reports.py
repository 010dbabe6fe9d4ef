"""The analysis by keys: a real one that is cancelled and goes on, and others that fail or take their time."""

from __future__ import annotations

import asyncio
from pathlib import Path
from threading import Event

from textual.pilot import Pilot

from listener.adapters.resources import example_folder
from listener.domain.speech import PARTNERS
from listener.errors import MissingDevice
from listener.tui.screens.analysing import AnalysingScreen
from listener.tui.screens.home import HomeScreen
from listener.tui.screens.report import ReportScreen
from tests.tui.analyses import AnalysisRoom, FailingAnalysis, StandingAnalysis
from tests.tui.driving import LATEST, in_app, settle, words
from tests.tui.rooms import keep, room


def test_an_analysis_is_cancelled_goes_on_and_gives_the_report_of_replay(tmp_path: Path) -> None:
    studio = room(tmp_path, model="none")
    folder = keep(studio, LATEST)
    for partner in PARTNERS:
        folder.enrol(partner, example_folder() / f"enrol_{partner}.flac")

    async def script(pilot: Pilot[None]) -> None:
        screen = AnalysingScreen(folder.path.name)
        await pilot.app.push_screen(screen)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(pilot.app.screen, HomeScreen)
        assert studio.sessions.all()[0].state == "recorded"
        await pilot.app.push_screen(AnalysingScreen(folder.path.name))
        await settle(pilot)
        assert isinstance(pilot.app.screen, ReportScreen)

    in_app(studio, script)
    report = studio.sessions.report(folder.path.name)
    assert report is not None
    assert {turn.partner for turn in report.turns} == {"A", "B"}


def test_trying_again_after_a_failure(tmp_path: Path) -> None:
    studio = AnalysisRoom.at(tmp_path, FailingAnalysis(MissingDevice("The disk went away.", "Put it back.")))
    folder = keep(studio, LATEST, report=None)

    async def script(pilot: Pilot[None]) -> None:
        await pilot.app.push_screen(AnalysingScreen(folder.path.name))
        await settle(pilot)
        assert "The disk went away." in words(pilot)
        studio.analysis = StandingAnalysis()
        await pilot.press("r")
        while "Finding the words" not in words(pilot):
            await pilot.pause(0.02)
        assert "The disk went away." not in words(pilot)

    in_app(studio, script)


def test_quitting_waits_until_the_analysis_has_put_away_what_it_found(tmp_path: Path) -> None:
    put_away = Event()

    class Slow(StandingAnalysis):
        def run(self, progress, cancelled):  # type: ignore[no-untyped-def]  # as above
            try:
                return super().run(progress, cancelled)
            finally:
                Event().wait(0.3)
                put_away.set()

    studio = AnalysisRoom.at(tmp_path, Slow())
    folder = keep(studio, LATEST)

    async def script(pilot: Pilot[None]) -> None:
        await pilot.app.push_screen(AnalysingScreen(folder.path.name))
        await pilot.press("q")
        await asyncio.wait_for(asyncio.to_thread(put_away.wait), 10)

    assert in_app(studio, script).return_code == 0
    assert put_away.is_set()


def test_quitting_before_the_analysis_is_drawn_waits_for_nothing(tmp_path: Path) -> None:
    studio = AnalysisRoom.at(tmp_path, StandingAnalysis())
    folder = keep(studio, LATEST)

    async def script(pilot: Pilot[None]) -> None:
        screen = AnalysingScreen(folder.path.name)
        finishing = asyncio.create_task(screen.finish("the partners quit"))
        await asyncio.sleep(0)
        pilot.app.push_screen(screen)
        await asyncio.wait_for(finishing, 20)

    in_app(studio, script)


def test_the_report_waits_while_help_is_open(tmp_path: Path) -> None:
    studio = room(tmp_path, model="none")
    folder = keep(studio, LATEST)

    async def script(pilot: Pilot[None]) -> None:
        screen = AnalysingScreen(folder.path.name)
        await pilot.app.push_screen(screen)
        await pilot.press("?")
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(pilot.app.screen, ReportScreen)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, HomeScreen)

    in_app(studio, script)


def test_an_analysis_of_a_deleted_session_is_told(tmp_path: Path) -> None:
    studio = room(tmp_path, model="none")
    folder = keep(studio, LATEST)
    studio.sessions.delete(folder.path.name)

    async def script(pilot: Pilot[None]) -> None:
        await pilot.app.push_screen(AnalysingScreen(folder.path.name))
        await settle(pilot)
        assert f"There is no session '{folder.path.name}'." in words(pilot)
        assert "The recording is kept." not in words(pilot)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, HomeScreen)

    in_app(studio, script)


def test_a_session_that_is_deleted_while_its_report_is_made_is_told(tmp_path: Path) -> None:
    class Deletes(StandingAnalysis):
        def run(self, progress, cancelled):  # type: ignore[no-untyped-def]  # as above
            studio.sessions.delete(folder.path.name)

    studio = AnalysisRoom.at(tmp_path, Deletes())
    folder = keep(studio, LATEST)

    async def script(pilot: Pilot[None]) -> None:
        await pilot.app.push_screen(AnalysingScreen(folder.path.name))
        await settle(pilot)
        assert isinstance(pilot.app.screen, ReportScreen)
        assert f"There is no session '{folder.path.name}'." in words(pilot)

    in_app(studio, script)
