"""The terminal as the app writes to it: one that goes away in the middle must not stop a recording from being saved."""

from __future__ import annotations

import os
import select
import sys
from contextlib import suppress
from typing import IO, TYPE_CHECKING, cast

from textual.drivers.linux_driver import LinuxDriver

if TYPE_CHECKING:
    from listener.tui.app import ListenerApp


class SteadyFile:
    """Writes to a terminal as long as there is one; after that, to nowhere."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def write(self, text: str) -> int:
        """As a file's `write`; never raises for a terminal that is gone."""
        with suppress(OSError, ValueError):
            self._file.write(text)
        return len(text)

    def flush(self) -> None:
        with suppress(OSError, ValueError):
            self._file.flush()

    def fileno(self) -> int:
        return self._file.fileno()

    def isatty(self) -> bool:
        return self._file.isatty()


class SteadyDriver(LinuxDriver):
    """Textual's driver for a terminal, made to survive that terminal's end."""

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # handed through as they come
        self._file = SteadyFile(self._file)  # type: ignore[assignment,arg-type]  # all that the driver uses of a file

    def run_input_thread(self) -> None:
        """Read keys until the app ends; a terminal that can no longer be read is one that is gone."""
        try:
            super().run_input_thread()
        except OSError:
            cast("ListenerApp", self._app).terminal_lost_in_thread()

    @property
    def is_gone(self) -> bool:
        """Whether the terminal was closed."""
        polled = select.poll()
        polled.register(self.fileno, select.POLLHUP)
        return any(event & (select.POLLHUP | select.POLLERR | select.POLLNVAL) for _, event in polled.poll(0))

    def let_go(self) -> None:
        """Read no more keys, and send everything that is still written to nowhere."""
        self.exit_event.set()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (sys.__stdout__, sys.__stderr__):
            with suppress(OSError, ValueError):
                if stream is not None:
                    os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
