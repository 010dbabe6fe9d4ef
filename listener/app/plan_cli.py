"""`listener plan`: time for two, in the app and in your own calendar."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from listener.app.sessions_cli import echo_json

if TYPE_CHECKING:
    from datetime import datetime

    from listener.app.time_together import TimeTogether
    from listener.domain.together import PlannedTime

SCHEMA = "listener.planned/1"
STDOUT = "-"


@click.group()
def plan() -> None:
    """Plan time together, and take it into your calendar."""


@plan.command()
@click.argument("title")
@click.option("--on", "on", required=True, metavar="DAYS", help="Weekdays as in mon,thu, or one day as in 2026-12-24.")
@click.option("--at", "at", required=True, metavar="HH:MM", help="When it starts, by the clock on the wall.")
@click.option("--minutes", default=30, show_default=True, type=int, help="How long you want to take.")
@click.option("--scenario", metavar="ID", default="", help="What to practise, as `listener scenarios` lists it.")
def add(title: str, on: str, at: str, minutes: int, scenario: str) -> None:
    """Plan a time: every week on some days, or once."""
    from listener.app.scenarios_cli import find_scenario
    from listener.app.time_together import when_told

    chosen = find_scenario(scenario).id if scenario else ""
    made = _together().add(title, on, at, minutes, _now(), chosen)
    click.echo(f"Planned: {when_told(made)} · {_shown(made)}", err=True)


@plan.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON (listener.planned/1).")
def list_plans(as_json: bool) -> None:
    """List what is planned, with numbers, and when it comes next."""
    from listener.app.time_together import next_start, when_told

    plans = _together().all()
    now = _now()
    nexts = [next_start(each, now) for each in plans]
    if as_json:
        echo_json(
            {
                "schema": SCHEMA,
                "plans": [_document(*each) for each in zip(range(1, len(plans) + 1), plans, nexts, strict=True)],
            }
        )
        return
    for number, (each, start) in enumerate(zip(plans, nexts, strict=True), 1):
        coming = f"next {start:%Y-%m-%d %H:%M}" if start else "over"
        click.echo(f"{number:>3}  {when_told(each):28}  {coming:22}  {_shown(each)}")
    if not plans:
        click.echo("Nothing is planned yet: `listener plan add --help`.", err=True)


@plan.command()
@click.argument("number", type=int, metavar="N")
def remove(number: int) -> None:
    """Take away plan N of the list."""
    click.echo(f"Removed: {_shown(_together().remove(number))}", err=True)


@plan.command()
@click.argument("target", metavar="FILE.ics", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace a file that is there.")
def export(target: Path, force: bool) -> None:
    """Write everything planned as a calendar file, to be opened by your calendar; - is stdout.

    Imported again after a change, an entry replaces itself. Times hold by the clock on the wall, in every time zone.
    """
    from listener.adapters.atomic_file import write_whole
    from listener.adapters.calendar_ics import calendar
    from listener.app.time_together import first_start
    from listener.errors import BadPlan, OutputExists

    plans = _together().all()
    if not plans:
        raise BadPlan("Nothing is planned yet.", "Plan a time with `listener plan add`.")
    content = calendar([(each, first_start(each)) for each in plans], _notes(plans))
    if target == Path(STDOUT):
        sys.stdout.buffer.write(content)
        return
    if target.is_dir() or ((target.exists() or target.is_symlink()) and not force):
        raise OutputExists(f"{target} is already there.", "Choose another name, or add --force to replace a file.")
    write_whole(target, content)
    click.echo(f"Written: {target}", err=True)


def _notes(plans: tuple[PlannedTime, ...]) -> dict[str, str]:
    from listener.app.scenarios_cli import find_scenario
    from listener.errors import ListenerError

    notes = {}
    for each in plans:
        if each.scenario:
            try:
                notes[each.uid] = f"To practise: {find_scenario(each.scenario).title}"
            except ListenerError:  # a scenario that is gone is no reason to lose the evening
                continue
    return notes


def _together() -> TimeTogether:
    from listener.adapters.session_folder import sessions_folder
    from listener.app.time_together import TimeTogether, plans_file

    return TimeTogether(plans_file(sessions_folder()))


def _now() -> datetime:
    from datetime import datetime

    return datetime.now().astimezone()


def _shown(each: PlannedTime) -> str:
    from listener.app.time_together import SHOWN_TITLE
    from listener.reports.wording import clipped

    return clipped(each.title, SHOWN_TITLE)


def _document(number: int, each: PlannedTime, start: datetime | None) -> dict[str, Any]:
    from dataclasses import asdict

    return {"number": number, **asdict(each), "next": start.isoformat(timespec="minutes") if start else None}
