"""Good against poor listening, from audio: every guideline of every pair of scripted dialogues, in every render.

Each recording is heard and transcribed once and scored as free talk and with roles. `$LISTENER_KEPT` may name a folder
that keeps speech and words for the next run; empty it where the analysis of sound has changed.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from listener.adapters.model_store import State, open_store
from listener.adapters.practice_toml import load_rubric, load_scenarios
from listener.adapters.resources import guidelines_file, practice_folder
from listener.app.analyse import Practice, report_on
from listener.app.behaviours import labelling
from listener.app.hear import DEFAULT_MODEL, Listening, hear
from listener.app.heard import Heard
from listener.app.resume import Findings
from listener.domain.practice import Rubric, Scenario
from listener.domain.report import GuidelineScore, Report
from listener.domain.speech import PartnerId
from tests.benchmarks.speakers import SHARED

RENDERS = ("mono_near", "mono", "mono_room", "stereo")
SCENARIOS = ("free-talk", "stress-of-the-day")
NAMES: Mapping[PartnerId, str] = {"A": "Anna", "B": "Ben"}
MUST, MAY, SILENT = "good", "(good)", "–"
WORDS_OF = {"good_higher": MUST, "good_higher_weak": MAY, "none": SILENT}
GUIDELINE_OF = {
    "full_attention": "full-attention",
    "no_interrupting": "let-them-finish",
    "clarity": "be-clear",
    "empathy": "validate",
    "right_time": "right-time",
    "perspective": "perspective",
    "no_judgement_advice": "no-judgement",
    "compassion": "compassion",
    "honesty": "honesty",
    "commitments": "keep-promises",
    "dependable_support": "dependable",
    "confidentiality": "confidential",
    "shared_time": "quality-time",
    "deep_conversation": "deep-talk",
}
"""The names of the development data's expectations, and the guidelines that they speak of."""

Scores = Mapping[tuple[str, str], GuidelineScore]


@dataclass(frozen=True, slots=True)
class Pair:
    """One situation in two versions and a render of each, with the expected direction by guideline."""

    name: str
    render: str
    good: Path
    poor: Path
    expected: Mapping[str, str]


def main() -> None:
    pairs = list(_pairs(SHARED / "data" / "dialogues"))
    store = open_store()
    if not pairs:
        print(f"skipped: no scripted dialogues in {SHARED.name}/data/dialogues beside the checkout")
        return
    if store.look(store.manifest.model(DEFAULT_MODEL)).state is not State.VERIFIED:
        print(f"skipped: no {DEFAULT_MODEL} weights: run `listener models fetch {DEFAULT_MODEL}`")
        return
    rubric, scenarios = load_rubric(guidelines_file()), load_scenarios(practice_folder())
    with tempfile.TemporaryDirectory() as folder:
        findings = Findings(Path(os.environ.get("LISTENER_KEPT", folder)) / "found")
        _compare(pairs, findings, rubric, [scenarios[name] for name in SCENARIOS])


def _compare(pairs: Sequence[Pair], findings: Findings, rubric: Rubric, scenarios: Sequence[Scenario]) -> None:
    learned = labelling(threads=2)
    total: Counter[tuple[str, str]] = Counter()
    for pair in pairs:
        good, poor = (_heard(file, findings) for file in (pair.good, pair.poor))
        for scenario in scenarios:
            reports = [report_on(each, Practice(scenario, rubric, NAMES), learned) for each in (good, poor)]
            print(f"{pair.name}, {pair.render}, {scenario.id}")
            total += _rows(pair.expected, *(_scores(report) for report in reports))
            for version, report in zip(("good", "poor"), reports, strict=True):
                _advice(version, report)
            print(flush=True)
    for expected in (MUST, MAY, f"{MUST}, both", f"{MAY}, both"):
        counts = {verdict: total[expected, verdict] for verdict in ("good > poor", "tie", "poor > good", "withheld")}
        print(f"expected {expected:12} " + "  ".join(f"{verdict}: {count}" for verdict, count in counts.items()))


def _pairs(folder: Path) -> Iterator[Pair]:
    """Every pair whose two versions are there, by render."""
    for truth_file in sorted(folder.glob("*_good/truth.json")):
        truth: dict[str, Any] = json.loads(truth_file.read_text())
        poor = truth_file.parent.with_name(f"{truth['pair']}_poor")
        expected = {GUIDELINE_OF[name]: WORDS_OF[each] for name, each in truth["expected"]["direction"].items()}
        for render in RENDERS:
            files = [each / f"{render}.flac" for each in (truth_file.parent, poor)]
            if all(file.is_file() for file in files):
                yield Pair(truth["pair"], render, files[0], files[1], expected)
            elif any(file.is_file() for file in files):
                print(f"skipped: {truth['pair']} {render}, one of its two versions is missing")


def _heard(file: Path, findings: Findings) -> Heard:
    voices = {cast("PartnerId", p): file.with_name(f"enrol_{p}.flac") for p in "AB"}
    threads = os.cpu_count() or 1
    listening = Listening(voices, "one", DEFAULT_MODEL, threads=threads)
    if file.stem == "stereo":
        listening = Listening({}, "two", DEFAULT_MODEL, threads=threads)
    return hear(file, listening, lambda _stage, _done: None, findings)


def _scores(report: Report) -> Scores:
    return {(row.id, row.partner): row for row in report.guidelines}


def _rows(expected: Mapping[str, str], good: Scores, poor: Scores) -> Counter[tuple[str, str]]:
    """Prints good beside poor for the listener B, of whom something is expected, and for the couple.

    The couple's own row counts with the listener's; else the mean of both partners' is shown, and counted by itself.
    """
    verdicts: Counter[tuple[str, str]] = Counter()
    for guideline, direction in expected.items():
        for whom in ("B", "both"):
            if whom == "B" and (guideline, "B") not in good:
                continue
            first, second = (_points(scores, guideline, whom) for scores in (good, poor))
            verdict = _verdict(first, second)
            mean_of_both = whom == "both" and (guideline, "both") not in good
            if direction != SILENT:
                verdicts[f"{direction}, both" if mean_of_both else direction, verdict] += 1
            told = "" if verdict == "good > poor" or direction == SILENT else f"  <- {verdict}"
            print(f"  {guideline:16} {whom:4} {_shown(first)} {_shown(second)}  {direction:6}{told}")
    return verdicts


def _points(scores: Scores, guideline: str, whom: str) -> float | None:
    row = scores.get((guideline, whom))
    if row is not None:
        return row.score
    points = [scores[guideline, partner].score for partner in ("A", "B")]
    known = [each for each in points if each is not None]
    return sum(known) / len(known) if known else None


def _verdict(good: float | None, poor: float | None) -> str:
    if good is None or poor is None:
        return "withheld"
    return "tie" if good == poor else "good > poor" if good > poor else "poor > good"


def _shown(points: float | None) -> str:
    return "   –" if points is None else f"{points:4.0f}"


def _advice(version: str, report: Report) -> None:
    for text in report.advice.went_well:
        print(f"  {version}: + {text}")
    print(f"  {version}: > {report.advice.try_next}")
