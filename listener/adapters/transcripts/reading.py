"""Which format a transcript is in, and its reader."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from listener.adapters.transcripts import ctm, elan, jsonl, rttm, srt, textgrid, vtt
from listener.adapters.transcripts.file_text import beginning, lines_of, read_bytes
from listener.adapters.transcripts.transcript import Transcript
from listener.errors import BadUsage


class Format(StrEnum):
    """The formats that can be read."""

    JSON_LINES = "JSON lines"
    WEBVTT = "WebVTT"
    SRT = "SRT"
    RTTM = "RTTM"
    CTM = "CTM"
    TEXTGRID = "TextGrid"
    ELAN = "ELAN"


ENDINGS = {
    ".jsonl": Format.JSON_LINES,
    ".json": Format.JSON_LINES,
    ".ndjson": Format.JSON_LINES,
    ".vtt": Format.WEBVTT,
    ".srt": Format.SRT,
    ".rttm": Format.RTTM,
    ".ctm": Format.CTM,
    ".textgrid": Format.TEXTGRID,
    ".eaf": Format.ELAN,
}
_READERS: dict[Format, Callable[[str, bytes], Transcript]] = {
    Format.JSON_LINES: jsonl.read,
    Format.WEBVTT: vtt.read,
    Format.SRT: srt.read,
    Format.RTTM: rttm.read,
    Format.CTM: ctm.read,
    Format.TEXTGRID: textgrid.read,
    Format.ELAN: elan.read,
}
_UNMISTAKABLE = (
    (re.compile(r"WEBVTT\b"), Format.WEBVTT),
    (re.compile(r'.{0,20}"?oo(Text|Binary)File'), Format.TEXTGRID),
    (re.compile(r"<(\?xml|!--|!DOCTYPE|ANNOTATION_DOCUMENT)"), Format.ELAN),
    (re.compile(r"\{"), Format.JSON_LINES),
)
_NUMBER = r"\d+(\.\d*)?"
_LIKELY = (
    (re.compile(rf"({'|'.join(sorted(rttm.TYPES))})\s+\S+\s+\S+\s+\S+\s+\S+\s+\S+\s+\S+\s+\S+"), Format.RTTM),
    (re.compile(r"\d+\s*\n[ \t]*[\d:,.]+[ \t]*-->"), Format.SRT),
    (re.compile(rf"\S+\s+\S+\s+{_NUMBER}\s+{_NUMBER}\s+\S+"), Format.CTM),
)


def read_transcript(path: Path, rttm_path: Path | None = None) -> Transcript:
    """The transcript in `path`, with who spoke when from `rttm_path` where that is given.

    BadTranscript with the place where the file breaks its format; BadUsage where an RTTM is given for anything but a
    CTM.
    """
    data = read_bytes(path)
    found = format_of(path, data)
    if rttm_path is None:
        return _READERS[found](path.name, data)
    if found is not Format.CTM:
        raise BadUsage(
            f"--rttm goes with a CTM; {path.name} is {found}.",
            "Give the words first, then who spoke when: `listener score talk.ctm --rttm talk.rttm`.",
        )
    return ctm.read_with_rttm(path.name, data, rttm_path.name, read_bytes(rttm_path))


def format_of(path: Path, data: bytes) -> Format:
    """By content that is unmistakable, else by the name's ending, else by the first lines, else JSON lines."""
    head = beginning(data)
    for pattern, found in _UNMISTAKABLE:
        if pattern.match(head):
            return found
    by_ending = ENDINGS.get(path.suffix.lower())
    if by_ending:
        return by_ending
    said = "\n".join(line for line in lines_of(head) if not line.startswith(rttm.COMMENT)).lstrip()
    return next((found for pattern, found in _LIKELY if pattern.match(said)), Format.JSON_LINES)
