"""Who spoke when, overlaps and events against the truth, per condition, on development data beside the checkout."""

from __future__ import annotations

import importlib.util
import json
import os
from collections import defaultdict
from pathlib import Path
from statistics import mean
from types import ModuleType
from typing import Any, cast

from listener.adapters.practice_toml import load_rubric, load_scenarios
from listener.adapters.resources import guidelines_file, practice_folder
from listener.app.analyse import Practice, report_on
from listener.app.hear import Listening, hear
from listener.domain.speech import PartnerId
from listener.reports.json_report import document

SHARED = Path(os.environ.get("LISTENER_SHARED", Path(__file__).resolve().parents[3] / "shared"))
CONDITIONS = {"mono_near": "close mono", "mono": "close mono", "mono_room": "room mono", "stereo": "two mics"}


def main() -> None:
    scorer_file, data = SHARED / "bench" / "score_turns.py", SHARED / "data"
    if not scorer_file.is_file() or not data.is_dir():
        print(f"skipped: no development data in {SHARED.name}/ beside the checkout (or in $LISTENER_SHARED)")
        return
    scorer = _module(scorer_file)
    figures: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for truth_file in sorted(data.glob("*/*/truth.json")):
        truth = json.loads(truth_file.read_text())
        for render, condition in CONDITIONS.items():
            recording = truth_file.parent / f"{render}.flac"
            if not recording.is_file():
                continue
            for enrolled in (True, False) if condition != "two mics" else (True,):
                found = scorer.score(truth, _report(recording, enrolled), free_mapping=not enrolled)
                kind = "enrolled" if enrolled else "not enrolled"
                figures[truth_file.parent.parent.name, condition, kind].append(found)
                print(f"{truth_file.parent.name:24} {condition:10} {kind:12} {_line([found])}")
    print()
    for (source, condition, kind), rows in sorted(figures.items()):
        print(f"{source:9} {condition:10} {kind:12} {len(rows):2} files  {_line(rows)}")


def _report(recording: Path, enrolled: bool) -> dict[str, Any]:
    suffix = "_stereo" if recording.stem == "stereo" and (recording.parent / "enrol_A_stereo.flac").is_file() else ""
    voices = {cast("PartnerId", p): recording.parent / f"enrol_{p}{suffix}.flac" for p in "AB"} if enrolled else {}
    heard = hear(recording, Listening(voices, model="none", threads=os.cpu_count() or 1), lambda _stage, _done: None)
    scenario = load_scenarios(practice_folder())["free-talk"]
    return document(report_on(heard, Practice(scenario, load_rubric(guidelines_file()))))


def _line(rows: list[dict[str, Any]]) -> str:
    """Means over recordings; event figures from summed counts."""
    averages = "  ".join(f"{name} {mean(row[key] for row in rows):.3f}" for name, key in _AVERAGED.items())
    worst = max(row["share_error"] for row in rows)
    events = "  ".join(f"{name} F1 {_f1(rows, name):.2f}" for name in ("interruptions", "backchannels"))
    return f"{averages}  worst share {worst:.3f}  {events}"


_AVERAGED = {
    "DER": "der",
    "overlap F1": "overlap_f1",
    "share error": "share_error",
    "false int./min": "false_interruptions_per_min",
}


def _f1(rows: list[dict[str, Any]], name: str) -> float:
    hits, true, reported = (sum(row[name][key] for row in rows) for key in ("hits", "true", "reported"))
    return 2 * hits / (true + reported) if true + reported else 1.0


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise ImportError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
