"""A voice is raised against the same person's calm talk: louder and higher, for a while."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from listener.analysis.manner_parameters import MannerParameters
from listener.analysis.speech_rate import syllable_rate, syllables
from listener.analysis.voice_manner import Manner, manner_of, weighted_median
from listener.analysis.voice_stretches import alone, voice_stretches
from listener.domain.span import Ms, Span
from listener.domain.speech import Ipu, PartnerId, Utterance, Word
from listener.domain.voice import EnrolledPitch, RaisedVoice, Voices, VoiceStretch
from tests.drawn_voices import Hum, Talk, ToneTracker, calm, turns

P = MannerParameters()
HEATED = [*calm(7), *turns(*[(8, 3, 0, 0)] * 5), *calm(3)]
"""A speaks 8 dB louder and 3 semitones higher for five turns."""
FROM, TO = 14 * 3_300, 23 * 3_300 - 300


def manner(talk: Talk, utterances: tuple[Utterance, ...] = (), parameters: MannerParameters = P) -> Manner:
    stretches = voice_stretches(talk, talk.speech, talk.channels == 2, ToneTracker(), parameters)
    return manner_of(Voices(stretches), utterances, parameters)


def raised(talk: Talk) -> list[tuple[PartnerId, Span]]:
    return [(time.partner, time.span) for time in manner(talk).raised]


@pytest.mark.parametrize("channels", [1, 2])
def test_a_voice_louder_and_higher_than_its_own_calm_talk_is_found(channels: int) -> None:
    (found,) = manner(Talk(HEATED, channels)).raised
    assert (found.partner, found.span) == ("A", Span(FROM, TO))
    assert found.louder_db == pytest.approx(8, abs=0.5)
    assert found.higher_semitones == pytest.approx(3, abs=0.3)
    assert found.faster is None


@pytest.mark.parametrize("channels", [1, 2])
def test_the_partners_may_change_places(channels: int) -> None:
    talk = Talk(HEATED, channels, usual_db={"A": -35.0, "B": -20.0})
    # The tones of the two differ, so that of swapped partners is another one: what is raised is not.
    assert raised(talk.swapped()) == [("B", Span(FROM, TO))]
    assert raised(talk) == [("A", Span(FROM, TO))]


@pytest.mark.parametrize("gain", [1e-2, 0.3, 3.0])
def test_the_gain_of_the_recording_does_not_matter(gain: float) -> None:
    assert raised(Talk(HEATED, gain=gain)) == raised(Talk(HEATED))


def test_a_loud_voice_beside_a_soft_one_is_not_raised() -> None:
    assert raised(Talk(calm(12), usual_db={"A": -15.0, "B": -45.0})) == []


@pytest.mark.parametrize("row", [(8, 0, 0, 0), (0, 3, 0, 0), (8, 14, 0, 0), (-8, 3, 0, 0)])
def test_neither_louder_nor_higher_alone_nor_another_voice_is_raised(row: tuple[float, float, float, float]) -> None:
    assert raised(Talk([*calm(7), *turns(*[row] * 5)])) == []


def test_a_gain_turned_up_raises_no_voice() -> None:
    assert raised(Talk(calm(16), turned_up=(53.0, 8.0))) == []
    higher = [*calm(8), *turns(*[(0, 3, 0, 0)] * 8)]
    assert raised(Talk(higher, turned_up=(52.8, 8.0))) == []


def test_both_may_become_heated() -> None:
    both = [*calm(7), *turns(*[(8, 3, 9, 4)] * 5)]
    assert [partner for partner, _ in raised(Talk(both))] == ["A", "B"]


def test_half_of_the_talk_may_be_heated() -> None:
    assert [partner for partner, _ in raised(Talk([*calm(8), *turns(*[(8, 3, 0, 0)] * 8)]))] == ["A"]


def test_one_loud_sentence_is_no_raised_voice() -> None:
    assert raised(Talk([*calm(7), *turns((10, 4, 0, 0), (10, 4, 0, 0)), *calm(4)])) == []


def test_raised_stretches_far_apart_do_not_add_up() -> None:
    apart = [*turns((8, 3, 0, 0)), Hum("B", 25)]
    assert raised(Talk([*calm(8), *apart * 5])) == []


@pytest.mark.parametrize("hums", [calm(6), [Hum("A", 60.0)], []])
def test_monotone_and_short_talk_say_nothing(hums: list[Hum]) -> None:
    assert manner(Talk(hums)).raised == ()


def test_under_twenty_seconds_of_own_talk_nobody_has_a_baseline() -> None:
    assert manner(Talk(calm(6))).hint().known == ()
    assert manner(Talk([*calm(6), Hum("A", 3.0)])).hint().known == ("A",)


def test_silence_taken_for_speech_is_no_voice() -> None:
    talk = Talk(calm(12), gain=0.0)
    assert manner(talk).raised == ()


def test_calm_talk_costs_one_pass_and_no_pitch() -> None:
    talk, tracker = Talk(calm(12)), ToneTracker()
    found = voice_stretches(talk, talk.speech, False, tracker, P)
    assert (talk.streamed, tracker.followed_ms) == (1, 0)
    assert all(each.pitch_hz is None for each in found)


def test_of_long_calm_talk_a_sample_is_followed() -> None:
    talk, tracker = Talk([*calm(60), *turns(*[(8, 3, 0, 0)] * 4)]), ToneTracker()
    voice_stretches(talk, talk.speech, False, tracker, P)
    assert talk.streamed == 2
    assert tracker.followed_ms <= P.pitch_ms + 12_000 + 300


def test_the_same_talk_gives_the_same_findings() -> None:
    assert manner(Talk(HEATED)) == manner(Talk(HEATED))


def test_only_talk_alone_is_compared() -> None:
    speech = [Ipu("A", Span(0, 4_000)), Ipu("B", Span(1_000, 1_400)), Ipu("A", Span(5_000, 5_300))]
    assert alone(speech, "A", P) == [Span(0, 1_000), Span(1_400, 4_000)]
    assert alone(speech, "B", P) == []
    assert alone([Ipu("A", Span(0, 7_000))], "A", P) == [Span(0, 2_333), Span(2_333, 4_666), Span(4_666, 7_000)]


def drawn_stretches() -> list[VoiceStretch]:
    """A's stretches without sound: calm ones at 120 Hz, then a louder time at 150 Hz."""
    levels = [(-30.0, 120.0)] * 10 + [(-20.0, 150.0)] * 4
    return [VoiceStretch("A", Span(i * 5_000, i * 5_000 + 3_000), *each) for i, each in enumerate(levels)]


