"""The moments of a session under review: which to look at, which scores they belong to, what a judgement changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from listener.app.reviewing import ReviewMoment
from listener.domain.floor import OverlapKind
from listener.domain.practice import Rubric
from listener.domain.report import GuidelineScore, Report
from listener.domain.review import NOTHING, Judged, Reviewer
from listener.domain.span import Ms, Span
from listener.domain.speech import BehaviourLabel as L
from listener.reports.review_words import corrects

LEAD_MS: Ms = 1_000
"""So much before a moment is played with it, to hear what it came into; the project's own choice."""

CONTESTED = frozenset({OverlapKind.INTERRUPTION, OverlapKind.ATTEMPTED_INTERRUPTION})

_EVENTS = {
    OverlapKind.INTERRUPTION: frozenset({"interruptions_per_minute"}),
    OverlapKind.ATTEMPTED_INTERRUPTION: frozenset({"interruptions_per_minute"}),
    OverlapKind.BACKCHANNEL: frozenset({"backchannels_per_minute"}),
}
_QUESTIONS = frozenset({"open_question_share", "questions_per_minute"})
_OPENING_UP = frozenset({"clear_statement_share", "disclosure_share"})
_HOSTILE = frozenset({"judgement_share"})
_KIND = frozenset({"kindness_share"})
_ANSWERED = frozenset({"reflection_share", "feeling_response_share"})
_WORDS = {
    L.OPEN_QUESTION: _QUESTIONS | {"perspective_share"},
    L.CLOSED_QUESTION: _QUESTIONS,
    L.REFLECTION: _ANSWERED,
    L.VALIDATION: _ANSWERED,
    L.SUPPORT: _KIND | {"support_share"},
    L.AFFIRMATION: _KIND,
    L.APPRECIATION: _KIND,
    L.APOLOGY: _KIND,
    L.ADVICE: frozenset({"unsolicited_advice_share"}),
    L.JUDGEMENT: _HOSTILE,
    L.BLAME: _HOSTILE,
    L.DISMISSAL: _HOSTILE,
    L.TOPIC_SHIFT: frozenset({"topic_shift_share"}),
    L.SELF_DISCLOSURE: _OPENING_UP,
    L.FEELING_STATEMENT: _OPENING_UP,
    L.PERSPECTIVE_TAKING: frozenset({"perspective_share"}),
    L.COMMITMENT: frozenset({"commitment_share"}),
}
"""The measures of the rubric that a behaviour of one's own counts in; what it changes for the other is not named."""


class Shown(StrEnum):
    """Which moments are listed."""

    TELLING = "What needs a look"
    EVENTS = "All speech that came in"
    UTTERANCES = "All that was said"
    NOT_JUDGED = "Not yet judged by me"


@dataclass(frozen=True, slots=True)
class ScoreChange:
    """A row of the report before and after something was judged."""

    before: GuidelineScore
    after: GuidelineScore

    @property
    def size(self) -> int:
        """Points gained or lost; 0 where one of the two has no score."""
        one, two = self.before.score, self.after.score
        return 0 if one is None or two is None else abs(two - one)


def shown(moments: Iterable[ReviewMoment], which: Shown, reviewer: Reviewer) -> tuple[ReviewMoment, ...]:
    """The moments to list, in their order.

    What needs a look: interruptions, attempts, and utterances with a behaviour that some score counts, be it found by
    the machine or set by people.
    """
    if which is Shown.TELLING:
        return tuple(moment for moment in moments if _tells(moment))
    if which is Shown.NOT_JUDGED:
        return tuple(moment for moment in moments if not judged_by(moment, reviewer))
    what = "overlap" if which is Shown.EVENTS else "utterance"
    return tuple(moment for moment in moments if moment.moment.what == what)


def judged_by(moment: ReviewMoment, reviewer: Reviewer) -> bool:
    """Whether the reviewer has said what it is; a note alone says nothing of that."""
    return any(j.judgement.by == reviewer and j.judgement.aspect != "note" for j in moment.judged)


def corrected(moment: ReviewMoment) -> bool:
    """Whether the report follows someone who saw it otherwise than the machine."""
    return any(corrects(judged) for judged in moment.judged)


def nearest(moments: Sequence[ReviewMoment], span: Span) -> ReviewMoment | None:
    """The moment that covers most the same time as `span`, else the one that begins next to it."""

    def fit(moment: ReviewMoment) -> tuple[float, Ms]:
        own = moment.moment.span
        common = own.overlap_ms(span)
        every = own.duration_ms + span.duration_ms - common
        return (common / every if every else 0.0, -abs(own.start - span.start))

    return max(moments, key=fit, default=None)


def played(span: Span) -> Span:
    """What is played of a moment: from a little before."""
    return Span(max(0, span.start - LEAD_MS), span.end)


def rows_of(moment: ReviewMoment, report: Report, rubric: Rubric) -> tuple[GuidelineScore, ...]:
    """The rows that the moment belongs to: whose measures count it, or that show it as a moment."""
    kinds = {*moment.machine, *moment.labels, *((moment.kind,) if moment.kind else ())}
    measures = {"interruptions_per_minute"} if moment.moment.what == "overlap" else set()
    for kind in kinds:
        measures |= _measures_of(kind)
    people = {moment.partner, moment.moment.partner, "both"}
    found = _measuring(rubric, measures)
    return tuple(
        row
        for row in report.guidelines
        if (row.id in found and row.partner in people) or any(e.span == moment.moment.span for e in row.evidence)
    )


def corrected_rows(report: Report, rubric: Rubric) -> dict[tuple[str, str], tuple[Judged, ...]]:
    """By guideline and partner, the corrections that the row's figures follow."""
    rows: dict[tuple[str, str], tuple[Judged, ...]] = {}
    for judged in report.review.judged if report.review else ():
        said = judged.judgement
        if not corrects(judged) or said.aspect == "speaker":
            continue
        measures = _measures_of(said.label) if said.label else _of_values(said.value, judged.machine)
        found = _measuring(rubric, measures)
        for row in report.guidelines:
            if row.id in found and row.partner in {said.moment.partner, "both"}:
                rows[row.id, row.partner] = (*rows.get((row.id, row.partner), ()), judged)
    return rows


def changes(before: Report, after: Report) -> tuple[ScoreChange, ...]:
    """The rows whose score is another now, the largest change first; those that gained or lost theirs come last."""
    old = {(row.id, row.partner): row for row in before.guidelines}
    pairs = ((old.get((row.id, row.partner)), row) for row in after.guidelines)
    found = (ScoreChange(one, two) for one, two in pairs if one is not None and one.score != two.score)
    return tuple(sorted(found, key=lambda change: -change.size))


def _tells(moment: ReviewMoment) -> bool:
    return any(found in CONTESTED or found in _WORDS for found in (*moment.machine, *moment.labels, moment.kind))


def _of_values(*values: str) -> frozenset[str]:
    return frozenset().union(*(_measures_of(OverlapKind(value)) for value in values if value != NOTHING))


def _measures_of(found: OverlapKind | L) -> frozenset[str]:
    if isinstance(found, OverlapKind):
        return _EVENTS.get(found, frozenset())
    return _WORDS.get(found, frozenset())


def _measuring(rubric: Rubric, measures: Iterable[str]) -> set[str]:
    """The guidelines that are scored by any of these measures."""
    wanted = set(measures)
    return {g.id for g in rubric.guidelines if any(measure.id in wanted for measure in g.measures)}
