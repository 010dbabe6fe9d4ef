"""The results by keys: the report, its moments, its timeline, and progress."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import ContentSwitcher, Static

from listener.domain.span import Span
from listener.domain.voice import RaisedVoice, VoiceHint
from listener.errors import MissingDevice
from listener.reports import wording
from listener.tui.screens.report import ReportScreen
from listener.tui.widgets.rows import Choices
from tests.tui.driving import LATEST, in_app, loud, settle, words
from tests.tui.rooms import example_report, keep, room, scored


def shown_page(pilot: Pilot[None]) -> str | None:
    return pilot.app.screen.query_one(ContentSwitcher).current


def test_every_row_of_the_report_tells_its_score_or_why_there_is_none(tmp_path: Path) -> None:
    studio, session = loud(tmp_path)
    report = example_report()

    async def script(pilot: Pilot[None]) -> None:
        await pilot.app.push_screen(ReportScreen(session))
        await settle(pilot)
        assert report.advice.try_next in words(pilot)
        assert all(praise in words(pilot) for praise in report.advice.went_well)
        await pilot.press("2")
        await settle(pilot)
        assert shown_page(pilot) == "guidelines"
        rows = pilot.app.screen.query_one("#scores", Choices)
        ids = [option.id for option in rows.options if option.id]
        assert sorted(ids) == sorted(f"{row.id}/{row.partner}" for row in report.guidelines)
        for _ in ids:
            option = rows.highlighted_option
            assert option is not None
            row = next(row for row in report.guidelines if f"{row.id}/{row.partner}" == option.id)
            told = str(pilot.app.screen.query_one("#score-detail", Static).render())
            moments = pilot.app.screen.query_one("#score-moments", Choices)
            if row.score is None:
                assert row.withheld
                assert row.withheld in told
            else:
                assert f"{row.score} of 100, likely {row.low}–{row.high}" in told
            assert moments.option_count == len(row.evidence)
            await pilot.press("down")
            await pilot.pause()

    in_app(studio, script, size=(120, 40))


def test_a_raised_voice_is_told_on_the_overview(tmp_path: Path) -> None:
    studio = room(tmp_path)
    raised = RaisedVoice("A", Span(61_000, 75_000), 8.0, 3.0)
    folder = keep(studio, LATEST, report=replace(example_report(), voice=VoiceHint(("A", "B"), (raised,))))

    async def script(pilot: Pilot[None]) -> None:
        await pilot.app.push_screen(ReportScreen(folder.path.name))
        await settle(pilot)
        assert wording.VOICE_TITLE in words(pilot)
        assert "1:01" in words(pilot)
        assert "spoke louder and higher than in their own calm talk" in words(pilot)
        assert wording.VOICE_EXPLAINED in words(pilot)

    in_app(studio, script, size=(120, 60))


def test_a_moment_of_a_deleted_session_is_told(tmp_path: Path) -> None:
    studio, session = loud(tmp_path)

    async def script(pilot: Pilot[None]) -> None:
        await pilot.app.push_screen(ReportScreen(session))
        await settle(pilot)
        await pilot.press("2")
        await settle(pilot)
        studio.sessions.delete(session)
        await pilot.press("enter", "enter")
        await settle(pilot)
        assert f"There is no session '{session}'." in words(pilot)
        assert studio.player.played == []

    in_app(studio, script)


def test_enter_on_a_moment_plays_it_and_space_stops(tmp_path: Path) -> None:
    studio, session = loud(tmp_path)
    first = example_report().guidelines[0].evidence

    async def script(pilot: Pilot[None]) -> None:
        await pilot.app.push_screen(ReportScreen(session))
        await settle(pilot)
        await pilot.press("2")
        await settle(pilot)
        await pilot.press("enter", "down", "enter")
        await settle(pilot)
        assert studio.player.played == [(studio.sessions.folder(session).recording, first[1].span)]
        assert "playing 0:" in words(pilot)
        await pilot.press("space")
        await settle(pilot)
        assert not studio.player.playing
        assert "playing 0:" not in words(pilot)
        await pilot.press("enter", "escape")
        await settle(pilot)
        assert not studio.player.playing

    in_app(studio, script)


@pytest.mark.parametrize(
    ("keys", "span"),
    [
        (["3"], next(o.span for o in example_report().overlaps if o.kind == "interruption")),
        (["4", "down"], example_report().utterances[1].span),
    ],
    ids=["timeline", "transcript"],
)
def test_moments_of_the_other_pages_play(tmp_path: Path, keys: list[str], span: Span) -> None:
    studio, session = loud(tmp_path)

    async def script(pilot: Pilot[None]) -> None:
        await pilot.app.push_screen(ReportScreen(session))
        await settle(pilot)
        await pilot.press(keys[0])
        await settle(pilot)
        await pilot.press(*keys[1:], "enter")
        await settle(pilot)
        assert [played for _, played in studio.player.played] == [span]

    in_app(studio, script)


def test_without_a_sound_output_that_is_told(tmp_path: Path) -> None:
    studio, session = loud(tmp_path, MissingDevice("There is no sound output.", "Plug in headphones."))

    async def script(pilot: Pilot[None]) -> None:
        await pilot.app.push_screen(ReportScreen(session))
        await pilot.press("4")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert "There is no sound output. Plug in headphones." in words(pilot)

    in_app(studio, script)


def test_the_timeline_zooms_to_the_moment_and_moves(tmp_path: Path) -> None:
    studio, session = loud(tmp_path)

    async def script(pilot: Pilot[None]) -> None:
        def axis() -> list[str]:
            return str(pilot.app.screen.query_one("#floor", Static).render()).splitlines()[-1].split()

        await pilot.app.push_screen(ReportScreen(session))
        await pilot.press("3")
        await settle(pilot)
        whole = axis()
        assert whole[0] == "0:00"
        assert whole[-1] == "0:40"
        await pilot.press("+")
        await settle(pilot)
        assert axis()[-1] == "0:25"
        await pilot.press("right", "right", "right")
        await settle(pilot)
        assert axis()[-1] == "0:45"
        await pilot.press("-", "-")
        await settle(pilot)
        assert axis() == whole

    in_app(studio, script)


@pytest.mark.parametrize(("before", "said"), [(-40, "higher than at first"), (-10, "no clear change")])
def test_progress_names_a_change_only_where_the_ranges_do_not_meet(tmp_path: Path, before: int, said: str) -> None:
    studio, report = room(tmp_path), example_report()
    keep(studio, "2026-11-08T19:30:05+01:00", report=scored(report, before))
    keep(studio, LATEST, report=scored(report, 0))

    async def script(pilot: Pilot[None]) -> None:
        await pilot.press("p")
        await settle(pilot)
        rows = [line for line in words(pilot).splitlines() if "→" in line]
        assert rows
        assert f"{95 + before:>3} →  95 (86–100)" in rows[0]
        assert all(said in line for line in rows[:2])

    in_app(studio, script)


def test_moments_have_the_whole_width_after_a_row_without_any(tmp_path: Path) -> None:
    studio, session = loud(tmp_path)

    async def script(pilot: Pilot[None]) -> None:
        def height() -> int:
            moments = pilot.app.screen.query_one("#score-moments", Choices)
            return moments.virtual_size.height

        await pilot.app.push_screen(ReportScreen(session))
        await pilot.press("2")
        await settle(pilot)
        before = height()
        await pilot.press("end")
        await settle(pilot)
        assert height() == 0
        await pilot.press("home")
        await settle(pilot)
        assert height() == before > 0

    in_app(studio, script)
