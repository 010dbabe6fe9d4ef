"""A session is found by its id, the beginning of it, `last`, or its folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from listener.adapters.session_folder import SessionFolder
from listener.app.find_session import find_session
from listener.errors import BadSession
from tests.records import make_record


def stored(root: Path, started_at: str) -> SessionFolder:
    return SessionFolder.create(root, make_record(started_at=started_at, state="recorded"))


def test_a_session_is_found(tmp_path: Path) -> None:
    older = stored(tmp_path, "2026-11-22T19:00:00+01:00")
    newer = stored(tmp_path, "2026-11-23T19:00:00+01:00")
    again = stored(tmp_path, "2026-11-23T19:00:00+01:00")
    assert again.path.name == f"{newer.path.name}-2"
    assert find_session(tmp_path, "last").path == again.path
    assert find_session(tmp_path, "20261122").path == older.path
    assert find_session(tmp_path, newer.path.name).path == newer.path
    assert find_session(tmp_path / "elsewhere", str(older.path)).path == older.path


@pytest.mark.parametrize("text", ["20261123", "2025", "", "nonsense", "/", "."])
def test_what_is_not_clear_is_told_with_a_hint(tmp_path: Path, text: str) -> None:
    stored(tmp_path, "2026-11-23T19:00:00+01:00")
    stored(tmp_path, "2026-11-23T19:00:00+01:00")
    with pytest.raises(BadSession, match="last"):
        find_session(tmp_path, text)


def test_without_any_session_there_is_no_last(tmp_path: Path) -> None:
    with pytest.raises(BadSession, match="no sessions yet"):
        find_session(tmp_path, "last")
