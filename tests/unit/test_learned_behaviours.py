from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from listener.analysis.behaviours.features import LABELS, answers, features, ngrams_of, read, rule_scores
from listener.analysis.behaviours.learned import Heads, LearnedBehaviours, centred, cleared
from listener.analysis.behaviours.rules import RuleBehaviours
from listener.domain.speech import Behaviour, BehaviourLabel
from listener.ports import Answer
from tests.drawn_talk import GOOD, POOR, utterances

L = BehaviourLabel
VALIDATION = LABELS.index(L.VALIDATION)
MARKS = 8


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
    """Heads that answer with their bias alone."""
    width = rows(GOOD, ngrams or {}).shape[1]
    shape = (width, len(LABELS))
    ones = np.ones(len(LABELS), dtype=np.float32)
    return Heads(np.zeros(shape, dtype=np.float32), bias * ones, share * ones, 0.5 * ones, trust * ones, ngrams or {})


def test_without_trust_in_the_heads_the_rules_decide() -> None:
    said = utterances(GOOD + POOR)
    learned = LearnedBehaviours(Letters(), Silent(), heads(trust=0.0, bias=-9.0)).label(said)
    assert [{b.label for b in found} for found in learned] == [
        {b.label for b in found} for found in RuleBehaviours().label(said)
    ]


def test_with_full_trust_the_heads_decide() -> None:
    sure = LearnedBehaviours(Letters(), Silent(), heads(trust=1.0, bias=9.0)).label(utterances(GOOD))
    assert all(len(found) == len(LABELS) for found in sure)
    assert not any(LearnedBehaviours(Letters(), Silent(), heads(trust=1.0, bias=-9.0)).label(utterances(GOOD)))


def test_head_and_network_decide_by_their_shares() -> None:
    said, against = utterances(GOOD), heads(trust=1.0, bias=-9.0, share=0.6)
    assert all(len(found) == len(LABELS) for found in LearnedBehaviours(Letters(), Silent(20.0), against).label(said))
    assert not any(LearnedBehaviours(Letters(), Silent(5.0), against).label(said))


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
    for trust, bias in ((1.0, -9.0), (0.0, 9.0)):
        found = LearnedBehaviours(Letters(), Silent(), heads(trust, bias)).label(said)[1]
        assert L.ADVICE in {b.label for b in found}


def test_labels_are_sorted_with_probabilities_that_say_present() -> None:
    for found in LearnedBehaviours(Letters(), Silent(), heads(trust=1.0, bias=0.2)).label(utterances(GOOD)):
        names = [b.label.value for b in found]
        assert names == sorted(names)
        assert all(0.5 <= b.probability <= 0.99 for b in found)


def test_a_word_sequence_that_a_head_knows_makes_its_label_present() -> None:
    known = heads(trust=1.0, bias=-3.0, ngrams={"makes sense": 0})
    known.weights[-1, VALIDATION] = 30.0
    found = LearnedBehaviours(Letters(), Silent(), known).label(utterances(GOOD))
    shown = [i for i, behaviours in enumerate(found) if L.VALIDATION in {b.label for b in behaviours}]
    assert shown == [3]


def test_each_utterance_gets_an_answer_and_nothing_said_gets_none() -> None:
    learner = LearnedBehaviours(Letters(), Silent(), heads(trust=1.0, bias=9.0))
    assert learner.label([]) == []
    assert learner.label(utterances("A: …\nB: ?")) == [(), ()]


def test_an_utterance_is_seen_with_what_the_partner_said_before() -> None:
    answer, alone = rows("A: I felt alone.\nB: You felt alone.")[1], rows("B: You felt alone.")[0]
    assert not np.array_equal(answer, alone)


def test_the_threshold_comes_to_lie_at_a_half_and_order_is_kept() -> None:
    raw = np.array([[0.0, 0.1, 0.3, 0.6, 1.0]], dtype=np.float32)
    moved = centred(raw, np.float32(0.3) * np.ones(5, dtype=np.float32))[0]
    assert moved[2] == 0.5
    assert list(moved) == sorted(moved)
    assert (moved[0], moved[-1]) == (0.0, 1.0)


def cleared_of(label: L, probability: float, *rules: L) -> float:
    """What is left of a label's probability beside what the rules found."""
    raw = np.zeros((1, len(LABELS)), dtype=np.float32)
    raw[0, LABELS.index(label)] = probability
    found = rule_scores([tuple(Behaviour(rule, 0.9) for rule in rules)])
    return round(float(cleared(raw, found)[0, LABELS.index(label)]), 2)


def test_beside_a_question_only_a_clear_reflection_counts() -> None:
    assert cleared_of(L.REFLECTION, 0.6) == 0.6
    assert cleared_of(L.REFLECTION, 0.6, L.CLOSED_QUESTION) == 0.0
    assert cleared_of(L.REFLECTION, 0.8, L.CLOSED_QUESTION) == 0.8


def test_what_is_plainly_kind_and_nothing_else_harms_only_where_that_is_sure() -> None:
    assert cleared_of(L.DISMISSAL, 0.8) == 0.8
    assert cleared_of(L.DISMISSAL, 0.8, L.SUPPORT) == 0.0
    assert cleared_of(L.DISMISSAL, 0.8, L.SUPPORT, L.BLAME) == 0.8
    assert cleared_of(L.DISMISSAL, 0.98, L.SUPPORT) == 0.98


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
    found = LearnedBehaviours(Letters(), Silent(), heads(trust=1.0, bias=-9.0)).label(said)[1]
    assert {b.label for b in found} == {L.TOPIC_SHIFT}


def test_a_plain_promise_counts_by_rule_whatever_the_heads_say() -> None:
    (found,) = LearnedBehaviours(Letters(), Silent(), heads(trust=1.0, bias=-9.0)).label(
        utterances("A: It stays right here.")
    )
    assert L.COMMITMENT in {b.label for b in found}
