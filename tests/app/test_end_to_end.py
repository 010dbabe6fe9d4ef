"""The whole way as a couple goes it: a loudspeaker speaks, the app listens, keys are pressed, a report appears."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pytest

from listener.adapters.model_store import State, open_store
from listener.adapters.resources import example_folder
from listener.adapters.session_folder import list_sessions
from tests.sound import RATE, at_16_khz, found_at
from tests.tmux_terminal import TmuxTerminal, tmux_terminal
from tests.virtual_room import VirtualRoom, virtual_room
from tests.waiting import PATIENCE_S, wait_until

LISTENER = [sys.executable, "-m", "listener"]
SETTINGS = """
[practice]
names = { A = "Nora", B = "Sam" }
[words]
model = "tiny.en"
"""


@pytest.fixture
def room() -> Iterator[VirtualRoom]:
    store = open_store()
    if store.look(store.manifest.model("tiny.en")).state is not State.VERIFIED:
        pytest.skip("no tiny.en weights: run `listener models fetch tiny.en`")
    with virtual_room() as made:
        settings = made.home / "config" / "listener" / "config.toml"
        settings.parent.mkdir(parents=True)
        settings.write_text(SETTINGS)
        yield made
        print(log_of(made))  # noqa: T201  # shown where the test fails


def log_of(room: VirtualRoom) -> str:
    return (room.home / ".local" / "state" / "listener" / "log" / "listener.log").read_text()


def terminal_env(room: VirtualRoom) -> Mapping[str, str]:
    inherited = {name: value for name, value in room.env.items() if name not in {"COLUMNS", "LINES"}}
    return {**inherited, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}


def to_the_microphone(app: TmuxTerminal) -> None:
    app.wait_for("What would you like to practise?")
    app.press_until("Enter", "step 1 of 4")
    app.press("a", "b")
    app.wait_for("Both of you agree.")
    app.press("C-n")
    app.wait_for("Is this a good moment?")
    for given in range(1, 7):
        app.press("y")
        wait_until(lambda: app.screen.count("✓ yes") == given, "the answer")  # noqa: B023  # called at once
    app.press("C-n")
    app.wait_for("Choose what to record from")


def enrol(app: TmuxTerminal, room: VirtualRoom, name: str, sentence: Path) -> None:
    app.wait_for(f"{name}, your voice")
    app.wait_for("Press Space, then read.")
    app.press_until("Space", "Listening to you")
    assert room.play(sentence).wait(PATIENCE_S) == 0
    app.press("Space")
    app.wait_for("Taken.")
    app.press("C-n")


def answer(app: TmuxTerminal, name: str, values: str) -> None:
    app.wait_for(f"questions for {name} alone")
    app.press("C-n")
    app.wait_for(f"{name}, how was it for you?")
    for left, value in zip(range(len(values) - 1, -1, -1), values, strict=True):
        app.press(value)  # goes on to the next question by itself
        wait_until(lambda: app.screen.count("(not answered)") == left, "the answer")  # noqa: B023  # called at once
    app.press("C-n")


def test_a_couple_practises_from_start_to_report(room: VirtualRoom) -> None:
    with tmux_terminal(terminal_env(room), LISTENER) as app:
        to_the_microphone(app)
        app.wait_for("pulse")
        sentence = example_folder() / "enrol_A.flac"
        assert room.play(sentence).wait(PATIENCE_S) == 0
        app.press("C-n")
        enrol(app, room, "Nora", sentence)
        enrol(app, room, "Sam", example_folder() / "enrol_B.flac")
        app.wait_for("● recording")
        said = example_folder() / "conversation.flac"
        assert room.play(said).wait(PATIENCE_S) == 0
        app.wait_for("has the floor")
        app.press("e")
        app.wait_for("End")
        app.press("y")
        answer(app, "Nora", "2345")
        app.wait_for("promise")
        app.press("C-n")
        answer(app, "Sam", "5432")
        app.wait_for("promise")
        app.press("C-n")
        app.wait_for("What went well")
        app.press("2")
        app.wait_for("Let each other finish")
        app.press("3")
        app.wait_for("interrupted Nora and took the floor")
        app.press("C-q")
        wait_until(lambda: app.exit_code is not None, "the app to end")
        assert app.exit_code == 0

    (folder,) = list_sessions(room.sessions)
    record = folder.load()
    assert (record.state, record.gaps, record.consent) == ("recorded", (), ("A", "B"))
    assert [answer.value for answer in record.answers] == [2, 3, 4, 5, 5, 4, 3, 2]
    _holds_what_was_played(at_16_khz(folder.recording), at_16_khz(said))
    stored = (folder.path / "report.json").read_bytes()
    for named in (folder.path, folder.recording):
        done = subprocess.run(
            [*LISTENER, "replay", str(named), "--json"], env=room.env, capture_output=True, check=True
        )
        assert done.stdout == stored
    report = json.loads(stored)
    assert report["session"]["partners"][0]["enrolled"]
    assert sum(overlap["kind"] == "interruption" for overlap in report["overlaps"]) >= 1
    assert report["utterances"]
    log = log_of(room)
    for private in ("Nora", "Sam", str(room.home), folder.path.name, "wedding"):
        assert private not in log


def _holds_what_was_played(heard: np.ndarray, said: np.ndarray) -> None:
    """Every second that was played is in the recording, in its place, first and last included."""
    at, alike = found_at(said, heard)
    assert alike > 0.98
    for start in range(0, len(said) - RATE, RATE):
        part = said[start : start + RATE]
        if np.sqrt((part**2).mean()) > 0.003:
            nearby = heard[max(0, at + start - 400) : at + start + RATE + 400]
            assert found_at(part, nearby)[1] > 0.9, f"second {start // RATE}"
