"""Keeps what C libraries print off the terminal: PortAudio and ALSA write there whenever a device comes or goes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_STDERR = 2


@contextmanager
def native_noise_off() -> Iterator[None]:
    """Inside, Python's standard error goes where it went before, and what is written to descriptor 2 goes nowhere.

    To be entered before a terminal is drawn on through `sys.__stderr__`, and from the main thread.
    """
    try:
        kept = os.dup(_STDERR)
    except OSError:  # there is no standard error
        yield
        return
    before = sys.stderr, sys.__stderr__
    sys.stdout.flush()
    with open(kept, "w", buffering=1, encoding="utf-8", errors="backslashreplace") as file:  # noqa: PTH123  # a descriptor
        sys.stderr = sys.__stderr__ = file  # type: ignore[misc]  # that it cannot be assigned is a matter of taste
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, _STDERR)
        os.close(nowhere)
        try:
            yield
        finally:
            os.dup2(kept, _STDERR)
            sys.stderr, sys.__stderr__ = before  # type: ignore[misc]  # as above
