"""`listener progress`: how it went over the sessions, with the numbers of the app's page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from listener.app.sessions_cli import echo_json, own_sessions

if TYPE_CHECKING:
    from listener.app.practice_days import PracticeDays
    from listener.app.progress_rows import ProgressGroup
    from listener.app.promise_ledger import KeptRow

SCHEMA = "listener.progress/1"
PROMISES = "keep-promises"
NAME_CELLS = 14


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON (listener.progress/1).")
def progress(as_json: bool) -> None:
    """Follow the scores of each of you over your sessions, the promises you kept, and the days you practised.

    Scores are out of 100 with their likely range. A change is named only where the likely ranges of the first and the
    latest session do not meet: smaller ones may be chance. None is named where the two were different practices, or
    different rules made their scores.
    """
    from datetime import datetime

    from listener.app.practice_days import practice_days
    from listener.app.progress_rows import progress_groups
    from listener.app.promise_ledger import PromiseLedger
    from listener.app.replay_cli import load_rubric_and_titles
    from listener.app.scenarios_cli import DEFAULT_SCENARIO, find_scenario
    from listener.reports.wording import plain_text

    rubric, titles = load_rubric_and_titles(find_scenario(DEFAULT_SCENARIO))
    known = own_sessions()
    points, unreadable = known.progress()
    groups = progress_groups(points, rubric)
    kept = PromiseLedger(known).kept()
    days = practice_days(known.all(), datetime.now().astimezone().date())
    for name, error in unreadable:
        click.echo(f"! {name}: {plain_text(error.message)} {error.hint}", err=True)
    if as_json:
        echo_json(_document(groups, kept, days))
        return
    lines = _lines(groups, kept, days, titles[PROMISES])
    if not lines:
        click.echo("Nothing to follow yet: progress shows once a session has a report with scores.", err=True)
    for line in lines:
        click.echo(line)


def _lines(
    groups: Sequence[ProgressGroup], kept: Sequence[KeptRow], days: PracticeDays, promises_title: str
) -> list[str]:
    from listener.app.progress_rows import MOST_POINTS
    from listener.app.promise_words import kept_lines
    from listener.reports.wording import clipped

    lines = [days.told] if days.told else []
    for group in groups:
        lines += ["", group.title]
        for row in group.rows:
            first, latest = row.first, row.latest
            before = f"{first.score:>3} →" if len(row.points) > 1 else " " * 5
            name = clipped(latest.name, NAME_CELLS - 1).ljust(NAME_CELLS)
            now = f"{latest.score:>3} ({latest.low}–{latest.high})".ljust(14)
            lines.append(f"  {name}{row.line.ljust(MOST_POINTS)}  {before} {now}  {row.change}")
    if kept:
        lines += ["", f"{promises_title}: what became of your promises", *(f"  {line}" for line in kept_lines(kept))]
    return lines


def _document(groups: Sequence[ProgressGroup], kept: Sequence[KeptRow], days: PracticeDays) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "practice_days": {"this_month": list(days.this_month), "all": list(days.all)},
        "guidelines": [
            {
                "id": row.latest.guideline,
                "title": group.title,
                "partner": row.who,
                "name": row.latest.name,
                "change": row.change,
                "points": [
                    {
                        "session": point.session_id,
                        "started_at": point.started_at,
                        "score": point.score,
                        "low": point.low,
                        "high": point.high,
                        "scenario": point.scenario,
                        "rules": point.rules,
                    }
                    for point in row.points
                ],
            }
            for group in groups
            for row in group.rows
        ],
        "promises": [
            {
                "name": row.name,
                "partner": row.who,
                "kept": row.kept,
                "told": row.told,
                "low": row.low,
                "high": row.high,
                "open": row.open,
            }
            for row in kept
        ],
    }
