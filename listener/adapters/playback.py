"""Plays moments of a recording."""

from __future__ import annotations

import threading
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from numpy.typing import NDArray

from listener.adapters.audio_file import AudioFile
from listener.adapters.portaudio import close_stream, look_again, portaudio, start_stream
from listener.adapters.resampling import Resampler
from listener.domain.span import Ms, Span
from listener.errors import MissingDevice

BLOCK_MS: Ms = 100
NO_OUTPUT = "Plug in loudspeakers or headphones, then try again."


class Player:
    """Plays one moment at a time, in a thread of its own."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def playing(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def play(self, path: Path, span: Span) -> None:
        """Play this stretch of a recording instead of what plays. Raises MissingDevice and BadAudio."""
        self.stop()
        AudioFile(path)
        look_again()
        with soundfile.SoundFile(path) as file:
            rate, channels = int(file.samplerate), int(file.channels)
        stream, out_rate = _opened(rate, channels)
        self._stop = threading.Event()
        self._thread = threading.Thread(
            target=_play, args=(path, span, stream, out_rate, self._stop), name="playback", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Be silent; does nothing where nothing plays."""
        thread, self._thread = self._thread, None
        if thread is not None:
            self._stop.set()
            thread.join()


def _opened(rate: int, channels: int) -> tuple[Any, int]:
    """An output stream, started, and its rate: the recording's own where the device can, else the device's."""
    sounddevice = portaudio()
    try:
        device = sounddevice.query_devices(kind="output")
    except (sounddevice.PortAudioError, ValueError) as error:
        raise MissingDevice("There is nothing to play sound on.", NO_OUTPUT) from error
    for wanted in (rate, round(device["default_samplerate"])):
        try:
            form = {"samplerate": wanted, "channels": channels, "dtype": "int16"}
            return start_stream(partial(sounddevice.RawOutputStream, **form)), wanted
        except sounddevice.PortAudioError:
            continue
    raise MissingDevice(f"{device['name']} cannot be opened to play sound.", NO_OUTPUT)


def _play(path: Path, span: Span, stream: Any, out_rate: int, stop: threading.Event) -> None:
    sounddevice = portaudio()
    try:
        with soundfile.SoundFile(path) as file:
            resampler = Resampler(file.samplerate, out_rate, file.channels) if file.samplerate != out_rate else None
            file.seek(min(file.frames, span.start * file.samplerate // 1000))
            left = span.duration_ms * file.samplerate // 1000
            while left > 0 and not stop.is_set():
                block: NDArray[np.int16] = file.read(
                    min(left, file.samplerate * BLOCK_MS // 1000), dtype="int16", always_2d=True
                )
                if not len(block):
                    break
                left -= len(block)
                stream.write((resampler(block) if resampler else block).tobytes())
    except (sounddevice.PortAudioError, soundfile.LibsndfileError):
        pass  # the loudspeakers have gone, or the file has: there is nothing left to play
    finally:
        if stop.is_set():
            stream.abort()
        close_stream(stream)
