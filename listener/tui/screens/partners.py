"""Who practises, and whether both agree to be recorded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, Static

from listener.app.example import EXAMPLE_NAMES
from listener.app.practice_clock import addressed
from listener.domain.span import MS_PER_MINUTE
from listener.domain.speech import PARTNERS, PartnerId
from listener.tui.plan import Plan
from listener.tui.screens.readiness import ReadinessScreen
from listener.tui.widgets.consent_box import ConsentBox
from listener.tui.widgets.flow_page import FlowPage

LONGEST_NAME = 20

NOBODY = {*EXAMPLE_NAMES.values(), *Plan.UNNAMED.values()}
"""Names that no couple has chosen."""

PROMISE = (
    "The recording stays on this computer. While you practise either of you can pause, strike the last minute "
    "from the record, or end; afterwards you can delete all of it."
)


class PartnersScreen(FlowPage):
    """Names and consent; goes on only when both agree."""

    STEP = 1
    HOW_TO = "Type your names, then each of you agrees with a key of your own: a and b, or Space on the box."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "consent('A')", "A agrees"),
        Binding("b", "consent('B')", "B agrees"),
        Binding("ctrl+t", "swap", "Swap A and B"),
    ]

    def column(self) -> ComposeResult:
        yield Static(self.plan.scenario.summary, classes="lead", markup=False)
        yield Static(classes="quiet", id="outline", markup=False)
        with Horizontal(id="partners"):
            for partner in PARTNERS:
                with Vertical(classes="partner"):
                    yield Static(f"Partner {partner}", classes=f"partner-{partner.lower()}", markup=False)
                    yield Input(
                        self.plan.names.get(partner, ""),
                        placeholder="first name or nickname",
                        max_length=LONGEST_NAME,
                        id=f"name-{partner}",
                    )
                    yield ConsentBox(partner, partner in self.plan.consent)
        yield Static(PROMISE, classes="quiet", markup=False)
        with Horizontal(classes="actions"):
            yield Button("Continue", id="go-on", variant="primary")
            yield Static(id="missing", markup=False)

    def on_mount(self) -> None:
        if not self.plan.names:
            for partner, name in self._remembered().items():
                self.query_one(f"#name-{partner}", Input).value = self.plan.names[partner] = name
        self._show()
        named = all(self.plan.names.get(partner) for partner in PARTNERS)
        self.query_one("#consent-A" if named else "#name-A").focus()

    def _remembered(self) -> Mapping[PartnerId, str]:
        """The names of the settings, else of the latest session; the example's people have names of their own."""
        if self.plan.input is not None and self.plan.input.kind == "example":
            return EXAMPLE_NAMES
        if self.studio.settings.names:
            return self.studio.settings.names
        latest = self.studio.sessions.all()[:1]
        return {p: name for line in latest for p, name in line.names.items() if name not in NOBODY}

    @on(Input.Changed)
    def _named(self, change: Input.Changed) -> None:
        self.plan.names["A" if change.input.id == "name-A" else "B"] = change.value.strip()
        self._show()

    @on(Input.Submitted)
    def _to_the_next_field(self) -> None:
        self.focus_next()

    @on(ConsentBox.Changed)
    def _agreed(self, change: ConsentBox.Changed) -> None:
        (self.plan.consent.add if change.agreed else self.plan.consent.discard)(change.partner)
        self._show()
        if len(self.plan.consent) == len(PARTNERS):
            self.query_one("#go-on").focus()

    def action_back(self) -> None:
        self.leave_flow()

    def action_consent(self, partner: PartnerId) -> None:
        """The partner agrees, or takes it back."""
        self.query_one(f"#consent-{partner}", ConsentBox).action_tick()

    def action_swap(self) -> None:
        """The other one begins; who has agreed is asked anew, as the boxes belong to persons."""
        first, second = (self.query_one(f"#name-{partner}", Input) for partner in PARTNERS)
        first.value, second.value = second.value, first.value
        for partner in PARTNERS:
            self.query_one(f"#consent-{partner}", ConsentBox).set(False)

    @on(Button.Pressed, "#go-on")
    def action_go_on(self) -> None:
        missing = self._missing()
        if missing:
            self._show()
            self.notify(missing, severity="warning", timeout=4)
            return
        self.app.push_screen(ReadinessScreen(self.plan))

    def _missing(self) -> str:
        names = self.plan.shown_names
        if names["A"].casefold() == names["B"].casefold():
            return "Please take two different names, so that the report can tell you apart."
        if not self.plan.consent:
            return "Recording begins only when both of you agree."
        waiting = [names[partner] for partner in PARTNERS if partner not in self.plan.consent]
        return f"{waiting[0]} has not agreed yet." if waiting else ""

    def _show(self) -> None:
        scenario, names = self.plan.scenario, self.plan.shown_names
        parts = ", ".join(
            f"{addressed(part.title, names)} ({_minutes(part.duration_ms)})".replace(" (", "\u00a0(")
            for part in scenario.phases
        )
        self.query_one("#outline", Static).update(f"{_minutes(scenario.duration_ms)} minutes: {parts}")
        self.query_one("#missing", Static).update(self._missing() or "Both of you agree. Thank you.")


def _minutes(duration_ms: int) -> str:
    return f"{duration_ms / MS_PER_MINUTE:g}"
