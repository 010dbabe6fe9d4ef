"""Questions without a question mark, told by word order: a clause that begins like a question, or holds one inside."""

from __future__ import annotations

from collections.abc import Sequence

from listener.analysis.behaviours.context import Found, phrase
from listener.domain.speech import BehaviourLabel

OPEN, CLOSED = BehaviourLabel.OPEN_QUESTION, BehaviourLabel.CLOSED_QUESTION

AUX = (
    r"(?:do|does|did|are|is|was|were|have|has|had|can|could|will|would|should|may|shall|am|"
    r"don't|didn't|doesn't|aren't|isn't|wasn't|weren't|haven't|hasn't|can't|couldn't|won't|wouldn't|shouldn't)"
)
SUBJECT = (
    r"(?:you|i|we|it|he|she|they|that|this|there|your|my|our|the|anyone|anything|anybody|someone|everyone|"
    r"everything|any|these|those|his|her|their|either)"
)
OPEN_WORD = r"(?:what(?:'s|'re| else| exactly)?|how(?:'s|'re| else| exactly)?|why(?:'s)?)"
CLOSED_WORDS = (
    r"(?:how (?:much|many|long|often|old|far|big|late|soon|likely|frequently|tall|recently)|what (?:time|"
    r"day|year|date|month|"
    r"number|age|size|grade)|what(?:'s| is| was) (?:your|his|her|the|their|its) (?:name|number|address|age|date|score)|"
    r"on a scale|when|where|who|whose|whom|which)"
)
_WH_START = phrase(rf"(?:{CLOSED_WORDS})(?: \w+){{0,3}} {AUX}|when'?s|where'?s|who'?s")
WHERE_OPEN = phrase(
    r"^where (?:do|did|would|might|should) (?:you|we|it|that) (?:\w+ )?(?:see|want|think|feel|go from|"
    r"start|stand|fit|leave)|where (?:are you|does (?:that|this) leave) |where are you (?:at|with)"
)
_WONDERS_IF = phrase(
    r"^(?:i'm|i am|i was|i guess i'm|i)(?: just)? (?:wonder|wondering|curious) (?:if|whether)|"
    r"(?:i )?(?:wonder|wondering) if you"
)
PLAIN = 0.85
BARE = 0.7
"""The strength of a question that only its mark, or only its word order, shows."""

INSIDE = 0.6
"""The strength of word order that asks within a stretch, not at its start."""

_SPOKEN = (
    (_WONDERS_IF, CLOSED, 0.6),
    (WHERE_OPEN, OPEN, BARE),
    (_WH_START, CLOSED, BARE),
    (phrase(rf"{OPEN_WORD} {AUX} {SUBJECT}|what (?:happened|made you|makes you|brings you)|how come"), OPEN, PLAIN),
    (
        phrase(r"what(?:'s| is| was) (?:up|going (?:on|through)|happening|it like|on your mind|that like|bothering)"),
        OPEN,
        PLAIN,
    ),
    (phrase(r"how(?:'s| is| was) (?:that|it|your)|what's wrong$"), OPEN, PLAIN),
    (phrase(rf"(?!(?:had|have|should|don't) you (?:known|seen me)){AUX} you"), CLOSED, BARE),
    (phrase(r"(?:is|are|was|were|does|did|isn't|doesn't) (?:it|that|this|there|they|she|he|your)"), CLOSED, 0.6),
)
_INSIDE = (
    (
        phrase(
            rf"(?<!know )(?<!knows )(?<!see )(?<!that's )(?<!tell me )(?:how (?:much|many|long|often|old|far|important|"
            rf"confident|likely|ready|serious|soon)|where|when|who|which(?: \w+)?|what (?:time|number|day))"
            rf"(?: \w+){{0,3}} {AUX} {SUBJECT}"
        ),
        CLOSED,
    ),
    (
        phrase(
            rf"(?:what|how|why|how come|what else|what kind of(?: \w+){{1,2}}|what \w+) (?:{AUX}|'d) "
            rf"(?:{SUBJECT}|some|we)|"
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
    (phrase(rf"(?:{CLOSED_WORDS}|who's|where's|when's) (?!{_TELLS}(?![\w']))[\w']+"), CLOSED),
    (
        phrase(
            rf"(?:what|what's|how's|why) "
            rf"(?!{_TELLS}(?![\w'])|(?:would|could|might|may) be (?:nice|good|great))[\w']+"
        ),
        OPEN,
    ),
    (
        phrase(
            rf"(?:are|is|was|were|does|did|can|could|would|will|has|isn't|am) "
            rf"(?!(?:because|what|how|someone|to|that|why|you know|not|just|a|an)(?![\w'])){SUBJECT} \w+"
        ),
        CLOSED,
    ),
    (
        phrase(
            r"any (?:idea|ideas|thoughts|questions|concerns|plans|chance|other|more|reason)|anything (?:else|that|you)"
        ),
        CLOSED,
    ),
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
    (
        phrase(rf"{_OPENS} (?:does|did|would|could|can|was|is|has) (?:that|this|it|any|your|mum|mom|dad) (?!is)\w+"),
        CLOSED,
    ),
    (
        phrase(r"i(?:'m| am| was|'d|'ve been)?(?: \w+){0,2} (?:wonder|wondering|wondered) (?:what|how|who|where|why)"),
        OPEN,
    ),
    (phrase(r"i(?:'m| am| was|'d|'ve been)?(?: \w+){0,2} (?:wonder|wondering|wondered) (?:if|whether)"), CLOSED),
    (
        phrase(
            r"(?:does|did|would) (?:that|this|it|i) (?:\w+ ){1,4}(?:up|right|you|okay|fair|sense|correctly|interest)$|"
            r"was that what|is there ever|or (?:a|an|just) \w+$|"
            r"^(?:\w+ )?oh (?:you|it|he|she|they) (?:do|does|did|are|have)$|"
            r"(?:have|has|had) there been|(?:or what|be what|says what|for what)$|"
            r"how (?:long|often|much|many|so)$|can't you think|(?:anybody|anyone) else|which \w+ best|"
            r"(?:is|are|was) (?:the|your|my) \w+ (?:accurate|right|okay|true|still|there)"
        ),
        CLOSED,
    ),
    (
        phrase(
            r"what(?:'s| sort of| kind of| other| else) \w+$|what (?:kept|prompted|seems|sounds|"
            r"feels) (?:you|like|to be|a|the)|what'd you|what else|ask you (?:what|how|about)|"
            r"what (?:do )?you think about|wonder(?:ing)? (?:\w+ ){0,9}(?:where|what|how) you"
        ),
        OPEN,
    ),
    (phrase(r"(?:so|if|and) (?:would you|you'd|you would|you're|you are) (?:be )?(?:willing|open) to"), CLOSED),
)
_UNFINISHED = phrase(r"or$")
_FEW = phrase(r"^(?:\w+ ){0,2}(?:what|how|why|which|who|where|when)(?: \w+)?$")


def asked_by_word_order(starts: Sequence[str], bare: bool) -> Found:
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
