"""What to tell the couple: what went well first, then one thing to try; nothing that no moment shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from listener.analysis.advice_causes import Found, lowered_by
from listener.analysis.advice_telling import Telling
from listener.analysis.conversation import Conversation
from listener.analysis.measures.listening import listening
from listener.analysis.reasons import RAISED, Reason, is_favourable
from listener.analysis.scoring import take
from listener.domain.practice import Guideline, Partner, Rubric
from listener.domain.report import Advice, Evidence, GuidelineScore

MOST_PRAISE = 3
"""More praise is not read; the project's own choice."""

WELL_DONE = 70
"""From this score on a row can be praised; the project's own choice."""

SURE_WIDTH = 50
"""A row with a wider interval is praised only where two moments or more speak for it; the project's own choice."""

NOT_BY_CHANCE = 40
"""Nor is a row praised whose interval reaches below this: it may as well have been chance; the project's own choice."""

ROOM_TO_GROW = 75
"""Below this score a row is worth a thing to try; the project's own choice."""

LEAST_COVERED = 0.5
"""A row speaks for its guideline where measures of more than so much of its weight had enough evidence.

The project's own choice.
"""

FOCUS_BONUS = 40
"""What the scenario practises goes before what happened to go better; the project's own choice."""

TOO_LITTLE_WELL = "There was too little to go on to say what went well; a longer talk will show more."
TOO_LITTLE_TO_TRY = (
    "There was too little to go on for a suggestion. Practise once more and talk for a few minutes each."
)
NOTHING_TO_CHANGE = "Nothing stands out to change. Keep going as you did; choose what you would like to practise next."


def advise(
    scores: Sequence[GuidelineScore],
    rubric: Rubric,
    partners: Sequence[Partner],
    focus: tuple[str, ...],
    conversation: Conversation,
) -> Advice:
    """Up to three things that went well and one to try; guidelines in `focus` come first. Same input, same words.

    `conversation` is what the scores were taken from: what was found in it decides what is said.
    """
    guidelines = {guideline.id: guideline for guideline in rubric.guidelines}
    scored = [row for row in scores if row.score is not None and _covered(row, guidelines.get(row.id))]
    if not scored:
        return Advice((TOO_LITTLE_WELL,), TOO_LITTLE_TO_TRY)
    telling = Telling(conversation, {partner.id: partner.name for partner in partners})
    well = tuple(telling.praise(guidelines[row.id], row, moment) for row, moment in _best(scored, focus))
    heated = _heated(scores, guidelines, telling)
    if heated is not None:
        return Advice(well, heated)
    row = _to_try(scored, focus)
    if row is None:
        return Advice(well, NOTHING_TO_CHANGE)
    guideline = guidelines[row.id]
    part = None if row.partner == "both" else listening(conversation, row.partner)
    causes = lowered_by(take(conversation, guideline, row.partner), part)
    return Advice(well, telling.to_try(guideline, row, causes, _worst_moment(row)))


def _heated(scores: Sequence[GuidelineScore], guidelines: Mapping[str, Guideline], telling: Telling) -> str | None:
    """A break, where a voice was raised, goes before anything else: who is flooded cannot listen (Gottman 1994)."""
    for row in scores:
        moments = tuple(each for each in row.evidence if each.reason in RAISED)
        if moments and row.id in guidelines:
            causes = [Found(reason.key, moments) for reason in RAISED if reason == moments[0].reason]
            return telling.to_try(guidelines[row.id], row, causes, moments[0])
    return None


def _covered(row: GuidelineScore, guideline: Guideline | None) -> bool:
    """Whether what was measured makes up enough of the guideline to speak about it."""
    if guideline is None:
        return False
    seen = {measured.id: measured.whole for measured in row.measurements}
    enough = sum(each.weight for each in guideline.measures if seen.get(each.id, 0) >= max(each.minimum, 1))
    return enough > LEAST_COVERED * sum(each.weight for each in guideline.measures)


def _best(rows: Sequence[GuidelineScore], focus: tuple[str, ...]) -> list[tuple[GuidelineScore, Evidence]]:
    """The rows to praise with a moment each, surest and highest first.

    No guideline or moment comes twice, no partner twice while the other can be praised, none twice for the same reason.
    """
    ranked = sorted((row for row in rows if _praiseworthy(row)), key=lambda row: -_worth(row, focus))
    chosen: list[tuple[GuidelineScore, Evidence]] = []
    for fresh_partner in (True, False):
        for row in ranked:
            told = {each.span.start for _, each in chosen}
            praised = {each.reason for other, each in chosen if other.partner == row.partner}
            fresh = [each for each in row.evidence if each.span.start not in told and each.reason not in praised]
            moment = _best_moment(fresh)
            stale = row.id in {each.id for each, _ in chosen}
            stale |= fresh_partner and row.partner in {each.partner for each, _ in chosen}
            if moment is not None and not stale and len(chosen) < MOST_PRAISE:
                chosen.append((row, moment))
    return chosen


def _worth(row: GuidelineScore, focus: tuple[str, ...]) -> int:
    return (row.score or 0) + (row.low or 0) + (FOCUS_BONUS if row.id in focus else 0)


def _praiseworthy(row: GuidelineScore) -> bool:
    good = sum(is_favourable(each) for each in row.evidence)
    sure = (row.high or 0) - (row.low or 0) <= SURE_WIDTH
    high_enough = (row.score or 0) >= WELL_DONE and (row.low or 0) >= NOT_BY_CHANCE
    return high_enough and good >= (1 if sure else 2)


def _to_try(rows: Sequence[GuidelineScore], focus: tuple[str, ...]) -> GuidelineScore | None:
    """The lowest row with room to grow, among those in focus where there is one, else among those with a moment."""
    room = [row for row in rows if (row.score or 0) < ROOM_TO_GROW]
    room = [row for row in room if row.id in focus] or [row for row in room if _worst_moment(row)] or room
    return min(room, key=lambda row: (row.score or 0, row.high or 0), default=None)


def _best_moment(evidence: Sequence[Evidence]) -> Evidence | None:
    """The favourable moment that tells most by its reason, the earliest of equals."""
    return min((each for each in evidence if is_favourable(each)), key=_rank, default=None)


def _worst_moment(row: GuidelineScore) -> Evidence | None:
    """The unfavourable moment that tells most by its reason, the earliest of equals."""
    return min((each for each in row.evidence if not is_favourable(each)), key=_rank, default=None)


def _rank(moment: Evidence) -> tuple[int, int]:
    reasons = [reason.value for reason in Reason]
    return (reasons.index(moment.reason) if moment.reason in reasons else len(reasons), moment.span.start)
