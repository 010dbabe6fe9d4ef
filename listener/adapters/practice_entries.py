"""The tables of scenario and guidelines files, field by field."""

from __future__ import annotations

import msgspec

from listener.adapters.advice_toml import AdviceEntry
from listener.domain.practice import Area, Basis, Role


class RolesEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who does what in a phase."""

    A: Role
    B: Role


class PhaseEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One [[phases]] table; `minutes` may have a fraction."""

    title: str
    minutes: float
    roles: RolesEntry
    instruction: str


class ScenarioEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A scenario file."""

    id: str
    title: str
    area: Area
    summary: str
    source: str
    phases: tuple[PhaseEntry, ...]
    focus: tuple[str, ...] = ()
    opening: str = ""


class MeasureEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One [[guidelines.measures]] table."""

    id: str
    curve: tuple[tuple[float, float], ...]
    weight: float
    minimum: int
    source: str
    no_occasion: str | None = None


class HintEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One [[guidelines.hints]] table."""

    id: str
    minimum: int
    source: str


class GuidelineEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One [[guidelines]] table."""

    id: str
    area: Area
    title: str
    statement: str
    article: str
    basis: Basis
    per_partner: bool
    praise: str
    try_next: str
    asked: str | None = None
    tracked: str | None = None
    measures: tuple[MeasureEntry, ...] = ()
    advice: tuple[AdviceEntry, ...] = ()
    hints: tuple[HintEntry, ...] = ()


class RubricEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The guidelines file."""

    version: str
    guidelines: tuple[GuidelineEntry, ...]
