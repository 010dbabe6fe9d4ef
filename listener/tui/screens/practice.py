"""The practice itself: a calm screen that two people share while they talk."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Footer
from textual.worker import WorkerError

from listener.app.practice_clock import PracticeClock
from listener.app.practising import Look, Practising, begin
from listener.domain.session import PauseKind
from listener.domain.span import MS_PER_MINUTE, Ms
from listener.errors import ListenerError
from listener.tui.plan import Plan
from listener.tui.practice_words import cue_words
from listener.tui.screens.check_out import CheckOutScreen
from listener.tui.screens.pause import PauseScreen
from listener.tui.widgets.confirm import Confirm
from listener.tui.widgets.page import Page, TopBar
from listener.tui.widgets.practice_board import CUE_LASTS_S, PracticeBoard

LOOK_EVERY_S = 0.25
STRIKE_MS: Ms = MS_PER_MINUTE
NOT_STRUCK_LASTS_S = 30
KEPT = "Everything recorded is kept. Listener offers to save it when you start it again."
NOT_STRUCK = (
    "The recording is over or has failed, so the last minute is still in it. To take it back, delete the whole session "
    "in the sessions list."
)
OWN_ACTIONS = {"next_phase", "pause", "strike", "details", "captions", "end", "check_out"}


class PracticeScreen(Page[None]):
    """Records from the moment it opens. `start` gives the practice that it shows; it may block."""

    HOW_TO = (
        "Talk to each other; the screen can wait. n goes on to the next part, p pauses, b is for a break when one of "
        "you is flooded, s takes the last minute off the record, e ends and saves."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "check_out", "To the check-out"),
        Binding("n", "next_phase", "Next"),
        Binding("p", "pause('pause')", "Pause"),
        Binding("b", "pause('break')", "Break"),
        Binding("s", "strike", "Strike"),
        Binding("d", "details", "Details"),
        Binding("c", "captions", "Captions"),
        Binding("e", "end", "End"),
        Binding("escape", "back", "Back"),
        Binding("q", "app.leave", "Quit", show=False),
        Binding("up", "scroll_words(-1)", show=False),
        Binding("down", "scroll_words(1)", show=False),
    ]

    def __init__(self, plan: Plan, start: Callable[[], Practising] | None = None) -> None:
        super().__init__()
        self.plan = plan
        self._start = start
        self.practising: Practising | None = None
        self._look: Look | None = None
        self._failure: ListenerError | None = None
        self._stopping = self._saved = False
        self._finishing = asyncio.Lock()

    def compose(self) -> ComposeResult:
        yield TopBar(self.plan.scenario.title)
        yield PracticeBoard(self.plan)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.set_class(self.studio.settings.dashboard, "-details")
        self.set_class(self.studio.settings.captions == "provisional", "-captions")
        self._starting = self._begin()

    @property
    def board(self) -> PracticeBoard:
        return self.query_one(PracticeBoard)

    @work(thread=True)
    def _begin(self) -> None:
        try:
            practising = self._start() if self._start else self._from_plan()
        except ListenerError as error:
            self.app.call_from_thread(self._failed, error)
            return
        self.app.call_from_thread(self._begun, practising)

    def _from_plan(self) -> Practising:
        clock = PracticeClock(self.plan.scenario, self.studio.settings.cue_minutes * MS_PER_MINUTE)
        live_input = self.plan.open_input(self.studio)
        return begin(self.studio, live_input, self.plan.session(live_input), clock, self.plan.enrolment)

    def _begun(self, practising: Practising) -> None:
        self.practising = practising
        self.plan.forget_voices()
        self.set_interval(LOOK_EVERY_S, self._tick)
        self._tick()

    def _failed(self, error: ListenerError) -> None:
        """Tell what is wrong: the recording could not begin, or could not be saved."""
        self._failure = error
        what = "not recording" if self.practising is None else "not saved yet"
        self.board.say_state(f"▲ {what}: {error.message}", alarm=True)
        self.board.cue(error.hint, None)
        self.refresh_bindings()

    def _tick(self) -> None:
        """Look, draw what has changed, give the cues that are due."""
        if self.practising is None or self._stopping:
            return
        before, look = self._look, self.practising.look()
        self._look = look
        self.board.show(look)
        for cue in look.cues:
            self._cue(cue_words(cue, self.plan.scenario.phases[cue.phase], self.plan.shown_names), cue.kind == "over")
        if before is None or (before.is_over, before.stage.index) != (look.is_over, look.stage.index):
            self.refresh_bindings()
            if look.is_over:
                self._cue("The recording has come to its end. Press Enter for the check-out.", stays=True)

    def _cue(self, words: str, stays: bool = False) -> None:
        self.board.cue(words, None if stays else CUE_LASTS_S)
        if self.studio.settings.bell:
            self.app.bell()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Offer only what can be done now."""
        if self._failure is not None:
            can_retry = action == "check_out" and self.practising is not None
            return action == "back" or action not in OWN_ACTIONS or can_retry
        if self._stopping:  # being saved
            return action not in OWN_ACTIONS | {"back"}
        over = self._look is not None and self._look.is_over
        if action in {"back", "check_out"}:
            return action == "check_out" and over
        if action in {"pause", "strike"} and over:
            return False
        is_last = self._look is not None and self._look.stage.is_last
        return not (action == "next_phase" and (over or is_last))

    def action_next_phase(self) -> None:
        """Go on to the next part before its time."""
        if self.practising is not None and self.practising.next_phase():
            self._tick()

    def action_pause(self, kind: PauseKind) -> None:
        """Store nothing until both are back."""
        if self.practising is None or self._look is None or self._look.status.state not in {"recording", "lost"}:
            return
        self.practising.pause(kind)
        self._tick()
        self.app.push_screen(PauseScreen(kind), self._after_pause)

    def _after_pause(self, go_on: bool | None) -> None:
        if self.practising is None:
            return
        if go_on is False:
            self.action_check_out()
        elif not self._stopping:
            self.practising.resume()
            self._tick()

    def action_strike(self) -> None:
        """Take the last minute before this key off the record, once both have agreed."""
        if self._look is None:
            return
        asked_at = self._look.status.recorded_ms

        def strike(agreed: bool | None) -> None:
            if agreed and self.practising is not None:
                since = self.practising.look().status.recorded_ms - asked_at
                if self.practising.strike_last(STRIKE_MS + since).duration_ms > 0:
                    self._cue("The last minute is off the record.")
                else:
                    self.notify(NOT_STRUCK, title="▲ NOT struck", severity="error", timeout=NOT_STRUCK_LASTS_S)

        detail = "It becomes silence in the recording and cannot be brought back. Recording goes on meanwhile."
        self.app.push_screen(Confirm("Strike the last minute?", detail, yes="Strike it", no="Keep it"), strike)

    def action_details(self) -> None:
        """Open or close the details."""
        self.toggle_class("-details")

    def action_scroll_words(self, by: int) -> None:
        """Move an instruction that is longer than its place."""
        self.query_one("#instruction").scroll_relative(y=by, animate=False)

    def action_captions(self) -> None:
        """Captions, provisional, or none."""
        self.toggle_class("-captions")
        if self.practising is not None:
            self.practising.set_captions(self.has_class("-captions"))

    def action_end(self) -> None:
        """End the practice, once both have agreed."""
        if self._look is not None and self._look.is_over:
            self.action_check_out()
            return
        detail = "The recording is saved. Then each of you answers a few questions."
        ending = Confirm("End the practice here?", detail, yes="End it", no="Go on talking")

        def end(agreed: bool | None) -> None:
            if agreed:
                self.action_check_out()

        self.app.push_screen(ending, end)

    def action_back(self) -> None:
        """Where the recording could not begin, to the choice of a microphone; where it could not be saved, home."""
        if self.practising is not None:
            self.app.notify(KEPT, timeout=12)
            self.app.pop_screen()
            return
        from listener.tui.screens.mic_check import MicCheckScreen  # noqa: PLC0415  it leads here

        self.app.switch_screen(MicCheckScreen(self.plan))

    @work
    async def action_check_out(self) -> None:
        """Save, then ask how it was; where it could not be saved, this tries again."""
        if self._stopping and self._failure is None:
            return
        self._failure = None
        try:
            await self.finish("the partners ended the practice")
        except ListenerError as error:
            self._failed(error)
            return
        if self.practising is not None and await self._is_uncovered():
            self.app.switch_screen(CheckOutScreen(self.practising.session_id, self.plan.shown_names))

    async def _is_uncovered(self) -> bool:
        """Leave whatever was opened above this screen, unanswered; False where this screen itself has been left."""
        while self in self.app.screen_stack and self.app.screen is not self:
            await self.app.screen.dismiss(None)
        return self.app.screen is self

    @property
    def leaving_question(self) -> str:
        """What to ask before the app quits."""
        runs = self.practising is not None and not self._stopping
        return "You are being recorded. Quit, and save what there is?" if runs else ""

    async def finish(self, why: str) -> None:
        """Stop and save; returns when everything is on the disk. Raises DiskFull where it cannot be finalised."""
        async with self._finishing:
            if not self._starting.is_finished:
                with suppress(WorkerError):  # told by the app itself
                    await self._starting.wait()
            self.plan.forget_voices()
            if self.practising is None or self._saved:
                return
            self._stopping = True
            self.refresh_bindings()
            self.board.say_state("■ saving the recording …")
            await asyncio.to_thread(self.practising.stop, why)
            self._saved = True
