"""Promises by keys: asked about at the start, confirmed after the talk, told at any time."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from listener.domain.session import Promise
from listener.domain.span import Span
from listener.errors import MissingDevice
from listener.tui.screens.analysing import AnalysingScreen
from listener.tui.screens.ask_promises import AskPromisesScreen
from listener.tui.screens.home import HomeScreen
from listener.tui.screens.promises import PromisesScreen
from listener.tui.screens.recover import RecoverScreen
from listener.tui.screens.report import ReportScreen
from listener.tui.screens.sessions import SessionsScreen
from listener.tui.widgets.rows import Choices
from tests.tui.driving import LATEST, LoudRoom, Loudspeaker, in_app, settle, words
from tests.tui.rooms import Room, example_report, keep, promising, room

OLDER = "2026-11-15T20:10:00+01:00"
MADE = (Promise("A", "call my mother"), Promise("B", "cook on Thursday"))


def promised(studio: Room) -> list[tuple[str, str]]:
    return [(entry.promise.text, entry.promise.state) for entry in studio.promises.entries()]


def test_open_promises_are_asked_about_one_at_a_time_before_home(tmp_path: Path) -> None:
    studio = room(tmp_path)
    keep(studio, LATEST, promises=MADE)
    keep(studio, OLDER, promises=(Promise("B", "sing"), Promise("A", "dance")))

    async def script(pilot: Pilot[None]) -> None:
        assert isinstance(pilot.app.screen, AskPromisesScreen)
        assert "1 of 4" in words(pilot)
        assert "Sam promised, 2026-11-15" in words(pilot)
        assert "sing" in words(pilot)
        await pilot.press("y")
        assert "dance" in words(pilot)
        await pilot.press("down", "enter")
        assert "call my mother" in words(pilot)
        await pilot.press("s")
        assert "4 of 4" in words(pilot)
        await pilot.press("g")
        await settle(pilot)
        assert isinstance(pilot.app.screen, HomeScreen)

    in_app(studio, script)
    assert promised(studio) == [
        ("call my mother", "confirmed"),
        ("cook on Thursday", "let_go"),
        ("sing", "kept"),
        ("dance", "not_kept"),
    ]

    async def again(pilot: Pilot[None]) -> None:
        assert "call my mother" in words(pilot)
        assert "of" not in words(pilot).splitlines()[3]
        await pilot.press("o")
        await settle(pilot)
        assert isinstance(pilot.app.screen, HomeScreen)

    in_app(studio, again)
    in_app(studio, at_home)


async def at_home(pilot: Pilot[None]) -> None:
    assert isinstance(pilot.app.screen, HomeScreen)


def test_later_leaves_every_promise_open(tmp_path: Path) -> None:
    studio = room(tmp_path)
    keep(studio, LATEST, promises=MADE)

    async def script(pilot: Pilot[None]) -> None:
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(pilot.app.screen, HomeScreen)

    in_app(studio, script)
    assert [state for _, state in promised(studio)] == ["confirmed", "confirmed"]
    assert len(studio.promises.to_ask(studio.now())) == 2


def test_a_recording_that_was_cut_off_is_asked_about_first(tmp_path: Path) -> None:
    studio = room(tmp_path)
    keep(studio, OLDER, promises=MADE)
    keep(studio, LATEST, recorded=False)

    async def script(pilot: Pilot[None]) -> None:
        assert isinstance(pilot.app.screen, RecoverScreen)
        await pilot.press("l")
        await settle(pilot)
        assert isinstance(pilot.app.screen, AskPromisesScreen)

    in_app(studio, script)


def test_a_session_that_is_gone_is_told_and_passed_over(tmp_path: Path) -> None:
    studio = room(tmp_path)
    folder = keep(studio, LATEST, promises=MADE)

    async def script(pilot: Pilot[None]) -> None:
        studio.sessions.delete(folder.path.name)
        await pilot.press("y")
        assert "There is no session" in words(pilot)
        await pilot.press("s", "s")
        await settle(pilot)
        assert isinstance(pilot.app.screen, HomeScreen)

    in_app(studio, script)


def test_a_hostile_promise_stays_text(tmp_path: Path) -> None:
    studio = room(tmp_path)
    keep(studio, LATEST, promises=(Promise("A", "[red]call\x1b[31m\n\u202eyou[/red]"),))

    async def script(pilot: Pilot[None]) -> None:
        assert "[red]call\N{REPLACEMENT CHARACTER}[31m \N{REPLACEMENT CHARACTER}you[/red]" in words(pilot)
        await pilot.press("escape", "s", "p")
        await settle(pilot)
        assert isinstance(pilot.app.screen, PromisesScreen)

    in_app(studio, script)


def loud(tmp_path: Path, problem: MissingDevice | None = None) -> tuple[LoudRoom, str]:
    studio = LoudRoom(room(tmp_path).settings, tmp_path / "sessions")
    studio.player = Loudspeaker(problem)
    folder = keep(studio, LATEST, report=promising(example_report()), promises=(Promise("B", "sing", state="kept"),))
    return studio, folder.path.name


def test_what_was_heard_is_played_and_confirmed_or_refused(tmp_path: Path) -> None:
    studio, session = loud(tmp_path)

    async def script(pilot: Pilot[None]) -> None:
        await pilot.press("s", "p")
        await settle(pilot)
        assert isinstance(pilot.app.screen, PromisesScreen)
        assert "heard in the talk" in words(pilot)
        await pilot.press("enter")
        assert "nothing to play" in words(pilot)
        await pilot.press("down", "enter")
        assert "playing" in words(pilot)
        assert studio.player.played == [(studio.sessions.folder(session).recording, Span(12_000, 15_000))]
        await pilot.press("space", "c", "down", "x")
        await settle(pilot)
        assert "heard in the talk" not in words(pilot)
        await pilot.press("k", "y", "escape")
        await settle(pilot)
        assert isinstance(pilot.app.screen, SessionsScreen)

    in_app(studio, script)
    assert not studio.player.playing
    assert promised(studio) == [
        ("sing", "kept"),
        ("I will call your mother on Sunday.", "kept"),
        ("Then I'll cook on Thursday, and every Thursday.", "no_promise"),
    ]


def test_without_a_sound_output_that_is_told(tmp_path: Path) -> None:
    studio, session = loud(tmp_path, MissingDevice("There is no sound output.", "Plug in headphones."))

    async def script(pilot: Pilot[None]) -> None:
        await pilot.app.push_screen(PromisesScreen(session))
        await settle(pilot)
        await pilot.press("down", "enter")
        assert "There is no sound output. Plug in headphones." in words(pilot)

    in_app(studio, script)


def test_only_what_fits_a_promise_is_offered(tmp_path: Path) -> None:
    studio, session = loud(tmp_path)

    async def script(pilot: Pilot[None]) -> None:
        await pilot.app.push_screen(PromisesScreen(session))
        await settle(pilot)

        def offered() -> str:
            bindings = pilot.app.screen.active_bindings.values()
            return "".join(sorted(b.binding.key for b in bindings if b.binding.action.startswith("tell") and b.enabled))

        assert offered() == "cgn"
        await pilot.press("down")
        await settle(pilot)
        assert offered() == "cx"
        await pilot.press("y")
        assert promised(studio)[1][1] == "found"

    in_app(studio, script)


def test_all_that_waits_is_one_list(tmp_path: Path) -> None:
    studio, _ = loud(tmp_path)
    keep(studio, OLDER, promises=MADE)

    async def script(pilot: Pilot[None]) -> None:
        await pilot.press("escape", "p", "p")
        await settle(pilot)
        options = pilot.app.screen.query_one("#promise-list", Choices).options
        assert [option.id for option in options] == [
            "20261122-210000/A12000",
            "20261122-210000/B31000",
            "20261115-201000/1",
            "20261115-201000/2",
        ]

    in_app(studio, script)


class Made:
    """Stands for an analysis that has been made."""

    def run(self, *_arguments: object) -> None:
        """Nothing is left to do."""


@pytest.mark.parametrize("heard", [True, False])
def test_after_the_analysis_what_was_heard_is_offered_before_the_report(tmp_path: Path, heard: bool) -> None:
    class Analysed(Room):
        def final(self, session_id: str) -> Made:  # type: ignore[override]  # all that the screen uses
            return Made()

    studio = Analysed(room(tmp_path).settings, tmp_path / "sessions")
    session = keep(studio, LATEST, report=promising(example_report()) if heard else example_report())

    async def script(pilot: Pilot[None]) -> None:
        await pilot.app.push_screen(AnalysingScreen(session.path.name))
        await settle(pilot)
        if heard:
            assert isinstance(pilot.app.screen, PromisesScreen)
            await pilot.press("escape")
            await settle(pilot)
        assert isinstance(pilot.app.screen, ReportScreen)

    in_app(studio, script)


def test_a_session_gets_a_title(tmp_path: Path) -> None:
    studio = room(tmp_path)
    keep(studio, LATEST)

    async def script(pilot: Pilot[None]) -> None:
        await pilot.press("s", "r", *"Holidays", "enter")
        await settle(pilot)
        assert studio.sessions.all()[0].title == "Holidays"
        choices = pilot.app.screen.query_one("#sessions", Choices)
        assert "Holidays" in str(choices.options[0].prompt)
        await pilot.press("r")
        assert pilot.app.screen.query_one(Input).value == "Holidays"
        await pilot.press("x", "escape")
        await settle(pilot)
        assert studio.sessions.all()[0].title == "Holidays"

    in_app(studio, script)


def test_home_tells_the_next_planned_time_and_a_damaged_file(tmp_path: Path) -> None:
    studio = room(tmp_path)
    studio.together.add("Walk", "thu", "19:30", 30, studio.now())

    async def script(pilot: Pilot[None]) -> None:
        assert "Next: Thu 26 Nov 19:30 · Walk" in words(pilot)
        (tmp_path / "plans.json").write_text("{")
        await pilot.press("s", "escape")
        await settle(pilot)
        assert "planned times is damaged" in words(pilot)

    in_app(studio, script)
