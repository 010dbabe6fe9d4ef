"""Where one utterance ends and the next begins."""

from __future__ import annotations

from listener.analysis.utterance_forming import utterances_of
from listener.analysis.word_owners import Said
from listener.domain.span import Span
from listener.domain.speech import Ipu, PartnerId, Word


def said(partner: PartnerId, text: str, start: int, end: int) -> Said:
    return Said(partner, Word(text, Span(start, end), 0.87654321))


def texts(words: list[Said], speech: list[Ipu] | None = None) -> list[str]:
    return [u.text for u in utterances_of(words, speech or [])]


def test_a_long_pause_ends_an_utterance_and_a_short_one_does_not() -> None:
    assert texts([said("A", "well", 0, 300), said("A", "then", 999, 1_200)]) == ["well then"]
    assert texts([said("A", "well", 0, 300), said("A", "then", 1_000, 1_200)]) == ["well", "then"]


def test_a_sentence_with_a_pause_ends_an_utterance() -> None:
    assert texts([said("A", "Yes.", 0, 300), said("A", "And", 599, 800)]) == ["Yes. And"]
    assert texts([said("A", "Yes.", 0, 300), said("A", "And", 600, 800)]) == ["Yes.", "And"]


def test_the_other_taking_the_floor_ends_an_utterance_but_a_backchannel_does_not() -> None:
    words = [said("A", "and", 0, 300), said("A", "then", 700, 900)]
    assert texts(words, [Ipu("B", Span(250, 1_300))]) == ["and", "then"]
    assert texts(words, [Ipu("B", Span(250, 650))]) == ["and then"]


def test_utterances_of_both_in_time_order_with_tidy_words() -> None:
    words = [
        said("B", "mine", 0, 500),
        said("A", "two", 250, 400),
        said("A", "one", 0, 300),
        said("B", "late", 5_000, 5_100),
    ]
    utterances = utterances_of(words, [])
    assert [(u.partner, u.span) for u in utterances] == [
        ("A", Span(0, 400)),
        ("B", Span(0, 500)),
        ("B", Span(5_000, 5_100)),
    ]
    assert utterances[0].words == (Word("one", Span(0, 250), 0.8765), Word("two", Span(250, 400), 0.8765))


def test_no_words_make_no_utterances() -> None:
    assert utterances_of([], [Ipu("A", Span(0, 5_000))]) == ()
