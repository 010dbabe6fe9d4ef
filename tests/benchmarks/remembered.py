"""What training works out once and keeps: embeddings, and the network's scores of authors that it had not read."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from listener.adapters.sentence_encoder_onnx import OnnxSentenceEncoder
from listener.ports import Answer
from tests.benchmarks.behaviour_data import ROOT


def key(answer: Answer) -> str:
    return hashlib.sha256(f"{answer.told}\n{answer.text}".encode()).hexdigest()[:24]


def save_scores(path: Path, scores: Mapping[Answer, NDArray[np.float32]]) -> None:
    np.savez(path, keys=np.array([key(answer) for answer in scores]), rows=np.stack(list(scores.values())))


class UnseenScores:
    """AnswerReader: scores read from a file, zeros for answers that are not in it."""

    def __init__(self, path: Path) -> None:
        with np.load(path) as kept:
            self._known = dict(zip(kept["keys"].tolist(), kept["rows"], strict=True))
            self._none = np.zeros(kept["rows"].shape[1], dtype=np.float32)

    def scores(self, answers: Sequence[Answer]) -> NDArray[np.float32]:
        return np.stack([self._known.get(key(answer), self._none) for answer in answers]).astype(np.float32)


class RememberingEncoder:
    """The sentence encoder with its results kept in memory and in a file."""

    def __init__(self, file: Path) -> None:
        models = ROOT / "models"
        self._encoder = OnnxSentenceEncoder(models / "minilm-l6-v2-int8.onnx", models / "minilm-l6-v2-tokenizer.json")
        self._file = file
        self._known: dict[str, NDArray[np.float32]] = {}
        if self._file.exists():
            with np.load(self._file) as kept:
                self._known = dict(zip(kept["keys"].tolist(), kept["rows"], strict=True))

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        keys = [hashlib.sha256(text.encode()).hexdigest()[:24] for text in texts]
        fresh = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        self._known.update(zip(fresh, self._encoder.embed(list(fresh.values())), strict=True))
        return np.stack([self._known[key] for key in keys])

    def keep(self) -> None:
        np.savez(self._file, keys=np.array(list(self._known)), rows=np.stack(list(self._known.values())))
