"""An input that is kept open: where it is lost, it is looked for again in the background until it is back."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from listener.ports import Block, LiveInput

RETRY_S = 1.0
_CLOSE_S = 3.0
"""A sound server that hangs keeps a stream from closing; a recording is saved all the same after so long."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A block as it came, `at` on the monotonic clock in seconds; `opening` counts how often the device was opened."""

    at: float
    opening: int
    rate: int
    block: Block


class Device:
    """Opens an input, passes its blocks on with their time of arrival, and opens it again on request."""

    def __init__(self, live_input: LiveInput, arrived: Callable[[Arrival], None]) -> None:
        """`arrived` is called from the input's own thread and must never block."""
        self._input, self._arrived = live_input, arrived
        self._closing = threading.Event()
        self._seeking: threading.Thread | None = None
        self._opening = 0
        self.opened_at = time.monotonic()

    @property
    def name(self) -> str:
        return self._input.name

    @property
    def seeking(self) -> bool:
        """Whether the device is being looked for."""
        return self._seeking is not None and self._seeking.is_alive()

    @property
    def broken(self) -> bool:
        """Whether the input says that it has stopped by itself."""
        return not self.seeking and self._input.broken

    @property
    def delay_s(self) -> float:
        return self._input.delay_s

    @property
    def ended(self) -> bool:
        return self._input.ended

    def open(self) -> None:
        """Start. Raises MissingDevice."""
        self._opening += 1
        opening = self._opening

        def hand_over(block: Block) -> None:
            self._arrived(Arrival(time.monotonic(), opening, self._input.rate, block))

        self._input.open(hand_over)
        self.opened_at = time.monotonic()

    def seek(self) -> None:
        """Look for the device until it is back; returns at once, does nothing while that is going on."""
        if not self.seeking and not self._closing.is_set():
            self._seeking = threading.Thread(target=self._seek, name="device", daemon=True)
            self._seeking.start()

    def close(self) -> None:
        """Stop; no block comes after this, unless the sound server hangs for longer than a few seconds."""
        self._closing.set()
        closing = threading.Thread(target=self._close, name="closing", daemon=True)
        closing.start()
        closing.join(_CLOSE_S)

    def _close(self) -> None:
        if self._seeking is not None:
            self._seeking.join()
        self._input.close()

    def _seek(self) -> None:
        while not self._closing.is_set():
            try:
                self._input.close()
                self.open()
            except Exception:  # noqa: BLE001  # whatever keeps the device away, it is tried again
                self._closing.wait(RETRY_S)
            else:
                return
