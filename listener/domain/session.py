"""A recorded practice session: what is kept beside the audio, so that its report can be made again at any time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from listener.domain.span import Ms, Span
from listener.domain.speech import PartnerId

SESSION_SCHEMA = "listener.session/2"

SessionState: TypeAlias = Literal["recording", "recorded"]
"""`recording`: the audio still lies in chunks, because it is being recorded or because that was cut off."""

PauseKind: TypeAlias = Literal["pause", "break"]


@dataclass(frozen=True, slots=True)
class Pause:
    """At `at` of the recording the partners stopped it for `lasted_ms`, which are not in the recording."""

    at: Ms
    lasted_ms: Ms
    kind: PauseKind


@dataclass(frozen=True, slots=True)
class PhaseStart:
    """From `at` on the scenario's phase number `phase` (from 0) was practised."""

    phase: int
    at: Ms


@dataclass(frozen=True, slots=True)
class Answer:
    """At check-out `partner` gave `value`, 1 (not at all) to 5 (fully), to a guideline's question about the other."""

    partner: PartnerId
    guideline: str
    value: int


PromiseOrigin: TypeAlias = Literal["typed", "found"]
"""`typed` by its author at check-out, or `found` by the machine in what was said."""

PromiseState: TypeAlias = Literal["found", "confirmed", "kept", "not_kept", "let_go", "no_promise"]
"""What became of it. `found`: nobody has said yet whether it was meant as a promise; `no_promise`: it was not meant so.

`confirmed` promises are open until their author says whether they were kept, or both let them go.
"""


@dataclass(frozen=True, slots=True)
class Promise:
    """What a partner said they would do.

    `said` is the moment of the recording where it was found. `told_at` is the local time with offset, ISO 8601, at
    which somebody last told what became of it; empty before.
    """

    partner: PartnerId
    text: str
    origin: PromiseOrigin = "typed"
    said: Span | None = None
    state: PromiseState = "confirmed"
    told_at: str = ""


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """Everything about one session but its audio and report. All times are times of the recording.

    `started_at` is the local time with offset, ISO 8601. `gaps` were lost (a microphone gone, blocks dropped) and
    `struck` taken off the record by the partners; both are silence in the audio. `consent` lists who agreed to be
    recorded, `readiness` the check-in's answers. `ended` says why the recording ended, in plain words. `title` is what
    the partners call it, empty where they gave it none.
    """

    id: str
    started_at: str
    scenario: str
    names: Mapping[PartnerId, str]
    mics: Literal["one", "two"]
    device: str
    rate: int
    channels: int
    listener: str
    consent: tuple[PartnerId, ...]
    readiness: Mapping[str, bool] = field(default_factory=dict)
    state: SessionState = "recording"
    phases: tuple[PhaseStart, ...] = ()
    pauses: tuple[Pause, ...] = ()
    gaps: tuple[Span, ...] = ()
    struck: tuple[Span, ...] = ()
    answers: tuple[Answer, ...] = ()
    promises: tuple[Promise, ...] = ()
    ended: str = ""
    duration_ms: Ms = 0
    title: str = ""
