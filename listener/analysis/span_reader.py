"""Ordered access to spans of a recording that is streamed once, in bounded memory."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

import numpy as np

from listener.domain.span import Ms, Span
from listener.ports import SAMPLES_PER_MS, Samples

LOOK_BACK_MS: Ms = 60_000


class SpanReader:
    """Spans of a stream of blocks, in time order; audio further back than the look-back is forgotten.

    A span may start before an earlier one as long as it starts at most `look_back_ms` before the latest end asked for.
    """

    def __init__(self, blocks: Iterator[Samples], look_back_ms: Ms = LOOK_BACK_MS) -> None:
        """Read from consecutive `blocks`, each of shape (channels, samples) at 16 kHz, from the recording's start."""
        self._blocks = blocks
        self._look_back = look_back_ms * SAMPLES_PER_MS
        self._held: deque[Samples] = deque()
        self._first = 0  # position in the recording of the first sample held
        self._next = 0  # position just after the last sample held
        self._channels = 1

    @property
    def held_ms(self) -> Ms:
        """How much audio is in memory now."""
        return (self._next - self._first) // SAMPLES_PER_MS

    def read(self, span: Span) -> Samples:
        """The samples of a span, shape (channels, samples); shorter where the recording ends.

        ValueError where the span starts in audio that is already forgotten.
        """
        start, end = span.start * SAMPLES_PER_MS, span.end * SAMPLES_PER_MS
        if start < self._first:
            raise ValueError(
                f"audio at {span.start} ms is already forgotten; held from {self._first // SAMPLES_PER_MS} ms"
            )
        self._forget_before(min(start, end - self._look_back))
        while self._next < end and self._take_block():
            self._forget_before(min(start, end - self._look_back))
        return self._cut(start, end)

    def _take_block(self) -> bool:
        """Hold one more block; false at the end of the recording."""
        block = next(self._blocks, None)
        if block is None:
            return False
        self._channels = block.shape[0]
        self._held.append(block)
        self._next += block.shape[1]
        return True

    def _forget_before(self, position: int) -> None:
        """Let go of blocks that end at or before a position."""
        while self._held and self._first + self._held[0].shape[1] <= position:
            self._first += self._held.popleft().shape[1]

    def _cut(self, start: int, end: int) -> Samples:
        parts: list[Samples] = []
        at = self._first
        for block in self._held:
            if at < end and at + block.shape[1] > start:
                parts.append(block[:, max(0, start - at) : end - at])
            at += block.shape[1]
        if not parts:
            return np.zeros((self._channels, 0), dtype=np.float32)
        return np.concatenate(parts, axis=1)


__all__ = ["LOOK_BACK_MS", "SpanReader"]
