"""Promises as lines for people: the same words on the command line and in the app."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from listener.app.promise_ledger import STATES, KeptRow, LedgerEntry
from listener.domain.span import clock
from listener.reports.wording import clipped, date, plain_text

NAME_LIMIT = 24


def entry_lines(entries: Sequence[LedgerEntry]) -> list[str]:
    """A line each: id, what became of it, who, what, and where in the recording it was said."""
    wide = max((len(entry.id) for entry in entries), default=0)
    states = max((len(STATES[entry.promise.state]) for entry in entries), default=0)
    return [
        f"{entry.id.ljust(wide)}  {STATES[entry.promise.state].ljust(states)}  {said(entry)}{at(entry)}"
        for entry in entries
    ]


def said(entry: LedgerEntry) -> str:
    """Who promised what, on one line."""
    return f"{clipped(entry.name, NAME_LIMIT)}: {plain_text(entry.promise.text)}"


def at(entry: LedgerEntry) -> str:
    """Where in the recording it was said; empty for what was typed."""
    return f" (at {clock(entry.promise.said.start)})" if entry.promise.said else ""


def since(entry: LedgerEntry) -> str:
    """When it was promised."""
    return date(entry.started_at)


def kept_lines(rows: Iterable[KeptRow]) -> list[str]:
    """A line for each person: how many of their promises were kept, with the likely range, and what is open."""
    return [f"{clipped(row.name, NAME_LIMIT)}: {kept_told(row)}" for row in rows]


def kept_told(row: KeptRow) -> str:
    """How many were kept, how sure that is, how many are open."""
    waiting = f"{row.open} open" if row.open else ""
    if row.low is None or row.high is None:
        return waiting or "let go"
    counted = f"{row.kept} of {row.told} kept (likely {row.low}–{row.high} %)"
    return f"{counted}, {waiting}" if waiting else counted
