"""Texts in a TOML file: their placeholders checked, their paragraphs put into form."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Sequence

from listener.adapters.toml_file import TomlFile


def prose(text: str) -> str:
    """One line a paragraph: single line breaks and repeated spaces go, blank lines stay."""
    return "\n\n".join(" ".join(part.split()) for part in re.split(r"\n\s*\n", text.strip()))


def check_unique(file: TomlFile, place: str, names: Sequence[str]) -> None:
    """Raises the file's error for the first name that is there twice."""
    for n, name in enumerate(names):
        if name in names[:n]:
            raise file.fault(f"{place}[{n}]", f"`{name}` appears twice.", "Remove one of them or give it another id.")


def check_placeholders(file: TomlFile, place: str, text: str, allowed: Sequence[str]) -> None:
    """Raises the file's error for a stray bracket, or a placeholder that is not among those allowed."""
    listed = [f"{{{name}}}" for name in allowed]
    try:
        used = set(_placeholders(text))
    except ValueError:
        hint = f"Write {' or '.join(listed[:2]) or 'words only'}, or {{{{ for a bracket."
        raise file.fault(place, "a curly bracket stands alone.", hint) from None
    for name in sorted(used.difference(allowed)):
        hint = "Address both; it is about the couple."
        if listed:
            hint = f"Only {', '.join(listed[:-1])} and {listed[-1]} can be filled in."
        raise file.fault(place, f"{{{name}}} cannot be filled in.", hint)


def _placeholders(text: str) -> Iterator[str]:
    """What stands in curly brackets, with any format or conversion, which then is unknown."""
    for _, name, spec, conversion in string.Formatter().parse(text):
        if name is not None:
            yield name + (f"!{conversion}" if conversion else "") + (f":{spec}" if spec else "")
