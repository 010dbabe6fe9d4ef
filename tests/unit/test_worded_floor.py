"""Kinds of overlap where words are known. Dialogues as (partner, start in s, end in s, text); speech is as said."""

from __future__ import annotations

from itertools import chain

import pytest

from listener.analysis.backchannel_labels import as_on_the_floor
from listener.analysis.floor import Floor, FloorParameters, take_floor
from listener.analysis.said import SaidWords
from listener.app.analyse import labelled
from listener.domain.floor import OverlapKind
from listener.domain.span import Span
from listener.domain.speech import Behaviour, BehaviourLabel, Ipu, PartnerId, Utterance, Word

K = OverlapKind
Line = tuple[PartnerId, float, float, str]
INTERRUPTIONS = {K.INTERRUPTION, K.ATTEMPTED_INTERRUPTION}
STORY = "I told her that we would come on Sunday and then she just went quiet and put the phone down"


def said(*lines: Line, probability: float = 1.0) -> tuple[Utterance, ...]:
    """Utterances whose words share their time evenly."""
    utterances = []
    for partner, start, end, text in lines:
        words = text.split()
        each = (end - start) * 1000 / len(words)
        times = [round(start * 1000 + i * each) for i in range(len(words) + 1)]
        spans = [Span(times[i], times[i + 1]) for i in range(len(words))]
        timed = tuple(Word(word, span, probability) for word, span in zip(words, spans, strict=True))
        utterances.append(Utterance(partner, Span(times[0], times[-1]), text, timed))
    return tuple(sorted(utterances, key=lambda u: (u.span, u.partner)))


def floor_of(utterances: tuple[Utterance, ...]) -> Floor:
    return take_floor([Ipu(u.partner, u.span) for u in utterances], said=SaidWords(utterances))


def kinds(*lines: Line) -> list[OverlapKind]:
    return [overlap.kind for overlap in floor_of(said(*lines)).overlaps]


@pytest.mark.parametrize("response", ["Mm-hmm.", "Uh-huh.", "Yeah.", "Okay.", "Right.", "Wow.", "I see.", "Exactly."])
def test_a_response_while_the_holder_talks_is_a_backchannel(response: str) -> None:
    floor = floor_of(said(("A", 0, 6, STORY), ("B", 3, 3.4, response)))
    assert [(o.kind, o.incomer) for o in floor.overlaps] == [(K.BACKCHANNEL, "B")]
    assert [turn.partner for turn in floor.turns] == ["A"]


def test_responses_may_last_longer_than_a_second() -> None:
    assert kinds(("A", 0, 6, STORY), ("B", 3, 4.4, "Oh wow, really.")) == [K.BACKCHANNEL]
    assert kinds(("A", 0, 6, STORY), ("B", 3, 4.4, "We were late again.")) == [K.ATTEMPTED_INTERRUPTION]


def test_a_yes_in_a_longer_pause_is_a_backchannel_where_the_holder_goes_on() -> None:
    told: tuple[Line, ...] = (("A", 0, 3, "and then she put the phone down"), ("B", 3.9, 4.2, "Yeah."))
    assert kinds(*told, ("A", 5.2, 9, "so I did not call again")) == [K.BACKCHANNEL]
    assert kinds(*told, ("A", 9, 12, "so I did not call again")) == []


def test_a_sound_needs_the_holder_on_one_side_only() -> None:
    told: tuple[Line, ...] = ("A", 0.0, 3.0, "and then she put the phone down"), ("B", 3.5, 3.8, "Mm-hmm.")
    assert kinds(*told, ("A", 9, 12, "so I did not call again")) == [K.BACKCHANNEL]


def test_a_yes_to_a_question_is_an_answer() -> None:
    asked: tuple[Line, ...] = ("A", 0.0, 2.0, "Did you call her?"), ("A", 3.0, 5.0, "Because I did not.")
    floor = floor_of(said(*asked, ("B", 2.3, 2.6, "Yeah.")))
    assert floor.overlaps == ()
    assert [turn.partner for turn in floor.turns] == ["A", "B", "A"]
    stated: tuple[Line, ...] = ("A", 0.0, 2.0, "I did not call her."), ("A", 3.0, 5.0, "I was afraid.")
    assert kinds(*stated, ("B", 2.3, 2.6, "Yeah.")) == [K.BACKCHANNEL]


def test_what_begins_with_a_response_and_goes_on_claims_the_floor() -> None:
    cut: Line = ("A", 0.0, 4.0, "I told her that we would come on Sunday and then")
    assert kinds(cut, ("B", 2.5, 6, "Yeah but you never asked me whether I wanted to come")) == [K.INTERRUPTION]
    parted: tuple[Line, ...] = ("B", 2.0, 2.4, "Yeah."), ("B", 2.9, 6.0, "But you never asked me whether I wanted to")
    assert K.BACKCHANNEL not in kinds(cut, *parted)
    assert K.INTERRUPTION in kinds(cut, *parted)


def test_a_short_start_of_other_words_is_no_backchannel() -> None:
    assert kinds(("A", 0, 6, STORY), ("B", 3, 3.6, "But you")) == [K.ATTEMPTED_INTERRUPTION]
    assert kinds(("A", 0, 6, STORY), ("B", 3, 3.6, "Last Sunday")) == [K.COOPERATIVE]
    assert kinds(("A", 0, 6, STORY), ("B", 3, 3.6, "No.")) == [K.ATTEMPTED_INTERRUPTION]


def test_agreement_is_cooperative() -> None:
    assert kinds(("A", 0, 6, STORY), ("B", 3, 3.8, "Yeah, okay.")) == [K.COOPERATIVE]


