"""The frame that every screen shares: a quiet line on top, the content, the footer with the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import Footer, Static

from listener.reports.wording import PRACTICE_NOT_DIAGNOSIS

if TYPE_CHECKING:
    from listener.app.studio import Studio
    from listener.tui.app import ListenerApp

Result = TypeVar("Result")


class TooSmall(Static):
    """Covers a screen that is smaller than 80×24, until it is enlarged; what runs goes on meanwhile."""

    def on_mount(self) -> None:
        self.update("This window is too small.\n\nPlease enlarge it to 80 × 24 characters or more.\nWhat runs goes on.")


class TopBar(Horizontal):
    """Where one is, and what this is not."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title

    def compose(self) -> ComposeResult:
        yield Static("Listener", classes="brand", markup=False)
        yield Static(self._title, classes="where", markup=False)
        yield Static(PRACTICE_NOT_DIAGNOSIS, classes="disclaimer", markup=False)

    def on_mount(self) -> None:
        self.screen.mount(TooSmall())


class Page(Screen[Result]):
    """A full screen with the shared frame; subclasses give `HEADING`, `HOW_TO` and `body`."""

    HEADING: ClassVar[str] = ""
    HOW_TO: ClassVar[str] = ""
    """What the help screen says above the keys."""

    @property
    def studio(self) -> Studio:
        """What the screens work with."""
        return cast("ListenerApp", self.app).studio

    def compose(self) -> ComposeResult:
        yield TopBar(self.HEADING)
        yield from self.body()
        yield Footer(show_command_palette=False)

    def body(self) -> ComposeResult:
        """The widgets between the top line and the footer."""
        yield from ()
