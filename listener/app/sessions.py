"""The sessions on this machine: listed, recovered, discarded, read, followed over time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, NamedTuple

from listener.adapters.audit_log import note_use
from listener.adapters.session_folder import SessionFolder, list_sessions, unfinished
from listener.app.analyse import Practice
from listener.app.example import EXAMPLE_FILE
from listener.app.find_session import stored_session
from listener.app.hear import Listening
from listener.app.judgement_file import judgements_of
from listener.app.replay_cli import load_rubric_and_titles
from listener.app.report_naming import report_named
from listener.app.scenarios_cli import find_scenario
from listener.app.settings import Settings
from listener.domain.report import Report
from listener.domain.session import SessionRecord
from listener.domain.span import Ms
from listener.domain.speech import PartnerId
from listener.errors import BadSession, ListenerError
from listener.reports.json_report import parse
from listener.reports.off_record import off_record
from listener.reports.wording import plain_text

REPORT_FILE = "report.json"

LONGEST_TITLE = 80


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One session in a list. `state`: cut off while recording, recorded but not analysed, or with a report.

    `device` is the name of its input: that of the example's file where the example played. `title` is what the partners
    call it, empty where they gave it none.
    """

    id: str
    started_at: str
    scenario: str
    names: Mapping[PartnerId, str]
    duration_ms: Ms
    state: Literal["unfinished", "recorded", "analysed"]
    folder: Path
    device: str
    title: str = ""

    @property
    def is_own(self) -> bool:
        """Whether it is a talk of the partners themselves: trying the example is none."""
        return self.device != EXAMPLE_FILE


@dataclass(frozen=True, slots=True)
class ProgressPoint:
    """One row of one session's report: a guideline's score for a partner, by `name`, or the couple.

    `scenario` is what was practised, `rules` the version of the rules that made the score.
    """

    started_at: str
    session_id: str
    guideline: str
    partner: PartnerId | Literal["both"]
    name: str
    score: int
    low: int
    high: int
    scenario: str
    rules: str


class Followed(NamedTuple):
    """The scores of the reports that can be read, and by a session's id why another's cannot."""

    points: list[ProgressPoint]
    unreadable: list[tuple[str, ListenerError]]


