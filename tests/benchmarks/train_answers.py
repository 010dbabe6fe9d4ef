"""Trains `models/behaviour-network-int8.onnx`.

`python -m tests.benchmarks.train_answers PRETRAINED.safetensors GROUNDWORK.pt`: PRETRAINED holds all-MiniLM-L6-v2 as
float32, GROUNDWORK what `train_groundwork` made of it. A network is trained without each group of authors and scores
their talk, for `train_behaviours` to choose thresholds by: the scores lie in the folder that LISTENER_CACHE names. What
is shipped is the mean of the groups' weights. About an hour on one core; the same data and seed give the same weights
but for the last digits.
"""

from __future__ import annotations

import math
import os
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from listener.adapters.answer_reader_onnx import AnswerTokens, Tokens
from listener.analysis.behaviours.features import answers
from listener.ports import Answer
from tests.benchmarks.answer_network import FROZEN, LAYERS, Network, export, padded, pretrained
from tests.benchmarks.behaviour_data import AUTHORS, GROUPS, OWN, ROOT, Talk, conversations, exchanges, matrix_of
from tests.benchmarks.remembered import save_scores

EPOCHS, BATCH, SEED = 3, 24, 0
RATE, HEAD_RATE, LOWER = 2e-4, 2e-3, 0.85
"""Learning rates of the top layer and the head; each layer below learns by `LOWER` more slowly."""

WARM_UP, LEAST = 0.1, 0.02
BARE = 0.4
"""So often an answer is read without marks and case."""


@dataclass(frozen=True)
class Row:
    """An answer as written and without marks and case: its tokens and what the frozen layers make of them."""

    answers: tuple[Answer, Answer]
    tokens: tuple[Tokens, Tokens]
    states: tuple[torch.Tensor, torch.Tensor]
    labels: NDArray[np.float32]


def rows(talks: Sequence[Talk], words: AnswerTokens, network: Network) -> list[Row]:
    """Every labelled answer of the talks."""
    result = []
    for talk in talks:
        both = (answers(talk.utterances), answers(talk.stripped().utterances))
        tokens = [words.of(one) for one in both]
        states = [bottom(one, network) for one in tokens]
        wanted = np.array(matrix_of(talk.labels), dtype=np.float32)
        result += [
            Row(
                (both[0][at], both[1][at]),
                (tokens[0][at], tokens[1][at]),
                (states[0][at], states[1][at]),
                wanted[at],
            )
            for at, told in enumerate(talk.labels)
            if "unknown" not in told
        ]
    return result


@torch.no_grad()
def bottom(items: Sequence[Tokens], network: Network) -> list[torch.Tensor]:
    """The states after the frozen layers, at half precision to save memory."""
    network.eval()
    ids, sides, given = padded(items)
    states, mask = network.embedded(ids, sides), (1.0 - given)[:, None, None, :] * -1e9
    for layer in list(network.layers)[:FROZEN]:
        states = layer(states, mask)
    return [states[at, : len(item.ids)].half() for at, item in enumerate(items)]


def scored(network: Network, chosen: Sequence[tuple[Row, int]]) -> torch.Tensor:
    """Scores of the rows, each in the way (0 as written, 1 bare) that stands beside it."""
    _, sides, given = padded([row.tokens[way] for row, way in chosen])
    states = torch.zeros(*sides.shape, chosen[0][0].states[0].shape[1])
    for at, (row, way) in enumerate(chosen):
        states[at, : len(row.states[way])] = row.states[way].float()
    return network.read(states, sides.float(), given, FROZEN)


def batches(data: Sequence[Row], chance: random.Random) -> list[list[tuple[Row, int]]]:
    """The rows in random order, about equally long ones together."""
    chosen = [(row, int(chance.random() < BARE)) for row in data]
    chance.shuffle(chosen)
    near = [
        sorted(chosen[at : at + 20 * BATCH], key=lambda one: len(one[0].tokens[one[1]].ids))
        for at in range(0, len(chosen), 20 * BATCH)
    ]
    result = [part[at : at + BATCH] for part in near for at in range(0, len(part), BATCH)]
    chance.shuffle(result)
    return result


