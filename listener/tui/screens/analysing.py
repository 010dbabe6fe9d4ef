"""The report is being made: stages, how far, how long still; what is done is kept when it is cancelled."""

from __future__ import annotations

import time
from asyncio import to_thread
from collections.abc import Callable
from functools import partial
from threading import Event
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import ScreenResume
from textual.widgets import Static

from listener.app.final import Cancelled
from listener.app.time_left import JobClock, rough
from listener.errors import ListenerError
from listener.tui.screens.promises import PromisesScreen
from listener.tui.screens.report import ReportScreen
from listener.tui.widgets.page import Page
from listener.tui.widgets.rows import QUIET

REDRAW_S = 0.25
BAR_CELLS, STAGE_CELLS = 20, 26
TITLE = "Making your report"
TOLD = (
    "It usually takes less time than you talked. esc stops it for now: what is done is kept, and it goes on from the "
    "sessions list."
)
STOPPING = "Stopping at the next step …"
FAILED = "The report could not be made"
KEPT = "The recording is kept."


class AnalysingScreen(Page[None]):
    """Runs the final analysis of a session, then gives way to its report."""

    HEADING = "Analysis"
    HOW_TO = f"{TITLE}. {TOLD} Nothing leaves this machine."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Stop for now"),
        Binding("r", "again", "Try again"),
        Binding("escape", "back", "Back"),
    ]

    def __init__(self, session_id: str, seconds: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self.session_id = session_id
        self._seconds = seconds
        self._job = JobClock()
        self._cancel, self._over = Event(), Event()
        self._failed = self._leaving = False
        self._then: Callable[[], object] | None = None

    def body(self) -> ComposeResult:
        with Vertical(classes="column", id="analysing"):
            yield Static(TITLE, id="analysing-title", classes="title", markup=False)
            yield Static(id="stages")
            yield Static(TOLD, id="analysing-told", classes="quiet", markup=False)

    def on_mount(self) -> None:
        self.set_interval(REDRAW_S, self._draw)
        self._start()

    def on_unmount(self) -> None:
        """Nobody waits for the report any more."""
        self._leaving = True
        self._cancel.set()

    async def finish(self, why: str) -> None:  # noqa: ARG002  # an analysis that is cut off needs no reason
        """Cancel and wait for the analysis to have put away what it found."""
        self._leaving = True
        self._cancel.set()
        await to_thread(self._over.wait)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002  # as Textual
        """After a failure one goes back or tries again; until then one can stop."""
        return {"again": self._failed, "back": self._failed, "cancel": not self._failed}.get(action, True)

    def action_back(self) -> None:
        self.app.pop_screen()

    def action_cancel(self) -> None:
        """Stop at the next step."""
        self._cancel.set()
        self.query_one("#analysing-told", Static).update(STOPPING)

    def action_again(self) -> None:
        self._failed = False
        self._job = JobClock()
        self.query_one("#stages", Static).display = True
        self.query_one("#analysing-title", Static).update(TITLE)
        self.query_one("#analysing-told", Static).update(TOLD)
        self._start()

    def _start(self) -> None:
        if self._leaving:  # asked to finish before it was drawn: there is nothing to wait for
            self._over.set()
            return
        self._cancel.clear()
        self._over.clear()
        self.refresh_bindings()
        self._run()

    @work(thread=True)
    def _run(self) -> None:
        try:
            self.studio.final(self.session_id).run(self._progress, self._cancel.is_set)
        except Cancelled:
            self._next(self._on_cancelled)
        except ListenerError as error:
            self._next(partial(self._on_failure, error))
        else:
            self._next(self._on_done)
        finally:
            self._over.set()

    def _next(self, then: Callable[[], object]) -> None:
        """From the thread: what follows, once this screen is the uppermost."""
        self._then = then
        if not self._leaving:
            self.call_later(self._go_on)

    @on(ScreenResume)
    def _go_on(self) -> None:
        then = self._then
        if then is not None and self.is_active:  # `is_current` is true below a dialog too
            self._then = None
            then()

    def _progress(self, stage: str, done: float) -> None:
        self._job.told(stage, done, self._seconds())

    def _on_cancelled(self) -> None:
        self.notify("The analysis was stopped. It goes on from the sessions list.")
        self.app.pop_screen()

    def _on_failure(self, error: ListenerError) -> None:
        self._failed = True
        self.query_one("#analysing-title", Static).update(FAILED)
        kept = f"\n\n{KEPT}" if self._is_kept() else ""
        self.query_one("#analysing-told", Static).update(f"{error.message}\n{error.hint}{kept}")
        self.query_one("#stages", Static).display = False
        self.refresh_bindings()

    def _is_kept(self) -> bool:
        try:
            return self.studio.sessions.folder(self.session_id).recording.exists()
        except ListenerError:
            return False

    def _on_done(self) -> None:
        self.app.switch_screen(ReportScreen(self.session_id))
        if any(entry.promise.state == "found" for entry in self.studio.promises.of_session(self.session_id)):
            self.app.push_screen(PromisesScreen(self.session_id))

    def _draw(self) -> None:
        if self._failed:
            return
        left_s = self._job.left_s(self._seconds())
        lines = []
        for stage in tuple(self._job.stages):
            name = stage.name.ljust(STAGE_CELLS)
            if stage.done >= 1.0:
                lines.append(Content.assemble(("✓ ", "bold"), name, ("done", QUIET)))
                continue
            cells = round(stage.done * BAR_CELLS)
            bar = "█" * cells + "·" * (BAR_CELLS - cells)
            left = f"  {rough(left_s)} left" if left_s is not None else ""
            percent = f" {stage.done:>4.0%}"
            lines.append(Content.assemble(("▸ ", "bold"), name, (bar, "$primary"), percent, (left, QUIET)))
        self.query_one("#stages", Static).update(Content("\n").join(lines))
