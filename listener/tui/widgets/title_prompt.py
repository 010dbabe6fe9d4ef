"""Asks what a session is to be called."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from listener.app.sessions import LONGEST_TITLE
from listener.reports.wording import plain_text


class TitlePrompt(ModalScreen[str | None]):
    """Gives the title, empty where there is to be none; None on escape."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "Leave it")]

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = plain_text(title)

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static("What shall this session be called?", classes="dialog-title", markup=False)
            yield Input(self._title, placeholder="a few words", max_length=LONGEST_TITLE)
            yield Static("Enter takes it, esc leaves it. Without words it has no title.", markup=False)

    @on(Input.Submitted)
    def _take(self, entered: Input.Submitted) -> None:
        self.dismiss(entered.value)
