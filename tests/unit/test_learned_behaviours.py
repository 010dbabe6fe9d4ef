from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from listener.analysis.behaviours.features import LABELS, answers, features, ngrams_of, read, rule_scores
from listener.analysis.behaviours.habits import LONGEST_MOVE, moves
from listener.analysis.behaviours.learned import Heads, LearnedBehaviours, brief, decided, weighed
from listener.analysis.behaviours.rules import RuleBehaviours
from listener.domain.speech import Behaviour, BehaviourLabel, PartnerId
from listener.ports import Answer
from tests.drawn_talk import GOOD, POOR, utterances

L = BehaviourLabel
VALIDATION = LABELS.index(L.VALIDATION)
MARKS = 8
QUESTIONS = {L.OPEN_QUESTION, L.CLOSED_QUESTION}
SUFFICES = {L.ADVICE, L.COMMITMENT, L.INFORMATION, L.TOPIC_SHIFT}


class Letters:
    """SentenceEncoder: a few letters counted, unit length; the same text always gives the same numbers."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.array([[text.lower().count(letter) + 0.1 for letter in "aeiounst"] for text in texts])
        rows = rows.reshape(len(texts), MARKS)
        unit: NDArray[np.float32] = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
        return unit


class Silent:
    """AnswerReader: the same score for everything."""

    def __init__(self, score: float = 0.0) -> None:
        self._score = score

    def scores(self, answers: Sequence[Answer]) -> NDArray[np.float32]:
        return np.full((len(answers), len(LABELS)), self._score, dtype=np.float32)


def rows(text: str, ngrams: dict[str, int] | None = None) -> NDArray[np.float32]:
    said = utterances(text)
    return features(said, read(said, Letters()), ngrams or {})


def heads(trust: float, bias: float = 0.0, ngrams: dict[str, int] | None = None, share: float = 0.0) -> Heads:
    """Heads that answer with their bias alone; from a sum of 0 on a label is present."""
    width = rows(GOOD, ngrams or {}).shape[1]
    shape = (width, len(LABELS))
    ones = np.ones(len(LABELS), dtype=np.float32)
    return Heads(np.zeros(shape, dtype=np.float32), bias * ones, share * ones, 0 * ones, trust * ones, ngrams or {})


def labels_of(found: Sequence[Behaviour]) -> set[L]:
    return {behaviour.label for behaviour in found}


def test_questions_are_the_rules_alone() -> None:
    said = utterances(GOOD + POOR)
    ruled = [labels_of(found) & QUESTIONS for found in RuleBehaviours().label(said)]
    for bias in (-9.0, 9.0):
        learned = LearnedBehaviours(Letters(), Silent(), heads(trust=0.0, bias=bias)).label(said)
        assert [labels_of(found) & QUESTIONS for found in learned] == ruled
    assert any(ruled)


def test_without_trust_in_the_rules_the_heads_decide() -> None:
    sure = LearnedBehaviours(Letters(), Silent(), heads(trust=0.0, bias=9.0)).label(utterances(GOOD))
    assert all(labels_of(found) >= set(L) - QUESTIONS for found in sure)
    unsure = LearnedBehaviours(Letters(), Silent(), heads(trust=0.0, bias=-9.0)).label(utterances(GOOD))
    assert all(labels_of(found) <= QUESTIONS | SUFFICES for found in unsure)


def test_what_the_rules_find_counts_by_their_trust() -> None:
    said = utterances("A: I cried at my desk.\nB: That makes sense.")
    for trust, found in ((4.0, True), (1.0, False)):
        labels = LearnedBehaviours(Letters(), Silent(), heads(trust=trust, bias=-2.0)).label(said)[1]
        assert (L.VALIDATION in labels_of(labels)) is found


def test_head_and_network_decide_by_their_shares() -> None:
    said, against = utterances(GOOD), heads(trust=0.0, bias=-9.0, share=0.6)
    above = LearnedBehaviours(Letters(), Silent(20.0), against).label(said)
    assert all(L.VALIDATION in labels_of(found) for found in above)
    below = LearnedBehaviours(Letters(), Silent(5.0), against).label(said)
    assert not any(L.VALIDATION in labels_of(found) for found in below)


def test_an_answer_is_read_beside_the_partners_last_telling() -> None:
    said = utterances("A: My mother forgot my name.\nB: Oh.\nA: Mm.\nB: That sounds so hard.")
    assert answers(said) == [
        Answer("", "My mother forgot my name."),
        Answer("My mother forgot my name.", "Oh."),
        Answer("Oh.", "Mm."),
        Answer("My mother forgot my name.", "That sounds so hard."),
    ]


def test_advice_is_found_where_either_finds_it() -> None:
    said = utterances("A: I am tired.\nB: You should go to bed.")
    for bias in (-9.0, 9.0):
        found = LearnedBehaviours(Letters(), Silent(), heads(0.0, bias)).label(said)[1]
        assert L.ADVICE in labels_of(found)


def test_labels_are_sorted_with_probabilities_that_say_present() -> None:
    for found in LearnedBehaviours(Letters(), Silent(), heads(trust=0.0, bias=0.2)).label(utterances(GOOD)):
        names = [b.label.value for b in found]
        assert names == sorted(names)
        assert all(0.5 <= b.probability <= 0.99 for b in found)


def test_a_word_sequence_that_a_head_knows_makes_its_label_present() -> None:
    known = heads(trust=0.0, bias=-3.0, ngrams={"makes sense": 0})
    known.weights[-1, VALIDATION] = 30.0
    found = LearnedBehaviours(Letters(), Silent(), known).label(utterances(GOOD))
    shown = [i for i, behaviours in enumerate(found) if L.VALIDATION in {b.label for b in behaviours}]
    assert shown == [3]


def test_each_utterance_gets_an_answer_and_nothing_said_gets_none() -> None:
    learner = LearnedBehaviours(Letters(), Silent(), heads(trust=0.0, bias=9.0))
    assert learner.label([]) == []
    assert learner.label(utterances("A: …\nB: ?")) == [(), ()]


def test_an_utterance_is_seen_with_what_the_partner_said_before() -> None:
    answer, alone = rows("A: I felt alone.\nB: You felt alone.")[1], rows("B: You felt alone.")[0]
    assert not np.array_equal(answer, alone)


def test_at_the_threshold_the_probability_is_a_half_and_order_is_kept() -> None:
    leaning = np.zeros((5, len(LABELS)), dtype=np.float32)
    leaning[:, VALIDATION] = [-30.0, -1.0, 0.0, 2.0, 30.0]
    found = decided(leaning, np.zeros_like(leaning))[:, VALIDATION]
    assert found[2] == 0.5
    assert list(found) == sorted(found)


def weighed_of(label: L, score: float, *rules: L, text: str = "It was the waiting.") -> float:
    """What is left of a label's score beside what the rules found, which adds nothing of its own."""
    scores, none = np.zeros((1, len(LABELS)), dtype=np.float32), np.zeros(len(LABELS), dtype=np.float32)
    scores[0, LABELS.index(label)] = score
    found = rule_scores([tuple(Behaviour(rule, 0.9) for rule in rules)])
    return float(weighed(scores, found, brief(utterances(f"B: {text}")), none)[0, LABELS.index(label)])


