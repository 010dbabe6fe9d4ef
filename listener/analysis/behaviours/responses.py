"""Listener responses by their words: the sounds and words that say "I hear you" and leave the floor where it is.

One list of words serves the utterance label `backchannel` and the kinds of overlap.
"""

from __future__ import annotations

import re
from enum import StrEnum
from itertools import groupby

from listener.analysis.behaviours.lexicon import (
    ANSWERS,
    BACKCHANNELS,
    CONTRACTIONS,
    LISTENING_SOUNDS,
    ONLY_BESIDE_RESPONSES,
    YES_WORDS,
)

RESPONSE_WORDS = 4
"""A listener response has at most so many words, one said again and again counted once."""

_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)*")
_BRACKETS = re.compile(r"\[[^\]]*\]|\([^)]*\)|<[^>]*>")
_TWO_PART_SOUND = re.compile(r"\b(?:u[hm]+|m+)[ -](?:hu+h|h+m+)\b")
_FILLERS = frozenset(["uh", "um", "er", "erm"])


class Response(StrEnum):
    """What a listener response is made of: sounds only ("mm-hm"), a yes ("yeah"), or a receipt ("okay", "oh wow")."""

    SOUND = "sound"
    YES = "yes"
    RECEIPT = "receipt"


def spoken(text: str) -> list[str]:
    """Words in lower case, hyphens parted, sounds of two parts as "mhm", a word said again and again once."""
    text = _BRACKETS.sub(" ", text.lower().replace("’", "'"))
    words = " ".join(CONTRACTIONS.get(word, word) for word in _WORD.findall(_TWO_PART_SOUND.sub("mhm", text)))
    return [word for word, _ in groupby(_TWO_PART_SOUND.sub("mhm", words.replace("-", " ")).split())]


def response_of(text: str) -> Response | None:
    """What kind of listener response the text is, None where it is more or other than one; "uh" alone is none."""
    words = [word for word in spoken(text) if word not in _FILLERS]
    if not 0 < len(words) <= RESPONSE_WORDS or not set(words) <= BACKCHANNELS or set(words) <= ONLY_BESIDE_RESPONSES:
        return None
    if set(words) <= LISTENING_SOUNDS:
        return Response.SOUND
    return Response.YES if set(words) <= LISTENING_SOUNDS | YES_WORDS else Response.RECEIPT


def can_answer(text: str) -> bool:
    """Whether the response would answer a question: it starts with a yes, a no or the like."""
    return next((word in ANSWERS for word in spoken(text) if word not in _FILLERS), False)
