"""A report: overview, guidelines with their moments, timeline, transcript. A moment plays with Enter."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import ContentSwitcher, Static

from listener.app.open_app import ReviewStart
from listener.domain.review import Reviewer
from listener.domain.span import Span
from listener.domain.speech import PartnerId
from listener.errors import ListenerError
from listener.reports.summary import summarised
from listener.tui.screens.review import ReviewScreen
from listener.tui.widgets.floor_timeline import FloorTimeline
from listener.tui.widgets.moments import Doubt
from listener.tui.widgets.overview import Overview
from listener.tui.widgets.playing_page import PlayingPage
from listener.tui.widgets.score_rows import ScoreRows
from listener.tui.widgets.transcript import Transcript

PANES = {"overview": "Overview", "guidelines": "Guidelines", "timeline": "Timeline", "transcript": "Transcript"}
GONE = "There is no report of this session. It can be made from the sessions list."


class ReportScreen(PlayingPage[None]):
    """The report of a stored session; its recording is at hand for every moment."""

    HEADING = "Report"
    HOW_TO = (
        "1 to 4 switch between the pages. On the guidelines, Enter goes from a row to its moments, and Enter on a "
        "moment plays it; c says that it is not right. r reviews all moments, so that the scores follow you and not "
        "the machine. A score is a hint to talk about, with the range in which it likely lies."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "show('overview')", "Pages", key_display="1-4"),
        Binding("2", "show('guidelines')", "Guidelines", show=False),
        Binding("3", "show('timeline')", "Timeline", show=False),
        Binding("4", "show('transcript')", "Transcript", show=False),
        Binding("r", "review", "Review"),
        Binding("escape", "back", "Back"),
    ]

    def __init__(self, session_id: str, review: ReviewStart | None = None) -> None:
        super().__init__(session_id)
        self._names: dict[PartnerId, str] = {}
        self._start = review

    def body(self) -> ComposeResult:
        try:
            report, words = self.studio.sessions.report(self.session_id), GONE
        except ListenerError as error:
            report, words = None, str(error)
        if report is None:
            yield Static(words, classes="column", markup=False)
            return
        summary = summarised(report, self.studio.titles)
        self._names = summary.names
        yield Static(id="tabs")
        with Vertical(id="report"), ContentSwitcher(initial="overview"):
            yield Overview(report, summary)
            yield ScoreRows(report, summary, self.studio.rubric)
            yield FloorTimeline(report, summary)
            yield Transcript(report, summary)
        yield from self.playing_line()

    def on_mount(self) -> None:
        self.action_show("overview")
        if self._start is not None and self._names:
            self._review(reviewer=self._start.reviewer)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a report there is nothing to review."""
        return bool(self._names) if action == "review" else super().check_action(action, parameters)

    def action_show(self, pane: str) -> None:
        """Switch to a page, with the keys on its list."""
        for switcher in self.query(ContentSwitcher):
            switcher.current = pane
            shown = switcher.query_one(f"#{pane}")
            target = next((widget for widget in shown.query("*") if widget.focusable), shown)
            target.focus()
        parts = [
            (f" {i} {title} ", "bold reverse" if name == pane else "$quiet")
            for i, (name, title) in enumerate(PANES.items(), 1)
        ]
        for tabs in self.query("#tabs").results(Static):
            tabs.update(Content("  ").join(Content.styled(*part) for part in parts))

    def action_back(self) -> None:
        self.app.pop_screen()

    def action_review(self) -> None:
        """Look at the moments one by one."""
        self._review()

    @on(Doubt)
    def _on_doubt(self, doubt: Doubt) -> None:
        self._review(doubt.span)

    def _review(self, at: Span | None = None, reviewer: Reviewer | None = None) -> None:
        self.action_stop()
        self.app.push_screen(ReviewScreen(self.session_id, self._names, reviewer, at), self._after_review)

    async def _after_review(self, make_again: bool | None) -> None:
        """Show the report as it is now, on the same page; or have it made again."""
        if make_again:
            from listener.tui.screens.analysing import AnalysingScreen  # noqa: PLC0415  # it opens this screen

            self.app.switch_screen(AnalysingScreen(self.session_id))
            return
        pane = next((switcher.current for switcher in self.query(ContentSwitcher)), None)
        await self.recompose()
        self.action_show(pane or "overview")
