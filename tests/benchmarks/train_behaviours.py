"""Trains the heads in `models/behaviour-heads.npz`: `python -m tests.benchmarks.train_behaviours`.

Needs scipy, a development dependency. Deterministic: the same data and encoder give the same weights (to the last
digits, which differ with the number of threads). LISTENER_CACHE names a folder that keeps embeddings between runs.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from listener.adapters.behaviour_heads_npz import write_heads
from listener.adapters.sentence_encoder_onnx import OnnxSentenceEncoder
from listener.analysis.behaviours.features import LABELS, Rows, features, ngrams_of, read, rule_scores
from listener.analysis.behaviours.learned import Heads, best_piece, centred, mixture
from listener.analysis.behaviours.text import words_of
from listener.domain.speech import BehaviourLabel
from tests.benchmarks.behaviour_data import (
    OWN,
    ROOT,
    Talk,
    advice_sentences,
    conversations,
    exchanges,
    matrix_of,
    said_in_order,
)

HEADS_FILE = ROOT / "models" / "behaviour-heads.npz"
FOLDS = 5
PENALTY = 1.0
STEPS = 80
FREQUENT = 6
"""Word sequences must have been said so often to become a feature (each utterance counts twice, see `stripped`)."""

RULES_DECIDE = frozenset({BehaviourLabel.OPEN_QUESTION, BehaviourLabel.CLOSED_QUESTION})
"""Measured on AnnoMI, where the heads would lose: word order tells a question."""

ADVICE_SENTENCES = 2400
ADVICE_WEIGHT = 0.5
"""A sentence from the advice data counts half as much as the project's own: written for strangers, not a partner."""

PIECES = (0.0,)
"""Tried: 0, 0.5 and 1. The best sentence helped no label but two, by .01, and doubles the work."""

TRUSTS = (0.35, 0.5, 0.65, 0.8, 1.0)
THRESHOLDS = np.linspace(0.12, 0.85, 74)


@dataclass(frozen=True)
class Examples:
    """Feature rows, labels (-1 unknown), rule scores and the conversation that each row comes from.

    `pieces` are the rows of the sentences, each with the row that it `belongs` to; they serve to choose, not to fit.
    """

    rows: Rows
    pieces: Rows
    belongs: NDArray[np.int64]
    labels: NDArray[np.int8]
    rules: Rows
    groups: NDArray[np.int64]


class RememberingEncoder:
    """The sentence encoder with its results kept in memory, and in a folder where one is named."""

    def __init__(self) -> None:
        models = ROOT / "models"
        self._encoder = OnnxSentenceEncoder(models / "minilm-l6-v2-int8.onnx", models / "minilm-l6-v2-tokenizer.json")
        folder = os.environ.get("LISTENER_CACHE")
        self._folder = Path(folder) if folder else None

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if self._folder is None or not texts:
            return self._encoder.embed(texts)
        name = hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]
        path = self._folder / f"{name}.npy"
        if not path.exists():
            np.save(path, self._encoder.embed(texts))
        kept: NDArray[np.float32] = np.load(path)
        return kept


def own_talks() -> list[Talk]:
    talks = [*conversations(OWN / "author1.jsonl"), *conversations(OWN / "author2.jsonl")]
    return [*talks, *exchanges(OWN / "exchanges.txt")]


def advice_talks() -> list[Talk]:
    """Advice sentences as talks of one line, a fixed choice spread over both training sets."""
    sentences = [*advice_sentences("needadvice_train"), *advice_sentences("askparents_train")]
    step = len(sentences) / ADVICE_SENTENCES
    chosen = [sentences[int(at * step)] for at in range(ADVICE_SENTENCES)]
    return [
        Talk(f"advice-{at}", said_in_order([("B", text)]), (frozenset({"advice"} if told else ()),))
        for at, (text, told) in enumerate(chosen)
    ]


