"""A look inside before it starts: calm, time, privacy. A no is as good an answer as a yes."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Grid, Horizontal, Vertical
from textual.widgets import Button, Static

from listener.domain.span import MS_PER_MINUTE
from listener.domain.speech import PARTNERS
from listener.tui.screens.mic_check import MicCheckScreen
from listener.tui.widgets.flow_page import FlowPage
from listener.tui.widgets.yes_no import YesNo

ADVICE = {
    "calm": "When feelings run high, listening is out of reach for anyone. About twenty minutes apart, with something "
    "that soothes you, do more than a talk would now.",
    "time": "A talk that has to be cut short can leave more open than it settles. Choose a moment that can have an end "
    "of its own; the daily ritual takes six minutes.",
    "private": "It is hard to be open where somebody may overhear. Another room or another hour will make it easier.",
}
LATER = "Nothing has been recorded. Your practice waits until it suits both of you."


class ReadinessScreen(FlowPage):
    """Three questions to both; after a no it advises to come back later, and leaves it to the couple."""

    STEP = 2
    HOW_TO = "Each of you answers for yourself with y or n. After a no you may come back later, or go on."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l", "later", "Come back later"),
        Binding("up,left", "app.focus_previous", show=False),
        Binding("down,right", "app.focus_next", show=False),
    ]

    def column(self) -> ComposeResult:
        minutes = round(self.plan.scenario.duration_ms / MS_PER_MINUTE)
        texts = {
            "calm": "Are you calm enough?",
            "time": f"Is there time? ({minutes} minutes)",
            "private": "Is it private enough here?",
        }
        yield Static("Is this a good moment? A no is as good an answer as a yes.", classes="lead")
        with Grid(id="readiness"):
            yield Static()
            for partner in PARTNERS:
                yield Static(self.name_of(partner), classes=f"partner-{partner.lower()}", markup=False)
            for question, text in texts.items():
                yield Static(text, markup=False)
                for partner in PARTNERS:
                    yield YesNo(question, partner)
        with Vertical(id="advice"):
            yield Static(id="advice-text", markup=False)
        with Horizontal(classes="actions"):
            yield Button("Continue", id="go-on", variant="primary")
            yield Button("Come back later (l)", id="later")

    def on_mount(self) -> None:
        self.query(YesNo).first().focus()
        self._show()

    @on(YesNo.Answered)
    def _answered(self) -> None:
        self._show()
        if all(cell.answer is not None for cell in self.query(YesNo)):
            ready = all(cell.answer for cell in self.query(YesNo))
            self.query_one("#go-on" if ready else "#later").focus()

    def _show(self) -> None:
        noes = [question for question in ADVICE if self._answer(question) is False]
        for question in ADVICE:
            answer = self._answer(question)
            if answer is not None:
                self.plan.readiness[question] = answer
        advice = self.query_one("#advice", Vertical)
        advice.set_class(bool(noes), "-against")
        self.query_one("#advice-text", Static).update(self._words(noes))
        self.query_one("#go-on", Button).label = "Go on anyway" if noes else "Continue"
        self.query_one("#go-on", Button).variant = "default" if noes else "primary"
        self.query_one("#later", Button).variant = "primary" if noes else "default"

    def _answer(self, question: str) -> bool | None:
        """The answer of both: no as soon as one says no, yes when both do, None while open."""
        answers = [cell.answer for cell in self.query(YesNo) if cell.question == question]
        return False if False in answers else None if None in answers else True

    def _words(self, noes: list[str]) -> str:
        if noes:
            why = "\n".join(ADVICE[question] for question in noes)
            return f"Perhaps this is not the moment, and it is good that you noticed.\n{why}"
        if all(cell.answer for cell in self.query(YesNo)):
            return "A good moment, then. Put the phones away and turn towards each other."
        return ""

    @on(Button.Pressed, "#go-on")
    def action_go_on(self) -> None:
        left = [cell for cell in self.query(YesNo) if cell.answer is None]
        if left:
            left[0].focus()
            self.notify("One answer is open." if len(left) == 1 else f"{len(left)} answers are open.", timeout=4)
            return
        self.app.push_screen(MicCheckScreen(self.plan))

    @on(Button.Pressed, "#later")
    def action_later(self) -> None:
        """Back to where the practice was chosen, with nothing recorded."""
        self.app.notify(LATER, timeout=8)
        self.leave_flow()
