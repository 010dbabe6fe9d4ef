"""What to tell the couple: what went well first, then one thing to try; nothing that no moment shows."""

from __future__ import annotations

from collections.abc import Sequence

from listener.analysis.reasons import Reason, is_favourable
from listener.domain.practice import Guideline, Partner, Rubric
from listener.domain.report import Advice, Evidence, GuidelineScore
from listener.domain.span import clock

MOST_PRAISE = 3

WELL_DONE = 70
"""From this score on a row can be praised; the project's own choice."""

SURE_WIDTH = 50
"""A row with a wider interval is praised only where two moments or more speak for it; the project's own choice."""

NOT_BY_CHANCE = 40
"""Nor is a row praised whose interval reaches below this: it may as well have been chance; the project's own choice."""

ROOM_TO_GROW = 75
"""Below this score a row is worth a thing to try; the project's own choice."""

LEAST_COVERED = 0.5
"""A row speaks for its guideline where measures of more than so much of its weight had enough evidence."""

FOCUS_BONUS = 40
"""What the scenario practises goes before what happened to go better; the project's own choice."""

TOO_LITTLE_WELL = "There was too little to go on to say what went well; a longer talk will show more."
TOO_LITTLE_TO_TRY = (
    "There was too little to go on for a suggestion. Practise once more and talk for a few minutes each."
)
NOTHING_TO_CHANGE = "Nothing stands out to change. Keep going as you did; choose what you would like to practise next."


def advise(
    scores: Sequence[GuidelineScore], rubric: Rubric, partners: Sequence[Partner], focus: tuple[str, ...]
) -> Advice:
    """Up to three things that went well and one to try; guidelines in `focus` come first. Same scores, same words."""
    guidelines = {guideline.id: guideline for guideline in rubric.guidelines}
    scored = [row for row in scores if row.score is not None and _covered(row, guidelines.get(row.id))]
    if not scored:
        return Advice((TOO_LITTLE_WELL,), TOO_LITTLE_TO_TRY)
    well = tuple(
        _with_moment(_named(guidelines[row.id].praise, row, partners), moment) for row, moment in _best(scored, focus)
    )
    row = _to_try(scored, focus)
    if row is None:
        return Advice(well, NOTHING_TO_CHANGE)
    return Advice(well, _with_moment(_named(guidelines[row.id].try_next, row, partners), _worst_moment(row)))


def _covered(row: GuidelineScore, guideline: Guideline | None) -> bool:
    """Whether what was measured makes up enough of the guideline to speak about it."""
    if guideline is None:
        return False
    seen = {measured.id: measured.whole for measured in row.measurements}
    enough = sum(each.weight for each in guideline.measures if seen.get(each.id, 0) >= max(each.minimum, 1))
    return enough > LEAST_COVERED * sum(each.weight for each in guideline.measures)


def _best(rows: Sequence[GuidelineScore], focus: tuple[str, ...]) -> list[tuple[GuidelineScore, Evidence]]:
    """The rows to praise with a moment each: surest and highest first, no guideline, moment or partner's turn twice."""
    ranked = sorted((row for row in rows if _praiseworthy(row)), key=lambda row: -_worth(row, focus))
    chosen: list[tuple[GuidelineScore, Evidence]] = []
    for fresh_partner in (True, False):
        for row in ranked:
            told = {each.span.start for _, each in chosen}
            moment = _best_moment([each for each in row.evidence if each.span.start not in told])
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


def _named(text: str, row: GuidelineScore, partners: Sequence[Partner]) -> str:
    """The text with the listener's and the partner's name in place; both names where they are scored as a couple."""
    names = {partner.id: partner.name for partner in partners}
    a, b = names.get("A", "A"), names.get("B", "B")
    if row.partner == "both":
        name, partner = f"{a} and {b}", "each other"
    else:
        name, partner = (a, b) if row.partner == "A" else (b, a)
    return text.replace("{name}", name).replace("{partner}", partner)


def _with_moment(text: str, moment: Evidence | None) -> str:
    if moment is None:
        return text
    return f"{text} (At {clock(moment.span.start)}: {f'“{moment.quote}”' if moment.quote else moment.reason})"
