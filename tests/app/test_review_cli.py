"""`listener review` as a process: moments listed, judged by options, and what that changed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from listener.adapters.session_folder import SessionFolder
from listener.app.judgement_file import REVIEW_FILE, judgements_of
from listener.app.sessions import REPORT_FILE
from tests.reviewed import row, store_reviewable, stored_report

Run = Callable[..., subprocess.CompletedProcess[str]]
FIRST, BLAME, BACK = "3", "4", "7"
"""Numbers of the first interruption, the utterance that blames, and the one that gives back."""


@pytest.fixture
def folder(tmp_path: Path) -> SessionFolder:
    return store_reviewable(tmp_path / "listener" / "sessions")


@pytest.fixture
def review(tmp_path: Path) -> Run:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "listener", "review", *arguments]
        home = {"XDG_DATA_HOME": str(tmp_path), "HOME": str(tmp_path), "LISTENER_CONFIG": str(tmp_path / "none.toml")}
        return subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **home})

    return run


def test_moments_are_listed_with_their_numbers(folder: SessionFolder, review: Run) -> None:
    done = review("last", "--list")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) == 8
    assert [line.split()[0] for line in lines] == [str(number) for number in range(1, 9)]
    assert lines[2] == "  3     0:12  Sam: an interruption"
    assert lines[3] == "  4     0:12  Sam: blames  “You always make such a drama out of everything.”"


def test_the_list_as_json_tells_the_machines_labels_and_those_of_now(folder: SessionFolder, review: Run) -> None:
    changed = review(folder.path.name, "--as", "A", "--set", f"{FIRST}=backchannel", "--list", "--json")
    document = json.loads(changed.stdout)
    assert (document["schema"], document["session"]) == ("listener.moments/1", folder.path.name)
    first, blame = document["moments"][2:4]
    assert (first["number"], first["what"], first["start_ms"], first["end_ms"]) == (3, "overlap", 12_000, 14_000)
    assert first["machine"] == {"speaker": "B", "labels": ["interruption"]}
    assert first["now"] == {"speaker": "B", "labels": ["backchannel"]}
    (judged,) = first["judged"]
    assert {key: judged[key] for key in ("by", "aspect", "label", "value", "machine", "counts")} == {
        "by": "A",
        "aspect": "event",
        "label": None,
        "value": "backchannel",
        "machine": "interruption",
        "counts": True,
    }
    assert blame["machine"] == blame["now"] == {"speaker": "B", "labels": ["blame"]}
    assert "Let each other finish: Sam" in changed.stderr


def test_a_correction_tells_what_it_changed_and_undo_restores_every_byte(folder: SessionFolder, review: Run) -> None:
    machine = (folder.path / REPORT_FILE).read_bytes()
    before = row(stored_report(folder), "let-them-finish", "B").score
    done = review("last", "--as", "A", "--set", f"{FIRST}=backchannel")
    after = row(stored_report(folder), "let-them-finish", "B").score
    assert before is not None
    assert after is not None
    assert after > before
    assert done.stdout.splitlines()[0] == f"Let each other finish: Sam {before} → {after}"
    assert "  3     0:12  Sam: an interruption → a listening sound" in review("last", "--list").stdout
    undone = review("last", "--as", "A", "--undo")
    assert undone.stdout.splitlines()[0] == f"Let each other finish: Sam {after} → {before}"
    assert undone.stderr == "Taken back: what was said of Sam at 0:12\n"
    assert (folder.path / REPORT_FILE).read_bytes() == machine
    assert "nothing of yours" in review("last", "--as", "A", "--undo").stderr


def test_a_note_of_bytes_that_are_no_text_is_kept_as_text(folder: SessionFolder, review: Run) -> None:
    done = review("last", "--as", "A", "--note", f"{BACK}=so\udcff quiet")
    assert done.returncode == 0, done.stderr
    assert [said.value for said in judgements_of(folder)] == ["so\N{REPLACEMENT CHARACTER} quiet"]


def test_several_things_at_once(folder: SessionFolder, review: Run) -> None:
    done = review(
        "last",
        *("--as", "therapist"),
        *("--accept", FIRST),
        *("--set", f"{BLAME}=-blame,+self-disclosure"),
        *("--set", f"{BACK}=speaker=A"),
        *("--note", f"{BACK}=So = quiet."),
        "--agreement",
    )
    assert done.returncode == 0, done.stderr
    said = [(j.by, j.aspect, j.label, j.value) for j in judgements_of(folder)]
    assert said == [
        ("therapist", "event", None, "interruption"),
        ("therapist", "behaviour", "blame", "absent"),
        ("therapist", "behaviour", "self_disclosure", "present"),
        ("therapist", "speaker", None, "A"),
        ("therapist", "note", None, "So = quiet."),
    ]
    assert "The machine and the therapist agree on what an overlap was in 1 of 1" in done.stdout
    assert "not sampled" in done.stdout
    lines = review("last", "--list").stdout.splitlines()
    assert lines[3] == "  4     0:12  Sam: blames → opens up  “You always make such a drama out of everything.”"
    assert any("Sam → Nora: says back" in line for line in lines)


def test_nothing_is_stored_where_one_of_the_options_is_wrong(folder: SessionFolder, review: Run) -> None:
    done = review("last", "--as", "A", "--set", f"{FIRST}=none", "--set", "99=none")
    assert done.returncode == 2
    assert not (folder.path / REVIEW_FILE).exists()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("last", "--set", "3=none"), 2, "--as A"),
        (("last", "--as", "C"), 2, "therapist"),
        (("last", "--as", "A", "--set", "3"), 2, "4=backchannel"),
        (("last", "--as", "A", "--set", "0=none"), 2, "--list"),
        (("last", "--as", "A", "--set", "x=none"), 2, "--list"),
        (("last", "--as", "A", "--set", "3=rude"), 2, "attempted_interruption"),
        (("last", "--as", "A", "--set", "4=interruption"), 2, "self_disclosure"),
        (("last", "--as", "A", "--set", "4=+rude"), 2, "self_disclosure"),
        (("last", "--as", "A", "--set", "4=speaker=C"), 2, "speaker=A"),
        (("last", "--as", "A", "--note", "4"), 2, "no text"),
        (("last", "--json"), 2, "--list"),
        (("nonsense", "--list"), 1, "There is no session 'nonsense'"),
        (("last",), 2, "terminal"),
    ],
)
def test_what_does_not_go_is_told(
    folder: SessionFolder, review: Run, arguments: tuple[str, ...], code: int, words: str
) -> None:
    done = review(*arguments)
    assert done.returncode == code
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_agreement_without_any_judgement(folder: SessionFolder, review: Run) -> None:
    assert "Nobody has judged a moment yet" in review("last", "--agreement").stdout


def test_a_session_elsewhere_is_judged_by_options_only(folder: SessionFolder, review: Run, tmp_path: Path) -> None:
    other = store_reviewable(tmp_path / "other")
    assert review(str(other.path), "--as", "B", "--set", f"{FIRST}=none").returncode == 0
    assert judgements_of(other)
    assert not judgements_of(folder)
    assert "not among your own sessions" in review(str(other.path)).stderr
