"""What happened in the talk as CSV: a row for each overlap, behaviour, moment of evidence, word on a label, promise."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from listener.domain.report import Report
from listener.domain.span import Span, clock
from listener.domain.speech import PARTNERS, PartnerId
from listener.reports.csv_cells import Cell, csv_bytes
from listener.reports.speakers import names_by_id

HEAD = ("start_ms", "end_ms", "at", "kind", "partner", "name", "label", "probability", "text", "reason")
ORDER = ("overlap", "behaviour", "moment", "judgement", "promise")
UNTIMED = Span(sys.maxsize, sys.maxsize)
"""Where events of no moment are sorted."""


class EventsCsvReport:
    """Writes the events in order of time.

    kind: `overlap` (partner: the incomer; label: its kind), `behaviour` (label as in the JSON report), `moment` (label:
    the guideline it is evidence of; partner `both` where the couple is scored), `judgement` (what a person said of a
    label: text is what they hold, reason who they are and what the machine had found) or `promise` (text as it
    was promised at the end). Rows without a time come last.
    """

    def render(self, report: Report) -> bytes:
        rows = [*_overlaps(report), *_behaviours(report), *_moments(report), *_judgements(report), *_promises(report)]
        names = names_by_id(report.session)
        ordered = sorted(rows, key=lambda row: (row.span or UNTIMED, ORDER.index(row.kind), row.partner, row.label))
        return csv_bytes(HEAD, ([*_when(row.span), *_what(row, names)] for row in ordered))


@dataclass(frozen=True, slots=True)
class Event:
    """One row."""

    span: Span | None
    kind: str
    partner: str
    label: str
    probability: float | None
    text: str
    reason: str


def _when(span: Span | None) -> tuple[Cell, ...]:
    if span is None:
        return None, None, None
    return span.start, span.end, clock(span.start)


def _what(row: Event, names: Mapping[str, str]) -> tuple[Cell, ...]:
    probability = None if row.probability is None else round(row.probability, 4)
    return row.kind, row.partner, names[row.partner], row.label, probability, row.text, row.reason


def _overlaps(report: Report) -> Iterator[Event]:
    for o in report.overlaps:
        yield Event(o.span, "overlap", o.incomer, o.kind, o.confidence, "", "")


def _behaviours(report: Report) -> Iterator[Event]:
    for u in report.utterances:
        for b in u.behaviours:
            if u.shows(b.label):
                yield Event(u.span, "behaviour", u.partner, b.label, b.probability, u.text, "")


def _moments(report: Report) -> Iterator[Event]:
    for score in report.guidelines:
        for e in score.evidence:
            yield Event(e.span, "moment", score.partner, score.id, None, e.quote, e.reason)


def _judgements(report: Report) -> Iterator[Event]:
    for judged in report.review.judged if report.review else ():
        said = judged.judgement
        label = said.label or said.aspect
        by = "therapist" if said.by not in PARTNERS else f"partner {said.by}"
        found = f"; the machine: {judged.machine}" if judged.machine else ""
        partner: PartnerId = said.moment.partner
        yield Event(said.moment.span, "judgement", partner, label, None, said.value, f"{by}{found}")


def _promises(report: Report) -> Iterator[Event]:
    for promise in report.session.promises:
        yield Event(promise.said, "promise", promise.partner, "", None, promise.text, "")
