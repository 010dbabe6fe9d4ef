"""Practice scenarios and the rubric from TOML, checked so that every mistake is told with its place and its remedy."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Sequence
from pathlib import Path

from listener.adapters.advice_toml import advice_texts, check_found
from listener.adapters.practice_entries import (
    GuidelineEntry,
    HintEntry,
    MeasureEntry,
    PhaseEntry,
    RubricEntry,
    ScenarioEntry,
)
from listener.adapters.resources import guidelines_file
from listener.adapters.toml_file import TomlFile, read_toml, suggestion
from listener.adapters.toml_texts import check_placeholders, check_unique, prose
from listener.domain.practice import Guideline, Hint, Measure, Phase, Role, Rubric, Scenario
from listener.domain.span import MS_PER_MINUTE
from listener.errors import BadScenario

MAX_PHASE_MINUTES = 120
CURVE_HINT = "Write [[value, score], [value, score]] with values that increase."
PLACEHOLDERS = ("name", "partner")


def load_scenarios(folder: Path, guidelines: Collection[str] | None = None) -> dict[str, Scenario]:
    """All scenarios of a folder by id, in the order of their file names; raises BadScenario for the first fault.

    `guidelines` are the ids that a focus may name; None stands for those of the bundled rubric.
    """
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        raise BadScenario(f"{folder} holds no scenarios.", "Give a folder with scenario files that end in .toml.")
    known = _bundled_guidelines() if guidelines is None else guidelines
    return {scenario.id: scenario for scenario in (load_scenario_file(path, known) for path in paths)}


def load_scenario_file(path: Path, guidelines: Collection[str] | None = None) -> Scenario:
    """One scenario, bundled or a user's own; raises BadScenario. `guidelines` as for `load_scenarios`."""
    file = read_toml(path)
    entry = file.entries(ScenarioEntry)
    _check_scenario_id(file, entry.id)
    if not entry.phases:
        raise file.fault("$.phases", "there is no phase.", "Add at least one [[phases]] table.")
    _check_focus(file, entry.focus, _bundled_guidelines() if guidelines is None else guidelines)
    return Scenario(
        id=entry.id,
        title=prose(entry.title),
        area=entry.area,
        summary=prose(entry.summary),
        source=prose(entry.source),
        phases=tuple(_phase(file, f"$.phases[{n}]", phase) for n, phase in enumerate(entry.phases)),
        focus=entry.focus,
        opening=prose(entry.opening),
    )


def load_rubric(path: Path) -> Rubric:
    """The guidelines in the order of the file; raises BadScenario."""
    file = read_toml(path)
    entry = file.entries(RubricEntry)
    if not entry.guidelines:
        raise file.fault("$.guidelines", "there is no guideline.", "Add at least one [[guidelines]] table.")
    check_unique(file, "$.guidelines", [guideline.id for guideline in entry.guidelines])
    found = (_guideline(file, f"$.guidelines[{n}]", guideline) for n, guideline in enumerate(entry.guidelines))
    return Rubric(entry.version, tuple(found))


def _bundled_guidelines() -> tuple[str, ...]:
    return tuple(guideline.id for guideline in load_rubric(guidelines_file()).guidelines)


def _phase(file: TomlFile, place: str, entry: PhaseEntry) -> Phase:
    if not 0 < entry.minutes <= MAX_PHASE_MINUTES or round(entry.minutes * MS_PER_MINUTE) == 0:
        raise file.fault(
            f"{place}.minutes",
            f"{entry.minutes:g} minutes cannot be practised.",
            f"Give more than 0 and at most {MAX_PHASE_MINUTES} minutes.",
        )
    roles = {entry.roles.A, entry.roles.B}
    if roles not in ({Role.BOTH}, {Role.SPEAKER, Role.LISTENER}):
        raise file.fault(
            f"{place}.roles",
            f"A is {entry.roles.A} and B is {entry.roles.B}; these do not go together.",
            'Make one "speaker" and the other "listener", or give "both" to both.',
        )
    return Phase(
        title=prose(entry.title),
        duration_ms=round(entry.minutes * MS_PER_MINUTE),
        roles={"A": entry.roles.A, "B": entry.roles.B},
        instruction=prose(entry.instruction),
    )


