"""Fills the rubric's advice from a moment: names, times, counts and quotes, never anything that was not said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from string import Formatter
from zlib import crc32

from listener.analysis.behaviours.lexicon import FEELING_ADJECTIVES, WEAK_FEELINGS

PARTNER_SLOTS = ("name", "partner", "count", "when", "time", "quote", "before", "back", "role")
"""What advice to one partner may hold: who listened and who spoke, how often and when it was found, what was said at
the moment and by the other before it, that feeling given back, and the listener's role then."""

COUPLE_SLOTS = ("count", "when", "time", "quote", "more", "less", "percent")
"""What advice to both may hold; the last three only where the speaking time is what was found."""

_SPOKEN = frozenset({"quote", "before", "back"})
"""Slots of what was said."""

MOST_QUOTED = 80
"""Characters of a quote within a sentence; the project's own choice."""

_COUNTS = (
    "never",
    "once",
    "twice",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
_DOUBLE_QUOTES = re.compile(r"[\"“”„«»]")

_LIKE_FEELINGS = frozenset({"like", "used", "left", "close", "closer", "blue", "pushed", "sorry", "good", "better"})
"""Words after "feel" that are often no feeling of one's own."""


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_FELT = FEELING_ADJECTIVES | WEAK_FEELINGS - _LIKE_FEELINGS
_VERBS = {"i'm": "You're", "i am": "You are", "i feel": "You feel", "i felt": "You felt", "i was": "You were"}
_DEGREE = r"(?:(?:just|so|really|very|a bit|a little|pretty|quite|rather|still|kind of|sort of|too)\s+){0,3}"
_OWN_FEELING = re.compile(
    rf"(?:^|(?<=[.!?;,]\s)|(?<=\band\s)|(?<=\bbut\s)|(?<=\bso\s)|(?<=\bsaid\s))"
    rf"(?:(?P<is>i'm|i am|i was)\s+(?P<state>{_DEGREE}(?:{_any_of(FEELING_ADJECTIVES)}))"
    rf"|(?P<feel>i feel|i felt)\s+(?P<felt>{_DEGREE}(?:{_any_of(_FELT)})))"
    r"(?=\s*(?:$|[.,;!…])|\s+(?!\w+\s+(?:nothing|nobody|no one)\b)"
    r"(?:and|but|because|about|when|that|since|by|at|with|for|in|it|i|i'll|i'm|he|she|they|we|actually)\b)"
)
_DOUBTED = re.compile(r"\b(?:if|when|whenever|unless|until|wish|not|never|\w+n't|think|thought|you said|says?)\b")


def count_words(count: int) -> str:
    """How often, in words up to twelve: `once`, `twice`, `three times`."""
    if count < 3:
        return _COUNTS[count]
    return f"{_COUNTS[count] if count < len(_COUNTS) else count} times"


def quotable(text: str) -> str:
    """The text as it can stand within quotes of a sentence: one line, no final stop; empty where nothing was said."""
    text = _in_line(text)
    if len(text) > MOST_QUOTED:
        text = text[:MOST_QUOTED].rpartition(" ")[0].rstrip(" ,;:.") + " …"
    return text


def ending(text: str) -> str:
    """As `quotable`, but the end of a long text: what was said last."""
    text = _in_line(text)
    if len(text) > MOST_QUOTED:
        text = "… " + text[-MOST_QUOTED:].partition(" ")[2].lstrip(" ,;:.")
    return text


def _in_line(text: str) -> str:
    shown = "".join(c if c.isprintable() else " " for c in _DOUBLE_QUOTES.sub("'", text))
    shown = " ".join(shown.split()).rstrip(" .,;:")
    return shown if any(c.isalnum() for c in shown) else ""


def given_back(text: str) -> str:
    """A feeling plainly named, turned to the one who named it: `I feel a bit lonely` to `You feel a bit lonely`.

    Empty where nothing can be turned safely: only known feeling words, stated as such, without a condition or denial.
    """
    said = " ".join(text.replace("’", "'").split())
    for match in _OWN_FEELING.finditer(said.lower()):
        sentence = re.split(r"[.!?;]", said.lower()[: match.start()])[-1]
        if not _DOUBTED.search(sentence):
            verb = match["is"] or match["feel"]
            return f"{_VERBS[verb]} {' '.join((match['state'] or match['felt']).removeprefix('just ').split())}"
    return ""


def filled(texts: Sequence[str], slots: Mapping[str, str], basis: str) -> str | None:
    """One of the texts for which every slot is there, filled in one pass, so that what was said stays as it is.

    Those that tell most of the moment go first; among equals `basis` decides, the same every time. None fits: None.
    """
    fitting = [text for text in texts if slots_of(text) <= slots.keys()]
    most = max((_telling(text) for text in fitting), default=0)
    best = [text for text in fitting if _telling(text) == most]
    return best[crc32(basis.encode()) % len(best)].format_map(slots) if best else None


def slots_of(text: str) -> set[str]:
    """The placeholders of a text."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def _telling(text: str) -> int:
    used = slots_of(text)
    return ("role" in used) + ("back" in used) + bool(used & _SPOKEN) + bool(used & {"time", "when"})
