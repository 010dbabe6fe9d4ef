"""A page of fixed width for a terminal, and the pieces that text is laid out in."""

from __future__ import annotations

from collections.abc import Iterable
from io import StringIO

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

ROOMY = 72
"""Width from which names, bars and figures get their full room."""
QUIET = "dim"


class Page:
    """Collects what is printed; nothing depends on the environment or on a real terminal."""

    def __init__(self, width: int, colour: bool) -> None:
        self.width = width
        self.roomy = width >= ROOMY
        self._out = StringIO()
        self._console = Console(
            file=self._out,
            width=width,
            height=100,
            force_terminal=colour,
            color_system="standard" if colour else None,
            no_color=not colour,
            legacy_windows=False,
            force_jupyter=False,
            markup=False,
            emoji=False,
            highlight=False,
            _environ={},
        )

    def put(self, item: RenderableType, indent: int = 2) -> None:
        self._console.print(Padding(item, (0, 0, 0, indent), expand=False))

    def space(self) -> None:
        self._console.print()

    def heading(self, title: str) -> None:
        self.space()
        self._console.print(Rule(Text(title, style="bold"), align="left", style=QUIET, characters="─"))

    def finished(self) -> str:
        lines = (line.rstrip() for line in self._out.getvalue().splitlines())
        return "\n".join(lines).strip("\n") + "\n"


def text(plain: str, style: str = "") -> Text:
    """Text that wraps between words, and within a word only where that is longer than a line."""
    return Text(plain, style=style, overflow="fold")


def fitted(plain: str, cells: int, style: str = "") -> Text:
    """The text in exactly `cells` columns, with an ellipsis where it is cut."""
    cut = Text(plain, style=style)
    cut.truncate(cells, overflow="ellipsis", pad=True)
    return cut


def flowing(items: Iterable[str], between: str, width: int) -> Text:
    """The items one after the other, each kept on one line as long as it fits on any."""
    lines: list[str] = []
    for item in items:
        if lines and cell_len(lines[-1] + between + item) <= width:
            lines[-1] += between + item
        else:
            lines.append(item)
    return text("\n".join(lines), QUIET)


def hanging(rows: Iterable[tuple[Text, Text]]) -> Table:
    """A narrow left column and text that wraps beside it."""
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for left, right in rows:
        table.add_row(left, right)
    return table
