"""Whose voice, while the talk goes on, with embeddings made from two directions and noise."""

from __future__ import annotations

import numpy as np

from listener.analysis.live_voices import LiveVoices
from listener.analysis.voices import Embedding, Stretch, VoiceParameters
from listener.domain.span import Span
from listener.domain.speech import PartnerId

RNG = np.random.default_rng(11)
DIMENSIONS = 64


def unit(vector: Embedding) -> Embedding:
    return (vector / np.linalg.norm(vector)).astype(np.float32)


VOICES: dict[PartnerId, Embedding] = {
    "A": unit(RNG.normal(size=DIMENSIONS).astype(np.float32)),
    "B": unit(RNG.normal(size=DIMENSIONS).astype(np.float32)),
}


def stretches(drawing: str) -> list[Stretch]:
    """A stretch of 1.5 s a letter, every 2 s."""
    found = []
    for i, letter in enumerate(drawing):
        heard = VOICES["A" if letter == "A" else "B"] + RNG.normal(0, 0.04, DIMENSIONS).astype(np.float32)
        found.append(Stretch(Span(2000 * i, 2000 * i + 1500), unit(heard)))
    return found


def learnt(enrolled: dict[PartnerId, Embedding], drawing: str) -> str:
    voices = LiveVoices(enrolled, VoiceParameters())
    heard = stretches(drawing)
    owners: list[PartnerId] = []
    for end in range(1, len(heard) + 1):
        now = heard[end - 1].span.end
        owners = voices.learn(heard[:end], now) if voices.is_due(now) else voices.owners(heard[:end])
    return "".join(owners)


def test_enrolled_voices_need_no_learning() -> None:
    voices = LiveVoices(VOICES, VoiceParameters())

    assert not voices.is_due(60_000)
    assert voices.enrolled
    assert "".join(voices.owners(stretches("BBABA"))) == "BBABA"


def test_one_voice_alone_is_one_partner() -> None:
    assert learnt({}, "BBBBBBBB") == "AAAAAAAA"
    assert learnt({"B": VOICES["B"]}, "BBBBBB") == "BBBBBB"
    assert learnt({"A": VOICES["A"]}, "BBBBBB") == "BBBBBB"


def test_the_second_voice_is_told_apart_once_it_is_heard() -> None:
    assert learnt({}, "AAAAAAB") == "AAAAAAB"
    assert learnt({}, "BBBBBBAABB") == "AAAAAABBAA"


def test_voices_keep_their_names_when_the_beginning_is_forgotten() -> None:
    voices = LiveVoices({}, VoiceParameters())
    voices.learn(stretches("AABBAB"), 12_000)

    assert "".join(voices.learn(stretches("BBABAA"), 700_000)) == "BBABAA"
    assert voices.told_apart
