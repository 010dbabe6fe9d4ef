"""Which sessions were opened, exported, imported or deleted, and when: a line each, without names, words or paths."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, TypeAlias

from listener.adapters.atomic_file import NO_ROOM
from listener.errors import NotLogged

AUDIT_FILE = "audit.jsonl"

Action: TypeAlias = Literal["open", "export", "delete", "import"]


def note_use(root: Path, action: Action, session_id: str, form: str = "") -> None:
    """Append one line to the log of the sessions below `root`; `form` is the format of an export. Raises NotLogged.

    The line is on the disk when this returns.
    """
    line = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "action": action, "session": session_id}
    written = json.dumps(line | ({"format": form} if form else {})) + "\n"
    try:
        root.mkdir(parents=True, exist_ok=True)
        log = os.open(root / AUDIT_FILE, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(log, written.encode())
            os.fsync(log)
        finally:
            os.close(log)
    except OSError as error:
        room = error.errno in NO_ROOM
        raise NotLogged(
            f"The audit log could not be written: {error.strerror}.",
            "Free some space on the disk." if room else f"Check the permissions of {AUDIT_FILE} beside the sessions.",
        ) from error
