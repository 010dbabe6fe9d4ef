"""Recordings from files: WAV, FLAC, OGG and MP3 through libsndfile, any rate, streamed at 16 kHz in bounded memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from listener.domain.span import Ms
from listener.errors import BadAudio
from listener.ports import SAMPLE_RATE, SAMPLES_PER_MS, Samples

BLOCK_MS: Ms = 10_000
MAX_CHANNELS = 2
READ_FRAMES = 4096
"""Frames decoded at a time: where a damaged file stops decoding, no more than this is lost."""
FORMATS_HINT = "Listener reads WAV, FLAC, OGG and MP3; convert other files first."


class AudioFile:
    """AudioSource over a file. Values that are not finite become silence and are counted in `damaged_ms`."""

    def __init__(self, path: Path, channels: tuple[int, ...] | None = None) -> None:
        """Open and check `path`; `channels` chooses one or two of a file's channels, counted from 0."""
        self._path = path
        with opened(path) as file:
            self._rate: int = file.samplerate
            self._file_channels: int = file.channels
            frames: int = file.frames
            declared = _declared_frames(file)
        self._chosen = _chosen_channels(path, self._file_channels, channels)
        if frames <= 0:
            raise BadAudio(f"{path.name} holds no audio.", "Check that the recording was saved completely.")
        self.damaged_ms: Ms = 0
        self._declared_ms: Ms = max(frames, declared) * 1000 // self._rate
        self._decoded_ms: Ms | None = None

    @property
    def channels(self) -> int:
        return len(self._chosen)

    @property
    def duration_ms(self) -> Ms:
        """Length as decoded once the file has been streamed to its end, before that as its header declares."""
        return self._declared_ms if self._decoded_ms is None else self._decoded_ms

    @property
    def missing_ms(self) -> Ms:
        """How much less was decoded than the header declares (a truncated file); 0 before the first full pass."""
        return max(0, self._declared_ms - self.duration_ms)

    def measure(self) -> None:
        """Stream the file through, so that `duration_ms`, `missing_ms` and `damaged_ms` are what was decoded."""
        if self._decoded_ms is None:
            for _ in self.blocks():
                pass

    def blocks(self) -> Iterator[Samples]:
        """Blocks of `BLOCK_MS`, shape (channels, samples), float32 at 16 kHz; the last may be shorter."""
        size = BLOCK_MS * SAMPLES_PER_MS
        waiting = np.zeros((self.channels, 0), dtype=np.float32)
        decoded = 0
        for piece in self._resampled():
            waiting = np.concatenate([waiting, piece], axis=1)
            decoded += piece.shape[1]
            while waiting.shape[1] >= size:
                yield waiting[:, :size]
                waiting = waiting[:, size:]
        self._decoded_ms = decoded // SAMPLES_PER_MS
        if waiting.shape[1]:
            yield waiting

    def _resampled(self) -> Iterator[Samples]:
        if self._rate == SAMPLE_RATE:
            yield from (block.T for block in self._decoded())
            return
        stream = soxr.ResampleStream(self._rate, SAMPLE_RATE, self.channels, dtype="float32")
        last = np.zeros((0, self.channels), dtype=np.float32)
        for block in self._decoded():
            yield stream.resample_chunk(last).reshape(-1, self.channels).T if len(last) else last.T
            last = block
        yield stream.resample_chunk(last, last=True).reshape(-1, self.channels).T

    def _decoded(self) -> Iterator[NDArray[np.float32]]:
        """Blocks at the file's own rate, shape (samples, channels); stops where a truncated file stops."""
        damaged = 0
        with opened(self._path) as file:
            while True:
                try:
                    block: NDArray[np.float32] = file.read(READ_FRAMES, dtype="float32", always_2d=True)
                except soundfile.LibsndfileError:
                    break
                if not len(block):
                    break
                block = block[:, self._chosen]
                finite = np.isfinite(block)
                damaged += int((~finite.all(axis=1)).sum())
                yield np.clip(np.where(finite, block, 0.0), -1.0, 1.0).astype(np.float32)
        self.damaged_ms = damaged * 1000 // self._rate


@contextmanager
def opened(path: Path) -> Iterator[soundfile.SoundFile]:
    """The file as libsndfile reads it; raises BadAudio where that cannot be done, with what to do."""
    name = (path.name or str(path))[:80]  # `.` has no name
    try:
        is_folder, exists = path.is_dir(), path.exists()
        is_empty = exists and path.stat().st_size == 0
    except OSError as error:
        raise BadAudio(f"{name} cannot be opened: {error.strerror}.", "Check the path.") from error
    if is_folder:
        raise BadAudio(f"{name} is a folder.", "Name one recording.")
    if not exists:
        raise BadAudio(f"There is no file {name}.", "Check the path.")
    if is_empty:
        raise BadAudio(f"{name} is empty.", "Check that the recording was saved completely.")
    try:
        file = soundfile.SoundFile(path)
    except (soundfile.LibsndfileError, TypeError, OSError) as error:
        _look_at_permissions(path, name)  # libsndfile tells only that it is no sound
        raise BadAudio(f"{name} cannot be read as audio.", FORMATS_HINT) from error
    with file:
        yield file


def _declared_frames(file: soundfile.SoundFile) -> int:
    """Frames that a WAV header promises where the file is shorter (libsndfile corrects and logs it); else 0."""
    shortened = re.search(r"^data : (\d+) \(should be (\d+)\)", file.extra_info, re.MULTILINE)
    if shortened is None or not file.frames or int(shortened[1]) <= int(shortened[2]):
        return 0
    frames: int = file.frames
    return round(frames * int(shortened[1]) / int(shortened[2]))


def _chosen_channels(path: Path, available: int, chosen: tuple[int, ...] | None) -> list[int]:
    if chosen is None:
        if available > MAX_CHANNELS:
            raise BadAudio(
                f"{path.name} has {available} channels; Listener analyses one or two.",
                "Choose one for the room or two for the partners, for example `--channels 1,2`.",
            )
        return list(range(available))
    if not chosen or len(chosen) > MAX_CHANNELS or any(not 0 <= c < available for c in chosen):
        raise BadAudio(
            f"{path.name} has channels 1 to {available}; the choice does not fit.",
            "Name one or two, as in `--channels 1,2`.",
        )
    return list(chosen)


def _look_at_permissions(path: Path, name: str) -> None:
    try:
        path.open("rb").close()
    except OSError as error:
        raise BadAudio(f"{name} cannot be opened: {error.strerror}.", "Check its permissions.") from error
