"""Annotations as Praat writes them (TextGrid, long or short text form): one interval tier for each speaker.

Both forms are the same numbers, strings and flags in the same order: Praat takes those that stand free, and anything
else for the reader's comfort (Praat manual, "TextGrid file formats"). So one reader does for both, and nothing inside a
label can be taken for structure. Intervals that are blank or hold a silence mark are silence; point tiers and tiers
that are silent throughout are passed over. In what Listener wrote itself the tiers say what they hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from listener.adapters.transcripts.file_text import decoded
from listener.adapters.transcripts.own_tiers import transcript_of_own
from listener.adapters.transcripts.transcript import NUMBER, Piece, Transcript, listed, plain, span_of, transcript_of
from listener.errors import BadTranscript

FORM = "Keep one interval tier for each of two speakers, and save it with Praat as a text file."
KINDS = (("ooTextFile", "TextGrid"), ("ooTextFile short", "TextGrid"))  # the second by Praat of old
SILENCE = frozenset({"sil", "sp", "<sil>", "<p:>"})
_TOKEN = re.compile(
    r'"(?P<text>[^"]*+(?:""[^"]*+)*+)"'
    r"|(?P<open>\")"
    r"|(?P<comment>![^\r\n]*)"
    r"|(?P<flag><exists>|<absent>)"
    r'|(?P<bare>[^\s"]+)'
)


@dataclass(frozen=True, slots=True)
class Tier:
    """An interval tier: its name and its labelled intervals."""

    name: str
    pieces: tuple[Piece, ...]


def read(name: str, data: bytes) -> Transcript:
    """The transcript; BadTranscript where the file breaks off or is no TextGrid, or unless two tiers hold speech."""
    if data.startswith(b"ooBinaryFile"):
        raise BadTranscript(f"{name} is a binary TextGrid.", "Save it with Praat as a text file.")
    tiers = [tier for tier in _tiers(Tokens(name, decoded(name, data))) if tier.pieces]
    own = transcript_of_own(name, [(tier.name, tier.pieces) for tier in tiers], FORM)
    if own:
        return own
    names = [tier.name for tier in tiers]
    if len(set(names)) < len(names):
        raise BadTranscript(f"{name} has two tiers of one name: {listed(names)}.", FORM)
    return transcript_of(name, [piece for tier in tiers for piece in tier.pieces], FORM)


class Tokens:
    """The free-standing numbers, strings and flags of a file, taken one after the other, each of the kind asked for."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self._values = _free_standing(text)

    def text(self, what: str) -> str:
        value = self._next(what)
        if not isinstance(value, str):
            raise self._fault(f"{what} is missing")
        return value

    def number(self, what: str) -> float:
        value = self._next(what)
        if not isinstance(value, float):
            raise self._fault(f"{what} is missing")
        return value

    def count(self, what: str) -> int:
        value = self.number(what)
        if not (0 <= value <= 10_000_000 and value.is_integer()):
            raise self._fault(f"{what} is no whole number")
        return int(value)

    def flag(self, what: str) -> bool:
        value = self._next(what)
        if not isinstance(value, bool):
            raise self._fault(f"it is not said whether there are {what}")
        return value

    def _next(self, what: str) -> str | float | bool:
        try:
            return next(self._values)
        except StopIteration:
            raise self._fault(f"it breaks off before {what}") from None

    def _fault(self, what: str) -> BadTranscript:
        return BadTranscript(f"{self.name} is not a whole TextGrid: {what}.", FORM)


def _free_standing(text: str) -> Iterator[str | float | bool]:
    """Strings, numbers and flags (true for `<exists>`); a string without its closing quote ends the file."""
    for token in _TOKEN.finditer(text):
        if token["open"]:
            return
        if token["text"] is not None:
            yield token["text"].replace('""', '"')
        elif token["flag"]:
            yield token["flag"] == "<exists>"
        elif token["bare"] and NUMBER.fullmatch(token["bare"]):
            yield float(token["bare"])


def _tiers(tokens: Tokens) -> Iterator[Tier]:
    """The interval tiers in the order of the file."""
    kinds = (tokens.text("the kind of file"), tokens.text("the kind of object"))
    if kinds not in KINDS:
        raise BadTranscript(f"{tokens.name} is no TextGrid.", FORM)
    tokens.number("the start")
    tokens.number("the end")
    if not tokens.flag("tiers"):
        return
    for _ in range(tokens.count("the number of tiers")):
        kind, name = tokens.text("a kind of tier"), plain(tokens.text("a tier's name"))
        tokens.number("a tier's start")
        tokens.number("a tier's end")
        size = tokens.count("a tier's size")
        if kind == "IntervalTier":
            intervals = [_interval(tokens, name, number) for number in range(1, size + 1)]
            yield Tier(name, tuple(piece for piece in intervals if _is_speech(piece.text)))
        elif kind == "TextTier":
            for _ in range(size):
                tokens.number("a point's time")
                tokens.text("a point's mark")
        else:
            raise BadTranscript(f"{tokens.name} has a tier that is neither of intervals nor of points.", FORM)


def _interval(tokens: Tokens, tier: str, number: int) -> Piece:
    place = f"{tokens.name}, interval {number} of {tier}"
    start, end = tokens.number("an interval's start"), tokens.number("an interval's end")
    return Piece(tier, span_of(place, start, end, FORM), plain(tokens.text("an interval's text")))


def _is_speech(label: str) -> bool:
    return bool(label) and label.lower() not in SILENCE
