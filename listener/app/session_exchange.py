"""Sessions out of this machine's folder and into it, as zip files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec

from listener.adapters.session_archive import SessionArchive, adopt, discard, write_archive
from listener.adapters.session_folder import SOUND_FILES
from listener.app.scenarios_cli import find_scenario
from listener.app.sessions import REPORT_FILE, Sessions
from listener.domain.session import SessionRecord
from listener.errors import BadSession, ListenerError, OutputExists
from listener.reports.json_report import parse

OBJECTS = ("analysis.json", "review.json")
"""Files of which it is checked here only that they are JSON objects; who reads them checks the rest."""


@dataclass(frozen=True, slots=True)
class Imported:
    """A session that was taken in; `given` is the id that it came with."""

    record: SessionRecord
    given: str


def export_session(
    sessions: Sessions, session_id: str, target: Path, with_sound: bool = True, force: bool = False
) -> list[str]:
    """Write a session into the zip `target`; the names of the files in it.

    Raises BadSession where its recording is not saved yet, OutputExists where `target` is there and `force` is not
    given, DiskFull where it cannot be written.
    """
    folder = sessions.folder(session_id)
    record = folder.load()
    if record.state == "recording":
        raise BadSession(f"The recording of {session_id} is not finished.", "Open `listener`: it offers to recover it.")
    if target.is_dir() or (target.exists() and not force):
        raise OutputExists(f"{target} is already there.", "Choose another name, or add --force to replace a file.")
    files = [path for path in folder.kept_files if with_sound or path.name not in SOUND_FILES]
    write_archive(files, record, target)
    return [path.name for path in files]


def import_session(sessions: Sessions, archive: Path) -> Imported:
    """Take in a session that was exported, whole or not at all; where its id is taken it gets another.

    Raises BadSession for anything that is not such a file, DiskFull where there is no room.
    """
    folder = SessionArchive(archive).unpack(sessions.root)
    try:
        record = folder.load()
        given = record.id
        _look_at_phases(record, archive.name)
        _look_at_texts(folder.path, archive.name)
        record = adopt(folder, sessions.root)
    except BaseException:
        discard(folder)
        raise
    return Imported(record, given)


def _look_at_phases(record: SessionRecord, name: str) -> None:
    """Parts that the practice does not have would keep its report from being made again."""
    try:
        count = len(find_scenario(record.scenario).phases)
    except ListenerError:  # a practice of their own; the report says so where it is to be made again
        return
    if any(not 0 <= start.phase < count for start in record.phases):
        raise BadSession(f"{name} holds a part that {record.scenario} does not have.", "Export the session again.")


def _look_at_texts(folder: Path, name: str) -> None:
    try:
        if (report := folder / REPORT_FILE).exists():
            parse(report.read_bytes())
        for text in OBJECTS:
            if (path := folder / text).exists():
                msgspec.json.decode(path.read_bytes(), type=dict[str, object])
    except (msgspec.DecodeError, msgspec.ValidationError, ValueError, RecursionError) as error:
        raise BadSession(f"{name} holds a damaged file: {error}.", "Export the session again.") from error
    except ListenerError as error:
        raise BadSession(f"{name} holds a damaged report. {error.message}", "Export the session again.") from error
