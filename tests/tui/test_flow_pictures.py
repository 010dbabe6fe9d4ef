"""Pictures of the practice flow, every screen and state, compared character by character.

`pytest tests/tui/test_flow_pictures.py --snapshot-update` draws them anew; look at what changed before it is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from listener.analysis.input_check import Verdict
from listener.app.meter import Level
from listener.app.recording_status import RecordingStatus
from listener.app.studio import InputChoice
from listener.errors import MissingDevice
from listener.tui.app import ListenerApp
from listener.tui.screens.check_out import CheckOutScreen
from listener.tui.screens.enrol import EnrolScreen
from listener.tui.screens.mic_check import MicCheckScreen
from listener.tui.screens.partners import PartnersScreen
from listener.tui.screens.practice import PracticeScreen
from listener.tui.screens.readiness import ReadinessScreen
from tests.tui.practices import (
    LEVEL,
    NAMES,
    PICTURE,
    STATUS,
    StandingPicture,
    StandingRecording,
    example,
    opened,
    plan,
    practising,
    standing,
    still,
    until,
)
from tests.tui.rooms import NO_MICROPHONE, Room, keep, room

Compare = Callable[..., bool]
SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
USB = InputChoice("microphone", "USB microphone", 2)
QUIET = Level(peak_db=-48.0, rms_db=-63.0, clipped=False)
LOUD = Level(peak_db=-0.1, rms_db=-8.0, clipped=True)
SILENT = Level()


@SIZES
@pytest.mark.parametrize("keys", [(), ("a",), ("a", "b")], ids=["open", "one", "both"])
def test_partners(snap_compare: Compare, tmp_path: Path, size: tuple[int, int], keys: tuple[str, ...]) -> None:
    studio = room(tmp_path)
    run = opened(lambda: PartnersScreen(plan(studio)), *keys)
    assert snap_compare(ListenerApp(studio), terminal_size=size, run_before=run)


@SIZES
def test_partners_for_the_first_time(snap_compare: Compare, tmp_path: Path, size: tuple[int, int]) -> None:
    studio = room(tmp_path)
    unnamed = plan(studio, "mirroring-dialogue")
    unnamed.names.clear()
    run = opened(lambda: PartnersScreen(unnamed))
    assert snap_compare(ListenerApp(studio), terminal_size=size, run_before=run)


@SIZES
@pytest.mark.parametrize("answers", ["yy", "yyyyyy", "ynyynn"], ids=["open", "ready", "not-ready"])
def test_readiness(snap_compare: Compare, tmp_path: Path, size: tuple[int, int], answers: str) -> None:
    studio = room(tmp_path)
    run = opened(lambda: ReadinessScreen(plan(studio)), *answers)
    assert snap_compare(ListenerApp(studio), terminal_size=size, run_before=run)


class Hearing(MicCheckScreen):
    """The microphone check over a monitor that hears the same all the time."""

    verdict: tuple[Verdict, ...] = ("good",)
    levels: tuple[Level, ...] = (LEVEL,)

    def listen(self) -> None:  # type: ignore[override]  # no thread is needed
        self.monitor = standing(self.verdict, self.levels)


def hearing(studio: Room, verdict: tuple[Verdict, ...], levels: tuple[Level, ...]) -> Hearing:
    screen = Hearing(plan(studio, choice=USB))
    screen.plan.mics = "two" if len(levels) == 2 else "one"
    screen.verdict, screen.levels = verdict, levels
    return screen


HEARD: dict[str, tuple[tuple[Verdict, ...], tuple[Level, ...]]] = {
    "waiting": (("waiting",), (SILENT,)),
    "good": (("good",), (LEVEL,)),
    "too-quiet": (("too_quiet",), (QUIET,)),
    "clipping": (("clipping",), (LOUD,)),
    "two": (("good", "noisy"), (LEVEL, LEVEL)),
    "same-signal": (("same_signal", "same_signal"), (LEVEL, LEVEL)),
    "silent-channel": (("good", "silent_channel"), (LEVEL, SILENT)),
}


@SIZES
@pytest.mark.parametrize("state", HEARD)
def test_mic_check(snap_compare: Compare, tmp_path: Path, size: tuple[int, int], state: str) -> None:
    studio = WithUsb(room(tmp_path).settings, tmp_path / "sessions")

    async def run(pilot: Pilot[None]) -> None:
        screen = hearing(studio, *HEARD[state])
        await opened(lambda: screen)(pilot)
        before = pilot.app.screen
        await until(pilot, lambda: bool(str(before.query_one("#verdict").render())))
        await pilot.pause(0.3)
        await still(pilot)

    assert snap_compare(ListenerApp(studio), terminal_size=size, run_before=run)


class WithUsb(Room):
    """A room with a microphone of two channels."""

    def inputs(self):  # type: ignore[no-untyped-def]
        choices, problem = super().inputs()
        return [choices[0], USB, *choices[1:]], problem


@SIZES
@pytest.mark.parametrize("problem", [None, NO_MICROPHONE], ids=["none-found", "no-audio"])
def test_no_microphone(
    snap_compare: Compare, tmp_path: Path, size: tuple[int, int], problem: MissingDevice | None
) -> None:
    class Silent(Room):
        def inputs(self):  # type: ignore[no-untyped-def]
            return [choice for choice in super().inputs()[0] if choice.kind == "example"], problem

    studio = Silent(room(tmp_path).settings, tmp_path / "sessions")
    run = opened(lambda: MicCheckScreen(plan(studio)))
    assert snap_compare(ListenerApp(studio), terminal_size=size, run_before=run)


@SIZES
def test_no_such_file(snap_compare: Compare, tmp_path: Path, size: tuple[int, int]) -> None:
    studio = room(tmp_path)
    run = opened(lambda: hearing(studio, ("good",), (LEVEL,)), "end", "enter", *"nowhere.wav", "enter")
    assert snap_compare(ListenerApp(studio), terminal_size=size, run_before=run)


class Reading(EnrolScreen):
    """Enrolment over a monitor that hears the same all the time."""

    def listen(self) -> None:  # type: ignore[override]  # no thread is needed
        self.monitor = standing(("good",), (LEVEL,))


@SIZES
@pytest.mark.parametrize("keys", [(), ("space",)], ids=["open", "taking"])
def test_enrol(snap_compare: Compare, tmp_path: Path, size: tuple[int, int], keys: tuple[str, ...]) -> None:
    studio = room(tmp_path)

    async def run(pilot: Pilot[None]) -> None:
        await opened(lambda: Reading(plan(studio, choice=USB), "A"), *keys)(pilot)
        await pilot.pause(0.3)

    assert snap_compare(ListenerApp(studio), terminal_size=size, run_before=run)


@SIZES
def test_enrol_of_the_example(snap_compare: Compare, tmp_path: Path, size: tuple[int, int]) -> None:
    studio = room(tmp_path)
    run = opened(lambda: EnrolScreen(plan(studio, choice=example(studio)), "B"))
    assert snap_compare(ListenerApp(studio), terminal_size=size, run_before=run)


@SIZES
def test_enrol_with_a_played_file(snap_compare: Compare, tmp_path: Path, size: tuple[int, int]) -> None:
    studio = room(tmp_path)
    choice = InputChoice("file", "evening.wav", 1, path=Path("evening.wav"))
    run = opened(lambda: EnrolScreen(plan(studio, choice=choice), "A"))
    assert snap_compare(ListenerApp(studio), terminal_size=size, run_before=run)


GONE = "The microphone is gone. Plug it in again: the recording goes on by itself, and the gap is marked."
FULL = "The recording has stopped: the disk is full. Everything up to 1:40 is kept."
STATES: dict[str, tuple[RecordingStatus, StandingPicture, tuple[str, ...]]] = {
    "talk": (STATUS, StandingPicture(), ()),
    "details": (STATUS, StandingPicture(), ("d",)),
    "captions": (STATUS, StandingPicture(), ("c",)),
    "captions-and-details": (STATUS, StandingPicture(), ("c", "d")),
    "next-part": (STATUS, StandingPicture(replace(PICTURE, holder="B")), ("n",)),
    "getting-ready": (replace(STATUS, recorded_ms=1_200), StandingPicture(None), ()),
    "no-live-view": (STATUS, StandingPicture(None, "weights are missing"), ()),
    "behind": (STATUS, StandingPicture(replace(PICTURE, behind_ms=12_000, captions_behind=True)), ("c",)),
    "device-lost": (
        replace(STATUS, state="lost", levels=(SILENT,), lost_ms=4_200, message=GONE),
        StandingPicture(),
        ("d",),
    ),
    "disk-nearly-full": (
        replace(STATUS, minutes_left=8, message="The disk is nearly full: room for 8 more minutes."),
        StandingPicture(),
        (),
    ),
    "disk-full": (replace(STATUS, state="failed", minutes_left=0, message=FULL), StandingPicture(), ()),
    "past-the-time": (replace(STATUS, recorded_ms=15 * 60_000 + 34_000), StandingPicture(), ()),
    "played-to-the-end": (replace(STATUS, ended=True), StandingPicture(), ()),
    "strike": (STATUS, StandingPicture(), ("s",)),
    "struck": (STATUS, StandingPicture(), ("s", "y")),
    "end": (STATUS, StandingPicture(), ("e",)),
    "pause": (STATUS, StandingPicture(), ("p",)),
    "break": (STATUS, StandingPicture(), ("b",)),
}


@SIZES
@pytest.mark.parametrize("state", STATES)
def test_practice(snap_compare: Compare, tmp_path: Path, size: tuple[int, int], state: str) -> None:
    status, live, keys = STATES[state]
    studio = room(tmp_path)
    draft = plan(studio)
    run = opened(lambda: PracticeScreen(draft, practising(draft, StandingRecording(status), live)), *keys)
    assert snap_compare(ListenerApp(studio), terminal_size=size, run_before=run)


@SIZES
@pytest.mark.parametrize("theme", ["light", "high-contrast"])
def test_practice_in_other_themes(snap_compare: Compare, tmp_path: Path, size: tuple[int, int], theme: str) -> None:
    studio = room(tmp_path, theme=theme, dashboard=True)
    draft = plan(studio)
    run = opened(lambda: PracticeScreen(draft, practising(draft, StandingRecording())))
    assert snap_compare(ListenerApp(studio), terminal_size=size, run_before=run)


def test_practice_without_colour(snap_compare: Compare, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    studio = room(tmp_path)
    draft = plan(studio)
    run = opened(lambda: PracticeScreen(draft, practising(draft, StandingRecording())))
    assert snap_compare(ListenerApp(studio), run_before=run)


@SIZES
@pytest.mark.parametrize("scenario", ["dreams-and-future", "free-talk"])
def test_practice_with_other_scenarios(
    snap_compare: Compare, tmp_path: Path, size: tuple[int, int], scenario: str
) -> None:
    studio = room(tmp_path)
    draft = plan(studio, scenario)
    run = opened(lambda: PracticeScreen(draft, practising(draft, StandingRecording())))
    assert snap_compare(ListenerApp(studio), terminal_size=size, run_before=run)


@SIZES
def test_practice_that_cannot_begin(snap_compare: Compare, tmp_path: Path, size: tuple[int, int]) -> None:
    def fail() -> None:
        raise MissingDevice("USB microphone cannot be opened.", "Close the program that uses it, or choose another.")

    studio = room(tmp_path)
    run = opened(lambda: PracticeScreen(plan(studio), fail))  # type: ignore[arg-type]  # it never returns
    assert snap_compare(ListenerApp(studio), terminal_size=size, run_before=run)


CHECK_OUT: dict[str, tuple[str, ...]] = {
    "hand-over": (),
    "rate": ("enter", "4", "2"),
    "promise": ("enter", "ctrl+n", *"I will call by six", "enter"),
    "the-other-one": ("enter", "ctrl+n", "ctrl+n"),
}


@SIZES
@pytest.mark.parametrize("state", CHECK_OUT)
def test_check_out(snap_compare: Compare, tmp_path: Path, size: tuple[int, int], state: str) -> None:
    studio = room(tmp_path)
    session = keep(studio, "2026-11-22T21:00:00+01:00")
    run = opened(lambda: CheckOutScreen(session.path.name, NAMES), *CHECK_OUT[state])
    assert snap_compare(ListenerApp(studio), terminal_size=size, run_before=run)
