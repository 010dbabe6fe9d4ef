"""Lines of text in columns, and lists that are chosen from by keys: readable without colour."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.geometry import Size
from textual.strip import Strip
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

QUIET = "$quiet"
HERE, HERE_ELSEWHERE, NOT_HERE = "▸ ", "▹ ", "  "


def cut(text: str, cells: int) -> str:
    """The text in exactly `cells` columns, with an ellipsis where it is cut."""
    if cell_len(text) <= cells:
        return set_cell_size(text, cells)
    return set_cell_size(set_cell_size(text, cells - 1).rstrip() + "…", cells)


def hanging(left: str, text: Content, cells: int, left_style: str = "") -> Content:
    """`left`, then the text wrapped beside it, `cells` columns wide in all."""
    indent = cell_len(left)
    lines = text.wrap(max(8, cells - indent))
    beside = Content("\n" + " " * indent).join(line.rstrip() for line in lines)
    return Content.assemble((left, left_style), beside)


def heading(title: str, apart: bool = False) -> Option:
    """A title between the options of a list, which cannot be chosen; `apart` leaves a line above it."""
    return Option(Content.assemble("\n" if apart else "", (title, "bold $foreground")), disabled=True)


class Choices(OptionList):
    """A list where a mark shows what is highlighted: ▸ with the keys on it, ▹ while they are elsewhere."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Choose"),
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
    ]

    @property
    def text_width(self) -> int:
        """Columns that an option's text has."""
        return max(20, self.scrollable_content_region.width - self._get_left_gutter_width())

    def replace(self, options: Iterable[Option | None]) -> None:
        """Show these options; the highlight stays on the same id, else it goes to the first that can be chosen."""
        kept = self.highlighted_option.id if self.highlighted_option else None
        self.set_options(options)
        found = [i for i, option in enumerate(self.options) if option.id is not None and option.id == kept]
        able = [i for i, option in enumerate(self.options) if not option.disabled]
        self.highlighted = next(iter(found or able), None)

    def _get_left_gutter_width(self) -> int:
        return len(NOT_HERE)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Height of all options at this width; the marks take their part of it."""
        return super().get_content_height(container, viewport, width - self._get_left_gutter_width())

    def render_line(self, y: int) -> Strip:
        """The line with its mark."""
        line = super().render_line(y)
        number = self.scroll_offset.y + y
        try:
            index, offset = self._lines[number]
        except IndexError:
            return line
        mark = NOT_HERE
        if index == self.highlighted and offset == 0:
            mark = HERE if self.has_focus else HERE_ELSEWHERE
        first = next(iter(line), None)
        style = first.style if first and first.style else self.rich_style
        return Strip([Segment(mark, style), *line])


class Moments(Choices):
    """Moments of a recording; Enter plays one."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", "Play")]


class Point(Horizontal):
    """A mark and a text that wraps beside it."""

    DEFAULT_CSS = """
    Point { height: auto; }
    Point > .mark { width: 2; }
    Point > .text { width: 1fr; }
    """

    def __init__(self, mark: str, text: str, classes: str = "") -> None:
        super().__init__(classes=classes)
        self._mark, self._text = mark, text

    def compose(self) -> ComposeResult:
        yield Static(self._mark, classes="mark", markup=False)
        yield Static(self._text, classes="text", markup=False)
