"""Open and closed questions, with or without a question mark.

Open as in the MITI 4 manual (Moyers et al. 2016): the answer is a wide range of things; "how much, how long, how many",
choices, tags and anything that yes or no answers are closed.
"""

from __future__ import annotations

import re

from listener.analysis.behaviours.context import Found, phrase
from listener.analysis.behaviours.lexicon import word_list
from listener.analysis.behaviours.spoken_questions import (
    AUX,
    BARE,
    CLOSED,
    CLOSED_WORDS,
    OPEN,
    OPEN_WORD,
    PLAIN,
    SUBJECT,
    WHERE_OPEN,
    asked_by_word_order,
)
from listener.analysis.behaviours.text import Sentence, core_of

_CLOSED_WH = phrase(CLOSED_WORDS)
_OPEN_START = phrase(
    rf"{OPEN_WORD}(?: (?:kind|kinds|sort|sorts|type|types|things|part|parts|"
    rf"other)(?: of)?(?: \w+){{0,3}})? (?:{AUX}|{SUBJECT}|"
    rf"happens|happened|makes|made|brings|brought|worries|worried|matters|helps|helped|got|led|stops|"
    rf"keeps|scares|bothers|"
    rf"hurts|come|not|going|about|if|to|else|kind|sort|type|things|part|concerns|\w+s)"
)
_INVITES = (
    r"tell (?:me|us)(?: \w+)? (?:more|about|what|how|why|a (?:little )?(?:bit )?(?:more )?about|a little|"
    r"something|everything|all)|"
    r"say (?:some )?more(?: about)?|talk (?:to me|me through)|talk (?:me|us) through|walk me through|describe|"
    r"help me (?:to )?understand|give me an? (?:example|idea|sense)|(?:i'd|i would) (?:love|"
    r"like) to (?:hear|know|understand)|"
    r"(?:i'm|i am|i was|i guess i'm) (?:\w+ )?(?:curious|wondering|interested)(?: to (?:know|"
    r"hear))? (?:about|what|how|why|where|who)|i wonder (?:what|how|why|where|who)|"
    r"(?:fill|catch) me (?:in|up)|filling me in|share (?:with me|a (?:little|bit))|elaborate|"
    r"explain (?:to me|what|how|why)"
)
_INVITES_START = phrase(
    rf"^(?:(?:can|could|would|will) (?:you|we) (?:please |just |maybe |perhaps |mind )?|why don't you (?:start by )?|"
    rf"(?:maybe|perhaps) you (?:can|could) |"
    rf"(?:i'd|i would) like (?:you )?to |please |let's )?(?:telling|{_INVITES})"
)
_CLOSED_START = phrase(
    rf"{AUX} (?:not )?{SUBJECT}|any (?:more|other|chance|idea|questions|plans)|ever \w+|anything else"
)
_CHECKS = frozenset(
    word_list("what huh pardon sorry okay right yeah yes no really hm hmm so and well oh see good all fine know you")
)
"""A question mark after only these asks for nothing: "Huh?", "okay?", "Right?"."""
_TAG = phrase(rf"(?:{AUX} (?:you|i|we|it|he|she|they|there|that)(?: not)?|or not|correct|am i right|or no)$")
_FINAL_CHECK = phrase(r"(?:okay|right|yeah|you know|huh|you see|all right)$")
_HOSTILE = phrase(
    r"^(?:why (?:do|are|can't|don't|won't|must|would|did|didn't|couldn't) you (?:always|never|ever|even|"
    r"just|have to|keep|being|so)|"
    r"what(?:'s| is| the hell is| on earth is) (?:wrong with|your (?:problem|point|excuse))|"
    r"what (?:the hell|on earth|were you thinking)|"
    r"how dare you|how (?:could|can) you (?:do|say|forget|even|just|be so|think|leave|not)|"
    r"how could you$|what do you (?:expect|want (?:from me|me to))|"
    r"who do you think)"
)
_SUGGESTS = phrase(
    r"^(?:why (?:don't|not)|how about (?:we|you \w+|\w+ing|if)|(?:what|how) about (?:the|my|our|me|us|"
    r"that|this|if))"
)
_ELSE = phrase(
    r"^(?:or )?(?:is there |are there |do you have )?any(?:thing| other \w+|"
    r" more \w+)?(?: else)?(?: that .*| you .*)?$"
)
_STRONG = 0.95

_CLEFT = phrase(r"what (?:you|you're|i|i'm|i've|he|she|they|we|your|my)")
_CONFIRM = phrase(
    r"(?:is|isn't) that (?:right|it|so|true)$|(?:did|do|have) i (?:get|got|understand|hear) (?:that|you|"
    r"it)(?: right| correctly)?$|does that sound right$"
)


def questions(sentence: Sentence) -> Found:
    """The question in the sentence: at most one of the two labels; hostile "why do you always" is no open question."""
    if _HOSTILE.search(sentence.core):
        return {CLOSED: 0.5} if sentence.asks else {}
    starts = [core_of(clause) for clause in sentence.clauses]
    starts = [sentence.core, *starts]
    if any(_INVITES_START.search(start) for start in starts):
        return {OPEN: _STRONG if sentence.asks else PLAIN}
    if sentence.asks:
        return _marked(sentence, starts)
    return asked_by_word_order(starts, not sentence.marked)


def _marked(sentence: Sentence, starts: list[str]) -> Found:
    words = sentence.plain.split()
    if set(words) <= _CHECKS:
        return {}
    if _TAG.search(sentence.plain) and sentence.size > 3 and not _starts(_OPEN_START, starts):
        return {CLOSED: PLAIN}
    if (_ELSE.search(sentence.core) and "else" in words) or any(WHERE_OPEN.search(start) for start in starts):
        return {OPEN: BARE}
    if len(sentence.clauses) > 1 and _CONFIRM.match(starts[-1]):
        return {CLOSED: BARE}
    for start in reversed(starts):
        if _CLEFT.match(start):
            continue
        if _starts(_CLOSED_WH, [start]):
            return {CLOSED: PLAIN}
        if re.match(OPEN_WORD + r"\b", start) and not _SUGGESTS.search(start):
            return {OPEN: _STRONG}
        if _starts(_CLOSED_START, [start]):
            return {CLOSED: _STRONG}
    inner = re.search(rf"\b(?:what|how|why) (?:{AUX}) (?:you|your|that|it|this|we|they|he|she)\b", sentence.plain)
    if inner or re.search(r"\b(?:like|for|about|with|to|in|is|was) (?:what|how|why)$", sentence.plain):
        return {OPEN: PLAIN}
    if _FINAL_CHECK.search(sentence.plain):
        return {CLOSED: 0.6} if words[-1] == "right" else {}
    return {CLOSED: BARE}


def _starts(pattern: re.Pattern[str], starts: list[str]) -> bool:
    return any(pattern.match(start) for start in starts)
