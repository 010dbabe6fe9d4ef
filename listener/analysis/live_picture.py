"""What the screen shows while the partners talk: provisional, and never scored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from listener.domain.floor import Overlap
from listener.domain.span import Ms, Span
from listener.domain.speech import PartnerId


def _nothing() -> Mapping[PartnerId, Ms]:
    return MappingProxyType({"A": 0, "B": 0})


@dataclass(frozen=True, slots=True)
class NoticedOverlap(Overlap):
    """An interruption, an attempt at one or a backchannel; `noticed_ms` is how much was recorded when it was noticed.

    It may change its kind, move by a little, or go again, as more is heard.
    """

    noticed_ms: Ms = 0


@dataclass(frozen=True, slots=True)
class Caption:
    """What a partner said, as a small model heard it at once."""

    partner: PartnerId
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class LivePicture:
    """How the talk stands after `at_ms` of recording. All times are times of the recording.

    behind_ms: how much more has been recorded than is analysed.
    dropped_ms: recording that could not wait for the analysis and was left out of it; it is in the recording.
    ready: whether the networks are loaded.
    holder: who has the floor; a backchannel does not take it, a pause does not give it away. None before any talk.
    speaking: who speaks at this moment.
    speaking_ms: how long each has spoken; both at once counts for both.
    events: interruptions, attempts and backchannels of the last minutes, in order.
    captions: the last ones, in the order in which they were heard; captions_behind: speech went without lately.
    note: what to tell about how sure this is, "" where there is nothing to tell.
    """

    at_ms: Ms = 0
    behind_ms: Ms = 0
    dropped_ms: Ms = 0
    ready: bool = False
    holder: PartnerId | None = None
    speaking: frozenset[PartnerId] = frozenset()
    speaking_ms: Mapping[PartnerId, Ms] = field(default_factory=_nothing)
    events: tuple[NoticedOverlap, ...] = ()
    captions: tuple[Caption, ...] = ()
    captions_behind: bool = False
    note: str = ""

    @property
    def share(self) -> float | None:
        """A's share of the speaking time, 0 to 1; None before any talk."""
        together = sum(self.speaking_ms.values())
        return self.speaking_ms["A"] / together if together else None


__all__ = ["Caption", "LivePicture", "NoticedOverlap"]
