"""The published JSON Schemas of the documents that Listener writes."""

from __future__ import annotations

import json
from importlib.resources import files

from listener.domain.report import Json
from listener.errors import BadUsage

FILES = {"report": "report-1.schema.json", "labels": "labels-1.schema.json"}
"""Short name to file; `listener.report/1` and `listener.labels/1` name the same two."""


def schema(name: str) -> dict[str, Json]:
    """The schema called `report` or `labels`, or by its full name such as `listener.report/1`; else BadUsage."""
    short = name.removeprefix("listener.").removesuffix("/1")
    if short not in FILES:
        raise BadUsage(f"There is no schema called {name!r}.", f"Choose one of: {', '.join(FILES)}.")
    text = files("listener.reports").joinpath(FILES[short]).read_text(encoding="utf-8")
    read: dict[str, Json] = json.loads(text)
    return read
