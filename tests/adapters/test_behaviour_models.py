"""The sentence encoder and the heads as they come with Listener, and how damage is told."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from listener.adapters.answer_reader_onnx import ANSWER_TOKENS, OnnxAnswerReader
from listener.adapters.behaviour_heads_npz import read_heads, write_heads
from listener.adapters.resources import models_folder
from listener.adapters.sentence_encoder_onnx import DIMENSIONS, OnnxSentenceEncoder
from listener.analysis.behaviours.features import LABELS
from listener.app.behaviours import HEADS, NETWORK, RULES_ONLY_NOTE, SENTENCES, labelling
from listener.domain.speech import BehaviourLabel
from listener.errors import MissingModel
from listener.ports import Answer
from tests.drawn_talk import GOOD, POOR, utterances

MODEL, TOKENIZER = models_folder() / "minilm-l6-v2-int8.onnx", models_folder() / "minilm-l6-v2-tokenizer.json"
READER = models_folder() / "behaviour-network-int8.onnx"


@pytest.fixture(scope="module")
def encoder() -> OnnxSentenceEncoder:
    return OnnxSentenceEncoder(MODEL, TOKENIZER)


def test_near_meanings_have_near_numbers(encoder: OnnxSentenceEncoder) -> None:
    sad, low, train = encoder.embed(["I feel sad.", "I'm so unhappy.", "The train leaves from platform four."])
    assert sad @ low > sad @ train + 0.3


def test_numbers_have_unit_length_and_do_not_depend_on_company(encoder: OnnxSentenceEncoder) -> None:
    together = encoder.embed(["How are you?", "word " * 500, ""])
    assert together.shape == (3, DIMENSIONS)
    assert np.allclose(np.linalg.norm(together, axis=1), 1)
    assert np.array_equal(together[:1], encoder.embed(["How are you?"]))


@pytest.fixture(scope="module")
def reader() -> OnnxAnswerReader:
    return OnnxAnswerReader(READER, TOKENIZER)


def test_an_answers_scores_do_not_depend_on_company(reader: OnnxAnswerReader) -> None:
    answer = Answer("I felt so alone at the party.", "You wanted somebody to notice.")
    together = reader.scores([Answer("", "word " * 500), answer, Answer("word " * 500, "")])
    assert together.shape == (3, len(LABELS))
    assert np.array_equal(together[1:2], reader.scores([answer]))


def test_the_same_words_score_by_what_they_answer(reader: OnnxAnswerReader) -> None:
    alone = reader.scores([Answer("", "So it was the waiting.")])
    told = reader.scores([Answer("I sat there for three hours and nobody rang.", "So it was the waiting.")])
    reflection = LABELS.index(BehaviourLabel.REFLECTION)
    assert told[0, reflection] > alone[0, reflection]


def test_of_a_long_answer_the_beginning_counts(reader: OnnxAnswerReader) -> None:
    long = "word " * ANSWER_TOKENS
    assert np.array_equal(reader.scores([Answer("", long)]), reader.scores([Answer("", long + "You are stupid.")]))


@pytest.mark.parametrize("kind", [OnnxSentenceEncoder, OnnxAnswerReader])
def test_a_broken_word_list_is_told(tmp_path: Path, kind: type[OnnxSentenceEncoder | OnnxAnswerReader]) -> None:
    (tmp_path / "tokens.json").write_text("{}")
    with pytest.raises(MissingModel, match=r"tokens\.json"):
        kind(MODEL, tmp_path / "tokens.json")


def test_heads_come_back_as_written(tmp_path: Path) -> None:
    heads = read_heads(models_folder() / "behaviour-heads.npz")
    write_heads(tmp_path / "heads.npz", heads)
    again = read_heads(tmp_path / "heads.npz")
    assert np.array_equal(again.weights, heads.weights)
    assert dict(again.ngrams) == dict(heads.ngrams)


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04"])
def test_damaged_heads_are_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "heads.npz").write_bytes(content)
    with pytest.raises(MissingModel, match=r"heads\.npz cannot be read"):
        read_heads(tmp_path / "heads.npz")


def test_heads_for_other_labels_are_refused(tmp_path: Path) -> None:
    empty = np.zeros(0, dtype=np.float32)
    np.savez(
        tmp_path / "heads.npz",
        labels=np.array(["smile"]),
        ngrams=np.array(["a"]),
        weights=empty,
        bias=empty,
        share=empty,
        thresholds=empty,
        trust=empty,
    )
    with pytest.raises(MissingModel, match="other labels"):
        read_heads(tmp_path / "heads.npz")


def test_the_bundled_weights_find_good_and_poor_listening() -> None:
    by = labelling(threads=2)
    assert set(by.models) == {SENTENCES, NETWORK, HEADS}
    assert by.notes == ()
    good, poor = (by.classifier.label(utterances(talk)) for talk in (GOOD, POOR))
    found = [{b.label.value for behaviours in side[1::2] for b in behaviours} for side in (good, poor)]
    assert {"reflection", "validation", "support", "open_question"} <= found[0]
    assert found[1] & {"judgement", "blame", "dismissal"}
    assert "reflection" not in found[1]


@pytest.mark.parametrize(
    "kind", ["It stays right here.", "No rush, we have all evening.", "Take all the time you need."]
)
def test_kind_answers_are_no_harm(kind: str) -> None:
    talk = utterances(f"A: I'm scared about the scan and I don't know where to start.\nB: {kind}")
    found = {b.label.value for b in labelling(threads=2).classifier.label(talk)[1]}
    assert not found & {"dismissal", "judgement", "blame", "advice", "topic_shift"}


def test_without_weights_the_rules_label_and_it_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "manifest.toml").write_bytes((models_folder() / "manifest.toml").read_bytes())
    monkeypatch.setattr("listener.adapters.resources.models_folder", lambda: tmp_path)
    by = labelling()
    assert by.notes == (RULES_ONLY_NOTE,)
    assert by.models == {}
    assert by.classifier.label(utterances("A: How was it?"))[0][0].label == "open_question"
