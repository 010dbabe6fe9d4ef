"""Sessions out of this machine's folder and into it, as zip files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from listener.adapters.audit_log import note_use
from listener.adapters.practice_toml import load_rubric
from listener.adapters.resources import guidelines_file
from listener.adapters.session_archive import SessionArchive, adopt, discard, write_archive
from listener.adapters.session_bounds import fault_of_spans
from listener.adapters.session_folder import SOUND_FILES, SessionFolder
from listener.app.heard import Heard
from listener.app.judgement_file import judgements_of
from listener.app.kept_analysis import ANALYSIS_FILE, kept_analysis
from listener.app.scenarios_cli import find_scenario
from listener.app.sessions import REPORT_FILE, Sessions
from listener.domain.session import SessionRecord
from listener.domain.span import Span
from listener.errors import BadSession, ListenerError, OutputExists
from listener.reports.json_report import parse


@dataclass(frozen=True, slots=True)
class Imported:
    """A session that was taken in; `given` is the id that it came with."""

    record: SessionRecord
    given: str


def export_session(
    sessions: Sessions, session_id: str, target: Path, with_sound: bool = True, force: bool = False
) -> list[str]:
    """Write a session into the zip `target`; the names of the files in it. It is logged before anything leaves.

    Raises BadSession where its recording is not saved yet, OutputExists where `target` is there and `force` is not
    given, NotLogged, and DiskFull where it cannot be written.
    """
    folder = sessions.folder(session_id)
    record = folder.load()
    if record.state == "recording":
        raise BadSession(f"The recording of {session_id} is not finished.", "Open `listener`: it offers to recover it.")
    if target.is_dir() or ((target.exists() or target.is_symlink()) and not force):
        raise OutputExists(f"{target} is already there.", "Choose another name, or add --force to replace a file.")
    files = [path for path in folder.kept_files if with_sound or path.name not in SOUND_FILES]
    note_use(sessions.root, "export", session_id, "zip" if with_sound else "zip without sound")
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
        _look_at_answers(record, archive.name)
        _look_at_texts(folder, archive.name)
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


def _look_at_answers(record: SessionRecord, name: str) -> None:
    """Answers about what is no guideline would be in no report."""
    known = {guideline.id for guideline in load_rubric(guidelines_file()).guidelines}
    if any(answer.guideline not in known for answer in record.answers):
        raise BadSession(f"{name} holds an answer about what is no guideline.", "Export the session again.")


def _look_at_texts(folder: SessionFolder, name: str) -> None:
    """Each as who reads it later will."""
    try:
        if (report := folder.path / REPORT_FILE).exists():
            parse(report.read_bytes())
        judgements_of(folder)
        if (folder.path / ANALYSIS_FILE).exists():
            _look_at_analysis(kept_analysis(folder).heard)
    except (OSError, ValueError, RecursionError) as error:
        raise BadSession(f"{name} holds a damaged file: {error}.", "Export the session again.") from error
    except ListenerError as error:
        told = error.message.replace(folder.path.name, name)
        raise BadSession(
            f"{name} holds a damaged report, analysis or review. {told}",
            "Export the session again; if it was made by a newer Listener, update this one.",
        ) from error


def _look_at_analysis(heard: Heard) -> None:
    """Raises ValueError for times that no talk has."""
    spans = [each.span for found in (heard.speech, heard.utterances, heard.two_at_once or ()) for each in found]
    spans += [word.span for utterance in heard.utterances for word in utterance.words]
    fault = fault_of_spans([Span(0, heard.duration_ms), Span(0, heard.lost_ms), *spans])
    if fault:
        raise ValueError(f"{ANALYSIS_FILE} {fault}")
