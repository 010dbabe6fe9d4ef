"""Sessions by keys: recovered, discarded, opened, deleted."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
from textual.pilot import Pilot

from listener.adapters.chunk_log import ChunkLog
from listener.tui.screens.analysing import AnalysingScreen
from listener.tui.screens.home import HomeScreen
from listener.tui.screens.recover import RecoverScreen
from listener.tui.screens.report import ReportScreen
from listener.tui.screens.sessions import SessionsScreen
from listener.tui.widgets.rows import Choices
from tests.tui.driving import in_app, settle, words
from tests.tui.rooms import Room, example_report, keep, room


def cut_off(studio: Room, started_at: str) -> str:
    """A session whose recording was ended by a crash: two seconds of sound in its log."""
    folder = keep(studio, started_at, recorded=False)
    log = ChunkLog(folder.chunks, 16_000, 1)
    for _ in range(4):
        log.append(np.full((8_000, 1), 1_000, np.int16))
    log.close()
    return folder.path.name


def test_recordings_that_were_cut_off_are_asked_for_at_the_start(tmp_path: Path) -> None:
    studio = room(tmp_path)
    older = cut_off(studio, "2026-11-21T20:00:00+01:00")
    newer = cut_off(studio, "2026-11-22T21:00:00+01:00")

    async def script(pilot: Pilot[None]) -> None:
        assert isinstance(pilot.app.screen, RecoverScreen)
        await pilot.press("r")
        await settle(pilot)
        assert "Recovered" in words(pilot)
        await pilot.press("d", "n")
        await settle(pilot)
        assert [line.id for line in studio.sessions.unfinished()] == [older]
        await pilot.press("d", "y")
        await settle(pilot)
        assert isinstance(pilot.app.screen, HomeScreen)

    in_app(studio, script)
    assert [(line.id, line.state, line.duration_ms) for line in studio.sessions.all()] == [(newer, "recorded", 2_000)]


def test_later_leaves_a_recording_as_it_is(tmp_path: Path) -> None:
    studio = room(tmp_path)
    cut_off(studio, "2026-11-21T20:00:00+01:00")

    async def script(pilot: Pilot[None]) -> None:
        await pilot.press("l")
        await settle(pilot)
        assert isinstance(pilot.app.screen, HomeScreen)
        await pilot.press("s", "enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, RecoverScreen)

    in_app(studio, script)
    assert len(studio.sessions.unfinished()) == 1


def test_sessions_open_by_what_there_is_of_them(tmp_path: Path) -> None:
    studio = room(tmp_path)
    keep(studio, "2026-11-22T21:00:00+01:00", report=example_report())
    without = keep(studio, "2026-11-21T21:00:00+01:00")
    without.recording.write_bytes(b"no sound")

    async def script(pilot: Pilot[None]) -> None:
        await pilot.press("s", "enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, ReportScreen)
        await pilot.press("escape", "down", "enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, AnalysingScreen)
        assert "could not be made" in words(pilot)
        assert "The recording is kept" in words(pilot)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, SessionsScreen)

    in_app(studio, script)


def test_a_damaged_report_is_told(tmp_path: Path) -> None:
    studio = room(tmp_path)
    folder = keep(studio, "2026-11-22T21:00:00+01:00", report=example_report())
    (folder.path / "report.json").write_text("{")

    async def script(pilot: Pilot[None]) -> None:
        await pilot.press("s", "enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, SessionsScreen)
        told = [notification.message for notification in pilot.app._notifications]
        assert any("not a listener.report/1 document" in message for message in told)
        await pilot.press("escape", "p")
        await settle(pilot)
        assert "not a listener.report/1 document" in words(pilot)

    in_app(studio, script)


def test_deleting_asks_and_leaves_nothing(tmp_path: Path) -> None:
    studio = room(tmp_path)
    folder = keep(studio, "2026-11-22T21:00:00+01:00", report=example_report())

    async def script(pilot: Pilot[None]) -> None:
        await pilot.press("s", "d", "enter")
        await settle(pilot)
        assert folder.path.exists()
        await pilot.press("d", "y")
        await settle(pilot)
        assert not folder.path.exists()
        assert "No sessions yet" in words(pilot)

    in_app(studio, script)


def test_progress_tells_of_a_report_that_cannot_be_read_and_shows_the_others(tmp_path: Path) -> None:
    studio = room(tmp_path)
    keep(studio, "2026-11-21T20:00:00+01:00", report=example_report())
    keep(studio, "2026-11-22T21:00:00+01:00", report=example_report())
    damaged = studio.sessions.all()[1].id
    (studio.sessions.root / damaged / "report.json").write_text("{")

    async def script(pilot: Pilot[None]) -> None:
        await pilot.press("p")
        await settle(pilot)
        assert f"! {damaged}: The report of the session" in words(pilot)
        assert "Let each other finish" in words(pilot)

    in_app(studio, script)


def test_the_app_starts_with_a_copied_session_folder(tmp_path: Path) -> None:
    studio = room(tmp_path)
    folder = keep(studio, "2026-11-22T21:00:00+01:00")
    shutil.copytree(folder.path, folder.path.with_name(f"{folder.path.name}-2"))

    async def script(pilot: Pilot[None]) -> None:
        assert isinstance(pilot.app.screen, HomeScreen)
        assert pilot.app.screen.query_one("#recent", Choices).option_count == 2

    in_app(studio, script)
