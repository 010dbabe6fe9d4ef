"""Planned times as one JSON file beside the sessions, whole or not there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from listener.adapters.atomic_file import disk_error, write_whole
from listener.domain.together import PlannedTime, Weekday
from listener.errors import BadPlan

SCHEMA: Literal["listener.plans/1"] = "listener.plans/1"
LONGEST_TITLE = 10_000
LONGEST_MINUTES = 24 * 60

Title = Annotated[str, Meta(min_length=1, max_length=LONGEST_TITLE)]
Clock = Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Day = Annotated[str, Meta(pattern=r"^(\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]))?$")]
Minutes = Annotated[int, Meta(ge=1, le=LONGEST_MINUTES)]
Moment = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}$")]
Uid = Annotated[str, Meta(pattern=r"^[A-Za-z0-9-]{1,80}@listener$")]


class PlanEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """One planned time, as in `PlannedTime`."""

    uid: Uid
    title: Title
    at: Clock
    minutes: Minutes
    created_at: Moment
    days: tuple[Weekday, ...]
    date: Day
    scenario: Annotated[str, Meta(max_length=1_000)]


class PlansFile(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    schema: Literal["listener.plans/1"]
    plans: list[PlanEntry]


def read_plans(path: Path) -> tuple[PlannedTime, ...]:
    """The planned times in the order in which they were made; none where there is no file. Raises BadPlan."""
    try:
        return tuple(_plan(entry) for entry in msgspec.json.decode(path.read_bytes(), type=PlansFile).plans)
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise BadPlan(f"{path.name} cannot be read: {error.strerror}.", "Check its permissions.") from error
    except (msgspec.DecodeError, msgspec.ValidationError, ValueError) as error:
        raise BadPlan(
            f"The file of planned times is damaged, or of a newer Listener: {error}",
            f"Update Listener, or correct or remove {path.name} beside the sessions.",
        ) from error


def write_plans(path: Path, plans: Sequence[PlannedTime]) -> None:
    """Keep the planned times, at once and for good. Raises DiskFull."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise disk_error(error, path.parent) from error
    file = PlansFile(SCHEMA, [PlanEntry(**asdict(plan)) for plan in plans])
    write_whole(path, msgspec.json.format(msgspec.json.encode(file), indent=2) + b"\n")


def _plan(entry: PlanEntry) -> PlannedTime:
    """The planned time; ValueError for days that there are not, and for a plan without any."""
    if bool(entry.days) is bool(entry.date):
        raise ValueError("a plan has either days of the week or one date")
    datetime.fromisoformat(entry.created_at)
    if entry.date:
        date.fromisoformat(entry.date)
    return PlannedTime(**{name: getattr(entry, name) for name in entry.__struct_fields__})
