"""A room with a session to review, a clock that steps with every look at it, and a loudspeaker that remembers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from listener.adapters.session_folder import SessionFolder
from listener.app.settings import Settings
from tests.reviewed import store_reviewable
from tests.tui.driving import LoudRoom, Loudspeaker


class ReviewRoom(LoudRoom):
    looks = 0

    def now(self) -> datetime:
        self.looks += 1
        return datetime(2026, 11, 23, 20, 0, 0, tzinfo=UTC) + timedelta(seconds=self.looks)


def review_room(tmp_path: Path, **settings: object) -> tuple[ReviewRoom, SessionFolder]:
    studio = ReviewRoom(Settings(**settings), tmp_path / "sessions")  # type: ignore[arg-type]  # any setting
    studio.player = Loudspeaker()
    return studio, store_reviewable(studio.sessions.root)
