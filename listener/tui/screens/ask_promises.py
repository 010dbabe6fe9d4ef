"""Before a new practice: what became of the promises of earlier ones, one at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from listener.app.promise_ledger import LedgerEntry
from listener.app.promise_words import NAME_LIMIT, at, since
from listener.domain.session import PromiseState
from listener.errors import ListenerError
from listener.reports.wording import clipped, plain_text
from listener.tui.widgets.page import Page
from listener.tui.widgets.rows import Choices

ANSWERS: dict[PromiseState, tuple[str, str]] = {
    "kept": ("y", "Yes, it was kept"),
    "not_kept": ("n", "No, not kept"),
    "confirmed": ("o", "Still open"),
    "let_go": ("g", "Let it go: it no longer matters"),
}
SKIP = "skip"
EXPLAINED = (
    "Answer together, without blame: a promise that was too big can be made smaller, or let go. What is skipped is "
    "asked again at the next start, what is still open another day."
)


class AskPromisesScreen(Page[None]):
    """Closes by itself after the last one."""

    HEADING = "Promises"
    HOW_TO = f"{EXPLAINED} Nobody has to answer; the promises of a session are deleted with it."
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"tell('{state}')", words, show=False) for state, (key, words) in ANSWERS.items()),
        Binding("s", "tell('skip')", "Skip", show=False),
        Binding("escape", "dismiss", "Later"),
    ]

    def __init__(self, entries: Sequence[LedgerEntry]) -> None:
        super().__init__()
        self._entries = tuple(entries)
        self._at = 0

    def body(self) -> ComposeResult:
        with VerticalScroll(classes="column", can_focus=False):
            yield Static(classes="title", id="promise-title", markup=False)
            yield Static(id="promise-who", markup=False)
            yield Static(id="promise-text", markup=False)
            yield Choices(
                *(Option(f"{key}  {words}", state) for state, (key, words) in ANSWERS.items()),
                Option("s  Skip for now", SKIP),
                id="promise-answers",
            )
            yield Static(EXPLAINED, classes="quiet", markup=False)
            yield Static(id="promise-told", markup=False)

    def on_mount(self) -> None:
        self.query_one("#promise-answers").focus()
        self._draw()

    @on(OptionList.OptionSelected, "#promise-answers")
    def _chosen(self, selected: OptionList.OptionSelected) -> None:
        self.action_tell(selected.option_id or SKIP)

    def action_tell(self, answer: str) -> None:
        """Keep the answer and go on to the next promise."""
        if answer != SKIP:
            try:
                self.studio.promises.tell(self._entries[self._at], cast("PromiseState", answer), self.studio.now())
            except ListenerError as error:
                self.query_one("#promise-told", Static).update(f"! {error.message} {error.hint}")
                return
        self._at += 1
        if self._at == len(self._entries):
            self.dismiss()
        else:
            self._draw()

    def _draw(self) -> None:
        entry, count = self._entries[self._at], len(self._entries)
        number = f" · {self._at + 1} of {count}" if count > 1 else ""
        self.query_one("#promise-title", Static).update(f"Before you begin: was this promise kept?{number}")
        self.query_one("#promise-who", Static).update(
            f"{clipped(entry.name, NAME_LIMIT)} promised, {since(entry)}{at(entry)}:"
        )
        self.query_one("#promise-text", Static).update(plain_text(entry.promise.text))
        self.query_one("#promise-told", Static).update("")
        self.query_one("#promise-answers", Choices).highlighted = 0
