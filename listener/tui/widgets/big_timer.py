"""The time in digits that are read across a room: of lines in three rows, of blocks where there are five."""

from __future__ import annotations

from rich.console import RenderableType
from rich.text import Text
from textual.widgets import Digits

BLOCK_ROWS = 5

BLOCKS = {
    "0": ("███", "█ █", "█ █", "█ █", "███"),
    "1": (" █ ", "██ ", " █ ", " █ ", "███"),
    "2": ("███", "  █", "███", "█  ", "███"),
    "3": ("███", "  █", "███", "  █", "███"),
    "4": ("█ █", "█ █", "███", "  █", "  █"),
    "5": ("███", "█  ", "███", "  █", "███"),
    "6": ("███", "█  ", "███", "█ █", "███"),
    "7": ("███", "  █", "  █", "  █", "  █"),
    "8": ("███", "█ █", "███", "█ █", "███"),
    "9": ("███", "█ █", "███", "  █", "███"),
    ":": (" ", "█", " ", "█", " "),
    "+": ("   ", " █ ", "███", " █ ", "   "),
}


class BigTimer(Digits):
    """Digits that grow with the height that the style gives them."""

    def render(self) -> RenderableType:
        if self.size.height < BLOCK_ROWS:
            return super().render()  # type: ignore[return-value]  # Textual's type also names its own visuals
        return Text("\n".join(block_rows(self.value)), style=self.rich_style, justify="center")


def block_rows(value: str) -> list[str]:
    """The five rows of a time; every dot of the pattern is two cells wide, as a cell is half as wide as high."""
    figures = [BLOCKS[character] for character in value if character in BLOCKS]
    return ["  ".join("".join(dot * 2 for dot in figure[row]) for figure in figures) for row in range(BLOCK_ROWS)]
