"""Words by Whisper through CTranslate2 (faster-whisper): local weights, int8 on the CPU, one pass a piece."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from listener.domain.span import Ms, Span
from listener.domain.speech import Word
from listener.errors import MissingModel
from listener.ports import SAMPLE_RATE, SAMPLES_PER_MS, Samples

BEAM_SIZE = 2
"""Measured on scripted dialogues: beams of 1, 2 and 5 err in 8.7, 6.0 and 5.4 % of the words; 5 takes a fifth more."""

NEEDED_FILES = ("model.bin", "config.json", "tokenizer.json")
"""All must be there: the library would fetch a missing tokenizer from the network."""

LONGEST_MS: Ms = 30_000
SHORTEST_MS: Ms = 50
WORD_MS: Ms = 40
"""Length given to words that come back with start = end."""

SILENT_PEAK = 1e-4
"""A piece that never exceeds this (-80 dBFS) holds no speech at any microphone gain."""

NO_SPEECH, WEAK_LOGPROB = 0.6, -1.0
"""Whisper's own rule: nobody speaks where the no-speech token is likely and the text is not (Radford et al. 2022)."""

HOPELESS_LOGPROB = -1.5
"""Text this unlikely is a guess whatever the no-speech token says; tones give -2.1, noisy far speech stays above -1."""

LOOP_RATIO = 2.4
"""Text that compresses better than this repeats itself (Radford et al. 2022)."""

FAMILIAR = frozenset(
    {"you", "thank you", "thanks for watching", "thank you for watching", "thank you very much", "bye"}
)
"""What Whisper writes over near-silence, learnt from subtitles. People say these too, so they go when improbable."""

FAMILIAR_PROBABILITY = 0.5


class _HeardWord(Protocol):
    word: str
    start: float
    end: float
    probability: float


class _HeardSegment(Protocol):
    text: str
    words: Sequence[_HeardWord]
    avg_logprob: float
    no_speech_prob: float


class WhisperTranscriber:
    """Transcriber for English; the same weights, threads and speech give the same words."""

    def __init__(self, folder: Path, threads: int = 2) -> None:
        """Load the weights in `folder`, never anything from a network; MissingModel where they are absent or broken."""
        hint = "Run `listener models verify`, then `listener models fetch base`, or name a folder that holds weights."
        absent = [name for name in NEEDED_FILES if not (folder / name).is_file()]
        if absent:
            raise MissingModel(f"The folder {folder} holds no transcription weights: no {', '.join(absent)}.", hint)
        from faster_whisper import BatchedInferencePipeline, WhisperModel  # noqa: PLC0415  # slow to load; only for words

        try:
            model = WhisperModel(
                str(folder), device="cpu", compute_type="int8", cpu_threads=threads, local_files_only=True
            )
        except Exception as error:
            raise MissingModel(f"The transcription weights in {folder} cannot be loaded.", hint) from error
        self._pipeline: Any = BatchedInferencePipeline(model)

    def words(self, speech: Samples) -> list[Word]:
        """Words, timed from the start of `speech`, shape (samples,), 16 kHz, at most 30 s (else ValueError).

        Timestamp tokens are kept: without them the model passes over one of two voices far more often.
        """
        duration_ms = speech.size // SAMPLES_PER_MS
        if duration_ms > LONGEST_MS:
            raise ValueError(f"a piece has at most {LONGEST_MS} ms, not {duration_ms}")
        if duration_ms < SHORTEST_MS or float(np.abs(speech).max()) < SILENT_PEAK:
            return []
        segments, _ = self._pipeline.transcribe(
            np.ascontiguousarray(speech, dtype=np.float32),
            language="en",
            beam_size=BEAM_SIZE,
            temperature=0.0,
            condition_on_previous_text=False,
            vad_filter=False,
            word_timestamps=True,
            without_timestamps=False,
            clip_timestamps=[{"start": 0.0, "end": speech.size / SAMPLE_RATE}],
            batch_size=1,
        )
        heard = [word for segment in _believable(list(segments)) for word in segment.words]
        return _timed(heard, duration_ms)


def _believable(segments: Sequence[_HeardSegment]) -> list[_HeardSegment]:
    """The segments of one piece without those that were invented."""
    text = " ".join(segment.text.strip() for segment in segments).encode()
    loops = len(text) / len(zlib.compress(text)) > LOOP_RATIO
    if loops and segments[0].no_speech_prob > NO_SPEECH:
        return []
    kept: list[_HeardSegment] = []
    for segment in segments:
        repeated = loops and any(segment.text == before.text for before in kept)
        if not repeated and not _is_invented(segment):
            kept.append(segment)
    return kept


def _is_invented(segment: _HeardSegment) -> bool:
    """Whether the evidence is against a segment: Whisper's own doubts, a loop, words without time, subtitle lines."""
    if segment.avg_logprob < HOPELESS_LOGPROB:
        return True
    if segment.no_speech_prob > NO_SPEECH and segment.avg_logprob < WEAK_LOGPROB:
        return True
    text = segment.text.encode()
    if len(text) / len(zlib.compress(text)) > LOOP_RATIO:
        return True
    timeless = sum(word.end <= word.start for word in segment.words)
    if timeless > 1 and 2 * timeless > len(segment.words):
        return True
    familiar = segment.text.strip().lower().strip(".!?, ") in FAMILIAR
    probabilities = [word.probability for word in segment.words]
    return familiar and (not probabilities or float(np.mean(probabilities)) < FAMILIAR_PROBABILITY)


def _timed(heard: Sequence[_HeardWord], duration_ms: Ms) -> list[Word]:
    """Words in integer ms, in order, within the piece, each with a length; marks without a letter are left out."""
    words: list[Word] = []
    at = 0
    for word in heard:
        text = word.word.strip()
        if not any(character.isalnum() for character in text):
            continue
        start = min(max(round(word.start * 1000), at), max(0, duration_ms - WORD_MS))
        end = min(max(round(word.end * 1000), start + WORD_MS), duration_ms)
        words.append(Word(text, Span(start, end), float(word.probability)))
        at = start
    return words


__all__ = ["WhisperTranscriber"]
