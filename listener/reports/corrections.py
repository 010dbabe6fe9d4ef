"""What people said of the machine's labels, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from listener.domain.floor import OverlapKind
from listener.domain.report import Report
from listener.domain.review import NOTHING, PRESENT, Agreement, Aspect, Judged, Judgement
from listener.domain.span import clock
from listener.reports.behaviour_words import WORDS
from listener.reports.speakers import names_by_id
from listener.reports.wording import plain_text

EVENTS: Mapping[str, str] = {
    OverlapKind.BACKCHANNEL: "a listening sound",
    OverlapKind.TERMINAL: "coming in at the very end",
    OverlapKind.COOPERATIVE: "finishing a sentence together",
    OverlapKind.INTERRUPTION: "an interruption",
    OverlapKind.ATTEMPTED_INTERRUPTION: "an attempt to interrupt",
    NOTHING: "nothing of the kind",
}
ASPECTS: dict[Aspect, str] = {"event": "overlaps", "behaviour": "behaviours", "speaker": "speakers", "note": "notes"}


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing that somebody said of a moment; texts are plain and on one line, `text` not clipped."""

    at: str
    by: str
    text: str


def corrections(report: Report) -> tuple[Correction, ...]:
    """Every judgement and note in order of time; a note that was taken back is left out."""
    if report.review is None:
        return ()
    names = names_by_id(report.session)
    told = [
        Correction(clock(j.judgement.moment.span.start), _by(j.judgement.by, names), _text(j, names))
        for j in report.review.judged
        if j.judgement.aspect != "note" or j.judgement.value
    ]
    return tuple(told)


def agreement_lines(report: Report) -> tuple[str, ...]:
    """How often each two agree, with Cohen's kappa where it is defined."""
    names = names_by_id(report.session)
    return tuple(_agreement(each, names) for each in (report.review.agreement if report.review else ()))


def _by(rater: str, names: Mapping[str, str]) -> str:
    return names.get(rater) or rater.capitalize()


def _text(judged: Judged, names: Mapping[str, str]) -> str:
    said = judged.judgement
    if said.aspect == "note":
        return plain_text(said.value)
    new, old = (_told(said, value, names) for value in (said.value, judged.machine))
    agreed = f"{new}, as the machine found" if said.value == judged.machine else f"{new}; the machine found {old}"
    return agreed if judged.counts else f"{agreed} (does not count: the two of you differ)"


def _told(said: Judgement, value: str, names: Mapping[str, str]) -> str:
    if said.aspect == "event":
        return EVENTS.get(value, plain_text(value))
    if said.aspect == "behaviour" and said.label is not None:
        words = f"“{WORDS[said.label]}”"
        return words if value == PRESENT else f"not {words}"
    return f"{names[value]} spoke" if value in names else plain_text(value)


def _agreement(each: Agreement, names: Mapping[str, str]) -> str:
    first, second = (_by(rater, names) for rater in each.between)
    kappa = "" if each.kappa is None else f" (Cohen's kappa {each.kappa:.2f})"
    return f"{first} and {second}: {each.agreed} of {each.judged} {ASPECTS[each.aspect]} alike{kappa}"
