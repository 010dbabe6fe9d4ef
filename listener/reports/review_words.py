"""What people said of the machine's labels, in words: the same for every format and for the screens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from listener.domain.floor import OverlapKind
from listener.domain.report import GuidelineScore, Report
from listener.domain.review import NOTHING, PRESENT, Agreement, Judged, Judgement, Rater
from listener.domain.span import Span, clock
from listener.domain.speech import PARTNERS, BehaviourLabel, PartnerId
from listener.reports.behaviour_words import WORDS
from listener.reports.wording import QUOTE_LIMIT, clipped, date, plain_text, who

CORRECTED_TITLE = "What you corrected"
AGREEMENT_TITLE = "How well you and the machine agree"
KAPPA_EXPLAINED = (
    "Kappa is the agreement beyond what chance alone would give: 1 is full agreement, 0 no more than chance, below "
    "0 less. The moments were chosen by those who looked, not sampled, so this tells of "
    "these moments and not of the whole talk."
)
KINDS = {
    OverlapKind.INTERRUPTION: "an interruption",
    OverlapKind.ATTEMPTED_INTERRUPTION: "an attempt to interrupt",
    OverlapKind.BACKCHANNEL: "a listening sound",
    OverlapKind.COOPERATIVE: "finishing the sentence together",
    OverlapKind.TERMINAL: "an answer that came just before the end",
}
NO_KIND = "nothing of the kind"
NO_MOMENT = "no such moment"
UNREMARKED = "nothing remarkable"
NOTHING_JUDGED = "Nobody has judged a moment yet, so there is no agreement to tell of."
NOTHING_TO_TAKE_BACK = "There is nothing of yours to take back."
NO_SCORE_CHANGED = "No score changed."
CORRECTED = "\N{LOWER RIGHT PENCIL} "
"""The mark of what people corrected; words always stand beside it."""

FEW = 10
"""Moments below which kappa gets no word, only its number; the project's own choice."""

_RATED = {"event": "what an overlap was", "behaviour": "what was done", "speaker": "who spoke"}
_STRENGTH = ((0.0, "none"), (0.2, "slight"), (0.4, "fair"), (0.6, "moderate"), (0.8, "substantial"), (1.0, "strong"))
"""Up to which kappa the agreement is called so: after Landis & Koch 1977, their last word made plainer."""


def kind_words(kind: OverlapKind | str | None) -> str:
    """What speech that came in was, with its article; None and `none` for nothing of the kind."""
    return NO_KIND if kind is None or kind == NOTHING else KINDS[OverlapKind(kind)]


def found_words(found: Iterable[OverlapKind | BehaviourLabel], what: Literal["overlap", "utterance"]) -> str:
    """What a moment is, by the kind of an overlap or the behaviours of an utterance."""
    if what == "overlap":
        return next((kind_words(kind.value) for kind in found), NO_KIND)
    return ", ".join(WORDS[BehaviourLabel(label)] for label in found) or UNREMARKED


def rater_words(rater: Rater, names: Mapping[PartnerId, str]) -> str:
    """Who judged."""
    return {"machine": "the machine", "therapist": "the therapist"}.get(rater) or _name(rater, names)


def rater_title(rater: Rater, names: Mapping[PartnerId, str]) -> str:
    """Who judged, where a line begins with it."""
    words = rater_words(rater, names)
    return f"{words[:1].upper()}{words[1:]}"


def judgement_line(judged: Judged, names: Mapping[PartnerId, str]) -> str:
    """One judgement whole: the moment, what was said of it, by whom and when, and whether it counts.

    `names` are plain already, as `wording.partner_names` gives them.
    """
    return f"{clock(judged.judgement.moment.span.start)} {judgement_of(judged, names)}"


def judgement_of(judged: Judged, names: Mapping[PartnerId, str]) -> str:
    """A judgement with whose speech it is about, where the time stands beside it."""
    return f"{names[judged.judgement.moment.partner]}: {judgement_words(judged, names)}"


def judgement_words(judged: Judged, names: Mapping[PartnerId, str]) -> str:
    """A judgement without its moment, where the moment stands beside it."""
    said = judged.judgement
    by = rater_words(said.by, names)
    return f"{_said(said, judged.machine, names)} ({by}, {date(said.at)}){_uncounted(judged)}"


def value_words(said: Judgement, value: str, names: Mapping[PartnerId, str]) -> str:
    """A judgement's value, or the machine's for the same, by itself; a note's own words."""
    if said.aspect == "event":
        return kind_words(value)
    if said.aspect in {"behaviour", "speaker"} and value == NOTHING:
        return NO_MOMENT
    if said.aspect == "behaviour" and said.label is not None:
        return f"{'' if value == PRESENT else 'not '}“{WORDS[said.label]}”"
    return f"{_name(value, names)} spoke" if said.aspect == "speaker" else plain_text(value)


