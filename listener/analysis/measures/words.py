"""Measures from what was said."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise

from listener.analysis.behaviours.advice import asks_for_advice
from listener.analysis.behaviours.lexicon import HEDGES
from listener.analysis.behaviours.text import stems_of, words_of
from listener.analysis.measures.finding import Finding, per_minute, share
from listener.analysis.measures.listening import Listening, Stretch, told
from listener.analysis.measures.requests import commitments, offers
from listener.analysis.reasons import REASON_OF, Reason
from listener.domain.report import Evidence
from listener.domain.span import Span
from listener.domain.speech import BehaviourLabel, Utterance

L = BehaviourLabel
_HOSTILE = frozenset({L.JUDGEMENT, L.BLAME, L.DISMISSAL})
_UNDERSTANDING = frozenset({L.REFLECTION, L.VALIDATION, L.PERSPECTIVE_TAKING})
_RESPONSE = _UNDERSTANDING | {L.SUPPORT}
_OPEN_UP = frozenset({L.SELF_DISCLOSURE, L.FEELING_STATEMENT})
_ELSEWHERE = _HOSTILE | {L.TOPIC_SHIFT}
"""A story or question that brushes the partner's matter aside neither opens up nor goes deeper."""

REQUEST_STRETCHES = 2
"""Advice counts as asked for while the request is among so many of the partner's last stretches of talk.

The project's own choice.
"""

_HEDGE = re.compile(rf"(?<![\w'])(?:{'|'.join(sorted(HEDGES, key=len, reverse=True))})(?![\w'])")


def _shown(utterance: Utterance, labels: frozenset[BehaviourLabel]) -> list[BehaviourLabel]:
    """The labels that the utterance shows, strongest first."""
    found = [b for b in utterance.behaviours if b.label in labels and utterance.shows(b.label)]
    return [b.label for b in sorted(found, key=lambda b: (-b.probability, b.label.value))]


def _moments(said: Sequence[Utterance], labels: frozenset[BehaviourLabel]) -> list[Evidence]:
    return [told(each, REASON_OF[shown[0]]) for each in said if (shown := _shown(each, labels))]


def _label_share(
    measure_id: str, labels: frozenset[BehaviourLabel], part: Listening, everywhere: bool = False
) -> Finding:
    """Share of the listener's utterances that show any of the labels; `everywhere` also counts the speaker's role."""
    said = part.said(everywhere)
    aside = _brushed_aside(part) if labels == _OPEN_UP else set()
    hits = _moments([u for u in said if u.span not in aside], labels)
    evidence = hits + (_moments(said, _RESPONSE) if labels == _HOSTILE else [])
    return share(measure_id, len(hits), len(said), evidence)


def _brushed_aside(part: Listening) -> set[Span]:
    """Where the listener led elsewhere or attacked, and what they went on to say right after."""
    return {
        each.span
        for stretch in part.stretches()
        if stretch.partner == part.listener
        for before, each in pairwise((stretch.utterances[0], *stretch.utterances))
        if _shown(each, _ELSEWHERE) or _shown(before, _ELSEWHERE)
    }


def _uptake(part: Listening) -> Finding:
    """Share of the listener's answers that use the partner's content words or return their meaning."""
    evidence: list[Evidence] = []
    taken = whole = 0
    for before, answer in pairwise(part.stretches()):
        if answer.partner != part.listener or not part.counts(answer.utterances[0].span):
            continue
        whole += 1
        took = _takes_up(before, answer)
        taken += took
        evidence.append(told(answer.utterances[0], Reason.TOOK_UP if took else Reason.PASSED_OVER))
    return share("uptake_share", taken, whole, evidence)


def _takes_up(before: Stretch, answer: Stretch) -> bool:
    if stems_of(words_of(before.text)) & stems_of(words_of(answer.text)):
        return True
    return any(_shown(utterance, _UNDERSTANDING) for utterance in answer.utterances)


