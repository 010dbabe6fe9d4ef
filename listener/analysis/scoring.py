"""Turns counts into scores: every guideline gets a row, with an interval, or the reason why there is no score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from listener.analysis.asked import asked_score
from listener.analysis.conversation import Conversation
from listener.analysis.intervals import interval
from listener.analysis.measures import HINTS, Finding, measure, needs_words
from listener.analysis.reasons import is_favourable
from listener.domain.practice import Guideline, Measure, Rubric
from listener.domain.report import Evidence, GuidelineScore
from listener.domain.span import Ms, clock
from listener.domain.speech import PARTNERS, PartnerId

MOST_MOMENTS = 8
"""So many moments a row; a list that nobody plays through helps nobody."""

GOOD_SCORE = 60
"""From here on the moments that speak for the listener come first; the project's own choice."""

IN_MS = frozenset({"speaking_share", "long_turn_share"})
"""Shares of speaking time."""

ONE_SIDED = frozenset({"speaking_share"})
"""Measures that hold both partners already, so that a couple's row takes them once."""

_COUNTED = {
    "replies_in_time": "answers",
    "uptake_share": "answers",
    "hedge_share": "words",
    "feeling_response_share": "feelings named by the other",
    "open_question_share": "questions",
}
"""What the whole of a share counts; utterances where nothing is said here."""

Whom = PartnerId | Literal["both"]


@dataclass(frozen=True, slots=True)
class Taken:
    """A measure of the rubric with what it found."""

    measure: Measure
    finding: Finding

    @property
    def observed(self) -> bool:
        """Whether there was as much to look at as the measure needs."""
        measured = self.finding.measurement
        return measured.whole > 0 and measured.whole >= self.measure.minimum

    @property
    def enough(self) -> bool:
        return self.observed and (self.finding.occasion or self.measure.no_occasion is None)

    @property
    def points(self) -> float:
        """What the curve gives for the value."""
        return curve_value(self.measure.curve, self.finding.measurement.value or 0.0)


def curve_value(curve: Sequence[tuple[float, float]], value: float) -> float:
    """Score 0 to 100 on the curve: straight between its points, flat beyond its ends."""
    if value <= curve[0][0]:
        return curve[0][1]
    for (x0, y0), (x1, y1) in pairwise(curve):
        if value <= x1:
            return y0 + (y1 - y0) * (value - x0) / (x1 - x0)
    return curve[-1][1]


def curve_range(curve: Sequence[tuple[float, float]], low: float, high: float) -> tuple[float, float]:
    """Lowest and highest score that the curve takes anywhere from `low` to `high`."""
    reached = [curve_value(curve, low), curve_value(curve, high)]
    reached += [y for x, y in curve if low < x < high]
    return min(reached), max(reached)


def score(conversation: Conversation, rubric: Rubric) -> tuple[GuidelineScore, ...]:
    """A row for every guideline in rubric order: one for each partner, or one for both as a couple."""
    rows: list[GuidelineScore] = []
    for guideline in rubric.guidelines:
        whom: tuple[Whom, ...] = PARTNERS if guideline.per_partner else ("both",)
        rows += [_row(conversation, guideline, each) for each in whom]
    return tuple(rows)


def _row(conversation: Conversation, guideline: Guideline, whom: Whom) -> GuidelineScore:
    taken = take(conversation, guideline, whom)
    return _with_hints(_scored(conversation, guideline, whom, taken), conversation, guideline)


def _scored(conversation: Conversation, guideline: Guideline, whom: Whom, taken: Sequence[Taken]) -> GuidelineScore:
    """The row as it is measured, else as the partners answered, else withheld; a voice alone never makes a score."""
    enough = [each for each in taken if each.enough]
    measurements = tuple(each.finding.measurement for each in taken)
    if guideline.basis == "measured" and any(each.measure.id not in HINTS for each in enough):
        value, low, high = _weighed(enough)
        moments = _most_telling(enough, value)
        return GuidelineScore(guideline.id, whom, value, low, high, None, "measured", measurements, moments)
    asked = asked_score(guideline, whom, conversation.answers)
    if asked is not None:
        return asked
    why = _why_withheld(guideline, taken, conversation.has_words)
    moments = _most_telling(taken, GOOD_SCORE)
    return GuidelineScore(guideline.id, whom, None, None, None, why, guideline.basis, measurements, moments)


def take(conversation: Conversation, guideline: Guideline, whom: Whom) -> list[Taken]:
    """The guideline's measures with what they find of a partner or the couple; none that rests on missing words."""
    found = ((each, _find(conversation, each.id, whom)) for each in guideline.measures)
    return [Taken(each, finding) for each, finding in found if finding is not None]


