"""Recordings to measure on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import soundfile

from listener.adapters.resources import example_folder

RATE = 16_000


@contextmanager
def repeated_example(minutes: float) -> Iterator[Path]:
    """The example conversation again and again up to a length, with room noise that never repeats, as a FLAC file."""
    talk, _ = soundfile.read(example_folder() / "conversation.flac", dtype="float32")
    noise = np.random.default_rng(0)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "long.flac"
        with soundfile.SoundFile(path, "w", RATE, 1, "PCM_16") as file:
            left = round(minutes * 60 * RATE)
            while left > 0:
                piece = talk[:left]
                file.write(piece + noise.normal(0, 2e-4, piece.size).astype(np.float32))
                left -= piece.size
        yield path


def enrolment() -> dict[str, Path]:
    """The example's enrolment sentences."""
    return {partner: example_folder() / f"enrol_{partner}.flac" for partner in "AB"}
