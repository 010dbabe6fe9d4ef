"""`listener doctor`: what works on this machine, what does not, and what to do about it."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import click

from listener.errors import MissingModel

if TYPE_CHECKING:
    from listener.app.checkup import Disk, Microphone, Problem, Terminal

SCHEMA = "listener.doctor/1"


@dataclass(frozen=True)
class Checkup:
    """Everything that the doctor looked at; `ready` says that recordings can be replayed."""

    schema: str
    ready: bool
    versions: dict[str, str | None]
    models: list[dict[str, str | int | bool | None]]
    microphones: list[Microphone]
    disks: list[Disk]
    terminal: Terminal
    cpu_cores: int
    problems: list[Problem]


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
def doctor(as_json: bool) -> None:
    """Look at versions, weights, microphones, disk and terminal; exit code 3 where replay cannot work."""
    found = examine()
    click.echo(json.dumps(asdict(found), indent=2) if as_json else _text(found))
    if not found.ready:
        essential = [problem for problem in found.problems if problem.essential]
        raise MissingModel(
            "Recordings cannot be replayed: " + " ".join(problem.what for problem in essential),
            "\n".join(dict.fromkeys(problem.hint for problem in essential)),
        )


def examine() -> Checkup:
    """Look at this machine; reads weights to check them, writes nothing, uses no network."""
    from listener.app import checkup  # keeps `--help` quick

    models, model_problems = checkup.model_states()
    inputs, input_problems = checkup.microphones()
    disks, disk_problems = checkup.disks()
    screen, screen_problems = checkup.terminal()
    problems = [*checkup.library_problems(), *model_problems, *input_problems, *disk_problems, *screen_problems]
    return Checkup(
        schema=SCHEMA,
        ready=not any(problem.essential for problem in problems),
        versions=checkup.versions(),
        models=models,
        microphones=inputs,
        disks=disks,
        terminal=screen,
        cpu_cores=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        problems=problems,
    )


def _text(found: Checkup) -> str:
    from listener.adapters.model_manifest import size_text

    screen = found.terminal
    lines = ["Versions"]
    lines += [f"  {name:<20} {known or 'not installed'}" for name, known in found.versions.items()]
    lines += ["Models"]
    lines += [f"  {model['name']:<20} {model['state']:<10} {model['role']}" for model in found.models]
    lines += ["Microphones"]
    lines += [
        f"  {mic.name}, {mic.channels} in, {mic.sample_rate} Hz{', default' if mic.is_default else ''}"
        for mic in found.microphones
    ] or ["  none"]
    lines += ["Disk"]
    lines += [f"  {size_text(disk.free_bytes)} free at {disk.folder}" for disk in found.disks]
    lines += ["Terminal", f"  {screen.columns}×{screen.lines}, colour {screen.colour}, {screen.encoding}"]
    lines += ["Processor", f"  {found.cpu_cores} cores"]
    if found.problems:
        lines += ["To do"]
        for problem in found.problems:
            lines += [f"  {'!' if problem.essential else '-'} {problem.what}", f"    {problem.hint}"]
    lines += ["", "Ready to replay recordings." if found.ready else "Not ready to replay recordings."]
    return "\n".join(lines)
