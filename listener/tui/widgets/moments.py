"""Moments of a conversation that can be heard again."""

from __future__ import annotations

from textual.content import Content
from textual.message import Message

from listener.domain.span import Span
from listener.reports.review_words import CORRECTED
from listener.reports.summary import Moment
from listener.tui.widgets.rows import QUIET, hanging

AT_CELLS = 8
"""Room for `1:02:09` and a space."""


class Play(Message):
    """Play this stretch of the recording."""

    def __init__(self, span: Span) -> None:
        super().__init__()
        self.span = span


class Doubt(Message):
    """What the machine made of this stretch is not right."""

    def __init__(self, span: Span) -> None:
        super().__init__()
        self.span = span


def at_column(at: str) -> str:
    """A clock time in its column."""
    return at.ljust(AT_CELLS)


def moment_line(moment: Moment, cells: int, corrected: str = "") -> Content:
    """Time, quote where there is one, why it counts, and who corrected it."""
    told = [Content(moment.quote)] if moment.quote else []
    mark = f"\n{CORRECTED}{corrected}" if corrected else ""
    lines = Content("\n").join([*told, Content.styled(f"{moment.reason}{mark}", QUIET)])
    return hanging(at_column(moment.at), lines, cells, QUIET)
