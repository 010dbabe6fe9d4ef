"""What the page shows, in order, before any template lays it out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from listener.domain.report import GuidelineScore, Report
from listener.domain.review import Judged
from listener.domain.span import Span
from listener.domain.speech import PartnerId
from listener.reports import review_words, wording
from listener.reports.behaviour_words import behaviours_shown
from listener.reports.html.floor_picture import Stretch, contested, stretches
from listener.reports.html.moments import Playable, Told, pieces, told
from listener.reports.summary import Group, Summary, summarised

SHOWN_AT_ONCE = 3
"""Evidence of a row before the rest is folded."""


@dataclass(frozen=True, slots=True)
class Result:
    """A row under a guideline: whose, the score in numbers and words, and the moments that it rests on."""

    who: str
    partner: str
    score: GuidelineScore
    withheld: str
    rests_on: str
    moments: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """A person's judgement of a moment beside what the machine had found there."""

    moment: Playable
    by: str
    when: str
    aspect: str
    said: str
    machine: str
    standing: str
    follows: bool


@dataclass(frozen=True, slots=True)
class Line:
    """An utterance with what it does and what people said of it."""

    moment: Playable
    partner: PartnerId
    text: str
    behaviours: tuple[str, ...]
    corrections: tuple[Correction, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """Everything on the page."""

    summary: Summary
    went_well: tuple[tuple[str | Playable, ...], ...]
    try_next: tuple[str | Playable, ...]
    stretches: tuple[Stretch, ...]
    floor_lines: tuple[tuple[Playable, str, tuple[Correction, ...]], ...]
    guidelines: tuple[tuple[str, tuple[Result, ...]], ...]
    unscored: tuple[Group, ...]
    transcript: tuple[Line, ...]
    voice: tuple[Playable, ...]
    corrections: tuple[Correction, ...]
    agreement: tuple[str, ...]
    provenance: tuple[tuple[str, str], ...]


def content(report: Report, titles: Mapping[str, str]) -> Content:
    """The page of a report."""
    summary = summarised(report, titles)
    names = summary.names
    evidence = [e for score in report.guidelines for e in score.evidence]
    corrections = _corrections(report, names)
    marked = contested(report, names)
    voice = tuple(Playable(r.span, wording.voice_line(r, names)) for r in (report.voice.raised if report.voice else ()))
    raised = (
        [(v, "raised", "▲", r.partner) for v, r in zip(voice, report.voice.raised, strict=True)] if report.voice else []
    )
    return Content(
        summary=summary,
        went_well=tuple(pieces(praise, evidence) for praise in summary.went_well),
        try_next=pieces(summary.try_next, evidence),
        stretches=stretches(report, [*marked, *raised]),
        floor_lines=tuple((m, sign, corrections.get(("overlap", m.span), ())) for m, _, sign, _ in marked),
        guidelines=tuple((g.title, _results(g)) for g in summary.groups if g.scored),
        unscored=tuple(group for group in summary.groups if not group.scored),
        transcript=_transcript(report, corrections),
        voice=voice,
        corrections=tuple(_correction(each, names) for each in (report.review.judged if report.review else ())),
        agreement=_agreement(report, names),
        provenance=_provenance(report),
    )


def _results(group: Group) -> tuple[Result, ...]:
    return tuple(
        Result(
            who=row.who,
            partner=row.score.partner,
            score=row.score,
            withheld=row.withheld,
            rests_on=wording.rests_on(row.score),
            moments=tuple(told(evidence) for evidence in row.score.evidence),
        )
        for row in group.rows
    )


def _transcript(report: Report, corrections: Mapping[tuple[str, Span], tuple[Correction, ...]]) -> tuple[Line, ...]:
    return tuple(
        Line(
            moment=Playable(said.span, wording.clipped(said.text, wording.QUOTE_LIMIT)),
            partner=said.partner,
            text=wording.plain_text(said.text),
            behaviours=behaviours_shown(said),
            corrections=corrections.get(("utterance", said.span), ()),
        )
        for said in report.utterances
    )


def _corrections(report: Report, names: Mapping[PartnerId, str]) -> dict[tuple[str, Span], tuple[Correction, ...]]:
    """What was said, by the kind of moment and its stretch; a note that was taken back is left out."""
    found: dict[tuple[str, Span], tuple[Correction, ...]] = {}
    for judged in report.review.judged if report.review else ():
        moment = judged.judgement.moment
        if judged.judgement.value:
            key = (moment.what, moment.span)
            found[key] = (*found.get(key, ()), _correction(judged, names))
    return found


def _correction(judged: Judged, names: Mapping[PartnerId, str]) -> Correction:
    judgement = judged.judgement
    by = review_words.rater_words(judgement.by, names)
    said = review_words.value_words(judgement, judgement.value, names)
    return Correction(
        moment=Playable(judgement.moment.span, f"{by}: {wording.clipped(said, wording.QUOTE_LIMIT)}"),
        by=review_words.rater_title(judgement.by, names),
        when=wording.date(judgement.at),
        aspect=judgement.aspect,
        said=said,
        machine="" if judgement.aspect == "note" else review_words.value_words(judgement, judged.machine, names),
        standing=review_words.standing(judged),
        follows=judged.counts,
    )


def _agreement(report: Report, names: Mapping[PartnerId, str]) -> tuple[str, ...]:
    found = report.review.agreement if report.review else ()
    return tuple(review_words.agreement_line(each, names) for each in found)


def _provenance(report: Report) -> tuple[tuple[str, str], ...]:
    made = report.provenance
    models = ((f"Model {name}", f"sha256 {made.models[name]}") for name in sorted(made.models))
    parameters = (
        (f"Parameters {name}", json.dumps(made.parameters[name], sort_keys=True)) for name in sorted(made.parameters)
    )
    return (("Listener", made.listener), ("Rules", made.rules), *models, *parameters)
