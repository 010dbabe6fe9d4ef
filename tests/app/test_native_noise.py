"""What C libraries print stays off the terminal; what Python prints does not."""

from __future__ import annotations

import subprocess
import sys

CODE = """
import os, sys
from listener.app.native_noise import native_noise_off
print("before", file=sys.stderr, flush=True)
with native_noise_off():
    os.write(2, b"noise of a C library\\n")
    print("said", file=sys.stderr)
    print("drawn", file=sys.__stderr__, flush=True)
os.write(2, b"after\\n")
print("end", file=sys.stderr)
"""

CLOSED = """
import os
from listener.app.native_noise import native_noise_off
os.close(2)
with native_noise_off():
    print("fine")
"""


def test_noise_goes_nowhere_and_words_where_they_went() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    assert done.stderr.split() == ["before", "said", "drawn", "after", "end"]


def test_it_does_without_standard_error() -> None:
    done = subprocess.run([sys.executable, "-c", CLOSED], stdout=subprocess.PIPE, text=True, check=True)
    assert done.stdout == "fine\n"
