"""A report: overview, guidelines with their moments, timeline, transcript. A moment plays with Enter."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import ContentSwitcher, Static

from listener.domain.span import Span, clock
from listener.errors import ListenerError
from listener.reports.summary import summarised
from listener.tui.widgets.floor_timeline import FloorTimeline
from listener.tui.widgets.moments import Play
from listener.tui.widgets.overview import Overview
from listener.tui.widgets.page import Page
from listener.tui.widgets.score_rows import ScoreRows
from listener.tui.widgets.transcript import Transcript

PANES = {"overview": "Overview", "guidelines": "Guidelines", "timeline": "Timeline", "transcript": "Transcript"}
PLAYER_CHECK_S = 0.25
GONE = "There is no report of this session. It can be made from the sessions list."


class ReportScreen(Page[None]):
    """The report of a stored session; its recording is at hand for every moment."""

    HEADING = "Report"
    HOW_TO = (
        "1 to 4 switch between the pages. On the guidelines, Enter goes from a row to its moments, and Enter on a "
        "moment plays it. A score is a hint to talk about, with the range in which it likely lies."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "show('overview')", "Pages", key_display="1-4"),
        Binding("2", "show('guidelines')", "Guidelines", show=False),
        Binding("3", "show('timeline')", "Timeline", show=False),
        Binding("4", "show('transcript')", "Transcript", show=False),
        Binding("space", "stop", "Stop playing", key_display="space", priority=True),
        Binding("escape", "back", "Back"),
    ]

    def __init__(self, session_id: str) -> None:
        super().__init__()
        self.session_id = session_id
        self._playing: Span | None = None

    def body(self) -> ComposeResult:
        try:
            report, words = self.studio.sessions.report(self.session_id), GONE
        except ListenerError as error:
            report, words = None, str(error)
        if report is None:
            yield Static(words, classes="column", markup=False)
            return
        summary = summarised(report, self.studio.titles)
        yield Static(id="tabs")
        with Vertical(id="report"), ContentSwitcher(initial="overview"):
            yield Overview(report, summary)
            yield ScoreRows(report, summary, self.studio.rubric)
            yield FloorTimeline(report, summary)
            yield Transcript(report, summary)
        yield Static(id="playing", markup=False)

    def on_mount(self) -> None:
        self.query("#playing").set(display=False)
        self.set_interval(PLAYER_CHECK_S, self._look_at_player)
        self.action_show("overview")

    def on_unmount(self) -> None:
        self._stop()

    async def finish(self, why: str) -> None:  # noqa: ARG002  # nothing is lost
        """Be quiet."""
        self._stop()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002  # as Textual
        """Stopping is offered only while something plays."""
        return self._playing is not None if action == "stop" else True

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

    def action_stop(self) -> None:
        """Stop the moment that plays."""
        self._stop()
        self._look_at_player()

    @on(Play)
    def _on_play(self, play: Play) -> None:
        try:
            self.studio.player.play(self.studio.sessions.folder(self.session_id).recording, play.span)
        except ListenerError as error:
            self._tell(f"! {error.message} {error.hint}")
            return
        self._playing = play.span
        self._tell(f"▶ playing {clock(play.span.start)}–{clock(play.span.end)} · space stops")
        self.refresh_bindings()

    def _stop(self) -> None:
        if self._playing is not None:
            self.studio.player.stop()

    def _look_at_player(self) -> None:
        if self._playing is not None and not self.studio.player.playing:
            self._playing = None
            self.query_one("#playing").display = False
            self.refresh_bindings()

    def _tell(self, words: str) -> None:
        told = self.query_one("#playing", Static)
        told.update(words)
        told.display = True
