"""The command line as a process: exit codes, where output goes, what help says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

from listener import __version__
from listener.app.cli import system_told
from tests.stored import store_example


def listener(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "listener", *arguments], capture_output=True, text=True, check=False, cwd=cwd
    )


def test_version_and_help() -> None:
    assert listener("--version").stdout.strip().endswith(__version__)
    page = listener("--help").stdout
    for command in ("replay", "label", "score", "models", "doctor", "scenarios", "completion", "schema"):
        assert command in page
    assert "listener replay --example" in page


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_name_the_command(shell: str) -> None:
    done = listener("completion", shell)
    assert done.returncode == 0
    assert "_LISTENER_COMPLETE" in done.stdout


def test_published_schemas_are_printed() -> None:
    assert json.loads(listener("schema", "report").stdout)["$id"] == "listener.report/1"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("replay",), 2, "--example"),
        (("replay", "--nonsense"), 2, "nonsense"),
        (("replay", "talk.wav", "--partner", "C=Chris"), 2, "A=Anna"),
        (("replay", "talk.wav", "--partner", "A=Ann", "--partner", "A=Bo"), 2, "twice"),
        (("replay", "talk.wav", "--channels", "x"), 2, "1,2"),
        (("replay", "absent.wav"), 1, "Check the path"),
        (("replay", "talk.wav", "--scenario", "no-such"), 2, "free-talk"),
        (("replay", "talk.wav", "--model", "no-such"), 3, "base"),
        (("replay", "talk.wav", "--mics", "two", "--model", "none"), 1, "--mics one"),
        (("replay", "talk.wav", "--enroll", "A=absent.wav", "--model", "none"), 1, "absent.wav"),
        (("replay", "six.wav", "--model", "none"), 1, "--channels 1,2"),
        (("replay", "letter.wav", "--model", "none"), 1, "WAV, FLAC"),
        (("replay", "talk.wav", "--scenario", "broken.toml", "--model", "none"), 1, "broken.toml"),
        (("label", "absent.jsonl"), 1, "Check the path"),
    ],
)
def test_bad_input_ends_with_a_hint_and_its_exit_code(
    tmp_path: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    soundfile.write(tmp_path / "talk.wav", np.zeros((16_000, 1), dtype=np.float32), 16_000)
    soundfile.write(tmp_path / "six.wav", np.zeros((16_000, 6), dtype=np.float32), 16_000)
    (tmp_path / "letter.wav").write_text("Dear Anna, " * 100)
    (tmp_path / "broken.toml").write_text("id = ")
    done = listener(*arguments, cwd=tmp_path)
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_output_that_nobody_reads_is_no_error() -> None:
    command = f"{sys.executable} -m listener schema report | head -c 1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False)
    assert done.stderr == ""


def test_a_disk_that_takes_nothing_is_told_without_a_traceback() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "listener", "schema", "report"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 1
    assert done.stderr.decode().splitlines() == [
        "No space left on device.",
        "Check the path and its permissions, and that its disk is not full.",
    ]


def test_a_terminal_that_cannot_show_a_text_is_told_without_a_traceback(tmp_path: Path) -> None:
    store_example(tmp_path / "listener" / "sessions", names={"A": "Zoë", "B": "李"})
    done = subprocess.run(
        [sys.executable, "-m", "listener", "sessions", "list"],
        capture_output=True,
        check=False,
        env={**os.environ, "XDG_DATA_HOME": str(tmp_path), "PYTHONIOENCODING": "latin-1"},
    )
    assert done.returncode == 1
    told = done.stderr.decode().splitlines()
    assert [told[0][:34], told[1][:20]] == ["A text cannot be read or written: ", "Listener uses UTF-8:"]
    assert len(told) == 2


def test_a_file_that_the_system_refuses_is_named() -> None:
    told, hint = system_told(FileNotFoundError(2, "No such file or directory", "talk\u202e.wav"))
    assert told == "talk\N{REPLACEMENT CHARACTER}.wav: No such file or directory."
    assert "permissions" in hint