class Sessions:
    """The session folders below `root`."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def all(self) -> list[SessionLine]:
        """Every session that can be read, newest first; `unreadable` tells of the others."""
        lines = [line for folder in list_sessions(self.root) if (line := _line(folder)) is not None]
        return sorted(lines, key=lambda line: (line.started_at, line.id), reverse=True)

    def unfinished(self) -> list[SessionLine]:
        """Sessions whose recording was cut off and that no running program is recording, newest first."""
        cut_off = {folder.path.name for folder in unfinished(self.root)}
        return [line for line in self.all() if line.id in cut_off]

    def unreadable(self) -> list[tuple[str, ListenerError]]:
        """Sessions that cannot be read, with the reason."""
        found = []
        for folder in list_sessions(self.root):
            try:
                folder.load()
            except ListenerError as error:
                found.append((folder.path.name, error))
        return found

    def folder(self, session_id: str) -> SessionFolder:
        """The folder of a session; BadSession where there is none of this id."""
        path = self.root / session_id
        if "/" in session_id or session_id in {"", ".", ".."} or path.is_symlink() or not path.is_dir():
            raise BadSession(f"There is no session {session_id!r}.", "The first screen of `listener` lists them.")
        return SessionFolder(path)

    def find(self, name: str) -> str:
        """The id of the session that `name` means: an id, its beginning where no other begins so, or `last`.

        Raises BadSession where there is none, or more than one.
        """
        found = stored_session(self.root, name)
        if found is None:
            raise BadSession(f"There is no session {name!r}.", "`listener sessions list` shows them.")
        return found.path.name

    def rename(self, session_id: str, title: str) -> str:
        """Give a session a title, or take it back with an empty one; the title as it is kept.

        Raises BadSession (in use, too long a title) and DiskFull.
        """
        title = plain_text(title)
        if len(title) > LONGEST_TITLE:
            raise BadSession(
                f"This title has {len(title)} characters.", f"Use at most {LONGEST_TITLE}; the talk itself is kept."
            )
        with self.folder(session_id).held() as folder:
            folder.save(replace(folder.load(), title=title))
        return title

    def recover(self, session_id: str) -> SessionRecord:
        """Save the recording of a session that was cut off; what was stored is kept, to the last chunk."""
        return self.folder(session_id).finalise()

    def delete(self, session_id: str) -> None:
        """Remove a session for good: sound, words, report, promises and what was kept of an unfinished analysis.

        Raises BadSession where it is still there, NotLogged where it is gone but that could not be logged.
        """
        self.folder(session_id).delete()
        note_use(self.root, "delete", session_id)

    def log_opened(self, session_id: str) -> None:
        """Note that somebody looks at the report. Raises NotLogged."""
        note_use(self.root, "open", session_id, "report")

    def report(self, session_id: str) -> Report | None:
        """The session's report without what was struck from the record; None where it has not been analysed.

        Raises BadSession and BadTranscript, naming the session.
        """
        folder = self.folder(session_id)
        path = folder.path / REPORT_FILE
        with report_named(session_id):
            return off_record(parse(path.read_bytes()), folder.load().struck) if path.exists() else None

    def progress(self) -> Followed:
        """Every score of every report of your own talks, oldest session first; trying the example is no progress.

        A report that cannot be read takes away its own scores and no others.
        """
        points: list[ProgressPoint] = []
        unreadable: list[tuple[str, ListenerError]] = []
        for line in reversed(self.all()):
            try:
                report = self.report(line.id) if line.state == "analysed" and line.is_own else None
            except ListenerError as error:
                unreadable.append((line.id, error))
                continue
            if report is None:
                continue
            names = _names(report)
            points += [
                ProgressPoint(
                    line.started_at,
                    line.id,
                    row.id,
                    row.partner,
                    "Both" if row.partner == "both" else names[row.partner],
                    row.score,
                    row.low,
                    row.high,
                    report.session.scenario,
                    report.provenance.rules,
                )
                for row in report.guidelines
                if row.score is not None and row.low is not None and row.high is not None
            ]
        return Followed(points, unreadable)


def _names(report: Report) -> dict[PartnerId, str]:
    """Whom each letter stood for; the letter is added where both have one name."""
    first, second = report.session.partners
    same = first.name.casefold() == second.name.casefold()
    return {p.id: f"{p.name} ({p.id})" if same else p.name for p in (first, second)}


def practised(folder: SessionFolder, settings: Settings) -> tuple[Listening, Practice, dict[str, str]]:
    """How to listen to a stored session, what was practised in it, and the titles for its report."""
    record = folder.load()
    scenario = find_scenario(record.scenario)
    rubric, titles = load_rubric_and_titles(scenario)
    mics: Literal["auto", "one"] = "auto" if record.mics == "two" else "one"
    listening = Listening(folder.enrolment, mics, settings.model)
    names = {partner: name for partner, name in record.names.items() if name}
    practice = Practice(scenario, rubric, names, frozenset(folder.enrolment), record, judgements_of(folder))
    return listening, practice, titles


def session_of(audio: Path) -> SessionFolder | None:
    """The session that a path names, by its folder or the recording in it; None for any other file."""
    path = audio if audio.is_dir() else audio.parent
    folder = SessionFolder(path)
    if not (path / "session.json").is_file() or audio not in {path, folder.recording}:
        return None
    return folder


def _line(folder: SessionFolder) -> SessionLine | None:
    try:
        record = folder.load()
    except ListenerError:
        return None
    analysed = (folder.path / REPORT_FILE).exists()
    state: Literal["unfinished", "recorded", "analysed"] = (
        "unfinished" if record.state == "recording" else "analysed" if analysed else "recorded"
    )
    return SessionLine(
        folder.path.name,  # the record of a copied folder has the id of the other one
        record.started_at,
        record.scenario,
        record.names,
        record.duration_ms,
        state,
        folder.path,
        record.device,
        record.title,
    )
