"""Planned times as an iCalendar file (RFC 5545).

Times are floating, without a zone: half past seven in the evening is meant by the clock on the wall, in summer and in
winter, and wherever the two are. A fixed zone would move it for a couple that travels, and UTC would with every change
of the clocks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, vRecur

from listener.domain.together import PlannedTime

PRODUCT = "-//Listener//Time together//EN"


def calendar(plans: Iterable[tuple[PlannedTime, datetime]], notes: Mapping[str, str]) -> bytes:
    """The plans, each with the local time without zone at which it first happens; equal plans give the same bytes.

    `notes` adds a description to plans by uid.
    """
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    for plan, first in plans:
        made.add_component(_event(plan, first, notes.get(plan.uid, "")))
    return bytes(made.to_ical())


def _event(plan: PlannedTime, first: datetime, note: str) -> Event:
    event = Event()
    event.add("uid", plan.uid)
    event.add("dtstamp", datetime.fromisoformat(plan.created_at).astimezone(UTC))
    event.add("dtstart", first)
    event.add("duration", timedelta(minutes=plan.minutes))
    if plan.days:
        event.add("rrule", vRecur({"FREQ": "WEEKLY", "BYDAY": [day[:2].upper() for day in plan.days]}))
    event.add("summary", plan.title)
    if note:
        event.add("description", note)
    return event
