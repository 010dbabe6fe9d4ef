"""What people say of the moments that the machine found: kept apart from the machine's own labels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from listener.domain.span import Span
from listener.domain.speech import BehaviourLabel, PartnerId

Reviewer: TypeAlias = Literal["A", "B", "therapist"]
"""Who looks at a session again: one of the partners, or a third person."""

REVIEWERS: tuple[Reviewer, ...] = ("A", "B", "therapist")

Rater: TypeAlias = Literal["machine", "A", "B", "therapist"]

Aspect: TypeAlias = Literal["event", "behaviour", "speaker", "note"]
"""What of a moment is judged: the kind of an overlap, one behaviour of an utterance, who spoke, or a note on it."""

NOTHING = "none"
"""The value of an event's judgement where nothing of the kind happened."""

PRESENT, ABSENT = "present", "absent"
"""The values of a behaviour's judgement."""


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """A moment as the machine found it, whatever was said of it since: the stretch and whose speech it is.

    `partner` is the incomer of an overlap, or whoever spoke an utterance.
    """

    span: Span
    what: Literal["overlap", "utterance"]
    partner: PartnerId


@dataclass(frozen=True, slots=True)
class Judgement:
    """What `by` said of one aspect of a moment at the time `at` (ISO 8601, local with offset).

    `value`: an event's OverlapKind or `none`; `present` or `absent` of the behaviour `label`; the partner who spoke; or
    the note's text, empty where a note was taken back.
    """

    by: Reviewer
    at: str
    moment: Moment
    aspect: Aspect
    value: str
    label: BehaviourLabel | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement beside what the machine had found (`machine`, same values; empty for a note).

    `counts`: whether the report follows it; two partners who disagree leave the machine's label standing.
    """

    judgement: Judgement
    machine: str
    counts: bool


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two raters agree on an aspect, over the `judged` moments that both labelled.

    `kappa` is Cohen's (1960), -1 to 1; None where chance alone would agree always.
    """

    between: tuple[Rater, Rater]
    aspect: Aspect
    judged: int
    agreed: int
    kappa: float | None


@dataclass(frozen=True, slots=True)
class Review:
    """Everything that people said of one session, in order of time, and how well they and the machine agree."""

    judged: tuple[Judged, ...]
    agreement: tuple[Agreement, ...] = ()
