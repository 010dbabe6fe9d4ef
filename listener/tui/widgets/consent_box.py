"""One partner's consent: a box that only says yes when it was ticked."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from listener.domain.speech import PartnerId


class ConsentBox(Widget, can_focus=True):
    """Ticked with Space, or from anywhere on the screen with the partner's own key."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space,enter", "tick", "Agree", show=False)]
    DEFAULT_CSS: ClassVar[str] = "ConsentBox { height: 1; }"

    class Changed(Message):
        """Consent was given or taken back."""

        def __init__(self, partner: PartnerId, agreed: bool) -> None:
            super().__init__()
            self.partner: PartnerId = partner
            self.agreed = agreed

    def __init__(self, partner: PartnerId, agreed: bool) -> None:
        super().__init__(id=f"consent-{partner}")
        self.partner: PartnerId = partner
        self.agreed = agreed

    def render(self) -> Content:
        mark, words = ("[✓]", "I agree to be recorded") if self.agreed else ("[ ]", "I agree to be recorded?")
        return Content(f" {mark} {words}  ({self.partner.lower()})".ljust(self.size.width))

    def set(self, agreed: bool) -> None:
        """Tick or clear the box."""
        if agreed != self.agreed:
            self.agreed = agreed
            self.set_class(agreed, "-agreed")
            self.refresh()
            self.post_message(self.Changed(self.partner, agreed))

    def action_tick(self) -> None:
        """Agree, or take it back."""
        self.set(not self.agreed)
