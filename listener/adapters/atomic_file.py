"""Files that are whole or not there: written beside their place, flushed to the disk, then renamed."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from listener.errors import DiskFull

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
"""The system's names for: the disk is full, the quota is used up, the file would be too large."""


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A path beside `path` to write to; on leaving it becomes `path`, on an error it is removed.

    Readable by the owner alone. Raises DiskFull where the disk takes it not.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        yield part
        sync(part)
        part.replace(path)
        sync(path.parent)
    except OSError as error:
        raise disk_error(error, path.parent) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def write_whole(path: Path, content: bytes) -> None:
    """Make `content` the file's whole content, at once and for good. Raises DiskFull."""
    with whole_file(path) as part:
        part.write_bytes(content)


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
