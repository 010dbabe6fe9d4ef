"""What a recording does with each block, and with the lack of blocks."""

from __future__ import annotations

import contextlib
import threading
import time

from listener.adapters.resampling import Resampler
from listener.app.device import Arrival, Device
from listener.app.meter import Meter
from listener.app.recording_status import RecordingStatus, State
from listener.app.tape import Tape
from listener.domain.session import PauseKind
from listener.domain.span import clock
from listener.errors import DiskFull

LOST_S = 0.7
"""Without a block for so long the input counts as lost."""

GIVEN_UP_S = 3.0
"""Without a block for so long the input is opened anew; until then a busy machine may only be late with it."""

FIRST_BLOCK_S = 6.0
"""The same, for the first block after opening: sound servers may take seconds."""

SLEPT_S = 2.0
LOW_MINUTES = 10
_GAP_S, _DISK_S, _TOLD_S = 1.0, 2.0, 10.0

GONE = "The microphone is gone. Plug it in again: the recording goes on by itself, and the gap is marked."


class Recorder:
    """Used by one thread. Raises DiskFull where the disk takes no more; `fail` is then the way out."""

    def __init__(self, tape: Tape, device: Device) -> None:
        self.tape, self._device = tape, device
        self.over = False
        self.failure = ""
        self._state: State = "starting"
        self._meter = Meter(tape.rate, tape.channels)
        self._opening = 1
        self._away = False
        self._heard_at: float | None = None
        self._covered_at = device.opened_at
        self._resampler: Resampler | None = None
        self._paused_at: float | None = None
        self._resumed_at = 0.0
        self._minutes_left: int | None = None
        self._checked_at = -_DISK_S
        self._told, self._told_at = "", 0.0
        self._slept = suspended_s()
        self._ended = False

    def take(self, arrival: Arrival) -> None:
        """Store a block, and before it what was lost."""
        if self.failure or self.over or arrival.opening < self._opening:
            return
        samples, rate = arrival.block.samples, self.tape.rate
        lost = arrival.block.lost_frames * rate // arrival.rate
        if arrival.opening > self._opening:
            self._opening, self._away = arrival.opening, False
            self._resampler = Resampler(arrival.rate, rate, self.tape.channels) if arrival.rate != rate else None
            lost = round((arrival.at - self._covered_at - len(samples) / arrival.rate) * rate)
            self._tell(f"Recording goes on with {self._device.name}; the gap is marked.")
        if self._resampler is not None:
            samples = self._resampler(samples)
        self._heard_at = self._covered_at = arrival.at
        self._meter.feed(samples)
        delay_s = self._device.delay_s
        if delay_s and arrival.at - delay_s < self._resumed_at:
            return  # caught while it was paused
        if self._paused_at is None:
            self._state = "recording"
            self.tape.gap(lost)
            self.tape.store(samples)

    def wait(self) -> None:
        """Notice that the input is lost, have it looked for, and count the time until it is back as a gap.

        To be called when everything that was handed over has been taken.
        """
        self._ended = self._device.ended
        if self.failure or self._ended:
            return
        now = time.monotonic()
        is_first = self._heard_at is None or self._device.opened_at > self._heard_at
        waited = now - (self._device.opened_at if is_first or self._heard_at is None else self._heard_at)
        if self._device.broken or waited > (FIRST_BLOCK_S if is_first else GIVEN_UP_S):
            self._away = True
            self._device.seek()
        if self._paused_at is not None:
            return
        if self._away or (waited > LOST_S and not is_first):
            self._state = "lost"
            self._meter.silence()
        if self._away and now - self._covered_at >= _GAP_S:
            self._cover(now)

    def watch(self) -> None:
        """Notice that the computer slept, or that the disk is filling."""
        if self.over or self.failure:
            return
        slept, self._slept = suspended_s() - self._slept, suspended_s()
        if slept > SLEPT_S and self._paused_at is None:
            self.tape.begin_pause("pause")
            self.tape.end_pause(round(slept * 1000))
            self.tape.seam()
            self._tell("The computer slept; that is noted as a pause.")
        if time.monotonic() - self._checked_at >= _DISK_S:
            self._checked_at = time.monotonic()
            self._minutes_left = self.tape.minutes_left
            if self._minutes_left == 0:
                raise DiskFull("The disk is full.", f"Free some space on the disk that holds {self.tape.folder}.")

    def pause(self, kind: PauseKind) -> None:
        """Store nothing from here on."""
        if self._paused_at is None:
            self._paused_at, self._state = time.monotonic(), "paused"
            self.tape.begin_pause(kind)

    def resume(self) -> None:
        """Go on after a pause."""
        if self._paused_at is not None:
            self._end_pause()
            self.tape.seam()
            self._covered_at = self._resumed_at = time.monotonic()

    def finish(self, why: str) -> None:
        """Store what is left and close the tape; `over` from then on."""
        self.over = True
        if self.failure:
            return
        if self._away and self._paused_at is None:
            self._cover(time.monotonic())
        self._end_pause()
        self.tape.close(why)
        self._state = "stopped"

    def fail(self, why: str, told: str) -> None:
        """Stop in order, for a reason that is told; what was stored is kept."""
        if self.failure:
            return
        self._state = "failed"
        kept = clock(self.tape.duration_ms)
        self.failure = f"The recording has stopped. {told} Everything up to {kept} is kept."
        with contextlib.suppress(Exception):  # the disk may be gone altogether; what it holds it holds
            self.tape.close(why)
        threading.Thread(target=self._device.close, name="closing", daemon=True).start()

    def status(self) -> RecordingStatus:
        """How things stand."""
        return RecordingStatus(
            state=self._state,
            recorded_ms=self.tape.duration_ms,
            levels=self._meter.levels,
            lost_ms=self.tape.lost_ms,
            minutes_left=self._minutes_left,
            device=self._device.name,
            message=self._message(),
            ended=self._ended,
        )

    def _cover(self, now: float) -> None:
        """Count the time up to `now`, on the monotonic clock, as lost."""
        self.tape.gap(round((now - self._covered_at) * self.tape.rate))
        self._covered_at = now

    def _end_pause(self) -> None:
        if self._paused_at is not None:
            lasted_s, self._paused_at = time.monotonic() - self._paused_at, None
            self._state = "recording"
            self.tape.end_pause(round(lasted_s * 1000))

    def _tell(self, words: str) -> None:
        self._told, self._told_at = words, time.monotonic()

    def _message(self) -> str:
        if self.failure or self.over:
            return self.failure
        if self._away or self._state == "lost":
            return GONE
        if self._minutes_left is not None and self._minutes_left < LOW_MINUTES:
            return f"The disk is nearly full: room for {self._minutes_left} more minutes."
        if self.tape.dropped:
            return "The live picture could not keep up and left something out; the recording is complete."
        return self._told if time.monotonic() - self._told_at < _TOLD_S else ""


def suspended_s() -> float:
    """For how long the computer has slept since it started, seconds; one of its clocks goes on, the other stops."""
    running = time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))
    return running - time.monotonic()
