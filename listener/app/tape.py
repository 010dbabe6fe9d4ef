"""What a recording stores, as it goes: chunks in the log, events in the record, and both to the followers."""

from __future__ import annotations

import shutil
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from listener.adapters.chunk_log import ChunkLog
from listener.adapters.session_folder import SessionFolder, frames_span
from listener.app.followers import Following
from listener.domain.session import Pause, PauseKind, PhaseStart, SessionRecord
from listener.domain.span import Ms, Span, merged
from listener.ports import Block

CHUNK_MS: Ms = 250
"""Length of a chunk with sound: what a killed process may lose, on top of what the device had not handed over."""

FLUSH_MS: Ms = 500
"""How often the disk is made to hold what was written: what may be lost, on top of a chunk, where the power fails."""

SEAM_MS: Ms = 1_000
"""Silence stored at the end of a pause, so that what was said before and after does not join."""

RESERVE_BYTES = 16_000_000
"""Room left for the report and everything else that is kept beside a recording."""

_SAMPLE_BYTES = 2


class Tape:
    """Used by one thread. Every method raises DiskFull where the disk takes no more."""

    def __init__(self, folder: SessionFolder, record: SessionRecord, followings: Sequence[Following]) -> None:
        self._folder, self._followings = folder, followings
        self.record = record
        self.rate, self.channels = record.rate, record.channels
        self._log = ChunkLog(folder.chunks, record.rate, record.channels)
        self._pending: list[NDArray[np.int16]] = []
        self._pending_frames = self._lost_frames = 0
        self._flushed_at = time.monotonic()
        folder.save(record)

    @property
    def folder(self) -> Path:
        return self._folder.path

    @property
    def dropped(self) -> bool:
        """Whether a follower was too slow for something."""
        return any(following.dropped_frames for following in self._followings)

    @property
    def frames(self) -> int:
        return self._log.frames + self._pending_frames

    @property
    def duration_ms(self) -> Ms:
        return self.frames * 1000 // self.rate

    @property
    def lost_ms(self) -> Ms:
        return self._lost_frames * 1000 // self.rate

    @property
    def minutes_left(self) -> int:
        """Whole minutes that still fit, with room for saving them: at worst a FLAC is as large as its log."""
        free = shutil.disk_usage(self._folder.path).free - RESERVE_BYTES - self._log.bytes
        return max(0, free // (2 * self.rate * 60 * self.channels * _SAMPLE_BYTES))

    def store(self, samples: NDArray[np.int16]) -> None:
        """Add sound, shape (frames, channels)."""
        self._pending.append(samples)
        self._pending_frames += len(samples)
        for following in self._followings:
            following.feed(Block(samples))
        if self._pending_frames >= self.rate * CHUNK_MS // 1000:
            self._write_pending()
        if time.monotonic() - self._flushed_at >= FLUSH_MS / 1000:
            self._log.flush()
            self._flushed_at = time.monotonic()

    def gap(self, frames: int) -> None:
        """Add frames that were lost."""
        if frames <= 0:
            return
        self._write_pending()
        start = self._log.frames
        self._log.append_gap(frames)
        self._lost_frames += frames
        for following in self._followings:
            following.lose(frames)
        gap = frames_span(start, self._log.frames, self.rate)
        if gap.duration_ms:
            self._save(replace(self.record, gaps=tuple(merged([*self.record.gaps, gap]))))

    def mark_phase(self, index: int) -> None:
        """Here the scenario's phase number `index` begins."""
        self._save(replace(self.record, phases=(*self.record.phases, PhaseStart(index, self.duration_ms))))

    def begin_pause(self, kind: PauseKind) -> None:
        """Note that nothing is stored from here on."""
        self._write_pending()
        self._log.flush()
        self._save(replace(self.record, pauses=(*self.record.pauses, Pause(self.duration_ms, 0, kind))))

    def end_pause(self, lasted_ms: Ms) -> None:
        """Note how long the pause lasted."""
        *before, pause = self.record.pauses
        self._save(replace(self.record, pauses=(*before, replace(pause, lasted_ms=lasted_ms))))

    def seam(self) -> None:
        """Store the silence that parts what was said before a pause from what is said after."""
        self.store(np.zeros((self.rate * SEAM_MS // 1000, self.channels), dtype=np.int16))
        for following in self._followings:
            following.seam()

    def strike_last(self, ms: Ms) -> Span:
        """Overwrite the last `ms` with silence, in whole chunks; what was struck."""
        self._write_pending()
        end = self._log.frames
        first, end = self._log.strike(max(0, end - ms * self.rate // 1000), end)
        struck = frames_span(first, end, self.rate)
        if struck.duration_ms:
            for following in self._followings:
                following.strike(struck)
            self._save(replace(self.record, struck=tuple(merged([*self.record.struck, struck]))))
        return struck

    def close(self, why: str) -> None:
        """Store what is pending, note why the recording ended, and close the log."""
        try:
            self._write_pending()
        finally:
            try:
                self._log.close()
            finally:
                self._save(replace(self.record, ended=why, duration_ms=self._log.frames * 1000 // self.rate))

    def _write_pending(self) -> None:
        if self._pending:
            whole = np.concatenate(self._pending)
            self._log.append(whole)
            self._pending.clear()
            self._pending_frames = 0

    def _save(self, record: SessionRecord) -> None:
        self.record = record
        self._folder.save(record)
