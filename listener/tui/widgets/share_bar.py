"""How the talking so far is shared between the two, in words and as a bar."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget

from listener.domain.speech import PartnerId

MARKS: dict[PartnerId, str] = {"A": "█", "B": "░"}
"""Each partner's filling; told apart without colour."""


class ShareBar(Widget):
    """Names with per cent above a bar, `█` for A and `░` for B; the bar takes the height that the style gives."""

    DEFAULT_CSS: ClassVar[str] = "ShareBar { height: 2; }"

    def __init__(self, names: Mapping[PartnerId, str], *, id: str | None = None) -> None:  # noqa: A002  as Textual
        super().__init__(id=id)
        self._names = names
        self._percent: int | None = None

    def show(self, share: float | None) -> None:
        """Draw A's share, 0 to 1, of both partners' speaking time; None before anyone has spoken."""
        percent = None if share is None else round(100 * share)
        if percent != self._percent:
            self._percent = percent
            self.refresh()

    def render(self) -> Content:
        width, rows = self.size.width, max(1, self.size.height - 1)
        if self._percent is None:
            head = _ends(self._names["A"], "nobody has spoken yet", self._names["B"], width)
            return Content("\n").join([Content(head), *[Content.styled("·" * width, "$text-muted")] * rows])
        left, right = f"{self._names['A']}  {self._percent} %", f"{100 - self._percent} %  {self._names['B']}"
        cells = round(width * self._percent / 100)
        bar = Content.assemble((MARKS["A"] * cells, "$partner-a"), (MARKS["B"] * (width - cells), "$partner-b"))
        title = Content.styled(_ends(left, "share of the talking", right, width), "bold")
        return Content("\n").join([title, *[bar] * rows])


def _ends(left: str, middle: str, right: str, width: int) -> str:
    """One text at the left, one at the right, one centred between them, which goes first where it is tight."""
    room = width - 2 * max(len(left), len(right))
    if len(middle) + 4 > room:
        return left + right.rjust(max(1, width - len(left)))
    line = middle.center(width)
    return left + line[len(left) : width - len(right)] + right
