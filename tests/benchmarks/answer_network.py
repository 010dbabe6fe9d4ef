"""The answer network in PyTorch, for training alone: all-MiniLM-L6-v2 read as a pair, its export to int8 ONNX.

Needs torch, safetensors and onnx, which are no dependencies of Listener (see models/behaviours/README.md).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional

from listener.adapters.answer_reader_onnx import Tokens
from listener.analysis.behaviours.features import LABELS

WIDTH, INNER, HEADS, LAYERS = 384, 1536, 12, 6
WORDS, PLACES = 30522, 512
FROZEN = 3
"""So many of the lowest layers stay as they were: their states are worked out once, and little is lost."""

NAMES: Mapping[str, str] = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "out": "attention.output.dense",
    "norm": "attention.output.LayerNorm",
    "wide": "intermediate.dense",
    "narrow": "output.dense",
    "last": "output.LayerNorm",
}


class Layer(nn.Module):
    """One layer of BERT."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.norm, self.last = (nn.LayerNorm(WIDTH, eps=1e-12) for _ in range(2))
        self.wide, self.narrow, self.drop = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH), nn.Dropout(0.1)

    def forward(self, states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        rows, _, size = states.shape[0], states.shape[1], WIDTH // HEADS
        query, key, value = (
            part(states).view(rows, -1, HEADS, size).transpose(1, 2) for part in (self.query, self.key, self.value)
        )
        near = torch.softmax(query @ key.transpose(2, 3) / math.sqrt(size) + mask, dim=-1) @ value
        states = self.norm(states + self.drop(self.out(near.transpose(1, 2).reshape(rows, -1, WIDTH))))
        return self.last(states + self.drop(self.narrow(functional.gelu(self.wide(states)))))


class Network(nn.Module):
    """Scores (logits) of all labels from the mean over the answer's tokens and the mean over all tokens."""

    def __init__(self) -> None:
        super().__init__()
        self.word, self.place, self.side = (
            nn.Embedding(WORDS, WIDTH),
            nn.Embedding(PLACES, WIDTH),
            nn.Embedding(2, WIDTH),
        )
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.drop, self.head = nn.Dropout(0.1), nn.Linear(2 * WIDTH, len(LABELS))
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.constant_(self.head.bias, -2.0)

    def embedded(self, ids: torch.Tensor, sides: torch.Tensor) -> torch.Tensor:
        places = torch.arange(ids.shape[1])
        return self.norm(self.word(ids) + self.place(places)[None] + self.side(sides))

    def read(self, states: torch.Tensor, sides: torch.Tensor, given: torch.Tensor, start: int = 0) -> torch.Tensor:
        """Scores from the states below layer `start`; `given` is 1 where there is a token."""
        mask = (1.0 - given)[:, None, None, :] * -1e9
        for layer in list(self.layers)[start:]:
            states = layer(states, mask)
        answer, every = (sides * given).unsqueeze(-1), given.unsqueeze(-1)
        means = [(states * part).sum(1) / part.sum(1) for part in (answer, every)]
        return self.head(self.drop(torch.cat(means, dim=1)))

    def forward(self, ids: torch.Tensor, sides: torch.Tensor) -> torch.Tensor:
        return self.read(self.embedded(ids, sides), sides.float(), torch.ones_like(sides).float())


def pretrained(weights: Path) -> Network:
    """The network with the weights of all-MiniLM-L6-v2 and a fresh head."""
    given, network = load_file(str(weights)), Network()
    wanted = {
        "word.weight": "embeddings.word_embeddings.weight",
        "place.weight": "embeddings.position_embeddings.weight",
        "side.weight": "embeddings.token_type_embeddings.weight",
        "norm.weight": "embeddings.LayerNorm.weight",
        "norm.bias": "embeddings.LayerNorm.bias",
    }
    for layer in range(LAYERS):
        for own, theirs in NAMES.items():
            for part in ("weight", "bias"):
                wanted[f"layers.{layer}.{own}.{part}"] = f"encoder.layer.{layer}.{theirs}.{part}"
    missing = network.load_state_dict({own: given[theirs] for own, theirs in wanted.items()}, strict=False)
    assert not missing.unexpected_keys
    assert set(missing.missing_keys) == {"head.weight", "head.bias"}
    return network


def padded(items: Sequence[Tokens]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Tokens, sides and what is given, each (items, longest)."""
    longest = max(len(item.ids) for item in items)
    ids, sides = (torch.zeros(len(items), longest, dtype=torch.long) for _ in range(2))
    given = torch.zeros(len(items), longest)
    for row, item in enumerate(items):
        ids[row, : len(item.ids)] = torch.tensor(item.ids)
        sides[row, : len(item.ids)] = torch.tensor(item.sides)
        given[row, : len(item.ids)] = 1.0
    return ids, sides, given


def export(network: Network, path: Path) -> None:
    """The network as ONNX with int8 weights, its activations scaled as it runs."""
    network.eval()
    plain = path.with_suffix(".float.onnx")
    example = (torch.randint(1000, 2000, (1, 20)), torch.tensor([[0] * 10 + [1] * 10]))
    names = ["input_ids", "token_type_ids"]
    axes = {name: {1: "tokens"} for name in names}
    torch.onnx.export(
        network, example, str(plain), input_names=names, output_names=["scores"], dynamic_axes=axes, dynamo=False
    )
    quantize_dynamic(str(plain), str(path), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    plain.unlink()
