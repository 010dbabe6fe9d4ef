"""What the analysis needs from outside. A port exists only where a real adapter and a fake both do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Block:
    """What an input hands over at once: int16 samples, shape (frames, channels), at the input's own rate.

    `lost_frames`: frames that the input knows to have been lost just before this block.
    """

    samples: NDArray[np.int16]
    lost_frames: int = 0


class LiveInput(Protocol):
    """A microphone, or a file that is played in its place: hands over blocks while it is open."""

    @property
    def name(self) -> str: ...

    @property
    def rate(self) -> int:
        """Frames a second."""

    @property
    def channels(self) -> int:
        """1 or 2."""

    def open(self, hand_over: Callable[[Block], None]) -> None:
        """Start; `hand_over` is called from the input's own thread and must never block. Raises MissingDevice.

        After a loss, `close` and `open` again look the device up anew.
        """

    def close(self) -> None:
        """Stop; no block comes after this returns. May be called at any time, more than once."""

    @property
    def delay_s(self) -> float:
        """How long ago the start of a block may have been heard when it is handed over, seconds; 0 for a file."""

    @property
    def broken(self) -> bool:
        """Whether it stopped by itself, as a microphone that is pulled out."""

    @property
    def ended(self) -> bool:
        """Whether the input has run out, as a played file does; a microphone never does."""


class VoiceActivityDetector(Protocol):
    """Says frame by frame whether anyone speaks, needing no weights."""

    frame_ms: Ms

    def is_speech(self, frame: Samples) -> bool:
        """Whether one frame of exactly `frame_ms`, shape (samples,), holds speech."""


class SpeakerSegmenter(Protocol):
    """Tells apart up to three local speakers in a window, both at once included."""

    window_ms: Ms

    def activities(self, window: Samples) -> NDArray[np.float32]:
        """Speaker probabilities 0 to 1, shape (frames, 3), of a window of about `window_ms`, shape (samples,)."""


class SpeakerEncoder(Protocol):
    """Turns speech of one person into a voice embedding."""

    def embed(self, speech: Samples) -> NDArray[np.float32]:
        """Unit-length embedding, shape (dimensions,), of speech of shape (samples,)."""


class PitchTracker(Protocol):
    """Follows the pitch of one voice."""

    def voiced_hz(self, speech: Samples) -> NDArray[np.float32]:
        """Pitch of every voiced frame, Hz, shape (voiced frames,), of speech of shape (samples,) at any level."""


class Transcriber(Protocol):
    """Turns speech into words."""

    def words(self, speech: Samples) -> list[Word]:
        """Words with times from the start of `speech`, shape (samples,), at most 30 s."""


class BehaviourClassifier(Protocol):
    """Labels what each utterance does, given what came before."""

    def label(self, utterances: Sequence[Utterance]) -> list[tuple[Behaviour, ...]]:
        """Behaviours of each utterance, in order, labels sorted by name."""


class SentenceEncoder(Protocol):
    """Turns text into numbers that are near each other where the meaning is."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit-length embeddings, shape (texts, dimensions), in order; the same text always gives the same numbers."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An utterance beside the partner's last telling before it, which is empty where nothing was told."""

    told: str
    text: str


class AnswerReader(Protocol):
    """Reads an utterance as the answer to what the partner told."""

    def scores(self, answers: Sequence[Answer]) -> NDArray[np.float32]:
        """How likely each behaviour is (logits), shape (answers, behaviours); the same answer scores the same."""


class Reporter(Protocol):
    """Writes a report in one format."""

    def render(self, report: Report) -> bytes:
        """The whole file; the same report gives the same bytes."""


__all__ = [
    "SAMPLES_PER_MS",
    "SAMPLE_RATE",
    "Answer",
    "AnswerReader",
    "AudioSource",
    "BehaviourClassifier",
    "Block",
    "LiveInput",
    "PitchTracker",
    "Progress",
    "Reporter",
    "Samples",
    "SentenceEncoder",
    "SpeakerEncoder",
    "SpeakerSegmenter",
    "Transcriber",
    "VoiceActivityDetector",
]
