"""`listener promises`: what you said you would do, and whether you did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from listener.app.sessions_cli import echo_json, own_sessions

if TYPE_CHECKING:
    from listener.app.promise_ledger import LedgerEntry, PromiseLedger
    from listener.domain.session import PromiseState

SCHEMA = "listener.promises/1"
WHICH = "ID is as `listener promises list` shows it; before the / a beginning of the session's id or `last` will do."
TOLD: dict[str, PromiseState] = {
    "kept": "kept",
    "not-kept": "not_kept",
    "open": "confirmed",
    "let-go": "let_go",
    "no-promise": "no_promise",
}


@click.group()
def promises() -> None:
    """List promises, confirm those that were heard, and say what became of them."""


@promises.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON (listener.promises/1).")
@click.option("--all", "everything", is_flag=True, help="Also those that were kept, not kept, let go or never meant.")
def list_promises(as_json: bool, everything: bool) -> None:
    """List what is open, and what was heard in a talk and nobody has confirmed yet."""
    from listener.app.promise_ledger import WAITING
    from listener.app.promise_words import entry_lines

    entries = [entry for entry in _ledger().entries() if everything or entry.promise.state in WAITING]
    if as_json:
        echo_json({"schema": SCHEMA, "promises": [_document(entry) for entry in entries]})
        return
    for text in entry_lines(entries):
        click.echo(text)
    if not entries:
        click.echo("There are no promises." if everything else "No promise is open.", err=True)


@promises.command(epilog=WHICH)
@click.argument("name", metavar="ID")
@click.argument("state", metavar="kept|not-kept|open|let-go|no-promise", type=click.Choice(list(TOLD)))
def mark(name: str, state: str) -> None:
    """Say what became of a promise; an answer can be corrected. `no-promise`: it was not meant as one."""
    _tell(name, TOLD[state])


@promises.command(epilog=WHICH)
@click.argument("name", metavar="ID")
def confirm(name: str) -> None:
    """Say that what was heard was meant as a promise; from then on it is open."""
    _tell(name, "confirmed")


def _tell(name: str, state: PromiseState) -> None:
    from datetime import datetime

    from listener.app.promise_words import entry_lines

    ledger = _ledger()
    entry = ledger.tell(ledger.find(name), state, datetime.now().astimezone())
    for text in entry_lines([entry]):
        click.echo(text, err=True)


def _ledger() -> PromiseLedger:
    from listener.app.promise_ledger import PromiseLedger

    return PromiseLedger(own_sessions())


def _document(entry: LedgerEntry) -> dict[str, Any]:
    promise = entry.promise
    return {
        "id": entry.id,
        "session": entry.session_id,
        "started_at": entry.started_at,
        "partner": promise.partner,
        "name": entry.name,
        "text": promise.text,
        "origin": promise.origin,
        "state": promise.state,
        "start_ms": promise.said.start if promise.said else None,
        "end_ms": promise.said.end if promise.said else None,
        "told_at": promise.told_at or None,
    }
