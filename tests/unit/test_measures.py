from __future__ import annotations

import dataclasses

import pytest

from listener.analysis.conversation import Conversation
from listener.analysis.measures import MEASURE_IDS, Finding, measure, needs_words
from listener.analysis.reasons import Reason
from listener.domain.floor import FloorTransfer, Overlap, OverlapKind
from listener.domain.practice import Role, RoleSpan
from listener.domain.span import Span
from listener.domain.speech import Ipu, PartnerId
from tests.drawn_talk import GOOD, POOR, drawn, labelled, talk

VOICE = {"raised_voice_share", "softer_voice_share"}
SOUND = {
    "backchannels_per_minute",
    "interruptions_per_minute",
    "replies_in_time",
    "speaking_share",
    "long_turn_share",
}


def found(conversation: Conversation, measure_id: str, listener: PartnerId = "B") -> Finding:
    finding = measure(conversation, measure_id, listener)
    assert finding is not None
    return finding


def counts(conversation: Conversation, measure_id: str, listener: PartnerId = "B") -> tuple[int, int]:
    measured = found(conversation, measure_id, listener).measurement
    return measured.part, measured.whole


def reasons(finding: Finding) -> list[str]:
    return [each.reason for each in finding.evidence]


def overlap(kind: OverlapKind, start: int, end: int, incomer: PartnerId = "B") -> Overlap:
    return Overlap(Span(start, end), "A" if incomer == "B" else "B", incomer, kind, 0.9)


def speaker_a_first(switch: int, end: int) -> tuple[RoleSpan, RoleSpan]:
    return (
        RoleSpan(Span(0, switch), {"A": Role.SPEAKER, "B": Role.LISTENER}),
        RoleSpan(Span(switch, end), {"A": Role.LISTENER, "B": Role.SPEAKER}),
    )


def test_without_words_only_sound_is_measured() -> None:
    silent = drawn("####....", "....####", 1_000)
    assert {each for each in MEASURE_IDS if measure(silent, each, "A") is not None} == SOUND
    assert {each for each in MEASURE_IDS if not needs_words(each)} == SOUND | {"raised_voice_share"}


def test_without_sound_no_voice_is_measured() -> None:
    assert {each for each in MEASURE_IDS if measure(talk(labelled(GOOD)), each, "A") is None} == VOICE


def test_an_unknown_measure_is_an_error() -> None:
    with pytest.raises(KeyError):
        measure(drawn("#", ".", 1_000), "charm", "A")


def test_every_measure_keeps_its_own_name_and_part_within_its_whole() -> None:
    conversation = talk(labelled(GOOD))
    for measure_id in MEASURE_IDS - VOICE:
        measured = found(conversation, measure_id).measurement
        assert measured.id == measure_id
        assert measured.unit == ("per_minute" if measure_id.endswith("per_minute") else "share")
        assert 0 <= measured.part <= measured.whole


def test_overlaps_are_counted_for_the_one_who_comes_in() -> None:
    conversation = drawn(
        "####################",
        "..#....####.#.......",
        1_000,
        (
            overlap(OverlapKind.BACKCHANNEL, 2_000, 3_000),
            overlap(OverlapKind.INTERRUPTION, 7_000, 11_000),
            overlap(OverlapKind.ATTEMPTED_INTERRUPTION, 12_000, 13_000),
            overlap(OverlapKind.COOPERATIVE, 14_000, 15_000),
            overlap(OverlapKind.TERMINAL, 19_000, 20_000),
        ),
    )
    assert counts(conversation, "backchannels_per_minute") == (1, 20_000)
    assert counts(conversation, "interruptions_per_minute") == (2, 20_000)
    assert reasons(found(conversation, "interruptions_per_minute")) == [Reason.CUT_IN, Reason.TRIED_TO_CUT_IN]
    assert counts(conversation, "interruptions_per_minute", "A") == (0, 6_000)


def test_a_long_turn_that_nobody_cut_into_speaks_for_the_listener() -> None:
    quiet = drawn("######....", ".......###", 1_000)
    assert reasons(found(quiet, "interruptions_per_minute")) == [Reason.LET_FINISH]


