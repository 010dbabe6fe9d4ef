"""A page of a stored session whose moments can be heard."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from listener.domain.span import Span, clock
from listener.errors import ListenerError
from listener.tui.widgets.moments import Play
from listener.tui.widgets.page import Page, Result

PLAYER_CHECK_S = 0.25


class PlayingPage(Page[Result]):
    """Plays what a `Play` asks for and tells so in a line that `playing_line` gives; space stops, so does leaving."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "stop", "Stop playing", key_display="space", priority=True)
    ]

    def __init__(self, session_id: str) -> None:
        super().__init__()
        self.session_id = session_id
        self._playing: Span | None = None

    def playing_line(self) -> ComposeResult:
        """The line, for the end of `body`."""
        playing = Static(id="playing", markup=False)
        playing.display = False
        yield playing

    def on_mount(self) -> None:
        self.set_interval(PLAYER_CHECK_S, self._look_at_player)

    def on_unmount(self) -> None:
        self._stop()

    async def finish(self, why: str) -> None:  # noqa: ARG002  # nothing is lost
        """Be quiet."""
        self._stop()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002  # as Textual
        """Stopping is offered only while something plays."""
        return self._playing is not None if action == "stop" else True

    def action_stop(self) -> None:
        """Stop the moment that plays."""
        self._stop()
        self._look_at_player()

    @on(Play)
    def _on_play(self, play: Play) -> None:
        try:
            self.studio.player.play(self.studio.sessions.folder(self.session_id).recording, play.span)
        except ListenerError as error:
            self._tell(f"! {error.message} {error.hint}")
            return
        self._playing = play.span
        self._tell(f"▶ playing {clock(play.span.start)}–{clock(play.span.end)} · space stops")
        self.refresh_bindings()

    def _stop(self) -> None:
        if self._playing is not None:
            self.studio.player.stop()

    def _look_at_player(self) -> None:
        if self._playing is not None and not self.studio.player.playing:
            self._playing = None
            self.query_one("#playing").display = False
            self.refresh_bindings()

    def _tell(self, words: str) -> None:
        told = self.query_one("#playing", Static)
        told.update(words)
        told.display = True
