"""What a transcript or annotation comes to, whatever its format, and the rules that all formats share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from listener.domain.span import Ms, Span
from listener.domain.speech import PARTNERS, Ipu, PartnerId, Utterance
from listener.errors import BadTranscript

LATEST_MS: Ms = 24 * 3_600_000
"""Times after this are taken for a mistake; the project's own choice."""

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
"""A plain decimal number, to match in full."""

SHOWN_CHARACTERS = 40
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ufeff]")


@dataclass(frozen=True, slots=True)
class Transcript:
    """Utterances in order; `names`: speakers as written; `timed`: every utterance has its times.

    `speech` is who spoke when, in order, where the source says so apart from the words; else it is empty and the
    utterances and their words tell. `notes` say in words what was assumed or left out.
    """

    utterances: tuple[Utterance, ...]
    names: dict[PartnerId, str]
    timed: bool
    speech: tuple[Ipu, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """What one speaker, named as in the file, said in one go; `text` is empty where only speech is known."""

    speaker: str
    span: Span
    text: str


def transcript_of(name: str, pieces: Iterable[Piece], hint: str, notes: tuple[str, ...] = ()) -> Transcript:
    """The transcript of timed pieces, ordered by time; BadTranscript with `hint` unless two speakers speak.

    Speakers called A and B keep their names; others become A and B in the order in which they first speak.
    """
    ordered = sorted(pieces, key=lambda piece: piece.span)
    if not ordered:
        raise BadTranscript(f"{name} holds no utterances.", hint)
    partners = partners_of(name, [piece.speaker for piece in ordered])
    need_two(name, partners, hint)
    utterances = tuple(Utterance(partners[piece.speaker], piece.span, plain(piece.text)) for piece in ordered)
    return Transcript(utterances, names_of(partners), timed=True, notes=notes)


def partners_of(name: str, speakers: Sequence[str]) -> dict[str, PartnerId]:
    """Which partner each speaker is, from speakers in the order in which they speak; BadTranscript for three."""
    found = list(dict.fromkeys(speakers))
    if len(found) > len(PARTNERS):
        raise BadTranscript(
            f"{name} has {len(found)} speakers: {listed(found)}.",
            "Listener is for two; keep the lines or tiers of two speakers.",
        )
    if set(found) <= set(PARTNERS):
        return {partner: partner for partner in PARTNERS if partner in found}
    return dict(zip(found, PARTNERS, strict=False))


def need_two(name: str, speakers: Iterable[str], hint: str) -> None:
    """BadTranscript with `hint` where fewer than two speak."""
    found = list(speakers)
    if len(found) < len(PARTNERS):
        raise BadTranscript(f"{name} has one speaker only: {listed(found)}.", hint)


def names_of(partners: Mapping[str, PartnerId]) -> dict[PartnerId, str]:
    """What each partner is called."""
    return {partner: name for name, partner in partners.items()}


def listed(names: Sequence[str]) -> str:
    """Up to five names for an error, fit for a terminal whatever the file holds."""
    return ", ".join(shown(name) for name in names[:5]) + (" …" if len(names) > 5 else "")


def shown(text: str) -> str:
    """A piece of the file for an error: one line, no control characters, clipped."""
    text = plain(text)
    return text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 1] + "…"


def plain(text: str) -> str:
    """The text on one line, without control characters."""
    return " ".join(_CONTROL.sub("", " ".join(text.split())).split())


def seconds_of(place: str, written: str, hint: str) -> float:
    """A time in seconds as written; BadTranscript where it is no plain decimal number."""
    if not NUMBER.fullmatch(written):
        raise BadTranscript(f"{place}: “{shown(written)}” is not a time in seconds.", hint)
    return float(written)


def span_of(place: str, start: float, end: float, hint: str) -> Span:
    """The span between two times in seconds; BadTranscript as `span_of_ms`."""
    return span_of_ms(place, _rounded(start), _rounded(end), hint)


def span_of_ms(place: str, start: Ms, end: Ms, hint: str) -> Span:
    """The span between two times; BadTranscript where it ends before it starts or lies outside a day."""
    if end < start:
        raise BadTranscript(f"{place}: it ends before it starts.", hint)
    if start < 0 or end > LATEST_MS:
        raise BadTranscript(f"{place}: a time is {'negative' if start < 0 else 'more than a day'}.", hint)
    return Span(start, end)


def _rounded(seconds: float) -> Ms:
    """Seconds in milliseconds; what lies far outside a day, or is infinite, comes out just outside it."""
    return round(max(-1.0, min(seconds, LATEST_MS / 1000 + 1)) * 1000)
