"""A recording that tells how far it has been streamed, for analyses that go over it several times without telling."""

from __future__ import annotations

from collections.abc import Iterator

from listener.domain.span import Ms
from listener.ports import SAMPLES_PER_MS, AudioSource, Progress, Samples


class ToldSource:
    """AudioSource over another one. `passes`: how often it is streamed at most."""

    def __init__(self, source: AudioSource, progress: Progress, stage: str, passes: int) -> None:
        self._source, self._progress, self._stage = source, progress, stage
        self._whole_ms = passes * max(1, source.duration_ms)
        self._streamed_ms = 0

    @property
    def channels(self) -> int:
        return self._source.channels

    @property
    def duration_ms(self) -> Ms:
        return self._source.duration_ms

    def blocks(self) -> Iterator[Samples]:
        """The blocks of the other; each is told before it is given out."""
        for block in self._source.blocks():
            self._progress(self._stage, min(1.0, self._streamed_ms / self._whole_ms))
            self._streamed_ms += block.shape[1] // SAMPLES_PER_MS
            yield block
