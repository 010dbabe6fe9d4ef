"""Counts what a guideline rests on, and points at the moments."""

from __future__ import annotations

from listener.analysis.conversation import Conversation
from listener.analysis.measures.finding import Finding
from listener.analysis.measures.listening import listening
from listener.analysis.measures.sound import SOUND_MEASURES
from listener.analysis.measures.voice import VOICE_MEASURES, WITH_WORDS
from listener.analysis.measures.words import WORD_MEASURES
from listener.domain.speech import PartnerId

HINTS = frozenset(VOICE_MEASURES)
"""Measures of how something was said; they never make a score by themselves."""

MEASURE_IDS = frozenset(SOUND_MEASURES) | frozenset(WORD_MEASURES) | HINTS
"""Everything that `measure` knows."""


def needs_words(measure_id: str) -> bool:
    """Whether the measure can only be taken from what was said."""
    return measure_id in WORD_MEASURES or measure_id in WITH_WORDS


def measure(conversation: Conversation, measure_id: str, listener: PartnerId) -> Finding | None:
    """The measurement of one partner as a listener, with its moments in time order.

    None where the measure rests on words and none were transcribed, or on voices and there is no sound. Raises KeyError
    for an unknown measure.
    """
    part = listening(conversation, listener)
    if measure_id in SOUND_MEASURES:
        return SOUND_MEASURES[measure_id](part)
    if needs_words(measure_id) and not conversation.has_words:
        return None
    if measure_id in VOICE_MEASURES:
        return VOICE_MEASURES[measure_id](part, conversation.manner) if conversation.manner else None
    return WORD_MEASURES[measure_id](part)


__all__ = ["HINTS", "MEASURE_IDS", "Finding", "measure", "needs_words"]
