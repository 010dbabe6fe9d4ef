"""Reflection, validation and perspective-taking: showing that one has understood.

Reflection as in the MITI 4 manual (Moyers et al. 2016): a statement, not a demand, that returns what the partner said or
meant. A blaming "you always …" or an instructing "you need to …" has the same grammar and is kept out by its words.
"""

from __future__ import annotations

from listener.analysis.behaviours.context import Context, Found, apply, phrase, rule
from listener.analysis.behaviours.disclosure import names_only_a_feeling
from listener.analysis.behaviours.lexicon import FEELING_ADJECTIVES, HARD_THINGS
from listener.analysis.behaviours.text import Sentence
from listener.domain.speech import BehaviourLabel

REFLECTION, VALIDATION = BehaviourLabel.REFLECTION, BehaviourLabel.VALIDATION
PERSPECTIVE = BehaviourLabel.PERSPECTIVE_TAKING

STRONG_UPTAKE = 0.5
SOME_UPTAKE = 0.2

TOLD_WORDS = 5
"""A sentence of so many words tells something that can be returned."""
_FEEL = "|".join(sorted(FEELING_ADJECTIVES))

_VALIDATION = (
    rule(
        VALIDATION,
        0.9,
        r"(?:makes?|made|making) (?:a lot of |so much |total |perfect |complete )?sense",
        r"(?:no|any|doesn't|don't|didn't|not|does that|did that|does this|if that|that) (?:\w+ )?makes?(?: any)? sense|makes? no sense"
        r"|makes? sense to (?:try|do|start|get|go)",
    ),
    rule(VALIDATION, 0.85, r"i (?:can|could) ~ (?:see|understand|imagine|hear) (?:why|how|that)", r"can't"),
    rule(VALIDATION, 0.85, r"(?:anyone|anybody|everyone|everybody|most people|a lot of people|many people) (?:would|'d) ~ (?:feel|be|find|have felt|have been|struggle)"),
    rule(VALIDATION, 0.8, r"i(?:'d| would) ~ (?:feel|be|have been|have felt|find it) (?:that|it|the same|like that|too|(?:\w+ )?(?:" + _FEEL + r"))"),
    rule(VALIDATION, 0.8, rf"of course (?:you|it|that|they)(?:'re|'s|'d| are| feel| felt| were| would| is| hurts?| did)", r"of course you (?:can|could|should)"),
    rule(VALIDATION, 0.9, r"no wonder|(?:it's|that's|it is|that is) ~ (?:understandable|only natural|only human|normal|natural|valid|fair)"),
    rule(VALIDATION, 0.85, r"it's (?:okay|all right|normal|natural|fine|understandable|human) to (?:feel|be|cry|need|want)"),
    rule(VALIDATION, 0.85, r"you have (?:every|a) right to|every reason to|your feelings (?:are|matter|make)|you(?:'re| are) not (?:wrong|crazy|silly|alone in)"),
    rule(
        VALIDATION,
        0.8,
        rf"(?:that|it|this)(?:'s| is| was|'d be| sounds?| must(?: be| have been| feel| have felt)| can(?: be| feel)| would be) "
        rf"(?:like (?:a lot|that(?:'s| was)) )?~ (?:{HARD_THINGS})(?! (?:to say|to tell|of (?!pressure|weight|stress|work|things)))",
        r"not|isn't|wasn't|for me",
    ),
    rule(VALIDATION, 0.75, r"i(?:'m| am) ~ sorry (?:to hear|you(?:'re| are| had to| went)|that (?:happened|this|it|you)|about that)", r"sorry (?:that )?you (?:feel|think)"),
    rule(VALIDATION, 0.75, r"(?:i|we) ~ (?:get|understand) (?:it|that|why|how|you|what you)|i ~ hear you(?! say)|i hear (?:how|what)", r"(?:don't|can't|didn't|never|not|trying to|help me|make sure i) (?:\w+ )?(?:get|understand|hear)|but"),
    rule(VALIDATION, 0.7, r"(?:it|that|you)(?:'s|'re| is| are) not (?:daft|silly|stupid|crazy|weird|dumb|ridiculous)|i don't blame you|i feel for you|poor (?:you|thing)|i can relate|same here"),
    rule(VALIDATION, 0.6, r"what a (?:\w+ )?(?:day|week|nightmare|lot|shame|blow)|fair enough|you(?:'re| are) ~ right|that's ~ (?:true|right)$|you have a (?:\w+ )?point"),
    rule(VALIDATION, 0.7, r"you (?:care|love|wanted|tried|did|do) .*that's why|that's why you|because you (?:care|love)"),
)  # fmt: skip

