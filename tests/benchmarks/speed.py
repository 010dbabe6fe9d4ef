"""Real-time factors in one process on one file: sound alone, the whole report, and plain faster-whisper beside it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import cast

import soundfile
from faster_whisper import WhisperModel

from listener.adapters.model_store import open_store
from listener.adapters.practice_toml import load_rubric, load_scenarios
from listener.adapters.resources import guidelines_file, practice_folder
from listener.app.analyse import Practice, report_on
from listener.app.hear import Listening, hear
from listener.domain.speech import PartnerId
from listener.errors import MissingModel
from tests.benchmarks.recordings import enrolment, repeated_example

MINUTES = 4.0
ROUNDS = 2


def main() -> None:
    threads = os.cpu_count() or 1
    with repeated_example(MINUTES) as recording:
        duration = soundfile.info(recording).duration
        print(f"{duration:.0f} s of talk, {threads} threads, best of {ROUNDS} rounds, one after the other")
        runs: dict[str, Callable[[], object]] = {"sound alone": lambda: _report(recording, "none", threads)}
        try:
            runs |= _with_words(recording, threads)
        except MissingModel as missing:
            print(f"skipped with words: {missing.message}")
        best = dict.fromkeys(runs, float("inf"))
        for _ in range(ROUNDS):
            for name, run in runs.items():
                start = time.perf_counter()
                run()
                best[name] = min(best[name], time.perf_counter() - start)
        for name, seconds in best.items():
            print(f"{name:44} real-time factor {seconds / duration:.3f}")
        plain = best.get("plain faster-whisper transcribe(), base int8")
        if plain:
            print(f"whole report / plain transcribe: {best['whole report, base int8'] / plain:.2f}")


def _report(recording: Path, model: str, threads: int) -> object:
    enrolled = {cast("PartnerId", partner): path for partner, path in enrolment().items()}
    heard = hear(recording, Listening(enrolled, model=model, threads=threads), lambda _stage, _done: None)
    scenario = load_scenarios(practice_folder())["free-talk"]
    return report_on(heard, Practice(scenario, load_rubric(guidelines_file())))


def _with_words(recording: Path, threads: int) -> dict[str, Callable[[], object]]:
    folder = open_store().verified("base").folder

    def plain() -> object:
        model = WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=threads)
        return list(model.transcribe(str(recording))[0])

    return {
        "whole report, base int8": lambda: _report(recording, "base", threads),
        "plain faster-whisper transcribe(), base int8": plain,
    }
