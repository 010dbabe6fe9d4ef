"""Sentence embeddings with all-MiniLM-L6-v2 as int8 ONNX (Apache-2.0)."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from listener.adapters.onnx_session import open_session
from listener.adapters.word_list import open_word_list

DIMENSIONS = 384

LONGEST_TOKENS = 128
"""What the model was trained with; of longer utterances the beginning counts."""


class OnnxSentenceEncoder:
    """SentenceEncoder: WordPiece tokens, MiniLM, mean over the tokens; 384 dimensions, unit length.

    int8 activations are scaled over the whole batch, so a text's numbers depend on its company: every text is therefore
    run alone, and the same text always gives the same numbers. Each thread takes texts of its own: a short text is too
    little work to be shared.
    """

    def __init__(self, weights: Path, tokenizer: Path, threads: int = 2) -> None:
        self._session: onnxruntime.InferenceSession = open_session(weights, 1)
        self._threads = threads
        self._tokenizer = open_word_list(tokenizer)
        self._tokenizer.enable_truncation(LONGEST_TOKENS)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit-length embeddings, shape (texts, 384), in order."""
        rows = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        ids = [encoded.ids for encoded in self._tokenizer.encode_batch(list(texts))]
        with ThreadPoolExecutor(self._threads) as threads:
            for row, numbers in enumerate(threads.map(self._one, ids)):
                rows[row] = numbers
        return rows

    def _one(self, ids: Sequence[int]) -> NDArray[np.float32]:
        tokens = np.array([ids], dtype=np.int64)
        fed = {"input_ids": tokens, "attention_mask": np.ones_like(tokens), "token_type_ids": np.zeros_like(tokens)}
        states: NDArray[np.float32] = self._session.run(None, fed)[0][0]
        mean = states.mean(axis=0)
        unit: NDArray[np.float32] = mean / np.linalg.norm(mean)
        return unit
