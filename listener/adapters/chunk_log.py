"""A recording while it grows: an append-only log of chunks, each of which can be read without the others."""

from __future__ import annotations

import contextlib
import os
import zlib
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from listener.adapters.atomic_file import disk_error, sync
from listener.adapters.chunk_format import HEADER_BYTES, MAGIC, Header, Kind, parsed
from listener.errors import BadSession

LONGEST_MS = 500
"""Longest chunk with sound; a damaged one costs no more."""

_WINDOW = 1 << 16
_SAMPLE_BYTES = 2
_flush = getattr(os, "fdatasync", os.fsync)  # macOS has only fsync


@dataclass(frozen=True, slots=True)
class Stretch:
    """Consecutive frames of a recording; `samples`, int16 of shape (frames, channels), are there for SOUND alone."""

    kind: Kind
    frames: int
    samples: NDArray[np.int16] | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """Frames a second and channels of a log."""

    rate: int
    channels: int


class ChunkLog:
    """A log that is being written, by one thread. Raises DiskFull where the disk takes no more; what it holds stays."""

    def __init__(self, path: Path, rate: int, channels: int) -> None:
        """Make a new log at `path`, readable by the owner alone."""
        self.form = Form(rate, channels)
        self.frames = 0
        self.bytes = 0
        self._starts = array("Q")
        self._folder = path.parent
        self._longest = max(1, rate * LONGEST_MS // 1000)
        try:
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
            sync(path.parent)
        except OSError as error:
            raise disk_error(error, path.parent) from error

    def append(self, samples: NDArray[np.int16]) -> None:
        """Add sound of shape (frames, channels)."""
        for start in range(0, len(samples), self._longest):
            piece = samples[start : start + self._longest]
            self._write(Kind.SOUND, len(piece), piece.astype("<i2", copy=False).tobytes())

    def append_gap(self, frames: int) -> None:
        """Add frames that were lost."""
        if frames > 0:
            self._write(Kind.GAP, frames, b"")

    def strike(self, first_frame: int, end_frame: int) -> tuple[int, int]:
        """Overwrite the sound of every chunk that reaches into the frames; the first and end frame overwritten.

        Whole chunks, because half of one could be lost if the machine stopped while it is rewritten.
        """
        first, end = min(first_frame, self.frames), min(end_frame, self.frames)
        try:
            for start in reversed(self._starts):
                header = parsed(os.pread(self._file, HEADER_BYTES, start))
                if header is None or header.first_frame >= end_frame:
                    continue
                if header.end_frame <= first_frame:
                    break
                first, end = min(first, header.first_frame), max(end, header.end_frame)
                self._blank(start, header)
            _flush(self._file)
        except OSError as error:
            raise disk_error(error, self._folder) from error
        return first, end

    def flush(self) -> None:
        """Have the disk hold all that was appended."""
        try:
            _flush(self._file)
        except OSError as error:
            raise disk_error(error, self._folder) from error

    def close(self) -> None:
        """Flush and close; may be called more than once."""
        if self._file >= 0:
            descriptor, self._file = self._file, -1
            try:
                _flush(descriptor)
            except OSError as error:
                raise disk_error(error, self._folder) from error
            finally:
                os.close(descriptor)

    def _write(self, kind: Kind, frames: int, payload: bytes) -> None:
        form = self.form
        header = Header(kind, form.channels, form.rate, self.frames, frames, len(payload), zlib.crc32(payload))
        try:
            _write_all(self._file, header.packed() + payload, self.bytes)
        except OSError as error:
            with contextlib.suppress(OSError):  # a disk that is gone; the torn chunk is left out when it is read
                os.ftruncate(self._file, self.bytes)
            raise disk_error(error, self._folder) from error
        self._starts.append(self.bytes)
        self.bytes += HEADER_BYTES + len(payload)
        self.frames += frames

    def _blank(self, start: int, header: Header) -> None:
        """Header first: from then on the chunk counts as struck, whatever its payload still holds."""
        if header.kind is not Kind.SOUND:
            return
        nothing = bytes(header.payload_bytes)
        struck = Header(
            Kind.STRUCK,
            header.channels,
            header.rate,
            header.first_frame,
            header.frames,
            len(nothing),
            zlib.crc32(nothing),
        )
        _write_all(self._file, struck.packed(), start)
        _write_all(self._file, nothing, start + HEADER_BYTES)


def form_of(path: Path) -> Form | None:
    """Rate and channels of the log's sound, None where it holds no chunk. Raises BadSession."""
    for header, _ in _chunks(path):
        return Form(header.rate, header.channels)
    return None


def stretches(path: Path) -> Iterator[Stretch]:
    """The recording from its first frame on, without a hole: what is missing or damaged is a GAP, a torn end left out.

    Raises BadSession where the log cannot be read at all, or is of a newer version.
    """
    at = 0
    form: Form | None = None
    for header, payload in _chunks(path):
        form = form or Form(header.rate, header.channels)
        if header.first_frame < at or form != Form(header.rate, header.channels):
            continue
        if header.first_frame > at:
            yield Stretch(Kind.GAP, header.first_frame - at)
        if header.kind is Kind.SOUND:
            samples = np.frombuffer(payload, dtype="<i2").astype(np.int16, copy=False)
            yield Stretch(Kind.SOUND, header.frames, samples.reshape(header.frames, header.channels))
        else:
            yield Stretch(header.kind, header.frames)
        at = header.end_frame


def _chunks(path: Path) -> Iterator[tuple[Header, bytes]]:
    """Every chunk that is whole, in the file's order."""
    try:
        with path.open("rb") as file:
            yield from _whole_chunks(file)
    except OSError as error:
        raise BadSession(
            f"The recording {path.parent.name} cannot be read: {error.strerror}.", "Check the disk and permissions."
        ) from error


def _whole_chunks(file: BinaryIO) -> Iterator[tuple[Header, bytes]]:
    while True:
        start = file.tell()
        raw = file.read(HEADER_BYTES)
        if len(raw) < HEADER_BYTES:
            return
        header = parsed(raw)
        if header is None:
            if not _seek_magic(file, start + 1):
                return
            continue
        payload = file.read(header.payload_bytes)
        if len(payload) < header.payload_bytes:
            return
        if header.kind is not Kind.SOUND or _sound_is_whole(header, payload):
            yield header, payload


def _sound_is_whole(header: Header, payload: bytes) -> bool:
    right_size = header.payload_bytes == header.frames * header.channels * _SAMPLE_BYTES
    return right_size and zlib.crc32(payload) == header.payload_crc


def _seek_magic(file: BinaryIO, start: int) -> bool:
    """Go to the next place from `start` on that looks like a header; False where there is none."""
    file.seek(start)
    while window := file.read(_WINDOW):
        found = window.find(MAGIC)
        if found >= 0:
            file.seek(start + found)
            return True
        if len(window) < len(MAGIC):
            return False
        start += len(window) - len(MAGIC) + 1
        file.seek(start)
    return False


def _write_all(descriptor: int, data: bytes, at: int) -> None:
    view = memoryview(data)
    while view:
        written = os.pwrite(descriptor, view, at)
        view, at = view[written:], at + written
