"""What this machine has of what Listener needs, gathered for `listener doctor`; nothing here fails, it reports."""

from __future__ import annotations

import contextlib
import importlib
import os
import platform
import shutil
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import listener
from listener.errors import ListenerError

REPLAY_LIBRARIES = {
    "msgspec": "msgspec",
    "numpy": "numpy",
    "onnxruntime": "onnxruntime",
    "soundfile": "soundfile",
    "soxr": "soxr",
    "swift-f0": "swift_f0",
    "webrtcvad-wheels": "webrtcvad",
    "kaldi-native-fbank": "kaldi_native_fbank",
}
"""Package and import name of each library without which nothing can be replayed."""

OTHER_LIBRARIES = ("faster-whisper", "ctranslate2", "sounddevice", "rich", "textual", "click", "pip")
SMALLEST_TERMINAL = (80, 24)
LOW_DISK_BYTES = 1_000_000_000


@dataclass(frozen=True)
class Problem:
    """Something that is missing: `essential` where not even a recording can be replayed without it."""

    what: str
    hint: str
    essential: bool


@dataclass(frozen=True)
class Microphone:
    """An input that the system offers."""

    name: str
    channels: int
    sample_rate: int
    is_default: bool


@dataclass(frozen=True)
class Disk:
    """Free space where a folder lies or would lie."""

    folder: str
    free_bytes: int


@dataclass(frozen=True)
class Terminal:
    """What the terminal shows: size in characters, `colour` one of none, 16, 256, truecolor."""

    columns: int
    lines: int
    colour: str
    encoding: str
    interactive: bool


def versions() -> dict[str, str | None]:
    """Versions of Listener, Python, the system and the libraries; None where one is not installed."""
    found: dict[str, str | None] = {
        "listener": listener.__version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
    }
    for name in (*REPLAY_LIBRARIES, *OTHER_LIBRARIES):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = None
    return found


def library_problems() -> list[Problem]:
    """The libraries for replay that cannot be imported, each tried for real."""
    problems = []
    for name, module in REPLAY_LIBRARIES.items():
        try:
            importlib.import_module(module)
        except (ImportError, OSError) as error:
            problems.append(Problem(f"{name} does not load: {error}", "Install Listener again.", essential=True))
    return problems


def model_states() -> tuple[list[dict[str, str | int | bool | None]], list[Problem]]:
    """Every model as `listener models list --json` gives it, and what is missing; verified byte by byte."""
    from listener.adapters.model_store import State, open_store, remedy  # keeps `--help` quick
    from listener.app.models_cli import describe

    try:
        store = open_store()
    except ListenerError as error:
        return [], [Problem(error.message, error.hint, essential=True)]
    findings = [store.look(model) for model in store.manifest.models]
    problems = [
        Problem(
            f"The weights {found.model.name} are {found.state}.", remedy(found.model), essential=found.model.bundled
        )
        for found in findings
        if found.state is State.DAMAGED or (found.state is State.MISSING and found.model.bundled)
    ]
    transcribers = [found for found in findings if not found.model.bundled]
    if transcribers and all(found.state is State.MISSING for found in transcribers):
        chosen = next((found.model for found in transcribers if found.model.default), transcribers[0].model)
        words = "No transcription weights: reports are made from sound only, without words."
        problems.append(Problem(words, remedy(chosen), essential=False))
    return [describe(found) for found in findings], problems


def microphones() -> tuple[list[Microphone], list[Problem]]:
    """The inputs that PortAudio offers, and what is in the way where there is none."""
    from listener.adapters.microphone import list_microphones

    try:
        found = list_microphones()
    except ListenerError as error:
        return [], [Problem(error.message, f"{error.hint} Replay works without it.", essential=False)]
    if found:
        return [Microphone(m.name, m.channels, m.rate, m.is_default) for m in found], []
    return [], [
        Problem("No microphone is connected.", "Plug one in or allow its use, then run this again.", essential=False)
    ]


def disks() -> tuple[list[Disk], list[Problem]]:
    """Free space for recordings and for weights."""
    import platformdirs

    from listener.adapters.model_store import store_folder

    folders = [Path(platformdirs.user_data_dir("listener", appauthor=False))]
    with contextlib.suppress(ListenerError):  # told with the models
        folders.append(store_folder())
    found = [Disk(str(folder), shutil.disk_usage(_existing(folder)).free) for folder in folders]
    if min(disk.free_bytes for disk in found) >= LOW_DISK_BYTES:
        return found, []
    words = "Less than 1 GB is free for recordings or weights."
    return found, [Problem(words, "Free some space; an hour of recording takes up to 700 MB.", essential=False)]


def terminal() -> tuple[Terminal, list[Problem]]:
    """What the terminal can show, and what the interface will miss."""
    size = shutil.get_terminal_size()
    encoding = (getattr(sys.stdout, "encoding", None) or "ascii").lower()
    found = Terminal(size.columns, size.lines, _colour(), encoding, sys.stdout.isatty())
    problems = []
    if found.interactive and (size.columns < SMALLEST_TERMINAL[0] or size.lines < SMALLEST_TERMINAL[1]):
        words = f"The terminal has {size.columns}×{size.lines} characters."
        problems.append(Problem(words, "Enlarge it to 80×24 or more for the practice screens.", essential=False))
    if "utf" not in encoding:
        words = f"The terminal's encoding is {encoding}, so some characters show as '?'."
        problems.append(Problem(words, "Set a UTF-8 locale, for example `export LANG=C.UTF-8`.", essential=False))
    return found, problems


def _colour() -> str:
    kind = os.environ.get("TERM", "")
    if os.environ.get("NO_COLOR") or kind in {"", "dumb"}:
        return "none"
    if os.environ.get("COLORTERM") in {"truecolor", "24bit"}:
        return "truecolor"
    return "256" if "256" in kind else "16"


def _existing(folder: Path) -> Path:
    """The folder itself, or the nearest one above it that exists."""
    return next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())