def told_words(judged: Judged, names: Mapping[PartnerId, str]) -> str:
    """A judgement whole, where the moment and who said it stand beside it; a note is not shortened."""
    if judged.judgement.aspect == "note":
        return plain_text(judged.judgement.value)
    return f"{_said(judged.judgement, judged.machine, names)}{_uncounted(judged)}"


def standing(judged: Judged) -> str:
    """What the report makes of the judgement, empty for a note."""
    if judged.judgement.aspect == "note":
        return ""
    if not judged.counts:
        return f"Not counted: {_why_uncounted(judged)}."
    return "The report follows this correction." if corrects(judged) else "The same as the machine."


def correction(judged: Judged) -> str:
    """What a moment is, and what the machine had taken it for, without saying who said so."""
    return _said(judged.judgement, judged.machine, {})


def corrects(judged: Judged) -> bool:
    """Whether the report differs from what the machine had found because of this judgement."""
    said = judged.judgement
    return judged.counts and said.aspect != "note" and said.value != judged.machine


def agreement_line(agreement: Agreement, names: Mapping[PartnerId, str]) -> str:
    """How two raters agree: on how many of how many, and kappa with a word for it where there were enough."""
    first, second = rater_title(agreement.between[0], names), rater_words(agreement.between[1], names)
    counted = f"{agreement.agreed} of {agreement.judged}"
    told = f"{first} and {second} agree on {_RATED[agreement.aspect]} in {counted}"
    return f"{told}; {_kappa(agreement)}"


def change_line(before: GuidelineScore, after: GuidelineScore, names: Mapping[PartnerId, str], title: str) -> str:
    """How a row of the report changed."""
    return f"{title}: {who(after, names)} {points(before)} → {points(after)}"


def points(score: GuidelineScore) -> str:
    """The score as a number, in words where there is none."""
    return "not scored" if score.score is None else str(score.score)


def taken_back(said: Judgement, names: Mapping[PartnerId, str]) -> str:
    """What an undo took back."""
    moment = said.moment
    return f"Taken back: what was said of {names[moment.partner]} at {clock(moment.span.start)}"


def correctors(judged: Iterable[Judged], names: Mapping[PartnerId, str]) -> str:
    """`corrected by …` for those among the judgements that correct the machine; empty where none does."""
    by = dict.fromkeys(rater_words(each.judgement.by, names) for each in judged if corrects(each))
    return f"corrected by {' and '.join(by)}" if by else ""


def judged_at(report: Report, span: Span, what: Literal["overlap", "utterance"] | None = None) -> tuple[Judged, ...]:
    """What was said of the moment that takes up just this stretch, in order of time."""
    judged = report.review.judged if report.review else ()
    return tuple(
        each for each in judged if each.judgement.moment.span == span and what in {None, each.judgement.moment.what}
    )


def _said(said: Judgement, machine: str, names: Mapping[PartnerId, str]) -> str:
    """What was said, beside what the machine had found."""
    if said.aspect == "note":
        return f"note: “{clipped(said.value, QUOTE_LIMIT)}”"
    same, known = said.value == machine, machine != NOTHING
    if said.aspect == "event":
        now = kind_words(said.value)
        return f"{now}, as the machine found" if same else f"{now}, not {kind_words(machine)}" if known else now
    if said.aspect == "speaker":
        now = f"{_name(said.value, names)} spoke"
        return f"{now}, as the machine found" if same else f"{now}, not {_name(machine, names)}" if known else now
    label = f"“{WORDS[said.label]}”" if said.label else ""
    if not known:
        return label if said.value == PRESENT else f"not {label}"
    if said.value == PRESENT:
        return f"{label}, as the machine found" if same else f"{label}, which the machine had not found"
    return f"not {label}; nor did the machine find it" if same else f"not {label}, which the machine had found"


def _uncounted(judged: Judged) -> str:
    return "" if judged.counts else f" – not counted: {_why_uncounted(judged)}"


def _why_uncounted(judged: Judged) -> str:
    gone = judged.machine == NOTHING
    return "there is no such moment any more" if gone else "another judgement says otherwise"


def _kappa(agreement: Agreement) -> str:
    if agreement.kappa is None:
        return "no kappa, as both gave one and the same answer throughout"
    shown = f"kappa {agreement.kappa + 0.0:.2f}".replace("-0.00", "0.00").replace("-", "\N{MINUS SIGN}")
    if agreement.judged < FEW:
        return f"{shown}, too few to call it more than a first look"
    strength = next(word for most, word in _STRENGTH if agreement.kappa <= most)
    return f"{shown}: {'no' if strength == 'none' else strength} agreement beyond chance"


def _name(partner: str, names: Mapping[PartnerId, str]) -> str:
    return next((names[p] for p in PARTNERS if p == partner), partner)
