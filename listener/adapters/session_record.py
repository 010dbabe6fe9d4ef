"""A session's record as the `session.json` of its folder."""

from __future__ import annotations

from dataclasses import asdict

import msgspec

from listener.adapters.session_migrations import CURRENT, migrated, version_of_schema
from listener.domain.session import SESSION_SCHEMA, SessionRecord
from listener.errors import BadSession

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


def written_record(record: SessionRecord) -> bytes:
    """The record as this version writes it."""
    entries = {"schema": SESSION_SCHEMA, **asdict(record)}
    return msgspec.json.format(msgspec.json.encode(entries), indent=2) + b"\n"