def test_the_enrolment_counts_as_calm_talk_for_the_pitch_alone() -> None:
    stretches = tuple(drawn_stretches())
    assert len(manner_of(Voices(stretches), (), P).raised) == 1
    as_high = (EnrolledPitch("A", 150.0, 60_000),)
    assert manner_of(Voices(stretches, as_high), (), P).raised == ()
    unvoiced = tuple(replace(each, pitch_hz=None) for each in stretches)
    assert manner_of(Voices(unvoiced), (), P).raised == ()


def spoken(stretches: list[VoiceStretch], words_in: dict[int, int]) -> tuple[Utterance, ...]:
    """In each stretch so many words of two syllables."""
    result = []
    for i, each in enumerate(stretches):
        count = words_in.get(i, 4)
        step: Ms = each.span.duration_ms // count
        spans = [Span(each.span.start + k * step, each.span.start + (k + 1) * step) for k in range(count)]
        words = tuple(Word("very", span, 0.9) for span in spans)
        result.append(Utterance("A", each.span, " ".join(word.text for word in words), words))
    return tuple(result)


@pytest.mark.parametrize(("words", "faster"), [(6, 1.5), (4, 1.0), (3, 0.75)])
def test_words_tell_whether_it_was_faster(words: int, faster: float) -> None:
    stretches = drawn_stretches()
    said = spoken(stretches, dict.fromkeys(range(10, 14), words))
    (found,) = manner_of(Voices(tuple(stretches)), said, P).raised
    assert found == RaisedVoice("A", Span(50_000, 68_000), 10.0, 3.9, faster)


def test_too_few_words_give_no_rate() -> None:
    stretches = drawn_stretches()
    assert syllable_rate(stretches, spoken(stretches[:1], {})) is None
    assert syllable_rate([], ()) is None


@pytest.mark.parametrize(("word", "count"), [("I", 1), ("really,", 2), ("exhausted", 3), ("naïve", 2), ("mm", 1)])
def test_syllables_are_about_right(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_weighted_median_is_a_value_that_was_there() -> None:
    generator = np.random.default_rng(1)
    for size in (1, 2, 7, 30):
        values, weights = generator.normal(0, 1, size).tolist(), generator.integers(1, 9, size).tolist()
        middle = weighted_median(values, weights)
        below = sum(w for v, w in zip(values, weights, strict=True) if v < middle)
        assert middle in values
        assert below <= sum(weights) / 2 <= below + sum(w for v, w in zip(values, weights, strict=True) if v == middle)
