"""WebVTT captions in which each cue says who speaks: `<v Nora>How are you?` or `Nora: How are you?`."""

from __future__ import annotations

import html
import re
from dataclasses import replace

from listener.adapters.transcripts.cues import Cue, Voice, by_prefix, cues_of, transcript_of_cues, unnamed
from listener.adapters.transcripts.file_text import decoded
from listener.adapters.transcripts.transcript import Transcript, plain

FORM = "A cue is 00:00:01.000 --> 00:00:02.400 and, on the next line, <v Nora>How are you? or Nora: How are you?"
_VOICE = re.compile(r"<v(?:\.[^\s<>.]+)*\s([^<>]*)>")
_TAG = re.compile(r"<[^<>]*>")


def read(name: str, data: bytes) -> Transcript:
    """The transcript; BadTranscript with the line's number for a broken or unnamed cue, or unless two speak."""
    cues = cues_of(name, decoded(name, data), "vtt", FORM)
    if any(_VOICE.search(line) for cue in cues for line in cue.lines):
        spoken = [(cue, voices) for cue in cues if (voices := _voices(cue))]
    else:
        spoken = by_prefix([replace(cue, lines=tuple(_text(line) for line in cue.lines)) for cue in cues], FORM)
    return transcript_of_cues(name, spoken, FORM)


def _voices(cue: Cue) -> list[Voice]:
    """What each voice tag of the cue covers; text after a closing tag still belongs to it."""
    before, *parts = _VOICE.split("\n".join(cue.lines))
    names, texts = (list(map(_text, parts[at::2])) for at in (0, 1))
    if _text(before) or not all(names):
        raise unnamed(cue, FORM)
    return [Voice(name, text) for name, text in zip(names, texts, strict=True) if text]


def _text(written: str) -> str:
    return plain(html.unescape(_TAG.sub("", written)))
