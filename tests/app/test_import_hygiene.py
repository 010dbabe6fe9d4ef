"""`listener --help` must answer at once, so the command line imports nothing heavy until a command needs it."""

from __future__ import annotations

import subprocess
import sys

HEAVY = [
    "numpy",
    "onnxruntime",
    "tokenizers",
    "faster_whisper",
    "ctranslate2",
    "sounddevice",
    "soundfile",
    "soxr",
    "textual",
    "rich",
    "webrtcvad",
    "praatio",
    "typst",
    "webvtt",
]


def test_the_command_line_loads_no_heavy_library() -> None:
    code = f"import sys, listener.app.cli; print([n for n in {HEAVY!r} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
