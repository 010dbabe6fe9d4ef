"""Each cause calls for its own thing to try, and names how often and when it was found."""

from __future__ import annotations

import dataclasses

import pytest

from listener.analysis.conversation import Conversation
from listener.domain.floor import FloorTransfer, Overlap, OverlapKind
from listener.domain.practice import Role, RoleSpan
from listener.domain.span import Span
from listener.domain.speech import BehaviourLabel
from tests.advised import TALK, advised, only, to_try, with_labels
from tests.drawn_talk import GOOD, drawn, labelled, shown, talk

L = BehaviourLabel


def speaker_a(end: int = 99_000) -> tuple[RoleSpan, ...]:
    return (RoleSpan(Span(0, end), {"A": Role.SPEAKER, "B": Role.LISTENER}),)


@pytest.mark.parametrize(
    ("label", "wanted"),
    [
        (L.BLAME, "as blame"),
        (L.JUDGEMENT, "verdict"),
        (L.DISMISSAL, "small"),
        (L.ADVICE, "just listen?"),
    ],
)
def test_no_judgement_names_what_it_was_how_often_and_when(label: BehaviourLabel, wanted: str) -> None:
    told = to_try(with_labels(TALK, label), "no-judgement")
    assert told.startswith("Ben, ")
    assert wanted in told
    assert "“The market is open late on Fridays”" in told
    assert "(twice, first at 0:04)" in told


def test_the_reason_found_most_often_is_the_cause() -> None:
    said = list(labelled(TALK))
    for at, label in ((1, L.JUDGEMENT), (3, L.BLAME), (5, L.BLAME)):
        said[at] = shown(said[at], label)
    told = to_try(talk(said), "no-judgement")
    assert "as blame" in told
    assert "twice, first at 0:13" in told


def test_a_moment_that_also_gives_back_is_not_held_against_anybody() -> None:
    said = list(labelled(TALK))
    said[1] = shown(said[1], L.DISMISSAL, L.REFLECTION)
    for at in (3, 5):
        said[at] = shown(said[at], L.DISMISSAL)
    assert "twice, first at 0:13" in to_try(talk(said), "no-judgement")


def late(*offsets: int) -> Conversation:
    quiet = drawn("####....####....####....####....", "....####....####....####....####", 1_000)
    starts = [turn.span.start for turn in quiet.turns if turn.partner == "B"]
    return dataclasses.replace(
        quiet, transfers=tuple(FloorTransfer("B", at, offset) for at, offset in zip(starts, offsets, strict=True))
    )


@pytest.mark.parametrize(
    ("offsets", "wanted"),
    [
        ((4_000, 100, 5_000, 3_000), "waited a long while for your answer: three times, first at 0:04."),
        ((100, -900, -900, -900), "came in before Anna had quite ended: three times, first at 0:12."),
    ],
)
def test_full_attention_tells_late_from_early_answers(offsets: tuple[int, ...], wanted: str) -> None:
    assert wanted in to_try(late(*offsets), "full-attention")


def test_full_attention_tells_changes_of_subject() -> None:
    told = to_try(with_labels(TALK, L.TOPIC_SHIFT), "full-attention")
    assert "“The market is open late on Fridays”" in told
    assert "twice, first at 0:04" in told
    assert "more to that" in told or "one question about what Anna said" in told


def test_few_listening_sounds_point_at_the_longest_stretch() -> None:
    told = to_try(late(100, 100, 100, 5_000), "full-attention")
    assert "mm-hm" in told
    assert "0:00" in told


def cut(kind: OverlapKind, *starts: int) -> Conversation:
    said = talk(labelled(TALK))
    overlaps = tuple(Overlap(Span(at, at + 900), "A", "B", kind, 0.9) for at in starts)
    return dataclasses.replace(said, overlaps=overlaps)


