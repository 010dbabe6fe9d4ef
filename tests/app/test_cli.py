"""The command line as a process: exit codes, where output goes, what help says."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

from listener import __version__


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
