"""Stored sessions with reports, for what is followed over several of them."""

from __future__ import annotations

from pathlib import Path

from listener.adapters.session_folder import SessionFolder
from listener.domain.report import Report
from listener.domain.session import Promise
from listener.reports.json_report import render
from tests.stored import store_example
from tests.tui.rooms import example_report


def store_talk(
    root: Path, day: str, promises: tuple[Promise, ...] = (), report: Report | None = None, device: str = "USB"
) -> SessionFolder:
    """A session of November 2026 with a report, that of the example where none is given."""
    started_at = f"2026-11-{day}T19:00:00+01:00"
    folder = store_example(root, started_at=started_at, promises=promises, device=device)
    folder.write("report.json", render(report or example_report()))
    return folder
