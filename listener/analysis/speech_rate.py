"""How fast someone speaks while they do: syllables a second, pauses left out (articulation rate)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from listener.domain.span import total_ms
from listener.domain.speech import Utterance
from listener.domain.voice import VoiceStretch

LEAST_SYLLABLES = 12
"""Fewer give no rate; the project's own choice."""

_VOWELS = re.compile(r"[aeiouy]+")


def syllable_rate(stretches: Sequence[VoiceStretch], utterances: Sequence[Utterance]) -> float | None:
    """Syllables a second in one partner's stretches; None where hardly a word has its middle in them."""
    if not stretches:
        return None
    partner = stretches[0].partner
    words = [(word.span.middle, word.text) for u in utterances if u.partner == partner for word in u.words]
    found = 0
    spans = sorted(each.span for each in stretches)
    at = 0
    for middle, text in sorted(words):
        while at < len(spans) and spans[at].end <= middle:
            at += 1
        if at < len(spans) and spans[at].contains(middle):
            found += syllables(text)
    return found * 1000 / total_ms(spans) if found >= LEAST_SYLLABLES else None


def syllables(word: str) -> int:
    """About how many syllables: groups of vowels, one at least. Rates are compared within one person's talk only."""
    plain = unicodedata.normalize("NFD", word.casefold())
    return max(1, len(_VOWELS.findall("".join(c for c in plain if not unicodedata.combining(c)))))


__all__ = ["LEAST_SYLLABLES", "syllable_rate", "syllables"]
