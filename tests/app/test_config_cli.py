"""Settings: read, shown, checked; a wrong file is told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from listener.adapters.settings_toml import SettingsFile
from listener.app.cli import cli
from listener.app.config_cli import POSSIBLE, TABLES
from listener.app.settings import Settings, load_settings, settings_path
from listener.errors import BadSettings

FULL = """
[practice]
scenario = "speaker-listener"
cue_minutes = 5
dashboard = true
captions = "provisional"
bell = true
names = { A = "Nora", B = "Sam" }
[audio]
microphone = "USB"
mics = "two"
[words]
model = "tiny.en"
[look]
theme = "high-contrast"
"""


@pytest.fixture
def config_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("LISTENER_CONFIG", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    path = tmp_path / "listener" / "config.toml"
    path.parent.mkdir()
    return path


def test_without_a_file_the_defaults_hold(config_file: Path) -> None:
    assert settings_path() == config_file
    assert load_settings() == Settings()


def test_every_setting_can_be_set(config_file: Path) -> None:
    config_file.write_text(FULL)
    settings = load_settings()
    assert settings == Settings(
        "speaker-listener",
        5,
        True,
        "provisional",
        True,
        {"A": "Nora", "B": "Sam"},
        "USB",
        "two",
        "tiny.en",
        "high-contrast",
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[practice]\ncue_minutes = 70", "practice, cue_minutes: expected a whole number <= 60"),
        ("[practise]\ncue_minutes = 7", "Did you mean `practice`"),
        ('[look]\ntheme = "blue"', "dark, light, high-contrast"),
        ('[practice]\nnames = { A = "" }', "A"),
        ("[practice", "not valid TOML"),
        ("[practice]\ndashboard = 1", "true or false"),
    ],
)
def test_a_wrong_file_is_told_with_its_place(config_file: Path, text: str, words: str) -> None:
    config_file.write_text(text)
    with pytest.raises(BadSettings) as told:
        load_settings()
    assert words in str(told.value)


def test_what_is_shown_can_be_saved_as_the_file(config_file: Path) -> None:
    config_file.write_text(FULL)
    shown = CliRunner().invoke(cli, ["config", "show"], catch_exceptions=False)
    before = load_settings()
    config_file.write_text(shown.output)
    assert load_settings() == before


def test_defaults_are_shown_as_a_valid_file(config_file: Path) -> None:
    config_file.write_text(CliRunner().invoke(cli, ["config", "show"], catch_exceptions=False).output)
    assert load_settings() == Settings()


def test_validate_looks_up_the_scenario(config_file: Path) -> None:
    config_file.write_text('[practice]\nscenario = "chess"')
    result = CliRunner().invoke(cli, ["config", "validate"])
    assert result.exception is not None
    assert "There is no scenario 'chess'" in str(result.exception)
    config_file.write_text('[practice]\nscenario = "free-talk"')
    assert "is right" in CliRunner().invoke(cli, ["config", "validate"], catch_exceptions=False).output


def test_path_is_printed_alone(config_file: Path) -> None:
    assert CliRunner().invoke(cli, ["config", "path"], catch_exceptions=False).output == f"{config_file}\n"


def test_every_setting_is_shown_and_explained() -> None:
    shown = {name for names in TABLES.values() for name in names}
    assert shown == set(Settings.__dataclass_fields__) == set(POSSIBLE)
    assert set(SettingsFile.__struct_fields__) == set(TABLES)
