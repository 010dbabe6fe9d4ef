"""The log holds events and numbers, never a name, a word or a path."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from listener.app.log import log_event, log_failure, log_path, start_log
from listener.app.settings import load_settings
from listener.errors import BadSettings


@pytest.fixture(autouse=True)
def closed_log() -> Iterator[None]:
    yield
    logger = logging.getLogger("listener")
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
        handler.close()


@pytest.fixture
def log_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    start_log()
    return log_path()


def test_an_event_is_one_line_with_its_numbers(log_file: Path) -> None:
    log_event("recording-stopped", seconds=12.5, gaps=2)
    assert log_file.read_text().endswith("INFO recording-stopped seconds=12.5 gaps=2\n")


def test_a_failure_leaves_out_its_message(log_file: Path, tmp_path: Path) -> None:
    private = tmp_path / "nora-and-sam.toml"
    private.write_text("[nora")
    with pytest.raises(BadSettings) as raised:
        load_settings(private)
    log_failure("settings", raised.value)
    written = log_file.read_text()
    assert "settings BadSettings at adapters/toml_file.py:" in written
    assert "nora" not in written
    assert str(tmp_path) not in written


def test_a_log_that_cannot_be_opened_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "state").write_text("a file where the folder would be")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    start_log()
    log_event("still-running")
