"""Open and closed questions, with or without a question mark.

Open as in the MITI 4 manual (Moyers et al. 2016): the answer is a wide range of things; "how much, how long, how many",
choices, tags and anything that yes or no answers are closed.
"""

from __future__ import annotations

import re

from listener.analysis.behaviours.context import Found, phrase
from listener.analysis.behaviours.lexicon import word_list
from listener.analysis.behaviours.text import Sentence, core_of
from listener.domain.speech import BehaviourLabel

OPEN, CLOSED = BehaviourLabel.OPEN_QUESTION, BehaviourLabel.CLOSED_QUESTION

_AUX = (
    r"(?:do|does|did|are|is|was|were|have|has|had|can|could|will|would|should|may|shall|am|"
    r"don't|didn't|doesn't|aren't|isn't|wasn't|weren't|haven't|hasn't|can't|couldn't|won't|wouldn't|shouldn't)"
)
_SUBJECT = (
    r"(?:you|i|we|it|he|she|they|that|this|there|your|my|our|the|anyone|anything|anybody|someone|everyone|"
    r"everything|any|these|those|his|her|their|either)"
)
_OPEN_WORD = r"(?:what(?:'s|'re| else| exactly)?|how(?:'s|'re| else| exactly)?|why(?:'s)?)"
_CLOSED_WORDS = (
    r"(?:how (?:much|many|long|often|old|far|big|late|soon|likely|frequently|tall|recently)|what (?:time|"
    r"day|year|date|month|"
    r"number|age|size|grade)|what(?:'s| is| was) (?:your|his|her|the|their|its) (?:name|number|address|age|date|score)|"
    r"on a scale|when|where|who|whose|whom|which)"
)
_CLOSED_WH = phrase(_CLOSED_WORDS)
_OPEN_START = phrase(
    rf"{_OPEN_WORD}(?: (?:kind|kinds|sort|sorts|type|types|things|part|parts|"
    rf"other)(?: of)?(?: \w+){{0,3}})? (?:{_AUX}|{_SUBJECT}|"
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
    rf"{_AUX} (?:not )?{_SUBJECT}|any (?:more|other|chance|idea|questions|plans)|ever \w+|anything else"
)
_WH_START = phrase(rf"(?:{_CLOSED_WORDS})(?: \w+){{0,3}} {_AUX}|when'?s|where'?s|who'?s")
_CHECKS = frozenset(
    word_list("what huh pardon sorry okay right yeah yes no really hm hmm so and well oh see good all fine know you")
)
"""A question mark after only these asks for nothing: "Huh?", "okay?", "Right?"."""
_TAG = phrase(rf"(?:{_AUX} (?:you|i|we|it|he|she|they|there|that)(?: not)?|or not|correct|am i right|or no)$")
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
_WHERE_OPEN = phrase(
    r"^where (?:do|did|would|might|should) (?:you|we|it|that) (?:\w+ )?(?:see|want|think|feel|go from|"
    r"start|stand|fit|leave)|where (?:are you|does (?:that|this) leave) |where are you (?:at|with)"
)
_WONDERS_IF = phrase(
    r"^(?:i'm|i am|i was|i guess i'm|i)(?: just)? (?:wonder|wondering|curious) (?:if|whether)|"
    r"(?:i )?(?:wonder|wondering) if you"
)
_STRONG = 0.95
_PLAIN = 0.85
BARE = 0.7
"""The strength of a question that only its mark, or only its word order, shows."""

INSIDE = 0.6
"""The strength of word order that asks within a stretch, not at its start."""

