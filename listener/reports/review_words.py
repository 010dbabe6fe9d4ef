"""What people said of the machine's labels, in words."""

from __future__ import annotations

from collections.abc import Mapping

from listener.domain.floor import OverlapKind
from listener.domain.review import NOTHING, PRESENT, Agreement, Judged, Judgement, Rater
from listener.domain.speech import PARTNERS, PartnerId
from listener.reports.behaviour_words import WORDS
from listener.reports.wording import plain_text

EVENTS = {
    OverlapKind.BACKCHANNEL: "a listening sound",
    OverlapKind.TERMINAL: "a reply that came a little early",
    OverlapKind.COOPERATIVE: "finishing a sentence together",
    OverlapKind.INTERRUPTION: "an interruption",
    OverlapKind.ATTEMPTED_INTERRUPTION: "an attempt to interrupt",
}
ASPECTS = {"event": "what happened", "behaviour": "what was done with words", "speaker": "who spoke", "note": "notes"}
KAPPA_EXPLAINED = (
    "Cohen's kappa takes off what guessing alone would agree on: 1 is full agreement, 0 is no better than guessing."
)
_LEVELS = (
    (0.994, "full"),
    (0.8, "almost full"),
    (0.6, "substantial"),
    (0.4, "moderate"),
    (0.2, "fair"),
    (0.0, "slight"),
)
"""Above which kappa which word stands, after Landis & Koch (1977)."""


def rater(who: Rater, names: Mapping[PartnerId, str]) -> str:
    """The one who judged, as named inside a sentence."""
    return names[who] if who in PARTNERS else f"the {who}"


def said_of(judgement: Judgement, names: Mapping[PartnerId, str]) -> str:
    """What was said of the moment; a note's own words, empty where a note was taken back."""
    return _value(judgement, judgement.value, names)


def machine_said(judged: Judged, names: Mapping[PartnerId, str]) -> str:
    """What the machine had found there, empty for a note."""
    return _value(judged.judgement, judged.machine, names) if judged.machine else ""


def standing(judged: Judged) -> str:
    """What the report makes of the judgement, empty for a note."""
    if judged.judgement.aspect == "note":
        return ""
    if judged.judgement.value == judged.machine:
        return "The same as the machine."
    if judged.counts:
        return "The report follows this correction."
    return "You two see it differently, so the machine's label stands."


def _value(judgement: Judgement, value: str, names: Mapping[PartnerId, str]) -> str:
    if judgement.aspect == "event":
        return "nothing of the kind" if value == NOTHING else EVENTS[OverlapKind(value)]
    if judgement.aspect == "behaviour" and judgement.label is not None:
        return f"{'' if value == PRESENT else 'not '}“{WORDS[judgement.label]}”"
    if judgement.aspect == "speaker":
        return f"{names['A' if value == 'A' else 'B']} spoke"
    return plain_text(value)


def agreement_line(found: Agreement, names: Mapping[PartnerId, str]) -> str:
    """How often two agree, and what Cohen's kappa says of it."""
    first, second = (rater(who, names) for who in found.between)
    pair = f"{first[:1].upper()}{first[1:]} and {second}"
    return f"{pair} agree on {found.agreed} of {found.judged}. {kappa_words(found.kappa)}"


def kappa_words(kappa: float | None) -> str:
    """Cohen's kappa with its level in plain words."""
    if kappa is None:
        return "All labels are alike, so kappa cannot be told."
    told = f"Kappa {kappa:.2f}".replace("-", "−")
    level = next((word for least, word in _LEVELS if kappa > least), None)
    return f"{told}: {level} agreement." if level else f"{told}: no better than guessing."
