"""Sessions as lines of a list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from textual.content import Content

from listener.app.sessions import SessionLine
from listener.domain.span import clock
from listener.domain.speech import PARTNERS
from listener.reports.wording import date, plain_text, title_of
from listener.tui.widgets.rows import QUIET, cut

STATES: Final = {"unfinished": "cut off", "recorded": "no report", "analysed": "report"}
DATE_CELLS, LENGTH_CELLS, STATE_CELLS = 18, 9, 14


def both_names(line: SessionLine) -> str:
    """The partners' names as far as they are known."""
    return ", ".join(line.names[partner] for partner in PARTNERS if line.names.get(partner))


def called(line: SessionLine, titles: Mapping[str, str]) -> str:
    """The session's own title, else that of what was practised."""
    return plain_text(line.title) or title_of(line.scenario, titles)


def session_row(line: SessionLine, titles: Mapping[str, str], cells: int) -> Content:
    """When, what, who, how long, and what there is of it; `cells` columns wide, names only where they fit."""
    length = clock(line.duration_ms) if line.duration_ms else ""
    rest = cells - DATE_CELLS - LENGTH_CELLS - STATE_CELLS
    title = called(line, titles)
    middle = cut(title, rest) if rest < 40 else cut(title, rest * 3 // 5) + cut(both_names(line), rest - rest * 3 // 5)
    return Content.assemble(
        (date(line.started_at).ljust(DATE_CELLS), QUIET),
        middle,
        length.rjust(LENGTH_CELLS - 2) + "  ",
        (STATES[line.state].ljust(STATE_CELLS), "" if line.state == "analysed" else QUIET),
    )


def short_row(line: SessionLine, titles: Mapping[str, str], cells: int) -> Content:
    """The same for a narrow list: day, title, state."""
    day = f"{datetime.fromisoformat(line.started_at):%d %b}  "
    state = STATES[line.state]
    title = cut(called(line, titles), max(8, cells - len(day) - len(state) - 1))
    return Content.assemble((day, QUIET), title, " ", (state, "" if line.state == "analysed" else QUIET))
