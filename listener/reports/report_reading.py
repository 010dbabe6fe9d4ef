"""Reads a `listener.report/1` document back into a report."""

from __future__ import annotations

import re

import msgspec

from listener.domain.floor import Overlap, Turn
from listener.domain.practice import Partner
from listener.domain.report import (
    Advice,
    Evidence,
    GuidelineScore,
    Measurement,
    Provenance,
    Report,
    Session,
    Talk,
)
from listener.domain.review import Agreement, Judged, Judgement, Moment, Review
from listener.domain.session import Answer, Promise
from listener.domain.span import Span
from listener.domain.speech import PARTNERS, Behaviour, Ipu, Utterance, Word
from listener.domain.voice import RaisedVoice, VoiceHint
from listener.errors import BadTranscript
from listener.reports import contract as c

_VERSION = re.compile(r"listener\.report/(\d{1,9})")


def parse(data: bytes) -> Report:
    """The report that a document was written from.

    Raises BadTranscript, naming the place, where the document is not of the form `listener.report/1`, and telling where
    it is of a later one.
    """
    try:
        return _report(msgspec.json.decode(data, type=c.ReportDocument))
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        if _is_newer(data):
            raise BadTranscript(
                "This report was written by a newer version of Listener.", "Update Listener."
            ) from error
        raise BadTranscript(
            f"This is not a {c.REPORT_SCHEMA} document: {error}",
            "Use the report.json that a session or `listener replay --json` wrote, unchanged.",
        ) from error


class _Head(msgspec.Struct):
    """What every version of the document begins with."""

    schema: str


def _is_newer(data: bytes) -> bool:
    try:
        version = _VERSION.fullmatch(msgspec.json.decode(data, type=_Head).schema)
    except (msgspec.DecodeError, ValueError, RecursionError):
        return False
    return version is not None and int(version[1]) > 1


def _report(read: c.ReportDocument) -> Report:
    made = read.provenance
    return Report(
        provenance=Provenance(made.listener, made.rules, made.models, made.parameters),
        session=_session(read.session),
        speech=tuple(Ipu(entry.speaker, Span(entry.start_ms, entry.end_ms)) for entry in read.speech),
        turns=tuple(Turn(entry.speaker, Span(entry.start_ms, entry.end_ms)) for entry in read.turns),
        overlaps=tuple(_overlap(entry) for entry in read.overlaps),
        utterances=tuple(_utterance(entry) for entry in read.utterances),
        talk={"A": _talk(read.talk.A), "B": _talk(read.talk.B)},
        guidelines=tuple(_guideline(entry) for entry in read.guidelines),
        advice=Advice(tuple(read.advice.went_well), read.advice.try_next),
        voice=_voice(read.voice) if read.voice else None,
        review=_review(read.review) if read.review else None,
    )


def _session(entry: c.SessionEntry) -> Session:
    first, second = (Partner(p.id, p.name, p.role, p.enrolled) for p in entry.partners)
    if (first.id, second.id) != PARTNERS:
        raise ValueError("session.partners must be A, then B")
    return Session(
        duration_ms=entry.duration_ms,
        recorded_at=entry.recorded_at,
        scenario=entry.scenario,
        mics=entry.mics,
        partners=(first, second),
        lost_ms=entry.lost_ms,
        notes=tuple(entry.notes),
        answers=tuple(Answer(a.partner, a.guideline, a.value) for a in entry.answers or ()),
        promises=tuple(Promise(p.partner, p.text) for p in entry.promises or ()),
    )


def _overlap(entry: c.OverlapEntry) -> Overlap:
    span = Span(entry.start_ms, entry.end_ms)
    return Overlap(span, entry.holder, entry.incomer, entry.kind, entry.confidence)


def _utterance(entry: c.UtteranceEntry) -> Utterance:
    return Utterance(
        partner=entry.speaker,
        span=Span(entry.start_ms, entry.end_ms),
        text=entry.text,
        words=tuple(Word(word.text, Span(word.start_ms, word.end_ms), word.probability) for word in entry.words),
        behaviours=tuple(Behaviour(behaviour.label, behaviour.probability) for behaviour in entry.behaviours),
    )


def _talk(entry: c.TalkEntry) -> Talk:
    return Talk(entry.speaking_ms, entry.share, entry.longest_turn_ms, entry.words_per_minute)


def _voice(entry: c.VoiceEntry) -> VoiceHint:
    raised = (
        RaisedVoice(r.speaker, Span(r.start_ms, r.end_ms), r.louder_db, r.higher_semitones, r.faster)
        for r in entry.raised
    )
    return VoiceHint(tuple(entry.known), tuple(raised))


def _review(entry: c.ReviewEntry) -> Review:
    agreement = (
        Agreement((a.between[0], a.between[1]), a.aspect, a.judged, a.agreed, a.kappa) for a in entry.agreement
    )
    return Review(tuple(_judged(each) for each in entry.judgements), tuple(agreement))


def _judged(entry: c.JudgementEntry) -> Judged:
    moment = Moment(Span(entry.moment.start_ms, entry.moment.end_ms), entry.moment.what, entry.moment.speaker)
    judgement = Judgement(entry.by, entry.at, moment, entry.aspect, entry.value, entry.label)
    return Judged(judgement, entry.machine, entry.counts)


def _guideline(entry: c.GuidelineEntry) -> GuidelineScore:
    numbers = (entry.score, entry.low, entry.high)
    if any((number is None) is (entry.withheld is None) for number in numbers):
        raise ValueError(f"guideline {entry.id} must have either score, low and high, or a reason why it is withheld")
    return GuidelineScore(
        id=entry.id,
        partner=entry.partner,
        score=entry.score,
        low=entry.low,
        high=entry.high,
        withheld=entry.withheld,
        basis=entry.basis,
        measurements=tuple(Measurement(m.id, m.part, m.whole, m.unit) for m in entry.measurements),
        evidence=tuple(Evidence(Span(e.start_ms, e.end_ms), e.quote, e.reason) for e in entry.evidence),
    )
