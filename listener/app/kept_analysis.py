"""What the final analysis found, kept beside the report so that a corrected report can be made at once."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from listener.adapters.session_folder import SessionFolder
from listener.app.analyse import Analysed
from listener.app.heard import Heard
from listener.domain.speech import Ipu, TwoAtOnce, Utterance
from listener.domain.voice import Voices
from listener.errors import BadSession

ANALYSIS_FILE = "analysis.json"
ANALYSIS_SCHEMA: Literal["listener.analysis/1"] = "listener.analysis/1"

MAKE_AGAIN = "Make its report again: in the app's list of sessions, press a (Analyse)."


class _Heard(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`Heard`, field by field."""

    speech: tuple[Ipu, ...]
    utterances: tuple[Utterance, ...]
    has_words: bool
    duration_ms: int
    mics: Literal["one", "two"]
    models: dict[str, str]
    parameters: dict[str, Any]
    notes: tuple[str, ...]
    lost_ms: int
    two_at_once: tuple[TwoAtOnce, ...] | None
    voices: Voices | None


class _Document(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file."""

    schema: Literal["listener.analysis/1"]
    rules: str
    models: dict[str, str]
    notes: tuple[str, ...]
    heard: _Heard


def keep_analysis(folder: SessionFolder, found: Analysed) -> None:
    """Keep what was found in a session. Raises DiskFull."""
    heard = _Heard(**{name: getattr(found.heard, name) for name in _Heard.__struct_fields__})
    document = _Document(ANALYSIS_SCHEMA, found.rules, dict(found.models), found.notes, heard)
    folder.write(ANALYSIS_FILE, msgspec.json.encode(document) + b"\n")


def kept_analysis(folder: SessionFolder) -> Analysed:
    """What was found in a session. Raises BadSession where that was not kept or cannot be read."""
    path = folder.path / ANALYSIS_FILE
    try:
        read = msgspec.json.decode(path.read_bytes(), type=_Document)
    except FileNotFoundError as error:
        raise BadSession(f"What was found in the session {folder.path.name} was not kept.", MAKE_AGAIN) from error
    except (OSError, msgspec.DecodeError, ValueError) as error:
        raise BadSession(
            f"What was found in the session {folder.path.name} cannot be read: {error}", MAKE_AGAIN
        ) from error
    heard = Heard(**{name: getattr(read.heard, name) for name in _Heard.__struct_fields__})
    return Analysed(heard, read.rules, read.models, read.notes)
