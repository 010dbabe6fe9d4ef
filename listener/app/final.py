"""The final analysis of a stored session: what `listener replay` does, with its findings kept on the way."""

from __future__ import annotations

from collections.abc import Callable

from listener.adapters.session_folder import SessionFolder
from listener.app.analyse import analysed, report_of
from listener.app.behaviours import labelling_of
from listener.app.hear import hear
from listener.app.kept_analysis import keep_analysis
from listener.app.resume import Findings
from listener.app.sessions import REPORT_FILE, practised
from listener.app.settings import Settings
from listener.domain.report import Report
from listener.ports import Progress
from listener.reports.json_report import render

RESUME_FOLDER = "resume"


class Cancelled(Exception):  # named for what happened
    """The analysis was stopped on request; what it had found is kept."""


class FinalAnalysis:
    """Makes and stores the report of one session."""

    def __init__(self, folder: SessionFolder, settings: Settings) -> None:
        self._folder, self._settings = folder, settings

    def run(self, progress: Progress, cancelled: Callable[[], bool]) -> Report:
        """Work it out, going on where an earlier run was cancelled; blocks for up to the length of the conversation.

        Raises Cancelled between two steps (a few seconds apart) once `cancelled()` is true, BadAudio and MissingModel
        as `listener replay` does. The report lies in the session when this returns.
        """

        def told(stage: str, done: float) -> None:
            if cancelled():
                raise Cancelled
            progress(stage, done)

        self._folder.lock()  # so that it is not deleted meanwhile
        try:
            return self._made(told)
        finally:
            self._folder.unlock()

    def _made(self, told: Progress) -> Report:
        listening, practice, titles = practised(self._folder, self._settings)
        findings = Findings(self._folder.path / RESUME_FOLDER)
        told("Reading the recording", 0.0)
        heard = hear(self._folder.recording, listening, told, findings)
        found = analysed(heard, labelling_of(heard, listening.threads))
        keep_analysis(self._folder, found)
        report = report_of(found, practice)
        self._folder.write(REPORT_FILE, render(report, titles))
        findings.clear()
        return report
