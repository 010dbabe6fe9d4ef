"""The final analysis of a stored session: the same bytes as replay, also after it was stopped on the way."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import soundfile

from listener.adapters.model_store import State, open_store
from listener.adapters.session_folder import SessionFolder
from listener.app.final import RESUME_FOLDER, Cancelled, FinalAnalysis
from listener.app.resume import Findings, FoundSpeech
from listener.app.settings import Settings
from listener.domain.session import Answer, PhaseStart, Promise
from listener.domain.span import Span
from listener.domain.speech import Ipu, TwoAtOnce, Word
from listener.domain.voice import EnrolledPitch, Voices, VoiceStretch
from listener.errors import BadSession
from listener.reports.json_report import parse
from tests.stored import store_example

TINY, SOUND_ONLY = Settings(model="tiny.en"), Settings(model="none")


@pytest.fixture(scope="module")
def _tiny_weights() -> None:
    store = open_store()
    if store.look(store.manifest.model("tiny.en")).state is not State.VERIFIED:
        pytest.skip("no tiny.en weights: run `listener models fetch tiny.en`")


def analyse(folder: SessionFolder, stop_after: int | None = None, settings: Settings = TINY) -> list[tuple[str, float]]:
    """Run the analysis, cancelled when it has told its progress so many times."""
    told: list[tuple[str, float]] = []
    FinalAnalysis(folder, settings).run(
        lambda stage, done: told.append((stage, done)), lambda: stop_after is not None and len(told) >= stop_after
    )
    return told


@dataclass(frozen=True)
class Whole:
    """A session that was analysed without a stop, and the progress that was told."""

    folder: SessionFolder
    told: list[tuple[str, float]]

    @property
    def report(self) -> bytes:
        return (self.folder.path / "report.json").read_bytes()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, _tiny_weights: None) -> Whole:
    folder = store_example(
        tmp_path_factory.mktemp("whole"),
        scenario="speaker-listener",
        gaps=(Span(1000, 1500),),
        phases=(PhaseStart(0, 0), PhaseStart(1, 20_000)),
        answers=(Answer("A", "validate", 2),),
        promises=(Promise("B", "I will call on Friday."),),
        readiness={"calm": True},
    )
    return Whole(folder, analyse(folder))


def copied(whole: Whole, root: Path) -> SessionFolder:
    """The same session before it was analysed."""
    shutil.copytree(whole.folder.path, root / "copy", ignore=shutil.ignore_patterns("report.json"))
    return SessionFolder(root / "copy")


def replayed(folder: SessionFolder, named: Path, *options: str) -> bytes:
    command = [sys.executable, "-m", "listener", "replay", str(named), "--json", "--model", "tiny.en", *options]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def test_the_report_is_replays_byte_for_byte(whole: Whole) -> None:
    assert whole.report == replayed(whole.folder, whole.folder.path)
    report = parse(whole.report)
    assert report.session.recorded_at == "2026-11-23T19:00:00+01:00"
    assert report.session.lost_ms == 500
    assert report.session.promises == (Promise("B", "I will call on Friday."),)
    assert [p.name for p in report.session.partners] == ["Nora", "Sam"]
    assert not (whole.folder.path / RESUME_FOLDER).exists()


def test_a_cancelled_analysis_goes_on_where_it_was(whole: Whole, tmp_path: Path) -> None:
    stopped = copied(whole, tmp_path)
    transcribing = [i for i, (stage, _) in enumerate(whole.told) if stage == "Transcribing"]
    with pytest.raises(Cancelled):
        analyse(stopped, stop_after=transcribing[1])
    assert not (stopped.path / "report.json").exists()
    kept = [path.name for path in (stopped.path / RESUME_FOLDER).iterdir()]
    assert any(name.startswith("words-") for name in kept)
    resumed = analyse(stopped)
    assert not any(stage in {"Telling speakers apart", "Hearing how it was said"} for stage, _ in resumed)
    assert (stopped.path / "report.json").read_bytes() == whole.report


def test_what_was_kept_of_another_recording_is_not_used(tmp_path: Path) -> None:
    folder = store_example(tmp_path)
    stages = analyse(folder, settings=SOUND_ONLY)
    with pytest.raises(Cancelled):
        analyse(folder, stop_after=len(stages) - 1, settings=SOUND_ONLY)
    folder.recording.write_bytes((folder.path / "enrol_A.flac").read_bytes())
    analyse(folder, settings=SOUND_ONLY)
    report = parse((folder.path / "report.json").read_bytes())
    assert report.session.duration_ms == 5703
    assert all(ipu.span.end <= 5703 for ipu in report.speech)


def test_a_finding_that_cannot_be_read_is_worked_out_again(tmp_path: Path) -> None:
    findings = Findings(tmp_path / "resume")
    speech = FoundSpeech((Ipu("A", Span(0, 300)),), (TwoAtOnce(Span(100, 200), 0.1 + 0.2),), 0.0123)
    nothing = FoundSpeech(())
    assert findings.speech(lambda: "basis", lambda: speech) == speech
    assert findings.speech(lambda: "basis", lambda: nothing) == speech
    assert findings.speech(lambda: "other basis", lambda: nothing) == nothing
    for path in (tmp_path / "resume").iterdir():
        path.write_bytes(path.read_bytes()[:-1])
    assert findings.speech(lambda: "basis", lambda: nothing) == nothing


def test_voices_come_back_as_they_were_kept(tmp_path: Path) -> None:
    findings = Findings(tmp_path / "resume")
    voices = Voices(
        (VoiceStretch("A", Span(0, 900), -31.25, 118.3), VoiceStretch("B", Span(900, 2000), -28.1)),
        (EnrolledPitch("A", 120.1 + 0.2, 4200),),
    )
    assert findings.voices(lambda: "basis", lambda: voices) == voices
    assert findings.voices(lambda: "basis", lambda: Voices(())) == voices
    assert findings.speech(lambda: "basis", lambda: FoundSpeech(())) == FoundSpeech(())


def test_words_come_back_as_they_were_kept(tmp_path: Path) -> None:
    findings = Findings(tmp_path / "resume")
    words = (Word("hello", Span(10, 400), 0.1 + 0.2),)
    assert findings.words(b"sound", lambda: words) == words
    assert findings.words(b"sound", tuple) == words


def test_two_microphones_tell_their_progress_and_can_be_cancelled(tmp_path: Path) -> None:
    folder = store_example(tmp_path, mics="two", channels=2)
    samples, rate = soundfile.read(folder.recording, dtype="int16")
    soundfile.write(folder.recording, np.stack([samples, samples[::-1]], axis=1), rate)
    told = analyse(folder, settings=SOUND_ONLY)
    done = [fraction for stage, fraction in told if stage == "Telling microphones apart"]
    assert len(done) > 20
    assert done == sorted(done)
    assert done[-1] == 1.0
    (folder.path / "report.json").unlink()
    with pytest.raises(Cancelled):
        analyse(folder, stop_after=10, settings=SOUND_ONLY)


def test_a_session_that_is_being_analysed_is_not_deleted(tmp_path: Path) -> None:
    folder = store_example(tmp_path)
    refused: list[str] = []

    def told(_stage: str, _done: float) -> None:
        with pytest.raises(BadSession, match="in use"):
            SessionFolder(folder.path).delete()
        refused.append("deletion")

    FinalAnalysis(folder, SOUND_ONLY).run(told, lambda: False)
    assert refused
    assert (folder.path / "report.json").exists()


def test_replay_options_go_before_the_session(tmp_path: Path) -> None:
    folder = store_example(tmp_path, scenario="speaker-listener")
    report = parse(replayed(folder, folder.path, "--model", "none", "--partner", "B=Ben", "--scenario", "free-talk"))
    assert [p.name for p in report.session.partners] == ["Nora", "Ben"]
    assert report.session.scenario == "free-talk"
    assert report.utterances == ()


def test_a_session_without_enrolment_is_told(tmp_path: Path) -> None:
    folder = store_example(tmp_path)
    for path in folder.enrolment.values():
        path.unlink()
    analyse(folder, settings=SOUND_ONLY)
    report = parse((folder.path / "report.json").read_bytes())
    assert any("Not both are enrolled" in note for note in report.session.notes)
