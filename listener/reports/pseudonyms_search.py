"""Finds a person's name in a text however it is written: accents, apostrophes, hyphens and blanks aside."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Generic, TypeVar

Owner = TypeVar("Owner")

_NOT_NAMES = {"", "a", "b", *(f"{word} {letter}" for word in ("partner", "speaker") for letter in "ab")}
"""What stands in reports for a name that nobody gave; in a text these are words."""

_SMALL = "van von vom zu zum zur de der den des del della di da dos das do du la le los las y e und"
_PARTICLES = frozenset(_SMALL.split())
"""Small words within names, which are no name by themselves; written with a capital they are."""

_APOSTROPHES = "'’ʼ‘ʻ′`´"
_BETWEEN_PARTS = re.compile(r"[\s\-‐‑–.,/&_()]+")
_BETWEEN_PIECES = re.compile(rf"[\s\-‐‑–.,/&_(){_APOSTROPHES}]+")
_JOINT = r"[\s'\-‐‑–./&_()]"
_OTHER_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
    | dict.fromkeys(_APOSTROPHES, "'")
)
_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_UMLAUT_SPELT_OUT = re.compile(r"(?<=\w)([aou])e(?=[bcdfghjklmnpqrstvwxz])|(a)a(?=[bcdfghjklmnpqrstvwxz])")
_WHERE_JOINED = range(6, 40)
"""How many letters a name has that may be two which were written as one: `Annemarie`."""

_MOST_PARTS = 6
"""Parts of a name that are looked for together."""

_WITH_UMLAUT = 5
"""Letters from which `oe` in a name may stand for `ö`: `Joerg`, not `Noel`."""


class Names(Generic[Owner]):
    """The names of some owners, looked for all at once."""

    def __init__(self, named: Sequence[tuple[Owner, str]]) -> None:
        whose: dict[tuple[int, str], dict[Owner, None]] = {}
        for owner, name in named:
            for letters, written in _written(name):
                whose.setdefault((letters, written), {})[owner] = None
        longest_first = sorted(whose, key=lambda each: (-each[0], each[1]))
        self._owners = [tuple(whose[each]) for each in longest_first]
        self._pattern = re.compile("|".join(written for _, written in longest_first) or r"(?!)")

    def replaced(self, text: str, by: Mapping[Owner, str]) -> str:
        """The text with every name replaced; an s after it, of a plural or a possessive, stays."""
        folded, places = _folded(text)
        done, result = 0, ""
        for found in self._pattern.finditer(folded):
            group = found.lastindex or 0
            start, end = places[found.start()], places[found.end(group)]
            if start >= done:
                owners = self._owners[group - 1]
                result += text[done:start] + " or ".join(by[owner] for owner in owners)
                done = end
        return result + text[done:]


def _fold(character: str) -> str:
    """The character in small letters without its accents; empty for an accent alone and for what cannot be seen."""
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return ""
    small = unicodedata.normalize("NFKC", character.translate(_OTHER_LETTERS)).casefold().translate(_OTHER_LETTERS)
    apart = unicodedata.normalize("NFD", small)
    bare = "".join(c for c in apart if not unicodedata.combining(c))
    return bare if len(bare) < len(apart) else small


def _folded(text: str) -> tuple[str, list[int]]:
    """The text folded, and where each of its characters, and its end, lies in the text."""
    folded: list[str] = []
    places: list[int] = []
    for at, character in enumerate(text):
        bare = _fold(character)
        folded.append(bare)
        places += [at] * len(bare)
    return "".join(folded), [*places, len(text)]


def _written(name: str) -> Iterator[tuple[int, str]]:
    """Patterns for the ways to write a name, whole and in parts, with how many letters they stand for."""
    name = " ".join(name.split())
    if name.casefold() in _NOT_NAMES:
        return
    parts = [part for part in _BETWEEN_PARTS.split(name) if len(part) > 1]
    alone = [part for part in parts if part not in _PARTICLES] or parts
    for said in dict.fromkeys([name, *alone, *_runs(parts)]):
        small = unicodedata.normalize("NFC", said).casefold()
        for spelling in dict.fromkeys(_folded(each)[0] for each in _spellings(small)):
            pieces = [piece for piece in _BETWEEN_PIECES.split(spelling) if piece]
            letters = sum(map(len, pieces))
            if letters > 1 or (letters == 1 and not spelling.isascii()):
                yield letters, _as_word("".join(pieces), _pieced(pieces))
            elif len(spelling) > 1:  # of signs
                yield len(spelling), _as_word(spelling, re.escape(spelling))


def _runs(parts: Sequence[str]) -> Iterator[str]:
    """Several parts of a name that follow each other, as in “van der Berg”."""
    for start in range(len(parts)):
        for end in range(start + 2, min(len(parts), start + _MOST_PARTS) + 1):
            if not _PARTICLES.issuperset(parts[start:end]):
                yield " ".join(parts[start:end])


def _spellings(small: str) -> Iterator[str]:
    """As it is, with umlauts as two letters, and with two letters as the umlaut that they may stand for."""
    yield small
    yield small.translate(_SPELT_OUT)
    if len(small) >= _WITH_UMLAUT:
        yield _UMLAUT_SPELT_OUT.sub(r"\1\2", small)


def _pieced(pieces: Sequence[str]) -> str:
    """The pieces, joined or apart: `Anne-Marie` is Annemarie too; and a single one as two that were joined."""
    if len(pieces) == 1:
        return _unjoined(pieces[0])
    pattern = re.escape(pieces[0])
    for before, after in pairwise(pieces):
        least = 0 if min(len(before), len(after)) > 1 or sum(map(len, pieces)) > _WITH_UMLAUT else 1
        pattern += f"{_JOINT}{{{least},3}}{re.escape(after)}"
    return pattern


def _unjoined(piece: str) -> str:
    if len(piece) < 4 or not piece.isalpha() or unicodedata.category(piece[-1]) == "Lo":
        return re.escape(piece)
    ways = [f"{piece[0]}'?{piece[1:]}"]  # DAngelo is D'Angelo
    if len(piece) in _WHERE_JOINED:
        ways += [rf"{piece[:at]}[\s'\-‐‑]{piece[at:]}" for at in range(2, len(piece) - 1)]
    return "|".join(ways)


def _as_word(name: str, pattern: str) -> str:
    """The name as a word of its own; scripts that write words without blanks between have no such bounds."""
    first, last = (unicodedata.category(letter) != "Lo" for letter in (name[0], name[-1]))
    return (r"(?<![^\W_])" if first else "") + f"({pattern})" + (r"s?(?![^\W_])" if last else "")
