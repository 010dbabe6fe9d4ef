"""A TOML file as typed entries; every fault names the file, the place in it and what to do."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar, get_args, get_type_hints

import msgspec

from listener.errors import BadScenario, ListenerError

MAX_BYTES = 1_000_000
SINGULAR = {
    "phases": "phase",
    "guidelines": "guideline",
    "measures": "measure",
    "hints": "hint",
    "curve": "curve point",
    "advice": "advice",
    "texts": "text",
}
TYPE_NAMES = {
    "str": "text in quotes",
    "str | null": "text in quotes",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list in [ ]",
    "object": "a table",
}
FORM_HINT = "Correct the value; scenarios/README.md shows the form."
ROLES_HINT = 'Give both a role: roles = { A = "speaker", B = "listener" }.'

Entry = TypeVar("Entry", bound=msgspec.Struct)


@dataclass(frozen=True, slots=True)
class TomlFile:
    """A parsed file: `tree` as TOML gave it. Places are paths such as `$.phases[1].roles.B`."""

    path: Path
    tree: dict[str, Any]
    error: type[ListenerError] = BadScenario
    form_hint: str = FORM_HINT

    def fault(self, place: str, message: str, hint: str) -> ListenerError:
        """The error for what is wrong at `place`, fit for a terminal whatever the file holds."""
        where = self._in_words(place)
        told = f"{self.path.name}{', ' + where if where else ''}: {message}"
        return self.error(_printable(told), _printable(hint))

    def entries(self, shape: type[Entry]) -> Entry:
        """The file as `shape`; raises the file's error for unknown, missing, mistyped and blank fields."""
        for name in _names(self.tree):
            if not re.fullmatch(r"[\w-]+", name):
                raise self.fault("$", f"unknown field `{name}`.", self.form_hint)
        try:
            entries = msgspec.convert(self.tree, shape)
        except msgspec.ValidationError as error:
            raise self._told(str(error), shape) from None
        for place, text in _texts(self.tree, "$"):
            if not text.strip():
                raise self.fault(place, "the text is empty.", "Write the text; a line that may be absent can go.")
            if _printable(text) != text:
                raise self.fault(place, "the text holds control characters.", "Remove everything but plain text.")
        return entries

    def _in_words(self, place: str) -> str:
        """`$.guidelines[3].curve` in words: `guideline 4 (be-clear), curve`."""
        words: list[str] = []
        node: Any = self.tree
        for name, index in re.findall(r"(\w+)|\[(\d+)\]", place.removeprefix("$")):
            node = _child(node, name or int(index))
            if name:
                words.append(name)
                continue
            label = (node.get("id") or node.get("title") or node.get("found")) if isinstance(node, dict) else None
            number = f"{int(index) + 1}" + (f" ({label})" if isinstance(label, str) else "")
            words[-1] = f"{SINGULAR.get(words[-1], words[-1])} {number}"
        return ", ".join(words)

    def _told(self, error: str, shape: type[msgspec.Struct]) -> ListenerError:
        """A msgspec message in plain words."""
        what, _, at = error.partition(" - at ")
        place = at.strip("`") or "$"
        named = re.findall(r"`([^`]*)`", what)
        if "unknown field" in what:
            return self._unknown_field(place, named[0], shape)
        if "missing required field" in what:
            hint = ROLES_HINT if place.endswith(".roles") else f"Add `{named[0]} = …` there."
            return self.fault(place, f"`{named[0]}` is missing.", hint)
        if what.startswith("Invalid enum value"):
            allowed = _allowed(_type_at(shape, place))
            value = what.removeprefix("Invalid enum value ")
            return self.fault(
                place, f"{value} is not known here.", suggestion(value.strip("'"), allowed, "Choose one of")
            )
        name = place.rpartition(".")[2]
        hint = f"Write two brackets: [[{name}]]." if named == ["array", "object"] else self.form_hint
        for kind, words in TYPE_NAMES.items():
            what = what.replace(f"`{kind}`", words)
        return self.fault(place, f"{what[0].lower()}{what[1:]}.", hint)

    def _unknown_field(self, place: str, name: str, shape: type[msgspec.Struct]) -> ListenerError:
        if place != "$" and name in shape.__struct_fields__:
            hint = f"`{name}` belongs to the whole file: move it above the first line with [[ ]]."
        else:
            hint = suggestion(name, _type_at(shape, place).__struct_fields__, "Possible here")
        return self.fault(place, f"unknown field `{name}`.", hint)


def read_toml(path: Path, error: type[ListenerError] = BadScenario, form_hint: str = FORM_HINT) -> TomlFile:
    """The file parsed; raises `error` where it cannot be read or is not TOML. `form_hint` tells where the form is."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as fault:
        raise error(
            f"{path} cannot be read: {fault.strerror or fault}.", "Check the name and that you may read the file."
        ) from None
    if len(raw) > MAX_BYTES:
        raise error(f"{path.name} is larger than 1 MB.", form_hint)
    try:
        return TomlFile(path, tomllib.loads(raw.decode("utf-8-sig")), error, form_hint)
    except UnicodeDecodeError:
        raise error(f"{path.name} is not UTF-8 text.", "Save it as plain text with UTF-8 encoding.") from None
    except (ValueError, RecursionError) as fault:
        raise error(
            f"{path.name} is not valid TOML: {fault}.",
            "Look at that line: text stands between straight quotes, and each name appears once.",
        ) from None


def _names(node: Any) -> Iterator[str]:
    """Every field name of a parsed tree, at any depth."""
    if isinstance(node, dict):
        yield from node
    for value in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _names(value)


def _texts(node: Any, place: str) -> Iterator[tuple[str, str]]:
    """Every text of a parsed tree with its place."""
    if isinstance(node, str):
        yield place, node
    elif isinstance(node, dict):
        for name, value in node.items():
            yield from _texts(value, f"{place}.{name}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _texts(value, f"{place}[{index}]")


def _printable(text: str) -> str:
    """The text with every control character but line breaks and tabs replaced."""
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", "\ufffd", text)


def _child(node: Any, key: str | int) -> Any:
    if isinstance(node, dict):
        return node.get(key)
    return node[key] if isinstance(node, list) and isinstance(key, int) and key < len(node) else None


def _type_at(shape: Any, place: str) -> Any:
    """The type that belongs at `place` of a file of type `shape`."""
    for name in re.findall(r"\w+(?=[.\[]|$)", re.sub(r"\[\d+\]", "", place.removeprefix("$"))):
        shape = get_type_hints(shape)[name]
        while (inner := get_args(shape)) and not isinstance(inner[0], str):
            shape = inner[0]
    return shape


def _allowed(shape: Any) -> tuple[str, ...]:
    if isinstance(shape, type) and issubclass(shape, StrEnum):
        return tuple(shape)
    return tuple(str(value) for value in get_args(shape))


def suggestion(word: str, known: Collection[str], otherwise: str) -> str:
    """A hint that names the closest of the known words, or all of them after the words `otherwise`."""
    close = get_close_matches(word, known, n=1, cutoff=0.6)
    return f"Did you mean `{close[0]}`?" if close else f"{otherwise}: {', '.join(known)}."
