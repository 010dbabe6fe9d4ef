"""On which days two people practised: counted, never held against them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from listener.app.sessions import SessionLine


@dataclass(frozen=True, slots=True)
class PracticeDays:
    """Days with a recorded talk, as YYYY-MM-DD in order; `this_month` are those of the current month."""

    all: tuple[str, ...]
    this_month: tuple[str, ...]

    @property
    def told(self) -> str:
        """One calm line; empty where there is nothing to count."""
        if not self.all:
            return ""
        return f"Practised on {_days(len(self.this_month))} this month, {_days(len(self.all))} in all."


def practice_days(lines: Iterable[SessionLine], today: date) -> PracticeDays:
    """The days of the sessions, each by the local time at which it started; trying the example does not count."""
    days = sorted({line.started_at[:10] for line in lines if line.is_own and line.state != "unfinished"})
    month = today.isoformat()[:7]
    return PracticeDays(tuple(days), tuple(day for day in days if day.startswith(month)))


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"
