"""A step that listens to an input without recording it, and lets go of it before the next step opens it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from threading import Lock

from textual import work
from textual.worker import Worker, get_current_worker

from listener.app.monitor import Monitor
from listener.errors import ListenerError
from listener.tui.plan import Plan
from listener.tui.widgets.flow_page import FlowPage

LOOK_EVERY_S = 0.1


class ListeningPage(FlowPage):
    """`listen` opens the plan's input in a thread; `heard` or `not_heard` follows, then `tick` ten times a second."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        self.monitor: Monitor | None = None
        self._device = Lock()

    def on_mount(self) -> None:
        self.set_interval(LOOK_EVERY_S, self._look)

    def heard(self) -> None:
        """The input is open."""

    def not_heard(self, error: ListenerError) -> None:
        """The input could not be opened."""

    def tick(self, monitor: Monitor) -> None:
        """Draw what is heard."""

    @work(thread=True, exclusive=True, group="listen")
    def listen(self) -> None:
        """Open the plan's input in place of the one that was open."""
        worker = get_current_worker()
        with self._device:
            self._stop()
            if worker.is_cancelled:
                return
            try:
                monitor = Monitor(self.plan.open_input(self.studio))
                monitor.start()
            except ListenerError as error:
                self.call_later(self._told, worker, partial(self.not_heard, error))
                return
            self.monitor = monitor
        self.call_later(self._told, worker, self.heard)

    def _told(self, worker: Worker[None], then: Callable[[], object]) -> None:
        """In the page's own turn, so neither before it is drawn nor after it is left: what follows from listening."""
        if not worker.is_cancelled and self.is_attached:
            then()

    async def let_go(self) -> None:
        """Close the input; the next step may open it."""
        self.workers.cancel_group(self, "listen")
        await asyncio.to_thread(self._close)

    async def finish(self, why: str) -> None:  # noqa: ARG002  # nothing is kept of what was heard here
        """Close the input before the program ends."""
        await self.let_go()
        self.plan.forget_voices()

    def action_back(self) -> None:
        self._leave()

    @work
    async def _leave(self) -> None:
        await self.let_go()
        self.app.pop_screen()

    def _look(self) -> None:
        if self.monitor is not None and self.is_current:
            self.tick(self.monitor)

    def _close(self) -> None:
        with self._device:
            self._stop()

    def _stop(self) -> None:
        monitor, self.monitor = self.monitor, None
        if monitor is not None:
            monitor.stop()
