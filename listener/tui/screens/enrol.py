"""One sentence of each partner, so that one microphone can tell the voices apart."""

from __future__ import annotations

import asyncio
from typing import ClassVar, Literal

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.events import ScreenResume
from textual.widgets import Button, Static

from listener.app.monitor import Monitor
from listener.domain.span import Ms, Span
from listener.domain.speech import PARTNERS, PartnerId, other
from listener.errors import ListenerError
from listener.tui.plan import Plan
from listener.tui.practice_words import show
from listener.tui.screens.practice import PracticeScreen
from listener.tui.widgets.level_meter import LevelMeter
from listener.tui.widgets.listening_page import ListeningPage

SENTENCES: dict[PartnerId, str] = {
    "A": "“When I come home in the evening I like to sit down for a moment, tell you about my day, and hear how yours "
    "has been before we start to cook.”",
    "B": "“On a free morning I would open the window, make a pot of tea, and talk with you about the places that we "
    "still want to see together.”",
}
LONGEST_MS: Ms = 20_000
EXAMPLE_VOICE = (
    "The example brings a recorded sentence of each of its voices, so there is nothing to read. This is what you "
    "would do with a microphone: read the sentence aloud, listen to it, go on."
)
FILE_VOICE = (
    "A recording plays in place of a microphone, so nobody can read a sentence into it. The two voices are told apart "
    "by sound alone; A is whoever speaks first."
)
TWO_MICS = "With a microphone each you are told apart by the microphones, so this sentence may be skipped."
SKIPPING = "If you skip it, the two voices are told apart by sound alone, which goes wrong more often."

State = Literal["waiting", "taking", "taken", "given"]


class EnrolScreen(ListeningPage):
    """Reads, listens, goes on: A first, then B, then the practice begins."""

    STEP = 4
    HOW_TO = (
        "Press Space, read the sentence aloud as you usually speak, and press Space again. l plays it back, Space "
        "takes it anew. It is used to tell the two voices apart, and is stored with this session only."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "take", "Start or stop"),
        Binding("l", "play", "Listen to it"),
        Binding("k", "skip", "Skip"),
    ]

    def __init__(self, plan: Plan, partner: PartnerId) -> None:
        super().__init__(plan)
        self.partner: PartnerId = partner
        self._state: State = "waiting"
        self._shown: State | None = None
        self._taken_ms: Ms = 0

    @property
    def _plays(self) -> bool:
        """Whether the input plays by itself, so that nobody can read into it."""
        return self.plan.input is not None and self.plan.input.kind != "microphone"

    def column(self) -> ComposeResult:
        name = self.name_of(self.partner)
        yield Static(f"{name}, your voice", classes=f"lead partner-{self.partner.lower()}", markup=False)
        if self._plays:
            is_example = self.plan.input is not None and self.plan.input.kind == "example"
            yield Static(EXAMPLE_VOICE if is_example else FILE_VOICE, id="told", markup=False)
        else:
            yield Static("Read this aloud, as you usually speak:", classes="quiet", markup=False)
        yield Static(SENTENCES[self.partner], id="sentence", markup=False)
        if not self._plays:
            yield LevelMeter("Microphone")
        yield Static(id="take", markup=False)
        yield Static(id="problem", markup=False)
        if not self._plays:
            two = self.plan.mics == "two"
            yield Static(TWO_MICS if two else SKIPPING, classes="quiet", markup=False)
        with Horizontal(classes="actions"):
            yield Button("Continue", id="go-on", variant="primary")

    def on_mount(self) -> None:
        super().on_mount()
        if self.plan.input is not None and self.plan.input.kind == "example":
            self.plan.enrolment[self.partner] = self.studio.example_enrolment()[self.partner]
        self._state = "given" if self._plays else "taken" if self.partner in self.plan.enrolment else "waiting"
        self._show()
        if self._plays:
            self.query_one("#go-on").focus()

    @on(ScreenResume)
    def _resumed(self) -> None:
        if not self._plays and self.monitor is None:
            self.listen()

    def not_heard(self, error: ListenerError) -> None:
        self._problem(error)

    def tick(self, monitor: Monitor) -> None:
        channel = PARTNERS.index(self.partner) if self.plan.mics == "two" else 0
        level = monitor.levels[min(channel, len(monitor.levels) - 1)]
        self.query_one(LevelMeter).show(level.rms_db, level.peak_db, level.clipped)
        if monitor.message:
            show(self.query_one("#problem", Static), f"▲ {monitor.message}")
        if self._state == "waiting":
            self._show()
        if self._state == "taking":
            self._taken_ms = monitor.take_ms
            self._show()
            if self._taken_ms >= LONGEST_MS:
                self.action_take()

    def _show(self) -> None:
        seconds = f"{self._taken_ms / 1000:.0f} s"
        words = {
            "waiting": "○ Press Space, then read." if self.monitor else "· Opening the microphone …",
            "taking": f"● Listening to you: {seconds}. Press Space at the end.",
            "taken": "✓ Taken. l plays it back, Space takes it anew, Enter goes on.",
            "given": "✓ Nothing to do here. Enter goes on.",
        }
        show(self.query_one("#take", Static), words[self._state])
        if self._state != self._shown:
            self._shown = self._state
            self.query_one("#take").set_class(self._state == "taking", "-taking")
            self.refresh_bindings()

    def _problem(self, error: ListenerError) -> None:
        show(self.query_one("#problem", Static), f"▲ {error}")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002  # as Textual
        """Offer only what there is to do."""
        if self._plays and action in {"take", "skip", "play"}:
            return False
        return self._state == "taken" if action == "play" else True

    @work(exclusive=True, group="take")
    async def action_take(self) -> None:
        """Begin to listen, or end and keep what was read."""
        monitor = self.monitor
        if monitor is None or self._plays:
            return
        show(self.query_one("#problem", Static), "")
        if self._state != "taking":
            self.plan.enrolment.pop(self.partner, None)
            self._state, self._taken_ms = "taking", 0
            monitor.start_take()
        else:
            path = self.plan.voice_path(self.partner)
            try:
                await asyncio.to_thread(monitor.finish_take, path)
            except ListenerError as error:
                self._state = "waiting"
                self._problem(error)
            else:
                self.plan.enrolment[self.partner] = path
                self._state = "taken"
                self.query_one("#go-on").focus()
        self._show()

    @work(exclusive=True, group="play")
    async def action_play(self) -> None:
        """Play the sentence back."""
        path = self.plan.enrolment.get(self.partner)
        if path is None:
            return
        try:
            await asyncio.to_thread(self.studio.player.play, path, Span(0, LONGEST_MS))
        except ListenerError as error:
            self._problem(error)

    def action_skip(self) -> None:
        """Go on without a sentence of this partner."""
        self.plan.enrolment.pop(self.partner, None)
        self._on()

    @on(Button.Pressed, "#go-on")
    def action_go_on(self) -> None:
        if self._state == "taking":
            self.action_take()
        elif self._state == "waiting":
            self.notify("Read the sentence first, or skip it with k.", timeout=4)
        else:
            self._on()

    @work(exclusive=True, group="go-on")
    async def _on(self) -> None:
        await asyncio.to_thread(self.studio.player.stop)
        await self.let_go()
        if self.partner == PARTNERS[0]:
            self.app.push_screen(EnrolScreen(self.plan, other(self.partner)))
        else:
            self.leave_flow_for(PracticeScreen(self.plan))
