"""Real transcription with tiny.en: words and times of speech, none of what is no speech, never a network."""

from __future__ import annotations

import json
import re
import socket
from pathlib import Path

import numpy as np
import pytest

from listener.adapters.audio_file import AudioFile
from listener.adapters.model_store import open_store
from listener.adapters.whisper import WhisperTranscriber, _believable, _timed
from listener.analysis.span_reader import SpanReader
from listener.analysis.transcription import transcribe
from listener.domain.span import Span
from listener.domain.speech import PARTNERS, Ipu, Word
from listener.errors import MissingModel
from listener.ports import SAMPLE_RATE, SAMPLES_PER_MS, Samples

DIALOGUE = Path(__file__).parents[1] / "fixtures" / "dialogue"


def weights() -> Path:
    try:
        return open_store().verified("tiny.en").folder
    except MissingModel as missing:
        pytest.skip(f"real transcription needs the tiny.en weights: {missing.hint}")


@pytest.fixture(scope="module")
def whisper() -> WhisperTranscriber:
    return WhisperTranscriber(weights())


def spoken(start_ms: int, end_ms: int, version: str = "poor") -> Samples:
    audio = AudioFile(DIALOGUE / version / "mono.flac")
    return np.ravel(SpanReader(audio.blocks()).read(Span(start_ms, end_ms)))


def pink(samples: int) -> Samples:
    spectrum = np.fft.rfft(np.random.default_rng(7).standard_normal(samples))
    spectrum /= np.sqrt(np.maximum(np.arange(spectrum.size), 1))
    noise = np.fft.irfft(spectrum, samples)
    return np.asarray(noise / np.abs(noise).max(), dtype=np.float32)


def not_speech(kind: str, seconds: float) -> Samples:
    samples = int(seconds * SAMPLE_RATE)
    time = np.arange(samples) / SAMPLE_RATE
    hum = sum(np.sin(2 * np.pi * f * time) / f for f in (50, 100, 150))
    sounds = {
        "silence": np.zeros(samples),
        "white": 0.05 * np.random.default_rng(7).standard_normal(samples),
        "faint": 0.0005 * np.random.default_rng(7).standard_normal(samples),
        "pink": 0.1 * pink(samples),
        "hum": 3 * np.asarray(hum),
        "tone": 0.2 * np.sin(2 * np.pi * 440 * time),
    }
    return sounds[kind].astype(np.float32)


def letters(text: str) -> list[str]:
    return re.sub(r"[^a-z' ]", " ", text.lower()).split()


def test_the_words_of_a_sentence_in_order_within_it(whisper: WhisperTranscriber) -> None:
    words = whisper.words(spoken(300, 3_000))
    assert letters(" ".join(word.text for word in words)) == letters(
        "Hey, could I mention something, or are you tired?"
    )
    starts = [word.span.start for word in words]
    assert starts == sorted(starts)
    assert all(0 <= word.span.start < word.span.end <= 2_700 for word in words)
    assert all(word.text == word.text.strip() and 0 <= word.probability <= 1 for word in words)
    assert all(type(word.probability) is float and type(word.span.start) is int for word in words)


def test_the_same_speech_gives_the_same_words(whisper: WhisperTranscriber) -> None:
    speech = spoken(0, 10_500)
    assert whisper.words(speech) == whisper.words(speech.copy())


@pytest.mark.parametrize("seconds", [0.4, 5, 20])
@pytest.mark.parametrize("kind", ["silence", "white", "faint", "pink", "hum", "tone"])
def test_what_is_no_speech_gives_no_words(whisper: WhisperTranscriber, kind: str, seconds: float) -> None:
    assert whisper.words(not_speech(kind, seconds)) == []


def test_hardly_anything_gives_no_words(whisper: WhisperTranscriber) -> None:
    for samples in (0, 1, SAMPLES_PER_MS, 10 * SAMPLES_PER_MS):
        assert whisper.words(np.full(samples, 0.1, dtype=np.float32)) == []


def test_a_piece_longer_than_the_window_is_refused(whisper: WhisperTranscriber) -> None:
    with pytest.raises(ValueError, match="at most"):
        whisper.words(np.zeros(31 * SAMPLE_RATE, dtype=np.float32))


def test_nothing_is_asked_of_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a network was asked for")

    folder = weights()
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert WhisperTranscriber(folder).words(spoken(300, 3_000))


