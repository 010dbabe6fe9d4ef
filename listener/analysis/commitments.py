"""Commitments that were heard in a talk, as promises that wait for their author's word."""

from __future__ import annotations

import re
from collections.abc import Iterable

from listener.analysis.behaviours.disclosure import commitment
from listener.analysis.behaviours.text import sentences_of
from listener.domain.session import Promise
from listener.domain.speech import BehaviourLabel, Utterance

LONGEST_TEXT = 200
_SENTENCE = re.compile(r"(?<=[.?!…])\s+")


def found_promises(utterances: Iterable[Utterance]) -> tuple[Promise, ...]:
    """One for each utterance that makes a commitment, in order of time, with the sentences that do."""
    return tuple(
        Promise(utterance.partner, _text(utterance.text), "found", utterance.span, "found")
        for utterance in utterances
        if utterance.shows(BehaviourLabel.COMMITMENT)
    )


def _text(text: str) -> str:
    """The sentences that promise something; all of them where the rules alone do not tell."""
    parts = _SENTENCE.split(" ".join(text.split()))
    promising = [part for part in parts if any(commitment(sentence, False) for sentence in sentences_of(part))]
    told = " ".join(promising or parts)
    return told if len(told) <= LONGEST_TEXT else told[: LONGEST_TEXT - 1].rstrip() + "…"
