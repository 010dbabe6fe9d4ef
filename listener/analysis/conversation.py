"""Everything known about one conversation when it is scored."""

from __future__ import annotations

from dataclasses import dataclass

from listener.analysis.voice_manner import Manner
from listener.domain.floor import FloorTransfer, Overlap, Turn
from listener.domain.practice import RoleSpan
from listener.domain.session import Answer
from listener.domain.span import Ms
from listener.domain.speech import Ipu, Utterance


@dataclass(frozen=True, slots=True)
class Conversation:
    """What was heard, who had the floor and what was said: utterances in order of start, with their behaviours.

    `roles` empty means that both partners were speaker and listener throughout. `has_words` is false where nothing was
    transcribed; `utterances` are then not looked at. `answers` are the partners' own, given before and after. `manner`
    is how both spoke, None without sound.
    """

    speech: tuple[Ipu, ...]
    turns: tuple[Turn, ...]
    transfers: tuple[FloorTransfer, ...]
    overlaps: tuple[Overlap, ...]
    utterances: tuple[Utterance, ...]
    roles: tuple[RoleSpan, ...]
    duration_ms: Ms
    has_words: bool
    answers: tuple[Answer, ...] = ()
    manner: Manner | None = None
