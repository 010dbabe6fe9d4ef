"""One partner on the practice screen: what their role is now, and whether they have the floor."""

from __future__ import annotations

from typing import ClassVar

from textual.widgets import Static

from listener.domain.practice import Role
from listener.domain.speech import PartnerId
from listener.tui.practice_words import show

DOES = {Role.SPEAKER: "speaks", Role.LISTENER: "listens", Role.BOTH: "speaks and listens"}
HAS_FLOOR = "▶ has the floor"


class RoleCard(Static):
    """A framed card with the name on top; a double frame and words mark who has the floor."""

    DEFAULT_CSS: ClassVar[str] = "RoleCard { height: 3; width: 1fr; }"

    def __init__(self, partner: PartnerId, name: str) -> None:
        super().__init__(id=f"card-{partner}", classes=f"card partner-{partner.lower()}", markup=False)
        self.border_title = name
        self._role, self._has_floor = Role.BOTH, False

    def show_role(self, role: Role) -> None:
        """Draw the role of this part."""
        self._draw(role, self._has_floor)

    def show_floor(self, has_floor: bool) -> None:
        """Draw whether this partner has the floor."""
        self._draw(self._role, has_floor)

    def _draw(self, role: Role, has_floor: bool) -> None:
        self._role, self._has_floor = role, has_floor
        self.set_class(has_floor, "-floor")
        does = [] if has_floor and role is Role.BOTH else [DOES[role]]  # a narrow card has no room for both
        show(self, "   ".join([*does, HAS_FLOOR] if has_floor else does))