_SPOKEN = (
    (_WONDERS_IF, CLOSED, 0.6),
    (_WHERE_OPEN, OPEN, BARE),
    (_WH_START, CLOSED, BARE),
    (phrase(rf"{_OPEN_WORD} {_AUX} {_SUBJECT}|what (?:happened|made you|makes you|brings you)|how come"), OPEN, _PLAIN),
    (
        phrase(r"what(?:'s| is| was) (?:up|going (?:on|through)|happening|it like|on your mind|that like|bothering)"),
        OPEN,
        _PLAIN,
    ),
    (phrase(r"how(?:'s| is| was) (?:that|it|your)|what's wrong$"), OPEN, _PLAIN),
    (phrase(rf"(?!(?:had|have|should|don't) you (?:known|seen me)){_AUX} you"), CLOSED, BARE),
    (phrase(r"(?:is|are|was|were|does|did|isn't|doesn't) (?:it|that|this|there|they|she|he|your)"), CLOSED, 0.6),
)
_INSIDE = (
    (
        phrase(
            rf"(?<!know )(?<!knows )(?<!see )(?<!that's )(?<!tell me )(?:how (?:much|many|long|often|old|far|important|"
            rf"confident|likely|ready|serious|soon)|where|when|who|which(?: \w+)?|what (?:time|number|day))"
            rf"(?: \w+){{0,3}} {_AUX} {_SUBJECT}"
        ),
        CLOSED,
    ),
    (
        phrase(
            rf"(?:what|how|why|how come|what else|what kind of(?: \w+){{1,2}}|what \w+) (?:{_AUX}|'d) "
            rf"(?:{_SUBJECT}|some|we)|"
            rf"what's (?:your|that|it|been|going|happening|making|stopping|the|shifted)|what (?:about|happens|happened|"
            rf"made|makes|brings|usually)|how (?:about|come)|how's|tell me (?:about|more|what|how|a)|"
            r"what (?:you'd|would it)"
        ),
        OPEN,
    ),
    (
        phrase(
            r"(?:is|was|does|did|would|isn't|doesn't|wouldn't|wasn't) (?:that|this|it) (?:okay|all right|right|make|"
            r"sound|seem|something|a|an|the|fair|correct|true|concern|bother|be|feel|fit|help|like|possible|mean)|"
            r"(?:is|are|was|were) there (?:a|an|any|anything|anyone|something|some|other|times|things)|"
            r"(?:any|anything) (?:else|other)|(?:can|could|may|shall|should) (?:i|we) (?:\w+ )?(?:help|ask|talk|share|"
            r"take|have|get|go|see|tell|just|do|check)|(?<!you )(?<!they )(?<!what )(?<!how )(?:do|does|did|are|"
            r"is|would|will|can|could) (?:any|they|he|she|your|those|these|you) (?:\w+)|"
            r"(?<!i )(?<!we )(?<!they )have you"
        ),
        CLOSED,
    ),
    (
        phrase(
            r"(?:isn't it|aren't you|didn't you|don't you|wasn't it|aren't they|doesn't it|is it|haven't you|won't you|"
            r"sound okay|that okay|okay with you|or not|or no|or what|or anything|for how long|"
            r"is that right|am i right)$"
        ),
        CLOSED,
    ),
)
"""Word order that asks somewhere within a stretch without punctuation."""

_TELLS = (
    r"(?:you|you're|you've|you'd|i|i'm|i've|i'd|we|we're|we've|they|they're|he|she|people|some people|a|an|your|my|"
    r"our|the|it|it's|that|this|those|these|ever|about|if|not)"
)
_ASKING = (
    (phrase(r"(?:what|how) about \w+|how (?:might|would|could|can)|why not"), OPEN),
    (phrase(rf"(?:{_CLOSED_WORDS}|who's|where's|when's) (?!{_TELLS}(?![\w']))[\w']+"), CLOSED),
    (phrase(rf"(?:what|what's|how's|why) (?!{_TELLS}(?![\w'])|(?:would|could|might|may) be (?:nice|good|great|help))[\w']+"), OPEN),
    (
        phrase(
            rf"(?:are|is|was|were|does|did|can|could|would|will|has|have there|is there|isn't|am) "
            rf"(?!(?:because|what|how|someone|to|that|why|you know|not|just|a|an)(?![\w'])){_SUBJECT} \w+"
        ),
        CLOSED,
    ),
    (phrase(r"any (?:idea|ideas|thoughts|questions|concerns|plans|chance|other|more|reason)|anything (?:else|that|you)"), CLOSED),
)
"""Without punctuation: how a question begins, at the start of the talk or after a word that opens a clause."""

