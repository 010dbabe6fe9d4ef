"""The shell by keys: home, help, commands, questions."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from listener.tui.screens.help import HelpScreen
from listener.tui.screens.partners import PartnersScreen
from listener.tui.screens.progress import ProgressScreen
from listener.tui.screens.sessions import SessionsScreen
from listener.tui.widgets.confirm import Confirm
from listener.tui.widgets.page import TooSmall
from listener.tui.widgets.rows import Choices
from tests.tui.driving import in_app, settle, words
from tests.tui.rooms import NO_MICROPHONE, keep, room


def test_the_highlighted_scenario_is_described(tmp_path: Path) -> None:
    async def script(pilot: Pilot[None]) -> None:
        scenarios = pilot.app.screen.query_one("#scenarios", Choices)
        seen = set()
        for _ in range(len(scenarios.options)):
            option = scenarios.highlighted_option
            assert option is not None
            seen.add(option.id)
            scenario = next((s for s in studio.scenarios if s.id == option.id), None)
            if scenario is not None:
                assert scenario.summary in words(pilot)
                assert f"{scenario.duration_ms / 60_000:g} min" in words(pilot)
            await pilot.press("down")
            await pilot.pause()
        assert seen == {scenario.id for scenario in studio.scenarios} | {"example"}

    studio = room(tmp_path)
    in_app(studio, script)


def test_the_scenario_of_the_settings_is_offered_first(tmp_path: Path) -> None:
    async def script(pilot: Pilot[None]) -> None:
        option = pilot.app.screen.query_one("#scenarios", Choices).highlighted_option
        assert option is not None
        assert option.id == "promise-review"

    in_app(room(tmp_path, scenario="promise-review"), script)


def test_enter_begins_a_practice(tmp_path: Path) -> None:
    async def script(pilot: Pilot[None]) -> None:
        await pilot.press("down", "enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, PartnersScreen)
        assert pilot.app.screen.plan.scenario.id == "softened-complaint"
        assert pilot.app.screen.plan.input is None

    in_app(room(tmp_path), script)


@pytest.mark.parametrize("keys", [["e"], ["end", "enter"]])
def test_the_example_takes_the_way_of_a_microphone(tmp_path: Path, keys: list[str]) -> None:
    async def script(pilot: Pilot[None]) -> None:
        await pilot.press(*keys)
        await settle(pilot)
        assert isinstance(pilot.app.screen, PartnersScreen)
        assert pilot.app.screen.plan.input is not None
        assert pilot.app.screen.plan.input.kind == "example"

    in_app(room(tmp_path), script)


def test_what_is_missing_is_told(tmp_path: Path) -> None:
    async def script(pilot: Pilot[None]) -> None:
        assert NO_MICROPHONE.message in words(pilot)
        assert "listener models fetch base" in words(pilot)
        assert "None yet" in words(pilot)

    studio = room(tmp_path)
    studio.words, studio.problem = False, NO_MICROPHONE
    in_app(studio, script)


def test_help_lists_the_keys_of_the_screen_below(tmp_path: Path) -> None:
    async def script(pilot: Pilot[None]) -> None:
        await pilot.press("s", "?")
        await settle(pilot)
        assert isinstance(pilot.app.screen, HelpScreen)
        assert "Delete removes everything" in words(pilot)
        assert "Analyse" in words(pilot)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, SessionsScreen)
        await pilot.press("escape", "p")
        assert isinstance(pilot.app.screen, ProgressScreen)

    studio = room(tmp_path)
    keep(studio, "2026-11-22T21:00:00+01:00")
    in_app(studio, script)


@pytest.mark.parametrize(
    ("typed", "screen"),
    [("Sessions", SessionsScreen), ("Progress", ProgressScreen), ("Stress of the day", PartnersScreen)],
)
def test_commands_by_name(tmp_path: Path, typed: str, screen: type) -> None:
    async def script(pilot: Pilot[None]) -> None:
        await pilot.press("ctrl+p", *("space" if c == " " else c for c in typed))
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, screen)

    in_app(room(tmp_path), script)


def test_nothing_blinks(tmp_path: Path) -> None:
    async def script(pilot: Pilot[None]) -> None:
        await pilot.press("ctrl+p")
        await settle(pilot)
        assert [field.cursor_blink for field in pilot.app.screen.query(Input)] == [False]

    in_app(room(tmp_path), script)


def test_themes_by_command(tmp_path: Path) -> None:
    async def script(pilot: Pilot[None]) -> None:
        commands = {command.title: command for command in pilot.app.get_system_commands(pilot.app.screen)}
        assert "Theme: Dark" not in commands
        commands["Theme: High contrast"].callback()
        await settle(pilot)
        assert pilot.app.theme == "high-contrast"
        assert pilot.app.screen.styles.background.hex == "#000000"

    in_app(room(tmp_path), script)


def test_a_small_window_is_told_until_it_is_enlarged(tmp_path: Path) -> None:
    async def script(pilot: Pilot[None]) -> None:
        notice = pilot.app.screen.query_one(TooSmall)
        assert notice.display
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert not notice.display
        await pilot.resize_terminal(120, 23)
        await pilot.pause()
        assert notice.display

    in_app(room(tmp_path), script, size=(60, 20))


@pytest.mark.parametrize("key", ["q", "ctrl+q", "ctrl+c"])
def test_quitting(tmp_path: Path, key: str) -> None:
    async def script(pilot: Pilot[None]) -> None:
        await pilot.press(key)

    assert in_app(room(tmp_path), script).return_code == 0


def test_escape_answers_no(tmp_path: Path) -> None:
    answers: list[bool | None] = []

    async def script(pilot: Pilot[None]) -> None:
        for keys in (["escape"], ["n"], ["enter"], ["y"], ["right", "enter"]):
            pilot.app.push_screen(Confirm("Sure?"), answers.append)
            await pilot.pause()
            await pilot.press(*keys)
            await pilot.pause()

    in_app(room(tmp_path), script)
    assert answers == [False, False, False, True, True]
