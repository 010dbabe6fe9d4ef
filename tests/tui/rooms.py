"""Real studios over temporary folders, with sessions in every state."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from listener.adapters.resources import example_folder
from listener.adapters.session_folder import SessionFolder
from listener.app.settings import Settings
from listener.app.studio import InputChoice, Studio
from listener.domain.report import GuidelineScore, Report
from listener.domain.session import SessionRecord, SessionState
from listener.domain.span import Span
from listener.domain.speech import Behaviour, BehaviourLabel, PartnerId, Utterance
from listener.errors import ListenerError, MissingDevice
from listener.reports.json_report import parse, render

HERE = Path(__file__).parent
NAMES: dict[PartnerId, str] = {"A": "Nora", "B": "Sam"}
NO_MICROPHONE = MissingDevice("No microphone is connected.", "Plug one in or allow its use, then run this again.")


class Room(Studio):
    """A studio at a fixed time in a room of which it is known what it holds; everything else is the real one."""

    words = True
    problem: ListenerError | None = None

    def now(self) -> datetime:
        return datetime(2026, 11, 23, 19, 30, 5, tzinfo=UTC)

    @property
    def has_words(self) -> bool:
        return self.words

    def inputs(self) -> tuple[list[InputChoice], ListenerError | None]:
        example = InputChoice("example", "Example conversation", 1, path=example_folder() / "conversation.flac")
        if self.problem is not None:
            return [example], self.problem
        return [InputChoice("microphone", "Built-in microphone", 1, is_default=True), example], None


def room(tmp_path: Path, **settings: object) -> Room:
    return Room(Settings(**settings), tmp_path / "sessions")  # type: ignore[arg-type]  # any setting


def example_report() -> Report:
    return parse((HERE / "example_report.json").read_bytes())


def keep(
    studio: Studio,
    started_at: str,
    scenario: str = "free-talk",
    recorded: bool = True,
    report: Report | None = None,
    **values: Any,
) -> SessionFolder:
    """A session of the example conversation: cut off while it was recorded, recorded, or with a report.

    `values` are what else its record says.
    """
    state: SessionState = "recorded" if recorded else "recording"
    record = SessionRecord(
        id="",
        started_at=started_at,
        scenario=scenario,
        names=NAMES,
        mics="one",
        device="Example conversation",
        rate=16_000,
        channels=1,
        listener="0.1.0",
        consent=("A", "B"),
        state=state,
        duration_ms=48_050 if recorded else 0,
        **values,
    )
    folder = SessionFolder.create(studio.sessions.root, record)
    if recorded:
        shutil.copyfile(example_folder() / "conversation.flac", folder.recording)
    if report is not None:
        folder.write("report.json", render(report))
    return folder


def dated(report: Report, started_at: str) -> Report:
    return replace(report, session=replace(report.session, recorded_at=started_at))


def scored(report: Report, better: int) -> Report:
    """The same report with every score moved, ranges and all."""
    return replace(report, guidelines=tuple(_moved(row, better) for row in report.guidelines))


def _moved(row: GuidelineScore, better: int) -> GuidelineScore:
    if row.score is None or row.low is None or row.high is None:
        return row
    low, score, high = (max(0, min(100, points + better)) for points in (row.low, row.score, row.high))
    return replace(row, low=max(low, score - 9), score=score, high=min(high, score + 9))


def promising(report: Report) -> Report:
    """The same report where Nora says a commitment of two sentences and Sam one."""
    label = (Behaviour(BehaviourLabel.COMMITMENT, 0.9),)
    return replace(
        report,
        utterances=(
            Utterance("A", Span(12_000, 15_000), "Good. I will call your mother on Sunday.", behaviours=label),
            Utterance("B", Span(31_000, 33_500), "Then I'll cook on Thursday, and every Thursday.", behaviours=label),
        ),
    )
