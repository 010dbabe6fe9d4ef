"""What was measured as CSV: a row for each measurement of each guideline, or one where a guideline has none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from listener.domain.report import GuidelineScore, Report
from listener.reports.csv_cells import Cell, csv_bytes
from listener.reports.speakers import names_by_id
from listener.reports.wording import title_of

HEAD = (
    *("guideline", "title", "partner", "name", "measurement", "part", "whole", "unit", "value"),
    *("score", "low", "high", "withheld", "basis"),
)


@dataclass(frozen=True, slots=True)
class MeasurementsCsvReport:
    """Writes the measurements in the order of the report; `value` is the rate, share or mean that part and whole give.

    score, low and high are those of the guideline, and stand beside each of its measurements. `titles` are those of the
    guidelines.
    """

    titles: Mapping[str, str] = field(default_factory=dict)

    def render(self, report: Report) -> bytes:
        names = names_by_id(report.session)
        return csv_bytes(HEAD, (row for s in report.guidelines for row in self._rows(s, names[s.partner])))

    def _rows(self, score: GuidelineScore, name: str) -> Iterator[tuple[Cell, ...]]:
        head = (score.id, title_of(score.id, self.titles), score.partner, name)
        tail = (score.score, score.low, score.high, score.withheld, score.basis)
        for m in score.measurements:
            value = None if m.value is None else round(m.value, 4)
            yield (*head, m.id, m.part, m.whole, m.unit, value, *tail)
        if not score.measurements:
            yield (*head, None, None, None, None, None, *tail)
