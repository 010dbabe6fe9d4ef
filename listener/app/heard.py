"""What came out of a recording or a transcript, before behaviours are labelled and anything is scored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from listener.domain.report import Json
from listener.domain.span import Ms
from listener.domain.speech import Ipu, TwoAtOnce, Utterance
from listener.domain.voice import Voices


@dataclass(frozen=True, slots=True)
class Heard:
    """What came out of the recording or transcript: speech, words where there are any, and how it was found.

    `two_at_once`: where both speak and how surely; None where every overlap is as sure as the speech.
    `voices`: how loud and high they spoke; None without sound.
    """

    speech: tuple[Ipu, ...]
    utterances: tuple[Utterance, ...]
    has_words: bool
    duration_ms: Ms
    mics: Literal["one", "two"]
    models: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, Json] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    lost_ms: Ms = 0
    two_at_once: tuple[TwoAtOnce, ...] | None = None
    voices: Voices | None = None
