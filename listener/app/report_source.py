"""Which report is meant on the command line: that of a stored session, or of a `report.json`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from listener.adapters.practice_toml import load_rubric, load_scenarios
from listener.adapters.resources import guidelines_file, practice_folder
from listener.adapters.session_folder import SessionFolder
from listener.adapters.transcripts.file_text import read_bytes
from listener.app.find_session import stored_session
from listener.app.report_naming import report_named
from listener.app.sessions import REPORT_FILE, session_of
from listener.domain.report import Report
from listener.errors import BadSession
from listener.reports.json_report import parse
from listener.reports.off_record import off_record

_LISTED = "The first screen of `listener` lists your sessions."
_FORMS = f"Give a session's id or the beginning of one, its folder, a report.json, or `last`. {_LISTED}"


@dataclass(frozen=True, slots=True)
class Source:
    """A report with the titles that it is told with.

    `session_id` is empty for a report of no stored session; `sound` is None where there is no recording to go with it.
    """

    report: Report
    titles: Mapping[str, str]
    session_id: str
    sound: Path | None


def find_report(named: str, root: Path, audio: Path | None = None) -> Source:
    """The report that `named` means: `last`, a session's id or a unique beginning of it, its folder, or a report.json.

    Nothing that was struck from the record is in it. `audio` takes the place of the session's recording. Raises
    BadSession where there is no such session or it has no report yet, BadTranscript where the file holds no report.
    """
    folder = stored_session(root, named)
    path = _existing(named) if folder is None else None
    if path is not None:
        folder = session_of(path.parent if path.name == REPORT_FILE else path)
    if folder is not None:
        return _of_session(folder, audio)
    if path is not None and path.is_file():
        return Source(parse(read_bytes(path)), _titles(), "", audio)
    raise BadSession(f"There is no session {named!r}.", _FORMS)


def _existing(named: str) -> Path | None:
    """The file or folder of this name, in full; None where there is none."""
    try:
        return Path(named).resolve(strict=True) if named else None
    except OSError:  # absent, or no name at all
        return None


def _of_session(folder: SessionFolder, audio: Path | None) -> Source:
    record = folder.load()
    name = folder.path.name
    try:
        content = (folder.path / REPORT_FILE).read_bytes()
    except FileNotFoundError as error:
        raise BadSession(
            f"The session {name} has no report yet.",
            "Open `listener` and choose it among your sessions: its report is made there.",
        ) from error
    except OSError as error:
        raise BadSession(f"The report of {name} cannot be read: {error.strerror}.", "Check its permissions.") from error
    with report_named(name):
        report = parse(content)
    sound = audio or (folder.recording if folder.recording.is_file() else None)
    return Source(off_record(report, record.struck), _titles(), name, sound)


def _titles() -> dict[str, str]:
    """The titles of all bundled scenarios and guidelines."""
    scenarios = {scenario.id: scenario.title for scenario in load_scenarios(practice_folder()).values()}
    return scenarios | {guideline.id: guideline.title for guideline in load_rubric(guidelines_file()).guidelines}
