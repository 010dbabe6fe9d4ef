"""What to tell the couple: what went well first, then one thing to try; nothing that no moment shows."""

from __future__ import annotations

from collections.abc import Sequence

from listener.analysis.reasons import is_favourable
from listener.domain.practice import Guideline, Partner, Rubric
from listener.domain.report import Advice, Evidence, GuidelineScore
from listener.domain.span import clock

MOST_PRAISE = 3

WELL_DONE = 70
"""From this score on a row can be praised; the project's own choice."""

SURE_WIDTH = 50
"""A row with a wider interval is praised only where two moments or more speak for it; the project's own choice."""

ROOM_TO_GROW = 75
"""Below this score a row is worth a thing to try; the project's own choice."""

TOO_LITTLE_WELL = "There was too little to go on to say what went well; a longer talk will show more."
TOO_LITTLE_TO_TRY = (
    "There was too little to go on for a suggestion. Practise once more and talk for a few minutes each."
)
NOTHING_TO_CHANGE = "Nothing stands out to change. Keep going as you did; choose what you would like to practise next."


def advise(
    scores: Sequence[GuidelineScore], rubric: Rubric, partners: Sequence[Partner], focus: tuple[str, ...]
) -> Advice:
    """Up to three things that went well and one to try, guidelines in `focus` preferred; the same scores, the same words."""
    guidelines = {guideline.id: guideline for guideline in rubric.guidelines}
    scored = [row for row in scores if row.score is not None and row.id in guidelines]
    well = tuple(
        _praise(row, guidelines[row.id], partners, moment)
        for row in _best(scored)
        if (moment := _best_moment(row)) is not None
    )
    if not scored:
        return Advice((TOO_LITTLE_WELL,), TOO_LITTLE_TO_TRY)
    row = _to_try(scored, focus)
    if row is None:
        return Advice(well, NOTHING_TO_CHANGE)
    return Advice(well, _with_moment(_named(guidelines[row.id].try_next, row, partners), _worst_moment(row)))


def _best(rows: Sequence[GuidelineScore]) -> list[GuidelineScore]:
    """The rows to praise: surest and highest first, each guideline once, both partners where both have one."""
    ranked = sorted((row for row in rows if _praiseworthy(row)), key=lambda row: -((row.score or 0) + (row.low or 0)))
    chosen: list[GuidelineScore] = []
    for fresh_partner in (True, False):
        for row in ranked:
            new_guideline = row.id not in {each.id for each in chosen}
            new_partner = row.partner not in {each.partner for each in chosen}
            if len(chosen) < MOST_PRAISE and new_guideline and (new_partner or not fresh_partner):
                chosen.append(row)
    return sorted(chosen, key=ranked.index)


def _praiseworthy(row: GuidelineScore) -> bool:
    good = sum(is_favourable(each) for each in row.evidence)
    sure = (row.high or 0) - (row.low or 0) <= SURE_WIDTH
    return (row.score or 0) >= WELL_DONE and good >= (1 if sure else 2)


def _to_try(rows: Sequence[GuidelineScore], focus: tuple[str, ...]) -> GuidelineScore | None:
    """The lowest row with room to grow, among those in focus where there is one; rows with a moment come first."""
    room = [row for row in rows if (row.score or 0) < ROOM_TO_GROW]
    room = [row for row in room if row.id in focus] or room
    return min(room, key=lambda row: (row.score or 0, _worst_moment(row) is None, row.high or 0), default=None)


def _best_moment(row: GuidelineScore) -> Evidence | None:
    """The favourable moment with the fullest quote, the earliest of equals."""
    return max((e for e in row.evidence if is_favourable(e)), key=lambda e: (len(e.quote), -e.span.start), default=None)


def _worst_moment(row: GuidelineScore) -> Evidence | None:
    """The first unfavourable moment that can be quoted, otherwise the first."""
    against = [each for each in row.evidence if not is_favourable(each)]
    return min(against, key=lambda each: (not each.quote, each.span), default=None)


def _praise(row: GuidelineScore, guideline: Guideline, partners: Sequence[Partner], moment: Evidence) -> str:
    return _with_moment(_named(guideline.praise, row, partners), moment)


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
    quote = f" “{moment.quote}”" if moment.quote else ""
    return f"{text} (At {clock(moment.span.start)}:{quote or ' ' + moment.reason}.)"
