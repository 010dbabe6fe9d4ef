"""What is practised: guidelines with their measures, scenarios with phases and roles, the partners."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypeAlias

from listener.domain.span import Ms, Span
from listener.domain.speech import PartnerId


class Area(StrEnum):
    """The article's four parts."""

    COMMUNICATION = "communication"
    EMPATHY = "empathy"
    TRUST = "trust"
    QUALITY_TIME = "quality-time"


class Role(StrEnum):
    """What a partner does while a phase lasts; both: speaks and listens freely."""

    SPEAKER = "speaker"
    LISTENER = "listener"
    BOTH = "both"


Basis: TypeAlias = Literal["measured", "asked", "tracked"]
"""Where a guideline's score comes from: the recording, the partners' answers, or what is kept over sessions."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One counted quantity that a guideline rests on, and what it is worth.

    `curve` maps the value (in the unit of the measure) to a score: points (value, score 0-100), straight lines between,
    flat beyond the ends. Below `minimum` (of the measurement's `whole`, ms or a count) there is too little to go on.
    `no_occasion` tells why it is left out where the talk gave no occasion for it; None: it counts all the same.
    """

    id: str
    curve: tuple[tuple[float, float], ...]
    weight: float
    minimum: int
    source: str
    no_occasion: str | None = None


@dataclass(frozen=True, slots=True)
class AdviceTexts:
    """What to say of one thing that was found: `found` is a reason's key, or a measure that found too little.

    Each text may hold placeholders, which are filled from the moments of the talk.
    """

    found: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hint:
    """What is told beside a row, with its moments, and never scored; `minimum` and `source` as of a measure."""

    id: str
    minimum: int
    source: str


@dataclass(frozen=True, slots=True)
class Guideline:
    """A listening guideline of the article in the project's words.

    `per_partner` is false where the two are scored as a couple. `asked` is the question put to the partners at
    check-out,
    `tracked` what is followed over sessions; both are told where no recording can observe the guideline.
    `praise` and `try_next` are said where `advice` has nothing for what was found.
    """

    id: str
    area: Area
    title: str
    statement: str
    article: str
    basis: Basis
    per_partner: bool
    measures: tuple[Measure, ...]
    praise: str
    try_next: str
    asked: str | None = None
    tracked: str | None = None
    advice: tuple[AdviceTexts, ...] = ()
    hints: tuple[Hint, ...] = ()


@dataclass(frozen=True, slots=True)
class Rubric:
    """All guidelines in report order; `version` goes into the provenance."""

    version: str
    guidelines: tuple[Guideline, ...]


@dataclass(frozen=True, slots=True)
class Phase:
    """A part of a scenario with a planned length and a role for each partner."""

    title: str
    duration_ms: Ms
    roles: dict[PartnerId, Role]
    instruction: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """A guided conversation."""

    id: str
    title: str
    area: Area
    summary: str
    source: str
    phases: tuple[Phase, ...]
    focus: tuple[str, ...] = ()
    opening: str = ""

    @property
    def duration_ms(self) -> Ms:
        return sum(phase.duration_ms for phase in self.phases)


@dataclass(frozen=True, slots=True)
class RoleSpan:
    """While `span` lasts each partner has this role."""

    span: Span
    roles: dict[PartnerId, Role]


@dataclass(frozen=True, slots=True)
class Partner:
    """One of the two; `enrolled` says that a voice sample was given."""

    id: PartnerId
    name: str
    role: Role
    enrolled: bool
