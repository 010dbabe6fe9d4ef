"""One running recording. Whatever happens to the device, the disk or whoever listens in: what was stored is kept.

Three parties, none of which waits for another: the input hands blocks over from its own thread, the writer's thread
stores them, followers hear them from threads of their own.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from queue import Empty, SimpleQueue
from typing import TypeVar

from listener.adapters.session_folder import SessionFolder
from listener.app.device import Arrival, Device
from listener.app.followers import Follower, Following
from listener.app.meter import Level
from listener.app.recorder import Recorder
from listener.app.recording_status import RecordingStatus, State
from listener.app.tape import Tape
from listener.domain.session import PauseKind, SessionRecord
from listener.domain.span import Ms, Span
from listener.errors import DiskFull, ListenerError
from listener.ports import LiveInput

Result = TypeVar("Result")

_TICK_S = 0.1


class Recording:
    """Records an input into a session's folder, from `start` to `stop`; its methods may be called from any thread."""

    def __init__(self, folder: SessionFolder, live_input: LiveInput, followers: Sequence[Follower] = ()) -> None:
        self._folder, self._input, self._followers = folder, live_input, followers
        self._items: SimpleQueue[Arrival | Callable[[], None]] = SimpleQueue()
        self._device = Device(live_input, self._items.put)
        self._thread = threading.Thread(target=self._run, name="recording", daemon=True)
        self._stopping = threading.Lock()
        self._saved: SessionRecord | None = None
        silent = (Level(),) * live_input.channels
        self._status = RecordingStatus("starting", 0, silent, 0, None, live_input.name, "", ended=False)

    @property
    def status(self) -> RecordingStatus:
        """The latest state; waits for nothing."""
        return self._status

    def start(self) -> None:
        """Open the input and record. Raises MissingDevice, DiskFull and BadSession, with the folder still there."""
        self._folder.lock()
        try:
            self._device.open()
            source = self._input
            record = replace(self._folder.load(), device=source.name, rate=source.rate, channels=source.channels)
            self._followings = [Following(follower) for follower in self._followers]
            self._recorder = Recorder(Tape(self._folder, record, self._followings), self._device)
            self._recorder.watch()
        except ListenerError:
            self._device.close()
            self._folder.unlock()
            raise
        self._status = self._recorder.status()
        self._thread.start()

    def pause(self, kind: PauseKind = "pause") -> None:
        """Store nothing from here on; does nothing while paused."""
        self._ask(lambda: self._recorder.pause(kind), None)

    def resume(self) -> None:
        """Go on after a pause; a second of silence parts before from after."""
        self._ask(self._recorder.resume, None)

    def strike_last(self, ms: Ms) -> Span:
        """Turn the last `ms` stored into silence, on the disk too; what was struck, up to half a second more."""
        at = self._status.recorded_ms
        return self._ask(lambda: self._recorder.tape.strike_last(ms), Span(at, at))

    def mark_phase(self, index: int) -> None:
        """Note that the scenario's phase number `index` (from 0) begins now."""
        self._ask(lambda: self._recorder.tape.mark_phase(index), None)

    def stop(self, why: str) -> SessionRecord:
        """Store everything that was handed over and save the recording; `why` in plain words goes into the record.

        Blocks for as long as saving takes; called again, gives the same record. Raises DiskFull or BadSession where the
        recording could not be saved: everything is kept, and `stop` or recovery may try again.
        """
        with self._stopping:
            if self._saved is None:
                self._device.close()
                self._items.put(lambda: self._recorder.finish(why))
                self._thread.join()
                try:
                    with contextlib.suppress(DiskFull):  # a full disk has kept it from being noted
                        self._folder.save(self._recorder.tape.record)
                    self._saved = self._folder.finalise()
                finally:
                    self._folder.unlock()
            return self._saved

    def _ask(self, step: Callable[[], Result], otherwise: Result) -> Result:
        """What `step` gives in the writer's thread; `otherwise` where the recording is over or has failed."""
        answer: Future[Result] = Future()

        def run() -> None:
            try:
                answer.set_result(otherwise if self._recorder.failure or self._recorder.over else step())
            except BaseException:
                answer.set_result(otherwise)
                raise

        self._items.put(run)
        while self._thread.is_alive():
            with contextlib.suppress(TimeoutError):
                return answer.result(_TICK_S)
        return otherwise

    def _run(self) -> None:
        while not self._recorder.over:
            try:
                self._step()
            except DiskFull as error:
                self._recorder.fail("the disk took no more", error.message)
            except Exception as error:  # noqa: BLE001  # nothing may end this thread unnoticed
                self._recorder.fail("something went wrong", f"{type(error).__name__}: {error}.")
            self._status = self._recorder.status()
        for following in self._followings:
            following.end(self._recorder.tape.channels)

    def _step(self) -> None:
        try:
            item = self._items.get(timeout=_TICK_S)
        except Empty:
            self._recorder.wait()
        else:
            if isinstance(item, Arrival):
                self._recorder.take(item)
            else:
                item()
        self._recorder.watch()


__all__ = ["Level", "Recording", "RecordingStatus", "State"]
