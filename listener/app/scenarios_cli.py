"""`listener scenarios`: what can be practised."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from listener.domain.practice import Scenario

DEFAULT_SCENARIO = "free-talk"


@click.command()
@click.argument("name", required=False, metavar="[ID|FILE]")
def scenarios(name: str | None) -> None:
    """List the practice scenarios, or show one with its phases. A file of your own is checked."""
    if name is None:
        from listener.adapters.practice_toml import load_scenarios
        from listener.adapters.resources import practice_folder
        from listener.domain.practice import Area

        areas = list(Area)
        for scenario in sorted(load_scenarios(practice_folder()).values(), key=lambda s: (areas.index(s.area), s.id)):
            minutes = scenario.duration_ms // 60_000
            click.echo(f"{scenario.id:24} {minutes:3} min  {scenario.area:14} {scenario.title}")
        return
    click.echo(_described(find_scenario(name)))


def find_scenario(name: str) -> Scenario:
    """The bundled scenario of this id, or the one in a TOML file; BadScenario or BadUsage where there is none."""
    from listener.adapters.practice_toml import load_scenario_file, load_scenarios
    from listener.adapters.resources import practice_folder
    from listener.errors import BadUsage

    if name.endswith(".toml") or Path(name).is_file():
        return load_scenario_file(Path(name))
    known = load_scenarios(practice_folder())
    if name not in known:
        raise BadUsage(
            f"There is no scenario {name!r}.", f"Known: {', '.join(known)}. Or give a .toml file of your own."
        )
    return known[name]


def _described(scenario: Scenario) -> str:
    lines = [scenario.title, "", scenario.summary, ""]
    for number, phase in enumerate(scenario.phases, 1):
        roles = ", ".join(f"{partner} {role}" for partner, role in phase.roles.items())
        lines += [
            f"{number}. {phase.title} · {phase.duration_ms // 60_000} min · {roles}",
            f"   {phase.instruction}",
            "",
        ]
    lines += [f"To begin: {scenario.opening}"] if scenario.opening else []
    return "\n".join([*lines, f"Source: {scenario.source}", f"Practises: {', '.join(scenario.focus)}"])
