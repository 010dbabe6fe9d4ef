"""How scores went over the sessions, for each guideline and partner."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import ScreenResume
from textual.widgets import Static

from listener.app.practice_days import practice_days
from listener.app.progress_rows import MOST_POINTS, NOT_COMPARABLE, ProgressGroup, ProgressRow, progress_groups
from listener.app.promise_ledger import KeptRow
from listener.app.promise_words import kept_told
from listener.errors import ListenerError
from listener.reports.wording import plain_text
from listener.tui.screens.promises import PromisesScreen
from listener.tui.widgets.overview import COLOURS
from listener.tui.widgets.page import Page
from listener.tui.widgets.rows import QUIET, cut

NONE = "Nothing to follow yet.\n\nProgress shows once a session has a report with scores."
ONE = "One session so far; from the second on you see what changed."
EXPLAINED = (
    "One column a session, higher is better; the numbers are out of 100 with their likely range. A change is named "
    "only where the likely ranges of the first and the latest session do not meet: smaller ones may be chance."
)
WAIT = "Reading your reports …"
NAME_CELLS = 12
PROMISES = "keep-promises"


class ProgressScreen(Page[None]):
    """Scrolls by the arrow keys."""

    HEADING = "Progress"
    HOW_TO = f"{EXPLAINED} Scores are for practice: do not hold them against each other."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "promises", "Promises"),
        Binding("escape", "app.pop_screen", "Back"),
    ]

    def body(self) -> ComposeResult:
        with VerticalScroll(classes="wide-column", id="progress"):
            yield Static("Over your sessions", classes="title", markup=False)
            yield Static(WAIT, id="progress-told", classes="quiet", markup=False)
            yield Static(id="progress-rows")

    @on(ScreenResume)
    def _look_again(self) -> None:
        self.query_one("#progress").focus()
        self._read()

    def action_promises(self) -> None:
        self.app.push_screen(PromisesScreen())

    @work(thread=True, exclusive=True)
    def _read(self) -> None:
        """A report a session is read; many of them take a moment."""
        try:
            points, unreadable = self.studio.sessions.progress()
        except ListenerError as error:
            self.call_later(self._show, f"{error.message} {error.hint}", [])
            return
        groups = progress_groups(points, self.studio.rubric)
        count = len({point.session_id for point in points})
        told = EXPLAINED if count > 1 else ONE if count else NONE
        days = practice_days(self.studio.sessions.all(), self.studio.now().date()).told
        lines = [Content(""), Content(days)] if days else []
        lines += [Content(plain_text(f"! {name}: {error.message} {error.hint}")) for name, error in unreadable]
        lines += _lines(groups, self.studio.promises.kept(), self.studio.titles[PROMISES])
        self.call_later(self._show, told, lines)

    def _show(self, told: str, lines: list[Content]) -> None:
        self.query_one("#progress-told", Static).update(told)
        self.query_one("#progress-rows", Static).update(Content("\n").join(lines))


def _lines(groups: tuple[ProgressGroup, ...], kept: tuple[KeptRow, ...], promises_title: str) -> list[Content]:
    """The groups with their rows; what became of promises stands with the guideline that is about them."""
    lines: list[Content] = []
    about_kept = [_kept_line(row) for row in kept]
    for group in groups:
        lines += [Content(""), Content.styled(group.title, "bold"), *(_line(row) for row in group.rows)]
        if group.title == promises_title:
            lines += about_kept
            about_kept = []
    return [*lines, Content(""), Content.styled(promises_title, "bold"), *about_kept] if about_kept else lines


def _kept_line(row: KeptRow) -> Content:
    return Content.assemble("  ", (cut(row.name, NAME_CELLS), COLOURS[row.who]), "promises: ", kept_told(row))


def _line(row: ProgressRow) -> Content:
    first, latest = row.first, row.latest
    before = f"{first.score:>3} →" if len(row.points) > 1 else " " * 5
    numbers = f"{before} {latest.score:>3} ({latest.low}–{latest.high})".ljust(18)
    return Content.assemble(
        "  ",
        (cut(latest.name, NAME_CELLS), COLOURS[row.who]),
        (row.line.ljust(MOST_POINTS), COLOURS[row.who]),
        " ",
        numbers,
        " ",
        (row.change.removeprefix(NOT_COMPARABLE), QUIET if row.change.startswith(("no", "first")) else "bold"),
    )
