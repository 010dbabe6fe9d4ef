"""Draw the pictures of the README from the bundled example: `make pictures`. The app is run for real, by its keys."""

import asyncio
import re
import subprocess
import sys
import tempfile
from io import StringIO
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # the tests' ways of driving the app

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text
from textual.pilot import Pilot

from listener.adapters.practice_toml import load_rubric
from listener.adapters.resources import example_folder, guidelines_file
from listener.app.settings import Settings
from listener.app.studio import Studio
from listener.reports.json_report import parse
from listener.reports.terminal_report import TerminalReport
from listener.tui.app import ListenerApp
from listener.tui.screens.check_out import CheckOutScreen
from listener.tui.screens.report import ReportScreen
from tests.tui.practices import until
from tests.tui.steps import agree_and_begin, on, recording

WIDTH = 80
LINES = 58
"""As much of the page as a README has room for."""
WEB_FONTS = re.compile(r"@font-face \{+.*?\}+", re.DOTALL)
"""A picture must not fetch anything."""
LOCAL_FONTS = WEB_FONTS.sub("", CONSOLE_SVG_FORMAT)
SIZE = (100, 30)
SHOWN_MS = 33_000
"""How far the example has come in the picture of the practice."""


def main() -> None:
    replay = [sys.executable, "-m", "listener", "replay", "--example", "--json", "--model", "base"]
    report = parse(subprocess.run(replay, check=True, capture_output=True).stdout)
    titles = {g.id: g.title for g in load_rubric(guidelines_file()).guidelines}
    page = TerminalReport(titles, WIDTH, colour=True).render(report).decode().splitlines()[:LINES]
    console = Console(record=True, width=WIDTH, file=StringIO(), force_terminal=True)
    console.print(Text.from_ansi("\n".join(page)))
    svg = console.export_svg(title="listener replay --example", code_format=LOCAL_FONTS)
    example_folder().joinpath("report.svg").write_text(svg, encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(practise(Path(folder)))


async def practise(folder: Path) -> None:
    """Go the whole way with the example and draw the practice and the pages of the report."""
    app = ListenerApp(Studio(Settings(), folder / "sessions"))
    async with app.run_test(size=SIZE) as pilot:
        app.try_example()
        await agree_and_begin(pilot)
        practice = await recording(pilot)
        while practice.practising is None or practice.practising.look().status.recorded_ms < SHOWN_MS:
            await asyncio.sleep(0.2)
        draw(app, "practice")
        await pilot.press("e", "y")
        await until(pilot, on(pilot, CheckOutScreen))
        await pilot.press("ctrl+k")
        await report_pages(app, pilot)
        await app._end("the pictures are drawn", 0)


async def report_pages(app: ListenerApp, pilot: Pilot[None]) -> None:
    """Wait for the report and draw its pages."""
    while not isinstance(app.screen, ReportScreen):
        await asyncio.sleep(0.5)
    await pilot.pause(1)
    for key, name in (("2", "guidelines"), ("3", "timeline")):
        await pilot.press(key)
        await pilot.pause(1)
        draw(app, name)


def draw(app: ListenerApp, name: str) -> None:
    """The screen as a picture without web fonts."""
    svg = WEB_FONTS.sub("", app.export_screenshot(title="listener"))
    example_folder().joinpath(f"{name}.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
