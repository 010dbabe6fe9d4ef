"""Time that two people plan for each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Weekday: TypeAlias = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class PlannedTime:
    """Every week on `days`, or once on `date` (YYYY-MM-DD); just one of the two is given.

    `at` is HH:MM by the clock on the wall, wherever the two are. `uid` stays the same in every calendar, `created_at`
    is the local time with offset, ISO 8601, at which it was planned. `scenario` is what is to be practised, if any.
    """

    uid: str
    title: str
    at: str
    minutes: int
    created_at: str
    days: tuple[Weekday, ...] = ()
    date: str = ""
    scenario: str = ""
