"""A stored session's report made again from what its analysis found, when something else about the session changed."""

from __future__ import annotations

from listener.adapters.session_folder import SessionFolder
from listener.app.analyse import report_of
from listener.app.kept_analysis import ANALYSIS_FILE, kept_analysis
from listener.app.sessions import REPORT_FILE, practised
from listener.app.settings import Settings
from listener.reports.json_report import render


def remake_report(folder: SessionFolder) -> None:
    """Bring the report up to date with the session's record and judgements; nothing where it has none to remake.

    Raises BadSession (in use, damaged) and DiskFull.
    """
    if not all((folder.path / name).exists() for name in (REPORT_FILE, ANALYSIS_FILE)):
        return
    with folder.held():
        _, practice, titles = practised(folder, Settings())
        folder.write(REPORT_FILE, render(report_of(kept_analysis(folder), practice), titles))