@pytest.mark.parametrize(
    ("offset_ms", "reason"),
    [
        (-201, Reason.REPLY_EARLY),
        (-200, Reason.REPLY_IN_TIME),
        (2_000, Reason.REPLY_IN_TIME),
        (2_001, Reason.REPLY_LATE),
    ],
)
def test_answers_are_early_in_time_or_late(offset_ms: int, reason: Reason) -> None:
    conversation = drawn("####....", "....####", 1_000)
    conversation = dataclasses.replace(conversation, transfers=(FloorTransfer("B", 4_000, offset_ms),))
    finding = found(conversation, "replies_in_time")
    assert (finding.measurement.part, finding.measurement.whole) == (int(reason is Reason.REPLY_IN_TIME), 1)
    assert reasons(finding) == [reason]
    assert finding.evidence[0].span == Span(4_000, 8_000)


def test_speaking_share_counts_speech_of_both_and_overlap_twice() -> None:
    conversation = drawn("######....", "....####..", 1_000)
    assert counts(conversation, "speaking_share", "A") == (6_000, 10_000)
    assert counts(conversation, "speaking_share", "B") == (4_000, 10_000)


def test_only_turns_beyond_a_minute_are_long() -> None:
    conversation = drawn("#" * 12 + "....", "." * 13 + "###", 5_000)
    assert counts(conversation, "long_turn_share", "A") == (0, 60_000)
    longer = drawn("#" * 13 + "....##", "." * 14 + "###", 5_000)
    assert counts(longer, "long_turn_share", "A") == (65_000, 75_000)
    assert reasons(found(longer, "long_turn_share", "A")) == [Reason.LONG_TURN]


def test_in_the_speakers_role_nobody_is_scored_as_listener() -> None:
    conversation = drawn(
        "####....####....",
        "....####....####",
        1_000,
        (overlap(OverlapKind.BACKCHANNEL, 1_000, 1_500), overlap(OverlapKind.BACKCHANNEL, 9_000, 9_500)),
    )
    with_roles = dataclasses.replace(conversation, roles=speaker_a_first(8_000, 16_000))
    assert counts(conversation, "backchannels_per_minute") == (2, 8_000)
    assert counts(with_roles, "backchannels_per_minute") == (1, 4_000)
    assert counts(conversation, "replies_in_time") == (2, 2)
    assert counts(with_roles, "replies_in_time") == (1, 1)
    assert counts(with_roles, "speaking_share") == counts(conversation, "speaking_share")


def test_a_role_for_the_whole_talk_leaves_the_speaker_unmeasured_as_listener() -> None:
    conversation = talk(labelled(GOOD), roles=(RoleSpan(Span(0, 99_000), {"A": Role.SPEAKER, "B": Role.LISTENER}),))
    assert counts(conversation, "reflection_share", "A") == (0, 0)
    assert counts(conversation, "disclosure_share", "A")[0] > 0
    assert counts(conversation, "reflection_share") == counts(talk(labelled(GOOD)), "reflection_share")


def test_backchannels_are_no_utterances() -> None:
    text = "A: I went to the market.\nB: Mm-hm.\nA: It was closed.\nB: You went for nothing."
    assert counts(talk(labelled(text)), "reflection_share")[1] == 1
    assert counts(talk(labelled(text)), "uptake_share")[1] == 1


def test_uptake_is_shared_content_or_returned_meaning() -> None:
    text = """
    A: The garden is full of weeds again.
    B: Weeds grow fast in spring.
    A: I could not sleep because of the exam.
    B: You are worried.
    A: The neighbours bought a dog.
    B: My shoes hurt.
    """
    finding = found(talk(labelled(text)), "uptake_share")
    assert (finding.measurement.part, finding.measurement.whole) == (2, 3)
    assert reasons(finding) == [Reason.TOOK_UP, Reason.TOOK_UP, Reason.PASSED_OVER]


def test_feelings_count_as_met_by_the_next_thing_the_listener_says() -> None:
    text = """
    A: I feel lonely.
    B: Mm-hm.
    A: Really lonely in this town.
    B: That must be hard.
    A: I'm scared of the winter.
    B: The heating is fixed.
    A: I was so angry.
    """
    finding = found(talk(labelled(text)), "feeling_response_share")
    assert finding.measurement.whole == 3
    assert finding.measurement.part == 2
    assert reasons(finding) == [Reason.FEELING_MET, Reason.FEELING_MISSED]
    assert finding.evidence[1].quote == "The heating is fixed."


@pytest.mark.parametrize(
    ("question", "unasked"), [("What should I do?", 0), ("Do you have any advice?", 0), ("She was rude to me.", 1)]
)
def test_advice_is_only_unsolicited_when_nobody_asked(question: str, unasked: int) -> None:
    text = f"A: {question}\nB: You should call her."
    assert counts(talk(labelled(text)), "unsolicited_advice_share") == (unasked, 1)


