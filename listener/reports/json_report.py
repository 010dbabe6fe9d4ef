"""The report as a `listener.report/1` document: written, and read back without loss."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from listener.domain.report import GuidelineScore, Json, Measurement, Report, Session
from listener.domain.review import Agreement, Judged, Review
from listener.domain.speech import PARTNERS, PartnerId, Utterance
from listener.domain.voice import VoiceHint
from listener.reports import contract as c
from listener.reports.report_reading import parse

DECIMALS = 4
LINE_LENGTH = 120
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class JsonReport:
    """Writes the JSON contract; `titles` (guideline id to title) adds a title to each guideline row."""

    titles: Mapping[str, str] = field(default_factory=dict)

    def render(self, report: Report) -> bytes:
        return render(report, self.titles)


def render(report: Report, titles: Mapping[str, str] | None = None) -> bytes:
    """The document as UTF-8 with a newline at its end; equal reports give the same bytes.

    Raises ValueError where the report holds a number that is not finite: that is a fault of the program.
    """
    text = _laid_out(document(report, titles))
    # Names from a command line can hold bytes that were not UTF-8; a document for other programs must not.
    return (_LONE_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text) + "\n").encode()


def document(report: Report, titles: Mapping[str, str] | None = None) -> dict[str, Json]:
    """The contract as plain values in a fixed key order, floats of measurements rounded to four decimals."""
    written = c.ReportDocument(
        schema=c.REPORT_SCHEMA,
        provenance=_provenance(report),
        session=_session(report.session),
        speech=[c.SpeechEntry(ipu.partner, ipu.span.start, ipu.span.end) for ipu in report.speech],
        turns=[c.SpeechEntry(turn.partner, turn.span.start, turn.span.end) for turn in report.turns],
        overlaps=[
            c.OverlapEntry(o.span.start, o.span.end, o.holder, o.incomer, o.kind, _rounded(o.confidence))
            for o in report.overlaps
        ],
        utterances=[_utterance(utterance) for utterance in report.utterances],
        talk=c.TalkEntries(*(_talk(report, partner) for partner in PARTNERS)),
        guidelines=[_guideline(score, titles or {}) for score in report.guidelines],
        advice=c.AdviceEntry(list(report.advice.went_well), report.advice.try_next),
        voice=_voice(report.voice) if report.voice else msgspec.UNSET,
        review=_review(report.review) if report.review else msgspec.UNSET,
    )
    plain: dict[str, Json] = msgspec.to_builtins(written)
    return plain


def _provenance(report: Report) -> c.ProvenanceEntry:
    made = report.provenance
    parameters = {key: _sorted(made.parameters[key]) for key in sorted(made.parameters)}
    return c.ProvenanceEntry(made.listener, made.rules, dict(sorted(made.models.items())), parameters)


def _session(session: Session) -> c.SessionEntry:
    return c.SessionEntry(
        duration_ms=session.duration_ms,
        recorded_at=session.recorded_at,
        scenario=session.scenario,
        mics=session.mics,
        partners=[c.PartnerEntry(p.id, p.name, p.role, p.enrolled) for p in session.partners],
        lost_ms=session.lost_ms,
        notes=list(session.notes),
        answers=[c.AnswerEntry(a.partner, a.guideline, a.value) for a in session.answers] or msgspec.UNSET,
        promises=[c.PromiseEntry(p.partner, p.text) for p in session.promises] or msgspec.UNSET,
    )


def _utterance(utterance: Utterance) -> c.UtteranceEntry:
    words = (c.WordEntry(w.text, w.span.start, w.span.end, _rounded(w.probability)) for w in utterance.words)
    behaviours = (c.BehaviourEntry(b.label, _rounded(b.probability)) for b in utterance.behaviours)
    return c.UtteranceEntry(
        speaker=utterance.partner,
        start_ms=utterance.span.start,
        end_ms=utterance.span.end,
        text=utterance.text,
        words=list(words),
        behaviours=sorted(behaviours, key=lambda behaviour: behaviour.label),
    )


def _talk(report: Report, partner: PartnerId) -> c.TalkEntry:
    talk = report.talk[partner]
    rate = talk.words_per_minute
    return c.TalkEntry(
        talk.speaking_ms, _rounded(talk.share), talk.longest_turn_ms, None if rate is None else _rounded(rate)
    )


def _voice(hint: VoiceHint) -> c.VoiceEntry:
    raised = [
        c.RaisedVoiceEntry(
            speaker=time.partner,
            start_ms=time.span.start,
            end_ms=time.span.end,
            louder_db=_rounded(time.louder_db),
            higher_semitones=_rounded(time.higher_semitones),
            faster=None if time.faster is None else _rounded(time.faster),
        )
        for time in hint.raised
    ]
    return c.VoiceEntry(list(hint.known), raised)


def _review(review: Review) -> c.ReviewEntry:
    return c.ReviewEntry([_judged(each) for each in review.judged], [_agreement(each) for each in review.agreement])


def _judged(judged: Judged) -> c.JudgementEntry:
    said = judged.judgement
    span = said.moment.span
    moment = c.MomentEntry(said.moment.what, said.moment.partner, span.start, span.end)
    return c.JudgementEntry(
        said.by, said.at, moment, said.aspect, said.label, said.value, judged.machine, judged.counts
    )


def _agreement(found: Agreement) -> c.AgreementEntry:
    kappa = None if found.kappa is None else _rounded(found.kappa)
    return c.AgreementEntry(list(found.between), found.aspect, found.judged, found.agreed, kappa)


def _guideline(score: GuidelineScore, titles: Mapping[str, str]) -> c.GuidelineEntry:
    evidence = (c.EvidenceEntry(e.span.start, e.span.end, e.quote, e.reason) for e in score.evidence)
    return c.GuidelineEntry(
        id=score.id,
        partner=score.partner,
        score=score.score,
        low=score.low,
        high=score.high,
        withheld=score.withheld,
        basis=score.basis,
        measurements=[_measurement(measurement) for measurement in score.measurements],
        evidence=list(evidence),
        title=titles.get(score.id, msgspec.UNSET),
    )


def _measurement(counted: Measurement) -> c.MeasurementEntry:
    value = None if counted.value is None else _rounded(counted.value)
    return c.MeasurementEntry(counted.id, counted.part, counted.whole, counted.unit, value)


def _rounded(value: float) -> float:
    """A finite float with four decimals, never -0.0; ValueError for anything else."""
    if not math.isfinite(value):
        raise ValueError(f"a report cannot hold {value}")
    return round(float(value), DECIMALS) + 0.0


def _sorted(value: Json) -> Json:
    """The same value with the keys of all its objects in order."""
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value)}
    return [_sorted(item) for item in value] if isinstance(value, list) else value


def _laid_out(value: Json, indent: int = 0) -> str:
    """JSON with one line for whatever fits on a line, so that long lists of moments stay readable."""
    flat = json.dumps(value, ensure_ascii=False, allow_nan=False)
    if not isinstance(value, dict | list) or indent + len(flat) <= LINE_LENGTH:
        return flat
    inner = indent + 2
    if isinstance(value, dict):
        names = (json.dumps(key, ensure_ascii=False) for key in value)
        items = [f"{name}: {_laid_out(item, inner)}" for name, item in zip(names, value.values(), strict=True)]
        opening, closing = "{", "}"
    else:
        items = [_laid_out(item, inner) for item in value]
        opening, closing = "[", "]"
    lines = ",\n".join(" " * inner + item for item in items)
    return f"{opening}\n{lines}\n{' ' * indent}{closing}"


__all__ = ["JsonReport", "document", "parse", "render"]
