"""A list of sessions and the record of one, as lines for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from listener.adapters.session_folder import SessionFolder
from listener.app.promise_ledger import STATES as PROMISE_STATES
from listener.app.record_notes import how_often
from listener.app.sessions import REPORT_FILE, SessionLine
from listener.domain.session import Promise, SessionRecord
from listener.domain.span import clock
from listener.domain.speech import PARTNERS
from listener.errors import ListenerError
from listener.reports.wording import date, plain_text

LIST_SCHEMA, DETAILS_SCHEMA = "listener.sessions/1", "listener.session-details/1"
STATES = {"unfinished": "cut off", "recorded": "no report", "analysed": "report"}


def list_entries(lines: Iterable[SessionLine], unreadable: Iterable[tuple[str, ListenerError]]) -> dict[str, Any]:
    """`listener.sessions/1`."""
    return {
        "schema": LIST_SCHEMA,
        "sessions": [
            {
                "id": line.id,
                "title": line.title,
                "started_at": line.started_at,
                "scenario": line.scenario,
                "names": dict(line.names),
                "duration_ms": line.duration_ms,
                "state": line.state,
                "example": not line.is_own,
            }
            for line in lines
        ],
        "unreadable": [{"id": name, "reason": error.message, "hint": error.hint} for name, error in unreadable],
    }


def list_lines(lines: Sequence[SessionLine]) -> list[str]:
    """A line each: id, when, how long, what there is of it, what it is called, who talked."""
    wide = max((len(line.id) for line in lines), default=0)
    return [
        "  ".join(
            [
                line.id.ljust(wide),
                date(line.started_at),
                (clock(line.duration_ms) if line.duration_ms else "").rjust(7),
                STATES[line.state].ljust(9),
                plain_text(line.title) or plain_text(line.scenario),
                ", ".join(plain_text(line.names[p]) for p in PARTNERS if line.names.get(p)),
            ]
        ).rstrip()
        for line in lines
    ]


def details(record: SessionRecord, folder: SessionFolder) -> dict[str, Any]:
    """`listener.session-details/1`."""
    return {
        "schema": DETAILS_SCHEMA,
        "id": folder.path.name,
        "title": record.title,
        "started_at": record.started_at,
        "scenario": record.scenario,
        "names": dict(record.names),
        "state": record.state,
        "has_report": (folder.path / REPORT_FILE).exists(),
        "duration_ms": record.duration_ms,
        "mics": record.mics,
        "device": record.device,
        "consent": list(record.consent),
        "pauses": len(record.pauses),
        "lost_ms": sum(gap.duration_ms for gap in record.gaps),
        "struck_ms": sum(span.duration_ms for span in record.struck),
        "promises": [
            {"partner": p.partner, "text": p.text, "origin": p.origin, "state": p.state} for p in record.promises
        ],
        "ended": record.ended,
        "files": [{"name": path.name, "bytes": path.stat().st_size} for path in folder.kept_files],
    }


def detail_lines(record: SessionRecord, folder: SessionFolder) -> list[str]:
    """The same in words."""
    named = {partner: plain_text(name) for partner, name in record.names.items() if name}
    files = ", ".join(f"{path.name} ({_size(path.stat().st_size)})" for path in folder.kept_files)
    agreed = " and ".join(named.get(partner, f"Partner {partner}") for partner in record.consent)
    rows = {
        "id": folder.path.name,
        "title": plain_text(record.title),
        "when": date(record.started_at),
        "practice": plain_text(record.scenario),
        "partners": ", ".join(f"{partner} {name}" for partner, name in sorted(named.items())),
        "length": clock(record.duration_ms) if record.duration_ms else "not saved yet",
        "recorded by": f"{plain_text(record.device)}, {record.mics} microphone{'' if record.mics == 'one' else 's'}",
        "agreed": agreed,
        "paused": how_often(len(record.pauses)) if record.pauses else "",
        "lost": clock(sum(gap.duration_ms for gap in record.gaps)) if record.gaps else "",
        "struck": clock(sum(span.duration_ms for span in record.struck)) if record.struck else "",
        "ended": plain_text(record.ended),
        "files": files,
    }
    lines = [f"{name:12}{value}" for name, value in rows.items() if value]
    return lines + [f"{'promise':12}{_promise(promise, named.get(promise.partner))}" for promise in record.promises]


def _promise(promise: Promise, name: str | None) -> str:
    who = name or f"Partner {promise.partner}"
    return f"{who}: {plain_text(promise.text)} ({PROMISE_STATES[promise.state]})"


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{max(1, round(count / 1000))} kB"
