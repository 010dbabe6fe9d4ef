"""Files that are whole or not there: written beside their place, flushed to the disk, then renamed."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import re
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from listener.errors import DiskFull

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
"""The system's names for: the disk is full, the quota is used up, the file would be too large."""


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A path beside `path` to write to; on leaving it becomes `path`, on an error it is removed.

    Its name is nobody else's, so that two who write the same file do not disturb each other: the last one's is the file
    then. Readable by the owner alone. What a writer that was killed left is removed. Raises DiskFull where the disk
    takes it not.
    """
    part, held = None, -1
    try:
        remove_leftovers(path)
        part, held = _new_part(path)
        yield part
        sync(part)
        part.replace(path)
        sync(path.parent)
    except OSError as error:
        raise disk_error(error, path.parent) from error
    finally:
        if part is not None:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
            os.close(held)


def write_whole(path: Path, content: bytes) -> None:
    """Make `content` the file's whole content, at once and for good. Raises DiskFull."""
    with whole_file(path) as part:
        part.write_bytes(content)


def remove_leftovers(path: Path) -> None:
    """Remove the parts of `path` that nobody is writing any more; whatever cannot be removed stays."""
    name = re.compile(rf"\.{re.escape(path.name)}(\.[0-9a-f]{{8}})?\.part")
    with contextlib.suppress(OSError):
        for left in [each for each in path.parent.iterdir() if name.fullmatch(each.name)]:
            with contextlib.suppress(OSError):
                _remove_unheld(left)


def _new_part(path: Path) -> tuple[Path, int]:
    """A new empty file beside `path`, held open and locked as long as it is written. Raises OSError."""
    while True:
        part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
        try:
            held = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        except FileExistsError:
            continue
        with contextlib.suppress(OSError):  # some network disks lock nothing: there no leftovers are removed either
            fcntl.flock(held, fcntl.LOCK_EX)
        if os.fstat(held).st_nlink:
            return part, held
        os.close(held)  # another writer took it for a leftover in the moment before it was locked


def _remove_unheld(left: Path) -> None:
    """Remove a part that its writer does not hold: it was killed. Raises OSError where it is held."""
    held = os.open(left, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        if stat.S_ISREG(os.fstat(held).st_mode):
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            left.unlink()
    finally:
        os.close(held)


def sync(path: Path) -> None:
    """Have the disk hold what was written to the file, or the names in the folder. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def disk_error(error: OSError, folder: Path) -> DiskFull:
    """What to tell of a write in `folder` that the system refused."""
    if error.errno in NO_ROOM:
        return DiskFull("The disk is full.", f"Free some space on the disk that holds {folder}.")
    return DiskFull(f"{folder} cannot be written: {error.strerror}.", "Check the disk and the folder's permissions.")
