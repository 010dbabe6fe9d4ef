"""A session's record as the `session.json` of its folder."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import msgspec

from listener.adapters.atomic_file import disk_error, write_whole
from listener.adapters.session_migrations import CURRENT, migrated, version_of, version_of_schema
from listener.domain.session import SESSION_SCHEMA, SessionRecord
from listener.errors import BadSession

RECORD_FILE = "session.json"
_RESTORE = "Restore session.json from a backup."


def read_record(content: bytes, name: str) -> SessionRecord:
    """The record in a `session.json` of the session `name`, brought up to this version. Raises BadSession."""
    try:
        entries = msgspec.json.decode(content, type=dict[str, object])
        version = version_of_schema(entries.pop("schema", None))
        if version is not None and version <= CURRENT:
            return msgspec.convert(migrated(entries, version), SessionRecord)
    except (msgspec.DecodeError, msgspec.ValidationError, ValueError) as error:
        raise BadSession(f"The record of the session {name} is damaged: {error}", _RESTORE) from error
    if version is not None:
        raise BadSession(f"The session {name} was written by a newer version of Listener.", "Update Listener.")
    raise BadSession(f"The folder {name} holds no session record.", _RESTORE)


def write_record(folder: Path, record: SessionRecord) -> None:
    """Keep the record in the folder as this version writes it; one of an older version stays beside it.

    Cut off in between, the older one is whole in both places. Raises DiskFull.
    """
    path = folder / RECORD_FILE
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        content = b""
    except OSError as error:
        raise disk_error(error, folder) from error
    version = version_of(content)
    if version is not None and version < CURRENT:
        write_whole(folder / f"{RECORD_FILE}.v{version}", content)
    entries = {"schema": SESSION_SCHEMA, **asdict(record)}
    write_whole(path, msgspec.json.format(msgspec.json.encode(entries), indent=2) + b"\n")