@pytest.mark.parametrize("present", [[], ["model.bin"], ["model.bin", "config.json"]])
def test_a_folder_without_weights_is_told(tmp_path: Path, present: list[str]) -> None:
    for name in present:
        (tmp_path / name).write_bytes(b"{}")
    with pytest.raises(MissingModel, match="no transcription weights") as error:
        WhisperTranscriber(tmp_path)
    assert "listener models" in error.value.hint


def test_broken_weights_are_told(tmp_path: Path) -> None:
    for name in ("model.bin", "config.json", "tokenizer.json"):
        (tmp_path / name).write_bytes(b"{}")
    with pytest.raises(MissingModel, match="cannot be loaded"):
        WhisperTranscriber(tmp_path)


@pytest.mark.parametrize("version", ["good", "poor"])
def test_a_dialogue_gives_each_partner_most_of_their_words(whisper: WhisperTranscriber, version: str) -> None:
    truth = json.loads((DIALOGUE / version / "truth.json").read_text())
    speech = tuple(
        Ipu(partner, Span(round(start * 1000), round(end * 1000)))
        for partner in PARTNERS
        for start, end in truth["speech"][partner]
    )
    utterances = transcribe(AudioFile(DIALOGUE / version / "mono.flac"), speech, whisper, lambda stage, done: None)
    for partner in PARTNERS:
        expected = {w for line in truth["lines"] if line["speaker"] == partner for w in letters(line["text"])}
        heard = {w for u in utterances if u.partner == partner for w in letters(u.text)}
        assert len(expected & heard) >= 0.8 * len(expected)
    on_speech = [
        any(word.span.overlap_ms(ipu.span) for ipu in speech if ipu.partner == u.partner)
        for u in utterances
        for word in u.words
    ]
    assert all(on_speech)


class Heard:
    """A segment or word as the library gives them."""

    def __init__(self, **fields: object) -> None:
        self.__dict__.update(fields)


def segment(
    text: str, probability: float = 0.9, logprob: float = -0.3, no_speech: float = 0.1, step: float = 0.3
) -> Heard:
    words = [
        Heard(word=f" {token}", start=i * step, end=(i + 1) * step, probability=probability)
        for i, token in enumerate(text.split())
    ]
    return Heard(text=f" {text}", words=words, avg_logprob=logprob, no_speech_prob=no_speech)


@pytest.mark.parametrize(
    "invented",
    [
        segment("I'm sorry.", logprob=-1.2, no_speech=0.8),
        segment("A", logprob=-2.1, no_speech=0.4),
        segment("beep " * 60),
        segment("I'm going to do it.", step=0.0),
        segment("Thank you.", probability=0.3),
        segment("you", probability=0.1, logprob=-0.87, no_speech=0.94),
    ],
)
def test_invented_segments_are_dropped(invented: Heard) -> None:
    real = segment("Could we try one hour tonight?")
    assert _believable([real, invented]) == [real]  # type: ignore[list-item,comparison-overlap]


def test_said_thanks_and_doubtful_but_spoken_words_stay() -> None:
    kept = [segment("Thank you.", probability=0.9), segment("Um, fine.", logprob=-1.2, no_speech=0.2)]
    assert _believable(kept) == kept  # type: ignore[arg-type,comparison-overlap]


def test_a_loop_is_heard_once_or_in_noise_not_at_all() -> None:
    loop = [segment("I'm going to go to the next one.") for _ in range(12)]
    assert _believable(loop) == loop[:1]  # type: ignore[arg-type,comparison-overlap]
    noise = [segment("I'm going to go to the next one.", no_speech=0.84) for _ in range(12)]
    assert _believable(noise) == []  # type: ignore[arg-type]


def test_times_are_made_ordered_and_inside_the_piece() -> None:
    heard = [
        Heard(word=" one", start=0.5, end=0.5, probability=0.5),
        Heard(word=" two", start=0.4, end=0.8, probability=0.5),
        Heard(word=" ...", start=0.8, end=0.9, probability=0.5),
        Heard(word=" three", start=0.98, end=1.5, probability=0.5),
    ]
    assert _timed(heard, 1_000) == [  # type: ignore[arg-type]
        Word("one", Span(500, 540), 0.5),
        Word("two", Span(500, 800), 0.5),
        Word("three", Span(960, 1_000), 0.5),
    ]
