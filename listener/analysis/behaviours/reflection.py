"""Reflection: giving back what the partner said or meant.

Reflection as in the MITI 4 manual (Moyers et al. 2016): a statement, not a demand, that returns what the partner said
or meant. A blaming "you always …" or an instructing "you need to …" has the same grammar and is kept out by its words.
"""

from __future__ import annotations

from listener.analysis.behaviours.context import Context, phrase
from listener.analysis.behaviours.disclosure import names_only_a_feeling
from listener.analysis.behaviours.lexicon import FEELING_ADJECTIVES
from listener.analysis.behaviours.text import Sentence

STRONG_UPTAKE = 0.5
SOME_UPTAKE = 0.2

TOLD_WORDS = 5
"""A sentence of so many words tells something that can be returned."""

_FEEL = "|".join(sorted(FEELING_ADJECTIVES))

_STEM = phrase(
    r"(?:it|that|this|you|what you(?:'re| are) saying|what i(?:'m| am) hearing|all that)? ?~ (?:sounds?|"
    r"seems?|sounded|seemed|feels) (?:to me |to you |as )?"
    r"(?:like|as if|as though|that)|you(?:'re| are| were) (?:\w+ )?saying|what you(?:'re|"
    r" are) (?:\w+ )?(?:saying|telling)|"
    r"what i(?:'m| am| heard?|'ve been) ?(?:hearing|heard?|picking|gathering)?(?: so far)?(?: from you|"
    r" you say(?:ing)?)? is|i hear (?:you say(?:ing)?|that you)|"
    r"i(?:'m| am) (?:hearing|sensing|noticing|picking up)|i heard you say|i (?:get the|have the|sense|"
    r"gather) (?:sense|feeling|impression|that|you|a)|i can hear (?:that|how|you)|"
    r"(?:if|so) i (?:understand|hear|heard|got|get) (?:you|it|this|that)|let me (?:see if|make sure i|"
    r"summarize|summarise|repeat)|in other words|my guess is you|"
    r"you mean (?:that|you|it)|you (?:mentioned|told me|talked about|described|brought up)|part of you|"
    r"on (?:the )?one (?:hand|side)|"
    r"on the other (?:hand|side)|another part of you|(?:not|it's not) that you|it's (?:almost )?(?:like|"
    r"as if|as though) (?:you|it|they|he|she|nobody|no one)"
)
_STEM_START = phrase(r"^(?:(?:so|and|but|well) )?(?:you (?:sound|seem|look)|sounds|seems) ~ \w+|^sounds like")
_YOU_FEEL = phrase(
    rf"you(?:'re| are| were| ~ feel| ~ felt| ~ get| got|'ve been| have been|'re ~ feeling|"
    rf" are ~ feeling) ~ (?:like |as if |that |by )?(?:not )?~ (?:{_FEEL}|sick of|torn|"
    rf"looking forward|afraid|ready|willing|committed|dealing|struggling|carrying|hoping|wondering|"
    rf"trying|going through)"
)
_YOU_INNER = phrase(
    r"you ~ (?:feel|felt|want|wanted|wish|wished|hope|hoped|miss|missed|love|loved|enjoy|enjoyed|hate|"
    r"hated|like|liked|care|value|"
    r"worry|worried|fear|believe|think|thought|realize|realise|recognize|recognise|see|know|don't want|"
    r"didn't want|don't like|don't feel|"
    r"don't see|aren't|weren't|can't|couldn't|haven't|hadn't|'d like|would like|would rather|'d rather|"
    r"'d love|prefer|struggle|find|found|"
    r"noticed|started|decided|tried|made|managed|expected|longed|long|used to|end up|ended up)"
)
_YOURS = phrase(r"you|you're|you've|you'd|your|yours|yourself|yourselves")
_YOU_SUBJECT = phrase(r"^(?:(?:\w+ ){0,3})(?:you|you're|you've|you'd|your)")
_I = phrase(r"i|i'm|i've|i'd|i'll|my|me|we|we're|we'll|we've|our|us|let's")
_DEMAND = phrase(
    r"you ~ (?:should|shouldn't|need to|have to|must|ought|better|can|could|might|may want|will|won't|"
    r"'re (?:not )?going to|are (?:not )?going to|aren't going to)|you'll|going to be|could (?:be|have|"
    r"lead|cause)|can (?:be|have|lead|cause|get)|you'd better|if you|"
    r"you know (?:that|what|how|very|it)|you (?:do )?understand (?:that|how|what)|you realise|"
    r"(?<!a )thank you|as you know|see you|"
    r"between you and|i want you|i need you|i'd like you|when you (?:get|go|come|have)|"
    r"(?:tell|give|show|help|send|teach|offer|let|set|provide|share with|meet|call) you|you guys|congratulations"
)
_SO = phrase(
    r"^(?:okay |all right |right |yeah |well |oh |now )*(?:and )?so (?!then what|the next|what|how|let|"
    r"i |i'm|we |we're|we'll|far|the reason|basically i|long|sorry)[\w']+ [\w']+"
)
_CARRIES_ON = phrase(r"^(?:and|but|because|so|or|that|which|then|at the same time|it's|it|they're|they)")
_REPEATED = phrase(r"always|never|every time")
_SAID_SO = phrase(r"i (?:\w+ )?(?:always|never)|i'm (?:always|never)|every time i")


def reflection(sentence: Sentence, context: Context) -> float:
    """Strength of the best sign that the sentence returns what the partner said; 0 for questions and demands."""
    if not context.last:
        return 0.0
    plain, uptake = sentence.plain, context.uptake(sentence)
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
