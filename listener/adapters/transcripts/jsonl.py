"""Transcripts as JSON lines: one utterance a line, with speaker and text; times optional.

For example `{"speaker": "A", "text": "How was your day?", "start_ms": 0, "end_ms": 900}`.
"""

from __future__ import annotations

import msgspec

from listener.adapters.transcripts.transcript import Transcript, names_of, partners_of
from listener.domain.span import Ms, Span
from listener.domain.speech import Utterance, Word
from listener.errors import BadTranscript

FORM = (
    'Each line is {"speaker": "A", "text": "How was your day?"}; `listener score` also needs "start_ms" and "end_ms".'
)


class WordEntry(msgspec.Struct, frozen=True):
    """One word with its times in ms."""

    text: str
    start_ms: Ms
    end_ms: Ms
    probability: float = 1.0


class Line(msgspec.Struct, frozen=True):
    """One utterance as written; `start` and `end` in seconds are understood where the ms fields are absent."""

    speaker: str
    text: str
    start_ms: Ms | None = None
    end_ms: Ms | None = None
    start: float | None = None
    end: float | None = None
    words: tuple[WordEntry, ...] = ()


def read(name: str, data: bytes) -> Transcript:
    """The transcript; BadTranscript with the line's number where a line breaks the form.

    The speakers may be called anything. A and B keep their names; others become A and B in the order in which they
    appear.
    Untimed lines get times that only keep their order.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadTranscript(f"{name} is not text in UTF-8.", FORM) from error
    lines = [(n, _line(name, n, raw)) for n, raw in enumerate(text.splitlines(), 1) if raw.strip()]
    if not lines:
        raise BadTranscript(f"{name} holds no utterances.", FORM)
    partners = partners_of(name, [line.speaker for _, line in lines])
    spans = [_span(name, n, line) for n, line in lines]
    timed = all(span is not None for span in spans)
    utterances = tuple(
        Utterance(partners[line.speaker], span if timed and span else Span(i, i + 1), line.text, _words(name, n, line))
        for i, ((n, line), span) in enumerate(zip(lines, spans, strict=True))
    )
    return Transcript(utterances, names_of(partners), timed)


def _line(name: str, number: int, raw: str) -> Line:
    try:
        return msgspec.json.decode(raw.encode(), type=Line)
    except msgspec.DecodeError as error:
        raise BadTranscript(f"{name}, line {number}: {error}.", FORM) from error


def _span(name: str, number: int, line: Line) -> Span | None:
    start = line.start_ms if line.start_ms is not None else _ms(line.start)
    end = line.end_ms if line.end_ms is not None else _ms(line.end)
    if start is None or end is None:
        return None
    if not 0 <= start <= end:
        raise BadTranscript(f"{name}, line {number}: the utterance ends before it starts.", FORM)
    return Span(start, end)


def _ms(seconds: float | None) -> Ms | None:
    return None if seconds is None else round(seconds * 1000)


def _words(name: str, number: int, line: Line) -> tuple[Word, ...]:
    try:
        return tuple(Word(w.text, Span(w.start_ms, w.end_ms), w.probability) for w in line.words)
    except ValueError as error:
        raise BadTranscript(f"{name}, line {number}: a word ends before it starts.", FORM) from error