_PERSPECTIVE = (
    rule(PERSPECTIVE, 0.85, r"from your (?:point of view|perspective|side|angle)|in your (?:shoes|position|place|situation)|for you (?:it|that|this) (?:must|is|was|feels)"),
    rule(PERSPECTIVE, 0.85, r"(?:it|that|this) must (?:be|feel|have|hurt|get|seem)|you must (?:be|feel|have (?:been|felt|had))", r"you must be (?:kidding|joking|crazy)"),
    rule(PERSPECTIVE, 0.8, r"i (?:can|could) (?:only )?imagine|i(?:'m| am)? (?:trying|try) to (?:imagine|see it|understand|picture)|i imagine (?:you|it|that|this)|put myself in|if i (?:were|was) you i(?:'d| would) (?:feel|be)", r"i (?:can't|couldn't)"),
    rule(PERSPECTIVE, 0.85, r"how (?:is|was|does|did|are|do|has) (?:that|it|this|you|all (?:that|this|of this))(?: been)? (?:\w+ )?(?:feel|feeling|for you|look to you|like for you|affect|land|holding|coping|make you feel)"),
    rule(PERSPECTIVE, 0.85, r"what(?:'s| is| was|'s it| is it| was it| would)? .*(?:for you|to you)(?! to)|what(?:'s| is| was) (?:it|that|this) like|how do you (?:see|feel|experience)|how did you (?:feel|take)"),
    rule(PERSPECTIVE, 0.75, r"what (?:worries|scares|hurts|bothers|matters|weighs|frightens|upsets|helps) .*you|what are you ~ (?:hoping|afraid|worried|scared|feeling|dreaming)|what (?:do|would|did) you (?:need|wish|hope|want it)"),
    rule(PERSPECTIVE, 0.75, r"i (?:can|could) ~ (?:see|understand|hear) (?:how|that|why) (?:you|it|that|this|they|hard|much)|to you it|i hadn't (?:seen|thought of|looked at) it|i(?:'d| would) (?:feel|be) (?:that|the same|(?:\w+ )?(?:" + _FEEL + r"))"),
)  # fmt: skip

_STEM = phrase(
    r"(?:it|that|this|you|what you(?:'re| are) saying|what i(?:'m| am) hearing|all that)? ?~ (?:sounds?|seems?|sounded|seemed|feels) (?:to me |to you |as )?"
    r"(?:like|as if|as though|that)|you(?:'re| are| were) (?:\w+ )?saying|what you(?:'re| are) (?:\w+ )?(?:saying|telling)|"
    r"what i(?:'m| am| heard?|'ve been) ?(?:hearing|heard?|picking|gathering)?(?: so far)?(?: from you| you say(?:ing)?)? is|i hear (?:you say(?:ing)?|that you)|"
    r"i(?:'m| am) (?:hearing|sensing|noticing|picking up)|i heard you say|i (?:get the|have the|sense|gather) (?:sense|feeling|impression|that|you|a)|i can hear (?:that|how|you)|"
    r"(?:if|so) i (?:understand|hear|heard|got|get) (?:you|it|this|that)|let me (?:see if|make sure i|summarize|summarise|repeat)|in other words|my guess is you|"
    r"you mean (?:that|you|it)|you (?:mentioned|told me|talked about|described|brought up)|part of you|on (?:the )?one (?:hand|side)|"
    r"on the other (?:hand|side)|another part of you|(?:not|it's not) that you|it's (?:almost )?(?:like|as if|as though) (?:you|it|they|he|she|nobody|no one)"
)
_STEM_START = phrase(r"^(?:(?:so|and|but|well) )?(?:you )?(?:sounds?|seem|look) ~ \w+|^sounds like")
_YOU_FEEL = phrase(
    rf"you(?:'re| are| were| ~ feel| ~ felt| ~ get| got|'ve been| have been|'re ~ feeling| are ~ feeling) ~ (?:like |as if |that |by )?(?:not )?~ (?:{_FEEL}|sick of|torn|"
    rf"looking forward|afraid|ready|willing|committed|dealing|struggling|carrying|hoping|wondering|trying|going through)"
)
_YOU_INNER = phrase(
    r"you ~ (?:feel|felt|want|wanted|wish|wished|hope|hoped|miss|missed|love|loved|enjoy|enjoyed|hate|hated|like|liked|care|need|value|"
    r"worry|worried|fear|believe|think|thought|realize|realise|recognize|recognise|see|know|don't want|didn't want|don't like|don't feel|"
    r"don't see|aren't|weren't|can't|couldn't|haven't|hadn't|'d like|would like|would rather|'d rather|'d love|prefer|struggle|find|found|"
    r"noticed|started|decided|tried|made|managed|expected|longed|long|used to|end up|ended up)"
)
_YOURS = phrase(r"you|you're|you've|you'd|your|yours|yourself|yourselves")
_YOU_SUBJECT = phrase(r"^(?:(?:\w+ ){0,3})(?:you|you're|you've|you'd|your)")
_I = phrase(r"i|i'm|i've|i'd|i'll|my|me|we|we're|we'll|we've|our|us|let's")
_DEMAND = phrase(
    r"you ~ (?:should|shouldn't|need to|have to|must|ought|better|can|could|might|may want|will|won't|'re (?:not )?going to|are (?:not )?going to|aren't going to)|you'll|going to be|could (?:be|have|lead|cause)|can (?:be|have|lead|cause|get)|you'd better|if you|"
    r"you know (?:that|what|how|very|it)|you (?:do )?understand (?:that|how|what)|you realise|(?<!a )thank you|as you know|see you|"
    r"between you and|i want you|i need you|i'd like you|when you (?:get|go|come|have)|"
    r"(?:tell|give|show|help|send|teach|offer|let|set|provide|share with|meet|call) you|you guys|congratulations"
)
_SO = phrase(r"^(?:okay |all right |right |yeah |well |oh |now )*(?:and )?so (?!then what|the next|what|how|let|i |i'm|we |we're|we'll|far|the reason|basically i|long|sorry)[\w']+ [\w']+")
_INVERTED = phrase(r"^(?:what|how|why|when|where|who|which|do|does|did|are|is|was|were|have|has|had|can|could|would|will|should|any|may|shall|isn't|aren't|don't|didn't|haven't|wouldn't)")
_CARRIES_ON = phrase(r"^(?:and|but|because|so|or|that|which|then|at the same time|it's|it|they're|they)")
_REPEATED = phrase(r"always|never|every time")
_SAID_SO = phrase(r"i (?:\w+ )?(?:always|never)|i'm (?:always|never)|every time i")


