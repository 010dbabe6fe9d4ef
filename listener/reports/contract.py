"""The shape of a `listener.report/1` document, field by field in the order in which it is written."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from listener.domain.floor import OverlapKind
from listener.domain.practice import Basis, Role
from listener.domain.report import Unit
from listener.domain.review import Aspect, Rater, Reviewer
from listener.domain.speech import BehaviourLabel, PartnerId

REPORT_SCHEMA: Literal["listener.report/1"] = "listener.report/1"

Count = Annotated[int, Meta(ge=0)]
"""A count, a time or a duration in ms."""
Probability = Annotated[float, Meta(ge=0, le=1)]
Points = Annotated[int, Meta(ge=0, le=100)]
Kebab = Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
MeasureId = Annotated[str, Meta(pattern=r"^[a-z0-9]+([_-][a-z0-9]+)*$")]
Moment = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?$")]
"""ISO 8601 date and time."""
Reason = Annotated[str, Meta(min_length=1)]


class PartnerEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """One of the two partners."""

    id: PartnerId
    name: str
    role: Role
    enrolled: bool


class AnswerEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """What a partner answered to a guideline's question about the other, 1 (not at all) to 5 (fully)."""

    partner: PartnerId
    guideline: Kebab
    value: Annotated[int, Meta(ge=1, le=5)]


class PromiseEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """What a partner said at the end they would do."""

    partner: PartnerId
    text: str


class SessionEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """The conversation as a whole; partner A comes first."""

    duration_ms: Count
    recorded_at: Moment | None
    scenario: Kebab
    mics: Literal["one", "two"]
    partners: Annotated[list[PartnerEntry], Meta(min_length=2, max_length=2)]
    lost_ms: Count
    notes: list[str] = []
    answers: list[AnswerEntry] | UnsetType = UNSET
    promises: list[PromiseEntry] | UnsetType = UNSET


class SpeechEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """An IPU or a turn."""

    speaker: PartnerId
    start_ms: Count
    end_ms: Count


class OverlapEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """Incoming speech while the other holds the floor."""

    start_ms: Count
    end_ms: Count
    holder: PartnerId
    incomer: PartnerId
    kind: OverlapKind
    confidence: Probability


class WordEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """A word as transcribed."""

    text: str
    start_ms: Count
    end_ms: Count
    probability: Probability


class BehaviourEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """A behaviour with its probability; 0.5 or more means present."""

    label: BehaviourLabel
    probability: Probability


class UtteranceEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """What one partner said in one go."""

    speaker: PartnerId
    start_ms: Count
    end_ms: Count
    text: str
    words: list[WordEntry]
    behaviours: list[BehaviourEntry]


class TalkEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """How much one partner talked."""

    speaking_ms: Count
    share: Probability
    longest_turn_ms: Count
    words_per_minute: Annotated[float, Meta(ge=0)] | None


class TalkEntries(Struct, frozen=True, forbid_unknown_fields=True):
    """The talk of both partners."""

    A: TalkEntry
    B: TalkEntry


class MeasurementEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """Counts and, for convenience, the value derived from them; null where nothing was observed."""

    id: MeasureId
    part: int
    whole: Count
    unit: Unit
    value: float | None


class EvidenceEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """A moment that can be played."""

    start_ms: Count
    end_ms: Count
    quote: str
    reason: str


class GuidelineEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """One row; score, low and high are numbers, or all null where `withheld` says why."""

    id: Kebab
    partner: Literal["A", "B", "both"]
    score: Points | None
    low: Points | None
    high: Points | None
    withheld: Reason | None
    basis: Basis
    measurements: list[MeasurementEntry]
    evidence: list[EvidenceEntry]
    title: str | UnsetType = UNSET


class AdviceEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """What went well, then one thing to try."""

    went_well: list[str]
    try_next: str


class RaisedVoiceEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """A time in which a voice was clearly raised, against the same partner's calm talk; `faster` null without words."""

    speaker: PartnerId
    start_ms: Count
    end_ms: Count
    louder_db: float
    higher_semitones: float
    faster: Annotated[float, Meta(ge=0)] | None


class VoiceEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """How it was said, as a hint: `known` are those with enough calm talk to compare with."""

    known: list[PartnerId]
    raised: list[RaisedVoiceEntry]


class MomentEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """A moment as the machine found it: an overlap by its incomer, an utterance by its speaker."""

    what: Literal["overlap", "utterance"]
    speaker: PartnerId
    start_ms: Count
    end_ms: Count


class JudgementEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """What a person said of a moment, beside what the machine had found; `counts` where the report follows it.

    `value` and `machine`: an event's kind or "none"; "present" or "absent" of the behaviour `label`; who spoke; for a
    note its text, and nothing.
    """

    by: Reviewer
    at: Moment
    moment: MomentEntry
    aspect: Aspect
    label: BehaviourLabel | None
    value: str
    machine: str
    counts: bool


class AgreementEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """How two raters agree over the moments that both labelled; `kappa` is Cohen's, null where it is not defined."""

    between: Annotated[list[Rater], Meta(min_length=2, max_length=2)]
    aspect: Aspect
    judged: Count
    agreed: Count
    kappa: Annotated[float, Meta(ge=-1, le=1)] | None


class ReviewEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """What people said of the machine's labels, which the rest of the document follows where it counts."""

    judgements: list[JudgementEntry]
    agreement: list[AgreementEntry]


class ProvenanceEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """What made the report."""

    listener: str
    rules: str
    models: dict[str, str]
    parameters: dict[str, Any]


class ReportDocument(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole document."""

    schema: Literal["listener.report/1"]
    provenance: ProvenanceEntry
    session: SessionEntry
    speech: list[SpeechEntry]
    turns: list[SpeechEntry]
    overlaps: list[OverlapEntry]
    utterances: list[UtteranceEntry]
    talk: TalkEntries
    guidelines: list[GuidelineEntry]
    advice: AdviceEntry
    voice: VoiceEntry | UnsetType = UNSET
    review: ReviewEntry | UnsetType = UNSET
