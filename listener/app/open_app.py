"""How the command line opens the practice app, which it does not know."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from listener.domain.review import Reviewer


@dataclass(frozen=True, slots=True)
class ReviewStart:
    """Open at the review of this session; None asks who reviews."""

    session_id: str
    reviewer: Reviewer | None = None


class OpenApp(Protocol):
    """Opens the practice app; with a recording as its input, or at the review of a session."""

    def __call__(self, play: Path | None = None, review: ReviewStart | None = None) -> None: ...
