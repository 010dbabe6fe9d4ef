"""An input that is listened to before anything is recorded: the microphone check and the enrolment sentences."""

from __future__ import annotations

import threading
import time
from collections import deque
from pathlib import Path
from queue import Empty, SimpleQueue

import numpy as np
from numpy.typing import NDArray

from listener.adapters.chunk_log import Form
from listener.adapters.flac import write_flac
from listener.adapters.resampling import resampled
from listener.analysis.input_check import LEAST_SPEECH_MS, Verdict, speech_ms, verdicts, waiting
from listener.app.device import Arrival, Device
from listener.app.meter import Level, Meter
from listener.domain.span import Ms
from listener.errors import BadAudio
from listener.ports import SAMPLE_RATE, SAMPLES_PER_MS, LiveInput, Samples

WINDOW_MS: Ms = 4_000
"""How much of the past the verdict looks at."""

LONGEST_TAKE_MS: Ms = 60_000
"""A sentence that nobody ends is cut here; the voice is told from a first minute at most."""

FIRST_BLOCK_S = 6.0
"""Without a block for so long the device is looked for anew: sound servers may take seconds for the first."""

_TICK_S, _VERDICT_S = 0.1, 0.5

WORDS: dict[Verdict, str] = {
    "waiting": "Say a few words.",
    "good": "Good.",
    "too_quiet": "Too quiet: move closer, or turn the microphone up.",
    "clipping": "Too loud: move back, or turn the microphone down.",
    "noisy": "Noisy: close windows, switch off fans and music, or move closer.",
    "silent_channel": "Nothing comes from this microphone: is it switched on, or muted?",
    "same_signal": "Both channels carry the same signal: this is one microphone, not two.",
}
"""Each verdict in plain words."""

GONE = "The microphone is gone: plug it in again, or choose another."


class Monitor:
    """Listens to an input, stores nothing but what is taken as an enrolment sentence. Used from one thread."""

    def __init__(self, live_input: LiveInput) -> None:
        self._form = Form(live_input.rate, live_input.channels)
        self._meter = Meter(self._form.rate, self._form.channels)
        self._verdict = waiting(live_input.channels)
        self._items: SimpleQueue[Arrival | None] = SimpleQueue()
        self._device = Device(live_input, self._items.put)
        self._lock = threading.Lock()
        self._take: list[NDArray[np.int16]] | None = None
        self._take_frames = 0
        self._message = ""
        self._thread = threading.Thread(target=self._run, name="monitor", daemon=True)

    def start(self) -> None:
        """Open the input. Raises MissingDevice."""
        self._device.open()
        self._thread.start()

    def stop(self) -> None:
        """Close the input; may be called at any time, more than once."""
        self._device.close()
        self._items.put(None)
        if self._thread.is_alive():
            self._thread.join()

    @property
    def levels(self) -> tuple[Level, ...]:
        """How loud each channel is."""
        return self._meter.levels

    @property
    def verdict(self) -> tuple[Verdict, ...]:
        """What the last seconds say about each channel; `WORDS` has it in plain words."""
        return self._verdict

    @property
    def message(self) -> str:
        """What is wrong with the device, empty where nothing is."""
        return self._message

    @property
    def ended(self) -> bool:
        """Whether the input has run out, as a played file does."""
        return self._device.ended

    def start_take(self) -> None:
        """Keep what comes from now on; a take that was begun before is dropped."""
        with self._lock:
            self._take, self._take_frames = [], 0

    @property
    def take_ms(self) -> Ms:
        """Length of the take so far, 0 where there is none."""
        return self._take_frames * 1000 // self._form.rate if self._take is not None else 0

    def cancel_take(self) -> None:
        """Drop the take."""
        with self._lock:
            self._take, self._take_frames = None, 0

    def finish_take(self, path: Path) -> None:
        """Save the take as FLAC. Raises BadAudio where it holds too little speech, and drops it; raises DiskFull."""
        with self._lock:
            blocks, self._take = self._take or [], None
        take = np.concatenate(blocks) if blocks else np.zeros((0, self._form.channels), dtype=np.int16)
        spoken_ms = speech_ms(_at_16_khz(take, self._form)) if len(take) else 0
        if spoken_ms == 0:
            raise BadAudio(
                "No speech stands out in this sentence.", "Move closer to the microphone and read it aloud once more."
            )
        if spoken_ms < LEAST_SPEECH_MS:
            raise BadAudio(
                f"There are only {spoken_ms / 1000:.1f} s of speech in this sentence.", "Read it aloud to its end."
            )
        write_flac(path, [take], self._form)

    def _run(self) -> None:
        recent: deque[NDArray[np.int16]] = deque()
        heard_at = judged_at = time.monotonic()
        while True:
            try:
                arrival = self._items.get(timeout=_TICK_S)
            except Empty:
                self._watch(time.monotonic() - max(heard_at, self._device.opened_at))
                continue
            if arrival is None:
                return
            samples, heard_at = self._in_form(arrival), arrival.at
            self._meter.feed(samples)
            self._keep(samples)
            recent.append(samples)
            while sum(map(len, recent)) > self._form.rate * WINDOW_MS // 1000:
                recent.popleft()
            if arrival.at - judged_at >= _VERDICT_S:
                judged_at = arrival.at
                clipped = tuple(level.clipped for level in self._meter.levels)
                self._verdict = verdicts(_at_16_khz(np.concatenate(recent), self._form), clipped)
                self._message = ""

    def _in_form(self, arrival: Arrival) -> NDArray[np.int16]:
        """The block at the rate that the monitor began with: a device that came back may have another."""
        if arrival.rate == self._form.rate:
            return arrival.block.samples
        return resampled(arrival.block.samples, arrival.rate, self._form.rate)

    def _keep(self, samples: NDArray[np.int16]) -> None:
        with self._lock:
            if self._take is not None and self._take_frames < self._form.rate * LONGEST_TAKE_MS // 1000:
                self._take.append(samples)
                self._take_frames += len(samples)

    def _watch(self, waited_s: float) -> None:
        if self._device.ended:
            return
        if self._device.broken or waited_s > FIRST_BLOCK_S:
            self._message = GONE
            self._meter.silence()
            self._verdict = waiting(self._form.channels)
            self._device.seek()


def _at_16_khz(samples: NDArray[np.int16], form: Form) -> Samples:
    """Int16 frames, shape (frames, channels), as float32 of shape (channels, samples)."""
    if form.rate != SAMPLE_RATE:
        samples = resampled(samples, form.rate, SAMPLE_RATE)
    whole = samples[: len(samples) // SAMPLES_PER_MS * SAMPLES_PER_MS]
    return np.ascontiguousarray(whole.T.astype(np.float32) / 32768)
