"""Asks for a recording that plays in place of a microphone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from listener.app.studio import InputChoice
from listener.errors import BadAudio, ListenerError

ANOTHER = "Type the whole path of a recording that you may read."


class FilePrompt(ModalScreen[InputChoice | None]):
    """Gives the file as a choice once it can be read; None on escape. `read` raises BadAudio."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "Leave it")]

    def __init__(self, read: Callable[[Path], InputChoice]) -> None:
        super().__init__()
        self._read = read

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static("Which recording?", classes="dialog-title", markup=False)
            yield Input(placeholder="path of a WAV, FLAC, OGG or MP3 file", id="path")
            yield Static("It plays as if you were talking. Enter takes it, esc leaves it.", id="told", markup=False)

    @on(Input.Submitted)
    def _take(self, entered: Input.Submitted) -> None:
        if not entered.value.strip():
            return
        try:
            self.dismiss(self._choice(entered.value.strip()))
        except ListenerError as error:
            self.query_one("#told", Static).update(f"▲ {error}")

    def _choice(self, typed: str) -> InputChoice:
        try:
            return self._read(Path(typed).expanduser())
        except RuntimeError as error:
            raise BadAudio(f"There is no home folder for {Path(typed).parts[0]}.", ANOTHER) from error
        except OSError as error:
            raise BadAudio(f"This cannot be opened: {error.strerror}.", ANOTHER) from error
