"""The bytes of a transcript, and the text in them."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from listener.errors import BadTranscript

MAX_BYTES = 50_000_000
"""Larger files are no transcripts of a talk of two; hours of word times are a fifth of it."""

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LINE_END = re.compile(r"\r\n|\r|\n")
_SAVE_AS_TEXT = "Save it as plain text in UTF-8 and try again."


def read_bytes(path: Path) -> bytes:
    """The file's bytes, read once, so that a pipe does; BadTranscript where it cannot be read or is far too large."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise BadTranscript(f"{path.name} cannot be read: {reason}.", "Check the path.") from error
    if len(data) > MAX_BYTES:
        raise BadTranscript(
            f"{path.name} is larger than {MAX_BYTES // 1_000_000} MB.", "Give the transcript of a talk."
        )
    return data


def decoded(name: str, data: bytes) -> str:
    """UTF-8, or UTF-16 with its byte order mark, as text without the mark; BadTranscript for anything else."""
    encoding = "utf-16" if data.startswith(_UTF_16) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise BadTranscript(f"{name} is not text in UTF-8 or UTF-16.", _SAVE_AS_TEXT) from error
    if "\0" in text:
        raise BadTranscript(f"{name} holds NUL bytes, so it is not text in UTF-8.", _SAVE_AS_TEXT)
    return text


def lines_of(text: str) -> list[str]:
    """Lines, ended by CR, LF or both and by nothing else."""
    return _LINE_END.split(text)


def beginning(data: bytes) -> str:
    """The first few lines, as far as they can be read, without blank space before them."""
    encoding = "utf-16" if data.startswith(_UTF_16) else "utf-8-sig"
    return data[:4096].decode(encoding, errors="ignore").lstrip()
