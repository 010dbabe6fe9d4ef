"""Peak memory of replaying two hours, each in a process of its own."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from pathlib import Path

from tests.benchmarks.recordings import enrolment, repeated_example

MINUTES = 120.0
CHILD = """
import resource, sys
from listener.__main__ import main
try:
    main()
finally:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""


def main() -> None:
    with repeated_example(MINUTES) as recording:
        for model in ("none", "tiny.en"):
            seconds, peak, code = _replay(recording, model)
            outcome = "" if code == 0 else f"  (exit {code})"
            print(f"{MINUTES:.0f} min, --model {model:8} peak {peak / 1024:.0f} MiB, {seconds:.0f} s{outcome}")


def _replay(recording: Path, model: str) -> tuple[float, int, int]:
    """Seconds taken, peak resident memory in KiB, exit code."""
    enrolled = [option for partner, path in enrolment().items() for option in ("--enroll", f"{partner}={path}")]
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", CHILD, "replay", str(recording), "--json", "--model", model, *enrolled],
        capture_output=True,
        text=True,
        check=False,
    )
    scale = 1024 if sys.platform == "darwin" else 1
    own = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // scale
    reported = done.stderr.split()[-1:] or [str(own)]
    return time.perf_counter() - start, int(reported[0]), done.returncode
