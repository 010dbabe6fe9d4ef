"""Session records of older versions, brought up to this one step by step."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

import msgspec

from listener.domain.session import SESSION_SCHEMA

Entries: TypeAlias = dict[str, object]
"""A record as JSON gave it, without its schema."""

_SCHEMA = re.compile(r"listener\.session/([1-9]\d{0,5})")


def version_of_schema(schema: object) -> int | None:
    """The number in `listener.session/N`; None for anything else."""
    found = _SCHEMA.fullmatch(schema) if isinstance(schema, str) else None
    return int(found[1]) if found else None


CURRENT = version_of_schema(SESSION_SCHEMA) or 0


def version_of(content: bytes) -> int | None:
    """The version of a `session.json`; None where it is damaged or something else."""
    try:
        return version_of_schema(msgspec.json.decode(content, type=dict[str, object]).get("schema"))
    except (msgspec.DecodeError, msgspec.ValidationError, ValueError):
        return None


def migrated(entries: Entries, version: int) -> Entries:
    """The entries of a record of `version` as this version writes them; `entries` stays as it is.

    Raises ValueError where they are not of the form of their own version.
    """
    for step in range(version, CURRENT):
        entries = MIGRATIONS[step](entries)
    return entries


def from_1_to_2(entries: Entries) -> Entries:
    """2 added a title, and to promises where they come from and what became of them; before, all had been typed."""
    promises = entries.get("promises", [])
    if not isinstance(promises, list) or not all(isinstance(promise, dict) for promise in promises):
        raise ValueError("promises must be a list of objects")
    added = {"origin": "typed", "said": None, "state": "confirmed", "told_at": ""}
    return {**entries, "title": "", "promises": [{**promise, **added} for promise in promises]}


MIGRATIONS: Mapping[int, Callable[[Entries], Entries]] = {1: from_1_to_2}
"""From each older version to the one after it."""
