"""The report: what was measured in one conversation, and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from listener.domain.floor import Overlap, Turn
from listener.domain.practice import Basis, Partner
from listener.domain.review import Review
from listener.domain.session import Answer, Promise
from listener.domain.span import MS_PER_MINUTE, Ms, Span
from listener.domain.speech import Ipu, PartnerId, Utterance
from listener.domain.voice import VoiceHint

Unit: TypeAlias = Literal["per_minute", "share", "mean_ms"]
"""`per_minute`: events over exposed ms. `share`: part of a whole, counts or ms. `mean_ms`: summed ms over a count."""

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


@dataclass(frozen=True, slots=True)
class Measurement:
    """Counts, not rates: `part` of `whole`. Two of the same id and unit add exactly."""

    id: str
    part: int
    whole: int
    unit: Unit

    def __add__(self, more: Measurement) -> Measurement:
        if (self.id, self.unit) != (more.id, more.unit):
            raise ValueError(f"cannot add {more.id} ({more.unit}) to {self.id} ({self.unit})")
        return Measurement(self.id, self.part + more.part, self.whole + more.whole, self.unit)

    @property
    def value(self) -> float | None:
        """The rate, share or mean; None where nothing was observed."""
        if self.whole == 0:
            return None
        return self.part * MS_PER_MINUTE / self.whole if self.unit == "per_minute" else self.part / self.whole


@dataclass(frozen=True, slots=True)
class Evidence:
    """A moment that can be played: `quote` is what was said (empty without words), `reason` why it counts."""

    span: Span
    quote: str
    reason: str


@dataclass(frozen=True, slots=True)
class GuidelineScore:
    """One row of the report. `score`, `low` and `high` are 0-100, or None where `withheld` gives the reason."""

    id: str
    partner: PartnerId | Literal["both"]
    score: int | None
    low: int | None
    high: int | None
    withheld: str | None
    basis: Basis
    measurements: tuple[Measurement, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Talk:
    """A partner's talk: `share` of both partners' speaking time, overlap counted for both."""

    speaking_ms: Ms
    share: float
    longest_turn_ms: Ms
    words_per_minute: float | None


@dataclass(frozen=True, slots=True)
class Advice:
    """To the couple: what went well first, then one thing to try."""

    went_well: tuple[str, ...]
    try_next: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made the report: the same four and the same recording give the same bytes."""

    listener: str
    rules: str
    models: Mapping[str, str]
    parameters: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Session:
    """The conversation as a whole. `notes` tells what was degraded or assumed, in plain words.

    `answers` and `promises` are what the partners themselves said before and after; a bare recording has none.
    """

    duration_ms: Ms
    recorded_at: str | None
    scenario: str
    mics: Literal["one", "two"]
    partners: tuple[Partner, Partner]
    lost_ms: Ms
    notes: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()
    promises: tuple[Promise, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a reporter needs; the contract is `listener.report/1`.

    `voice` is None without sound. `review` is None where nobody judged a moment; all else follows it where it counts.
    """

    provenance: Provenance
    session: Session
    speech: tuple[Ipu, ...]
    turns: tuple[Turn, ...]
    overlaps: tuple[Overlap, ...]
    utterances: tuple[Utterance, ...]
    talk: Mapping[PartnerId, Talk]
    guidelines: tuple[GuidelineScore, ...]
    advice: Advice
    voice: VoiceHint | None = None
    review: Review | None = None