def frequent_ngrams(talks: Sequence[Talk]) -> dict[str, int]:
    counted = Counter(ngram for talk in talks for said in talk.utterances for ngram in ngrams_of(words_of(said.text)))
    return {ngram: at for at, ngram in enumerate(sorted(ngram for ngram, n in counted.items() if n >= FREQUENT))}


def examples(talks: Sequence[Talk], ngrams: Mapping[str, int], encoder: RememberingEncoder) -> Examples:
    """Every labelled utterance, each twice: as written, and without punctuation and case."""
    rows, pieces, belongs, labels, rules, groups = [], [], [], [], [], []
    count = 0
    for version in ([*talks], [talk.stripped() for talk in talks]):
        for group, talk in enumerate(version):
            wholes, cut = read(talk.utterances, encoder)
            known = np.array(["unknown" not in each for each in talk.labels])
            kept = known[list(cut.owners)]
            rows.append(features(talk.utterances, wholes, wholes, ngrams)[known])
            pieces.append(features(talk.utterances, wholes, cut, ngrams)[kept])
            belongs.append((np.cumsum(known) - 1 + count)[list(cut.owners)][kept])
            count += int(known.sum())
            labels.append(np.array(matrix_of(talk.labels), dtype=np.int8)[known])
            rules.append(rule_scores(wholes.found)[known])
            groups.append(np.full(int(known.sum()), group))
    return Examples(
        np.vstack(rows),
        np.vstack(pieces),
        np.concatenate(belongs),
        np.vstack(labels),
        np.vstack(rules),
        np.concatenate(groups),
    )


def joined(own: Examples, advice: Examples) -> tuple[Examples, Rows]:
    """Both, where the advice data says nothing about other labels; and the weight of each row for each label."""
    labels = np.full_like(advice.labels, -1)
    column = LABELS.index(BehaviourLabel.ADVICE)
    labels[:, column] = advice.labels[:, column]
    both = Examples(
        np.vstack([own.rows, advice.rows]),
        own.pieces,
        own.belongs,
        np.vstack([own.labels, labels]),
        np.vstack([own.rules, advice.rules]),
        np.concatenate([own.groups, advice.groups + own.groups.max() + 1]),
    )
    weights = np.ones(both.labels.shape, dtype=np.float32)
    weights[len(own.rows) :] = ADVICE_WEIGHT
    weights[both.labels < 0] = 0.0
    return both, weights


