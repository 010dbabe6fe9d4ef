"""Two voices as tones: who hums when, how high and how loud; and a tracker that tells a tone's pitch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from listener.domain.span import Ms, Span
from listener.domain.speech import Ipu, PartnerId, other
from listener.ports import SAMPLE_RATE, SAMPLES_PER_MS, Samples

BLOCK = 10 * SAMPLE_RATE
USUAL_HZ: dict[PartnerId, float] = {"A": 330.0, "B": 260.0}


@dataclass(frozen=True)
class Hum:
    """Someone speaks for `s` seconds, so much louder and higher than usual."""

    partner: PartnerId
    s: float
    db: float = 0.0
    semitones: float = 0.0


def turns(*rows: tuple[float, float, float, float], s: float = 3.0) -> list[Hum]:
    """Turns of A and B one after the other; a row holds A's dB and semitones, then B's."""
    return [Hum(p, s, *row[i : i + 2]) for row in rows for p, i in (("A", 0), ("B", 2))]  # type: ignore[arg-type]


def calm(times: int) -> list[Hum]:
    return turns(*[(0, 0, 0, 0)] * times)


@dataclass
class Talk:
    """AudioSource of hums with a pause of 300 ms after each; `streamed` counts the passes.

    With two `channels` each has its own, and the other's a third as loud.
    """

    hums: Sequence[Hum]
    channels: int = 1
    gain: float = 1.0
    usual_db: dict[PartnerId, float] = field(default_factory=lambda: {"A": -30.0, "B": -30.0})
    streamed: int = 0
    turned_up: tuple[float, float] | None = None
    """From which second on everything is louder, and by how many dB."""

    def __post_init__(self) -> None:
        self.speech: list[Ipu] = []
        at: Ms = 0
        for hum in self.hums:
            length = round(hum.s * 1000)
            self.speech.append(Ipu(hum.partner, Span(at, at + length)))
            at += length + 300
        self.duration_ms = at
        self._sound: Samples | None = None

    def swapped(self) -> Talk:
        """The same with the partners' places changed."""
        hums = [replace(hum, partner=other(hum.partner)) for hum in self.hums]
        usual = {p: self.usual_db[other(p)] for p in self.usual_db}
        return Talk(hums, self.channels, self.gain, usual, turned_up=self.turned_up)

    def blocks(self) -> Iterator[Samples]:
        self.streamed += 1
        if self._sound is None:
            self._sound = self._made()
        sound = self._sound
        for start in range(0, sound.shape[1], BLOCK):
            yield sound[:, start : start + BLOCK]

    def _made(self) -> Samples:
        sound = np.random.default_rng(0).normal(0, 1e-5, (self.channels, self.duration_ms * SAMPLES_PER_MS))
        for hum, ipu in zip(self.hums, self.speech, strict=True):
            start, end = ipu.span.start * SAMPLES_PER_MS, ipu.span.end * SAMPLES_PER_MS
            hz = USUAL_HZ[hum.partner] * 2 ** (hum.semitones / 12)
            level = 10 ** ((self.usual_db[hum.partner] + hum.db) / 20)
            tone = level * np.sin(2 * np.pi * hz * np.arange(end - start) / SAMPLE_RATE)
            for channel in range(self.channels):
                own = self.channels == 1 or "AB"[channel] == hum.partner
                sound[channel, start:end] += tone if own else tone / 3
        if self.turned_up is not None:
            from_s, db = self.turned_up
            sound[:, round(from_s * SAMPLE_RATE) :] *= 10 ** (db / 20)
        return (self.gain * sound).astype(np.float32)


class ToneTracker:
    """PitchTracker that counts how often a tone crosses zero; `followed_ms` tells how much it was given."""

    def __init__(self) -> None:
        self.followed_ms: Ms = 0

    def voiced_hz(self, speech: Samples) -> NDArray[np.float32]:
        self.followed_ms += speech.size // SAMPLES_PER_MS
        crossings = int(np.count_nonzero(np.diff(np.signbit(speech))))
        return np.full(speech.size // 256, crossings * SAMPLE_RATE / (2 * speech.size), dtype=np.float32)
