"""Measures from how it was said, each against the speaker's own calm talk. Hints of low weight, never a score alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from listener.analysis.measures.finding import Finding, share
from listener.analysis.measures.listening import Listening, Stretch, told
from listener.analysis.reasons import Reason
from listener.analysis.voice_manner import Manner, weighted_median
from listener.domain.report import Evidence
from listener.domain.span import Ms, Span, total_ms
from listener.domain.speech import BehaviourLabel

ANSWER_MS: Ms = 10_000
"""So much of an answer tells how it was given; the project's own choice."""


def _raised(part: Listening, manner: Manner) -> Finding:
    """Share of the partner's own talk in which the voice is raised, whatever the role."""
    own = manner.talk(part.listener)
    raised = [each for each in manner.raised if each.partner == part.listener]
    inside = [each.span for each in own if any(time.span.contains(each.span.middle) for time in raised)]
    evidence = [
        part.heard(time.span, Reason.RAISED_AND_FASTER if _faster(time.faster, manner) else Reason.RAISED_VOICE)
        for time in raised
    ]
    return share("raised_voice_share", total_ms(inside), total_ms(each.span for each in own), evidence)


def _faster(rate: float | None, manner: Manner) -> bool:
    return rate is not None and rate >= manner.parameters.faster


def _softer(part: Listening, manner: Manner) -> Finding:
    """Share of the listener's answers to feelings that are as soft as the listener's own calm talk."""
    evidence: list[Evidence] = []
    whole = 0
    for answer in _answers_to_feelings(part):
        begin = answer.utterances[0].span.start
        said = Span(begin, min(answer.utterances[-1].span.end, begin + ANSWER_MS))
        heard = [each for each in manner.talk(part.listener) if said.contains(each.span.middle)]
        if not heard:
            continue
        whole += 1
        level = weighted_median([each.level_db for each in heard], [each.span.duration_ms for each in heard])
        if level <= manner.calm[part.listener].level_db + manner.parameters.soft_db:
            evidence.append(told(answer.utterances[0], Reason.SOFTLY))
    return share("softer_voice_share", len(evidence), whole, evidence)


def _answers_to_feelings(part: Listening) -> Iterator[Stretch]:
    for before, answer in pairwise(part.stretches()):
        felt = any(u.shows(BehaviourLabel.FEELING_STATEMENT) and part.counts(u.span) for u in before.utterances)
        if felt and answer.partner == part.listener:
            yield answer


VOICE_MEASURES: dict[str, Callable[[Listening, Manner], Finding]] = {
    "raised_voice_share": _raised,
    "softer_voice_share": _softer,
}

WITH_WORDS = frozenset({"softer_voice_share"})
"""Those that also need to know what was said."""
