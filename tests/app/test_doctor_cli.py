from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import listener
from listener.adapters import resources
from listener.app.doctor_cli import doctor
from listener.errors import MissingModel
from tests.small_model import SmallModel, make_small_model

REPORT = "from listener.app.doctor_cli import doctor; doctor(['--json'])"


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallModel:
    made = make_small_model(tmp_path)
    monkeypatch.setattr(resources, "models_folder", lambda: made.bundled)
    monkeypatch.setenv("LISTENER_MODELS", str(made.folder))
    return made


def test_the_doctor_tells_all_as_json(small: SmallModel) -> None:
    result = CliRunner().invoke(doctor, ["--json"])
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert found["schema"] == "listener.doctor/1"
    assert found["ready"] is True
    assert found["versions"]["listener"] == listener.__version__
    assert found["versions"]["onnxruntime"]
    assert [(model["name"], model["state"]) for model in found["models"]] == [
        ("bundled", "verified"),
        ("small", "missing"),
    ]
    assert found["cpu_cores"] >= 1
    assert found["terminal"]["columns"] > 0
    assert [disk["folder"] for disk in found["disks"]][1] == str(small.folder)
    assert all(disk["free_bytes"] > 0 for disk in found["disks"])
    assert all(problem["hint"] and not problem["essential"] for problem in found["problems"])


def test_missing_transcription_weights_do_not_stop_replay(small: SmallModel) -> None:
    result = CliRunner().invoke(doctor)
    assert result.exit_code == 0
    assert "No transcription weights" in result.stdout
    assert "listener models fetch small" in result.stdout
    assert result.stdout.endswith("Ready to replay recordings.\n")


def test_damaged_bundled_weights_stop_replay_with_exit_code_3(small: SmallModel) -> None:
    (small.bundled / "bundled.onnx").write_bytes(b"")
    result = CliRunner().invoke(doctor)
    assert isinstance(result.exception, MissingModel)
    assert result.exception.exit_code == 3
    assert "bundled are damaged" in result.exception.message
    assert "reinstall Listener" in result.exception.hint
    assert "Not ready" in result.stdout


def test_an_absent_manifest_is_a_finding_and_no_crash(small: SmallModel) -> None:
    (small.bundled / "manifest.toml").unlink()
    result = CliRunner().invoke(doctor, ["--json"])
    assert isinstance(result.exception, MissingModel)
    assert json.loads(result.stdout)["ready"] is False


def examined(tmp_path: Path, sounddevice: str, **environment: str) -> dict[str, object]:
    """What the doctor reports in a process of its own, where `import sounddevice` finds the given source."""
    (tmp_path / "sounddevice.py").write_text(sounddevice)
    settings = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(Path.cwd())]), **environment}
    done = subprocess.run([sys.executable, "-c", REPORT], capture_output=True, text=True, env=settings, check=True)
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_a_missing_portaudio_is_told_with_the_remedy(tmp_path: Path) -> None:
    found = examined(tmp_path, "raise OSError('PortAudio library not found')")
    assert found["microphones"] == []
    assert found["ready"] is True
    assert "PortAudio is not installed" in str(found["problems"])
    assert "Replay works without it" in str(found["problems"])


def test_microphones_are_listed_and_outputs_are_not(tmp_path: Path) -> None:
    source = """
class PortAudioError(Exception): ...
def _terminate(): ...
def _initialize(): ...
def query_devices(kind=None):
    devices = [
        {"name": "Loudspeaker", "max_input_channels": 0, "default_samplerate": 48000.0},
        {"name": "Desk microphone", "max_input_channels": 2, "default_samplerate": 44100.0},
    ]
    return devices[1] if kind == "input" else devices
"""
    microphone = {"name": "Desk microphone", "channels": 2, "sample_rate": 44100, "is_default": True}
    assert examined(tmp_path, source)["microphones"] == [microphone]


def test_a_silent_audio_system_is_told(tmp_path: Path) -> None:
    source = """
class PortAudioError(Exception): ...
def _terminate(): ...
def _initialize(): ...
def query_devices(kind=None): raise PortAudioError("Error querying device -1")
"""
    assert "does not answer: Error querying device -1" in str(examined(tmp_path, source)["problems"])


@pytest.mark.parametrize(
    ("environment", "colour"),
    [
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": ""}, "truecolor"),
        ({"TERM": "xterm-256color", "COLORTERM": "", "NO_COLOR": ""}, "256"),
        ({"TERM": "xterm", "COLORTERM": "", "NO_COLOR": ""}, "16"),
        ({"TERM": "dumb", "COLORTERM": "", "NO_COLOR": ""}, "none"),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "1"}, "none"),
    ],
)
def test_colours_follow_the_terminal_and_no_color(
    small: SmallModel, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], colour: str
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert json.loads(CliRunner().invoke(doctor, ["--json"]).stdout)["terminal"]["colour"] == colour