def test_a_request_for_advice_does_not_last_for_ever() -> None:
    text = (
        "A: What should I do?\nB: Hard to say.\nA: The bus was late.\nB: Was it?\nA: It rained.\nB: You should go home."
    )
    assert counts(talk(labelled(text)), "unsolicited_advice_share")[0] == 1


def test_hedges_are_counted_in_words() -> None:
    conversation = talk(labelled("B: Maybe we could sort of meet on Sunday.\nB: I will be there."))
    assert counts(conversation, "hedge_share") == (2, 12)
    assert reasons(found(conversation, "hedge_share")) == [Reason.HEDGED]


def test_questions_by_kind_and_by_time() -> None:
    text = "A: I went home early today.\nB: What happened?\nA: Nothing much.\nB: Were you ill?\nB: How do you feel now?"
    conversation = talk(labelled(text))
    assert counts(conversation, "open_question_share") == (2, 3)
    assert counts(conversation, "questions_per_minute") == (2, 8_000)


def test_a_story_that_pushes_the_partner_aside_is_no_opening_up() -> None:
    text = "A: I feel so sad about grandma.\nB: I went to a game and my team won and I got my new scarf there."
    conversation = talk(labelled(text))
    assert counts(conversation, "topic_shift_share") == (1, 1)
    assert counts(conversation, "disclosure_share") == (0, 1)


def test_a_story_right_after_a_brush_off_is_no_opening_up_and_one_later_is() -> None:
    told = "A: I feel so sad about grandma.\nB: You are overreacting.\nB: I cried at a wedding."
    assert counts(talk(labelled(told)), "disclosure_share") == (0, 2)
    later = f"{told}\nA: I miss her soup.\nB: I miss my own grandma."
    assert counts(talk(labelled(later)), "disclosure_share") == (1, 3)


def test_a_question_that_leads_elsewhere_goes_no_deeper() -> None:
    text = "A: I feel so sad about grandma.\nB: Anyway, what did you do with my keys?\nB: How was she at the end?"
    conversation = talk(labelled(text))
    assert counts(conversation, "open_question_share")[0] == 2
    assert counts(conversation, "questions_per_minute")[0] == 1


def test_the_good_listener_does_better_on_every_count_that_differs() -> None:
    good, poor = talk(labelled(GOOD)), talk(labelled(POOR))
    for better in (
        "reflection_share",
        "feeling_response_share",
        "kindness_share",
        "perspective_share",
        "support_share",
    ):
        assert counts(good, better)[0] > counts(poor, better)[0], better
    for worse in ("judgement_share", "unsolicited_advice_share", "topic_shift_share"):
        assert counts(good, worse)[0] < counts(poor, worse)[0], worse


def test_evidence_is_in_time_order_and_quotes_the_words() -> None:
    for measure_id in MEASURE_IDS - VOICE:
        evidence = found(talk(labelled(POOR)), measure_id).evidence
        assert [each.span for each in evidence] == sorted(each.span for each in evidence)
        assert all(each.quote for each in evidence)
        assert {each.reason for each in evidence} <= {reason.value for reason in Reason}


def test_findings_of_both_partners_add() -> None:
    conversation = talk(labelled(GOOD))
    both = found(conversation, "commitment_share", "A") + found(conversation, "commitment_share", "B")
    assert both.measurement.whole == 9
    assert [each.span for each in both.evidence] == sorted(each.span for each in both.evidence)


def test_an_empty_conversation_counts_nothing() -> None:
    empty = Conversation((), (), (), (), (), (), 0, has_words=True)
    for measure_id in MEASURE_IDS - VOICE:
        assert counts(empty, measure_id) == (0, 0)


def test_adding_speech_of_the_partner_lowers_the_rate() -> None:
    part = (overlap(OverlapKind.INTERRUPTION, 1_000, 2_000),)
    short, long = drawn("####", "....", 1_000, part), drawn("########", "........", 1_000, part)
    short_value = found(short, "interruptions_per_minute").measurement.value
    long_value = found(long, "interruptions_per_minute").measurement.value
    assert short_value is not None
    assert long_value == short_value / 2


def test_speech_heard_twice_at_once_is_counted_once() -> None:
    conversation = drawn("####", "....", 1_000)
    twice = dataclasses.replace(conversation, speech=(*conversation.speech, Ipu("A", Span(1_000, 3_000))))
    assert counts(twice, "interruptions_per_minute") == (0, 4_000)
