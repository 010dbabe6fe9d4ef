"""People's judgements of a session's moments, kept in the session as `review.json`, apart from the machine's labels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import msgspec

from listener.adapters.session_folder import SessionFolder
from listener.domain.floor import OverlapKind
from listener.domain.review import ABSENT, NOTHING, PRESENT, Judgement
from listener.domain.speech import PARTNERS
from listener.errors import BadSession

REVIEW_FILE = "review.json"
_AT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?")
"""ISO 8601 as the report's contract takes it."""

REVIEW_SCHEMA: Literal["listener.review/1"] = "listener.review/1"


class _Document(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file: every judgement in the order of being said, also those that a later one replaced."""

    schema: Literal["listener.review/1"]
    judgements: tuple[Judgement, ...] = ()


def judgements_of(folder: SessionFolder) -> tuple[Judgement, ...]:
    """Every judgement, none where nobody reviewed. Raises BadSession where they cannot be read."""
    path = folder.path / REVIEW_FILE
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise _unreadable(folder, str(error.strerror)) from error
    try:
        judgements = msgspec.json.decode(content, type=_Document).judgements
        for judgement in judgements:
            _check(judgement)
    except (msgspec.DecodeError, ValueError) as error:
        if re.search(rb'"schema":\s*"listener\.review/(?!1")\d+"', content):
            raise BadSession(
                f"The review of the session {folder.path.name} was written by a newer version of Listener.",
                "Update Listener.",
            ) from error
        raise _unreadable(folder, str(error)) from error
    return judgements


def _check(said: Judgement) -> None:
    """ValueError where a judgement is none that a reviewer can give."""
    overlap, behaviour = said.moment.what == "overlap", said.aspect == "behaviour"
    possible = {
        "event": overlap and said.value in {NOTHING, *OverlapKind},
        "behaviour": not overlap and said.value in {PRESENT, ABSENT},
        "speaker": not overlap and said.value in PARTNERS,
        "note": True,
    }
    if not possible[said.aspect] or behaviour is (said.label is None):
        raise ValueError(f"{said.aspect} cannot be judged as {said.value!r}")
    if not _AT.fullmatch(said.at):
        raise ValueError(f"{said.at!r} is no time")
    datetime.fromisoformat(said.at)


def keep_judgements(folder: SessionFolder, judgements: Sequence[Judgement]) -> None:
    """Make these the session's judgements. Raises DiskFull."""
    document = _Document(REVIEW_SCHEMA, tuple(judgements))
    folder.write(REVIEW_FILE, msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n")


def _unreadable(folder: SessionFolder, why: str) -> BadSession:
    return BadSession(
        f"What people said of the session {folder.path.name} cannot be read: {why}",
        f"Restore {REVIEW_FILE} from a backup, or move it away to review from the beginning.",
    )
