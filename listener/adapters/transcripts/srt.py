"""SRT subtitles in which each one says who speaks: `Nora: How are you?`."""

from __future__ import annotations

import re
from dataclasses import replace

from listener.adapters.transcripts.cues import by_prefix, cues_of, transcript_of_cues
from listener.adapters.transcripts.file_text import decoded
from listener.adapters.transcripts.transcript import Transcript, plain

FORM = "A subtitle is its number, 00:00:01,000 --> 00:00:02,400 and Nora: How are you? on three lines."
_STYLE = re.compile(r"</?(?:b|i|u|s|font)(?:\s[^<>]*)?>|\{\\[^{}]*\}", re.IGNORECASE)


def read(name: str, data: bytes) -> Transcript:
    """The transcript; BadTranscript with the line's number for a broken or unnamed subtitle, or unless two speak."""
    cues = cues_of(name, decoded(name, data).lstrip(), "srt", FORM)
    plain_cues = [replace(cue, lines=tuple(plain(_STYLE.sub("", line)) for line in cue.lines)) for cue in cues]
    return transcript_of_cues(name, by_prefix(plain_cues, FORM), FORM)
