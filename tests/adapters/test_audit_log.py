from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from listener.adapters.audit_log import AUDIT_FILE, note_use
from listener.adapters.session_folder import list_sessions
from listener.errors import DiskFull


def test_each_use_is_a_line_with_its_time(tmp_path: Path) -> None:
    root = tmp_path / "sessions"
    note_use(root, "open", "20261123-190000")
    note_use(root, "export", "20261123-190000", "pdf")
    lines = [json.loads(line) for line in (root / AUDIT_FILE).read_text().splitlines()]
    assert [{key: value for key, value in line.items() if key != "at"} for line in lines] == [
        {"action": "open", "session": "20261123-190000"},
        {"action": "export", "session": "20261123-190000", "format": "pdf"},
    ]
    for line in lines:
        at = datetime.fromisoformat(line["at"])
        assert abs(datetime.now().astimezone() - at) < timedelta(minutes=1)


def test_the_log_is_the_owners_alone_and_no_session(tmp_path: Path) -> None:
    note_use(tmp_path, "delete", "20261123-190000")
    assert (tmp_path / AUDIT_FILE).stat().st_mode & 0o077 == 0
    assert list_sessions(tmp_path) == []


def test_a_use_that_cannot_be_noted_is_told(tmp_path: Path) -> None:
    (tmp_path / "sessions").write_text("a file in the folder's place")
    with pytest.raises(DiskFull):
        note_use(tmp_path / "sessions", "open", "20261123-190000")
