"""Time planned together: added, listed, removed, and which comes next."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from uuid import uuid4

from listener.adapters.plans_json import LONGEST_MINUTES, LONGEST_TITLE, read_plans, write_plans
from listener.domain.together import WEEKDAYS, PlannedTime, Weekday
from listener.errors import BadPlan
from listener.reports.wording import clipped, plain_text

SHOWN_TITLE = 60
WEEKDAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True, slots=True)
class Occasion:
    """A planned time and when it happens next, by the clock on the wall."""

    plan: PlannedTime
    start: datetime

    @property
    def told(self) -> str:
        """When and what, on one short line."""
        return f"{self.start:%a %d %b %H:%M} · {clipped(self.plan.title, SHOWN_TITLE)}"


def plans_file(sessions_root: Path) -> Path:
    """Where the planned times lie: beside the folder of the sessions."""
    return sessions_root.with_name("plans.json")


class TimeTogether:
    """The planned times in the file `path`."""

    def __init__(self, path: Path, new_uid: Callable[[], str] = lambda: f"{uuid4()}@listener") -> None:
        self._path, self._new_uid = path, new_uid

    def all(self) -> tuple[PlannedTime, ...]:
        """In the order in which they were planned. Raises BadPlan where the file is damaged."""
        return read_plans(self._path)

    def add(self, title: str, on: str, at: str, minutes: int, now: datetime, scenario: str = "") -> PlannedTime:  # noqa: PLR0913  # what a plan is made of
        """Plan a time: `on` weekdays as in `mon,thu`, or on a day as YYYY-MM-DD. Raises BadPlan and DiskFull.

        The title becomes one line of visible text, whatever was typed.
        """
        shown = plain_text(title)
        if not 0 < len(shown) <= LONGEST_TITLE:
            raise BadPlan("The title is empty or too long.", f"Say what you plan in 1 to {LONGEST_TITLE} characters.")
        if not 0 < minutes <= LONGEST_MINUTES:
            raise BadPlan(f"{minutes} minutes cannot be planned.", f"Give 1 to {LONGEST_MINUTES} minutes.")
        days, day = _when(on)
        plan = PlannedTime(
            uid=self._new_uid(),
            title=shown,
            at=_clock(at),
            minutes=minutes,
            created_at=now.isoformat(timespec="seconds"),
            days=days,
            date=day,
            scenario=scenario,
        )
        if next_start(plan, now) is None:
            raise BadPlan(f"{day} {plan.at} is over.", "Plan a time that is still to come.")
        write_plans(self._path, [*self.all(), plan])
        return plan

    def remove(self, number: int) -> PlannedTime:
        """Take away the plan of this number, counted from 1. Raises BadPlan where there is none, and DiskFull."""
        plans = list(self.all())
        if not 0 < number <= len(plans):
            raise BadPlan(f"There is no plan {number}.", "`listener plan list` shows them with their numbers.")
        gone = plans.pop(number - 1)
        write_plans(self._path, plans)
        return gone

    def next(self, now: datetime) -> Occasion | None:
        """What comes next, or goes on now; None where nothing is planned. Raises BadPlan."""
        occasions = [Occasion(plan, start) for plan in self.all() if (start := next_start(plan, now)) is not None]
        return min(occasions, key=lambda occasion: occasion.start, default=None)


def next_start(plan: PlannedTime, now: datetime) -> datetime | None:
    """When the plan next starts, or started where it is not over yet; without a zone. None where it is all over."""
    wall = now.replace(tzinfo=None)
    start_at = time.fromisoformat(plan.at)
    if plan.date:
        candidates = [date.fromisoformat(plan.date)]
    else:
        first = wall.date() - timedelta(days=1)
        week = (first + timedelta(days=offset) for offset in range(9))
        candidates = [day for day in week if WEEKDAYS[day.weekday()] in plan.days]
    starts = (datetime.combine(day, start_at) for day in candidates)
    return next((start for start in starts if start + timedelta(minutes=plan.minutes) > wall), None)


def first_start(plan: PlannedTime) -> datetime:
    """When the plan happens for the first time after it was made; without a zone."""
    if plan.date:
        return datetime.combine(date.fromisoformat(plan.date), time.fromisoformat(plan.at))
    made = datetime.fromisoformat(plan.created_at).replace(tzinfo=None)
    week = (datetime.combine(made.date() + timedelta(days=d), time.fromisoformat(plan.at)) for d in range(8))
    return next(start for start in week if WEEKDAYS[start.weekday()] in plan.days and start >= made)


def when_told(plan: PlannedTime) -> str:
    """On which days, at what time, for how long."""
    days = plan.date or ", ".join(day.capitalize() for day in plan.days)
    return f"{days} {plan.at}, {plan.minutes} min"


def _when(on: str) -> tuple[tuple[Weekday, ...], str]:
    given = [part.strip().lower() for part in on.split(",")]
    known = dict(zip(WEEKDAY_NAMES, WEEKDAYS, strict=True)) | {day: day for day in WEEKDAYS}
    if all(part in known for part in given):
        return tuple(day for day in WEEKDAYS if day in {known[part] for part in given}), ""
    try:
        return (), date.fromisoformat(on.strip()).isoformat()
    except ValueError as error:
        raise BadPlan(
            f"{plain_text(on)!r} is no day.", "Give weekdays as in mon,thu, or one day as in 2026-12-24."
        ) from error


def _clock(at: str) -> str:
    found = _CLOCK.fullmatch(at.strip())
    if found is None:
        raise BadPlan(f"{plain_text(at)!r} is no time of the day.", "Give hours and minutes, as in 19:30.")
    return f"{int(found[1]):02}:{found[2]}"
