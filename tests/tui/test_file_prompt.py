"""The prompt for a recording, and `listener --play`: what cannot be played is told in words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile
from textual.pilot import Pilot
from textual.widgets import Input

from listener.app.studio import InputChoice
from listener.errors import BadAudio
from listener.tui import app as shell
from listener.tui.widgets.file_prompt import FilePrompt
from tests.tui.driving import in_app, settle, words
from tests.tui.rooms import room


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("~nobody-of-this-name/talk.wav", "There is no home folder for ~nobody-of-this-name."),
        ("/" + "a" * 300 + ".wav", "cannot be opened: File name too long"),
        ("/nowhere/talk.wav", "There is no file talk.wav."),
    ],
)
def test_a_path_that_cannot_be_taken_is_told(tmp_path: Path, typed: str, told: str) -> None:
    studio = room(tmp_path)

    async def script(pilot: Pilot[None]) -> None:
        await pilot.app.push_screen(FilePrompt(studio.file_choice))
        pilot.app.screen.query_one(Input).value = typed
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, FilePrompt)
        assert told in " ".join(words(pilot).split())

    in_app(studio, script)


def test_a_folder_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    def read(path: Path) -> InputChoice:
        raise PermissionError(13, "Permission denied", str(path))

    async def script(pilot: Pilot[None]) -> None:
        await pilot.app.push_screen(FilePrompt(read))
        pilot.app.screen.query_one(Input).value = "/root/talk.wav"
        await pilot.press("enter")
        await settle(pilot)
        assert "This cannot be opened: Permission denied." in words(pilot)

    in_app(room(tmp_path), script)


@pytest.mark.parametrize("kind", ["missing", "text", "three channels"])
def test_what_cannot_be_played_is_refused_before_the_app_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    started: list[bool] = []
    monkeypatch.setattr(shell.ListenerApp, "run", lambda _: started.append(True))
    path = tmp_path / "talk.wav"
    if kind == "text":
        path.write_text("not a sound")
    elif kind == "three channels":
        soundfile.write(path, np.zeros((1600, 3)), 16_000)
    with pytest.raises(BadAudio, match=r"talk\.wav"):
        shell.open_app(path)
    assert started == []
