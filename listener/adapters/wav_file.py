"""A recording as WAV for other programs, copied in blocks."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import soundfile

from listener.adapters.atomic_file import whole_file
from listener.adapters.audio_file import opened
from listener.errors import BadAudio, DiskFull

BLOCK_FRAMES = 1 << 16
MOST_BYTES = (1 << 32) - (1 << 16)
"""What the sizes in a plain WAV can tell, with room for its head; a longer recording becomes RF64, its big brother."""


def write_wav(recording: Path, path: Path) -> None:
    """Copy a recording to `path` as 16-bit PCM with its rate and channels, whole or not at all.

    The memory that it takes does not grow with the recording. Raises BadAudio and DiskFull.
    """
    with opened(recording) as source, whole_file(path) as part:
        form = "RF64" if source.frames * source.channels * 2 > MOST_BYTES else "WAV"
        # Read as integers, samples that are integers stay what they are; others would come out as silence so.
        dtype: Literal["int16", "float32"] = "int16" if source.subtype.startswith("PCM") else "float32"
        copied = 0
        try:
            with soundfile.SoundFile(part, "w", source.samplerate, source.channels, "PCM_16", format=form) as copy:
                while len(block := source.read(BLOCK_FRAMES, dtype=dtype, always_2d=True)):
                    copy.write(block)
                    copied += len(block)
        except (soundfile.LibsndfileError, AssertionError) as error:  # libsndfile tells of a full disk only so
            raise DiskFull(
                f"{path.name} could not be written whole.", f"Free some space on the disk that holds {path.parent}."
            ) from error
        if copied != source.frames:
            raise BadAudio(f"{recording.name} breaks off after {copied} of {source.frames} samples.", "Restore it.")
