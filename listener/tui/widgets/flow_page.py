"""The frame of the steps that lead to a practice: where one is, one calm column, keys to go on and back."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Footer

from listener.domain.speech import PartnerId
from listener.tui.plan import Plan
from listener.tui.widgets.page import Page, TopBar

STEPS = 4
"""Partners, readiness, microphone, voices; the practice itself is not counted."""


class FlowPage(Page[None]):
    """A step of the plan; subclasses give `STEP`, `column` and `action_go_on`."""

    STEP: ClassVar[int] = 0
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+n", "go_on", "Continue"),
        Binding("escape", "back", "Back"),
    ]

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.plan = plan

    def compose(self) -> ComposeResult:
        yield TopBar(f"{self.plan.scenario.title} · step {self.STEP} of {STEPS}")
        with VerticalScroll(classes="flow", can_focus=False):
            yield from self.column()
        yield Footer(show_command_palette=False)

    def column(self) -> ComposeResult:
        """The widgets of this step, from the top."""
        yield from ()

    def name_of(self, partner: PartnerId) -> str:
        """The partner's name as shown."""
        return self.plan.shown_names[partner]

    def action_go_on(self) -> None:
        """On to the next step, or say what is missing."""

    def action_back(self) -> None:
        """To the step before; what was chosen stays."""
        self.app.pop_screen()

    def leave_flow(self) -> None:
        """Back to where the practice was chosen; nothing is kept."""
        self.plan.forget_voices()
        while isinstance(self.app.screen, FlowPage):
            self.app.pop_screen()

    def leave_flow_for(self, screen: Screen[None]) -> None:
        """Put `screen` in the place of all steps, so that its way back leads past them."""
        while isinstance(self.app.screen, FlowPage) and isinstance(self.app.screen_stack[-2], FlowPage):
            self.app.pop_screen()
        self.app.switch_screen(screen)