def _with_hints(row: GuidelineScore, conversation: Conversation, guideline: Guideline) -> GuidelineScore:
    """The row with what is told beside its score: counts and moments, at most MOST_MOMENTS of them."""
    for hint in guideline.hints:
        found = _find(conversation, hint.id, row.partner)
        if found is None or found.measurement.whole < hint.minimum:
            continue
        moments = (*row.evidence, *found.evidence[: max(0, MOST_MOMENTS - len(row.evidence))])
        row = replace(
            row,
            measurements=(*row.measurements, found.measurement),
            evidence=tuple(sorted(moments, key=lambda each: (each.span, each.reason))),
        )
    return row


def _find(conversation: Conversation, measure_id: str, whom: Whom) -> Finding | None:
    if whom != "both":
        return measure(conversation, measure_id, whom)
    first = measure(conversation, measure_id, PARTNERS[0])
    if first is None or measure_id in ONE_SIDED:
        return first
    second = measure(conversation, measure_id, PARTNERS[1])
    return first if second is None else first + second


def _weighed(taken: Sequence[Taken]) -> tuple[int, int, int]:
    """Score, low and high: means of the curves' values and ranges by weight, rounded."""
    total = sum(each.measure.weight for each in taken)
    value = low = high = 0.0
    for each in taken:
        measured, part = each.finding.measurement, each.measure.weight / total
        ends = curve_range(each.measure.curve, *interval(measured, measured.id in IN_MS))
        value += part * each.points
        low, high = low + part * ends[0], high + part * ends[1]
    rounded = _points(value)
    return rounded, min(_points(low), rounded), max(_points(high), rounded)


def _points(value: float) -> int:
    return max(0, min(100, round(value)))


def _why_withheld(guideline: Guideline, taken: Sequence[Taken], has_words: bool) -> str:
    """Plain words for the couple: who tells instead, or what is missing."""
    if guideline.basis == "asked":
        return f"The recording cannot show this: you are asked after practising: {guideline.asked or guideline.title}"
    if guideline.basis == "tracked":
        return f"The recording cannot show this: it is followed over sessions: {guideline.tracked or guideline.title}"
    pending = not has_words and any(needs_words(each.id) for each in guideline.measures)
    taken = [each for each in taken if each.measure.id not in HINTS]
    if not taken:
        if pending:
            return "This rests on what was said, and the words have not been transcribed yet."
        return "Nothing is measured for this yet."
    idle = [each for each in taken if each.observed and each.measure.no_occasion]
    if idle:
        return idle[0].measure.no_occasion or ""
    nearest = max(taken, key=lambda each: each.finding.measurement.whole / max(each.measure.minimum, 1))
    words = " What was said would tell more, but has not been transcribed yet." if pending else ""
    return f"Not enough to go on: {_amount(nearest)}.{words}"


def _amount(taken: Taken) -> str:
    measured, needed = taken.finding.measurement, max(taken.measure.minimum, 1)
    if measured.unit == "per_minute":
        return f"{clock(measured.whole)} of the other's speech was heard, {clock(needed)} is needed"
    if measured.id in IN_MS:
        return f"{clock(measured.whole)} of speech was heard, {clock(needed)} is needed"
    return f"{measured.whole} {_COUNTED.get(measured.id, 'utterances')} found, {needed} needed"


def _most_telling(taken: Sequence[Taken], value: int) -> tuple[Evidence, ...]:
    """At most MOST_MOMENTS in time order: those that explain the score, taken in turn from the weightiest measures.

    Moments that speak the other way keep a quarter of the places where there are any.
    """
    ranked = sorted(taken, key=lambda each: -each.measure.weight)
    telling = _in_turn([_side(each.finding.evidence, value >= GOOD_SCORE) for each in ranked])
    other = _in_turn([_side(each.finding.evidence, value < GOOD_SCORE) for each in ranked])
    kept = min(len(other), MOST_MOMENTS // 4)
    chosen = telling[: MOST_MOMENTS - kept]
    starts = {each.span.start for each in chosen}
    chosen += [each for each in other if each.span.start not in starts][: MOST_MOMENTS - len(chosen)]
    return tuple(sorted(chosen, key=lambda each: (each.span, each.reason)))


def _side(evidence: Sequence[Evidence], favourable: bool) -> list[Evidence]:
    return [each for each in evidence if is_favourable(each) == favourable]


def _in_turn(lists: Sequence[Sequence[Evidence]]) -> list[Evidence]:
    """The first of each list, then the second of each …; a moment that several point at comes once."""
    result: dict[Ms, Evidence] = {}
    for place in range(max((len(each) for each in lists), default=0)):
        for each in lists:
            if place < len(each):
                result.setdefault(each[place].span.start, each[place])
    return list(result.values())
