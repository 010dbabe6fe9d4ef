"""Stretches given to the right partner, with embeddings made from two directions and noise."""

from __future__ import annotations

import numpy as np

from listener.analysis.voices import Embedding, Stretch, VoiceParameters, assign, single_voice, told_apart
from listener.domain.span import Span
from listener.domain.speech import PartnerId

RNG = np.random.default_rng(5)
DIMENSIONS = 64


def unit(vector: Embedding) -> Embedding:
    return (vector / np.linalg.norm(vector)).astype(np.float32)


VOICES: dict[PartnerId, Embedding] = {
    "A": unit(RNG.normal(size=DIMENSIONS).astype(np.float32)),
    "B": unit(RNG.normal(size=DIMENSIONS).astype(np.float32)),
}


def stretches(drawing: str, noise: float = 0.12, length_ms: int = 1500) -> list[Stretch]:
    """One stretch a letter, 500 ms apart; `a` and `b` are too short to have an embedding."""
    result = []
    at = 0
    for letter in drawing:
        voice: PartnerId = "A" if letter.upper() == "A" else "B"
        heard = unit(VOICES[voice] + RNG.normal(0, noise, DIMENSIONS).astype(np.float32)) if letter.isupper() else None
        length = length_ms if letter.isupper() else 120
        result.append(Stretch(Span(at, at + length), heard))
        at += length + (500 if letter.isupper() else 20)
    return result


def assigned(drawing: str, enrolled: dict[PartnerId, Embedding]) -> str:
    return "".join(assign(stretches(drawing), enrolled, VoiceParameters()))


def test_enrolled_voices_are_matched() -> None:
    assert assigned("AABABBBAAB", VOICES) == "AABABBBAAB"


def test_without_enrolment_the_first_voice_is_a() -> None:
    assert assigned("AABABB", {}) == "AABABB"
    assert assigned("BBABAA", {}) == "AABABB"


def test_one_enrolled_voice_names_both() -> None:
    assert assigned("AABABB", {"B": VOICES["B"]}) == "AABABB"
    assert assigned("BBABAA", {"A": VOICES["A"]}) == "BBABAA"


def test_what_is_too_short_goes_with_its_neighbour() -> None:
    assert assigned("AbBB", VOICES)[1] == "B"
    assert assigned("BaAA", VOICES)[1] == "A"


def test_a_shifted_enrolment_is_refined_by_the_conversation() -> None:
    room = RNG.normal(0, 0.1, DIMENSIONS).astype(np.float32)
    shifted: dict[PartnerId, Embedding] = {"A": unit(VOICES["A"] + room), "B": unit(VOICES["B"] - room)}
    assert assigned("ABABABABAB", shifted) == "ABABABABAB"


def test_nothing_and_one_voice() -> None:
    assert assign([], {}, VoiceParameters()) == []
    assert assign(stretches("A"), {}, VoiceParameters()) == ["A"]
    assert assign(stretches("B"), {"B": VOICES["B"]}, VoiceParameters()) == ["B"]


def test_the_same_stretches_give_the_same_partners() -> None:
    heard = stretches("ABBAABABAA" * 20)
    assert assign(heard, {}, VoiceParameters()) == assign(heard, {}, VoiceParameters())


def test_an_overlap_is_one_voice_only_where_it_clearly_sounds_so() -> None:
    both = np.stack([VOICES["A"], VOICES["B"]])
    parameters = VoiceParameters()
    for voice, owner in ((VOICES["A"], "A"), (VOICES["B"], "B"), (unit(VOICES["A"] + VOICES["B"]), None)):
        assert single_voice(Stretch(Span(0, 1500), voice), both, parameters) == owner
    assert single_voice(Stretch(Span(0, 1500), None), both, parameters) is None
    assert single_voice(Stretch(Span(0, 1500), VOICES["A"]), None, parameters) is None


def test_voices_are_in_the_order_of_the_partners() -> None:
    cases: list[dict[PartnerId, Embedding]] = [VOICES, {"B": VOICES["B"]}, {}]
    for enrolled in cases:
        found = told_apart(stretches("BBABAAB"), enrolled, VoiceParameters())
        assert found.voices is not None
        first = found.voices[0] if found.partners[0] == "A" else found.voices[1]
        assert float(first @ VOICES["B"]) > 0.8
