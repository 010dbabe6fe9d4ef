"""The log: what happened and how long it took, never who, what was said or where it lies.

Events are fixed words of the program and numbers; a failure is its type and the program's own lines. So a log can be
sent to a stranger.
"""

from __future__ import annotations

import logging
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path

LOG_BYTES = 500_000
_log = logging.getLogger("listener")


def log_path() -> Path:
    """The log file in the user's state folder."""
    import platformdirs

    return Path(platformdirs.user_log_path("listener", appauthor=False)) / "listener.log"


def start_log() -> None:
    """Write events from now on to the log file; where that cannot be opened, nowhere. Older logs: one is kept."""
    path = log_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(path, maxBytes=LOG_BYTES, backupCount=1, encoding="utf-8")
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    for former in list(_log.handlers):
        _log.removeHandler(former)
        former.close()
    _log.addHandler(handler)
    _log.propagate = False
    _log.setLevel(logging.INFO)


def log_event(event: str, **numbers: int | float | bool) -> None:
    """One line: `event` is a literal of the program, the rest are numbers."""
    _log.info("%s", " ".join([event, *(f"{name}={number:g}" for name, number in numbers.items())]))


def log_failure(event: str, error: BaseException) -> None:
    """A failure by its type and where in the program it arose; its message may hold names or paths and is left out."""
    inner = getattr(error, "error", None)  # a worker's failure wraps what failed
    error = inner if isinstance(inner, BaseException) else error
    package = Path(__file__).resolve().parents[1]
    frames = traceback.extract_tb(error.__traceback__)
    own = [Path(f.filename) for f in frames]
    lines = [
        f"{path.resolve().relative_to(package)}:{frame.lineno}"
        for path, frame in zip(own, frames, strict=True)
        if path.resolve().is_relative_to(package)
    ]
    _log.error("%s %s at %s", event, type(error).__name__, " < ".join(reversed(lines[-4:])) or "unknown")
