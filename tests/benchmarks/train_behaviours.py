"""Trains the heads in `models/behaviour-heads.npz`: `python -m tests.benchmarks.train_behaviours`.

Needs scipy, a development dependency, and the scores that `train_answers` left in the folder that LISTENER_CACHE names;
embeddings are kept there between runs too. Deterministic: the same data and encoder give the same weights (to the last
digits, which differ with the number of threads).
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, vstack

from listener.adapters.behaviour_heads_npz import write_heads
from listener.analysis.behaviours.features import LABELS, Rows, answers, features, ngrams_of, read, rule_scores
from listener.analysis.behaviours.learned import Heads, brief, together
from listener.analysis.behaviours.rules import PRESENT
from listener.analysis.behaviours.text import words_of
from listener.domain.speech import BehaviourLabel, PartnerId
from tests.benchmarks.behaviour_data import (
    AUTHORS,
    GROUPS,
    OWN,
    ROOT,
    Talk,
    advice_sentences,
    conversations,
    exchanges,
    matrix_of,
    said_in_order,
)
from tests.benchmarks.remembered import RememberingEncoder, UnseenScores
from tests.benchmarks.thresholds import Scored, chosen, f, present

CACHE = Path(os.environ.get("LISTENER_CACHE", "."))
HEADS_FILE = ROOT / "models" / "behaviour-heads.npz"
PENALTY = 3.0
STEPS = 60
FREQUENT = 6
"""Word sequences must have been said so often to become a feature (each utterance counts twice, see `stripped`)."""

TUNED: Mapping[BehaviourLabel, tuple[float, float]] = {
    BehaviourLabel.REFLECTION: (0.3, 2.0),
    BehaviourLabel.ADVICE: (0.5, 1.0),
    BehaviourLabel.INFORMATION: (0.3, 0.0),
}
"""Threshold and trust chosen on AnnoMI's development part, for talk with long turns; the others on unseen authors."""

SHARE = 0.5
"""The network's share of a score, the same for all labels; .4 and .5 differ by .002 on unseen authors."""

ADVICE_WEIGHT = 0.3
"""A sentence from the advice data counts less than the project's own: written for strangers, not a partner."""

ADVICE = LABELS.index(BehaviourLabel.ADVICE)


@dataclass(frozen=True)
class Examples:
    """Feature rows, the word sequences apart because they are sparse, and what else is known of each.

    `network` holds the network's scores, by one that had not read the author.
    """

    dense: Rows
    ngrams: csr_matrix
    labels: NDArray[np.int8]
    rules: Rows
    network: Rows
    authors: NDArray[np.int64]
    talks: NDArray[np.int64]
    speakers: NDArray[np.str_]
    brief: NDArray[np.bool_]

    def chosen(self, which: NDArray[np.bool_]) -> Examples:
        return Examples(
            self.dense[which],
            self.ngrams[which],
            self.labels[which],
            self.rules[which],
            self.network[which],
            self.authors[which],
            self.talks[which],
            self.speakers[which],
            self.brief[which],
        )


def own_talks() -> list[list[Talk]]:
    """The project's own talk, author by author; the exchanges last."""
    return [*(conversations(OWN / f"{author}.jsonl") for author in AUTHORS), exchanges(OWN / "exchanges.txt")]


def advice_talks() -> list[Talk]:
    """The sentences of both advice training sets, each as a talk of one line."""
    sentences = [*advice_sentences("needadvice_train"), *advice_sentences("askparents_train")]
    return [
        Talk(f"advice-{at}", said_in_order([("B", text)]), (frozenset({"advice"} if told else ()),))
        for at, (text, told) in enumerate(sentences)
    ]


def frequent_ngrams(talks: Sequence[Talk]) -> dict[str, int]:
    counted = Counter(ngram for talk in talks for said in talk.utterances for ngram in ngrams_of(words_of(said.text)))
    return {ngram: at for at, ngram in enumerate(sorted(ngram for ngram, n in counted.items() if n >= FREQUENT))}


def examples(
    talks: Sequence[tuple[int, Talk]], ngrams: Mapping[str, int], encoder: RememberingEncoder, reader: UnseenScores
) -> Examples:
    """Every labelled utterance of the talks, each with the number of its author."""
    dense, sparse, labels, rules, network, authors, numbers, speakers, short = [], [], [], [], [], [], [], [], []
    for number, (author, talk) in enumerate(talks):
        seen = read(talk.utterances, encoder)
        known = np.array(["unknown" not in each for each in talk.labels])
        rows = features(talk.utterances, seen, ngrams)[known]
        dense.append(rows[:, : -len(ngrams)])
        sparse.append(csr_matrix(rows[:, -len(ngrams) :]))
        labels.append(np.array(matrix_of(talk.labels), dtype=np.int8)[known])
        rules.append(rule_scores(seen.found)[known])
        network.append(reader.scores(answers(talk.utterances))[known])
        authors.append(np.full(int(known.sum()), author))
        numbers.append(np.full(int(known.sum()), number))
        speakers.append(np.array([said.partner for said in talk.utterances])[known])
        short.append(brief(talk.utterances)[known])
    return Examples(
        np.vstack(dense),
        vstack(sparse).tocsr(),
        np.vstack(labels),
        np.vstack(rules),
        np.vstack(network),
        np.concatenate(authors),
        np.concatenate(numbers),
        np.concatenate(speakers),
        np.concatenate(short),
    )