def test_what_the_holder_takes_up_is_a_completion() -> None:
    lines: tuple[Line, ...] = (("A", 0, 4, "and so I went there and bought the"), ("A", 5.1, 7, "red roses and a card"))
    assert kinds(*lines, ("B", 3.2, 4.9, "the red roses")) == [K.COOPERATIVE]
    assert kinds(*lines, ("B", 3.2, 4.9, "my mother called")) == [K.INTERRUPTION]


def test_agreement_at_the_end_is_no_interruption() -> None:
    assert kinds(("A", 0, 4, "It was the nicest day of the year"), ("B", 3.2, 4.6, "Yeah, right.")) == [K.COOPERATIVE]


def test_words_that_are_not_sure_leave_it_to_timing() -> None:
    lines: tuple[Line, ...] = (("A", 0, 6, STORY), ("B", 3, 3.6, "But you"))
    unsure = said(*lines, probability=0.3)
    speech = [Ipu(u.partner, u.span) for u in unsure]
    assert take_floor(speech, said=SaidWords(unsure)) == take_floor(speech)


def test_words_that_cover_little_leave_it_to_timing() -> None:
    story, cut_in = said(("A", 0, 4, STORY), ("B", 2.5, 2.9, "Yeah."))
    speech = [Ipu("A", story.span), Ipu("B", Span(2500, 6000))]
    assert take_floor(speech, said=SaidWords((story, cut_in))) == take_floor(speech)


def test_without_word_times_the_utterance_counts() -> None:
    timed = said(("A", 0, 6, STORY), ("B", 3, 3.4, "Wow."), ("B", 4.6, 5.1, "But you"))
    untimed = tuple(Utterance(u.partner, u.span, u.text) for u in timed)
    assert [o.kind for o in floor_of(untimed).overlaps] == [K.BACKCHANNEL, K.ATTEMPTED_INTERRUPTION]


def test_without_words_timing_decides() -> None:
    speech = [Ipu("A", Span(0, 6000)), Ipu("B", Span(3000, 3400))]
    assert take_floor(speech, said=SaidWords(())) == take_floor(speech)


RESPONSES = ("Mm-hmm.", "Yeah.", "Uh-huh, yeah.", "Oh wow.", "Okay.", "Yeah, okay.", "Right right right.", "I see.")


@pytest.mark.parametrize("length", [0.25, 0.9, 1.6, 2.8])
@pytest.mark.parametrize("gap", [0.0, 0.3, 0.9])
def test_response_words_alone_are_never_an_interruption(length: float, gap: float) -> None:
    """Whatever the holder does: talks on, pauses, stops for good in the middle of it."""
    for response in RESPONSES:
        for start in (0.5, 1.9, 2.6, 3.4, 4.1):
            heard: Line = ("B", start, start + length, response)
            going_on: Line = ("A", 4 + gap, 9, STORY)
            for lines in ([("A", 0.0, 4.0, STORY), heard, going_on], [("A", 0.0, 4.0, STORY), heard]):
                assert not INTERRUPTIONS & set(kinds(*lines)), (response, start)


def test_a_monologue_rich_in_backchannels_has_no_interruption() -> None:
    story: list[Line] = [("A", 6.0 * i, 6.0 * i + 5.6, STORY) for i in range(8)]
    listening: list[Line] = [("B", 1.3 + 6.55 * i, 2.6 + 6.55 * i, RESPONSES[i]) for i in range(7)]
    floor = floor_of(said(*story, *listening))
    assert not INTERRUPTIONS & {overlap.kind for overlap in floor.overlaps}
    assert {turn.partner for turn in floor.turns} == {"A"}


def test_labels_say_what_the_floor_says() -> None:
    lines: tuple[Line, ...] = (
        ("A", 0, 6, STORY),
        ("B", 3, 3.4, "Yeah."),
        ("B", 6.4, 6.8, "Yeah."),
        ("B", 6.9, 9, "we could go next week instead"),
    )
    utterances = said(*lines)
    agreed = as_on_the_floor(labelled(utterances), floor_of(utterances).overlaps, FloorParameters().alone_ms)
    shown = [(u.text, u.shows(BehaviourLabel.BACKCHANNEL)) for u in agreed if u.partner == "B"]
    assert shown == [("Yeah.", True), ("Yeah.", False), ("we could go next week instead", False)]


def test_labels_are_added_where_an_event_is_heard() -> None:
    utterances = said(("A", 0, 6, STORY), ("B", 3, 3.4, "Hmm."))
    agreed = as_on_the_floor(utterances, floor_of(utterances).overlaps, FloorParameters().alone_ms)
    assert [b.label for b in chain(*(u.behaviours for u in agreed))] == [BehaviourLabel.BACKCHANNEL]


def test_only_certain_words_take_a_backchannel_away() -> None:
    lines: tuple[Line, ...] = (("A", 0, 6, STORY), ("B", 3, 3.6, "the red one"))
    for probability, kind in ((1.0, K.COOPERATIVE), (0.9, K.BACKCHANNEL)):
        assert [o.kind for o in floor_of(said(*lines, probability=probability)).overlaps] == [kind]


def test_no_label_stands_against_an_event() -> None:
    story, cut_in = said(("A", 0, 6, STORY), ("B", 3, 3.6, "But you"))
    called = Utterance("B", cut_in.span, cut_in.text, cut_in.words, (Behaviour(BehaviourLabel.BACKCHANNEL, 0.8),))
    agreed = as_on_the_floor((story, called), floor_of((story, called)).overlaps, FloorParameters().alone_ms)
    assert agreed == (story, cut_in)