def test_a_reflection_beside_a_question_or_in_two_words_counts_less() -> None:
    assert weighed_of(L.REFLECTION, 1.0) == 1.0
    assert weighed_of(L.REFLECTION, 1.0, L.CLOSED_QUESTION) == -0.5
    assert weighed_of(L.REFLECTION, 1.0, text="Oh, wow.") == -1.0
    assert weighed_of(L.VALIDATION, 1.0, L.CLOSED_QUESTION, text="Oh, wow.") == 1.0


def test_what_is_plainly_kind_and_nothing_else_harms_only_where_that_is_sure() -> None:
    assert weighed_of(L.DISMISSAL, 2.0) == 2.0
    assert weighed_of(L.DISMISSAL, 2.0, L.SUPPORT) < -9
    assert weighed_of(L.DISMISSAL, 2.0, L.SUPPORT, L.BLAME) == 2.0
    assert weighed_of(L.DISMISSAL, 4.0, L.SUPPORT) == 4.0


def shown(*labels: L | None) -> NDArray[np.float32]:
    """Utterances that surely show one label each, or none."""
    rows = np.zeros((len(labels), len(LABELS)), dtype=np.float32)
    for row, label in enumerate(labels):
        if label is not None:
            rows[row, LABELS.index(label)] = 0.95
    return rows


