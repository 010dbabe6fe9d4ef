"""A practice that is going on: the recording, the provisional analysis beside it, and the clock over both."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from listener.app.followers import Follower
from listener.app.practice_clock import Cue, PracticeClock, Stage
from listener.domain.session import PauseKind, SessionRecord
from listener.domain.span import Ms, Span
from listener.domain.speech import PartnerId
from listener.errors import ListenerError

if TYPE_CHECKING:
    from listener.app.live import LivePicture
    from listener.app.new_session import NewSession
    from listener.app.recording_status import RecordingStatus
    from listener.app.studio import Studio
    from listener.ports import Block, LiveInput


class Records(Protocol):
    """What is needed of `Recording`."""

    @property
    def status(self) -> RecordingStatus: ...

    def pause(self, kind: PauseKind = "pause") -> None: ...

    def resume(self) -> None: ...

    def strike_last(self, ms: Ms) -> Span: ...

    def mark_phase(self, index: int) -> None: ...

    def stop(self, why: str) -> SessionRecord: ...


class Listens(Follower, Protocol):
    """What is needed of `LiveAnalysis`."""

    @property
    def picture(self) -> LivePicture: ...

    def set_captions(self, on: bool) -> None: ...

    def stop(self) -> None: ...


class Pictures(Protocol):
    """Where the latest picture comes from; None as long as nothing listens, `problem` where nothing ever will."""

    @property
    def picture(self) -> LivePicture | None: ...

    @property
    def problem(self) -> str: ...

    def set_captions(self, on: bool) -> None: ...

    def stop(self) -> None: ...


class LateLive:
    """Makes the live analysis when the first block is there, so that recording never waits for its libraries."""

    def __init__(self, make: Callable[[bool], Listens], captions: bool) -> None:
        """`make` is told whether captions are wanted by then."""
        self._make, self._captions = make, captions
        self._live: Listens | None = None
        self.problem = ""

    @property
    def picture(self) -> LivePicture | None:
        return self._live.picture if self._live is not None else None

    def feed(self, block: Block) -> None:
        if self._live is None and not self.problem:
            try:
                made_with = self._captions
                self._live = self._make(made_with)
                if self._captions != made_with:  # pressed while it was made
                    self._live.set_captions(self._captions)
            except ListenerError as error:
                self.problem = error.message
        if self._live is not None:
            self._live.feed(block)

    def seam(self) -> None:
        if self._live is not None:
            self._live.seam()

    def strike(self, span: Span) -> None:
        if self._live is not None:
            self._live.strike(span)

    def set_captions(self, on: bool) -> None:
        """Caption from now on, or no more."""
        self._captions = on
        if self._live is not None:
            self._live.set_captions(on)

    def stop(self) -> None:
        """End the live analysis, where there is one."""
        if self._live is not None:
            self._live.stop()


@dataclass(frozen=True, slots=True)
class Look:
    """What there is to see at one moment; `cues` fell due since the last look.

    `picture` None: nothing listens yet, or `problem` tells why nothing will.
    """

    status: RecordingStatus
    picture: LivePicture | None
    stage: Stage
    cues: tuple[Cue, ...]
    problem: str = ""

    @property
    def is_over(self) -> bool:
        """Whether nothing more will be recorded: the input has run out, or the recording has stopped."""
        return self.status.ended or self.status.state in {"stopped", "failed"}


class Practising:
    """One practice from its first sample to its saved recording; asked from one thread."""

    def __init__(self, session_id: str, recording: Records, clock: PracticeClock, live: Pictures) -> None:
        self.session_id = session_id
        self.clock = clock
        self._live = live
        self._recording = recording
        self._record: SessionRecord | None = None
        self._early: tuple[Cue, ...] = ()

    def look(self) -> Look:
        """The state now; enters phases whose time has come."""
        status = self._recording.status
        before = self.clock.index
        self.clock, cues = self.clock.advanced(status.recorded_ms)
        if self.clock.index != before:
            self._recording.mark_phase(self.clock.index)
        early, self._early = self._early, ()
        return Look(status, self._live.picture, self.clock.stage(), early + cues, self._live.problem)

    def next_phase(self) -> bool:
        """Go on to the next phase before its time; False in the last one."""
        self.clock, cues = self.clock.next_phase()
        if cues:
            self._recording.mark_phase(self.clock.index)
            self._early += cues
        return bool(cues)

    def pause(self, kind: PauseKind) -> None:
        """Store nothing until `resume`."""
        self._recording.pause(kind)

    def resume(self) -> None:
        """Go on after a pause."""
        self._recording.resume()

    def strike_last(self, ms: Ms) -> Span:
        """Turn the last `ms` of the recording into silence; the span that was struck."""
        return self._recording.strike_last(ms)

    def set_captions(self, on: bool) -> None:
        """Caption what is said from now on, or no more."""
        self._live.set_captions(on)

    def stop(self, why: str) -> SessionRecord:
        """End and save, with `why` in plain words; a second call gives the same record. Blocks until all is stored."""
        if self._record is None:
            self._record = self._recording.stop(why)
            self._live.stop()
        return self._record


def begin(
    studio: Studio, live_input: LiveInput, session: NewSession, clock: PracticeClock, voices: Mapping[PartnerId, Path]
) -> Practising:
    """Start recording, then load what listens. `voices`: the enrolment sentences. Raises MissingDevice and DiskFull."""
    from listener.app.recording import Recording

    folder = studio.new_session(session)
    live = LateLive(lambda captions: studio.live(folder, captions), studio.settings.captions == "provisional")
    recording = Recording(folder, live_input, [live])
    try:
        for partner, sentence in voices.items():
            folder.enrol(partner, sentence)
        recording.start()
    except ListenerError:
        folder.delete()
        raise
    recording.mark_phase(clock.index)
    return Practising(folder.path.name, recording, clock, live)