def fitted(data: Examples, weights: Rows) -> tuple[Rows, NDArray[np.float32]]:
    """Logistic regression of all labels with an L2 penalty; rare labels count more, by the root of their odds."""
    wanted = (data.labels > 0).astype(np.float32)
    share = (wanted * weights).sum(axis=0) / weights.sum()
    importance = weights * np.where(wanted > 0, np.sqrt((1 - share) / share), 1.0).astype(np.float32)
    importance /= importance.sum(axis=0) / len(wanted)
    width = data.dense.shape[1]
    shape = (width + data.ngrams.shape[1] + 1, wanted.shape[1])
    turned, turned_ngrams = np.ascontiguousarray(data.dense.T), data.ngrams.T.tocsr()

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        heads = flat.reshape(shape).astype(np.float32)
        scores = data.dense @ heads[:width] + data.ngrams @ heads[width:-1] + heads[-1]
        wrong = importance * (1 / (1 + np.exp(-scores)) - wanted)
        slope = np.vstack([turned @ wrong, turned_ngrams @ wrong, wrong.sum(axis=0, keepdims=True)])
        slope[:-1] += PENALTY * heads[:-1]
        cost = float((importance * (np.logaddexp(0, scores) - wanted * scores)).sum(dtype=np.float64))
        cost += PENALTY / 2 * float((heads[:-1] ** 2).sum(dtype=np.float64))
        return cost, slope.astype(np.float64).ravel()

    found = minimize(loss, np.zeros(shape).ravel(), jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    heads = found.x.reshape(shape).astype(np.float32)
    return heads[:-1], heads[-1]


def trained(own: Examples, advice: Examples) -> tuple[Rows, NDArray[np.float32]]:
    """Heads for all labels from the project's own talk; the advice data has a say in its own label alone."""
    heads, bias = fitted(own, np.ones((len(own.labels), 1), dtype=np.float32))
    both = Examples(
        np.vstack([own.dense, advice.dense]),
        vstack([own.ngrams, advice.ngrams]).tocsr(),
        np.concatenate([own.labels[:, [ADVICE]], advice.labels[:, [ADVICE]]]),
        np.vstack([own.rules, advice.rules]),
        np.vstack([own.network, advice.network]),
        np.concatenate([own.authors, advice.authors]),
        np.concatenate([own.talks, advice.talks]),
        np.concatenate([own.speakers, advice.speakers]),
        np.concatenate([own.brief, advice.brief]),
    )
    weights = np.ones((len(both.labels), 1), dtype=np.float32)
    weights[len(own.labels) :] = ADVICE_WEIGHT
    heads[:, [ADVICE]], bias[[ADVICE]] = fitted(both, weights)
    return heads, bias


def scores(data: Examples, heads: Rows, bias: NDArray[np.float32]) -> Rows:
    width = data.dense.shape[1]
    own = data.dense @ heads[:width] + data.ngrams @ heads[width:] + bias
    return together(own.astype(np.float32), data.network, np.full(len(LABELS), SHARE, dtype=np.float32))


def unseen(own: Examples, advice: Examples) -> Rows:
    """Scores of the authors' rows, each from heads that saw no line by its author; 0 for the exchanges."""
    result = np.zeros(own.labels.shape, dtype=np.float32)
    for group in GROUPS:
        held = np.isin(own.authors, [AUTHORS.index(author) for author in group])
        result[held] = scores(own.chosen(held), *trained(own.chosen(~held), advice))
        print(f"without {', '.join(group)}", file=sys.stderr, flush=True)
    return result


def main() -> None:
    encoder, reader, by_author = (
        RememberingEncoder(CACHE / "sentences.npz"),
        UnseenScores(CACHE / "answers.npz"),
        own_talks(),
    )
    talks = [(author, talk) for author, told in enumerate(by_author) for talk in told]
    talks += [(author, talk.stripped()) for author, talk in talks]
    ngrams = frequent_ngrams([talk for _, talk in talks])
    own = examples(talks, ngrams, encoder, reader)
    advice = examples([(-1, talk) for talk in advice_talks()], ngrams, encoder, reader)
    encoder.keep()
    print(f"{own.dense.shape[0]} rows, {own.dense.shape[1]} features, {len(ngrams)} word sequences", file=sys.stderr)
    read_by_others, judged = unseen(own, advice), own.authors < len(AUTHORS)
    judging = own.chosen(judged)
    speakers: list[PartnerId] = ["A" if who == "A" else "B" for who in judging.speakers]
    data = Scored(read_by_others[judged], judging.rules, judging.brief, judging.labels > 0, judging.talks, speakers)
    thresholds, trust = chosen(data, TUNED)
    found, reached = present(data, thresholds, trust), []
    for column, label in enumerate(LABELS):
        wanted, given = data.labels[:, column], found[:, column]
        reached.append(f(wanted, given))
        told = f"precision {(wanted & given).sum() / max(1, given.sum()):.2f}"
        told += f", threshold {thresholds[column]:.1f}, trust {trust[column]:.1f}"
        by_rule = f(wanted, data.rules[:, column] >= PRESENT)
        print(f"{label:20} F1 {reached[-1]:.2f} (rules {by_rule:.2f})  {told}", flush=True)
    print(f"{'macro':20} F1 {np.mean(reached):.3f} on authors not seen in training")
    heads, bias = trained(own, advice)
    share = np.full(len(LABELS), SHARE, dtype=np.float32)
    write_heads(HEADS_FILE, Heads(heads, bias, share, thresholds, trust, ngrams))


if __name__ == "__main__":
    main()
