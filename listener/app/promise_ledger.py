"""Promises over all sessions: what was promised, what the machine heard, and what became of it.

Each is kept in the record of its own session, so that deleting a session deletes its promises.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from listener.analysis.commitments import found_promises
from listener.analysis.intervals import interval
from listener.app.remaking import remake_report
from listener.app.sessions import SessionLine, Sessions
from listener.domain.promises import OPEN, kept, keyed, told, with_found
from listener.domain.session import Promise, PromiseState
from listener.domain.speech import PartnerId
from listener.errors import BadSession, ListenerError

STATES: Mapping[PromiseState, str] = {
    "found": "heard",
    "confirmed": "open",
    "kept": "kept",
    "not_kept": "not kept",
    "let_go": "let go",
    "no_promise": "no promise",
}
"""What became of a promise, in words."""

WAITING: frozenset[PromiseState] = frozenset({"found", "confirmed"})
"""States in which something is still to be told."""


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One promise with its session. `id` is the session's id and the promise's key, `name` its author's."""

    id: str
    session_id: str
    started_at: str
    name: str
    promise: Promise


@dataclass(frozen=True, slots=True)
class KeptRow:
    """How many of a person's promises were kept, of those of which that was told, with the likely range in percent.

    `low` and `high` are None where nothing was told yet; `open` waits for an answer.
    """

    name: str
    who: PartnerId
    kept: int
    told: int
    low: int | None
    high: int | None
    open: int


class PromiseLedger:
    """The promises of all sessions but those that only tried the example."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def entries(self) -> list[LedgerEntry]:
        """Every promise, the latest session first; what the machine heard and nobody decided on included."""
        lines = [line for line in self._sessions.all() if line.is_own]
        return [entry for line in lines for entry in self._of(line, self._with_heard(line.id))]

    def of_session(self, session_id: str) -> list[LedgerEntry]:
        """The promises of one session; what was only heard included. None where the example was tried."""
        lines = [line for line in self._sessions.all() if line.id == session_id and line.is_own]
        return [entry for line in lines for entry in self._of(line, self._with_heard(line.id))]

    def to_ask(self, now: datetime) -> list[LedgerEntry]:
        """Open promises, the oldest first, but those of which something was told on the day of `now`."""
        today = now.date().isoformat()
        return [
            entry
            for line in reversed(self._sessions.all())
            if line.is_own
            for entry in self._of(line, self._sessions.folder(line.id).load().promises)
            if entry.promise.state == OPEN and not entry.promise.told_at.startswith(today)
        ]

    def find(self, name: str) -> LedgerEntry:
        """The promise of this id, whose part before the / may be the beginning of a session's id, or `last`.

        Raises BadSession where there is none.
        """
        session, _, key = name.partition("/")
        session_id = self._sessions.find(session)
        for entry in self.of_session(session_id):
            if entry.id == f"{session_id}/{key}":
                return entry
        raise BadSession(f"There is no promise {name!r}.", "`listener promises list --all` shows them.")

    def tell(self, entry: LedgerEntry, state: PromiseState, now: datetime) -> LedgerEntry:
        """Keep what became of a promise. Raises BadSession (gone, in use, not for this promise) and DiskFull."""
        key = entry.id.partition("/")[2]
        with self._sessions.folder(entry.session_id).held() as folder:
            record = folder.load()
            stored = record.promises
            if entry.promise.said is not None:  # which has another key where another that begins so is not kept
                if entry.promise.state == "found" and not any(_is_same(each, entry.promise) for each in stored):
                    stored = (*stored, entry.promise)
                key = next((k for k, each in keyed(stored).items() if _is_same(each, entry.promise)), "")
            try:
                promises = told(stored, key, state, now.isoformat(timespec="seconds"))
            except KeyError as error:
                raise BadSession(
                    "This promise is no longer there.", "`listener promises list` shows the rest."
                ) from error
            except ValueError as error:
                was = STATES[keyed(stored)[key].state]
                raise BadSession(
                    f"A promise that is “{was}” cannot become “{STATES[state]}”.",
                    "Confirm it first: `listener promises confirm ID`.",
                ) from error
            folder.save(replace(record, promises=promises))
            with contextlib.suppress(BadSession):  # a report that cannot be made again is told where it is opened
                remake_report(folder)
        return replace(entry, promise=keyed(promises)[key])

    def kept(self) -> tuple[KeptRow, ...]:
        """A row for each person who confirmed a promise, followed by name; the letter is that of their latest."""
        found: dict[str, list[LedgerEntry]] = {}
        for line in reversed(self._sessions.all()):
            if line.is_own:
                for entry in self._of(line, self._sessions.folder(line.id).load().promises):
                    if entry.promise.state not in {"found", "no_promise"}:
                        found.setdefault(entry.name.casefold(), []).append(entry)
        rows = (_kept_row(entries) for entries in found.values())
        return tuple(sorted(rows, key=lambda row: (row.who, row.name)))

    def _with_heard(self, session_id: str) -> tuple[Promise, ...]:
        stored = self._sessions.folder(session_id).load().promises
        try:
            report = self._sessions.report(session_id)
        except ListenerError:  # told where the report is opened; the promises that are kept count all the same
            report = None
        return with_found(stored, found_promises(report.utterances)) if report else stored

    def _of(self, line: SessionLine, promises: Sequence[Promise]) -> list[LedgerEntry]:
        names = _names(line.names)
        return [
            LedgerEntry(f"{line.id}/{key}", line.id, line.started_at, names[promise.partner], promise)
            for key, promise in keyed(promises).items()
        ]


def _names(names: Mapping[PartnerId, str]) -> dict[PartnerId, str]:
    """What to call both; the letter is added where both have one name, as in the progress of scores."""
    first, second = names.get("A") or "Partner A", names.get("B") or "Partner B"
    same = first.casefold() == second.casefold()
    return {"A": f"{first} (A)", "B": f"{second} (B)"} if same else {"A": first, "B": second}


def _is_same(one: Promise, two: Promise) -> bool:
    """Whether these are one promise that was heard, whatever became of it."""
    return (one.partner, one.said, one.text) == (two.partner, two.said, two.text)


def _kept_row(entries: Sequence[LedgerEntry]) -> KeptRow:
    promises = [entry.promise for entry in entries]
    counted = kept(promises)
    low, high = (round(100 * end) for end in interval(counted)) if counted.whole else (None, None)
    waiting = sum(promise.state == OPEN for promise in promises)
    latest = entries[-1]
    return KeptRow(latest.name, latest.promise.partner, counted.part, counted.whole, low, high, waiting)
