"""Pictures of the review, and of the report's pages after it, compared character by character.

`pytest tests/tui --snapshot-update` draws them anew; look at what changed before it is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from listener.app.kept_analysis import ANALYSIS_FILE
from listener.tui.app import ListenerApp
from listener.tui.screens.report import ReportScreen
from tests.tui.driving import settle
from tests.tui.review_rooms import review_room

Compare = Callable[..., bool]
SMALL, WIDE = (80, 24), (120, 40)

BEGUN = ("r", "enter", "down")
"""The review as Nora, with the keys on the first interruption."""
CORRECTED = (*BEGUN, "l", "down", "down", "enter", "down", "x", "enter")

STATES = {
    "who": ("r",),
    "interruption": BEGUN,
    "kind": (*BEGUN, "l"),
    "corrected": (*BEGUN, "l", "down", "down", "enter"),
    "wrong": (*BEGUN, "down", "x"),
    "behaviours": (*BEGUN, "down", "l", "down", "down", "space"),
    "note": (*BEGUN, "n", *"So calm"),
    "judged-by-two": (*CORRECTED, "up", "w", "down", "enter", "a"),
    "speaker": (*BEGUN, "down", "s", "up", "enter"),
    "playing": (*BEGUN, "enter"),
    "filter": (*BEGUN, "f"),
    "utterances": (*BEGUN, "f", "down", "down", "enter", "end"),
    "agreement": (*CORRECTED, "a", "g"),
    "help": (*BEGUN, "?"),
    "guidelines-after": (*CORRECTED, "escape", "2", "down", "down", "down", "enter"),
    "timeline-after": (*CORRECTED, "escape", "3"),
    "transcript-after": (*CORRECTED, "escape", "4", "down"),
}

WIDE_TOO = ("corrected", "kind", "agreement", "guidelines-after")
"""Every state is drawn in the smallest terminal; these, where the room is used otherwise, in a wide one too."""
CASES = [
    pytest.param(size, state, id=f"{state}-{size[0]}x{size[1]}")
    for size, states in ((SMALL, STATES), (WIDE, WIDE_TOO))
    for state in states
]


def opened(session: str, *keys: str) -> Callable[[Pilot[None]], Any]:
    """The report, and from there by keys, each with what follows from it."""

    async def run(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await pilot.app.push_screen(ReportScreen(session))
        for key in keys:
            await settle(pilot)
            await pilot.press(key)
            await settle(pilot)
        await settle(pilot)

    return run


@pytest.mark.parametrize(("size", "state"), CASES)
def test_review(snap_compare: Compare, tmp_path: Path, size: tuple[int, int], state: str) -> None:
    studio, folder = review_room(tmp_path)
    run = opened(folder.path.name, *STATES[state])
    assert snap_compare(ListenerApp(studio), terminal_size=size, run_before=run)


@pytest.mark.parametrize("theme", ["light", "high-contrast"])
def test_review_in_other_themes(snap_compare: Compare, tmp_path: Path, theme: str) -> None:
    studio, folder = review_room(tmp_path, theme=theme)
    run = opened(folder.path.name, *STATES["corrected"])
    assert snap_compare(ListenerApp(studio), terminal_size=SMALL, run_before=run)


def test_review_without_a_kept_analysis(snap_compare: Compare, tmp_path: Path) -> None:
    studio, folder = review_room(tmp_path)
    (folder.path / ANALYSIS_FILE).unlink()
    assert snap_compare(ListenerApp(studio), terminal_size=SMALL, run_before=opened(folder.path.name, "r", "enter"))
