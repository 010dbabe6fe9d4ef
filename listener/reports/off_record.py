"""A report without what it holds of passages that were struck from the record.

Struck sound is silence, so there is hardly ever anything: a word that a transcriber heard in the silence, or a report
that is older than what was struck.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from listener.domain.report import Advice, Report
from listener.domain.session import Promise
from listener.domain.span import Span, clock
from listener.domain.speech import PARTNERS, Utterance

STRUCK_SINCE = "What stood here rested on a passage that was struck from the record. Make the report again."
"""The thing to try where the former one told of a struck passage."""

Kept = Callable[[Span], bool]

_QUOTED = re.compile("“([^”]*)”?")
_TIME = re.compile(r"\b\d+:\d\d(?::\d\d)?\b")
_WORD = re.compile(r"\w+")
_GIVEN_BACK = 2
"""A feeling given back begins with two words that were not said so: “You feel”, “You were”."""


def off_record(report: Report, struck: Sequence[Span]) -> Report:
    """The report without anything that was said or told of a moment which a struck passage touches.

    Of an utterance whose words have times, the words outside stay. Scores and figures stay as they are. Where anything
    was left out, so is advice that quotes what is no longer there or names the time of what is gone.
    """
    if not struck:
        return report

    def kept(span: Span) -> bool:
        return not any(gone.overlap_ms(span) or gone.contains(span.start) for gone in struck)

    utterances = tuple(left for each in report.utterances if (left := _without(each, kept)) is not None)
    voice, review = report.voice, report.review
    without = replace(
        report,
        session=replace(
            report.session,
            promises=_promises(report, utterances, kept),
        ),
        utterances=utterances,
        overlaps=tuple(overlap for overlap in report.overlaps if kept(overlap.span)),
        guidelines=tuple(
            replace(score, evidence=tuple(e for e in score.evidence if kept(e.span))) for score in report.guidelines
        ),
        voice=voice and replace(voice, raised=tuple(each for each in voice.raised if kept(each.span))),
        review=review
        and replace(review, judged=tuple(each for each in review.judged if kept(each.judgement.moment.span))),
    )
    if without == report:
        return report
    gone = {clock(span.start) for span in _moments(report) if not kept(span)}
    return replace(without, advice=_advice(report.advice, utterances, gone, struck))


def _without(utterance: Utterance, kept: Kept) -> Utterance | None:
    """What is left of an utterance: its words outside, where they have times."""
    if not utterance.words:
        return utterance if kept(utterance.span) else None
    words = tuple(word for word in utterance.words if kept(word.span))
    if len(words) == len(utterance.words):
        return utterance
    text = " ".join(word.text.strip() for word in words)
    return replace(utterance, words=words, text=text, behaviours=()) if text else None


def _moments(report: Report) -> list[Span]:
    """Where everything begins that advice may name."""
    evidence = [e.span for score in report.guidelines for e in score.evidence]
    return [u.span for u in report.utterances] + [o.span for o in report.overlaps] + evidence


def _advice(advice: Advice, utterances: Sequence[Utterance], gone: set[str], struck: Sequence[Span]) -> Advice:
    spoken = _spoken(utterances)

    def stands(text: str) -> bool:
        if any(time in gone or _touched(time, struck) for time in _TIME.findall(_QUOTED.sub(" ", text))):
            return False
        return all(_occurs(quote, spoken) for quote in _QUOTED.findall(text))

    try_next = advice.try_next if stands(advice.try_next) else STRUCK_SINCE
    return Advice(tuple(praise for praise in advice.went_well if stands(praise)), try_next)


def _touched(time: str, struck: Sequence[Span]) -> bool:
    """Whether the second that is named is touched by a struck passage."""
    seconds = 0
    for part in time.split(":"):
        seconds = seconds * 60 + int(part)
    return any(gone.overlap_ms(Span(seconds * 1000, seconds * 1000 + 1000)) for gone in struck)


def _promises(report: Report, left: Sequence[Utterance], kept: Kept) -> tuple[Promise, ...]:
    """Those that were not heard in what is gone; a report tells no moment of them, so their words decide."""
    before, after = _spoken(report.utterances), _spoken(left)

    def stands(promise: Promise) -> bool:
        if promise.said is not None and not kept(promise.said):
            return False
        words = f" {_words(promise.text)} "
        return words not in before or words in after

    return tuple(filter(stands, report.session.promises))


def _spoken(utterances: Sequence[Utterance]) -> str:
    """All words of each partner in a row."""
    said = (_words(each.text) for partner in PARTNERS for each in utterances if each.partner == partner)
    return f" {' '.join(said)} "


def _occurs(quote: str, spoken: str) -> bool:
    """Whether it was said so, or was said of oneself and is given back, as in “You feel alone. Is that it?”."""
    given_back = _words(quote.partition(".")[0]).split(" ", _GIVEN_BACK)
    said = [_words(quote), *(given_back[_GIVEN_BACK:] if given_back[0] == "you" else ())]
    return not said[0] or any(f" {each} " in spoken for each in said)


def _words(text: str) -> str:
    """The words alone, in small letters: quotes lose marks, and their end where they are long."""
    return " ".join(_WORD.findall(text.casefold()))
