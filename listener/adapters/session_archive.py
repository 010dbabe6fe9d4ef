"""A session as one zip file: its own known files and nothing else, checked in full before any of them is believed."""

from __future__ import annotations

import re
import shutil
import stat
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path, PurePosixPath

from listener.adapters.atomic_file import disk_error, sync, whole_file
from listener.adapters.session_bounds import fault_of_record, fault_of_sound
from listener.adapters.session_folder import (
    SESSION_NAME,
    SOUND_FILES,
    TEXT_FILES,
    SessionFolder,
    new_name,
)
from listener.adapters.session_record import RECORD_FILE, read_record
from listener.domain.session import SessionRecord
from listener.errors import BadSession

TEXT_LIMIT = 64 * 1024 * 1024
"""Bytes of one file of text: a report of ten hours of talk stays far below."""

SOUND_LIMIT = 8 * 1024 * 1024 * 1024
"""Bytes of one file of sound: two channels of 48 kHz for ten hours stay below."""

IMPORTING = ".importing"
_BACKUP = re.compile(re.escape(RECORD_FILE) + r"\.v[1-9]\d?")
_BLOCK = 1024 * 1024
_OTHER = "Import only files that `listener sessions export` wrote, unchanged."
_EARLIEST, _LATEST = datetime(1980, 1, 1), datetime(2107, 12, 31)  # noqa: DTZ001  # what a zip's local times can hold


def write_archive(files: Sequence[Path], record: SessionRecord, target: Path) -> None:
    """The files of a session as the zip `target`, whole or not at all; equal files give the same bytes.

    Every entry has the time at which the session started. Raises DiskFull where `target` cannot be written.
    """
    started = datetime.fromisoformat(record.started_at).replace(tzinfo=None)
    when = min(max(started, _EARLIEST), _LATEST).timetuple()[:6]
    with whole_file(target) as part, zipfile.ZipFile(part, "w") as archive:
        for path in files:
            entry = zipfile.ZipInfo(path.name, when)
            entry.external_attr = (stat.S_IFREG | 0o600) << 16
            entry.compress_type = zipfile.ZIP_STORED if path.name in SOUND_FILES else zipfile.ZIP_DEFLATED
            entry.file_size = path.stat().st_size  # lets the zip grow beyond 4 GiB where it must
            with path.open("rb") as source, archive.open(entry, "w") as copy:
                shutil.copyfileobj(source, copy, _BLOCK)


class SessionArchive:
    """A zip that says it is a session. Every fault raises BadSession, with nothing left behind."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def unpack(self, root: Path) -> SessionFolder:
        """Its files below `root` in a folder that is no session yet; `adopt` makes it one, `discard` takes it away.

        Names, kinds and sizes are checked before a byte is written, sizes again while writing, then the record and
        that the sound can be heard to its end.
        """
        folder = self._emptied(root)
        try:
            with zipfile.ZipFile(self.path) as archive:
                for entry in self._checked(archive):
                    self._copy(archive, entry, folder.path / entry.filename)
            self._look_into(folder)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
            discard(folder)
            raise self._fault(f"is not a readable zip file: {error}") from error
        except OSError as error:
            discard(folder)
            if error.filename == str(self.path):
                raise self._fault(f"cannot be read: {error.strerror}") from error
            raise disk_error(error, root) from error
        except BaseException:
            discard(folder)
            raise
        return folder

    def _emptied(self, root: Path) -> SessionFolder:
        """A folder to unpack into, of this process alone; what an import that was cut off left in it is removed."""
        try:
            (root / IMPORTING).mkdir(mode=0o700, parents=True, exist_ok=True)
            folder = SessionFolder(root / IMPORTING)
            folder.lock()
            for path in folder.path.iterdir():
                if path.name != "session.lock":
                    path.unlink()
        except OSError as error:
            raise disk_error(error, root) from error
        return folder

    def _checked(self, archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
        entries = archive.infolist()
        seen: set[str] = set()
        for entry in entries:
            name, mode = entry.filename, entry.external_attr >> 16
            if not (name in TEXT_FILES or name in SOUND_FILES or _BACKUP.fullmatch(name)):
                raise self._fault(f"holds {PurePosixPath(name).name[:40]!r}, which belongs to no session")
            if name in seen:
                raise self._fault(f"holds {name} twice")
            if stat.S_IFMT(mode) not in {0, stat.S_IFREG} or entry.is_dir():
                raise self._fault(f"holds {name} as something else than a file")
            if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
                raise self._fault(f"holds {name} in a form that Listener does not write")
            if entry.flag_bits & 1:
                raise self._fault("is encrypted")
            if entry.file_size > _limit(name):
                raise self._fault(f"holds {name} with {entry.file_size} bytes, more than any session has")
            seen.add(name)
        if RECORD_FILE not in seen:
            raise self._fault("holds no session record")
        return entries

    def _copy(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path) -> None:
        left = _limit(entry.filename)
        with archive.open(entry) as source, target.open("xb") as copy:
            target.chmod(0o600)
            while block := source.read(_BLOCK):
                left -= len(block)
                if left < 0:
                    raise self._fault(f"holds {entry.filename} larger than it says")
                copy.write(block)
        sync(target)

    def _look_into(self, folder: SessionFolder) -> None:
        record = read_record((folder.path / RECORD_FILE).read_bytes(), self.path.name)
        if fault := fault_of_record(record):
            raise self._fault(fault)
        for name in SOUND_FILES:
            if (path := folder.path / name).exists():
                length = record.duration_ms if path == folder.recording else None
                if fault := fault_of_sound(path, length):
                    raise self._fault(fault)

    def _fault(self, what: str) -> BadSession:
        return BadSession(f"{self.path.name} {what}.", _OTHER)


def adopt(folder: SessionFolder, root: Path) -> SessionRecord:
    """Make an unpacked folder a session below `root`, at once; the record, with another id where its own is taken.

    Raises DiskFull. A name that no session has is replaced by one from the time of the start.
    """
    record = read_record((folder.path / RECORD_FILE).read_bytes(), folder.path.name)
    wanted = record.id if SESSION_NAME.fullmatch(record.id) else new_name(record)
    number, name = 1, wanted
    try:
        while True:
            if not (root / name).exists():
                if name != record.id:
                    folder.save(replace(record, id=name))
                folder.path.rename(root / name)
                break
            number += 1
            name = f"{wanted[:15]}-{number}"
        sync(root)
    except OSError as error:
        raise disk_error(error, root) from error
    finally:
        folder.unlock()
    return SessionFolder(root / name).load()


def discard(folder: SessionFolder) -> None:
    """Take an unpacked folder away with all that is in it."""
    shutil.rmtree(folder.path, ignore_errors=True)
    folder.unlock()


def _limit(name: str) -> int:
    return SOUND_LIMIT if name in SOUND_FILES else TEXT_LIMIT
