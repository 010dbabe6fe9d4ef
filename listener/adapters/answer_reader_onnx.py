"""What an answer does to what was said before, by a small network (MiniLM, trained further) as int8 ONNX."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from listener.adapters.onnx_session import open_session
from listener.adapters.word_list import open_word_list
from listener.ports import Answer

TOLD_TOKENS, ANSWER_TOKENS = 44, 96
"""Of what the partner told the end counts, of an answer the beginning."""

START, END = 101, 102
"""The tokens that open the text and close each side."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """An answer as the network reads it; `sides` is 0 for what the partner told and 1 for the answer."""

    ids: tuple[int, ...]
    sides: tuple[int, ...]


class AnswerTokens:
    """The network's word list."""

    def __init__(self, file: Path) -> None:
        self._tokenizer = open_word_list(file)

    def of(self, answers: Sequence[Answer]) -> list[Tokens]:
        """Every answer in tokens, in order."""
        texts = list(dict.fromkeys(text for answer in answers for text in (answer.told, answer.text)))
        encoded = self._tokenizer.encode_batch(texts, add_special_tokens=False)
        known = {text: one.ids for text, one in zip(texts, encoded, strict=True)}
        return [_tokens(known[answer.told][-TOLD_TOKENS:], known[answer.text][:ANSWER_TOKENS]) for answer in answers]


def _tokens(told: Sequence[int], said: Sequence[int]) -> Tokens:
    ids = (START, *told, END, *said, END)
    return Tokens(ids, (0,) * (len(told) + 2) + (1,) * (len(said) + 1))


class OnnxAnswerReader:
    """AnswerReader: tokens of both sides, MiniLM, one score a label.

    int8 activations are scaled over the whole batch, so an answer's numbers would depend on its company: every answer
    is therefore run alone, and the same one always gives the same numbers. Each thread takes answers of its own: one
    is too little work to be shared.
    """

    def __init__(self, weights: Path, tokenizer: Path, threads: int = 2) -> None:
        self._session: onnxruntime.InferenceSession = open_session(weights, 1)
        self._threads = threads
        self._tokens = AnswerTokens(tokenizer)

    def scores(self, answers: Sequence[Answer]) -> NDArray[np.float32]:
        """Scores (logits), shape (answers, labels), in order."""
        with ThreadPoolExecutor(self._threads) as threads:
            rows = list(threads.map(self._one, self._tokens.of(answers)))
        return np.stack(rows)

    def _one(self, tokens: Tokens) -> NDArray[np.float32]:
        fed = {
            "input_ids": np.array([tokens.ids], dtype=np.int64),
            "token_type_ids": np.array([tokens.sides], dtype=np.int64),
        }
        scores: NDArray[np.float32] = self._session.run(None, fed)[0][0]
        return scores
