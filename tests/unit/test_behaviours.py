from __future__ import annotations

import pytest

from listener.analysis.behaviours import RuleBehaviours
from listener.domain.span import Span
from listener.domain.speech import Utterance
from tests.drawn_talk import labels, utterances


def alone(text: str) -> set[str]:
    return labels(f"B: {text}")[0]


def answer(partner: str, text: str) -> set[str]:
    return labels(f"A: {partner}\nB: {text}")[1]


@pytest.mark.parametrize(
    "text",
    [
        "How was it for you?",
        "what was going through your head",
        "So, tell me more about that.",
        "Um, why do you think that happened?",
        "with the move coming up, what worries you most?",
        "Could you describe what you saw?",
        "yeah but what would help you tonight",
        "mm what got you back on your feet",
        "i was wondering what kind of day you had",
    ],
)
def test_open_questions_with_and_without_marks(text: str) -> None:
    assert "open_question" in alone(text)
    assert "closed_question" not in alone(text)


@pytest.mark.parametrize(
    "text",
    [
        "Did you call her?",
        "are you coming on friday",
        "How long have you been waiting?",
        "are the other three coming",
        "so it was on monday or",
        "you go there how often",
        "how many people were there",
        "It was cold, wasn't it?",
        "You went there alone?",
        "When does it start?",
    ],
)
def test_closed_questions_with_and_without_marks(text: str) -> None:
    assert "closed_question" in alone(text)
    assert "open_question" not in alone(text)


@pytest.mark.parametrize("text", ["Why do you always do this?", "What's wrong with you?", "How could you?"])
def test_a_hostile_question_is_no_open_question(text: str) -> None:
    found = alone(text)
    assert "open_question" not in found
    assert found & {"judgement", "blame"}


@pytest.mark.parametrize("text", ["I know what you want.", "What a day.", "He told me how it works."])
def test_a_question_word_alone_asks_nothing(text: str) -> None:
    assert not alone(text) & {"open_question", "closed_question"}


TOLD = "I felt so alone at the party, nobody talked to me and I wanted to go home."


@pytest.mark.parametrize(
    "text",
    [
        "You felt alone.",
        "So you wanted to go home.",
        "it sounds like nobody noticed you",
        "So you were in the middle of them all and alone?",
        "What I hear you say is that you felt left out.",
        "You're saying that the party made you feel alone.",
    ],
)
def test_reflections_return_what_was_told(text: str) -> None:
    assert "reflection" in answer(TOLD, text)


@pytest.mark.parametrize(
    "text",
    [
        "You never talk to anyone at parties.",
        "You're so dramatic about parties.",
        "You should have talked to somebody.",
        "You need to go to more parties.",
        "Why did you want to go home?",
        "I went to a party last year.",
        "You always feel alone at every party.",
        "You said you would stay until the end, and you left.",
    ],
)
def test_blame_demands_and_questions_about_you_are_no_reflection(text: str) -> None:
    assert "reflection" not in answer(TOLD, text)


def test_there_is_nothing_to_reflect_before_the_partner_has_spoken() -> None:
    assert "reflection" not in alone("You felt alone.")


def test_returning_the_partners_own_always_is_a_reflection_not_blame() -> None:
    found = answer("I always end up cleaning the kitchen alone.", "You always end up cleaning the kitchen alone.")
    assert "reflection" in found
    assert "blame" not in found


def test_a_feeling_word_is_a_feeling_after_a_question_and_a_reflection_after_a_story() -> None:
    assert "feeling_statement" in answer("How do you feel about it?", "Nervous.")
    returned = answer("I have practised for weeks and still I can't sleep.", "Nervous.")
    assert "reflection" in returned
    assert "feeling_statement" not in returned


def test_a_reflection_goes_on_over_a_listening_sound_but_not_over_a_turn() -> None:
    told = "A: I work at night and it wears me out.\nB: So you are exhausted from the nights,\n"
    assert "reflection" in labels(told + "A: Mm-hm.\nB: and it never lets up.")[3]
    assert "reflection" not in labels(told + "A: The bus was late again.\nB: It never comes before nine.")[3]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("That makes sense.", "validation"),
        ("I can see why you were upset.", "validation"),
        ("anyone would be angry after that", "validation"),
        ("that sounds really hard", "validation"),
        ("It must have been scary for you.", "perspective_taking"),
        ("From your point of view it looks unfair.", "perspective_taking"),
        ("I'm here for you.", "support"),
        ("Let me help you with the boxes.", "support"),
        ("do you want me to call her", "support"),
        ("We'll figure it out together.", "support"),
        ("Well done, I'm proud of you.", "affirmation"),
        ("you're so patient with them", "affirmation"),
        ("Thank you for telling me.", "appreciation"),
        ("I love how you make me laugh.", "appreciation"),
        ("I'm sorry I was late.", "apology"),
        ("im so sorry i forgot your birthday", "apology"),
        ("I should have listened.", "apology"),
        ("You should call your mother.", "advice"),
        ("Why don't you just quit?", "advice"),
        ("just write it down", "advice"),
        ("If he calls again, tell him no.", "advice"),
        ("You're too sensitive.", "judgement"),
        ("That's ridiculous.", "judgement"),
        ("don't be so childish", "judgement"),
        ("You never listen to me.", "blame"),
        ("you just always forget", "blame"),
        ("It's all your fault.", "blame"),
        ("It's not a big deal.", "dismissal"),
        ("Whatever.", "dismissal"),
        ("calm down", "dismissal"),
        ("At least you still have a job.", "dismissal"),
        ("I'm sorry you feel that way.", "dismissal"),
        ("I'm scared that we are drifting apart.", "feeling_statement"),
        ("i feel kind of lonely in the evenings", "feeling_statement"),
        ("It hurts when you look at your phone.", "feeling_statement"),
        ("I used to hide my drawings from everyone.", "self_disclosure"),
        ("I'll pick you up at six.", "commitment"),
        ("let's go for a walk on saturday", "commitment"),
        ("I promise.", "commitment"),
    ],
)
def test_what_an_utterance_does(text: str, label: str) -> None:
    assert label in alone(text)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("I feel that you are never there.", "feeling_statement"),
        ("I feel like you don't care.", "feeling_statement"),
        ("That makes no sense.", "validation"),
        ("I can't see why you would do that.", "validation"),
        ("It's not ridiculous at all.", "judgement"),
        ("I'm not sorry.", "apology"),
        ("Sorry, what?", "apology"),
        ("I'm sorry you feel that way.", "apology"),
        ("Thanks to you we missed the train.", "appreciation"),
        ("You're always there for me.", "blame"),
        ("I'm afraid I'll cry.", "commitment"),
        ("I'll be honest with you.", "commitment"),
        ("Maybe I'll think about it.", "commitment"),
        ("Tell me what happened.", "advice"),
        ("Take your time.", "advice"),
        ("That's a big deal.", "dismissal"),
    ],
)
def test_what_an_utterance_does_not(text: str, label: str) -> None:
    assert label not in alone(text)


