"""A recording that is played in a microphone's place, in real time or faster."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from listener.adapters.audio_file import AudioFile
from listener.domain.span import Ms
from listener.ports import Block

BLOCK_MS: Ms = 50


class PlayedFile:
    """LiveInput from a file with one or two channels; opened again it goes on where it was closed."""

    def __init__(self, path: Path, speed: float = 1.0, channels: int | None = None) -> None:
        """`speed`: times real time; `channels` 1 mixes two into one. Raises BadAudio where the file cannot be read."""
        source = AudioFile(path)
        self._path, self._speed = path, speed
        self._channels = min(channels or source.channels, source.channels)
        with soundfile.SoundFile(path) as file:
            self._rate: int = file.samplerate
        self._at = 0
        self._ended = False
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def name(self) -> str:
        return self._path.name

    @property
    def rate(self) -> int:
        return self._rate

    @property
    def channels(self) -> int:
        return self._channels

    @property
    def delay_s(self) -> float:
        return 0.0

    @property
    def broken(self) -> bool:
        return False

    @property
    def ended(self) -> bool:
        return self._ended

    def open(self, hand_over: Callable[[Block], None]) -> None:
        """Start to play, from where it was closed. Raises MissingDevice never."""
        self.close()
        self._stop = threading.Event()
        self._thread = threading.Thread(
            target=self._play, args=(hand_over, self._stop), name="played file", daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        thread, self._thread = self._thread, None
        if thread is not None:
            self._stop.set()
            thread.join()

    def _play(self, hand_over: Callable[[Block], None], stop: threading.Event) -> None:
        size = max(1, self._rate * BLOCK_MS // 1000)
        start, begun_at = time.monotonic(), self._at
        with soundfile.SoundFile(self._path) as file:
            file.seek(self._at)
            while not stop.is_set():
                samples = self._read(file, size)
                if not len(samples):
                    self._ended = True
                    return
                played_s = (self._at + len(samples) - begun_at) / self._rate / self._speed
                if stop.wait(max(0.0, start + played_s - time.monotonic())):
                    return
                self._at += len(samples)
                hand_over(Block(samples))

    def _read(self, file: soundfile.SoundFile, frames: int) -> NDArray[np.int16]:
        """The next frames, shape (frames, channels); none at the end, or where the file is damaged."""
        try:
            samples: NDArray[np.int16] = file.read(frames, dtype="int16", always_2d=True)
        except soundfile.LibsndfileError:
            return np.zeros((0, self._channels), dtype=np.int16)
        if self._channels < samples.shape[1]:
            samples = (samples.astype(np.int32).sum(axis=1, keepdims=True) // samples.shape[1]).astype(np.int16)
        return samples
