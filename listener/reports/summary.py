"""What a report tells people, in order and in words, before any format lays it out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from listener.domain.floor import Overlap, OverlapKind
from listener.domain.report import Evidence, GuidelineScore, Report
from listener.domain.review import Review
from listener.domain.span import clock
from listener.domain.speech import PARTNERS, PartnerId, other
from listener.reports import wording
from listener.reports.review_words import KAPPA_EXPLAINED, agreement_line, judgement_of

MOST_FLOOR_LINES = 8
MOST_MOMENT_ROWS = 4
MOST_VOICE_LINES = 4
MOMENTS_PER_ROW = 2
MOST_CONFIRMED = 8


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the comparison between the partners."""

    label: str
    values: dict[PartnerId, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One partner's result under a guideline; `withheld` is empty where `score` has numbers."""

    who: str
    score: GuidelineScore
    withheld: str


@dataclass(frozen=True, slots=True)
class Group:
    """A guideline with its rows."""

    title: str
    rows: tuple[Row, ...]

    @property
    def scored(self) -> bool:
        """Whether any row has a score."""
        return any(not row.withheld for row in self.rows)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why rows are withheld, told once where it is the same for all."""
        told = {row.withheld for row in self.rows if row.withheld}
        if len(told) == 1:
            return (told.pop(),)
        return tuple(f"{row.who}: {row.withheld}" for row in self.rows if row.withheld)


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment worth hearing again; `quote` is empty where there are no words."""

    at: str
    quote: str
    reason: str


@dataclass(frozen=True, slots=True)
class Highlight:
    """A row that matters most, with its moments."""

    heading: str
    moments: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """The content of a report for people. Every text is plain and on one line, and is not yet escaped for a format.

    `heard` is false where nobody spoke, so that there is no balance and no floor to tell of. `voice_lines` tell when
    whose voice was raised; most often there are none. `corrected_lines` tell what people said of moments, in order of
    the talk, and `agreement_lines` how well they agree; none where nobody reviewed. `said_after` tells what the
    partners answered about each other and what they promised. `shares` are whole percents that add up to 100.
    """

    names: dict[PartnerId, str]
    partners: str
    facts: tuple[str, ...]
    went_well: tuple[str, ...]
    try_next: str
    heard: bool
    shares: dict[PartnerId, int]
    figures: tuple[Figure, ...]
    floor_lines: tuple[tuple[str, str], ...]
    more_floor_lines: int
    groups: tuple[Group, ...]
    highlights: tuple[Highlight, ...]
    voice_lines: tuple[tuple[str, str], ...]
    said_after: tuple[str, ...]
    notes: tuple[str, ...]
    corrected_lines: tuple[tuple[str, str], ...]
    agreement_lines: tuple[str, ...]


def summarised(report: Report, titles: Mapping[str, str]) -> Summary:
    """The report in words; `titles` maps ids of guidelines and scenarios to their titles."""
    names = wording.partner_names(report.session)
    contested = [o for o in report.overlaps if o.kind in {OverlapKind.INTERRUPTION, OverlapKind.ATTEMPTED_INTERRUPTION}]
    shown = sorted(sorted(contested, key=lambda o: -o.confidence)[:MOST_FLOOR_LINES], key=lambda o: o.span)
    raised = report.voice.raised if report.voice else ()
    return Summary(
        names=names,
        partners=wording.partners_line(report.session, names),
        facts=wording.facts(report.session, titles),
        went_well=tuple(wording.plain_text(praise) for praise in report.advice.went_well),
        try_next=wording.plain_text(report.advice.try_next),
        heard=any(talk.speaking_ms for talk in report.talk.values()),
        shares=wording.share_percents(report.talk),
        figures=_figures(report),
        floor_lines=tuple((clock(o.span.start), wording.floor_line(o, names)) for o in shown),
        more_floor_lines=len(contested) - len(shown),
        groups=_groups(report, titles, names),
        highlights=_highlights(report, titles, names),
        voice_lines=tuple((clock(r.span.start), wording.voice_line(r, names)) for r in raised[:MOST_VOICE_LINES]),
        said_after=_said_after(report, titles, names),
        notes=wording.notes(report),
        corrected_lines=_corrected(report.review, names),
        agreement_lines=_agreement(report.review, names),
    )


def _said_after(report: Report, titles: Mapping[str, str], names: Mapping[PartnerId, str]) -> tuple[str, ...]:
    answers = (
        f"{wording.title_of(a.guideline, titles)}: {names[a.partner]} gave {names[other(a.partner)]} {a.value} of 5."
        for a in report.session.answers
    )
    promises = (f"{names[p.partner]} promised: {wording.plain_text(p.text)}" for p in report.session.promises)
    return (*answers, *promises)


def _corrected(review: Review | None, names: Mapping[PartnerId, str]) -> tuple[tuple[str, str], ...]:
    """Everything that changed something or may be read, and of what only confirms the machine the first few."""
    judged = sorted(review.judged, key=lambda j: j.judgement.moment.span) if review else []
    confirming = [j for j in judged if j.counts and j.judgement.value == j.machine]
    left_out = confirming[MOST_CONFIRMED:]
    lines = [(clock(j.judgement.moment.span.start), judgement_of(j, names)) for j in judged if j not in left_out]
    if left_out:
        lines.append(("…", f"and {len(left_out)} more that say what the machine had found"))
    return tuple(lines)


def _agreement(review: Review | None, names: Mapping[PartnerId, str]) -> tuple[str, ...]:
    rated = review.agreement if review else ()
    return (*(agreement_line(each, names) for each in rated), KAPPA_EXPLAINED) if rated else ()


def _figures(report: Report) -> tuple[Figure, ...]:
    talk = {partner: report.talk[partner] for partner in PARTNERS}
    rates = {p: t.words_per_minute for p, t in talk.items()}
    figures = [
        Figure("Time speaking", {p: clock(t.speaking_ms) for p, t in talk.items()}),
        Figure("Longest turn", {p: clock(t.longest_turn_ms) for p, t in talk.items()}),
        Figure("Words a minute", {p: wording.NONE if r is None else str(round(r)) for p, r in rates.items()}),
        _counted("Interrupted and took the floor", report.overlaps, OverlapKind.INTERRUPTION),
        _counted("Tried to interrupt", report.overlaps, OverlapKind.ATTEMPTED_INTERRUPTION),
        _counted("Listening sounds (“mm-hm”)", report.overlaps, OverlapKind.BACKCHANNEL),
    ]
    return tuple(figures)


def _counted(label: str, overlaps: tuple[Overlap, ...], kind: OverlapKind) -> Figure:
    return Figure(label, {p: str(sum(o.incomer == p and o.kind is kind for o in overlaps)) for p in PARTNERS})


def _groups(report: Report, titles: Mapping[str, str], names: Mapping[PartnerId, str]) -> tuple[Group, ...]:
    by_id = groupby(report.guidelines, key=lambda score: score.id)
    return tuple(Group(wording.title_of(id_, titles), tuple(_row(s, names) for s in scores)) for id_, scores in by_id)


def _row(score: GuidelineScore, names: Mapping[PartnerId, str]) -> Row:
    withheld = "" if score.score is not None else wording.plain_text(score.withheld or "not enough evidence")
    return Row(wording.who(score, names), score, withheld)


def _highlights(report: Report, titles: Mapping[str, str], names: Mapping[PartnerId, str]) -> tuple[Highlight, ...]:
    """The best row first, then the lowest ones: what went well, then where there is most to gain; no moment twice."""
    ranked = sorted(
        ((s.score, s) for s in report.guidelines if s.score is not None and s.evidence), key=lambda pair: pair[0]
    )
    told: set[Evidence] = set()
    highlights: list[Highlight] = []
    for points, score in [*ranked[-1:], *ranked[:-1]]:
        fresh = [evidence for evidence in score.evidence if evidence not in told][:MOMENTS_PER_ROW]
        told.update(fresh)
        if fresh and len(highlights) < MOST_MOMENT_ROWS:
            heading = f"{wording.title_of(score.id, titles)} · {wording.who(score, names)} · {points}"
            highlights.append(Highlight(heading, tuple(moment(evidence) for evidence in fresh)))
    return tuple(highlights)


def moment(evidence: Evidence) -> Moment:
    """A piece of evidence as it is told."""
    quote = wording.clipped(evidence.quote, wording.QUOTE_LIMIT)
    return Moment(clock(evidence.span.start), f"“{quote}”" if quote else "", wording.plain_text(evidence.reason))
