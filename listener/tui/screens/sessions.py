"""All sessions on this machine."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import Resize, ScreenResume
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from listener.app.sessions import SessionLine
from listener.errors import ListenerError
from listener.reports.wording import date
from listener.tui.screens.analysing import AnalysingScreen
from listener.tui.screens.opening import open_session
from listener.tui.screens.promises import PromisesScreen
from listener.tui.widgets.confirm import Confirm
from listener.tui.widgets.page import Page
from listener.tui.widgets.rows import Choices, Point
from listener.tui.widgets.session_rows import called, session_row
from listener.tui.widgets.title_prompt import TitlePrompt

NONE = (
    "No sessions yet.\n\nWhat you record stays on this machine, and is listed here. Go back with esc to choose "
    "a practice."
)
DELETED = "Deleted: the sound, the words and the report."


class SessionsScreen(Page[None]):
    """The newest first; Enter opens."""

    HEADING = "Sessions"
    HOW_TO = (
        "Enter opens the report of a session, or makes it where there is none yet. An analysis that was cancelled goes "
        "on where it stopped. A title of your own takes the place of the practice's. Delete removes everything of a "
        "session for good, its promises too."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "analyse", "Analyse"),
        Binding("r", "rename", "Rename"),
        Binding("p", "promises", "Promises"),
        Binding("d,delete", "delete", "Delete", key_display="d"),
        Binding("escape", "app.pop_screen", "Back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[SessionLine] = []

    def body(self) -> ComposeResult:
        with Vertical(classes="wide-column"):
            yield Static("Your sessions", classes="title", markup=False)
            yield Static(NONE, id="none", markup=False)
            yield Choices(id="sessions")
            yield Vertical(id="unreadable")

    def on_mount(self) -> None:
        self.query_one("#none").display = False
        self.query_one("#sessions").focus()

    def on_resize(self, _resized: Resize) -> None:
        self.call_after_refresh(self._lay_out)

    @on(ScreenResume)
    def _look_again(self) -> None:
        self.call_after_refresh(self._lay_out)

    @on(OptionList.OptionSelected, "#sessions")
    def action_open(self) -> None:
        line = self._chosen()
        if line is not None:
            open_session(self.app, line)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002  # as Textual
        """Without a session there is nothing to analyse, name or delete."""
        return action not in {"analyse", "rename", "promises", "delete"} or bool(self._lines)

    def action_analyse(self) -> None:
        line = self._chosen()
        if line is None:
            return
        if line.state == "unfinished":
            open_session(self.app, line)
        else:
            self.app.push_screen(AnalysingScreen(line.id))

    def action_rename(self) -> None:
        line = self._chosen()
        if line is not None:
            self.app.push_screen(TitlePrompt(line.title), lambda title: self._rename(line, title))

    def action_promises(self) -> None:
        line = self._chosen()
        if line is not None:
            self.app.push_screen(PromisesScreen(line.id))

    def _rename(self, line: SessionLine, title: str | None) -> None:
        if title is None:
            return
        try:
            self.studio.sessions.rename(line.id, title)
        except ListenerError as error:
            self.notify(f"{error.message}\n{error.hint}", severity="error", markup=False)
        self._lay_out()

    def action_delete(self) -> None:
        line = self._chosen()
        if line is None:
            return
        what = f"{called(line, self.studio.titles)}, {date(line.started_at)}"
        detail = f"{what}\nThe sound, the words, the report and its promises are deleted for good."
        question = Confirm("Delete this session?", detail, "Delete", "Keep")
        self.app.push_screen(question, lambda sure: self._delete(line) if sure else None)

    def _delete(self, line: SessionLine) -> None:
        try:
            self.studio.sessions.delete(line.id)
        except ListenerError as error:
            self.notify(f"{error.message}\n{error.hint}", severity="error", markup=False)
        else:
            self.notify(DELETED)
        self._lay_out()

    def _chosen(self) -> SessionLine | None:
        option = self.query_one("#sessions", Choices).highlighted_option
        return next((line for line in self._lines if option and line.id == option.id), None)

    def _lay_out(self) -> None:
        self._lines = lines = self.studio.sessions.all()
        choices = self.query_one("#sessions", Choices)
        choices.replace(Option(session_row(line, self.studio.titles, choices.text_width), line.id) for line in lines)
        self.query_one("#none").display = not lines
        self.refresh_bindings()
        told = self.query_one("#unreadable", Vertical)
        told.remove_children()
        told.mount_all(
            Point("!", f"{name}: {error.message} {error.hint}", classes="notice")
            for name, error in self.studio.sessions.unreadable()
        )