def fitted(rows: Rows, labels: NDArray[np.int8], weights: Rows) -> tuple[Rows, NDArray[np.float32]]:
    """Logistic regression of all labels with an L2 penalty; rare labels count more, by the root of their odds."""
    wanted = (labels > 0).astype(np.float32)
    share = (wanted * weights).sum(axis=0) / weights.sum(axis=0)
    importance = weights * np.where(wanted > 0, np.sqrt((1 - share) / share), 1.0).astype(np.float32)
    importance /= importance.sum(axis=0) / (weights > 0).sum(axis=0)
    shape = (rows.shape[1] + 1, labels.shape[1])

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        heads = flat.reshape(shape).astype(np.float32)
        scores = rows @ heads[:-1] + heads[-1]
        wrong = importance * (1 / (1 + np.exp(-scores)) - wanted)
        slope = np.vstack([rows.T @ wrong + PENALTY * heads[:-1], wrong.sum(axis=0, keepdims=True)])
        cost = float((importance * (np.logaddexp(0, scores) - wanted * scores)).sum(dtype=np.float64))
        return cost + PENALTY / 2 * float((heads[:-1] ** 2).sum(dtype=np.float64)), slope.astype(np.float64).ravel()

    found = minimize(loss, np.zeros(shape).ravel(), jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    heads = found.x.reshape(shape).astype(np.float32)
    return heads[:-1], heads[-1]


def out_of_fold(data: Examples, weights: Rows) -> tuple[Rows, Rows]:
    """Probabilities of the project's own rows, whole and best sentence, from heads that never saw the conversation."""
    result = np.zeros(data.labels.shape, dtype=np.float32)
    cut = np.zeros((len(data.pieces), data.labels.shape[1]), dtype=np.float32)
    fold = np.array([int(hashlib.sha256(str(g).encode()).hexdigest(), 16) % FOLDS for g in data.groups])
    for number in range(FOLDS):
        held, cut_held = fold == number, fold[data.belongs] == number
        heads, bias = fitted(data.rows[~held], data.labels[~held], weights[~held])
        result[held] = 1 / (1 + np.exp(-(data.rows[held] @ heads + bias)))
        cut[cut_held] = 1 / (1 + np.exp(-(data.pieces[cut_held] @ heads + bias)))
        print(f"fold {number + 1} of {FOLDS}", file=sys.stderr, flush=True)
    return result, best_piece(result, cut, data.belongs.tolist())


@dataclass(frozen=True)
class Choice:
    """How one label is decided, and the F1 that it reached."""

    threshold: float
    trust: float
    pieces: float
    f1: float


def decided(whole: Rows, best: Rows, rules: Rows, wanted: NDArray[np.bool_]) -> Choice:
    """The choice with the highest smoothed F1; a more complicated one must win clearly."""
    chosen = Choice(0.5, 1.0, 0.0, -1.0)
    for pieces in PIECES:
        raw = (1 - pieces) * whole + pieces * best
        for trust in TRUSTS:
            scores = []
            for threshold in THRESHOLDS:
                learned = centred(raw, np.array(threshold, dtype=np.float32))
                scores.append(f1(wanted, mixture(learned, rules, np.array(trust, dtype=np.float32)) >= 0.5))
            smooth = np.convolve(np.pad(scores, 3, mode="edge"), np.ones(7) / 7, "valid")
            at = int(smooth.argmax())
            if smooth[at] > chosen.f1 + 0.003:
                chosen = Choice(float(THRESHOLDS[at]), trust, pieces, float(smooth[at]))
    return chosen


def f1(wanted: NDArray[np.bool_], given: NDArray[np.bool_]) -> float:
    """F1 of the positive class, 0 where nothing is right."""
    return float(2 * (wanted & given).sum() / max(1, wanted.sum() + given.sum()))


def main() -> None:
    encoder, talks = RememberingEncoder(), own_talks()
    ngrams = frequent_ngrams([version for talk in talks for version in (talk, talk.stripped())])
    own = examples(talks, ngrams, encoder)
    data, weights = joined(own, examples(advice_talks(), ngrams, encoder))
    print(f"{data.rows.shape[0]} rows, {data.rows.shape[1]} features", file=sys.stderr, flush=True)
    whole, best = (each[: len(own.rows)] for each in out_of_fold(data, weights))
    choices = []
    for column, label in enumerate(LABELS):
        wanted, rules = own.labels[:, column] > 0, own.rules[:, column]
        by_rules = f1(wanted, rules >= 0.5)
        choice = decided(whole[:, column], best[:, column], rules, wanted)
        if label in RULES_DECIDE:
            choice = Choice(0.5, 0.0, 0.0, by_rules)
        choices.append(choice)
        told = f"threshold {choice.threshold:.2f}, trust {choice.trust:.2f}, sentences {choice.pieces:.1f}"
        print(f"{label:20} F1 {choice.f1:.2f} (rules {by_rules:.2f})  {told}", flush=True)
    print(f"{'macro':20} F1 {np.mean([c.f1 for c in choices]):.3f} on conversations not seen in training")
    heads, bias = fitted(data.rows, data.labels, weights)
    columns = ([c.threshold for c in choices], [c.trust for c in choices], [c.pieces for c in choices])
    thresholds, trust, pieces = (np.array(values, dtype=np.float32) for values in columns)
    write_heads(HEADS_FILE, Heads(heads, bias, thresholds, trust, pieces, ngrams))


if __name__ == "__main__":
    main()
