"""How a report says things: the same words for every format that people read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime

from listener.analysis.manner_parameters import MannerParameters
from listener.domain.floor import Overlap, OverlapKind
from listener.domain.practice import Role
from listener.domain.report import GuidelineScore, Measurement, Report, Session, Talk
from listener.domain.span import clock
from listener.domain.speech import PARTNERS, PartnerId
from listener.domain.voice import RaisedVoice

PRACTICE_NOT_DIAGNOSIS = "Practice, not diagnosis."
NOBODY_HEARD = "Nobody was heard speaking."
NO_INTERRUPTIONS = "No interruptions were heard."
OVERLAP_EXPLAINED = "Listening sounds and finishing a sentence together never count as interruptions."
RANGE_EXPLAINED = "The less there was to go on, the wider the range."
SAID_AFTER_TITLE = "What you said at the end"
VOICE_TITLE = "A hint from your voices"
VOICE_EXPLAINED = (
    "Each voice is compared only with the same person's calm talk in this recording, and a raised voice can mean many "
    "things. If it was too much just then: stop, take a break of about twenty minutes apart, and come back to it."
)
NAME_LIMIT = 24
QUOTE_LIMIT = 160
UNSURE_BELOW = 0.6
"""Confidence under which a moment is told as uncertain; the project's own choice."""

NONE = "–"
MEASURES = {
    "answers": "agreement",
    "backchannels_per_minute": "listening sounds",
    "clear_statement_share": "plain statements",
    "commitment_share": "promises",
    "disclosure_share": "things told about oneself",
    "feeling_response_share": "feelings that were answered",
    "hedge_share": "hedging words",
    "interruptions_per_minute": "interruptions",
    "judgement_share": "judging remarks",
    "kindness_share": "kind words",
    "long_turn_share": "talk in very long turns",
    "open_question_share": "open questions",
    "perspective_share": "steps into the other's shoes",
    "questions_per_minute": "questions",
    "raised_voice_share": "talk in a raised voice",
    "reflection_share": "replies that gave back what was said",
    "softer_voice_share": "soft answers to feelings",
    "support_share": "offers of support",
    "topic_shift_share": "changes of topic",
    "unsolicited_advice_share": "advice nobody asked for",
    "uptake_share": "replies that took up what was said",
}
"""What known measures count; any other measure is told by its id."""

_JOINERS = "\u200c\u200d"
_UNIT_ENDINGS = re.compile(r" (per minute|ms)$")
_FROM = {"measured": "From the recording", "asked": "From your answers", "tracked": "Over your sessions"}


def plain_text(text: str) -> str:
    """The text on one line; control, direction and other invisible characters become a visible replacement."""
    shown = (
        "\N{REPLACEMENT CHARACTER}" if unicodedata.category(c) in {"Cc", "Cf", "Cs"} and c not in _JOINERS else c
        for c in " ".join(text.split())
    )
    return "".join(shown)


