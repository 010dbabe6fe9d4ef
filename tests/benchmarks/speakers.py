"""Who spoke when, overlaps and events against the truth, per condition, on development data beside the checkout."""

from __future__ import annotations

import importlib.util
import json
import os
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from types import ModuleType
from typing import Any, cast

import soundfile

from listener.analysis.floor import take_floor
from listener.app.hear import Listening, hear
from listener.domain.speech import Ipu, PartnerId, TwoAtOnce
from tests.benchmarks.made_rooms import made_room
from tests.benchmarks.plain_stack import PlainStack, louder_channel

SHARED = Path(os.environ.get("LISTENER_SHARED", Path(__file__).resolve().parents[3] / "shared"))
CONDITIONS = {"mono_near": "close mono", "mono": "close mono", "mono_room": "room mono", "stereo": "two mics"}
COLLAR_MS = 250
MADE_ROOM = "made room"
OURS, REFERENCE = "listener", "plain stack"

Truth = dict[str, Any]
Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
    """A recording with its truth in the form that the scorer reads."""

    source: str
    condition: str
    recording: Path
    truth: Truth
    enrolment: dict[PartnerId, Path]

    @property
    def kind(self) -> str:
        return f"{self.source:9} {self.condition:10} {'enrolled' if self.enrolment else 'not enrolled':12}"


def main() -> None:
    scorer_file, data = SHARED / "bench" / "score_turns.py", SHARED / "data"
    if not scorer_file.is_file() or not data.is_dir():
        print(f"skipped: no development data in {SHARED.name}/ beside the checkout (or in $LISTENER_SHARED)")
        return
    with tempfile.TemporaryDirectory() as folder:
        _measure(_module(scorer_file), [*_conversations(data), *_made_rooms(data, Path(folder)), *_meetings(data)])


def _measure(scorer: ModuleType, cases: Sequence[Case]) -> None:
    plain = PlainStack()
    figures: dict[tuple[str, str], list[Figures]] = defaultdict(list)
    for case in cases:
        for who, report in ((OURS, _heard(case)), (REFERENCE, _plainly_heard(case, plain))):
            found = scorer.score(case.truth, report, free_mapping=not case.enrolment)
            found["der_collar"] = scorer.score(case.truth, report, COLLAR_MS, not case.enrolment)["der"]
            figures[case.kind, who].append(found)
            print(f"{case.kind} {case.recording.parent.name:24} {who:11} {_line([found])}", flush=True)
    print()
    for (kind, who), rows in sorted(figures.items()):
        print(f"{kind} {who:11} {len(rows):2} files  {_line(rows)}")


def _conversations(data: Path) -> Iterator[Case]:
    """Every render of every conversation, with enrolment and, for one microphone, without."""
    for truth_file in sorted(data.glob("*/*/truth.json")):
        truth, folder = json.loads(truth_file.read_text()), truth_file.parent
        for render, condition in CONDITIONS.items():
            recording = folder / f"{render}.flac"
            if recording.is_file():
                suffix = "_stereo" if render == "stereo" and (folder / "enrol_A_stereo.flac").is_file() else ""
                voices = {cast("PartnerId", p): folder / f"enrol_{p}{suffix}.flac" for p in "AB"}
                for enrolment in (voices, {}) if condition != "two mics" else (voices,):
                    yield Case(folder.parent.name, condition, recording, truth, enrolment)


def _made_rooms(data: Path, into: Path) -> Iterator[Case]:
    """Every conversation with two close microphones in a room made here, which nothing was tuned on."""
    for number, truth_file in enumerate(sorted(data.glob("*/*/truth.json"))):
        made = made_room(truth_file.parent, number, into / truth_file.parent.name)
        if made:
            recording, voices = made
            truth = json.loads(truth_file.read_text())
            yield Case(truth_file.parents[1].name, MADE_ROOM, recording, truth, dict(voices))


def _meetings(data: Path) -> Iterator[Case]:
    """AMI clips in which exactly two speak: who spoke when, without enrolment; events are not annotated."""
    left_out = 0
    for rttm in sorted(data.glob("ami_clips/*.ipu300.rttm")):
        recording = rttm.with_name(rttm.name.removesuffix(".ipu300.rttm") + ".flac")
        rows = [line.split() for line in rttm.read_text().splitlines() if line.startswith("SPEAKER")]
        names = [name for name, _ in Counter(row[7] for row in rows).most_common()]
        if len(names) != 2 or not recording.is_file():
            left_out += 1
            continue
        segments = [
            {"speaker": "AB"[names.index(row[7])], "start": float(row[3]), "end": float(row[3]) + float(row[4])}
            for row in rows
        ]
        truth = {"segments": segments, "events": [], "duration": soundfile.info(recording).duration}
        yield Case("ami_clips", "meeting", recording, truth, {})
    if left_out:
        print(f"skipped: {left_out} AMI clips in which not exactly two speak")


def _heard(case: Case) -> Figures:
    threads = os.cpu_count() or 1
    listening = Listening(case.enrolment, "two" if case.condition == "two mics" else "one", "none", threads=threads)
    heard = hear(case.recording, listening, lambda _stage, _done: None)
    return _report(heard.speech, heard.two_at_once)


def _plainly_heard(case: Case, plain: PlainStack) -> Figures:
    if case.condition == "two mics":
        return _report(louder_channel(case.recording), None)
    return _report(plain.one_mic(case.recording, case.enrolment), None)


def _report(speech: Sequence[Ipu], two_at_once: Sequence[TwoAtOnce] | None) -> Figures:
    """Speech and overlaps as in a report."""
    overlaps = take_floor(speech, two_at_once=two_at_once).overlaps
    return {
        "speech": [{"speaker": i.partner, "start_ms": i.span.start, "end_ms": i.span.end} for i in speech],
        "overlaps": [
            {"kind": o.kind.value, "incomer": o.incomer, "start_ms": o.span.start, "end_ms": o.span.end}
            for o in overlaps
        ],
    }


_AVERAGED = {
    "DER": "der",
    f"DER ±{COLLAR_MS} ms": "der_collar",
    "overlap P": "overlap_p",
    "R": "overlap_r",
    "F1": "overlap_f1",
    "share error": "share_error",
}


def _line(rows: list[Figures]) -> str:
    """Means over recordings; event figures from summed counts."""
    averages = "  ".join(f"{name} {mean(row[key] for row in rows):.3f}" for name, key in _AVERAGED.items())
    worst = max(row["share_error"] for row in rows)
    events = "  ".join(f"{name} {_events(rows, name)}" for name in ("interruptions", "backchannels"))
    wrong = mean(row["false_interruptions_per_min"] for row in rows)
    return f"{averages}  worst {worst:.3f}  {events}  false int./min {wrong:.2f}"


def _events(rows: list[Figures], name: str) -> str:
    hits, true, reported = (sum(row[name][key] for row in rows) for key in ("hits", "true", "reported"))
    if not true:
        return f"none true, {reported} reported"
    precision, recall = hits / reported if reported else 0.0, hits / true
    return f"P {precision:.2f} R {recall:.2f} F1 {2 * hits / (true + reported):.2f}"


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise ImportError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
