"""Draw the pictures of the README from the bundled example: `make pictures`. The app is run for real, by its keys.

Progress needs more than one talk, so that picture takes the two of the tests beside the example. Chromium draws the
HTML report.
"""

import asyncio
import re
import shutil
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

from listener.adapters.compressed_sound import compressed_sound
from listener.adapters.practice_toml import load_rubric
from listener.adapters.resources import example_folder, guidelines_file
from listener.adapters.session_folder import SessionFolder
from listener.app.example import example_recording
from listener.app.final import FinalAnalysis
from listener.app.settings import Settings
from listener.app.studio import Studio
from listener.domain.report import Report
from listener.reports.html_report import HtmlReport
from listener.reports.json_report import parse
from listener.reports.terminal_report import TerminalReport
from listener.tui.app import ListenerApp
from listener.tui.screens.check_out import CheckOutScreen
from listener.tui.screens.progress import ProgressScreen
from listener.tui.screens.report import ReportScreen
from listener.tui.screens.review import ReviewScreen
from tests.chromium import chromium
from tests.records import make_record
from tests.tui.practices import until
from tests.tui.steps import agree_and_begin, on, recording

WIDTH = 80
LINES = 58
"""As much of the page as a README has room for."""
WEB_FONTS = re.compile(r"@font-face \{+.*?\}+", re.DOTALL)
"""A picture must not fetch anything."""
LOCAL_FONTS = WEB_FONTS.sub("", CONSOLE_SVG_FORMAT)
SIZE = (100, 30)
PAGE = "1000,1500"
"""As much of the HTML report as a README has room for, in pixels."""
TALKS = (("poor", "2026-09-06"), ("", "2026-09-20"), ("good", "2026-10-04"))
"""What the picture of progress shows: talks of the tests, and the example, with their days."""
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
        page_in_browser(report, titles, Path(folder))
        asyncio.run(practise(Path(folder)))
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(progress(Path(folder)))


def page_in_browser(report: Report, titles: dict[str, str], folder: Path) -> None:
    """The beginning of the HTML report, with sound, as a browser shows it."""
    page = folder / "report.html"
    page.write_bytes(HtmlReport(titles, compressed_sound(example_recording())).render(report))
    drawn = example_folder() / "html-report.png"
    options = ["--headless", "--no-sandbox", "--hide-scrollbars", f"--window-size={PAGE}", f"--screenshot={drawn}"]
    subprocess.run([chromium() or "chromium", *options, page.as_uri()], check=True, capture_output=True)


async def progress(folder: Path) -> None:
    """Three talks of the same two, analysed, and how their scores went."""
    for talk, day in TALKS:
        record = make_record(
            started_at=f"{day}T19:00:00+02:00", state="recorded", duration_ms=50_000, device="Microphone"
        )
        stored = SessionFolder.create(folder, record)
        own = Path("tests/fixtures/dialogue", talk, "mono.flac") if talk else example_recording()
        shutil.copy(own, stored.recording)
        FinalAnalysis(stored, Settings()).run(lambda _stage, _done: None, lambda: False)
    app = ListenerApp(Studio(Settings(), folder))
    async with app.run_test(size=SIZE) as pilot:
        await app.push_screen(ProgressScreen())
        await pilot.pause(2)
        draw(app, "progress")


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
    await pilot.press("r", "enter")
    await until(pilot, on(pilot, ReviewScreen))
    await pilot.press("down")
    await pilot.pause(1)
    draw(app, "review")


def draw(app: ListenerApp, name: str) -> None:
    """The screen as a picture without web fonts."""
    svg = WEB_FONTS.sub("", app.export_screenshot(title="listener"))
    example_folder().joinpath(f"{name}.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
