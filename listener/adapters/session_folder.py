"""Sessions on the disk: a folder each, with the record, the recording, the partners' voices and the report.

While it is recorded the sound lies in `recording.chunks`, and `session.lock` is held by the recording process; saved,
it lies in `recording.flac`. A record of an older version is read as it is, and kept beside the new one when it is first
written again.
"""

from __future__ import annotations

import contextlib
import fcntl
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import IO

import platformdirs

from listener.adapters.atomic_file import disk_error, write_whole
from listener.adapters.chunk_format import Kind
from listener.adapters.flac import save_as_flac
from listener.adapters.session_record import RECORD_FILE, read_record, write_record
from listener.domain.session import SessionRecord
from listener.domain.span import Span, merged
from listener.domain.speech import PARTNERS, PartnerId
from listener.errors import BadSession

_CHUNKS, _LOCK, _RECORDING = "recording.chunks", "session.lock", "recording.flac"
SESSION_NAME = re.compile(r"(\d{8}-\d{6})(?:-(\d+))?")
_BACKUP = re.compile(re.escape(RECORD_FILE) + r"\.v\d+")

SOUND_FILES = (_RECORDING, *(f"enrol_{partner}.flac" for partner in PARTNERS))
"""What can be heard of a session that is saved."""

TEXT_FILES = (RECORD_FILE, "report.json", "analysis.json", "review.json")
"""What else is kept of it: its record, its report, what the analysis found, what people said of that."""


def sessions_folder() -> Path:
    """Where this user's sessions lie, whether or not the folder exists yet."""
    return platformdirs.user_data_path("listener", appauthor=False) / "sessions"


class SessionFolder:
    """One session on the disk."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock: IO[bytes] | None = None

    @classmethod
    def create(cls, root: Path, record: SessionRecord) -> SessionFolder:
        """A new folder below `root`; its name, from the time of the start, becomes the record's id. Raises DiskFull."""
        start = new_name(record)
        number = 1
        while True:
            name = start if number == 1 else f"{start}-{number}"
            try:
                root.mkdir(parents=True, exist_ok=True)
                (root / name).mkdir(mode=0o700)
                break
            except FileExistsError:
                number += 1
            except OSError as error:
                raise disk_error(error, root) from error
        folder = cls(root / name)
        folder.save(replace(record, id=name))
        return folder

    @property
    def chunks(self) -> Path:
        """The sound while it is recorded."""
        return self.path / _CHUNKS

    @property
    def recording(self) -> Path:
        """The sound once it is saved."""
        return self.path / _RECORDING

    @property
    def enrolment(self) -> dict[PartnerId, Path]:
        """The recorded sentence of each partner who gave one."""
        return {partner: path for partner in PARTNERS if (path := self._enrolment_path(partner)).exists()}

    def enrol(self, partner: PartnerId, sentence: Path) -> None:
        """Keep a copy of a partner's recorded sentence. Raises DiskFull."""
        self.write(self._enrolment_path(partner).name, sentence.read_bytes())

    def load(self) -> SessionRecord:
        """What is kept beside the sound. Raises BadSession: absent, damaged, or written by a newer version."""
        try:
            return read_record((self.path / RECORD_FILE).read_bytes(), self.path.name)
        except OSError as error:
            raise BadSession(
                f"The session {self.path.name} cannot be read: {error.strerror}.",
                "Check that its folder is complete; its recording may still be there.",
            ) from error

    def save(self, record: SessionRecord) -> None:
        """Keep the record, at once and for good; one of an older version stays beside it. Raises DiskFull."""
        write_record(self.path, record)

    def write(self, name: str, content: bytes) -> None:
        """Keep a file in the folder, whole or not at all. Raises DiskFull."""
        write_whole(self.path / name, content)

    def lock(self) -> None:
        """Hold the session, so that no other process records, saves or deletes it. Raises BadSession where one does."""
        if self._lock is not None:
            return
        try:
            held = (self.path / _LOCK).open("ab")
        except OSError as error:
            raise disk_error(error, self.path) from error
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            held.close()
            raise BadSession(
                f"The session {self.path.name} is in use.", "End the other Listener that records or saves it."
            ) from error
        self._lock = held

    def unlock(self) -> None:
        """Let go of the session; does nothing where it is not held."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    @property
    def in_use(self) -> bool:
        """Whether a living process, this one included, holds the session."""
        if self._lock is not None:
            return True
        try:
            with (self.path / _LOCK).open("rb") as held:
                fcntl.flock(held, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except OSError:
            return True
        return False

    def finalise(self) -> SessionRecord:
        """Save the chunks as `recording.flac`, lossless, checked sample by sample before the chunks go; the record.

        What was lost or struck is silence and is told in the record. Done again after it was cut off, it starts over;
        on a session that is saved already it changes nothing. Raises BadSession (in use, unreadable) and DiskFull, both
        with every chunk still there.
        """
        with self.held():
            record = self.load()
            if record.state == "recording":
                record = self._saved(record)
            if record.duration_ms:  # a log in which nothing can be read is kept as it is
                self.chunks.unlink(missing_ok=True)
            return record

    def delete(self) -> None:
        """Remove the session with all that belongs to it. Raises BadSession where it is in use or a link.

        The sound goes first and the record last, so that a deletion that was cut off can be seen and done again.
        """
        if self.path.is_symlink():
            raise BadSession(
                f"{self.path} is a link to another folder.", "Nothing was deleted: remove the link yourself."
            )
        self.lock()
        try:
            paths = sorted(self.path.iterdir(), key=lambda path: (path.name == RECORD_FILE, not _is_sound(path)))
            for path in paths:
                shutil.rmtree(path) if _is_folder(path) else path.unlink()
            self.path.rmdir()
        except OSError as error:
            raise BadSession(
                f"The session {self.path.name} cannot be deleted completely: {error.strerror}.",
                f"Check the permissions of {self.path}, then delete it again.",
            ) from error
        finally:
            self.unlock()

    @property
    def kept_files(self) -> list[Path]:
        """The files of a saved session that are there, the record first."""
        backups = sorted(path.name for path in self.path.iterdir() if _BACKUP.fullmatch(path.name))
        return [path for name in (*TEXT_FILES, *SOUND_FILES, *backups) if (path := self.path / name).is_file()]

    @contextlib.contextmanager
    def held(self) -> Iterator[SessionFolder]:
        """Hold the session for a change to its record. Raises BadSession where another process holds it."""
        already = self._lock is not None
        self.lock()
        try:
            yield self
        finally:
            if not already:
                self.unlock()

    def _saved(self, record: SessionRecord) -> SessionRecord:
        stored = save_as_flac(self.chunks, self.recording, record.rate, record.channels)
        record = replace(
            record,
            state="recorded",
            rate=stored.rate,
            channels=stored.channels,
            duration_ms=stored.frames * 1000 // stored.rate,
            gaps=_spans(stored.spans[Kind.GAP], stored.rate),
            struck=_spans(stored.spans[Kind.STRUCK], stored.rate),
            ended=record.ended or "it was cut off",
        )
        self.save(record)
        return record

    def _enrolment_path(self, partner: PartnerId) -> Path:
        return self.path / f"enrol_{partner}.flac"


def new_name(record: SessionRecord) -> str:
    """The name of a session's folder, from the time of its start."""
    return datetime.fromisoformat(record.started_at).strftime("%Y%m%d-%H%M%S")