def trained(data: Sequence[Row], weights: Path, groundwork: Path) -> Network:
    """The groundwork after learning from the rows; rare labels count more, by the root of their odds."""
    torch.manual_seed(SEED)
    chance, network = random.Random(SEED), pretrained(weights)  # noqa: S311 - order and dropout, no secret
    network.load_state_dict(torch.load(groundwork, weights_only=True), strict=False)
    share = np.stack([row.labels for row in data]).mean(0).clip(min=1e-3)
    rare = torch.tensor(np.sqrt((1 - share) / share))
    parts = [list(network.layers[at].parameters()) for at in range(FROZEN, LAYERS)] + [list(network.head.parameters())]
    tops = [RATE * LOWER ** (LAYERS - 1 - at) for at in range(FROZEN, LAYERS)] + [HEAD_RATE]
    learnt = [weight for part in parts for weight in part]
    groups = [{"params": part, "lr": top} for part, top in zip(parts, tops, strict=True)]
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01)
    steps, step = EPOCHS * math.ceil(len(data) / BATCH), 0
    for epoch in range(EPOCHS):
        network.train()
        for batch in batches(data, chance):
            pace = min(1, (step + 1) / (WARM_UP * steps)) * max(LEAST, 1 - step / steps)
            for group, top in zip(optimiser.param_groups, tops, strict=True):
                group["lr"] = top * pace
            wanted = torch.tensor(np.stack([row.labels for row, _ in batch]))
            wrong = functional.binary_cross_entropy_with_logits(
                scored(network, batch), wanted, pos_weight=rare, reduction="none"
            )
            optimiser.zero_grad(set_to_none=True)
            wrong.sum(1).mean().backward()
            torch.nn.utils.clip_grad_norm_(learnt, 1.0)
            optimiser.step()
            step += 1
        print(f"epoch {epoch + 1} of {EPOCHS}", file=sys.stderr, flush=True)
    return network


@torch.no_grad()
def read_by(network: Network, data: Sequence[Row]) -> dict[Answer, NDArray[np.float32]]:
    """The network's scores of rows, in both ways."""
    network.eval()
    chosen = sorted(((row, way) for row in data for way in (0, 1)), key=lambda one: len(one[0].tokens[one[1]].ids))
    result: dict[Answer, NDArray[np.float32]] = {}
    for at in range(0, len(chosen), 64):
        part = chosen[at : at + 64]
        scores = scored(network, part).numpy()
        result |= {row.answers[way]: one for (row, way), one in zip(part, scores, strict=True)}
    return result


def main() -> None:
    weights, groundwork, cache = Path(sys.argv[1]), Path(sys.argv[2]), Path(os.environ["LISTENER_CACHE"])
    words, network = AnswerTokens(ROOT / "models" / "minilm-l6-v2-tokenizer.json"), pretrained(weights)
    data = {author: rows(conversations(OWN / f"{author}.jsonl"), words, network) for author in AUTHORS}
    single = rows(exchanges(OWN / "exchanges.txt"), words, network)
    scores: dict[Answer, NDArray[np.float32]] = {}
    mean = {name: torch.zeros_like(value) for name, value in network.state_dict().items()}
    for group in GROUPS:
        print(f"without {', '.join(group)}", file=sys.stderr, flush=True)
        learner = trained([*single, *(row for a in AUTHORS if a not in group for row in data[a])], weights, groundwork)
        scores |= read_by(learner, [row for author in group for row in data[author]])
        mean = {name: mean[name] + value / len(GROUPS) for name, value in learner.state_dict().items()}
    save_scores(cache / "answers.npz", scores)
    network.load_state_dict(mean)
    export(network, ROOT / "models" / "behaviour-network-int8.onnx")


if __name__ == "__main__":
    main()
