"""Who did what with a session, as lines of JSON in the sessions' folder: no names, no words, no paths."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path
from typing import Literal, TypeAlias

from listener.adapters.atomic_file import disk_error

AUDIT_FILE = "audit.jsonl"

Action: TypeAlias = Literal["open", "export", "delete"]


def note_use(root: Path, action: Action, session_id: str, form: str = "") -> None:
    """Append one line: the time, what was done to which session and, of an export, its format. Raises DiskFull.

    The line is on the disk when this returns, so that what follows it cannot happen unnoted.
    """
    line = {"at": datetime.now().astimezone().isoformat(timespec="seconds"), "action": action, "session": session_id}
    if form:
        line["format"] = form
    try:
        root.mkdir(parents=True, exist_ok=True)
        log = os.open(root / AUDIT_FILE, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(log, (json.dumps(line) + "\n").encode())
            os.fsync(log)
        finally:
            os.close(log)
    except OSError as error:
        raise disk_error(error, root) from error
