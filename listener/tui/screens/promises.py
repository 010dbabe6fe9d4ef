"""Promises as a list: those of one session with what was heard in it, or all that wait for a word."""

from __future__ import annotations

from typing import ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Resize
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from listener.app.promise_ledger import STATES, WAITING, LedgerEntry
from listener.app.promise_words import at, said, since
from listener.domain.promises import NEXT
from listener.domain.session import PromiseState
from listener.errors import ListenerError
from listener.tui.widgets.page import Page
from listener.tui.widgets.rows import QUIET, Moments, hanging

HEARD = (
    "Some of these were heard in the talk. Only who said it knows whether it was meant as a promise: confirm it, or "
    "say that it was none. Enter plays what was said."
)
ASKED = "Confirmed promises are asked about at the next start."
NONE = "There is nothing to tell of any promise."
NONE_HERE = "No promise was written down or heard in this session."
WAIT = "Reading your reports …"
STATE_CELLS = 12
KEYS: dict[str, tuple[PromiseState, str]] = {
    "c": ("confirmed", "Confirm"),
    "x": ("no_promise", "Not a promise"),
    "y": ("kept", "Kept"),
    "n": ("not_kept", "Not kept"),
    "g": ("let_go", "Let go"),
}


class PromisesScreen(Page[None]):
    """The promises of a session, or without one all that are open or wait to be confirmed."""

    HEADING = "Promises"
    HOW_TO = f"{HEARD} {ASKED} They are deleted with their session."
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"tell('{state}')", words) for key, (state, words) in KEYS.items()),
        Binding("space", "stop", "Stop", show=False),
        Binding("escape", "app.pop_screen", "Back"),
    ]

    def __init__(self, session_id: str | None = None) -> None:
        super().__init__()
        self._session_id = session_id
        self._entries: list[LedgerEntry] = []
        self._is_playing = self._is_read = False

    def body(self) -> ComposeResult:
        with Vertical(classes="wide-column"):
            yield Static("Promises of this session" if self._session_id else "Promises", classes="title", markup=False)
            yield Static(id="promises-explained", classes="quiet", markup=False)
            yield Moments(id="promise-list")
            yield Static(id="promise-told", markup=False)

    def on_mount(self) -> None:
        self.query_one("#promise-list").focus()
        self._read()

    def on_unmount(self) -> None:
        self.action_stop()

    async def finish(self, why: str) -> None:  # noqa: ARG002  # nothing is lost
        """Be quiet."""
        self.action_stop()

    def on_resize(self, _resized: Resize) -> None:
        self.call_after_refresh(self._lay_out)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what can be told of the promise that is highlighted is offered."""
        if action != "tell":
            return True
        entry = self._chosen()
        state = cast("PromiseState", parameters[0])
        return entry is not None and state != entry.promise.state and state in NEXT[entry.promise.state]

    def action_tell(self, state: str) -> None:
        """Keep what was told of the highlighted promise; it stays in the list."""
        entry = self._chosen()
        if entry is None:
            return
        try:
            told = self.studio.promises.tell(entry, cast("PromiseState", state), self.studio.now())
        except ListenerError as error:
            self._tell(f"! {error.message} {error.hint}")
            return
        self._entries = [told if each.id == entry.id else each for each in self._entries]
        self._tell("")
        self._lay_out()

    def action_stop(self) -> None:
        """Stop what plays."""
        if self._is_playing:
            self.studio.player.stop()
            self._is_playing = False

    @on(OptionList.OptionSelected, "#promise-list")
    def _play(self) -> None:
        entry = self._chosen()
        if entry is None or entry.promise.said is None:
            self._tell("This one was written down at the check-out: there is nothing to play.")
            return
        try:
            self.studio.player.play(self.studio.sessions.folder(entry.session_id).recording, entry.promise.said)
        except ListenerError as error:
            self._tell(f"! {error.message} {error.hint}")
        else:
            self._is_playing = True
            self._tell("▶ playing · space stops")

    @on(OptionList.OptionHighlighted, "#promise-list")
    def _on_highlight(self) -> None:
        self.refresh_bindings()

    @work(thread=True, exclusive=True)
    def _read(self) -> None:
        """A report a session is read; many of them take a moment."""
        ledger = self.studio.promises
        if self._session_id is not None:
            found = ledger.of_session(self._session_id)
        else:
            found = [entry for entry in ledger.entries() if entry.promise.state in WAITING]
        self.call_later(self._show, found)

    def _show(self, entries: list[LedgerEntry]) -> None:
        self._entries = entries
        self._is_read = True
        self._lay_out()

    def _chosen(self) -> LedgerEntry | None:
        option = self.query_one("#promise-list", Moments).highlighted_option
        return next((entry for entry in self._entries if option and entry.id == option.id), None)

    def _tell(self, words: str) -> None:
        self.query_one("#promise-told", Static).update(words)

    def _lay_out(self) -> None:
        choices = self.query_one("#promise-list", Moments)
        cells = choices.text_width
        choices.replace(Option(_row(entry, cells, self._session_id is None), entry.id) for entry in self._entries)
        heard = any(entry.promise.state == "found" for entry in self._entries)
        none = NONE_HERE if self._session_id else NONE
        told = HEARD if heard else ASKED if self._entries else none if self._is_read else WAIT
        self.query_one("#promises-explained", Static).update(told)
        self.refresh_bindings()


def _row(entry: LedgerEntry, cells: int, with_day: bool) -> Content:
    state = STATES[entry.promise.state].ljust(STATE_CELLS)
    day = f"{since(entry)[:10]} · " if with_day else ""
    text = Content.assemble((day, QUIET), said(entry), (at(entry), QUIET))
    return hanging(state, text, cells, "bold" if entry.promise.state == "found" else QUIET)
