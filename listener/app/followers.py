"""Those who listen in on a recording while it runs. The recording never waits for them."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import Protocol

import numpy as np

from listener.domain.span import Span
from listener.ports import Block

WAITING_BLOCKS = 400
"""How many blocks may wait for a follower: 20 s at 50 ms each."""


class Follower(Protocol):
    """Hears, in order and from one thread, what a recording stores, at the recording's rate.

    The frames of the blocks and their `lost_frames` together are the recording's time from its start: what was lost,
    or dropped because the follower was too slow, is counted there.
    """

    def feed(self, block: Block) -> None: ...

    def seam(self) -> None:
        """A pause lies here; the silence that parts before from after was fed already."""

    def strike(self, span: Span) -> None:
        """This span was taken off the record."""


class Following:
    """Hands everything on to one follower from a thread of its own."""

    def __init__(self, follower: Follower) -> None:
        self._follower = follower
        self._waiting: queue.Queue[Callable[[], None] | None] = queue.Queue()
        self._missed = 0
        self.dropped_frames = 0
        self.failed = False
        self._thread = threading.Thread(target=self._run, name="follower", daemon=True)
        self._thread.start()

    def feed(self, block: Block) -> None:
        """Hand a block on, or drop it where too many wait; a following block tells the follower."""
        if self._waiting.qsize() >= WAITING_BLOCKS:
            self._missed += block.lost_frames + len(block.samples)
            self.dropped_frames += len(block.samples)
            return
        block = Block(block.samples, block.lost_frames + self._missed)
        self._missed = 0
        self._waiting.put(lambda: self._follower.feed(block))

    def lose(self, frames: int) -> None:
        """Tell, with the next block, of frames that were lost."""
        self._missed += frames

    def seam(self) -> None:
        self._waiting.put(self._follower.seam)

    def strike(self, span: Span) -> None:
        self._waiting.put(lambda: self._follower.strike(span))

    def end(self, channels: int) -> None:
        """Hand on what waits, and losses at the very end as an empty block; then let the thread end."""
        if self._missed:
            last = Block(np.zeros((0, channels), dtype=np.int16), self._missed)
            self._waiting.put(lambda: self._follower.feed(last))
        self._waiting.put(None)

    def _run(self) -> None:
        while (step := self._waiting.get()) is not None:
            if not self.failed:
                try:
                    step()
                except Exception:  # noqa: BLE001  # whatever a follower does must not touch the recording
                    self.failed = True
