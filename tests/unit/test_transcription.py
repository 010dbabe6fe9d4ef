"""From streamed audio to utterances, with a transcriber that reads the words off the signal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pytest

from listener.analysis.pieces import PIECE_MS
from listener.analysis.transcription import transcribe
from listener.domain.span import Ms, Span, merged
from listener.domain.speech import PARTNERS, Ipu, PartnerId, Utterance, Word
from listener.ports import SAMPLES_PER_MS, Samples

WORD_MS: Ms = 300
LEVEL = 0.001


class Tape:
    """AudioSource in memory. A's words are positive levels, B's negative: word n has the level n / 1000."""

    def __init__(self, audio: Samples, block_ms: Ms = 1_000) -> None:
        self._audio, self._block, self.passes = audio, block_ms * SAMPLES_PER_MS, 0

    @property
    def channels(self) -> int:
        return len(self._audio)

    @property
    def duration_ms(self) -> Ms:
        return int(self._audio.shape[1]) // SAMPLES_PER_MS

    def blocks(self) -> Iterator[Samples]:
        self.passes += 1
        for start in range(0, self._audio.shape[1], self._block):
            yield self._audio[:, start : start + self._block]


@dataclass
class LevelReader:
    """Transcriber that hears each level as a word, `w5` or `-w5`; those in `deaf_to` it passes over the first time."""

    deaf_to: set[str] = field(default_factory=set)
    invents: bool = False
    pieces: list[Samples] = field(default_factory=list)

    def words(self, speech: Samples) -> list[Word]:
        self.pieces.append(speech)
        values = np.round(speech[::SAMPLES_PER_MS] / LEVEL).astype(int)
        found: list[Word] = []
        for value in dict.fromkeys(values[values != 0].tolist()):
            at = np.flatnonzero(values == value)
            text = f"w{value}" if value > 0 else f"-w{-value}"
            if text in self.deaf_to:
                self.deaf_to.discard(text)
            else:
                found.append(Word(text, Span(int(at[0]), int(at[-1]) + 1), 0.123456789))
        if self.invents:
            found.append(Word("Thanks", Span(speech.size // SAMPLES_PER_MS - 10, speech.size // SAMPLES_PER_MS), 0.9))
        return sorted(found, key=lambda word: word.span)


def spoken(turns: list[tuple[PartnerId, Ms, int]], duration_ms: Ms, channels: int = 1) -> tuple[Samples, list[Ipu]]:
    """Audio and speech of turns (partner, start, number of words); the words of each partner are counted through."""
    audio = np.zeros((channels, duration_ms * SAMPLES_PER_MS), dtype=np.float32)
    speech: list[Ipu] = []
    counts = {"A": 0, "B": 0}
    for partner, start, number in turns:
        for i in range(number):
            counts[partner] += 1
            at = (start + i * WORD_MS) * SAMPLES_PER_MS
            channel = PARTNERS.index(partner) if channels == 2 else 0
            level = counts[partner] * LEVEL * (1 if partner == "A" else -1)
            audio[channel, at : at + WORD_MS * SAMPLES_PER_MS] += level
        speech.append(Ipu(partner, Span(start, start + number * WORD_MS)))
    return audio, speech


def heard(audio: Samples, speech: list[Ipu], transcriber: LevelReader) -> tuple[Utterance, ...]:
    return transcribe(Tape(audio), tuple(speech), transcriber, lambda stage, done: None)


DIALOGUE: list[tuple[PartnerId, Ms, int]] = [("A", 1_000, 5), ("B", 3_000, 3), ("A", 9_000, 4), ("B", 40_000, 6)]


@pytest.mark.parametrize("channels", [1, 2])
def test_every_word_at_its_time_with_its_partner(channels: int) -> None:
    audio, speech = spoken(DIALOGUE, 45_000, channels)
    utterances = heard(audio, speech, LevelReader())
    assert [(u.partner, u.span, u.text) for u in utterances] == [
        ("A", Span(1_000, 2_500), "w1 w2 w3 w4 w5"),
        ("B", Span(3_000, 3_900), "-w1 -w2 -w3"),
        ("A", Span(9_000, 10_200), "w6 w7 w8 w9"),
        ("B", Span(40_000, 41_800), "-w4 -w5 -w6 -w7 -w8 -w9"),
    ]
    assert utterances[0].words[1] == Word("w2", Span(1_300, 1_600), 0.1235)


def test_two_microphones_keep_simultaneous_words_apart() -> None:
    audio, speech = spoken([("A", 1_000, 10), ("B", 2_000, 8)], 6_000, channels=2)
    utterances = heard(audio, speech, LevelReader())
    assert [(u.partner, len(u.words)) for u in utterances] == [("A", 10), ("B", 8)]


def test_a_copy_on_two_channels_can_be_taken_as_one_microphone() -> None:
    audio, speech = spoken(DIALOGUE, 45_000)
    both = np.concatenate([audio, audio])
    utterances = transcribe(Tape(both), tuple(speech), LevelReader(), lambda stage, done: None, mics="one")
    assert utterances == heard(audio, speech, LevelReader())


def test_where_nobody_speaks_nothing_is_transcribed() -> None:
    audio, speech = spoken(DIALOGUE, 45_000)
    audio[:, 20_000 * SAMPLES_PER_MS : 30_000 * SAMPLES_PER_MS] = 77 * LEVEL
    transcriber = LevelReader()
    assert "w77" not in " ".join(u.text for u in heard(audio, speech, transcriber))
    assert sum(piece.size for piece in transcriber.pieces) < 10_000 * SAMPLES_PER_MS
    silent = LevelReader()
    assert heard(audio, [], silent) == ()
    assert silent.pieces == []


def test_words_invented_after_the_end_of_speech_stay_on_speech() -> None:
    audio, speech = spoken(DIALOGUE, 45_000)
    utterances = heard(audio, speech, LevelReader(invents=True))
    spans = merged(ipu.span for ipu in speech)
    assert all(any(word.span.overlap_ms(span) for span in spans) for u in utterances for word in u.words)


def test_what_was_passed_over_is_heard_by_itself() -> None:
    audio, speech = spoken(DIALOGUE, 45_000)
    missing = LevelReader(deaf_to={"-w1", "-w2", "-w3"})
    assert heard(audio, speech, missing) == heard(audio, speech, LevelReader())
    assert len(missing.pieces) == 2


def test_a_backchannel_without_words_stays_so() -> None:
    audio, speech = spoken([("A", 0, 20)], 8_000)
    speech.append(Ipu("B", Span(3_000, 3_500)))
    transcriber = LevelReader()
    assert [u.partner for u in heard(audio, speech, transcriber)] == ["A"]
    assert len(transcriber.pieces) == 1


def test_a_pause_within_a_turn_parts_utterances() -> None:
    audio, speech = spoken([("A", 0, 3), ("A", 1_400, 3), ("A", 3_100, 2)], 5_000)
    assert [u.text for u in heard(audio, speech, LevelReader())] == ["w1 w2 w3 w4 w5 w6", "w7 w8"]


def test_words_of_a_file_cut_short_are_what_is_there() -> None:
    audio, speech = spoken(DIALOGUE, 45_000)
    utterances = heard(audio[:, : 10_000 * SAMPLES_PER_MS], speech, LevelReader())
    assert [u.text for u in utterances] == ["w1 w2 w3 w4 w5", "-w1 -w2 -w3", "w6 w7 w8 w9"]
    assert heard(audio[:, :0], speech, LevelReader()) == ()


def test_pieces_fit_the_transcriber_and_progress_is_told() -> None:
    turns: list[tuple[PartnerId, Ms, int]] = [(PARTNERS[i % 2], i * 4_000, 12) for i in range(60)]
    audio, speech = spoken(turns, 241_000, channels=2)
    transcriber, told = LevelReader(), list[float]()
    utterances = transcribe(Tape(audio), tuple(speech), transcriber, lambda stage, done: told.append(done))
    assert sum(len(u.words) for u in utterances) == 60 * 12
    assert all(piece.size <= PIECE_MS * SAMPLES_PER_MS for piece in transcriber.pieces)
    assert told == sorted(told)
    assert told[-1] == 1.0
