"""Recordings that were cut off, at the next start: each is recovered, discarded, or left for later."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static
from textual.widgets.option_list import Option

from listener.app.sessions import SessionLine
from listener.errors import ListenerError
from listener.reports.wording import date
from listener.tui.widgets.confirm import Confirm
from listener.tui.widgets.page import Page
from listener.tui.widgets.rows import Choices
from listener.tui.widgets.session_rows import both_names, called, session_row

INTRODUCED = (
    "Listener ended while it was recording, so these recordings are not finished. What was heard is kept, up to about "
    "the last second. Decide for each of them, now or later."
)
SAVING = "Saving the recording …"


class RecoverScreen(Page[None]):
    """Closes by itself once there is nothing left to decide."""

    HEADING = "Unfinished recordings"
    HOW_TO = (
        "Recover saves the recording, so that its report can be made. Discard deletes it for good, after a question. "
        "Later leaves it as it is, and asks again at the next start."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r,enter", "recover", "Recover", key_display="r", priority=True),
        Binding("d", "discard", "Discard"),
        Binding("l,escape", "later", "Later", key_display="l"),
    ]

    def body(self) -> ComposeResult:
        with Vertical(classes="column"):
            yield Static("Some recordings were cut off", classes="title", markup=False)
            yield Static(INTRODUCED, markup=False)
            yield Choices(id="cut-off")
            yield Static(id="recover-told", classes="quiet", markup=False)

    def on_mount(self) -> None:
        self._lines: list[SessionLine] = []
        self._busy = False
        self.query_one("#cut-off").focus()

    def on_resize(self) -> None:
        self.call_after_refresh(self._lay_out)

    def action_later(self) -> None:
        self.dismiss()

    def action_recover(self) -> None:
        line = self._chosen()
        if line is not None and not self._busy:
            self._busy = True
            self.query_one("#recover-told", Static).update(SAVING)
            self._recover(line)

    def action_discard(self) -> None:
        line = self._chosen()
        if line is None or self._busy:
            return
        names = both_names(line)
        what = f"{called(line, self.studio.titles)}, {date(line.started_at)}{', ' if names else ''}{names}"
        question = Confirm("Discard this recording?", f"{what}\nIt is deleted for good.", "Discard", "Keep")
        self.app.push_screen(question, lambda sure: self._discard(line) if sure else None)

    def _chosen(self) -> SessionLine | None:
        option = self.query_one("#cut-off", Choices).highlighted_option
        return next((line for line in self._lines if option and line.id == option.id), None)

    def _discard(self, line: SessionLine) -> None:
        try:
            self.studio.sessions.delete(line.id)
        except ListenerError as error:
            self._told(f"{error.message} {error.hint}")
        else:
            self._told("Discarded.")

    @work(thread=True, exclusive=True)
    def _recover(self, line: SessionLine) -> None:
        try:
            self.studio.sessions.recover(line.id)
            words = "Recovered. Its report can be made from the sessions list."
        except ListenerError as error:
            words = f"{error.message} {error.hint}"
        self.call_later(self._told, words)

    def _told(self, words: str) -> None:
        self._busy = False
        self.query_one("#recover-told", Static).update(words)
        self._lay_out()
        if not self._lines:
            self.notify(words, markup=False)
            self.dismiss()

    def _lay_out(self) -> None:
        choices = self.query_one("#cut-off", Choices)
        self._lines = self.studio.sessions.unfinished()
        cells = choices.text_width
        choices.replace(Option(session_row(line, self.studio.titles, cells), line.id) for line in self._lines)
