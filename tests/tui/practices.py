"""Practices that stand still where a picture needs it, and ways to open a screen and wait; the rest is real."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from textual._wait import wait_for_idle
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from listener.analysis.input_check import Verdict
from listener.app.live import Caption, LivePicture, NoticedOverlap
from listener.app.meter import Level
from listener.app.monitor import Monitor
from listener.app.practice_clock import PracticeClock
from listener.app.practising import Practising
from listener.app.recording_status import RecordingStatus
from listener.app.settings import Settings
from listener.app.studio import InputChoice, Studio
from listener.domain.floor import OverlapKind
from listener.domain.session import PauseKind, SessionRecord
from listener.domain.span import Ms, Span
from listener.domain.speech import PartnerId
from listener.tui.plan import Plan
from tests.tui.rooms import Room

NAMES: dict[PartnerId, str] = {"A": "Anna", "B": "Ben"}
LEVEL = Level(peak_db=-9.0, rms_db=-22.0, clipped=False)
STATUS = RecordingStatus("recording", 100_000, (LEVEL,), 0, 312, "USB microphone", "", False)
PICTURE = LivePicture(
    at_ms=99_300,
    behind_ms=700,
    ready=True,
    holder="A",
    speaking=frozenset({"A"}),
    speaking_ms={"A": 60_000, "B": 31_000},
    events=(
        NoticedOverlap(Span(31_000, 31_400), "A", "B", OverlapKind.BACKCHANNEL, 0.9, 31_500),
        NoticedOverlap(Span(61_000, 62_000), "A", "B", OverlapKind.INTERRUPTION, 0.9, 61_600),
    ),
    captions=(
        Caption("A", Span(90_000, 94_000), "I felt alone with it on Tuesday when you came home late."),
        Caption("B", Span(95_000, 98_000), "So you felt alone with it, and a call would have helped?"),
    ),
)


class StandingRecording:
    """A recording that stands at one status, and notes what was asked of it."""

    def __init__(self, status: RecordingStatus = STATUS) -> None:
        self.status = status
        self.asked: list[str] = []

    def mark_phase(self, index: int) -> None:
        self.asked.append(f"phase {index}")

    def pause(self, kind: PauseKind = "pause") -> None:
        self.status = replace(self.status, state="paused")
        self.asked.append(kind)

    def resume(self) -> None:
        self.status = replace(self.status, state="recording")
        self.asked.append("resume")

    def strike_last(self, ms: Ms) -> Span:
        self.asked.append(f"strike {ms}")
        return Span(max(0, self.status.recorded_ms - ms), self.status.recorded_ms)

    def stop(self, why: str) -> SessionRecord:
        raise AssertionError("a standing recording is not stopped")


class StandingPicture:
    """A live analysis that stands still."""

    def __init__(self, picture: LivePicture | None = PICTURE, problem: str = "") -> None:
        self.picture, self.problem = picture, problem
        self.captions = False

    def set_captions(self, on: bool) -> None:
        self.captions = on

    def stop(self) -> None: ...


def practising(
    plan: Plan, recording: StandingRecording, live: StandingPicture | None = None, cue_ms: Ms = 0
) -> Callable[[], Practising]:
    clock = PracticeClock(plan.scenario, cue_ms)
    return lambda: Practising("20261123-193005", recording, clock, live or StandingPicture())


class StandingMonitor:
    """Hears the same all the time."""

    ended = False
    message = ""
    take_ms: Ms = 0

    def __init__(self, verdict: tuple[Verdict, ...], levels: tuple[Level, ...]) -> None:
        self.verdict, self.levels = verdict, levels

    def start_take(self) -> None:
        self.take_ms = 4_000

    def stop(self) -> None: ...


def standing(verdict: tuple[Verdict, ...], levels: tuple[Level, ...] = (LEVEL, LEVEL)) -> Monitor:
    return cast("Monitor", StandingMonitor(verdict, levels))


def plan(studio: Studio, scenario: str = "speaker-listener", choice: InputChoice | None = None) -> Plan:
    known = {one.id: one for one in studio.scenarios}
    return Plan(known[scenario], dict(NAMES), input=choice)


def example(studio: Studio) -> InputChoice:
    return next(choice for choice in studio.inputs()[0] if choice.kind == "example")


def quick(tmp_path: Path, speed: float = 25.0, **settings: object) -> Room:
    """A room where played files run at many times real time."""
    return Room(Settings(**settings), tmp_path / "sessions", speed=speed)  # type: ignore[arg-type]  # any setting


def opened(screen: Callable[[], Screen[Any]], *keys: str) -> Callable[[Pilot[None]], Any]:
    """Opens a screen without cursor blinking or movement, presses keys, and waits until nothing is under way."""

    async def run(pilot: Pilot[None]) -> None:
        await pilot.pause()
        pilot.app.animation_level = "none"
        await pilot.app.push_screen(screen())
        await still(pilot)
        for key in keys:
            await pilot.press(key)
        await still(pilot)

    return run


async def still(pilot: Pilot[None]) -> None:
    """Wait until nothing is under way, with cursors that do not blink.

    Idle first: a footer that is just drawing its keys anew would leave `pause` waiting for keys that are gone.
    """
    await pilot.app.workers.wait_for_complete()
    await wait_for_idle()
    await pilot.pause()
    for field in pilot.app.screen.query(Input):
        field.cursor_blink = False
    await pilot.pause()


async def until(pilot: Pilot[None], condition: Callable[[], bool], seconds: float = 30.0) -> None:
    """Wait for a condition; fails where it does not come true in time."""
    async with asyncio.timeout(seconds):
        while not condition():
            await pilot.pause(0.02)


def seen(app: App[None]) -> str:
    """All text on the uppermost screen, in one line with single spaces."""
    return " ".join(" ".join(strip.text for strip in app.screen._compositor.render_strips()).split())
