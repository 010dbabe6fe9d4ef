"""Groundwork for the answer network: `python -m tests.benchmarks.train_groundwork PRETRAINED.safetensors OUT.pt`.

Before the project's own labels, the upper layers learn from what others labelled at a larger scale: advice sentences,
disclosure and support in comments (OffMyChest), emotions (GoEmotions), the dialogue acts of meetings (AMI), and which
answer follows what was told (AMI and the project's own talk). The heads for these are thrown away. Needs `../shared`
beside the checkout and what `answer_network` needs; about ten minutes on two free cores.
"""

from __future__ import annotations

import csv
import random
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional

from listener.adapters.answer_reader_onnx import AnswerTokens, Tokens
from listener.analysis.behaviours.features import answers
from listener.ports import Answer
from tests.benchmarks.ami_talk import Act, meetings
from tests.benchmarks.answer_network import FROZEN, LAYERS, WIDTH, Network, padded, pretrained
from tests.benchmarks.behaviour_data import AUTHORS, OWN, ROOT, TEXT, advice_sentences, conversations, stripped

SEED, BATCH = 1, 32
RATE, HEAD_RATE, LOWER, WARM_UP, LEAST = 2e-4, 2e-3, 0.85, 0.06, 0.02
BARE = 0.4
EMOTIONS, ACTS, FOLLOWING = 18_000, 26_000, 16_000
"""So many examples at most of the larger sources."""

SKIPPED = {"bck": 0.7, "inf": 0.5}
"""Shares of the commonest acts that are left out."""

ONE_OF = frozenset({"ami"})
"""Tasks of which exactly one label holds."""

DISCLOSURE = (
    "Emotional_disclosure",
    "Information_disclosure",
    "Support",
    "General_support",
    "Info_support",
    "Emo_support",
)

Targets = NDArray[np.float32]


@dataclass(frozen=True)
class Task:
    """Answers in tokens and their labels, shape (answers, labels)."""

    tokens: Sequence[Tokens]
    targets: Targets
    weight: float = 1.0


class Sources:
    """The examples of every task, in an order that the seed decides."""

    def __init__(self, words: AnswerTokens) -> None:
        self.chance = random.Random(SEED)  # noqa: S311 - order and choice, no secret
        self._words = words

    def all(self) -> dict[str, Task]:
        acts, following = self._meetings()
        following += self._own()
        return {
            "advice": self._task([(Answer("", text), [told]) for text, told in self._advice()]),
            "disclosure": self._task(self._disclosure()),
            "emotions": self._task(self._emotions(), 0.5),
            "ami": self._task(self._some(acts, ACTS)),
            "follows": self._task(self._some(following, FOLLOWING)),
        }

    def _task(self, examples: Sequence[tuple[Answer, Sequence[float]]], weight: float = 1.0) -> Task:
        texts = [Answer(answer.told, self._bare(answer.text)) for answer, _ in examples]
        return Task(self._words.of(texts), np.array([labels for _, labels in examples], dtype=np.float32), weight)

    def _bare(self, text: str) -> str:
        return stripped(text) if self.chance.random() < BARE else text

    def _some(
        self, examples: list[tuple[Answer, Sequence[float]]], most: int
    ) -> Sequence[tuple[Answer, Sequence[float]]]:
        self.chance.shuffle(examples)
        return examples[:most]

    @staticmethod
    def _advice() -> list[tuple[str, bool]]:
        return [*advice_sentences("needadvice_train"), *advice_sentences("askparents_train")]

    @staticmethod
    def _disclosure() -> list[tuple[Answer, Sequence[float]]]:
        with (TEXT / "offmychest" / "train.csv").open(encoding="utf-8", errors="replace", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["full_text"].strip()]
        return [
            (Answer("", re.sub(r"<U\+0092>", "'", row["full_text"])), [float(row[name] == "1") for name in DISCLOSURE])
            for row in rows
        ]

    def _emotions(self) -> Sequence[tuple[Answer, Sequence[float]]]:
        lines = (TEXT / "goemotions" / "train.tsv").read_text(encoding="utf-8").splitlines()
        rows = [line.split("\t") for line in lines]
        known = 1 + max(int(number) for row in rows for number in row[1].split(","))
        found = [(Answer("", row[0]), {int(number) for number in row[1].split(",")}) for row in rows]
        return self._some([(answer, [float(at in told) for at in range(known)]) for answer, told in found], EMOTIONS)

    def _meetings(self) -> tuple[list[tuple[Answer, Sequence[float]]], list[tuple[Answer, Sequence[float]]]]:
        """Acts beside the last telling of another, and answers of which half belong to another telling."""
        acts: list[tuple[Answer, str]] = []
        following: list[tuple[Answer, Sequence[float]]] = []
        for meeting in meetings(TEXT.parent / "ami_text"):
            said = sorted((act for own in meeting.acts.values() for act in own), key=lambda act: (act.span, act.agent))
            told = [_told(said, at) for at in range(len(said))]
            acts += [
                (Answer(before, act.text), act.label)
                for before, act in zip(told, said, strict=True)
                if self.chance.random() >= SKIPPED.get(act.label, 0.0)
            ]
            pairs = [
                Answer(before, a.text) for before, a in zip(told, said, strict=True) if before and len(a.words) > 4
            ]
            following += self._following([pair for pair in pairs if self.chance.random() < 0.25], pairs)
        names = sorted({label for _, label in acts})
        return [(answer, [float(label == name) for name in names]) for answer, label in acts], following

    def _own(self) -> list[tuple[Answer, Sequence[float]]]:
        result: list[tuple[Answer, Sequence[float]]] = []
        for author in AUTHORS:
            for talk in conversations(OWN / f"{author}.jsonl"):
                pairs = [one for one in answers(talk.utterances) if one.told and len(one.text.split()) > 3]
                result += self._following(pairs, pairs)
        return result

    def _following(self, pairs: Sequence[Answer], others: Sequence[Answer]) -> list[tuple[Answer, Sequence[float]]]:
        result: list[tuple[Answer, Sequence[float]]] = []
        for pair in pairs:
            own = self.chance.random() < 0.5
            result.append((Answer(pair.told, pair.text if own else self.chance.choice(others).text), [float(own)]))
        return result