def empathy(sentence: Sentence, context: Context) -> Found:
    """Validation, perspective-taking and, where there is something to return, reflection."""
    found = apply(_VALIDATION, sentence.plain) if not sentence.asks else {}
    found |= apply(_PERSPECTIVE, sentence.plain)
    strength = _reflection(sentence, context) if context.last else 0.0
    if strength:
        found[REFLECTION] = strength
    return found


def _reflection(sentence: Sentence, context: Context) -> float:
    """Strength of the best sign that the sentence returns what the partner said; 0 for questions and demands."""
    plain, uptake = sentence.plain, context.uptake(sentence)
    if any(_INVERTED.match(start) for start in (sentence.core, sentence.clauses[-1] if sentence.asks else sentence.core)):
        return 0.0
    stemmed = bool(_STEM.search(plain) or _STEM_START.search(plain))
    if _DEMAND.search(plain) and not (stemmed and _YOU_INNER.search(plain)):
        return 0.0
    if stemmed and (_YOURS.search(plain) or uptake >= SOME_UPTAKE or not _I.search(plain)):
        return 0.9
    if _I.match(sentence.core):
        return 0.0
    if _YOU_FEEL.search(plain):
        return 0.8
    if _YOU_SUBJECT.match(sentence.core) and _YOU_INNER.search(plain):
        return 0.8 if uptake >= SOME_UPTAKE else 0.65
    if _YOU_SUBJECT.match(sentence.core) and (uptake >= SOME_UPTAKE or _SO.match(plain)):
        return 0.7
    return _echo(sentence, context, uptake)


def _echo(sentence: Sentence, context: Context, uptake: float) -> float:
    """Strength of a return without "you" as its subject: a summary with "so", or the partner's own words again."""
    if _I.search(sentence.plain):
        return 0.0
    if _SO.match(sentence.plain) and sentence.size >= 3:
        return 0.65 if uptake >= SOME_UPTAKE else 0.55
    if sentence.asks:
        return 0.0
    if context.reflecting and _CARRIES_ON.match(sentence.plain) and sentence.size >= 3:
        return 0.6
    if uptake >= SOME_UPTAKE and _YOURS.search(sentence.plain):
        return 0.6
    if uptake >= STRONG_UPTAKE and len(sentence.stems) >= 2:
        return 0.6
    return 0.6 if _names_feeling(sentence, context) else 0.0


def _names_feeling(sentence: Sentence, context: Context) -> bool:
    """A feeling word alone after the partner told something: "Discouraged." names the partner's feeling."""
    return names_only_a_feeling(sentence) and not context.asked and context.last[-1].size >= TOLD_WORDS


def speaks_of_own_habit(sentence: Sentence, context: Context) -> bool:
    """Whether "you always" returns the partner's own "I always" instead of accusing."""
    if not _REPEATED.search(sentence.plain):
        return False
    said = any(_SAID_SO.search(each.plain) for each in context.last)
    return said and context.uptake(sentence) >= STRONG_UPTAKE
