"""A report without what it holds of passages that were struck from the record.

Struck sound is silence, so there is hardly ever anything: a word that a transcriber heard in the silence, or a report
that is older than what was struck.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from listener.domain.report import Report
from listener.domain.span import Span
from listener.domain.speech import Utterance


def off_record(report: Report, struck: Sequence[Span]) -> Report:
    """The report without words, utterances, overlaps and evidence that lie wholly in a struck passage."""
    if not struck:
        return report

    def kept(span: Span) -> bool:
        return not any(gone.start <= span.start and span.end <= gone.end for gone in struck)

    def without(utterance: Utterance) -> Utterance:
        words = tuple(word for word in utterance.words if kept(word.span))
        if len(words) == len(utterance.words):
            return utterance
        return replace(utterance, words=words, text=" ".join(word.text.strip() for word in words))

    utterances = tuple(without(utterance) for utterance in report.utterances if kept(utterance.span))
    scores = (replace(s, evidence=tuple(e for e in s.evidence if kept(e.span))) for s in report.guidelines)
    return replace(
        report,
        utterances=tuple(utterance for utterance in utterances if utterance.text),
        overlaps=tuple(overlap for overlap in report.overlaps if kept(overlap.span)),
        guidelines=tuple(scores),
    )
