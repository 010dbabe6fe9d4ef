"""Who holds the floor: turns, floor transfers and simultaneous speech."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from listener.domain.span import Ms, Span
from listener.domain.speech import PartnerId


@dataclass(frozen=True, slots=True)
class Turn:
    """A partner's IPUs until the other takes the floor; a backchannel does not take it."""

    partner: PartnerId
    span: Span


@dataclass(frozen=True, slots=True)
class FloorTransfer:
    """The floor passes to `incomer` at `at`; `offset_ms` is the floor-transfer offset, negative for overlap."""

    incomer: PartnerId
    at: Ms
    offset_ms: Ms


class OverlapKind(StrEnum):
    """Kinds of incoming speech while the other holds the floor (Schegloff 2000; Gravano & Hirschberg 2012)."""

    BACKCHANNEL = "backchannel"
    TERMINAL = "terminal"
    COOPERATIVE = "cooperative"
    INTERRUPTION = "interruption"
    ATTEMPTED_INTERRUPTION = "attempted_interruption"


@dataclass(frozen=True, slots=True)
class Overlap:
    """Speech of `incomer` that starts while `holder` has the floor.

    `span` is the incoming stretch: for a backchannel or an attempt the incomer's own speech, otherwise from the
    onset to
    the holder's end. It may cover no simultaneous speech where a backchannel falls into a pause of the holder.
    """

    span: Span
    holder: PartnerId
    incomer: PartnerId
    kind: OverlapKind
    confidence: float
