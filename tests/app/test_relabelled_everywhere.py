"""One relabelled moment: every format that tells the score tells the new one, the one that the rubric's curve gives."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner

from listener.adapters.practice_toml import load_rubric
from listener.adapters.resources import guidelines_file
from listener.adapters.session_folder import SessionFolder, sessions_folder
from listener.analysis.scoring import curve_value
from listener.app.cli import cli
from listener.domain.report import GuidelineScore
from listener.reports.json_report import parse
from tests.reviewed import row, store_reviewable

TITLE = "Let each other finish"
FIRST_INTERRUPTION = "3"


@pytest.fixture(name="folder")
def reviewable_session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SessionFolder:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    if not sessions_folder().is_relative_to(tmp_path):
        pytest.skip("this system keeps data elsewhere whatever the environment says")
    monkeypatch.chdir(tmp_path)
    return store_reviewable(sessions_folder())


def listener(*arguments: str) -> str:
    done = CliRunner().invoke(cli, list(arguments), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def sams_row() -> GuidelineScore:
    return row(parse(listener("report", "last", "--format", "json").encode()), "let-them-finish", "B")


def by_the_curve(part: int, whole_ms: int) -> int:
    (curve,) = [
        measure.curve
        for guideline in load_rubric(guidelines_file()).guidelines
        for measure in guideline.measures
        if (guideline.id, measure.id) == ("let-them-finish", "interruptions_per_minute")
    ]
    return round(curve_value(curve, part * 60_000 / whole_ms))


def told() -> dict[str, int]:
    """Sam's score for letting finish, as each format tells it."""
    html = listener("report", "last", "--format", "html", "--no-sound", "--out", "-")
    article = next(part for part in html.split('<article class="guideline">') if f"<h3>{TITLE}</h3>" in part)
    text = " ".join(unescape(re.sub(r"<[^>]*>", " ", article.split("</article>")[0])).split())
    markdown = next(
        line
        for line in listener("report", "last", "--format", "md").splitlines()
        if line.startswith(f"| {TITLE} | Sam |")
    )
    listener("report", "last", "--format", "csv", "--out", "tables", "--force")
    (table,) = Path("tables").glob("*-measurements.csv")
    cells = list(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8-sig"))))
    scores = {
        cell["score"] for cell in cells if "let-them-finish" in cell.values() and {"B", "Sam"} & set(cell.values())
    }
    in_terminal = listener("report", "last").split(TITLE, 1)[1]
    return {
        "html": int(re.findall(r"Sam (\d+) of 100", text)[0]),
        "md": int(markdown.split("|")[3]),
        "csv": int(scores.pop()),
        "txt": int(re.findall(r"Sam\s+(?:\S+\s+)?(\d+)", in_terminal)[0]),
        "json": sams_row().score or -1,
    }


def test_every_format_follows_and_undo_brings_the_machine_back(folder: SessionFolder) -> None:
    before, counted = told(), sams_row().measurements[0]
    assert (counted.id, counted.part) == ("interruptions_per_minute", 2)
    assert set(before.values()) == {by_the_curve(2, counted.whole)}
    listener("review", "last", "--as", "therapist", "--set", f"{FIRST_INTERRUPTION}=backchannel")
    after = told()
    assert set(after.values()) == {by_the_curve(1, counted.whole)}
    assert after["json"] > before["json"]
    listener("review", "last", "--as", "therapist", "--undo")
    assert told() == before
