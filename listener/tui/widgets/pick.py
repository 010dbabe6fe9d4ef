"""Small lists that are chosen from over a screen: one thing, or several by ticks; and a line of text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from listener.tui.widgets.rows import Choices

TICKED, OPEN = "[x] ", "[ ] "


class Pick(ModalScreen[str | None]):
    """Gives the id of one of `choices` (id to words); None on escape. The keys begin on `current`."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "Leave it")]

    def __init__(self, question: str, choices: Mapping[str, str], current: str | None = None, told: str = "") -> None:
        super().__init__()
        self._question, self._choices, self._current, self._told = question, choices, current, told

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(self._question, classes="dialog-title", markup=False)
            yield Choices(id="pick")
            yield Static(f"{self._told}\nEnter takes it, esc leaves it.".strip(), classes="quiet closing", markup=False)

    def on_mount(self) -> None:
        choices = self.query_one("#pick", Choices)
        choices.replace(Option(Content(words), id_) for id_, words in self._choices.items())
        ids = list(self._choices)
        choices.highlighted = ids.index(self._current) if self._current in ids else 0
        choices.focus()

    @on(OptionList.OptionSelected, "#pick")
    def _take(self, selected: OptionList.OptionSelected) -> None:
        selected.stop()
        self.dismiss(selected.option_id)


class Ticks(ModalScreen[frozenset[str] | None]):
    """Gives the ids of those of `choices` that are ticked; None on escape."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", "Tick", priority=True),
        Binding("escape", "dismiss", "Leave it"),
    ]

    def __init__(self, question: str, choices: Mapping[str, str], ticked: Iterable[str]) -> None:
        super().__init__()
        self._question, self._choices, self._ticked = question, choices, set(ticked)

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog ticks"):
            yield Static(self._question, classes="dialog-title", markup=False)
            yield Choices(id="ticks")
            yield Static("Space ticks or clears, Enter takes it, esc leaves it.", classes="quiet closing", markup=False)

    def on_mount(self) -> None:
        self._draw()
        self.query_one("#ticks").focus()

    def action_tick(self) -> None:
        """Tick the highlighted one, or clear it."""
        option = self.query_one("#ticks", Choices).highlighted_option
        if option is not None and option.id is not None:
            self._ticked ^= {option.id}
            self._draw()

    @on(OptionList.OptionSelected, "#ticks")
    def _take(self, selected: OptionList.OptionSelected) -> None:
        selected.stop()
        self.dismiss(frozenset(self._ticked))

    def _draw(self) -> None:
        choices = self.query_one("#ticks", Choices)
        at, top = choices.highlighted, choices.scroll_offset.y
        choices.replace(
            Option(Content((TICKED if id_ in self._ticked else OPEN) + words), id_)
            for id_, words in self._choices.items()
        )
        if at is not None:
            choices.highlighted = at
            choices.scroll_to(y=top, animate=False)


class LinePrompt(ModalScreen[str | None]):
    """Gives a line of text, maybe an empty one; None on escape."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "Leave it")]

    def __init__(self, question: str, text: str, told: str) -> None:
        super().__init__()
        self._question, self._text, self._told = question, text, told

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(self._question, classes="dialog-title", markup=False)
            yield Input(self._text, id="line")
            yield Static(self._told, classes="quiet closing", markup=False)

    def on_mount(self) -> None:
        self.query_one("#line").focus()

    @on(Input.Submitted)
    def _take(self, entered: Input.Submitted) -> None:
        self.dismiss(entered.value.strip())
