"""A question that is answered from 1 to 5."""

from __future__ import annotations

import textwrap
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from listener.app.check_out import SCALE, Question

INDENT = "   "


class RatingRow(Widget, can_focus=True):
    """The question, and below it the scale; keys 1 to 5 answer and move on, 0 leaves it out."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *[Binding(str(value), f"rate({value})", f"{value}", show=False) for value in SCALE],
        Binding("0,backspace,delete", "rate(0)", "Leave out", key_display="0"),
        Binding("left", "step(-1)", show=False),
        Binding("right", "step(1)", show=False),
    ]
    DEFAULT_CSS: ClassVar[str] = "RatingRow { height: auto; }"

    class Rated(Message):
        """The answer was given, changed or taken back; `value` 0 means left out."""

        def __init__(self, question: Question, value: int) -> None:
            super().__init__()
            self.question, self.value = question, value

    def __init__(self, question: Question, value: int = 0) -> None:
        super().__init__(id=f"rate-{question.guideline}")
        self.question = question
        self.value = value

    def render(self) -> Content:
        marks = [(f"[{v}]" if v == self.value else f" {v} ", "bold reverse" if v == self.value else "") for v in SCALE]
        gaps = [part for mark in marks for part in (mark, ("  ", ""))]
        lines = textwrap.wrap(self.question.text, max(20, self.size.width - 2 * len(INDENT))) or [""]
        head = ("▸ " if self.has_focus else "  ") + f"\n{'  '}".join(lines)
        tail = "fully" if self.value else "fully   (not answered)"
        return Content.assemble((f"{head}\n", "bold" if self.has_focus else ""), f"{INDENT}not at all  ", *gaps, tail)

    def action_rate(self, value: int) -> None:
        """Take the answer and go on to the next question."""
        self._take(value)
        self.screen.focus_next()

    def action_step(self, by: int) -> None:
        """One up or down, staying here."""
        self._take(min(SCALE[-1], max(SCALE[0], self.value + by)))

    def _take(self, value: int) -> None:
        self.value = value
        self.refresh(layout=True)
        self.post_message(self.Rated(self.question, value))
