"""What was said, as captions: what WebVTT and SRT share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import StringIO

from webvtt import Caption, WebVTT

from listener.domain.report import Report
from listener.domain.span import Ms, Span
from listener.domain.speech import PartnerId
from listener.reports.wording import plain_text


@dataclass(frozen=True, slots=True)
class Said:
    """Words of one partner on one plain line; `span` lasts a millisecond or more."""

    partner: PartnerId
    span: Span
    text: str


def said(report: Report) -> tuple[Said, ...]:
    """Every utterance that has words, in order of their starts."""
    found = [
        Said(u.partner, Span(u.span.start, max(u.span.end, u.span.start + 1)), plain_text(u.text))
        for u in report.utterances
    ]
    return tuple(sorted((each for each in found if each.text), key=lambda each: (each.span, each.partner)))


def cues(lines: Iterable[Said], text: Callable[[Said], str]) -> WebVTT:
    """A cue for each line, with what `text` makes of it."""
    return WebVTT(captions=[Caption(time(each.span.start), time(each.span.end), text(each)) for each in lines])


def written(captions: WebVTT, form: str) -> bytes:
    """The captions in `form`, "vtt" or "srt", as UTF-8 with a newline at the end."""
    text = StringIO()
    captions.write(text, format=form)
    return (text.getvalue().rstrip("\n") + "\n").encode() if text.getvalue().strip() else b""


def time(at: Ms) -> str:
    """A moment as `00:01:02.345`."""
    minutes, ms = divmod(at, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{ms // 1000:02}.{ms % 1000:03}"
