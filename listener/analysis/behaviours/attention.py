"""Backchannels, topic shifts and whether there is content at all: where the listener's attention is."""

from __future__ import annotations

from collections.abc import Sequence

from listener.analysis.behaviours.context import Context, Found, phrase
from listener.analysis.behaviours.responses import can_answer, response_of
from listener.analysis.behaviours.text import Sentence
from listener.domain.speech import BehaviourLabel

BACKCHANNEL, SHIFT = BehaviourLabel.BACKCHANNEL, BehaviourLabel.TOPIC_SHIFT

OWN_MATTER_WORDS = 8
"""From this length on, talk about oneself after the partner's feeling is a shift (Derber 1979, shift response)."""

SHORT_WORDS = 4
"""After a shift, going on about it counts too when the partner said no more than this."""

LITTLE_UPTAKE = 0.25

_EXPLICIT = phrase(
    r"^(?:\w+ ){0,2}(?:anyway|anyways|anyhow|by the way|on another note|moving on|"
    r"changing (?:the )?(?:subject|topic)|not to change the subject|"
    r"speaking of|that reminds me|before i forget|guess what|forget (?:that|it|about it)|oh my god look|"
    r"look at (?:this|that|him|her)|"
    r"have you seen (?:my|the|this)|did you see (?:the|this|that)|what's for (?:dinner|lunch|tea)|"
    r"what's on tv|let's talk about something else|"
    r"can we talk about something else|enough about|back to (?:me|my))"
)
_WHAT_ABOUT = phrase(r"^(?:what|how) about (?:the|my|our|me|us|that)")
_NAMED = phrase(r"^(?:so|and|anyway|okay|now|well) (?:(?:about )?(?:the|my|our) )\w+(?: \w+)?$")
NAMED_SHIFT = 0.7
"""The strength of a turn to something named ("What about the lake?"), where the partner's words are not taken up."""

_OWN = phrase(r"i|i'm|i've|i'd|my|mine|me|myself|we|our")
_YOU = phrase(r"you|you're|you've|your|yours|yourself|sorry|us")


def is_backchannel(text: str, context: Context) -> bool:
    """Whether the utterance is nothing but a listener response; "yes" to a question is an answer."""
    return response_of(text) is not None and not (context.asked and can_answer(text))


def topic_shift(sentence: Sentence, context: Context) -> Found:
    """A named turn to something else than what the partner speaks about."""
    if not context.last:
        return {}
    uptake = context.uptake(sentence)
    if _EXPLICIT.search(sentence.plain) and uptake <= LITTLE_UPTAKE:
        return {SHIFT: 0.8}
    if (_WHAT_ABOUT.search(sentence.core) or _NAMED.search(sentence.plain)) and uptake == 0 and sentence.stems:
        return {SHIFT: NAMED_SHIFT}
    return {}


def own_matter(sentences: Sequence[Sentence], context: Context) -> bool:
    """Whether an answer to a named feeling is about oneself, takes up little and never turns to the partner."""
    if context.shifting and len(context.last) == 1 and context.last[0].size <= SHORT_WORDS:
        talk = [sentence for sentence in sentences if sentence.size >= 3]
        if talk and not any(_YOU.search(s.plain) or s.stems & context.stems or s.asks for s in talk):
            return True
    if not context.feeling or context.asked:
        return False
    text = " ".join(sentence.plain for sentence in sentences)
    stems = frozenset().union(*(sentence.stems for sentence in sentences))
    uptake = len(stems & context.recent) / len(stems) if stems else 0.0
    long_enough = text.count(" ") + 1 >= OWN_MATTER_WORDS
    return long_enough and len(_OWN.findall(text)) >= 2 and not _YOU.search(text) and uptake < LITTLE_UPTAKE
