"""Transcripts as JSON lines: one utterance a line, with speaker and text; times optional.

For example `{"speaker": "A", "text": "How was your day?", "start_ms": 0, "end_ms": 900}`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from listener.domain.span import Ms, Span
from listener.domain.speech import PARTNERS, PartnerId, Utterance, Word
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


@dataclass(frozen=True, slots=True)
class Transcript:
    """Utterances in the order of the lines; `names`: speakers as written; `timed`: every line has its times."""

    utterances: tuple[Utterance, ...]
    names: dict[PartnerId, str]
    timed: bool


def read_transcript(path: Path) -> Transcript:
    """The transcript in `path`; BadTranscript with the line's number where a line breaks the form.

    The speakers may be called anything. A and B keep their names; others become A and B in the order in which they
    appear.
    Untimed lines get times that only keep their order.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadTranscript(f"{path.name} cannot be read: {error.strerror}.", "Check the path.") from error
    except UnicodeDecodeError as error:
        raise BadTranscript(f"{path.name} is not text in UTF-8.", FORM) from error
    lines = [(n, _line(path.name, n, raw)) for n, raw in enumerate(text.splitlines(), 1) if raw.strip()]
    if not lines:
        raise BadTranscript(f"{path.name} holds no utterances.", FORM)
    partners = _partners(path.name, [line.speaker for _, line in lines])
    spans = [_span(path.name, n, line) for n, line in lines]
    timed = all(span is not None for span in spans)
    utterances = tuple(
        Utterance(
            partners[line.speaker], span if timed and span else Span(i, i + 1), line.text, _words(path.name, n, line)
        )
        for i, ((n, line), span) in enumerate(zip(lines, spans, strict=True))
    )
    return Transcript(utterances, {partner: name for name, partner in partners.items()}, timed)


def _line(name: str, number: int, raw: str) -> Line:
    try:
        return msgspec.json.decode(raw.encode(), type=Line)
    except msgspec.DecodeError as error:
        raise BadTranscript(f"{name}, line {number}: {error}.", FORM) from error


def _partners(name: str, speakers: Sequence[str]) -> dict[str, PartnerId]:
    found = list(dict.fromkeys(speakers))
    if len(found) > len(PARTNERS):
        raise BadTranscript(
            f"{name} has {len(found)} speakers: {', '.join(found[:5])}.",
            "Listener is for two; keep the lines of two speakers.",
        )
    if set(found) <= set(PARTNERS):
        return {partner: partner for partner in PARTNERS if partner in found}
    return dict(zip(found, PARTNERS, strict=False))


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
