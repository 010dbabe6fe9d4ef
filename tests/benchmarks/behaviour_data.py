"""Labelled talk for training and measuring behaviours: the project's own, and what lies beside the checkout."""

from __future__ import annotations

import csv
import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from listener.domain.span import Span
from listener.domain.speech import BehaviourLabel, PartnerId, Utterance

ROOT = Path(__file__).parents[2]
OWN = ROOT / "models" / "behaviours" / "data"
GROUPS = (
    ("author1", "author5", "author8", "author12"),
    ("author2", "author6", "author9", "author11"),
    ("author4", "author7", "author10", "author13"),
)
"""Authors left out of training together; each group has more than one kind of talk."""

AUTHORS = tuple(f"author{number}" for number in (1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13))
"""Who wrote the talk to train on; others wrote the batches below."""

VALIDATION = ROOT / "tests" / "fixtures" / "couples_test.jsonl"
FIRST_TEST = ROOT / "tests" / "fixtures" / "couples_test_2.jsonl"
OWN_TEST = ROOT / "tests" / "fixtures" / "couples_test_3.jsonl"
TEXT = Path(os.environ.get("LISTENER_SHARED", ROOT.parent / "shared")) / "data" / "text"


@dataclass(frozen=True)
class Talk:
    """A conversation with the labels of every utterance."""

    name: str
    utterances: tuple[Utterance, ...]
    labels: tuple[frozenset[str], ...]

    def stripped(self) -> Talk:
        """The same without punctuation and case, as some transcribers write."""
        said = tuple(Utterance(u.partner, u.span, stripped(u.text)) for u in self.utterances)
        return Talk(self.name, said, self.labels)


@dataclass(frozen=True)
class Session:
    """An AnnoMI session, the therapist as B: majority labels of each utterance; None for the client's."""

    name: str
    good: bool
    utterances: tuple[Utterance, ...]
    question: tuple[str | None, ...]
    reflection: tuple[bool | None, ...]


def stripped(text: str) -> str:
    """The text in lower case without punctuation, apostrophes kept."""
    return " ".join(re.sub(r"[^\w\s']", " ", text.lower().replace("’", "'")).split())


def conversations(path: Path) -> list[Talk]:
    """The project's own labelled conversations, one a line."""
    result = []
    for line in path.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        said = entry["utterances"]
        talk = said_in_order((u["speaker"], u["text"]) for u in said)
        result.append(Talk(entry["id"], talk, tuple(frozenset(u["behaviours"]) for u in said)))
    return result


def exchanges(path: Path) -> list[Talk]:
    """Single answers: `partner's turn || answer || labels`; the partner's turn itself is not labelled."""
    result = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        if line.strip() and not line.startswith("#"):
            told, answer, labels = (part.strip() for part in line.split("||"))
            talk = said_in_order([("A", told), ("B", answer)])
            known = frozenset(label for label in labels.split(",") if label)
            result.append(Talk(f"x-{number}", talk, (frozenset({"unknown"}), known)))
    return result


def said_in_order(lines: Iterable[tuple[str, str]]) -> tuple[Utterance, ...]:
    """Utterances whose times only keep their order."""
    return tuple(
        Utterance(partner(who), Span(1000 * at, 1000 * at + 900), text) for at, (who, text) in enumerate(lines)
    )


def partner(who: str) -> PartnerId:
    return "A" if who == "A" else "B"


def advice_sentences(name: str) -> list[tuple[str, bool]]:
    """Sentences and whether most annotators called them advice; `name` is for example `needadvice_test`."""
    with (TEXT / "advice" / "Dataset" / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [(_joined(row["Sentence"]), row["Majority_label"] == "1") for row in rows]


def _joined(text: str) -> str:
    """Words as people write them: the data set parts "do n't" and "end ." ."""
    text = re.sub(r" (n['’]t|['’](?:s|re|ve|ll|d|m))\b", r"\1", text)
    return re.sub(r" ([,.?!;:])", r"\1", text)


def sessions() -> list[Session]:
    """AnnoMI's development part in order of the file."""
    with (TEXT / "annomi_dev" / "annomi_dev.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    grouped: dict[str, dict[int, list[dict[str, str]]]] = {}
    for row in rows:
        grouped.setdefault(row["transcript_id"], {}).setdefault(int(row["utterance_id"]), []).append(row)
    return [_session(name, [heard[at] for at in sorted(heard)]) for name, heard in grouped.items()]


def _session(name: str, heard: Sequence[list[dict[str, str]]]) -> Session:
    therapist = [rows[0]["interlocutor"] == "therapist" for rows in heard]
    texts = [rows[0]["utterance_text"] for rows in heard]
    said = said_in_order(("B" if t else "A", text) for t, text in zip(therapist, texts, strict=True))
    asked = [
        _most(row["question_subtype"] if row["question_exists"] == "True" else "none" for row in rows) for rows in heard
    ]
    returned = [_most(row["reflection_exists"] for row in rows) == "True" for rows in heard]
    return Session(
        name,
        heard[0][0]["mi_quality"] == "high",
        said,
        tuple(q if t else None for q, t in zip(asked, therapist, strict=True)),
        tuple(r if t else None for r, t in zip(returned, therapist, strict=True)),
    )


def _most(values: Iterator[str] | Iterable[str]) -> str:
    return Counter(values).most_common(1)[0][0]


def matrix_of(labels: Sequence[frozenset[str]]) -> list[list[bool]]:
    """Presence of every label, in the order of the contract."""
    return [[str(label) in found for label in BehaviourLabel] for found in labels]
