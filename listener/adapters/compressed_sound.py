"""A recording made small enough to travel inside a report, with an outline of its loudness."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from listener.adapters.audio_file import AudioFile
from listener.domain.embedded_sound import EmbeddedSound
from listener.domain.span import Ms
from listener.ports import SAMPLE_RATE, SAMPLES_PER_MS, AudioSource, Samples

PEAKS_A_SECOND = 8
MOST_PEAKS = 4_000
FULL_PEAK = 127


@dataclass(frozen=True, slots=True)
class Coding:
    """A way to write sound that browsers play; `bitrate_mode` is for MP3 alone."""

    mime: str
    format: str
    subtype: str
    compression: float
    bitrate_mode: str | None = None


MP3 = Coding("audio/mpeg", "MP3", "MPEG_LAYER_III", (160 - 48) / (160 - 8), "CONSTANT")
"""48 kbit/s: at 16 kHz libsndfile counts from 160 (compression 0) down to 8 kbit/s (1).

A constant rate makes every browser seek exactly, Safari too. Lower rates leave no room in the first frame for the
length of the encoder's own delay, so the sound would come 69 ms late.
"""
OPUS = Coding("audio/ogg", "OGG", "OPUS", 0.8)
VORBIS = Coding("audio/ogg", "OGG", "VORBIS", 0.6)
FLAC = Coding("audio/flac", "FLAC", "PCM_16", 1.0)
CODINGS = (MP3, OPUS, VORBIS, FLAC)
"""Best first; `EmbeddedSound.mime` tells which one this libsndfile could write."""


def compressed_sound(recording: Path) -> EmbeddedSound:
    """The recording made small; raises BadAudio where it cannot be read."""
    return compressed(AudioFile(recording))


def compressed(source: AudioSource) -> EmbeddedSound:
    """The sound at 16 kHz in one channel, two microphones mixed; made in memory, and the same each time.

    Holds the compressed sound and a block at a time. An hour takes most of a minute.
    """
    outline = _Outline(source.channels, source.duration_ms)
    return EmbeddedSound(*_encoded(_outlined(source, outline), coding()), outline.peaks())


def coding() -> Coding:
    """What this libsndfile can write that most browsers play."""
    return next(coding for coding in CODINGS if soundfile.check_format(coding.format, coding.subtype))


def _encoded(blocks: Iterator[Samples], chosen: Coding) -> tuple[str, bytes]:
    made = io.BytesIO()
    with soundfile.SoundFile(
        made,
        "w",
        SAMPLE_RATE,
        1,
        chosen.subtype,
        format=chosen.format,
        compression_level=chosen.compression,
        bitrate_mode=chosen.bitrate_mode,
    ) as file:
        for block in blocks:
            file.write(block.mean(axis=0))
    return chosen.mime, made.getvalue()


def _outlined(source: AudioSource, outline: _Outline) -> Iterator[Samples]:
    for block in source.blocks():
        outline.add(block)
        yield block


class _Outline:
    """The loudest sample of each stretch, while blocks of any length pass."""

    def __init__(self, channels: int, duration_ms: Ms) -> None:
        count = max(1, min(MOST_PEAKS, math.ceil(duration_ms * PEAKS_A_SECOND / 1000)))
        self._loudest = np.zeros((channels, count), dtype=np.float32)
        self._samples = max(1, duration_ms * SAMPLES_PER_MS)
        self._at = 0

    def add(self, block: Samples) -> None:
        where = (np.arange(self._at, self._at + block.shape[1]) * self._loudest.shape[1]) // self._samples
        where = np.minimum(where, self._loudest.shape[1] - 1)
        first = np.flatnonzero(np.diff(where, prepend=-1))
        loudest = np.maximum.reduceat(np.abs(block), first, axis=1)
        self._loudest[:, where[first]] = np.maximum(self._loudest[:, where[first]], loudest)
        self._at += block.shape[1]

    def peaks(self) -> tuple[tuple[int, ...], ...]:
        scaled: NDArray[np.int64] = np.rint(self._loudest * FULL_PEAK).astype(np.int64)
        return tuple(tuple(row) for row in scaled.tolist())
