"""A pause, or a break for one who is flooded: nothing is recorded, nothing is asked, and the way back is one key."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Middle, Vertical
from textual.screen import ModalScreen
from textual.widgets import Footer, Static

from listener.domain.session import PauseKind
from listener.domain.span import clock
from listener.tui.widgets.big_timer import BigTimer

if TYPE_CHECKING:
    from listener.tui.app import ListenerApp

BREATHE_IN_S, BREATHE_OUT_S = 4, 6
"""A slow breath of ten seconds, the way out longer than the way in."""

WORDS: dict[PauseKind, tuple[str, str]] = {
    "pause": ("Paused", "Nothing is recorded until you go on."),
    "break": (
        "A break",
        "Nothing is recorded. Take about twenty minutes: walk, breathe, do something that soothes you.\n"
        "Leave the subject where it is; it will wait. Then come back, both of you.",
    ),
}
IN_WORDS = f"Breathe in for {BREATHE_IN_S}, out for {BREATHE_OUT_S}."


class PauseScreen(ModalScreen[bool]):
    """Gives True to go on, False to end the practice here."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p,enter,space", "leave(True)", "Go on", key_display="p"),
        Binding("e", "leave(False)", "End the practice"),
    ]
    HOW_TO: ClassVar[str] = "Nothing is recorded here. p goes on, e ends the practice and saves it."

    def __init__(self, kind: PauseKind) -> None:
        super().__init__(classes="pause")
        self._kind: PauseKind = kind

    def compose(self) -> ComposeResult:
        title, words = WORDS[self._kind]
        with Middle(), Vertical(id="pause"):
            yield Static(title, id="pause-title", markup=False)
            yield BigTimer("0:00", id="pause-time")
            yield Static(words, id="pause-words", markup=False)
            if self._kind == "break":
                yield Static(IN_WORDS, id="breath", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self._since = cast("ListenerApp", self.app).studio.now()
        self.set_interval(1.0, self._tick)

    def _tick(self) -> None:
        seconds = int((cast("ListenerApp", self.app).studio.now() - self._since).total_seconds())
        time = self.query_one(BigTimer)
        if time.value != (shown := clock(seconds * 1000)):
            time.update(shown)
        if self._kind == "break" and self.app.animation_level != "none":
            self.query_one("#breath", Static).update(breath(seconds))

    def action_leave(self, go_on: bool) -> None:
        """Back to the practice, or to its end."""
        self.dismiss(go_on)


def breath(seconds: int) -> str:
    """What to do in this second of the break: a line that widens while breathing in and narrows while breathing out."""
    at = seconds % (BREATHE_IN_S + BREATHE_OUT_S)
    if at < BREATHE_IN_S:
        return "breathe in\n" + "━" * (6 * (at + 1))
    left = BREATHE_IN_S + BREATHE_OUT_S - at
    return "breathe out\n" + "━" * (4 * left)