def _hedges(part: Listening) -> Finding:
    evidence: list[Evidence] = []
    hedges = words = 0
    for utterance in part.said(everywhere=True):
        spoken = words_of(utterance.text)
        found = len(_HEDGE.findall(" ".join(spoken)))
        hedges, words = hedges + found, words + len(spoken)
        if found:
            evidence.append(told(utterance, Reason.HEDGED))
    return share("hedge_share", hedges, words, evidence)


def _feeling_responses(part: Listening) -> Finding:
    """Share of the partner's feeling statements that the listener's next stretch of talk meets."""
    evidence: list[Evidence] = []
    met = whole = 0
    for before, answer in pairwise(part.stretches()):
        felt = [u for u in before.utterances if u.shows(L.FEELING_STATEMENT) and part.counts(u.span)]
        if answer.partner != part.listener or not felt:
            continue
        reply = next((u for u in answer.utterances if _shown(u, _RESPONSE)), None)
        whole += len(felt)
        met += len(felt) if reply else 0
        moment = told(reply, Reason.FEELING_MET) if reply else told(answer.utterances[0], Reason.FEELING_MISSED)
        evidence.append(moment)
    return share("feeling_response_share", met, whole, evidence)


def _unsolicited_advice(part: Listening) -> Finding:
    said, stretches = part.said(), part.stretches()
    unasked = [u for u in said if u.shows(L.ADVICE) and not _asked_before(u, stretches)]
    evidence = [told(utterance, Reason.UNASKED_ADVICE) for utterance in unasked]
    return share("unsolicited_advice_share", len(unasked), len(said), evidence)


def _asked_before(utterance: Utterance, stretches: list[Stretch]) -> bool:
    earlier = [
        [u for u in stretch.utterances if u.span.start < utterance.span.start]
        for stretch in stretches
        if stretch.partner != utterance.partner
    ]
    recent = [said for said in earlier if said][-REQUEST_STRETCHES:]
    return any(asks_for_advice(u.text) for said in recent for u in said)


def _open_questions(part: Listening) -> Finding:
    said = part.said()
    openly = [told(u, Reason.OPEN_QUESTION) for u in said if u.shows(L.OPEN_QUESTION)]
    closed = [told(u, Reason.CLOSED_QUESTION) for u in said if u.shows(L.CLOSED_QUESTION)]
    return share("open_question_share", len(openly), len(openly) + len(closed), [*openly, *closed])


def _questions(part: Listening) -> Finding:
    """Open questions a minute of the partner's speech; one that leads elsewhere or attacks asks for nothing deeper."""
    openly = (u for u in part.said() if u.shows(L.OPEN_QUESTION) and not _shown(u, _ELSEWHERE))
    asked = [told(u, Reason.OPEN_QUESTION) for u in openly]
    return per_minute("questions_per_minute", len(asked), part.speech_ms(part.partner), asked)


_LABEL_SHARES: dict[str, tuple[frozenset[BehaviourLabel], bool]] = {
    "topic_shift_share": (frozenset({L.TOPIC_SHIFT}), False),
    "clear_statement_share": (_OPEN_UP, True),
    "reflection_share": (frozenset({L.REFLECTION, L.VALIDATION}), False),
    "perspective_share": (frozenset({L.PERSPECTIVE_TAKING, L.OPEN_QUESTION}), False),
    "judgement_share": (_HOSTILE, False),
    "kindness_share": (frozenset({L.SUPPORT, L.AFFIRMATION, L.APPRECIATION, L.APOLOGY}), False),
    "disclosure_share": (_OPEN_UP, True),
}
"""Measure to its labels; true where what is said in the speaker's role counts too: opening up is the speaker's part."""

WORD_MEASURES: dict[str, Callable[[Listening], Finding]] = {
    "uptake_share": _uptake,
    "hedge_share": _hedges,
    "feeling_response_share": _feeling_responses,
    "unsolicited_advice_share": _unsolicited_advice,
    "open_question_share": _open_questions,
    "questions_per_minute": _questions,
    "commitment_share": commitments,
    "support_share": offers,
    **{
        name: partial(_label_share, name, labels, everywhere=everywhere)
        for name, (labels, everywhere) in _LABEL_SHARES.items()
    },
}
