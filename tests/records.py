"""Session records for tests: everything has a value, each test names what it is about."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from listener import __version__
from listener.domain.session import SessionRecord

PLAIN = SessionRecord(
    id="20261123-190000",
    started_at="2026-11-23T19:00:00+01:00",
    scenario="free-talk",
    names={"A": "Nora", "B": "Sam"},
    mics="one",
    device="Example conversation",
    rate=16_000,
    channels=1,
    listener=__version__,
    consent=("A", "B"),
)


def make_record(**values: Any) -> SessionRecord:
    """A record of a session in which nothing special happened, but for `values`."""
    return replace(PLAIN, **values)
