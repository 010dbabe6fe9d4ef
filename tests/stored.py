"""Stored sessions for tests: the example conversation as the app would have left it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from listener.adapters.resources import example_folder
from listener.adapters.session_folder import SessionFolder
from tests.records import make_record


def store_example(root: Path, **values: Any) -> SessionFolder:
    """A recorded session of the example below `root`, both enrolled; `values` of its record as the test needs them."""
    root.mkdir(parents=True, exist_ok=True)
    folder = SessionFolder.create(root, make_record(duration_ms=48_050, state="recorded", **values))
    shutil.copy(example_folder() / "conversation.flac", folder.recording)
    for partner in "AB":
        shutil.copy(example_folder() / f"enrol_{partner}.flac", folder.path)
    return folder
