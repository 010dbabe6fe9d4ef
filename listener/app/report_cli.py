"""`listener report`: the report of a session in any format, to stdout or into files."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from listener.app.replay_cli import Pairs, PartnerValue, once_each

if TYPE_CHECKING:
    from listener.adapters.audit_log import Action
    from listener.app.report_formats import File
    from listener.app.report_source import Source
    from listener.domain.speech import PartnerId

ALL = "all"
CHOICES = ("json", "md", "txt", "html", "pdf", "csv", "srt", "vtt", "rttm", "textgrid", "eaf", "wav")
STDOUT = "-"

Plan = list[tuple[Path, "File"]]


@click.command()
@click.argument("session")
@click.option(
    "--format", "form", type=click.Choice([*CHOICES, ALL]), default="txt", show_default=True, help="What to write."
)
@click.option("--out", metavar="FILE|FOLDER", help="Where to; - is stdout.")
@click.option("--force", is_flag=True, help="Overwrite files.")
@click.option("--pseudonyms", is_flag=True, help="Call the partners Partner A and Partner B, wherever they are named.")
@click.option("--partner", "names", type=PartnerValue(), multiple=True, help="Another name for a partner, as in A=Kim.")
@click.option("--no-sound", is_flag=True, help="Leave the recording out.")
@click.option(
    "--audio", type=click.Path(path_type=Path), metavar="FILE", help="The recording that goes with a report.json."
)
def report(  # noqa: PLR0913  # one parameter an option; click calls it, nobody else
    session: str,
    form: str,
    out: str | None,
    force: bool,
    pseudonyms: bool,
    names: Pairs,
    no_sound: bool,
    audio: Path | None,
) -> None:
    """Write the report of a session: to read, to print, or for other programs.

    SESSION is a session's id or the beginning of one, its folder, `last` for the newest, or a report.json that
    `listener replay --out` wrote.

    \b
    json md txt              the report; with srt vtt rttm textgrid eaf they go to stdout without --out
    html                     one page to open in a browser, every moment to be heard; to a file, or where it is piped
    pdf                      the report on A4; needs: pip install 'listener-practice[pdf]'
    csv                      two tables: events and measurements
    srt vtt                  what was said, with speakers
    rttm textgrid eaf        who spoke when, for NIST's tools, Praat and ELAN
    wav                      the recording
    all                      everything, in a folder

    Without --out, html, pdf, csv and wav are written into the current folder and all into a new folder in it, as
    listener-SESSION. No file is overwritten without --force.
    """  # noqa: D301  # click reads a real backspace as "keep these lines"
    from listener.adapters.session_folder import sessions_folder
    from listener.app.report_source import find_report

    once_each(names, "--partner")
    source = find_report(session, sessions_folder(), audio)
    called = _called(pseudonyms, names)
    if called:
        source = _renamed(source, form, called, no_sound)
    if no_sound or called:  # in the sound real names may be heard
        source = replace(source, sound=None)
    if out == STDOUT or (out is None and _is_text(form)):
        _print(form, source, out)
        return
    plan, left_out = _planned(form, source, out)
    if no_sound or called:
        left_out.pop("wav", None)
    _write(plan, left_out, source, form, force)


def _called(pseudonyms: bool, names: Pairs) -> dict[PartnerId, str]:
    """The names that were asked for."""
    from listener.reports.pseudonyms import PSEUDONYMS

    return {**(PSEUDONYMS if pseudonyms else {}), **dict(names)}


def _renamed(source: Source, form: str, called: dict[PartnerId, str], no_sound: bool) -> Source:
    from listener.errors import BadUsage
    from listener.reports.pseudonyms import pseudonymous

    if form == "wav":
        raise BadUsage("A recording cannot be given other names.", "Leave out --pseudonyms and --partner.")
    if form == ALL and source.sound is not None and not no_sound:
        click.echo("Left out: wav. In a recording the real names may be heard.", err=True)
    return replace(source, report=pseudonymous(source.report, called, source.titles))


def _is_text(form: str) -> bool:
    from listener.app.report_formats import FORMATS

    if form == ALL or not FORMATS[form].text:
        return False
    return not (FORMATS[form].long and sys.stdout.isatty())


def _print(form: str, source: Source, out: str | None) -> None:
    """To stdout; the report as text in colour where that is a terminal and a file was not asked for."""
    from listener.app.output import show
    from listener.app.report_formats import render
    from listener.errors import BadUsage

    if form == ALL:
        raise BadUsage("all is a folder of files and cannot go to stdout.", "Name the folder: --out FOLDER.")
    if not _is_text(form) and sys.stdout.isatty():
        raise BadUsage(f"{form} cannot be written to a terminal.", "Name a file or folder with --out.")
    if form == "txt" and out is None and sys.stdout.isatty():
        _note(source, "open")
        show(source.report, source.titles, False)
        return
    content = render(form, source)
    _note(source, "export", form)
    sys.stdout.buffer.write(content)


def _planned(form: str, source: Source, out: str | None) -> tuple[Plan, dict[str, str]]:
    """The files to write, and of `all` the formats that cannot be written, with the reason."""
    from listener.app.report_formats import FORMATS, require
    from listener.errors import BadSession, BadUsage

    name = f"listener-{source.session_id or 'report'}"
    if form != ALL:
        require(form, source)
        files = FORMATS[form].files
        if len(files) == 1:
            return [(_target(out, name + files[0].ending), files[0])], {}
        if out is not None and Path(out).suffix == f".{form}":
            raise BadUsage(f"{form} is {len(files)} files.", "Name their folder with --out.")
        return [(Path(out or ".") / (name + file.ending), file) for file in files], {}
    plan: Plan = []
    left_out: dict[str, str] = {}
    for each, format_ in FORMATS.items():
        try:
            require(each, source)
        except BadSession as error:
            left_out[each] = error.message
            continue
        plan += [(Path(out or name) / (name + file.ending), file) for file in format_.files]
    return plan, left_out


def _target(out: str | None, name: str) -> Path:
    """The file that --out names, or one in the folder that it names."""
    if out is None:
        return Path(name)
    return Path(out) / name if out.endswith("/") or Path(out).is_dir() else Path(out)


def _write(plan: Plan, left_out: dict[str, str], source: Source, form: str, force: bool) -> None:
    from listener.app.output import make_folder, refuse_overwriting
    from listener.app.report_formats import write_file
    from listener.errors import MissingPackage

    refuse_overwriting([path for path, _ in plan], force)
    make_folder(plan[0][0].parent)
    _note(source, "export", form)
    for path, file in plan:
        try:
            write_file(file, source, path)
        except MissingPackage as error:
            if form != ALL:
                raise
            left_out[path.suffix[1:]] = f"{error.message} {error.hint}"
            continue
        click.echo(f"Written: {path}", err=True)
    for left, reason in left_out.items():
        click.echo(f"Left out: {left}. {reason}", err=True)


def _note(source: Source, action: Action, form: str = "") -> None:
    """One line in the audit log, before anything leaves; a report that belongs to no session has none."""
    from listener.adapters.audit_log import note_use
    from listener.adapters.session_folder import sessions_folder

    if source.session_id:
        note_use(sessions_folder(), action, source.session_id, form)
