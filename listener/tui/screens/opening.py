"""What Enter on a past session does, wherever the session is listed."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.app import App

from listener.app.open_app import ReviewStart
from listener.app.sessions import SessionLine
from listener.errors import ListenerError, NotLogged
from listener.tui.screens.analysing import AnalysingScreen
from listener.tui.screens.recover import RecoverScreen
from listener.tui.screens.report import ReportScreen

REPORT_FIRST = "A session is reviewed once it has a report: r on its report."

if TYPE_CHECKING:
    from listener.tui.app import ListenerApp


def open_session(app: App[None], line: SessionLine) -> None:
    """The report; without one the analysis, or what to do with a recording that was cut off."""
    if line.state == "unfinished":
        app.push_screen(RecoverScreen())
    elif line.state == "recorded":
        app.push_screen(AnalysingScreen(line.id))
    else:
        open_report(app, line.id)


def open_report(app: App[None], session_id: str) -> None:
    """The report of a session, or why it cannot be shown; that it was opened goes into the audit log."""
    sessions = cast("ListenerApp", app).studio.sessions
    try:
        report = sessions.report(session_id)
    except ListenerError as error:
        app.notify(f"{error.message}\n{error.hint}", severity="error", markup=False)
        return
    if report is not None:
        app.push_screen(ReportScreen(session_id))
        try:
            sessions.log_opened(session_id)
        except NotLogged as error:
            app.notify(f"{error.message}\n{error.hint}", severity="warning", markup=False)


def open_review(app: App[None], start: ReviewStart) -> None:
    """The review of a session above its report; without a report that comes first."""
    sessions = cast("ListenerApp", app).studio.sessions
    line = next((line for line in sessions.all() if line.id == start.session_id), None)
    if line is None or line.state != "analysed":
        app.notify(REPORT_FIRST, markup=False)
        if line is not None:
            open_session(app, line)
        return
    app.push_screen(ReportScreen(line.id, start))