@pytest.mark.parametrize("text", ["Mm-hm.", "uh-huh", "Yeah.", "Oh wow.", "right, okay", "I see.", "Mhm. Mhm."])
def test_listener_responses_are_nothing_else(text: str) -> None:
    assert answer("We drove all the way to the coast.", text) == {"backchannel"}


def test_yes_to_a_question_is_an_answer() -> None:
    assert "backchannel" not in answer("Will you come with me?", "Yeah.")


def test_a_response_with_content_is_no_backchannel() -> None:
    assert "backchannel" not in answer(TOLD, "Yeah, the train was late.")


@pytest.mark.parametrize(
    "text",
    [
        "Anyway, what's for dinner?",
        "So, the garage.",
        "My own boss gave me a rise and we all went out and I got a new desk.",
    ],
)
def test_moving_on_right_after_a_feeling_is_a_topic_shift(text: str) -> None:
    assert "topic_shift" in answer(TOLD, text)


@pytest.mark.parametrize("text", ["What about the party made you so sad?", "I would have felt alone as well."])
def test_staying_with_the_feeling_is_none(text: str) -> None:
    assert "topic_shift" not in answer(TOLD, text)


def test_every_sentence_is_labelled_and_the_utterance_gets_the_union() -> None:
    found = answer(TOLD, "That sounds hard. You felt alone. What did you do then?")
    assert {"validation", "reflection", "open_question"} <= found


def test_long_speech_without_punctuation_is_still_cut_into_its_parts() -> None:
    found = answer(TOLD, "that must have been hard what did you do then i'm sorry i was not with you")
    assert {"perspective_taking", "open_question", "apology"} <= found


def test_fillers_and_false_starts_do_not_matter() -> None:
    assert answer(TOLD, "Um, so- so you, you felt alone.") >= {"reflection"}
    assert "advice" in alone("You- you should, uh, you should call her.")


def test_plain_content_is_information_and_nothing_is_nothing() -> None:
    assert alone("The train leaves at nine from platform four.") == {"information"}
    assert alone("Um.") == set()
    assert alone("[laughs]") == set()


def test_labels_are_sorted_and_probabilities_say_present() -> None:
    for behaviours in RuleBehaviours().label(utterances(f"A: {TOLD}\nB: That sounds hard. You felt alone. Why?")):
        names = [b.label.value for b in behaviours]
        assert names == sorted(names)
        assert all(0.5 <= b.probability <= 0.95 for b in behaviours)


def test_one_answer_for_every_utterance_whatever_it_holds() -> None:
    odd = ["", "?", "…", "'' '", "é ü 你好", "a" * 5_000, "you " * 3_000]
    said = [Utterance("A" if i % 2 else "B", Span(i, i + 1), text) for i, text in enumerate(odd)]
    assert len(RuleBehaviours().label(said)) == len(odd)


def test_a_reflection_with_a_rising_end_asks_as_well() -> None:
    found = answer("Everyone left and I sat there.", "So you felt alone?")
    assert {"reflection", "closed_question"} <= found


def test_next_to_a_plain_question_only_a_clear_reflection_counts() -> None:
    told = "I drink three glasses of wine."
    assert "reflection" not in answer(told, "So three glasses of wine. How often do you go out?")
    assert "reflection" in answer(told, "It sounds like you worry about the wine. What would help?")


def test_how_things_are_for_people_is_information() -> None:
    fact = "The recommendation for most patients is no more than three drinks on any day of the week."
    assert "information" in answer("I drink a lot.", fact + " That is all.")
    assert "information" not in answer("I drink a lot.", "I'll cook tonight, then we sit down and talk it all over.")


def test_words_said_twice_or_thrice_over_count_once() -> None:
    assert alone("and you can you can tell her") == alone("and you can tell her")
