"""One person's answer to one question: yes, no, or not given yet."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget


class YesNo(Widget, can_focus=True):
    """Answered with y or n, or with Space in turn; then the focus moves on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "Yes"),
        Binding("n", "answer(False)", "No"),
        Binding("space,enter", "turn", "Change", show=False),
    ]
    DEFAULT_CSS: ClassVar[str] = "YesNo { height: 1; width: 14; }"

    class Answered(Message):
        """The answer was given or changed."""

        def __init__(self, cell: YesNo) -> None:
            super().__init__()
            self.cell = cell

        @property
        def control(self) -> YesNo:
            return self.cell

    def __init__(self, question: str, partner: str, answer: bool | None = None) -> None:
        super().__init__(id=f"{question}-{partner}", classes=f"yes-no-{partner}")
        self.question, self.partner = question, partner
        self.answer = answer

    def render(self) -> Content:
        shown = {True: "✓ yes", False: "✗ not now", None: "· y or n"}[self.answer]
        return Content(f" {shown}".ljust(self.size.width))

    def action_answer(self, answer: bool) -> None:
        """Take the answer and go on to the next question."""
        self._take(answer)
        self.screen.focus_next()

    def action_turn(self) -> None:
        """From open to yes to no and back to yes, staying here."""
        self._take(self.answer is not True)

    def _take(self, answer: bool) -> None:
        self.answer = answer
        self.set_class(answer, "-yes")
        self.set_class(not answer, "-no")
        self.refresh()
        self.post_message(self.Answered(self))
