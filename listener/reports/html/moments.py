"""Moments as the page tells them: a time that can be played, and what is heard there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from listener.domain.report import Evidence
from listener.domain.span import Span, clock
from listener.reports.wording import plain_text

_TOLD_AT = re.compile(r"“[^”]*”|\b(?:[Aa]t|[Ff]rom|and) (\d+:\d\d(?::\d\d)?)\b|(?<=\()(\d+:\d\d(?::\d\d)?)(?=\))")
"""A time as advice names it, not within a quote."""


@dataclass(frozen=True, slots=True)
class Playable:
    """A stretch that a button plays; `says` tells what is heard."""

    span: Span
    says: str

    @property
    def at(self) -> str:
        """When it begins."""
        return clock(self.span.start)

    @property
    def until(self) -> str:
        """When it is over: the next full second."""
        return clock(-(-self.span.end // 1000) * 1000)


@dataclass(frozen=True, slots=True)
class Told:
    """A piece of evidence: the moment, what was said there (empty without words) and why it counts."""

    moment: Playable
    quote: str
    reason: str


def told(evidence: Evidence) -> Told:
    """A piece of evidence with all its words."""
    reason = plain_text(evidence.reason)
    return Told(Playable(evidence.span, reason), plain_text(evidence.quote), reason)


def pieces(advice: str, moments: Iterable[Evidence]) -> tuple[str | Playable, ...]:
    """An advice in which the times that it names are moments, where the evidence knows which ones are meant."""
    known = list(moments)
    told: list[str | Playable] = []
    done = 0
    for found in _TOLD_AT.finditer(advice):
        group = found.lastindex
        meant = [e for e in known if group and clock(e.span.start) == found[group]]
        if group is None or not meant:
            continue
        best = next((e for e in meant if e.quote and plain_text(e.quote)[:20] in advice), meant[0])
        told += [advice[done : found.start(group)], Playable(best.span, plain_text(best.reason))]
        done = found.end(group)
    return (*told, advice[done:])
