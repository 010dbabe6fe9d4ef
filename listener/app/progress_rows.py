"""How scores went over the sessions: one row for each guideline and partner, readable without colour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from listener.analysis.comparison import Change, change_between
from listener.app.sessions import ProgressPoint
from listener.domain.practice import Rubric
from listener.domain.speech import PartnerId
from listener.reports.bars import sparkline

MOST_POINTS = 16
NOT_COMPARABLE = "not comparable: "
CHANGES: Mapping[Change, str] = {
    "higher": "higher than at first",
    "lower": "lower than at first",
    "unclear": "no clear change",
}


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """All points of one guideline and person, oldest first; `who` is the letter they had in the latest session."""

    who: PartnerId | Literal["both"]
    points: tuple[ProgressPoint, ...]

    @property
    def line(self) -> str:
        """One character for each of the latest sessions, higher for a better score."""
        return sparkline([point.score for point in self.points[-MOST_POINTS:]])

    @property
    def first(self) -> ProgressPoint:
        return self.points[0]

    @property
    def latest(self) -> ProgressPoint:
        return self.points[-1]

    @property
    def change(self) -> str:
        """What can be said of the change: a difference counts only where the two likely ranges do not meet.

        As in the comparison of two talks, none is named between different practices or scores by different rules.
        """
        if len(self.points) == 1:
            return "first time"
        first, latest = self.first, self.latest
        if first.scenario != latest.scenario:
            return f"{NOT_COMPARABLE}another practice"
        if first.rules != latest.rules:
            return f"{NOT_COMPARABLE}other rules"
        return CHANGES[change_between((first.low, first.high), (latest.low, latest.high))]


@dataclass(frozen=True, slots=True)
class ProgressGroup:
    """A guideline with a row for each partner or for both."""

    title: str
    rows: tuple[ProgressRow, ...]


def progress_groups(points: Sequence[ProgressPoint], rubric: Rubric) -> tuple[ProgressGroup, ...]:
    """The guidelines in the rubric's order that were scored at least once; `points` come oldest first."""
    found: dict[str, dict[str, list[ProgressPoint]]] = {}
    for point in points:
        found.setdefault(point.guideline, {}).setdefault(point.name.casefold(), []).append(point)
    return tuple(
        ProgressGroup(guideline.title, _rows(found[guideline.id]))
        for guideline in rubric.guidelines
        if guideline.id in found
    )


def _rows(by_partner: Mapping[str, list[ProgressPoint]]) -> tuple[ProgressRow, ...]:
    ordered = sorted(by_partner.values(), key=lambda points: (points[-1].partner, points[-1].name))
    return tuple(ProgressRow(points[-1].partner, tuple(points)) for points in ordered)
