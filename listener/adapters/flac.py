"""Lossless recordings: a chunk log, or samples in memory, saved as FLAC."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from listener.adapters.atomic_file import whole_file
from listener.adapters.chunk_format import Kind
from listener.adapters.chunk_log import Form, form_of, stretches
from listener.errors import DiskFull

_SILENCE_FRAMES = 1 << 16
_READ_FRAMES = 1 << 16


@dataclass(frozen=True, slots=True)
class Stored:
    """A saved recording: `frames` at `rate` a second, and the frames (first, end) that are GAP and STRUCK."""

    rate: int
    channels: int
    frames: int
    spans: dict[Kind, list[tuple[int, int]]]


def save_as_flac(log: Path, path: Path, rate: int, channels: int) -> Stored:
    """Save a chunk log at `path`, silent where it was lost or struck; `rate`, `channels` are for a log without sound.

    The file appears only once what can be read back from it is every sample of the log. An empty or absent log makes no
    file. Raises DiskFull and BadSession.
    """
    form = form_of(log) if log.exists() else None
    if form is None:
        return Stored(rate, channels, 0, {Kind.GAP: [], Kind.STRUCK: []})
    spans: dict[Kind, list[tuple[int, int]]] = {Kind.GAP: [], Kind.STRUCK: []}
    frames = write_flac(path, _noting(log, form, spans), form)
    return Stored(form.rate, form.channels, frames, spans)


def write_flac(path: Path, blocks: Iterable[NDArray[np.int16]], form: Form) -> int:
    """Save blocks of shape (frames, channels) and check every sample; how many frames they were. Raises DiskFull."""
    with whole_file(path) as part:
        frames = written = 0
        try:
            with soundfile.SoundFile(part, "w", form.rate, form.channels, "PCM_16", format="FLAC") as file:
                for block in blocks:
                    file.write(block)
                    written = zlib.crc32(block.tobytes(), written)
                    frames += len(block)
            whole = _checked(part) == (frames, written)
        except (soundfile.LibsndfileError, AssertionError):  # libsndfile tells of a full disk only so
            whole = False
        if not whole:
            raise DiskFull(
                "The recording could not be saved whole: the disk took not all of it.",
                f"Nothing is lost. Free some space on the disk that holds {path.parent}, then save it again.",
            )
    return frames


def _noting(log: Path, form: Form, spans: dict[Kind, list[tuple[int, int]]]) -> Iterator[NDArray[np.int16]]:
    """The samples of a log, silence for what it has none of; notes where that is."""
    at = 0
    for stretch in stretches(log):
        if stretch.samples is not None:
            yield stretch.samples
        else:
            spans[stretch.kind].append((at, at + stretch.frames))
            for start in range(0, stretch.frames, _SILENCE_FRAMES):
                yield np.zeros((min(_SILENCE_FRAMES, stretch.frames - start), form.channels), dtype=np.int16)
        at += stretch.frames


def _checked(path: Path) -> tuple[int, int]:
    """Frames and checksum of what can be read back."""
    frames = checksum = 0
    with soundfile.SoundFile(path) as file:
        while len(block := file.read(_READ_FRAMES, dtype="int16", always_2d=True)):
            checksum = zlib.crc32(block.tobytes(), checksum)
            frames += len(block)
    return frames, checksum
