"""`listener record`: a session recorded without the app, until it is told to end."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from listener.app.replay_cli import PartnerValue
from listener.app.scenarios_cli import DEFAULT_SCENARIO, find_scenario

if TYPE_CHECKING:
    from listener.adapters.session_folder import SessionFolder
    from listener.app.recording import Recording, RecordingStatus
    from listener.domain.session import SessionRecord
    from listener.domain.speech import PartnerId
    from listener.ports import LiveInput

MS_PER_MINUTE = 60_000
_LOOK_S = 0.2
_SIGNALS = {
    signal.SIGINT: "ended by the partners",
    signal.SIGTERM: "the program was asked to end",
    signal.SIGHUP: "the terminal was closed",
}


@click.command()
@click.option(
    "--minutes", type=click.FloatRange(min=0, min_open=True), help="End after so long.  [default: Ctrl-C ends]"
)
@click.option("--mic", metavar="NAME", help="Which microphone.  [default: the configured one, else the system's]")
@click.option(
    "--play", type=click.Path(path_type=Path), metavar="FILE", help="Play a recording in a microphone's place."
)
@click.option(
    "--mics", type=click.Choice(["one", "two"]), help="One microphone, or one each.  [default: as configured]"
)
@click.option("--scenario", "scenario_name", metavar="ID|FILE", default=DEFAULT_SCENARIO, show_default=True)
@click.option("--partner", "names", type=PartnerValue(), multiple=True, help="A partner's name, as in A=Anna.")
def record(  # noqa: PLR0913  # one parameter an option; click calls it, nobody else
    minutes: float | None,
    mic: str | None,
    play: Path | None,
    mics: Literal["one", "two"] | None,
    scenario_name: str,
    names: tuple[tuple[PartnerId, str], ...],
) -> None:
    """Record a session without the app, until Ctrl-C, and print the folder it lies in.

    `listener replay` of the folder makes its report. Record only when both of you agree to it.
    """
    from listener.app.native_noise import native_noise_off
    from listener.app.settings import load_settings

    if mic is not None and play is not None:
        raise click.UsageError("Give either --mic or --play.")
    find_scenario(scenario_name)
    if Path(scenario_name).is_file():
        scenario_name = str(Path(scenario_name).resolve())
    settings = load_settings()
    mics = mics or settings.mics
    with native_noise_off(), _told_to_end() as ending:
        live_input = _input(mic or settings.microphone, play, mics)
        folder = _new_session(live_input, mics, scenario_name, dict(names))
        _record(folder, live_input, minutes, ending)
    _say(str(folder.path), to_stdout=True)


class Ending(threading.Event):
    """Set when something asks the recording to end; `why` in plain words."""

    why = "ended by the partners"


@contextmanager
def _told_to_end() -> Iterator[Ending]:
    """Turns signals into an event, from the first moment on to the last: a second one does not cut off the saving."""
    ending = Ending()

    def note(number: int, _frame: object) -> None:
        if not ending.is_set():
            ending.why = _SIGNALS[signal.Signals(number)]
            ending.set()

    before = {number: signal.signal(number, note) for number in _SIGNALS}
    try:
        yield ending
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _input(mic: str | None, play: Path | None, mics: Literal["one", "two"]) -> LiveInput:
    from listener.adapters.microphone import Microphone
    from listener.adapters.played_file import PlayedFile
    from listener.errors import BadAudio

    channels = 2 if mics == "two" else 1
    if play is None:
        return Microphone(mic, channels)
    played = PlayedFile(play, channels=channels)
    if played.channels != channels:
        raise BadAudio(f"{play.name} has one channel, not two microphones.", "Leave out `--mics two`.")
    return played


def _new_session(
    live_input: LiveInput, mics: Literal["one", "two"], scenario: str, names: dict[PartnerId, str]
) -> SessionFolder:
    from datetime import datetime

    from listener.adapters.session_folder import sessions_folder
    from listener.app.new_session import NewSession, create_session

    device, rate, channels = live_input.name, live_input.rate, live_input.channels
    plan = NewSession(scenario, names, mics, device, rate, channels, consent=())
    return create_session(sessions_folder(), plan, datetime.now().astimezone())


def _record(folder: SessionFolder, live_input: LiveInput, minutes: float | None, ending: Ending) -> SessionRecord:
    from listener.app.recording import Recording
    from listener.errors import ListenerError

    recording = Recording(folder, live_input)
    try:
        recording.start()
    except ListenerError:
        folder.delete()
        raise
    _watch(recording, minutes, ending)
    status = recording.status
    record = recording.stop(ending.why)
    if status.state == "failed":
        _say(status.message)
    return record


def _watch(recording: Recording, minutes: float | None, ending: Ending) -> None:
    """Wait for the end, telling how it goes: all the time where a person looks on, else only what is not well."""
    drawn, told = sys.stderr.isatty(), ""
    while not ending.wait(_LOOK_S):
        status = recording.status
        if drawn:
            _say(f"\r\033[K{_line(status)}", newline=False)
        elif status.message != told:
            _say(status.message)
        told = status.message
        if status.state == "failed":
            break
        if status.ended:
            ending.why = "the recording that was played has ended"
            break
        if minutes is not None and status.recorded_ms >= minutes * MS_PER_MINUTE:
            ending.why = "the time was over"
            break
    if drawn:
        _say("\r\033[KSaving …\r\033[K", newline=False)


def _line(status: RecordingStatus) -> str:
    from listener.domain.span import clock

    levels = " ".join(f"{level.rms_db:4.0f} dB{' clipping' if level.clipped else ''}" for level in status.levels)
    return f"{clock(status.recorded_ms)}  {status.state}  {levels}  {status.message or 'Ctrl-C ends'}"


def _say(words: str, *, newline: bool = True, to_stdout: bool = False) -> None:
    """Tell, where there is still someone to be told: a terminal that went away must not cost a recording."""
    if not words:
        return
    stream = sys.stdout if to_stdout else sys.stderr
    try:
        click.echo(words, file=stream, nl=newline)
        stream.flush()
    except OSError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
