"""What WebVTT and SRT share: timed cues, whose text says who speaks.

A speaker is named by a prefix (`Nora: How are you?`) at the start of a cue, and again in it where the speaker changes.
In WebVTT voice tags (`<v Nora>`) can name them instead; then prefixes are text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import webvtt
from webvtt.errors import MalformedCaptionError, MalformedFileError

from listener.adapters.transcripts.file_text import lines_of
from listener.adapters.transcripts.transcript import Piece, Transcript, plain, shown, span_of_ms, transcript_of
from listener.domain.span import Span
from listener.errors import BadTranscript

ARROW = "-->"
_LONGEST_NAME_WORDS = 4
_DASHES = ("-", "–", "—")
_PREFIX = re.compile(r"(?:[-–—>]+\s*)?[\[(]?([^\W\d_][^:：\[\]()<>!?;,]{0,38})[\])]?\s?[:：](?![/\d])(.*)", re.DOTALL)
_TIME = r"(\d+:)?[0-5]?\d:[0-5]?\d[.,]\d+"
_TIMING = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(\s|$)", re.ASCII)
_SOUND = re.compile(r"(?:\[[^\[\]]*\]|\([^()]*\)|[♪♫\s-])+")


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue: `place` for errors, when, and its lines without tags."""

    place: str
    span: Span
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Voice:
    """What one speaker says in a cue."""

    speaker: str
    text: str


def cues_of(name: str, text: str, form: str, hint: str) -> list[Cue]:
    """The cues of `text` in `form`, "vtt" or "srt", their lines as written; BadTranscript where one cannot be read.

    The library passes over cues that it cannot read. So that none is lost unseen, there must be one for each arrow.
    """
    lines = lines_of(text)
    try:
        captions = webvtt.from_buffer(lines, format=form).captions
    except (MalformedFileError, MalformedCaptionError) as error:
        raise BadTranscript(f"{name} is not in the form that its name or first line says.", hint) from error
    arrows = [number for number, line in enumerate(lines, 1) if ARROW in line]
    if len(arrows) != len(captions):
        raise BadTranscript(f"{name}: {_unread(lines, arrows)}.", hint)
    cues = []
    for number, caption in zip(arrows, captions, strict=True):
        place = f"{name}, line {number}"
        if not any(line.strip() for line in caption.lines):
            raise BadTranscript(f"{place}: the cue has no text.", hint)
        span = span_of_ms(place, caption.start_time.in_milliseconds(), caption.end_time.in_milliseconds(), hint)
        cues.append(Cue(place, span, tuple(caption.lines)))
    return cues


def by_prefix(cues: Sequence[Cue], hint: str) -> list[tuple[Cue, list[Voice]]]:
    """What each speaker says in each cue, by prefixes; a later line changes the speaker only to one who starts cues.

    A line that starts with a dash counts as a start.
    """
    spoken = [cue for cue in cues if not _is_sound(cue)]
    starts = {
        prefix.speaker
        for cue in spoken
        for number, line in enumerate(cue.lines)
        if (number == 0 or line.startswith(_DASHES)) and (prefix := _prefixed(line))
    }
    result = []
    for cue in spoken:
        voices: list[Voice] = []
        for line in cue.lines:
            prefix = _prefixed(line)
            if prefix and prefix.speaker in starts:
                voices.append(prefix)
            elif voices:
                voices[-1] = Voice(voices[-1].speaker, f"{voices[-1].text} {line}")
            else:
                raise unnamed(cue, hint)
        result.append((cue, voices))
    return result


def unnamed(cue: Cue, hint: str) -> BadTranscript:
    """The error for a cue that does not say who speaks."""
    return BadTranscript(f"{cue.place}: the cue “{shown(' '.join(cue.lines))}” names no speaker.", hint)


def transcript_of_cues(name: str, spoken: Sequence[tuple[Cue, list[Voice]]], hint: str) -> Transcript:
    """The transcript; the time of a cue that holds several speakers is shared out by length of text, and told."""
    pieces = [piece for cue, voices in spoken for piece in _shared_out(cue, voices)]
    mixed = sum(len({voice.speaker for voice in voices}) > 1 for _, voices in spoken)
    note = f"In {mixed} of {len(spoken)} cues both speak; their time was shared out by the length of what each says."
    return transcript_of(name, pieces, hint, (note,) if mixed else ())


def _shared_out(cue: Cue, voices: Sequence[Voice]) -> list[Piece]:
    total = sum(len(voice.text) for voice in voices) or 1
    pieces, at, length = [], cue.span.start, 0
    for voice in voices:
        length += len(voice.text)
        end = cue.span.end if voice is voices[-1] else cue.span.start + cue.span.duration_ms * length // total
        pieces.append(Piece(voice.speaker, Span(at, end), voice.text))
        at = end
    return pieces


def _prefixed(line: str) -> Voice | None:
    found = _PREFIX.fullmatch(plain(line))
    if not found or len(found[1].split()) > _LONGEST_NAME_WORDS:
        return None
    return Voice(found[1].strip(), found[2].strip())


def _is_sound(cue: Cue) -> bool:
    """Whether the cue only describes a sound, as `[door closes]` or `♪` do; then nobody speaks in it."""
    return bool(_SOUND.fullmatch(" ".join(cue.lines)))


def _unread(lines: Sequence[str], arrows: Sequence[int]) -> str:
    for number in arrows:
        if not _TIMING.match(lines[number - 1]):
            return f"line {number} is not a cue's times"
    return "a cue has no text, or its text holds an arrow"