def test_let_them_finish_names_what_the_other_was_saying() -> None:
    told = to_try(cut(OverlapKind.INTERRUPTION, 3_500, 12_500, 21_500), "let-them-finish")
    assert "three times, first at 0:03" in told
    assert "“We met the neighbours at the market today”" in told
    assert "breath" in told or "land first" in told
    attempted = to_try(cut(OverlapKind.ATTEMPTED_INTERRUPTION, 3_500, 12_500, 21_500), "let-them-finish")
    assert "Hold on to the thought" in attempted


def test_in_a_role_the_role_is_named() -> None:
    conversation = dataclasses.replace(cut(OverlapKind.INTERRUPTION, 3_500, 12_500), roles=speaker_a())
    assert to_try(conversation, "let-them-finish").startswith("Ben, as the listener you came in on Anna's “We met")


FEELINGS = """
A: My boss was rude. I'm really worried about the summer.
B: The car needs oil.
A: I feel a bit lonely these days, and nobody sees it.
B: Look at this dog.
A: The rain is heavy today.
B: The roof will hold.
A: The roses are out.
B: The grass as well.
"""


def test_a_missed_feeling_is_given_back_in_its_own_words() -> None:
    told = to_try(talk(labelled(FEELINGS)), "validate")
    assert "twice, first at 0:04" in told
    assert "“The car needs oil”" in told
    assert "“You're really worried. " in told


def test_a_feeling_that_cannot_be_turned_is_only_quoted() -> None:
    odd = FEELINGS.replace("I'm really worried about the summer", "If I'm worried, I never say it, I feel nothing")
    said = list(labelled(odd))
    said[0] = shown(said[0], L.FEELING_STATEMENT)
    told = to_try(talk(said), "validate")
    assert "“You" not in told
    assert "If I'm worried" in told


def test_too_little_kindness_points_at_what_was_told() -> None:
    told = to_try(talk(labelled(FEELINGS)), "compassion")
    assert "(0:00)" in told
    assert "You're really worried" in told


def test_closed_questions_and_too_few_questions_are_told_apart() -> None:
    said = list(labelled(TALK))
    for at in (1, 3, 5):
        said[at] = shown(said[at], L.CLOSED_QUESTION)
    advice = {each.found: each for each in only("deep-talk").guidelines[0].advice}
    closed = to_try(talk(said), "deep-talk", advice["closed-question"])
    assert "three times, first at 0:04" in closed
    assert "“The market is open late on Fridays”" in closed
    few = to_try(talk(labelled(FEELINGS)), "deep-talk")
    assert "(0:00)" in few or "at 0:00" in few
    assert "I'm really worried about the summer" in few


def test_a_request_left_open_is_the_thing_to_try() -> None:
    text = TALK + "A: Will you help me with the letter?\nB: Maybe, if I have time.\n"
    told = to_try(talk(labelled(text)), "keep-promises")
    assert "“Will you help me with the letter?”" in told
    assert "“Maybe, if I have time”" in told


def test_the_floor_is_shared_by_name_and_share() -> None:
    told = to_try(drawn("########################....", "........................####", 1_000), "share-the-floor")
    assert "Anna" in told
    assert "Ben" in told
    assert "86%" in told


def test_praise_counts_and_quotes_what_went_well() -> None:
    (praise,) = advised(talk(labelled(GOOD)), "validate").went_well
    assert "Ben" in praise
    assert "0:04" in praise
    assert "That sounds exhausting. You feel worn out and sad" in praise
    assert "three times" in praise or "four times" in praise


def test_different_conversations_get_different_lines() -> None:
    lines = [
        to_try(with_labels(TALK.replace("market", place), L.DISMISSAL), "no-judgement")
        for place in ("market", "station", "library", "harbour")
    ]
    assert len(set(lines)) == len(lines)
    skeletons = {
        line.replace(place, "market")
        for line, place in zip(lines, ("market", "station", "library", "harbour"), strict=True)
    }
    assert len(skeletons) > 1, "one canned sentence for all"