def _told(said: Sequence[Act], at: int) -> str:
    """What another last said before, of three words or more."""
    near = (act for act in reversed(said[max(0, at - 12) : at]) if act.agent != said[at].agent)
    return next((act.text for act in near if len(act.words) > 2), "")


def means(network: Network, items: Sequence[Tokens]) -> torch.Tensor:
    """What the network's own head would see of the items."""
    ids, sides, given = padded(items)
    mask = (1.0 - given)[:, None, None, :] * -1e9
    with torch.no_grad():
        states = network.embedded(ids, sides)
        for layer in list(network.layers)[:FROZEN]:
            states = layer(states, mask)
    for layer in list(network.layers)[FROZEN:]:
        states = layer(states, mask)
    parts = [(sides * given).unsqueeze(-1), given.unsqueeze(-1)]
    return network.drop(torch.cat([(states * part).sum(1) / part.sum(1).clamp(min=1) for part in parts], dim=1))


def main() -> None:
    torch.manual_seed(SEED)
    source = Sources(AnswerTokens(ROOT / "models" / "minilm-l6-v2-tokenizer.json"))
    tasks, network = source.all(), pretrained(Path(sys.argv[1]))
    heads = nn.ModuleDict({name: nn.Linear(2 * WIDTH, task.targets.shape[1]) for name, task in tasks.items()})
    for part in list(network.layers)[:FROZEN]:
        part.eval()
    batches = [(name, batch) for name, task in tasks.items() for batch in _batches(task, source.chance)]
    source.chance.shuffle(batches)
    groups = [
        {"params": list(network.layers[at].parameters()), "lr": RATE * LOWER ** (LAYERS - 1 - at)}
        for at in range(FROZEN, LAYERS)
    ]
    groups.append({"params": list(heads.parameters()), "lr": HEAD_RATE})
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01)
    tops = [group["lr"] for group in optimiser.param_groups]
    for step, (name, chosen) in enumerate(batches):
        pace = min(1, (step + 1) / (WARM_UP * len(batches))) * max(LEAST, 1 - step / len(batches))
        for group, top in zip(optimiser.param_groups, tops, strict=True):
            group["lr"] = top * pace
        task = tasks[name]
        scores = heads[name](means(network, [task.tokens[at] for at in chosen]))
        (task.weight * _wrong(name, scores, torch.tensor(task.targets[chosen]))).backward()
        torch.nn.utils.clip_grad_norm_([p for group in optimiser.param_groups for p in group["params"]], 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        if step % 200 == 0:
            print(f"{step} of {len(batches)}", file=sys.stderr, flush=True)
    torch.save({name: value for name, value in network.state_dict().items() if "head" not in name}, sys.argv[2])


def _batches(task: Task, chance: random.Random) -> list[list[int]]:
    """Numbers of examples, about equally long ones together."""
    order = list(range(len(task.tokens)))
    chance.shuffle(order)
    near = [
        sorted(order[at : at + 20 * BATCH], key=lambda i: len(task.tokens[i].ids))
        for at in range(0, len(order), 20 * BATCH)
    ]
    return [part[at : at + BATCH] for part in near for at in range(0, len(part), BATCH)]


def _wrong(name: str, scores: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    if name in ONE_OF:
        return functional.cross_entropy(scores, wanted.argmax(1))
    return functional.binary_cross_entropy_with_logits(scores, wanted, reduction="none").sum(1).mean()


if __name__ == "__main__":
    main()