def list_sessions(root: Path) -> list[SessionFolder]:
    """Every session below `root`, newest first, readable or not; links are none.

    Raises BadSession where `root` cannot be read.
    """
    try:
        found = [path for path in root.iterdir() if SESSION_NAME.fullmatch(path.name) and _is_folder(path)]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise BadSession(
            f"The folder of the sessions cannot be read: {error.strerror}.", f"Check the permissions of {root}."
        ) from error
    return [SessionFolder(path) for path in sorted(found, key=_age, reverse=True)]


def unfinished(root: Path) -> list[SessionFolder]:
    """Sessions whose recording was cut off: not yet saved, and no living process holds them."""
    found = []
    for folder in list_sessions(root):
        with contextlib.suppress(BadSession):
            if folder.load().state == "recording" and not folder.in_use:
                found.append(folder)
    return found


def frames_span(first_frame: int, end_frame: int, rate: int) -> Span:
    """The time that frames take up."""
    return Span(first_frame * 1000 // rate, end_frame * 1000 // rate)


def _spans(frames: Iterable[tuple[int, int]], rate: int) -> tuple[Span, ...]:
    spans = merged(frames_span(first, end, rate) for first, end in frames)
    return tuple(span for span in spans if span.duration_ms)


def _age(path: Path) -> tuple[str, int]:
    start, _, number = path.name.partition("-")
    time, _, number = number.partition("-")
    return f"{start}-{time}", int(number or 1)


def _is_folder(path: Path) -> bool:
    """A folder of its own: what a link leads to belongs to somebody else and may lie anywhere."""
    return path.is_dir() and not path.is_symlink()


def _is_sound(path: Path) -> bool:
    return path.suffix in {".chunks", ".flac", ".part"}
