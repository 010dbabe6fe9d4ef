"""Replay with the real networks and the real tiny.en transcription, as people run it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
import soundfile
import soxr

from listener.adapters.model_store import State, open_store
from listener.adapters.resources import example_folder
from listener.reports.schemas import schema

FIXTURES = Path(__file__).parents[1] / "fixtures"
TRUTH = json.loads((FIXTURES / "example_truth.json").read_text())
COMMAND = [sys.executable, "-m", "listener", "replay"]


def replay(*arguments: str, prefix: tuple[str, ...] = ()) -> subprocess.CompletedProcess[bytes]:
    done = subprocess.run([*prefix, *COMMAND, *arguments], capture_output=True, check=False)
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return done


def report(*arguments: str) -> dict[str, Any]:
    done = replay(*arguments, "--json")
    assert done.returncode == 0, done.stderr.decode()
    document: dict[str, Any] = json.loads(done.stdout)
    jsonschema.validate(document, schema("report"))
    return document


@pytest.fixture(scope="module")
def tiny() -> str:
    store = open_store()
    if store.look(store.manifest.model("tiny.en")).state is not State.VERIFIED:
        pytest.skip("no tiny.en weights: run `listener models fetch tiny.en`")
    return "tiny.en"


@pytest.fixture(scope="module")
def example(tiny: str) -> bytes:
    done = replay("--example", "--json", "--model", tiny)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def words(text: str) -> list[str]:
    return re.sub(r"[^a-z' ]", " ", text.lower().replace("’", "'").replace("-", " ")).split()


def word_errors(true: list[str], said: list[str]) -> int:
    """Edits between two lists of words (Levenshtein)."""
    row = list(range(len(said) + 1))
    for i, word in enumerate(true, 1):
        previous, row[0] = row[0], i
        for j, other in enumerate(said, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (word != other))
    return row[-1]


def test_the_example_gives_a_valid_report_with_the_words_of_each_partner(example: bytes) -> None:
    document = json.loads(example)
    jsonschema.validate(document, schema("report"))
    errors = total = 0
    for partner in "AB":
        true = words(" ".join(line["text"] for line in TRUTH["lines"] if line["speaker"] == partner))
        said = words(" ".join(u["text"] for u in document["utterances"] if u["speaker"] == partner))
        errors += word_errors(true, said)
        total += len(true)
    assert errors / total < 0.25


def test_every_word_has_speech_of_its_partner_under_it(example: bytes) -> None:
    document = json.loads(example)
    for utterance in document["utterances"]:
        for word in utterance["words"]:
            near = [
                s
                for s in document["speech"]
                if s["speaker"] == utterance["speaker"]
                and s["start_ms"] - 300 <= word["end_ms"]
                and word["start_ms"] <= s["end_ms"] + 300
            ]
            assert near, word


def test_the_second_run_gives_the_same_bytes(example: bytes, tiny: str) -> None:
    assert replay("--example", "--json", "--model", tiny).stdout == example


def test_every_guideline_has_its_row_and_poor_listening_is_seen(example: bytes) -> None:
    document = json.loads(example)
    rows = {(row["id"], row["partner"]): row for row in document["guidelines"]}
    assert len({guideline for guideline, _ in rows}) == 17
    assert all(row["score"] is not None or row["withheld"] for row in rows.values())
    assert rows["no-judgement", "B"]["score"] < rows["no-judgement", "A"]["score"]
    assert any(o["kind"] == "interruption" and o["incomer"] == "B" for o in document["overlaps"])
    assert not any(o["kind"].endswith("interruption") and o["incomer"] == "A" for o in document["overlaps"])


def test_nobody_in_the_example_raises_their_voice(example: bytes) -> None:
    document = json.loads(example)
    assert document["voice"]["raised"] == []
    assert document["provenance"]["parameters"]["voice"]["louder_db"] == 6.0
    assert "swift-f0" in document["provenance"]["models"]


@pytest.mark.skipif(
    shutil.which("unshare") is None or os.geteuid() != 0, reason="cutting the network off needs root and unshare"
)
def test_replay_needs_no_network(example: bytes, tiny: str) -> None:
    assert replay("--example", "--json", "--model", tiny, prefix=("unshare", "-n")).stdout == example


def test_two_microphones(tiny: str) -> None:
    folder = FIXTURES / "dialogue" / "good"
    document = report(str(folder / "stereo.flac"), "--model", tiny, "--partner", "A=Emma", "--partner", "B=Bella")
    assert document["session"]["mics"] == "two"
    assert [p["name"] for p in document["session"]["partners"]] == ["Emma", "Bella"]
    truth = json.loads((folder / "truth.json").read_text())
    assert abs(document["talk"]["A"]["share"] - truth["talk"]["share"]["A"]) < 0.03
    for partner in "AB":
        true = words(" ".join(line["text"] for line in truth["lines"] if line["speaker"] == partner))
        said = words(" ".join(u["text"] for u in document["utterances"] if u["speaker"] == partner))
        assert word_errors(true, said) / len(true) < 0.3


def test_one_signal_copied_to_both_channels_is_one_microphone(tmp_path: Path) -> None:
    talk, rate = soundfile.read(example_folder() / "conversation.flac", dtype="float32")
    path = tmp_path / "copied.wav"
    soundfile.write(path, np.stack([talk, 0.7 * talk], axis=1), rate)
    document = report(str(path), "--model", "none")
    assert document["session"]["mics"] == "one"
    assert any("same signal" in note for note in document["session"]["notes"])


@pytest.mark.parametrize("kind", ["silence", "white", "hum", "music"])
def test_without_speech_no_word_and_no_score(tmp_path: Path, tiny: str, kind: str) -> None:
    rng = np.random.default_rng(2)
    at = np.arange(30 * 16_000) / 16_000
    chord = sum(np.sin(2 * np.pi * f * at) * (0.5 + 0.5 * np.sin(2 * np.pi * 2 * at)) for f in (220, 277, 330))
    signal = {
        "silence": np.zeros(at.size),
        "white": rng.normal(0, 0.03, at.size),
        "hum": 0.1 * np.sin(2 * np.pi * 50 * at) + rng.normal(0, 0.002, at.size),
        "music": 0.1 * np.asarray(chord),
    }[kind]
    soundfile.write(tmp_path / "sound.wav", signal.astype(np.float32), 16_000)
    document = report(str(tmp_path / "sound.wav"), "--model", tiny)
    assert document["utterances"] == []
    assert all(row["score"] is None and row["withheld"] for row in document["guidelines"])


@pytest.mark.parametrize(("rate", "subtype"), [(96_000, "PCM_24"), (8_000, "PCM_U8"), (44_100, "FLOAT")])
def test_unusual_recordings_are_reported(tmp_path: Path, rate: int, subtype: str) -> None:
    talk, _ = soundfile.read(example_folder() / "conversation.flac", dtype="float32")
    talk = soxr.resample(talk, 16_000, rate)
    if subtype == "FLOAT":
        talk[rate : 2 * rate] = np.nan
    path = tmp_path / "talk.wav"
    soundfile.write(path, talk, rate, subtype=subtype)
    document = report(str(path), "--model", "none")
    assert abs(document["session"]["duration_ms"] - 1000 * TRUTH["duration_s"]) < 100
    assert abs(document["talk"]["A"]["share"] - TRUTH["talk"]["share"]["A"]) < 0.1
    assert any("not numbers" in note for note in document["session"]["notes"]) == (subtype == "FLOAT")


def test_files_are_written_whole_and_never_over_others(tmp_path: Path) -> None:
    out = tmp_path / "reports"
    assert replay("--example", "--model", "none", "--out", str(out)).returncode == 0
    assert sorted(p.name for p in out.iterdir()) == ["report.json", "report.md", "report.txt"]
    jsonschema.validate(json.loads((out / "report.json").read_text()), schema("report"))
    (out / "report.md").write_text("mine")
    refused = replay("--example", "--model", "none", "--out", str(out))
    assert refused.returncode == 1
    assert b"--force" in refused.stderr
    assert (out / "report.md").read_text() == "mine"
    assert replay("--example", "--model", "none", "--out", str(out), "--force").returncode == 0
    assert (out / "report.md").read_text() != "mine"


def test_missing_weights_are_an_error_when_asked_for_and_told_when_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LISTENER_MODELS", str(tmp_path))
    asked = replay("--example", "--model", "tiny.en")
    assert asked.returncode == 3
    assert b"listener models fetch" in asked.stderr
    document = report("--example")
    assert document["utterances"] == []
    assert any("listener models fetch base" in note for note in document["session"]["notes"])
