"""The keys of the screen below, and what it is for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from listener.reports.wording import PRACTICE_NOT_DIAGNOSIS

KEY_CELLS = 14
EVERYWHERE = (
    ("↑ ↓", "move in a list"),
    ("tab", "to the next part of the screen"),
    ("ctrl+p", "all commands by name"),
)
NAMES = {"escape": "esc", "plus": "+", "minus": "-", "question_mark": "?", "left": "←", "right": "→"}


class HelpScreen(ModalScreen[None]):
    """Closed by any of the keys that one would try."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,question_mark,q,enter", "dismiss", "Close")]

    def __init__(self, how_to: str, bindings: Sequence[ActiveBinding]) -> None:
        super().__init__()
        self._how_to, self._active = how_to, bindings

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="dialog help"):
            yield Static("Help", classes="dialog-title", markup=False)
            if self._how_to:
                yield Static(self._how_to, classes="how-to", markup=False)
            yield Static(self._keys())
            yield Static(
                f"Everything stays on this machine. {PRACTICE_NOT_DIAGNOSIS}\nesc closes this.",
                classes="quiet closing",
                markup=False,
            )

    def _keys(self) -> Content:
        shown: dict[str, str] = {}
        for active in self._active:
            binding = active.binding
            if active.enabled and binding.show and binding.description:
                key = binding.key_display or NAMES.get(binding.key, binding.key)
                shown.setdefault(binding.description, key)
        keys = [(key, description) for description, key in shown.items()]
        lines = [
            Content.assemble((key.ljust(KEY_CELLS), "bold $primary"), description)
            for key, description in [*keys, *EVERYWHERE]
        ]
        return Content("\n").join(lines)
