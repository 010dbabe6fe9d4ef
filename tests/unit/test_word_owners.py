"""Whose word it is: of who speaks there, a sentence of one partner under overlap, of nobody where nobody speaks."""

from __future__ import annotations

import pytest

from listener.analysis.word_owners import SLACK_MS, Said, covered_ms, given_out, placed, unheard
from listener.domain.span import Span
from listener.domain.speech import Ipu, PartnerId, Word


def word(text: str, start: int, end: int) -> Word:
    return Word(text, Span(start, end), 0.9)


def evenly(text: str, start: int, step: int = 300) -> list[Word]:
    return [word(token, start + i * step, start + (i + 1) * step) for i, token in enumerate(text.split())]


def by_partner(said: list[Said], partner: PartnerId) -> str:
    return " ".join(s.word.text for s in said if s.partner == partner)


def test_words_go_to_whoever_speaks() -> None:
    speech = [Ipu("A", Span(0, 1_200)), Ipu("B", Span(1_500, 2_400))]
    said = given_out([*evenly("how was your day?", 0), *evenly("long and loud.", 1_500)], speech)
    assert by_partner(said, "A") == "how was your day?"
    assert by_partner(said, "B") == "long and loud."


def test_a_sentence_stays_with_one_partner_under_overlap() -> None:
    speech = [Ipu("A", Span(0, 3_000)), Ipu("B", Span(2_100, 4_200))]
    said = given_out(
        [*evenly("I'd love it if we could have.", 0), *evenly("you're on yours more than me.", 2_100)], speech
    )
    assert by_partner(said, "A") == "I'd love it if we could have."
    assert by_partner(said, "B") == "you're on yours more than me."


def test_a_backchannel_under_speech_takes_no_words() -> None:
    speech = [Ipu("A", Span(0, 6_000)), Ipu("B", Span(3_000, 3_500))]
    said = given_out(
        evenly("and then he said that I should have asked him first before I even went there again", 0), speech
    )
    assert by_partner(said, "B") == ""


def test_words_where_nobody_speaks_are_dropped() -> None:
    speech = [Ipu("A", Span(0, 1_000))]
    said = given_out(
        [word("yes", 100, 400), word("Thanks", 5_000, 5_300), word("you", 1_000 + SLACK_MS + 1, 1_400)], speech
    )
    assert [s.word.text for s in said] == ["yes"]


def test_a_word_beside_speech_is_moved_onto_it() -> None:
    spans = [Span(1_000, 2_000)]
    (early,) = placed([word("so", 800, 900)], "A", spans)
    (late,) = placed([word("there", 2_050, 2_300)], "A", spans)
    (across,) = placed([word("well", 1_900, 2_400)], "A", spans)
    (point,) = placed([word("ah", 2_100, 2_100)], "A", spans)
    assert point.word.span.overlap_ms(spans[0]) > 0
    assert spans[0].start == early.word.span.start < early.word.span.end <= 1_100
    assert spans[0].end == late.word.span.end > late.word.span.start >= 1_900
    assert across.word.span == Span(1_900, 2_000)


@pytest.mark.parametrize("shift", range(-400, 401, 50))
def test_placed_words_are_ordered_and_on_speech(shift: int) -> None:
    spans = [Span(1_000, 1_900), Span(2_200, 3_000)]
    said = placed(evenly("one two three four five six seven", 950 + shift), "B", spans)
    starts = [s.word.span.start for s in said]
    assert starts == sorted(starts)
    assert all(any(s.word.span.overlap_ms(span) for span in spans) for s in said)
    assert all(s.word.span.duration_ms > 0 for s in said)


def test_no_words_and_no_speech() -> None:
    assert given_out([], [Ipu("A", Span(0, 1_000))]) == []
    assert given_out([word("you", 0, 500)], []) == []
    assert unheard([], []) == []


def test_a_passed_over_unit_is_found_without_what_lies_under_the_other() -> None:
    speech = [Ipu("A", Span(0, 3_000)), Ipu("B", Span(2_500, 6_000)), Ipu("B", Span(7_000, 7_500))]
    heard = placed(evenly("one two three four five six seven eight nine ten", 0), "A", [Span(0, 3_000)])
    assert unheard(heard, speech) == [Ipu("B", Span(3_000, 6_000))]


def test_a_word_stretched_over_speech_does_not_hide_it() -> None:
    speech = [Ipu("B", Span(0, 4_000))]
    assert unheard([Said("B", word("we", 0, 4_000))], speech) == speech
    assert covered_ms([Said("B", word("we", 0, 4_000))], speech[0]) < 1_000


def test_a_wordless_backchannel_is_not_looked_for() -> None:
    speech = [Ipu("A", Span(0, 6_000)), Ipu("B", Span(3_000, 3_500)), Ipu("B", Span(8_000, 8_500))]
    heard = placed(evenly("la " * 20, 0), "A", [Span(0, 6_000)])
    assert unheard(heard, speech) == []