def _guideline(file: TomlFile, place: str, entry: GuidelineEntry) -> Guideline:
    _check_basis(file, place, entry)
    for field, text in (("praise", entry.praise), ("try_next", entry.try_next)):
        check_placeholders(file, f"{place}.{field}", text, PLACEHOLDERS if entry.per_partner else ())
    measures = [measure.id for measure in entry.measures]
    check_unique(file, f"{place}.measures", measures)
    check_unique(file, f"{place}.hints", [hint.id for hint in entry.hints])
    check_found(file, f"{place}.advice", [each.found for each in entry.advice], measures)
    return Guideline(
        id=entry.id,
        area=entry.area,
        title=prose(entry.title),
        statement=prose(entry.statement),
        article=prose(entry.article),
        basis=entry.basis,
        per_partner=entry.per_partner,
        measures=tuple(_measure(file, f"{place}.measures[{n}]", measure) for n, measure in enumerate(entry.measures)),
        praise=prose(entry.praise),
        try_next=prose(entry.try_next),
        asked=None if entry.asked is None else prose(entry.asked),
        tracked=None if entry.tracked is None else prose(entry.tracked),
        advice=tuple(
            advice_texts(file, f"{place}.advice[{n}]", each, entry.per_partner) for n, each in enumerate(entry.advice)
        ),
        hints=tuple(_hint(file, f"{place}.hints[{n}]", hint) for n, hint in enumerate(entry.hints)),
    )


def _measure(file: TomlFile, place: str, entry: MeasureEntry) -> Measure:
    values = [value for value, _ in entry.curve]
    if len(values) < 2:
        raise file.fault(f"{place}.curve", "a curve needs two points or more.", CURVE_HINT)
    if not all(math.isfinite(value) for value in values):
        raise file.fault(f"{place}.curve", "the values must be finite numbers.", CURVE_HINT)
    for n, (value, score) in enumerate(entry.curve):
        if not 0 <= score <= 100:
            raise file.fault(
                f"{place}.curve[{n}]", f"the score {score:g} is out of range.", "Scores run from 0 to 100."
            )
        if n and value <= values[n - 1]:
            raise file.fault(
                f"{place}.curve[{n}]", f"{value:g} does not come after {values[n - 1]:g}.", "Let the values increase."
            )
    if not 0 < entry.weight < math.inf:
        raise file.fault(f"{place}.weight", f"{entry.weight:g} is no weight.", "Give a number above 0, such as 1.0.")
    _check_minimum(file, place, entry.minimum)
    no_occasion = None if entry.no_occasion is None else prose(entry.no_occasion)
    return Measure(entry.id, entry.curve, entry.weight, entry.minimum, prose(entry.source), no_occasion)


def _hint(file: TomlFile, place: str, entry: HintEntry) -> Hint:
    _check_minimum(file, place, entry.minimum)
    return Hint(entry.id, entry.minimum, prose(entry.source))


def _check_minimum(file: TomlFile, place: str, minimum: int) -> None:
    if minimum < 1:
        raise file.fault(f"{place}.minimum", f"{minimum} is too small.", "Give 1 or more: milliseconds or a count.")


def _check_scenario_id(file: TomlFile, name: str) -> None:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise file.fault("$.id", f"`{name}` is no id.", "Use small letters a to z, digits and hyphens: evening-walk.")
    if name != file.path.stem:
        raise file.fault(
            "$.id",
            f"`{name}` differs from the file's name.",
            f'Write id = "{file.path.stem}", or rename the file to {name}.toml.',
        )


def _check_focus(file: TomlFile, focus: Sequence[str], known: Collection[str]) -> None:
    check_unique(file, "$.focus", focus)
    for n, name in enumerate(focus):
        if name not in known:
            raise file.fault(f"$.focus[{n}]", f"there is no guideline `{name}`.", suggestion(name, known, "Guidelines"))


def _check_basis(file: TomlFile, place: str, entry: GuidelineEntry) -> None:
    """What is measured has measures; what is asked or tracked says how, and nothing computes it from a recording."""
    if entry.basis == "measured":
        if not entry.measures:
            raise file.fault(place, "it is measured but names no measure.", "Add a [[guidelines.measures]] table.")
        return
    if entry.measures:
        raise file.fault(place, f"it is {entry.basis} but has measures.", 'Remove them or write basis = "measured".')
    if (entry.asked if entry.basis == "asked" else entry.tracked) is None:
        raise file.fault(place, f"`{entry.basis}` is missing.", f'Say what is {entry.basis}: {entry.basis} = "…".')