def test_who_gives_back_all_along_is_read_kindly_and_who_argues_is_not() -> None:
    talk = shown(*[L.REFLECTION] * 6, *[L.BLAME] * 6)
    speakers: list[PartnerId] = ["A", "A", "A", "A", "A", "A", "B", "B", "B", "B", "B", "B"]
    found = moves(speakers, talk)
    reflection, blame = LABELS.index(L.REFLECTION), LABELS.index(L.BLAME)
    assert (found[:6, reflection] > 0.5).all()
    assert (found[6:, reflection] < -0.5).all()
    assert (found[6:, blame] > 0.2).all()
    assert (found[:6, blame] < 0).all()
    assert np.abs(found).max() <= LONGEST_MOVE
    assert not found[:, LABELS.index(L.ADVICE)].any()


def test_an_utterance_does_not_speak_for_itself_and_a_single_one_is_not_moved() -> None:
    assert np.abs(moves(["A"], shown(L.REFLECTION))).max() < 1e-6
    with_it, without = moves(["A"] * 3, shown(L.REFLECTION, None, None)), moves(["A"] * 3, shown(None, None, None))
    assert np.allclose(with_it[0], without[0])
    assert with_it[1, LABELS.index(L.REFLECTION)] > without[1, LABELS.index(L.REFLECTION)]


def test_rule_findings_stand_in_the_column_of_their_label() -> None:
    scores = rule_scores([(Behaviour(L.VALIDATION, 0.9),), ()])
    assert scores[0, VALIDATION] == np.float32(0.9)
    assert scores.sum() == np.float32(0.9)


def test_word_sequences_are_up_to_three_words_long() -> None:
    assert ngrams_of(["i", "hear", "you"]) == {"i", "hear", "you", "i hear", "hear you", "i hear you"}
    assert ngrams_of([]) == set()


def test_what_is_answered_is_the_partners_last_telling_not_their_listening_sound() -> None:
    told = "A: My mother forgot my name today."
    after_sound = rows(f"{told}\nB: That sounds hard for you.\nA: Yeah.\nB: You miss her.")[3]
    alone = rows("A: Yeah.\nB: You miss her.")[1]
    without_sound = rows(f"{told}\nB: You miss her.")[1]
    width = 2 * MARKS
    assert np.array_equal(after_sound[MARKS:width], without_sound[MARKS:width])
    assert not np.array_equal(after_sound[MARKS:width], alone[MARKS:width])


def test_a_plain_change_of_topic_is_found_whatever_the_head_says() -> None:
    said = utterances("A: I felt so lonely at the party.\nB: Anyway, have you seen my keys?")
    found = LearnedBehaviours(Letters(), Silent(), heads(trust=0.0, bias=-9.0)).label(said)[1]
    assert labels_of(found) == {L.TOPIC_SHIFT, L.CLOSED_QUESTION}


def test_a_plain_promise_counts_by_rule_whatever_the_heads_say() -> None:
    (found,) = LearnedBehaviours(Letters(), Silent(), heads(trust=0.0, bias=-9.0)).label(
        utterances("A: It stays right here.")
    )
    assert L.COMMITMENT in {b.label for b in found}