def clipped(text: str, limit: int) -> str:
    """Plain text of at most `limit` characters, cut between words where it can be, with an ellipsis where it is cut."""
    text = plain_text(text)
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    at_word = cut.rpartition(" ")[0] if text[limit - 1] != " " else cut
    return (at_word if len(at_word) > limit // 2 else cut).rstrip(" ,;:") + "…"


def partner_names(session: Session) -> dict[PartnerId, str]:
    """A short plain name for each partner, never empty and never the same for both."""
    names = {p.id: clipped(p.name, NAME_LIMIT) or f"Partner {p.id}" for p in session.partners}
    if names["A"] == names["B"]:
        return {partner: f"{names[partner]} ({partner})" for partner in PARTNERS}
    return names


def title_of(id_: str, titles: Mapping[str, str]) -> str:
    """The title of a guideline or scenario; without one, its id as words."""
    return plain_text(titles.get(id_) or id_.replace("-", " ").capitalize())


def partners_line(session: Session, names: Mapping[PartnerId, str]) -> str:
    """Both names, with the roles where the scenario gave any."""
    told = (f"{names[p.id]} ({p.role})" if p.role is not Role.BOTH else names[p.id] for p in session.partners)
    return " and ".join(told)


def facts(session: Session, titles: Mapping[str, str]) -> tuple[str, ...]:
    """Scenario, length, microphones and, where known, the date."""
    told = [title_of(session.scenario, titles), f"{clock(session.duration_ms)} long"]
    told.append("one microphone" if session.mics == "one" else "two microphones")
    return (*told, date(session.recorded_at)) if session.recorded_at else tuple(told)


def date(recorded_at: str) -> str:
    """Day and time as they were written down, without seconds."""
    try:
        return f"{datetime.fromisoformat(recorded_at):%Y-%m-%d %H:%M}"
    except ValueError:
        return plain_text(recorded_at)


def percent(share: float) -> str:
    """A share of 0 to 1 in whole percent."""
    return f"{round(share * 100)}%"


def share_percents(talk: Mapping[PartnerId, Talk]) -> dict[PartnerId, int]:
    """Both partners' shares of the talk in whole percent, which add up to 100; half and half where nobody spoke."""
    both = talk["A"].share + talk["B"].share
    first = round(100 * talk["A"].share / both) if both else 50
    return {"A": first, "B": 100 - first}


def floor_line(overlap: Overlap, names: Mapping[PartnerId, str]) -> str:
    """Who came in on whom, and whether the floor changed."""
    incomer, holder = names[overlap.incomer], names[overlap.holder]
    unsure = " (not certain)" if overlap.confidence < UNSURE_BELOW else ""
    if overlap.kind is OverlapKind.INTERRUPTION:
        return f"{incomer} interrupted {holder} and took the floor{unsure}"
    return f"{incomer} tried to interrupt; {holder} kept the floor{unsure}"


def voice_line(raised: RaisedVoice, names: Mapping[PartnerId, str]) -> str:
    """How someone spoke, against their own calm talk."""
    faster = raised.faster is not None and raised.faster >= MannerParameters().faster
    how = "louder, higher and faster" if faster else "louder and higher"
    return f"{names[raised.partner]} spoke {how} than in their own calm talk"


def who(score: GuidelineScore, names: Mapping[PartnerId, str]) -> str:
    """Whose result a row is."""
    return "Both" if score.partner == "both" else names[score.partner]


def likely_range(score: GuidelineScore) -> str:
    """The interval in points, a dash where the score is withheld."""
    return NONE if score.low is None or score.high is None else f"{score.low}–{score.high}"


def rests_on(score: GuidelineScore) -> str:
    """Where the score comes from, with its measurements; those of the recording need no preface."""
    counted = ", ".join(measured(measurement) for measurement in score.measurements)
    if not counted:
        return _FROM[score.basis]
    return counted if score.basis == "measured" else f"{_FROM[score.basis]}: {counted}"


def measured(counted: Measurement) -> str:
    """A measurement in words: what, how much, and for events how many."""
    name = MEASURES.get(counted.id) or _UNIT_ENDINGS.sub("", plain_text(re.sub(r"[-_]+", " ", counted.id)))
    value = counted.value
    if value is None:
        return f"{name} (nothing to count)"
    if counted.unit == "per_minute":
        within = f"in {clock(counted.whole)}"
        return f"{name} {value:.1f} a minute ({counted.part} {within})" if counted.part else f"no {name} {within}"
    return f"{name} {percent(value)}" if counted.unit == "share" else f"{name} {value / 1000:.1f} s on average"


def notes(report: Report) -> tuple[str, ...]:
    """What was degraded or assumed, lost sound included."""
    told = tuple(plain_text(note) for note in report.session.notes)
    lost = report.session.lost_ms
    return (*told, f"{lost / 1000:.1f} s of sound were lost and count as silence.") if lost else told
