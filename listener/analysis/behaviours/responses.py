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
    TAKING_UP,
    YES_WORDS,
)

RESPONSE_WORDS = 4
"""A listener response has at most so many words, one said again and again counted once."""

INSISTING = 3
"""A yes said so often in a row agrees; AMI: a backchannel in one of four."""

_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)*")
_BRACKETS = re.compile(r"\[[^\]]*\]|\([^)]*\)|<[^>]*>")
_TWO_PART_SOUND = re.compile(r"\b(?:u[hm]+|m+)[ -](?:hu+h|h+m+)\b")
_FILLERS = frozenset(["uh", "um", "er", "erm"])


class Response(StrEnum):
    """What response words are: sounds ("mm-hm"), a yes, a receipt ("okay", "oh wow"), or agreement ("yeah, okay").

    Agreement takes something up, which is more than a backchannel; it leaves the floor where it is all the same.
    """

    SOUND = "sound"
    YES = "yes"
    RECEIPT = "receipt"
    AGREEMENT = "agreement"


def spoken(text: str) -> list[str]:
    """Words in lower case without fillers, hyphens parted, sounds of two parts as "mhm"."""
    text = _BRACKETS.sub(" ", text.lower().replace("’", "'"))
    words = " ".join(CONTRACTIONS.get(word, word) for word in _WORD.findall(_TWO_PART_SOUND.sub("mhm", text)))
    parted = _TWO_PART_SOUND.sub("mhm", words.replace("-", " ")).split()
    return [word for word in parted if word not in _FILLERS]


def response_of(text: str) -> Response | None:
    """What kind of listener response the text is, None where it is more or other than one; "uh" alone is none."""
    words = spoken(text)
    kinds = set(words)
    once = [word for word, _ in groupby(words)]
    if not 0 < len(once) <= RESPONSE_WORDS or not kinds <= BACKCHANNELS or kinds <= ONLY_BESIDE_RESPONSES:
        return None
    if kinds <= LISTENING_SOUNDS:
        return Response.SOUND
    said = [word for word in words if word not in LISTENING_SOUNDS]
    if set(said) <= TAKING_UP and said != ["all", "right"] and (len(set(said)) > 1 or len(said) >= INSISTING):
        return Response.AGREEMENT
    return Response.YES if set(said) <= YES_WORDS else Response.RECEIPT


def can_answer(text: str) -> bool:
    """Whether the response would answer a question: it starts with a yes, a no or the like."""
    return next((word in ANSWERS for word in spoken(text)), False)