_OPENS = r"(?:and|so|but|okay|yeah|or|well|then|mm|yep|no|right|is|great)"
_ASKING_LATER = (
    (
        phrase(
            rf"{_OPENS} (?:what|what's|why|how) (?:would|might|could|needs|seems|got|kind of|sort of|other|things|led|"
            r"brought|prompted|makes|made|happens|keeps|stops|could|else|was|is) "
        ),
        OPEN,
    ),
    (phrase(rf"{_OPENS} (?:does|did|would|could|can|was|is|has) (?:that|this|it|any|your|mum|mom|dad) (?!is)\w+"), CLOSED),
    (phrase(r"i(?:'m| am| was|'d|'ve been)?(?: \w+){0,2} (?:wonder|wondering|wondered) (?:what|how|who|where|why)"), OPEN),
    (phrase(r"i(?:'m| am| was|'d|'ve been)?(?: \w+){0,2} (?:wonder|wondering|wondered) (?:if|whether)"), CLOSED),
    (phrase(r"(?:so|if|and) (?:would you|you'd|you would|you're|you are) (?:be )?(?:willing|open) to"), CLOSED),
)
_UNFINISHED = phrase(r" or$")
_FEW = phrase(r"^(?:\w+ ){0,2}(?:what|how|why|which|who|where|when)(?: \w+)?$")

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
        return {OPEN: _STRONG if sentence.asks else _PLAIN}
    if sentence.asks:
        return _marked(sentence, starts)
    return _unmarked(starts, not sentence.marked)


def _marked(sentence: Sentence, starts: list[str]) -> Found:
    words = sentence.plain.split()
    if set(words) <= _CHECKS:
        return {}
    if _TAG.search(sentence.plain) and sentence.size > 3 and not _starts(_OPEN_START, starts):
        return {CLOSED: _PLAIN}
    if (_ELSE.search(sentence.core) and "else" in words) or any(_WHERE_OPEN.search(start) for start in starts):
        return {OPEN: BARE}
    if len(sentence.clauses) > 1 and _CONFIRM.match(starts[-1]):
        return {CLOSED: BARE}
    for start in reversed(starts):
        if _CLEFT.match(start):
            continue
        if _starts(_CLOSED_WH, [start]):
            return {CLOSED: _PLAIN}
        if re.match(_OPEN_WORD + r"\b", start) and not _SUGGESTS.search(start):
            return {OPEN: _STRONG}
        if _starts(_CLOSED_START, [start]):
            return {CLOSED: _STRONG}
    inner = re.search(rf"\b(?:what|how|why) (?:{_AUX}) (?:you|your|that|it|this|we|they|he|she)\b", sentence.plain)
    if inner or re.search(r"\b(?:like|for|about|with|to|in|is|was) (?:what|how|why)$", sentence.plain):
        return {OPEN: _PLAIN}
    if _FINAL_CHECK.search(sentence.plain):
        return {CLOSED: 0.6} if words[-1] == "right" else {}
    return {CLOSED: BARE}


def _unmarked(starts: list[str], bare: bool) -> Found:
    """Without a question mark word order tells: a clause that begins like a question; where no mark is, anywhere."""
    for start in starts:
        for pattern, label, strength in _SPOKEN:
            if pattern.match(start):
                return {label: strength}
    if bare:
        for pattern, label in _ASKING:
            if pattern.match(starts[0]):
                return {label: INSIDE}
        for pattern, label in (*_INSIDE, *_ASKING_LATER):
            if pattern.search(starts[0]):
                return {label: INSIDE}
        if _UNFINISHED.search(starts[0]) or _FEW.search(starts[0]):
            return {CLOSED: INSIDE}
    return {}


def _starts(pattern: re.Pattern[str], starts: list[str]) -> bool:
    return any(pattern.match(start) for start in starts)
