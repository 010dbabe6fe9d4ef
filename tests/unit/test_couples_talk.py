"""The project's own labelled talk: every label known and frequent, no text in two batches."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from listener.domain.speech import PARTNERS, BehaviourLabel

ROOT = Path(__file__).parents[2]
BATCHES = (
    ROOT / "models" / "behaviours" / "data" / "author1.jsonl",
    ROOT / "models" / "behaviours" / "data" / "author2.jsonl",
    ROOT / "tests" / "fixtures" / "couples_test.jsonl",
)
ALL = (*sorted((ROOT / "models" / "behaviours" / "data").glob("*.jsonl")), *(ROOT / "tests/fixtures").glob("*.jsonl"))


def utterances(batch: Path) -> list[dict[str, object]]:
    lines = batch.read_text(encoding="utf-8").splitlines()
    return [utterance for line in lines for utterance in json.loads(line)["utterances"]]


@pytest.mark.parametrize("batch", BATCHES, ids=lambda batch: batch.stem)
def test_every_label_is_known_and_comes_often_enough(batch: Path) -> None:
    told = utterances(batch)
    counts = Counter(BehaviourLabel(str(label)) for each in told for label in list(each["behaviours"]))  # type: ignore[call-overload]  # a list
    assert set(counts) == set(BehaviourLabel)
    assert min(counts.values()) >= 25
    assert {each["speaker"] for each in told} == set(PARTNERS)


def test_no_text_of_any_length_comes_twice() -> None:
    texts = Counter(str(each["text"]).casefold() for batch in ALL for each in utterances(batch))
    assert len(ALL) == 15
    assert [text for text, count in texts.items() if count > 1 and len(text.split()) > 7] == []
