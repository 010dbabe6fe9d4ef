"""Counts what a guideline rests on, and points at the moments."""

from __future__ import annotations

from listener.analysis.conversation import Conversation
from listener.analysis.measures.finding import Finding
from listener.analysis.measures.listening import listening
from listener.analysis.measures.sound import SOUND_MEASURES
from listener.analysis.measures.words import WORD_MEASURES
from listener.domain.speech import PartnerId

MEASURE_IDS = frozenset(SOUND_MEASURES) | frozenset(WORD_MEASURES)
"""Everything that `measure` knows."""


def needs_words(measure_id: str) -> bool:
    """Whether the measure can only be taken from what was said."""
    return measure_id in WORD_MEASURES


def measure(conversation: Conversation, measure_id: str, listener: PartnerId) -> Finding | None:
    """The measurement of one partner as a listener, with its moments in time order.

    None where the measure rests on words and none were transcribed. Raises KeyError for an unknown measure.
    """
    part = listening(conversation, listener)
    if measure_id in SOUND_MEASURES:
        return SOUND_MEASURES[measure_id](part)
    take = WORD_MEASURES[measure_id]
    return take(part) if conversation.has_words else None


__all__ = ["MEASURE_IDS", "Finding", "measure", "needs_words"]
