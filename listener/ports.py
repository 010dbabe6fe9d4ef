"""What the analysis needs from outside. A port exists only where a real adapter and a fake both do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from listener.domain.report import Report
from listener.domain.span import Ms
from listener.domain.speech import Behaviour, Utterance, Word

Samples = NDArray[np.float32]
"""Audio at 16 kHz, float32 in [-1, 1]; shape (samples,) for one channel, (channels, samples) for several."""

SAMPLE_RATE = 16_000
SAMPLES_PER_MS = 16

Progress = Callable[[str, float], None]
"""Called with the stage's name and the fraction done, 0 to 1."""


class AudioSource(Protocol):
    """A recording that can be streamed from the start as often as wanted, in bounded memory."""

    @property
    def channels(self) -> int:
        """1 or 2."""

    @property
    def duration_ms(self) -> Ms: ...

    def blocks(self) -> Iterator[Samples]:
        """Consecutive blocks, each of shape (channels, samples), 16 kHz; all but the last of equal length."""


class VoiceActivityDetector(Protocol):
    """Says frame by frame whether anyone speaks, needing no weights."""

    frame_ms: Ms

    def is_speech(self, frame: Samples) -> bool:
        """Whether one frame of exactly `frame_ms`, shape (samples,), holds speech."""


class SpeakerSegmenter(Protocol):
    """Tells apart up to three local speakers in a window, both at once included."""

    window_ms: Ms

    def activities(self, window: Samples) -> NDArray[np.float32]:
        """Speaker probabilities 0 to 1, shape (frames, 3), of a window of `window_ms`, shape (samples,)."""


class SpeakerEncoder(Protocol):
    """Turns speech of one person into a voice embedding."""

    def embed(self, speech: Samples) -> NDArray[np.float32]:
        """Unit-length embedding, shape (dimensions,), of speech of shape (samples,)."""


class Transcriber(Protocol):
    """Turns speech into words."""

    def words(self, speech: Samples) -> list[Word]:
        """Words with times from the start of `speech`, shape (samples,), at most 30 s."""


class BehaviourClassifier(Protocol):
    """Labels what each utterance does, given what came before."""

    def label(self, utterances: Sequence[Utterance]) -> list[tuple[Behaviour, ...]]:
        """Behaviours of each utterance, in order, labels sorted by name."""


class Reporter(Protocol):
    """Writes a report in one format."""

    def render(self, report: Report) -> bytes:
        """The whole file; the same report gives the same bytes."""


__all__ = [
    "SAMPLES_PER_MS",
    "SAMPLE_RATE",
    "AudioSource",
    "BehaviourClassifier",
    "Progress",
    "Reporter",
    "Samples",
    "SpeakerEncoder",
    "SpeakerSegmenter",
    "Transcriber",
    "VoiceActivityDetector",
]
