"""Sessions as older versions of Listener left them."""

from __future__ import annotations

import shutil
from pathlib import Path

from listener.adapters.resources import example_folder
from listener.adapters.session_folder import SessionFolder

VERSION_1 = """{
  "schema": "listener.session/1",
  "id": "20261120-190000",
  "started_at": "2026-11-20T19:00:00+01:00",
  "scenario": "free-talk",
  "names": {"A": "Nora", "B": "Sam"},
  "mics": "one",
  "device": "Built-in microphone",
  "rate": 16000,
  "channels": 1,
  "listener": "0.1.0",
  "consent": ["A", "B"],
  "readiness": {"calm": true},
  "state": "recorded",
  "phases": [{"phase": 0, "at": 0}],
  "pauses": [{"at": 5000, "lasted_ms": 1000, "kind": "break"}],
  "gaps": [{"start": 1, "end": 2}],
  "struck": [],
  "answers": [{"partner": "A", "guideline": "validate", "value": 4}],
  "promises": [{"partner": "B", "text": "I will call on Friday."}],
  "ended": "by choice",
  "duration_ms": 48050
}
"""


def store_version_1(root: Path) -> SessionFolder:
    """A recorded session of version 1 below `root`."""
    folder = SessionFolder(root / "20261120-190000")
    folder.path.mkdir(parents=True)
    (folder.path / "session.json").write_text(VERSION_1)
    shutil.copy(example_folder() / "conversation.flac", folder.recording)
    (folder.path / "report.json").write_text("{}")
    return folder
