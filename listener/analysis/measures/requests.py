"""Promises and offers of help, and what the partner asked for that got no clear answer."""

from __future__ import annotations

import re
from itertools import pairwise

from listener.analysis.measures.finding import Finding, in_time_order
from listener.analysis.measures.listening import Listening, Stretch, told
from listener.analysis.reasons import Reason
from listener.domain.report import Evidence, Measurement
from listener.domain.speech import BehaviourLabel, Utterance

L = BehaviourLabel
_ANSWERS = (L.COMMITMENT, L.SUPPORT, L.APOLOGY)

_TALK = (
    "believe|imagine|guess|hear|see|tell|say|explain|describe|repeat|ever|know|remember|feel|think|understand|be|like|"
    "rather|want|have been|have had"
)
"""After "would you" these make a question or an offer, or ask for nothing but words."""

_OF_YOU = re.compile(
    rf"\b(?:(?:will|would|could|can|won't|can't|couldn't) you\b(?! (?:please )?(?:{_TALK})\b)"
    r"|i(?:'d| would) (?:love|like) it if you\b|i (?:need|want|would like|'d like) you to\b)"
)
_OF_US = re.compile(
    rf"\b(?:(?:could|can|can't|couldn't) we\b(?! (?:{_TALK})\b)|i(?:'d| would) (?:love|like) it if we\b)"
)
_STUMBLES = re.compile(r"^(?:(?:um+|uh+|er+|well|oh|so|hm+)\b[\s,.]*)+")
_CLEAR = re.compile(
    r"^(?:yes|yeah|yep|sure|of course|okay|ok|absolutely|definitely|gladly|with pleasure|i will|i'll|we will|we'll|"
    r"no|sorry|not (?:now|today|tonight|this)|i can't|i won't|i don't)\b"
)
_OPEN = re.compile(
    r"\b(?:maybe|perhaps|probably|possibly|we'll see|if i (?:have|get|find|can)|i guess|i suppose|some ?time|"
    r"at some point|i'll try|i don't know|not sure)\b"
)


def commitments(part: Listening) -> Finding:
    """Share of what the listener said that holds a promise, which the partner may ask of the listener or of both."""
    return _given("commitment_share", L.COMMITMENT, Reason.COMMITMENT, part, everywhere=True)


def offers(part: Listening) -> Finding:
    """Share of what the listener said that offers help; only a request of the listener asks for it."""
    return _given("support_share", L.SUPPORT, Reason.SUPPORT, part, everywhere=False)


def _given(measure_id: str, label: BehaviourLabel, reason: Reason, part: Listening, everywhere: bool) -> Finding:
    """There is occasion where something was given, or asked for and left open; a plain yes or no closes it."""
    said = part.said(everywhere)
    given = [told(u, reason) for u in said if u.shows(label)]
    unmet = _unmet(part, everywhere)
    measured = Measurement(measure_id, len(given), len(said), "share")
    return Finding(measured, in_time_order([*given, *unmet]), occasion=bool(given or unmet))


def _unmet(part: Listening, everywhere: bool) -> list[Evidence]:
    return [
        told(answer.utterances[0], Reason.REQUEST_UNMET)
        for before, answer in pairwise(part.stretches())
        if answer.partner == part.listener
        and (everywhere or part.counts(answer.utterances[0].span))
        and any(_asks(each, of_us=everywhere) for each in before.utterances)
        and not _clear(answer)
    ]


def _asks(utterance: Utterance, of_us: bool) -> bool:
    said = utterance.text.lower().replace("’", "'")
    return _OF_YOU.search(said) is not None or (of_us and _OF_US.search(said) is not None)


def _clear(answer: Stretch) -> bool:
    """Whether the answer grants, refuses or regrets in so many words."""
    if any(utterance.shows(label) for utterance in answer.utterances for label in _ANSWERS):
        return True
    said = _STUMBLES.sub("", answer.utterances[0].text.lower().replace("’", "'"))
    return _CLEAR.match(said) is not None and _OPEN.search(answer.text.lower().replace("’", "'")) is None
