"""What a row rests on most: the reason or the measure that lowered it, and the moments that show it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from listener.analysis.advice_words import given_back
from listener.analysis.measures.listening import Listening, Stretch, has_content
from listener.analysis.reasons import Reason, is_favourable
from listener.analysis.scoring import ONE_SIDED, Taken, curve_range
from listener.domain.report import Evidence
from listener.domain.span import Ms, Span
from listener.domain.speech import BehaviourLabel, Utterance

L = BehaviourLabel

LEAST_LOSS = 3.0
"""Points of a row that a measure must have cost to be spoken of; the project's own choice."""

RECENT_MS: Ms = 30_000
"""What the partner said longer ago does not explain a moment; the project's own choice."""

_OPEN_UP = (L.FEELING_STATEMENT, L.SELF_DISCLOSURE)
_MET_BY = (L.REFLECTION, L.VALIDATION, L.PERSPECTIVE_TAKING, L.SUPPORT, L.OPEN_QUESTION)
_IN_ANSWER_TO_OPENNESS = frozenset(
    {
        "reflection_share",
        "perspective_share",
        "kindness_share",
        "support_share",
        "questions_per_minute",
        "disclosure_share",
    }
)
"""Too little of these: where the partner opened up shows where there could have been more."""

_WHILE_THE_OTHER_TALKS = frozenset({"backchannels_per_minute"})


@dataclass(frozen=True, slots=True)
class Found:
    """What was found under `key` (a reason's, or a measure's that found too little), with its moments in time order.

    `occasion` is what the partner said where what was too little could have been.
    """

    key: str
    moments: tuple[Evidence, ...] = ()
    occasion: Utterance | None = None

    @property
    def shown(self) -> Evidence | None:
        """The first moment of at least three words, else the first with words, else the first."""
        return min(self.moments, key=lambda each: -min(len(each.quote.split()), 3), default=None)


def lowered_by(taken: Sequence[Taken], part: Listening | None) -> list[Found]:
    """What cost the row its points, the most first; `part` is the listener's, None for the couple's row."""
    enough = [each for each in taken if each.enough]
    total = sum(each.measure.weight for each in enough)
    lost = {each.measure.id: each.measure.weight / total * (100 - each.points) for each in enough}
    ranked = sorted(enough, key=lambda each: -lost[each.measure.id])
    causes = (_cause(each, part) for each in ranked if lost[each.measure.id] >= LEAST_LOSS)
    return [cause for cause in causes if cause is not None]


def _cause(taken: Taken, part: Listening | None) -> Found | None:
    """The unfavourable reason found most often; without one the measure itself, where more of it would be better.

    A moment that also speaks for the listener is too doubtful to be held against anybody.
    """
    favourable = {each.span for each in taken.finding.evidence if is_favourable(each)}
    against = [each for each in taken.finding.evidence if not is_favourable(each) and each.span not in favourable]
    if against and taken.measure.id not in ONE_SIDED:
        counts = Counter(each.reason for each in against)
        reason = min((each for each in Reason if each in counts), key=lambda each: -counts[each])
        return Found(reason.key, tuple(each for each in against if each.reason == reason))
    value = taken.finding.measurement.value or 0.0
    if taken.measure.id in ONE_SIDED or curve_range(taken.measure.curve, value, float("inf"))[1] > taken.points:
        return Found(taken.measure.id, occasion=_occasion(taken.measure.id, part) if part else None)
    return None


def _occasion(measure_id: str, part: Listening) -> Utterance | None:
    """Where in the partner's talk there could have been more of what was measured."""
    if measure_id in _WHILE_THE_OTHER_TALKS:
        turns = (t.span for t in part.conversation.turns if t.partner == part.partner and part.counts(t.span))
        longest = max(turns, key=lambda span: span.duration_ms, default=None)
        return None if longest is None else Utterance(part.partner, longest, part.quote(part.partner, longest))
    return _openness(part) if measure_id in _IN_ANSWER_TO_OPENNESS else None


def _openness(part: Listening) -> Utterance | None:
    """Where the partner opened up: first where the answer did not meet it, first where it can be given back."""
    stretches = part.stretches()
    told = [
        (utterance, stretches[at + 1] if at + 1 < len(stretches) else None)
        for at, stretch in enumerate(stretches)
        for utterance in stretch.utterances
        if stretch.partner == part.partner and part.counts(utterance.span) and _shows(utterance, _OPEN_UP)
    ]
    told.sort(key=lambda each: (_met(each[1]), not given_back(each[0].text), each[0].span))
    return told[0][0] if told else None


def _met(answer: Stretch | None) -> bool:
    return answer is not None and any(_shows(utterance, _MET_BY) for utterance in answer.utterances)


def _shows(utterance: Utterance, labels: Sequence[BehaviourLabel]) -> bool:
    return any(utterance.shows(label) for label in labels)


def said_before(part: Listening, moment: Span) -> Utterance | None:
    """What the partner had just said when the listener spoke: where they opened up, else what was said last."""
    said = [u for u in part.conversation.utterances if has_content(u) and u.span.start < moment.start]
    mine = max((u.span.start for u in said if u.partner == part.listener), default=-1)
    theirs = [u for u in said if u.partner == part.partner and u.span.start > mine]
    theirs = [u for u in theirs if moment.start - u.span.end < RECENT_MS]
    return next((u for u in reversed(theirs) if _shows(u, _OPEN_UP)), theirs[-1] if theirs else None)
