"""PortAudio through sounddevice: loaded when first needed, looked through anew while nothing is open."""

from __future__ import annotations

import atexit
import sys
import threading
from collections.abc import Callable
from types import ModuleType
from typing import Protocol, TypeVar

from listener.errors import MissingDevice

INSTALL = {
    "linux": "Install it: `sudo apt-get install libportaudio2`, or `portaudio` with dnf or pacman.",
    "darwin": "Install it: `brew install portaudio`, then install Listener again.",
}

Answer = TypeVar("Answer")

_lock = threading.Lock()
_streams: set[int] = set()
"""Streams open in this process, by `id`: PortAudio looks for new devices only while there are none."""


class Stream(Protocol):
    """What is used of sounddevice's streams."""

    @property
    def active(self) -> bool: ...

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def close(self) -> None: ...


def portaudio() -> ModuleType:
    """The sounddevice module. Raises MissingDevice where the PortAudio library is absent."""
    try:
        import sounddevice  # noqa: PLC0415  # it loads PortAudio, and fails where there is none
    except OSError as error:
        hint = INSTALL.get(sys.platform, "Install PortAudio, then start Listener again.")
        raise MissingDevice("The audio library PortAudio is not installed.", hint) from error
    module: ModuleType = sounddevice
    return module


def look_again() -> None:
    """Notice devices that came or went; where a stream is open this has to wait until it is closed."""
    sounddevice = portaudio()
    with _lock:
        if not _streams:
            sounddevice._terminate()  # the only way to make PortAudio look again
            sounddevice._initialize()


def asked(query: Callable[[], Answer]) -> Answer:
    """What `query` gets from PortAudio, asked while no other thread makes it look again."""
    with _lock:
        return query()


def start_stream(make: Callable[[], Stream]) -> Stream:
    """The stream that `make` opens, started. Raises what sounddevice raises."""
    with _lock:
        stream = make()
        try:
            stream.start()
        except Exception:
            stream.close()
            raise
        _streams.add(id(stream))
        return stream


def close_stream(stream: Stream) -> None:
    """Stop and close a stream; may block for as long as a sound server that hangs, but stops nobody else meanwhile."""
    at_exit = portaudio()._exit_handler
    atexit.unregister(at_exit)  # it closes what is open, and would hang as well
    stream.stop()
    with _lock:
        stream.close()
        _streams.discard(id(stream))
    atexit.register(at_exit)
