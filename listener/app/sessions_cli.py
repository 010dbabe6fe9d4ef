"""`listener sessions`: what was recorded on this machine, and what can be done with it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from listener.errors import BadUsage, NotLogged

if TYPE_CHECKING:
    from listener.app.sessions import Sessions

WHICH = "ID is a session's id, a beginning of it that no other has, or `last` for the newest."
STDOUT = "-"


@click.group()
def sessions() -> None:
    """List, show, name, delete, export and import the sessions on this machine."""


@sessions.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON (listener.sessions/1).")
def list_all(as_json: bool) -> None:
    """List all sessions, the newest first."""
    from listener.app import session_words as words

    known = own_sessions()
    lines, unreadable = known.all(), known.unreadable()
    if as_json:
        echo_json(words.list_entries(lines, unreadable))
        return
    for text in words.list_lines(lines):
        click.echo(text)
    if not lines and not unreadable:
        click.echo("There are no sessions yet. `listener` records one.", err=True)
    for name, error in unreadable:
        click.echo(f"! {name}: {error.message} {error.hint}", err=True)


@sessions.command(epilog=WHICH)
@click.argument("name", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print JSON (listener.session-details/1).")
def show(name: str, as_json: bool) -> None:
    """Show what is kept of a session."""
    from listener.adapters.audit_log import note_use
    from listener.app import session_words as words

    known = own_sessions()
    session_id = known.find(name)
    folder = known.folder(session_id)
    record = folder.load()
    if as_json:
        echo_json(words.details(record, folder))
    else:
        click.echo("\n".join(words.detail_lines(record, folder)))
    with told_if_not_logged():
        note_use(known.root, "open", session_id, "record")


@sessions.command(epilog=WHICH)
@click.argument("name", metavar="ID")
@click.option("--yes", is_flag=True, help="Do not ask.")
def delete(name: str, yes: bool) -> None:
    """Delete a session for good: sound, words, report, promises."""
    known = own_sessions()
    session_id = known.find(name)
    if not yes:
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise BadUsage("Nobody can be asked without a terminal.", "Add --yes to delete without a question.")
        if not click.confirm(f"Delete {session_id} for good, with its sound, words, report and promises?", err=True):
            click.echo("Nothing was deleted.", err=True)
            return
    with told_if_not_logged():
        known.delete(session_id)
    click.echo(f"Deleted: {session_id}", err=True)


@sessions.command(epilog=WHICH)
@click.argument("name", metavar="ID")
@click.argument("title")
def rename(name: str, title: str) -> None:
    """Give a session a title; an empty one takes it back."""
    known = own_sessions()
    session_id = known.find(name)
    kept = known.rename(session_id, title)
    click.echo(f"{session_id}: {kept or 'without a title'}", err=True)


@sessions.command(epilog=WHICH)
@click.argument("name", metavar="ID")
@click.argument("target", required=False, metavar="[FILE.zip]", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@click.option("--no-sound", is_flag=True, help="Leave out the recording and the enrolment sentences.")
def export(name: str, target: Path | None, force: bool, no_sound: bool) -> None:
    """Write a session into a zip file that another Listener can import.

    The file is not encrypted: whoever has it can hear and read the talk.
    """
    from listener.app.session_exchange import export_session

    if target == Path(STDOUT):
        raise BadUsage("A session is not written to stdout.", "Name a file, such as talk.zip.")
    known = own_sessions()
    session_id = known.find(name)
    target = target or Path(f"listener-{session_id}.zip")
    export_session(known, session_id, target, not no_sound, force)
    click.echo(f"Written: {target}", err=True)


@sessions.command("import")
@click.argument("archive", metavar="FILE.zip", type=click.Path(path_type=Path))
def import_archive(archive: Path) -> None:
    """Take in a session that `listener sessions export` wrote, whole or not at all."""
    from listener.adapters.audit_log import note_use
    from listener.app.session_exchange import import_session
    from listener.reports.wording import plain_text

    known = own_sessions()
    taken = import_session(known, archive)
    if taken.record.id != taken.given:
        given = plain_text(taken.given)[:40]
        click.echo(f"The id {given} is taken or no id, so this session has another one.", err=True)
    click.echo(taken.record.id)
    with told_if_not_logged():
        note_use(known.root, "import", taken.record.id, "zip")


def own_sessions() -> Sessions:
    """The sessions of this user."""
    from listener.adapters.session_folder import sessions_folder
    from listener.app.sessions import Sessions

    return Sessions(sessions_folder())


def echo_json(document: object) -> None:
    """Print a document for other programs."""
    import json

    click.echo(json.dumps(document, indent=2, ensure_ascii=False))


@contextmanager
def told_if_not_logged() -> Iterator[None]:
    """What was done stays done where the audit log cannot be written; that is told."""
    try:
        yield
    except NotLogged as error:
        click.echo(f"! It is done. {error.message} {error.hint}", err=True)
