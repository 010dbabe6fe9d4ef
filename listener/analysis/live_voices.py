"""Whose voice, while the talk goes on: the last minutes are given out, and the voices learnt where none is enrolled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from listener.analysis.voices import Embedding, Stretch, VoiceParameters, assign
from listener.domain.span import Ms
from listener.domain.speech import PARTNERS, PartnerId, other

NEAR_MS: Ms = 120_000
"""Stretches this far back help to tell whose the new ones are."""

KEPT_MS: Ms = 600_000
"""Stretches this far back are kept, to learn the voices from and to be given out anew when they are known better."""

LEARN_MS: Ms = 10_000
"""Voices are learnt anew at most this often."""

ONE_VOICE = 0.5
"""Two voices more alike than this (cosine) are one: who speaks alone for long would be taken for two people."""

STRANGER = 0.3
"""A voice less like the enrolled one than this (cosine) is the other partner's."""


class LiveVoices:
    """Gives stretches to partners as `voices.assign` does; with an enrolment missing it first learns the voices."""

    def __init__(self, enrolled: Mapping[PartnerId, Embedding], parameters: VoiceParameters) -> None:
        self._enrolled = enrolled
        self._parameters = parameters
        self._learnt: Mapping[PartnerId, Embedding] = enrolled if len(enrolled) == len(PARTNERS) else {}
        self._learnt_at: Ms | None = None
        self._only: PartnerId = "A"

    @property
    def enrolled(self) -> bool:
        """Whether both partners are."""
        return len(self._enrolled) == len(PARTNERS)

    @property
    def told_apart(self) -> bool:
        """Whether two voices are known."""
        return bool(self._learnt)

    def owners(self, near: Sequence[Stretch]) -> list[PartnerId]:
        """The partner of each stretch of the last minutes, in order."""
        if not self._learnt:
            return [self._only] * len(near)
        return assign(near, self._learnt, self._parameters)

    def is_due(self, now: Ms) -> bool:
        """Whether the voices are to be learnt anew: often at first, later every `LEARN_MS`, never with an enrolment."""
        if self.enrolled:
            return False
        return self._learnt_at is None or now - self._learnt_at >= (LEARN_MS if self._learnt else 1000)

    def learn(self, kept: Sequence[Stretch], now: Ms) -> list[PartnerId]:
        """Learn both voices from all stretches that are kept, and say whose each is by that."""
        self._learnt_at = now
        owners = assign(kept, self._enrolled, self._parameters)
        voices = {p: _voice(kept, owners, p) for p in PARTNERS}
        first, second = voices["A"], voices["B"]
        if first is None or second is None or float(first @ second) > ONE_VOICE:
            if self._learnt:
                return self.owners(kept)
            self._only = self._one_voice(first if second is None else second)
            return [self._only] * len(kept)
        if not self._enrolled and self._learnt and _crossed(self._learnt, first, second):
            first, second = second, first
            owners = [other(owner) for owner in owners]
        self._learnt = {"A": first, "B": second}
        return owners

    def _one_voice(self, voice: Embedding | None) -> PartnerId:
        """Whose the only voice is."""
        for partner, enrolled in self._enrolled.items():
            return other(partner) if voice is not None and float(voice @ enrolled) < STRANGER else partner
        return "A"


def _voice(stretches: Sequence[Stretch], owners: Sequence[PartnerId], partner: PartnerId) -> Embedding | None:
    """The mean voice of a partner's stretches by their length, unit length; None without one."""
    own = [s for s, owner in zip(stretches, owners, strict=True) if owner == partner]
    heard = [s.embedding * np.float32(s.span.duration_ms) for s in own if s.embedding is not None]
    total = np.sum(heard, axis=0) if heard else np.zeros(1)
    norm = float(np.linalg.norm(total))
    return (total / norm).astype(np.float32) if norm > 0 else None


def _crossed(before: Mapping[PartnerId, Embedding], first: Embedding, second: Embedding) -> bool:
    """Whether the voices learnt now are those from before, but the other way round."""
    straight = float(before["A"] @ first + before["B"] @ second)
    return float(before["A"] @ second + before["B"] @ first) > straight


__all__ = ["KEPT_MS", "NEAR_MS", "LiveVoices"]
