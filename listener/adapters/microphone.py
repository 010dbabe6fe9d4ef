"""Microphones through PortAudio."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from listener.adapters.portaudio import Stream, asked, close_stream, look_again, portaudio, start_stream
from listener.domain.span import Ms
from listener.errors import MissingDevice
from listener.ports import Block

BLOCK_MS: Ms = 50
BUFFER_S = 0.15
"""Least buffer asked for: PortAudio's own "high" may be 35 ms, and Python can keep a callback waiting for longer; with
200 ms and more, blocks come in heaps."""

_DRIFT = 1e-4
"""How fast the clocks of computer and microphone may drift apart, at most; ordinary ones stay below 5e-5."""

PLUG_IN = "Plug in a microphone, or allow this terminal to use it, then try again."


@dataclass(frozen=True, slots=True)
class MicrophoneInfo:
    """An input that the system offers; `rate` is its usual one, frames a second, `channels` the most it has."""

    name: str
    channels: int
    rate: int
    is_default: bool


def list_microphones() -> list[MicrophoneInfo]:
    """What can be recorded from now, the default first; none where nothing is plugged in.

    Notices what was plugged in since, unless a stream is open. Raises MissingDevice where PortAudio is absent.
    """
    look_again()
    default = _default()
    found = {} if default is None else {default["name"]: _info(default, is_default=True)}
    for device in _inputs():
        found.setdefault(device["name"], _info(device, is_default=False))
    return list(found.values())


class Microphone:
    """LiveInput from a microphone: by its name, or the system's default."""

    def __init__(self, name: str | None, channels: int) -> None:
        """Look the device up, without opening it. Raises MissingDevice where it is absent or has too few channels."""
        self._wanted, self._channels = name, channels
        self._stream: Stream | None = None
        self._was_open = False
        self._device = self._looked_up()

    @property
    def name(self) -> str:
        return str(self._device["name"])

    @property
    def rate(self) -> int:
        return round(float(self._device["default_samplerate"]))

    @property
    def channels(self) -> int:
        return self._channels

    @property
    def ended(self) -> bool:
        return False

    @property
    def delay_s(self) -> float:
        return max(BUFFER_S, float(self._device["default_high_input_latency"])) + BLOCK_MS / 1000

    @property
    def broken(self) -> bool:
        """Whether the device stopped by itself, as when it is pulled out; `close` and `open` look for it anew."""
        return self._stream is not None and not self._stream.active

    def open(self, hand_over: Callable[[Block], None]) -> None:
        """Start handing over blocks of `BLOCK_MS`. Once it was open, the default replaces a device that has gone."""
        self.close()
        look_again()
        self._device = self._looked_up()
        sounddevice = portaudio()
        self._delivery = delivery = _Delivery(hand_over, self.rate, self._channels)
        try:
            self._stream = start_stream(
                lambda: sounddevice.RawInputStream(
                    samplerate=self.rate,
                    blocksize=self.rate * BLOCK_MS // 1000,
                    device=self._device["index"],
                    channels=self._channels,
                    dtype="int16",
                    latency=max(BUFFER_S, self._device["default_high_input_latency"]),
                    callback=delivery,
                )
            )
        except sounddevice.PortAudioError as error:
            raise MissingDevice(f"The microphone {self.name} cannot be opened.", PLUG_IN) from error
        self._was_open = True

    def close(self) -> None:
        stream, self._stream = self._stream, None
        if stream is not None:
            self._delivery.over = True
            close_stream(stream)

    def _looked_up(self) -> dict[str, Any]:
        device = _default()
        if self._wanted is not None:
            named = next((d for d in _inputs() if d["name"] == self._wanted), None)
            if named is None and not self._was_open:
                raise MissingDevice(f"There is no microphone {self._wanted!r} (any more).", PLUG_IN)
            device = named or device
        if device is None:
            raise MissingDevice("There is no microphone.", PLUG_IN)
        if device["max_input_channels"] < self._channels:
            raise MissingDevice(
                f"{device['name']} has one channel, not one for each of two microphones.",
                "Choose an input with two channels, or practise with one microphone.",
            )
        return device


class _Delivery:
    """PortAudio's callback: copies the bytes and hands them over, nothing else."""

    def __init__(self, hand_over: Callable[[Block], None], rate: int, channels: int) -> None:
        self.over = False
        self._hand_over, self._rate, self._channels = hand_over, rate, channels
        self._frames = 0
        self._start: float | None = None
        self._late = 0.0

    def __call__(self, data: Any, frames: int, _time: object, status: Any) -> None:
        if not self.over:
            samples = np.frombuffer(bytes(data), dtype=np.int16).reshape(frames, self._channels)
            self._hand_over(Block(samples, self._lost(frames, bool(status.input_overflow))))

    def _lost(self, frames: int, overflow: bool) -> int:
        """Frames lost before a block: PortAudio says that some were, the clock says how many.

        The least lateness so far is that of a block that waited for nobody; it may grow as slowly as clocks drift.
        """
        now = time.monotonic()
        self._start = now if self._start is None else self._start
        self._frames += frames
        late = now - self._start - self._frames / self._rate
        usual = min(late, self._late + _DRIFT * frames / self._rate)
        self._late = usual
        lost = round((late - usual) * self._rate) if overflow else 0
        self._frames += lost
        return lost


def _inputs() -> list[dict[str, Any]]:
    sounddevice = portaudio()
    try:
        return [device for device in asked(sounddevice.query_devices) if device["max_input_channels"] > 0]
    except sounddevice.PortAudioError as error:
        raise MissingDevice(
            f"The audio system does not answer: {error}.", "Check the system's sound settings, then try again."
        ) from error


def _default() -> dict[str, Any] | None:
    sounddevice = portaudio()
    try:
        device: dict[str, Any] = asked(lambda: sounddevice.query_devices(kind="input"))
    except (sounddevice.PortAudioError, ValueError):
        return None
    return device


def _info(device: dict[str, Any], *, is_default: bool) -> MicrophoneInfo:
    return MicrophoneInfo(
        str(device["name"]), int(device["max_input_channels"]), round(device["default_samplerate"]), is_default
    )
