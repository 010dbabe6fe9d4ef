"""Pictures of the shell and the results, every screen and state, compared character by character.

`pytest tests/tui --snapshot-update` draws them anew; look at what changed before it is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from listener.app.hear import NO_WORDS
from listener.domain.report import Report
from listener.domain.session import Promise
from listener.domain.speech import PARTNERS
from listener.errors import MissingModel
from listener.tui.app import ListenerApp
from listener.tui.screens.progress import ProgressScreen
from listener.tui.screens.promises import PromisesScreen
from listener.tui.screens.report import ReportScreen
from listener.tui.screens.sessions import SessionsScreen
from listener.tui.widgets.confirm import Confirm
from tests.tui.analyses import AnalysisRoom, FailingAnalysis, StandingAnalysis, analysing
from tests.tui.rooms import NO_MICROPHONE, Room, dated, example_report, keep, promising, room, scored

Compare = Callable[..., bool]
SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
LATEST = "2026-11-22T21:00:00+01:00"


def settled(*keys: str, screen: Callable[[], Screen[Any]] | None = None) -> Callable[[Pilot[None]], Any]:
    """Opens a screen where one is given, presses keys, and waits until nothing is under way."""

    async def run(pilot: Pilot[None]) -> None:
        await pilot.pause()
        if screen is not None:
            await pilot.app.push_screen(screen())
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()

    return run


def practised(tmp_path: Path, **settings: object) -> Room:
    """Four sessions, three of them with a report; the last is at `LATEST`."""
    studio, report = room(tmp_path, **settings), example_report()
    keep(studio, "2026-11-08T19:30:05+01:00", "speaker-listener", report=scored(report, -30))
    keep(studio, "2026-11-15T20:10:00+01:00", "stress-of-the-day", report=scored(report, -10))
    keep(studio, "2026-11-20T20:10:00+01:00")
    keep(studio, LATEST, report=dated(report, LATEST))
    return studio


def latest(studio: Room) -> str:
    return studio.sessions.all()[0].id


@SIZES
@pytest.mark.parametrize("theme", ["dark", "light", "high-contrast"])
def test_home(snap_compare: Compare, tmp_path: Path, size: tuple[int, int], theme: str) -> None:
    app = ListenerApp(practised(tmp_path, theme=theme))
    assert snap_compare(app, terminal_size=size, run_before=settled("down"))


@SIZES
def test_home_with_nothing_on_this_machine(snap_compare: Compare, tmp_path: Path, size: tuple[int, int]) -> None:
    studio = room(tmp_path)
    studio.words, studio.problem = False, NO_MICROPHONE
    assert snap_compare(ListenerApp(studio), terminal_size=size, run_before=settled("end"))


@SIZES
def test_home_without_colour(
    snap_compare: Compare, tmp_path: Path, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert snap_compare(ListenerApp(practised(tmp_path)), terminal_size=size, run_before=settled())


@pytest.mark.parametrize("size", [(79, 24), (80, 23)], ids=["narrow", "low"])
def test_too_small(snap_compare: Compare, tmp_path: Path, size: tuple[int, int]) -> None:
    assert snap_compare(ListenerApp(room(tmp_path)), terminal_size=size, run_before=settled())


@SIZES
@pytest.mark.parametrize("keys", [(), ("d",)], ids=["asked", "discard"])
def test_recover(snap_compare: Compare, tmp_path: Path, size: tuple[int, int], keys: tuple[str, ...]) -> None:
    studio = room(tmp_path)
    keep(studio, "2026-11-21T20:00:00+01:00", recorded=False)
    keep(studio, LATEST, "speaker-listener", recorded=False)
    assert snap_compare(ListenerApp(studio), terminal_size=size, run_before=settled(*keys))


@SIZES
@pytest.mark.parametrize("keys", [("down",), ("d",)], ids=["list", "delete"])
def test_sessions(snap_compare: Compare, tmp_path: Path, size: tuple[int, int], keys: tuple[str, ...]) -> None:
    studio = practised(tmp_path)
    newer = keep(studio, "2026-11-23T08:00:00+01:00")
    (newer.path / "session.json").write_text('{"schema": "listener.session/9"}')
    run = settled(*keys, screen=SessionsScreen)
    assert snap_compare(ListenerApp(studio), terminal_size=size, run_before=run)


@SIZES
def test_no_sessions(snap_compare: Compare, tmp_path: Path, size: tuple[int, int]) -> None:
    run = settled(screen=SessionsScreen)
    assert snap_compare(ListenerApp(room(tmp_path)), terminal_size=size, run_before=run)


@SIZES
def test_progress(snap_compare: Compare, tmp_path: Path, size: tuple[int, int]) -> None:
    run = settled(screen=ProgressScreen)
    assert snap_compare(ListenerApp(practised(tmp_path)), terminal_size=size, run_before=run)


@SIZES
def test_no_progress(snap_compare: Compare, tmp_path: Path, size: tuple[int, int]) -> None:
    run = settled(screen=ProgressScreen)
    assert snap_compare(ListenerApp(room(tmp_path)), terminal_size=size, run_before=run)


@SIZES
def test_home_with_a_plan(snap_compare: Compare, tmp_path: Path, size: tuple[int, int]) -> None:
    studio = practised(tmp_path)
    studio.together.add("Date night: the small Italian place, and a walk home", "thu", "19:30", 90, studio.now())
    assert snap_compare(ListenerApp(studio), terminal_size=size, run_before=settled())


@SIZES
def test_sessions_with_titles(snap_compare: Compare, tmp_path: Path, size: tuple[int, int]) -> None:
    studio = practised(tmp_path)
    studio.sessions.rename(latest(studio), "The evening after the holidays, and what came of it")
    run = settled("r", screen=SessionsScreen)
    assert snap_compare(ListenerApp(studio), terminal_size=size, run_before=run)


MADE = (
    Promise("A", "I will put the phone into the drawer at eight."),
    Promise("B", "I'll be home by six on Thursdays, and I call when it gets later than that, every time, " * 2),
)


@SIZES
@pytest.mark.parametrize("keys", [(), ("y",)], ids=["first", "second"])
def test_asked_about_promises(
    snap_compare: Compare, tmp_path: Path, size: tuple[int, int], keys: tuple[str, ...]
) -> None:
    studio = room(tmp_path)
    keep(studio, LATEST, promises=MADE)
    assert snap_compare(ListenerApp(studio), terminal_size=size, run_before=settled(*keys))


@SIZES
@pytest.mark.parametrize("keys", [("down", "down"), ("y", "down", "down", "c")], ids=["heard", "told"])
def test_promises_of_a_session(
    snap_compare: Compare, tmp_path: Path, size: tuple[int, int], keys: tuple[str, ...]
) -> None:
    studio = room(tmp_path)
    session = keep(studio, LATEST, report=promising(example_report()), promises=MADE)
    run = settled("escape")

    async def opened(pilot: Pilot[None]) -> None:
        await run(pilot)
        await settled(*keys, screen=lambda: PromisesScreen(session.path.name))(pilot)

    assert snap_compare(ListenerApp(studio), terminal_size=size, run_before=opened)


@SIZES
def test_no_promises(snap_compare: Compare, tmp_path: Path, size: tuple[int, int]) -> None:
    assert snap_compare(ListenerApp(room(tmp_path)), terminal_size=size, run_before=settled(screen=PromisesScreen))


@SIZES
def test_progress_with_promises(snap_compare: Compare, tmp_path: Path, size: tuple[int, int]) -> None:
    studio = practised(tmp_path)
    kept = [Promise(p, "x", state=state) for p in PARTNERS for state in ("kept", "kept", "not_kept", "confirmed")]
    keep(studio, "2026-11-19T20:10:00+01:00", promises=tuple(kept[:7]))

    async def opened(pilot: Pilot[None]) -> None:
        await settled("escape")(pilot)
        await settled("end", screen=ProgressScreen)(pilot)

    assert snap_compare(ListenerApp(studio), terminal_size=size, run_before=opened)


PAGES = {
    "overview": (),
    "guidelines": ("2", "down"),
    "withheld": ("2", "end"),
    "moments": ("2", "enter", "down"),
    "timeline": ("3",),
    "zoomed": ("3", "+", "right"),
    "transcript": ("4", "down", "down"),
    "help": ("2", "?"),
}


@SIZES
@pytest.mark.parametrize("page", PAGES)
def test_report(snap_compare: Compare, tmp_path: Path, size: tuple[int, int], page: str) -> None:
    studio = practised(tmp_path)
    run = settled(*PAGES[page], screen=lambda: ReportScreen(latest(studio)))
    assert snap_compare(ListenerApp(studio), terminal_size=size, run_before=run)


@SIZES
@pytest.mark.parametrize("theme", ["light", "high-contrast"])
def test_report_in_other_themes(snap_compare: Compare, tmp_path: Path, size: tuple[int, int], theme: str) -> None:
    studio = practised(tmp_path, theme=theme)
    run = settled("2", "down", screen=lambda: ReportScreen(latest(studio)))
    assert snap_compare(ListenerApp(studio), terminal_size=size, run_before=run)


@SIZES
@pytest.mark.parametrize("page", ["overview", "timeline", "transcript"])
def test_report_without_words(snap_compare: Compare, tmp_path: Path, size: tuple[int, int], page: str) -> None:
    studio = room(tmp_path)
    keep(studio, LATEST, report=example_report_without_words())
    run = settled(*PAGES[page], screen=lambda: ReportScreen(latest(studio)))
    assert snap_compare(ListenerApp(studio), terminal_size=size, run_before=run)


@SIZES
def test_analysing(snap_compare: Compare, tmp_path: Path, size: tuple[int, int]) -> None:
    studio = AnalysisRoom.at(tmp_path, StandingAnalysis())
    session = keep(studio, LATEST)
    assert snap_compare(
        ListenerApp(studio), terminal_size=size, run_before=analysing(session.path.name, "Finding the words")
    )


@SIZES
def test_failed_analysis(snap_compare: Compare, tmp_path: Path, size: tuple[int, int]) -> None:
    error = MissingModel("The weights base are damaged.", "Fetch them again: `listener models fetch base`.")
    studio = AnalysisRoom.at(tmp_path, FailingAnalysis(error))
    session = keep(studio, LATEST)
    assert snap_compare(
        ListenerApp(studio), terminal_size=size, run_before=analysing(session.path.name, "could not be made")
    )


@SIZES
def test_commands(snap_compare: Compare, tmp_path: Path, size: tuple[int, int]) -> None:
    async def run(pilot: Pilot[None]) -> None:
        await settled("ctrl+p")(pilot)
        await pilot.press(*"theme")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()

    assert snap_compare(ListenerApp(room(tmp_path)), terminal_size=size, run_before=run)


@SIZES
def test_question(snap_compare: Compare, tmp_path: Path, size: tuple[int, int]) -> None:
    asked = settled(screen=lambda: Confirm("End the recording?", "What was recorded is kept.", "Quit", "Stay"))
    assert snap_compare(ListenerApp(room(tmp_path)), terminal_size=size, run_before=asked)


def example_report_without_words() -> Report:
    report = example_report()
    return replace(report, utterances=(), session=replace(report.session, notes=(NO_WORDS,)))
