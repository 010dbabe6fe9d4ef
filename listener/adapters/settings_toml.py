"""The configuration file: tables for practice, audio, words and look, every field optional."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from listener.adapters.toml_file import read_toml
from listener.errors import BadSettings

HINT = "Correct the value; `listener config show` prints every setting with what is possible."

Name = Annotated[str, Meta(min_length=1, max_length=40)]


class NamesTable(Struct, forbid_unknown_fields=True):
    """What the partners are called."""

    A: Name | UnsetType = UNSET
    B: Name | UnsetType = UNSET


class PracticeTable(Struct, forbid_unknown_fields=True):
    """`[practice]`."""

    scenario: Name | UnsetType = UNSET
    cue_minutes: Annotated[int, Meta(ge=0, le=60)] | UnsetType = UNSET
    dashboard: bool | UnsetType = UNSET
    captions: Literal["off", "provisional"] | UnsetType = UNSET
    bell: bool | UnsetType = UNSET
    names: NamesTable | UnsetType = UNSET


class AudioTable(Struct, forbid_unknown_fields=True):
    """`[audio]`."""

    microphone: Name | UnsetType = UNSET
    mics: Literal["one", "two"] | UnsetType = UNSET


class WordsTable(Struct, forbid_unknown_fields=True):
    """`[words]`."""

    model: Name | UnsetType = UNSET


class LookTable(Struct, forbid_unknown_fields=True):
    """`[look]`."""

    theme: Literal["dark", "light", "high-contrast"] | UnsetType = UNSET


class SettingsFile(Struct, forbid_unknown_fields=True):
    """The whole file."""

    practice: PracticeTable | UnsetType = UNSET
    audio: AudioTable | UnsetType = UNSET
    words: WordsTable | UnsetType = UNSET
    look: LookTable | UnsetType = UNSET


def read_settings(path: Path) -> dict[str, Any]:
    """The fields that the file sets, by their names in `Settings`. Raises BadSettings, naming the place."""
    entries = read_toml(path, BadSettings, HINT).entries(SettingsFile)
    tables: dict[str, dict[str, Any]] = msgspec.to_builtins(entries)
    return {name: value for table in tables.values() for name, value in table.items()}


__all__ = ["SettingsFile", "read_settings"]
