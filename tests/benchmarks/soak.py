"""An hour of recording, faster than it happens: memory stays flat, no block is dropped, the callback waits for nobody.

Each run in a process of its own, so that one's memory does not count for the next.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from array import array
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal

import soundfile

from listener.adapters.played_file import PlayedFile
from listener.adapters.session_folder import SessionFolder
from listener.app.followers import Follower
from listener.app.recording import Recording
from listener.ports import Block
from tests.benchmarks.recordings import enrolment, repeated_example
from tests.records import make_record

if TYPE_CHECKING:
    from listener.app.live import LiveAnalysis

MINUTES = 60.0
SPEEDS = {"alone": 60.0, "live": 2.0}
"""How many times real time; the live analysis shares two cores with the rest."""


class TimedFile(PlayedFile):
    """A played file that takes the time of each handing-over, seconds."""

    def __init__(self, path: Path, speed: float) -> None:
        super().__init__(path, speed)
        self.took = array("d")
        self.frames = 0

    def open(self, hand_over: Callable[[Block], None]) -> None:
        def timed(block: Block) -> None:
            start = time.perf_counter()
            hand_over(block)
            self.took.append(time.perf_counter() - start)
            self.frames += len(block.samples)

        super().open(timed)


def main() -> None:
    with repeated_example(MINUTES) as recording:
        for kind, speed in SPEEDS.items():
            print(f"{MINUTES:.0f} min at {speed:.0f} times real time, {kind}", flush=True)
            subprocess.run([sys.executable, "-m", "tests.benchmarks.soak", str(recording), kind], check=True)


def soak(path: Path, kind: Literal["alone", "live"]) -> None:
    """Record a file and say how it went."""
    with TemporaryDirectory() as root:
        folder = SessionFolder.create(Path(root), make_record())
        played = TimedFile(path, SPEEDS[kind])
        live = _live_analysis(played.rate) if kind == "live" else None
        followers: list[Follower] = [live] if live is not None else []
        recording = Recording(folder, played, followers)
        memory: list[int] = []
        start = time.monotonic()
        recording.start()
        while not recording.status.ended and recording.status.state != "failed":
            time.sleep(1)
            memory.append(resident_kib())
        wall = time.monotonic() - start
        dropped_ms = live.picture.dropped_ms if live is not None else 0
        saving = time.monotonic()
        record = recording.stop("soak")
        saving = time.monotonic() - saving
        stored = soundfile.info(folder.recording).frames
        quarter = len(memory) // 4
        second, last = (sum(part) / len(part) / 1024 for part in (memory[quarter : 2 * quarter], memory[-quarter:]))
        took = sorted(played.took)
        print(
            f"  {wall:.0f} s; frames handed over {played.frames}, stored {stored}, difference {played.frames - stored}"
        )
        print(f"  gaps {len(record.gaps)}, message {recording.status.message!r}, live analysis dropped {dropped_ms} ms")
        print(
            f"  memory: second quarter {second:.1f} MiB, last quarter {last:.1f} MiB, peak {max(memory) / 1024:.1f} MiB"
        )
        print(
            f"  handing over a block: median {took[len(took) // 2] * 1e6:.0f} us, "
            f"99.9% {took[len(took) * 999 // 1000] * 1e6:.0f} us, longest {took[-1] * 1e3:.2f} ms"
        )
        print(f"  saving as FLAC and checking it: {saving:.1f} s", flush=True)
        if live is not None:
            live.stop()


def resident_kib() -> int:
    """Resident memory of this process: now where the system tells, else its peak."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1)


def _live_analysis(rate: int) -> LiveAnalysis:
    from listener.app.live import LiveAnalysis  # noqa: PLC0415  # its networks weigh on the run without it

    voices = enrolment()
    return LiveAnalysis("one", {"A": voices["A"], "B": voices["B"]}, rate, captions=False, threads=1)


if __name__ == "__main__":
    kind: Literal["alone", "live"] = "live" if sys.argv[2] == "live" else "alone"
    soak(Path(sys.argv[1]), kind)
