"""`listener compare`: two talks side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from listener.app.sessions_cli import echo_json, own_sessions

if TYPE_CHECKING:
    from listener.analysis.comparison import Change, ComparedFigure, ComparedScore, Comparison, Hindrance, Ranged
    from listener.domain.report import GuidelineScore, Report

SCHEMA = "listener.comparison/1"
HINDRANCES: dict[Hindrance, str] = {
    "scenario": "Different things were practised, with other tasks: no change is named.",
    "rules": "The scores were made by different rules: no change is named in them. Make the older report again.",
}
CHANGES: dict[Change, str] = {"higher": "higher", "lower": "lower", "unclear": "no clear change"}
FIGURES = {"speaking_share": "Share of the talking", "interruptions_per_minute": "Interruptions a minute"}
NAME_CELLS, SIDE_CELLS = 14, 13


@click.command()
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.option("--json", "as_json", is_flag=True, help="Print JSON (listener.comparison/1).")
def compare(before: str, after: str, as_json: bool) -> None:
    """Put session B beside the earlier session A: scores with their likely ranges, shares of talk, interruptions.

    A and B are ids of sessions, beginnings of ids, `last`, or report.json files. A change is named only where the
    likely ranges do not meet; smaller ones may be chance.
    """
    from listener.analysis.comparison import compared

    old, new = _report(before), _report(after)
    found = compared(old, new)
    if as_json:
        echo_json(_document(old, new, found))
    else:
        click.echo("\n".join(_lines(old, new, found)))


def _report(named: str) -> Report:
    from listener.errors import BadSession, BadTranscript
    from listener.reports.json_report import parse

    path = Path(named)
    if path.suffix == ".json" or path.is_file():
        try:
            return parse(path.read_bytes())
        except OSError as error:
            raise BadTranscript(f"{path} cannot be read: {error.strerror}.", "Name a session or a report.") from error
    known = own_sessions()
    session_id = known.find(named)
    report = known.report(session_id)
    if report is None:
        raise BadSession(f"The session {session_id} has no report yet.", "Open it in `listener` to have it made.")
    return report


def _names(report: Report, found: Comparison) -> dict[str, str]:
    """The partners by their letters in the later report; where they were matched by letter, with the letter."""
    from listener.reports.wording import partner_names

    by_name = found.matched == "name"
    names: dict[str, str] = {"both": "Both"}
    for partner, name in partner_names(report.session).items():
        names[partner] = name if by_name else f"{name} ({partner})"
    return names


def notes(old: Report, new: Report, found: Comparison) -> list[str]:
    """What stands in the way of comparing, in plain words."""
    told: list[str] = []
    told += [HINDRANCES[each] for each in found.hindrances]
    if found.matched == "letter":
        told.append("The names are not the same, so partner A is compared with A and B with B.")
    if old.session.mics != new.session.mics:
        told.append(
            "One talk was recorded with one microphone, the other with two; who spoke when is less sure with one."
        )
    if bool(old.utterances) != bool(new.utterances):
        told.append("One of the reports has no words: what rests on words differs for that reason.")
    return told


def _lines(old: Report, new: Report, found: Comparison) -> list[str]:
    from listener.app.replay_cli import load_rubric_and_titles
    from listener.app.scenarios_cli import DEFAULT_SCENARIO, find_scenario
    from listener.reports.wording import facts, title_of

    _, titles = load_rubric_and_titles(find_scenario(DEFAULT_SCENARIO))
    names = _names(new, found)
    sides = [" · ".join(facts(report.session, titles)) for report in (old, new)]
    lines = [f"A  {sides[0]}", f"B  {sides[1]}", *(f"! {note}" for note in notes(old, new, found)), ""]
    title = ""
    for row in found.scores:
        if row.guideline != title:
            title = row.guideline
            lines.append(title_of(row.guideline, titles))
        lines.append(_line(names[row.who], _points(row.before), _points(row.after), _verdict(row, found)))
    lines.append("")
    for figure in found.figures:
        if figure.who == "A":
            lines.append(FIGURES[figure.id])
        before, after = _told(figure, figure.before), _told(figure, figure.after)
        lines.append(_line(names[figure.who], before, after, _figure_verdict(figure)))
    return lines


def _line(name: str, before: str, after: str, verdict: str) -> str:
    from listener.reports.wording import clipped

    shown = clipped(name, NAME_CELLS - 1).ljust(NAME_CELLS)
    return f"  {shown}{before.rjust(SIDE_CELLS)} → {after.ljust(SIDE_CELLS)} {verdict}".rstrip()


def _points(row: GuidelineScore | None) -> str:
    return "–" if row is None or row.score is None else f"{row.score} ({row.low}–{row.high})"


def _verdict(row: ComparedScore, found: Comparison) -> str:
    if row.change is not None:
        return CHANGES[row.change]
    if row.unknown is None:
        return "not comparable: " + " and ".join(
            f"other {'practice' if h == 'scenario' else h}" for h in found.hindrances
        )
    return {
        "withheld-before": "not comparable: no score in A",
        "withheld-after": "not comparable: no score in B",
        "withheld-both": "no score in either",
        "absent": "not comparable: only one of the reports has it",
    }[row.unknown]


def _figure_verdict(figure: ComparedFigure) -> str:
    if figure.change is not None:
        return CHANGES[figure.change]
    missing = figure.before is None or figure.after is None
    return "not comparable: nobody spoke" if missing else "not comparable: other practice"


def _told(figure: ComparedFigure, side: Ranged | None) -> str:
    if side is None:
        return "–"
    if figure.id == "speaking_share":
        return f"{side.value:.0%} ({side.low * 100:.0f}–{side.high * 100:.0f})"
    return f"{side.value:.1f} ({side.low:.1f}–{side.high:.1f})"


def _document(old: Report, new: Report, found: Comparison) -> dict[str, Any]:
    names = _names(new, found)
    return {
        "schema": SCHEMA,
        "before": _side(old),
        "after": _side(new),
        "matched_by": found.matched,
        "comparable": not found.hindrances,
        "hindrances": list(found.hindrances),
        "notes": notes(old, new, found),
        "guidelines": [
            {
                "id": row.guideline,
                "partner": row.who,
                "name": names[row.who],
                "before": _score(row.before),
                "after": _score(row.after),
                "change": row.change,
                "why_not": None if row.change else row.unknown or "hindrances",
            }
            for row in found.scores
        ],
        "figures": [
            {
                "id": figure.id,
                "partner": figure.who,
                "name": names[figure.who],
                "before": _range(figure.before),
                "after": _range(figure.after),
                "change": figure.change,
            }
            for figure in found.figures
        ],
    }


def _side(report: Report) -> dict[str, Any]:
    session = report.session
    return {
        "recorded_at": session.recorded_at,
        "scenario": session.scenario,
        "mics": session.mics,
        "rules": report.provenance.rules,
        "partners": {partner.id: partner.name for partner in session.partners},
    }


def _score(row: GuidelineScore | None) -> dict[str, Any] | None:
    if row is None:
        return None
    return {"score": row.score, "low": row.low, "high": row.high, "withheld": row.withheld}


def _range(side: Ranged | None) -> dict[str, float] | None:
    return None if side is None else {key: round(getattr(side, key), 4) for key in ("value", "low", "high")}
