"""Two talks side by side: a change is named only where the likely ranges do not meet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from listener.analysis.intervals import interval
from listener.domain.floor import OverlapKind
from listener.domain.practice import Partner
from listener.domain.report import GuidelineScore, Measurement, Report
from listener.domain.speech import PARTNERS, PartnerId, other

Change: TypeAlias = Literal["higher", "lower", "unclear"]
Who: TypeAlias = PartnerId | Literal["both"]

Hindrance: TypeAlias = Literal["scenario", "rules"]
"""Why no score of two talks can be compared: something else was practised, or other rules made the scores."""

Unknown: TypeAlias = Literal["withheld-before", "withheld-after", "withheld-both", "absent"]
"""Why one row cannot be compared; `absent`: one of the reports has no such row."""

Matched: TypeAlias = Literal["name", "letter"]


@dataclass(frozen=True, slots=True)
class Ranged:
    """A value with its likely range."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ComparedScore:
    """A guideline of one partner, by the letter in the later talk, or of both; each side None where it is absent."""

    guideline: str
    who: Who
    before: GuidelineScore | None
    after: GuidelineScore | None
    change: Change | None
    unknown: Unknown | None = None


@dataclass(frozen=True, slots=True)
class ComparedFigure:
    """A share of the talking or a rate; a side is None where nobody spoke."""

    id: Literal["speaking_share", "interruptions_per_minute"]
    who: PartnerId
    before: Ranged | None
    after: Ranged | None
    change: Change | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """`letters` maps each partner's letter in the later talk to that in the earlier one."""

    letters: Mapping[PartnerId, PartnerId]
    matched: Matched
    hindrances: tuple[Hindrance, ...]
    scores: tuple[ComparedScore, ...]
    figures: tuple[ComparedFigure, ...]


def change_between(before: tuple[float, float], after: tuple[float, float]) -> Change:
    """Whether the later likely range (low, high) lies clear of the earlier one."""
    if after[0] > before[1]:
        return "higher"
    return "lower" if after[1] < before[0] else "unclear"


def compared(before: Report, after: Report) -> Comparison:
    """The later talk beside the earlier one, in the order of the later report."""
    letters, matched = _letters(before.session.partners, after.session.partners)
    hindrances: list[Hindrance] = []
    if before.session.scenario != after.session.scenario:
        hindrances.append("scenario")
    if before.provenance.rules != after.provenance.rules:
        hindrances.append("rules")
    scores = _scores(before, after, letters, comparable=not hindrances)
    figures = (
        *(_figure("speaking_share", before, after, p, letters, "scenario" not in hindrances) for p in PARTNERS),
        *(
            _figure("interruptions_per_minute", before, after, p, letters, "scenario" not in hindrances)
            for p in PARTNERS
        ),
    )
    return Comparison(letters, matched, tuple(hindrances), scores, figures)


def _letters(
    before: tuple[Partner, Partner], after: tuple[Partner, Partner]
) -> tuple[dict[PartnerId, PartnerId], Matched]:
    """By name where both talks have the same two names, by letter where they have not."""
    old = {partner.name.casefold(): partner.id for partner in before}
    new = {partner.name.casefold(): partner.id for partner in after}
    if len(old) == 2 and old.keys() == new.keys():
        return {id_: old[name] for name, id_ in sorted(new.items(), key=lambda item: item[1])}, "name"
    return {partner: partner for partner in PARTNERS}, "letter"


def _scores(
    before: Report, after: Report, letters: Mapping[PartnerId, PartnerId], comparable: bool
) -> tuple[ComparedScore, ...]:
    later: dict[Who, PartnerId] = {old: new for new, old in letters.items()}
    old_rows = {(row.id, later.get(row.partner, row.partner)): row for row in before.guidelines}
    new_rows = {(row.id, row.partner): row for row in after.guidelines}
    keys = [*new_rows, *(key for key in old_rows if key not in new_rows)]
    places = {id_: place for place, id_ in enumerate(dict.fromkeys(id_ for id_, _ in keys))}
    keys.sort(key=lambda key: places[key[0]])
    return tuple(_score(*key, old_rows.get(key), new_rows.get(key), comparable) for key in keys)


def _score(
    guideline: str, who: Who, before: GuidelineScore | None, after: GuidelineScore | None, comparable: bool
) -> ComparedScore:
    if before is None or after is None:
        return ComparedScore(guideline, who, before, after, None, "absent")
    old, new = _range(before), _range(after)
    if old and new:
        change = change_between(old, new) if comparable else None
        return ComparedScore(guideline, who, before, after, change)
    unknown: Unknown = "withheld-both" if not (old or new) else "withheld-after" if old else "withheld-before"
    return ComparedScore(guideline, who, before, after, None, unknown)


def _range(row: GuidelineScore) -> tuple[int, int] | None:
    return None if row.low is None or row.high is None else (row.low, row.high)


def _figure(  # noqa: PLR0913  # two talks, and what is compared of them
    id_: Literal["speaking_share", "interruptions_per_minute"],
    before: Report,
    after: Report,
    who: PartnerId,
    letters: Mapping[PartnerId, PartnerId],
    comparable: bool,
) -> ComparedFigure:
    old, new = FIGURES[id_](before, letters[who]), FIGURES[id_](after, who)
    change = change_between((old.low, old.high), (new.low, new.high)) if old and new and comparable else None
    return ComparedFigure(id_, who, old, new, change)


def _share(report: Report, who: PartnerId) -> Ranged | None:
    own, theirs = report.talk[who].speaking_ms, report.talk[other(who)].speaking_ms
    return _ranged(Measurement("speaking_share", own, own + theirs, "share"))


def _interruptions(report: Report, who: PartnerId) -> Ranged | None:
    """Attempts included, as in the guideline's measure; a minute is one of the other's speech."""
    kinds = {OverlapKind.INTERRUPTION, OverlapKind.ATTEMPTED_INTERRUPTION}
    count = sum(overlap.incomer == who and overlap.kind in kinds for overlap in report.overlaps)
    return _ranged(Measurement("interruptions_per_minute", count, report.talk[other(who)].speaking_ms, "per_minute"))


def _ranged(measured: Measurement) -> Ranged | None:
    value = measured.value
    return None if value is None else Ranged(value, *interval(measured, in_ms=True))


FIGURES = {"speaking_share": _share, "interruptions_per_minute": _interruptions}
