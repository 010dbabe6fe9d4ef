"""Feeling statements, self-disclosure and commitments: what partners say of their own inside and plans."""

from __future__ import annotations

from listener.analysis.behaviours.context import Found, apply, phrase, rule
from listener.analysis.behaviours.lexicon import FEELING_ADJECTIVES, WEAK_FEELINGS
from listener.analysis.behaviours.text import Sentence
from listener.domain.speech import BehaviourLabel

FEELING, DISCLOSURE = BehaviourLabel.FEELING_STATEMENT, BehaviourLabel.SELF_DISCLOSURE
COMMITMENT = BehaviourLabel.COMMITMENT

_FEEL = "|".join(sorted(FEELING_ADJECTIVES))
_WEAK = "|".join(
    sorted(
        WEAK_FEELINGS
        | {"like i'm", "like i am", "that i'm", "like (?:nobody|no one|nothing|everything|it's)", "like i"}
    )
)
_ADVERBS = r"(?:(?!(?:not|that|how|you|he|she|they|we)\b)\w+ ){0,4}?"
_ACCUSES = (
    r"i (?:\w+ )?(?:feel|felt) (?:like|that|as if|as though) (?:you|you're|you've|he|she|they|we should|"
    r"this is your)"
)
_RULES = (
    rule(
        FEELING,
        0.9,
        rf"(?:i|i've|i'd|i'm|i'll) {_ADVERBS}(?:feel|felt|feeling) {_ADVERBS}(?:{_FEEL}|{_WEAK})",
        rf"{_ACCUSES}|i(?:'d| would) feel|feel like (?:going|having|doing|eating|it$|a )",
    ),
    rule(
        FEELING,
        0.85,
        rf"(?:i'm|i am|i was|i've been|i have been|i get|i got|i'm getting|i've felt|i became|i become|"
        rf"i'm feeling) (?:(?:not|never|really|just|so|very|too|kind of|sort of|a bit|a little|quite|pretty|"
        rf"also|still|always|actually|all|only|such|totally|completely|absolutely|honestly|probably|"
        rf"definitely|even|super|rather|truly|being|feeling|more|most|that|extremely|incredibly|terribly|"
        rf"mostly|bit|little|worried|of) ){{0,4}}(?:{_FEEL})(?! (?:to help|to hear|on|at home|about you))",
        r"happy to|glad to|i'm lost$|i'm afraid (?:we|you|i can't|that's|not|so)|i'm (?:\w+ )?sure|"
        r"safe to say|i'm (?:\w+ )?content(?! with)|concerned (?:that|about) (?:your|the amount)",
    ),
    rule(
        FEELING,
        0.8,
        rf"(?:makes?|made|making|leaves?|left) me (?:\w+ )?(?:feel(?:ing)? |so |really |very |a bit |"
        rf"quite )*(?:{_FEEL}|feel|{_WEAK})",
        r"made me like|you make me (?:sick|like)",
    ),
    rule(
        FEELING,
        0.85,
        r"(?:it|that|this|which|and|what|when you \w+) (?:\w+ )?(?:hurts?|scares?|scared|worries|worried|"
        r"upsets?|bothers?|bothered|frustrates?|annoys?|frightens?|kills|stresses|overwhelms|touched|"
        r"broke my heart|breaks my heart)(?: me| so much| a lot| when| if| that| to|$)",
        r"(?:see|imagine|understand|sure|know|hear|get) (?:how|that|why|what|it)|must",
    ),
    rule(
        FEELING,
        0.8,
        r"i (?:~ )(?:miss|missed|hate|hated|dread|dreaded|fear|worry|worried|long for|regret|panicked|panic|"
        r"enjoyed|loved|cried|resent|resented)(?! (?:the (?:bus|train|call|point)|it when you (?:just|"
        r"only))\b)|i can't (?:stand|bear|take)|i(?:'m| am|'ve been| was) (?:\w+ )?(?:hurting|struggling|"
        r"dying|drowning|falling apart|crying|sick of|fed up|worn out|burned out|burnt out|at a loss|on edge|"
        r"in pain|looking forward|over the moon|down|so done|left out|let down|torn apart|a wreck|"
        r"sick)(?: \w+|$)|i love (?!you$)|my heart|i wish",
    ),
    rule(
        FEELING,
        0.65,
        r"i (?:\w+ )?(?:wanted|want|need|needed|hoped|hope|wish|wished) you (?:to|would|were|could|weren't|"
        r"didn't)|i (?:\w+ )?(?:want|need) to feel|made me feel",
    ),
    rule(
        DISCLOSURE,
        0.7,
        r"i (?:\w+ )?(?:used to|never|remember|remembered|grew up|realised|realized|noticed|didn't notice|"
        r"find it (?:hard|difficult)|found it (?:hard|difficult)|struggle|struggled|dream|dreamed|dreamt|"
        r"believe|value|care|hope|prefer|wish|miss|love|hate|worry|regret)|i(?:'ve| have) (?:always|never|"
        r"been (?:\w+ )?(?:thinking|wondering|struggling|meaning|trying|carrying|having|feeling|hiding|"
        r"keeping))|i(?:'m| am) (?:not good|no good|bad|the kind|the type|someone|a person|scared|ashamed|"
        r"learning|trying|struggling|worried|afraid)|i don't (?:often|usually|always|know how to|like|feel|"
        r"want)|i (?:couldn't|didn't|don't) (?:\w+ )?(?:cope|sleep|say|tell|know how|want|feel|talk)|i need",
        r"never mind|i (?:don't |didn't )?(?:want|need) you to|i hope (?:you|that|it|so|this)|"
        r"i never (?:said|did)|i love (?:it|that|you|how|when|the way)|i need (?:you|to (?:go|"
        r"ask|know|check))",
    ),
    rule(
        DISCLOSURE,
        0.7,
        r"(?:i|i'd) (?:\w+ )?(?:want|would like|like|love|would love|need|prefer|wanted)(?: to)? (?!you\b|"
        r"me to|to (?:ask|know|talk about your|discuss|hear|see if|tell you|let you))\w+|i use (?:it|that|"
        r"them) to|for me (?:it|that|this|the)|honestly i|to be honest|the truth is|i've never told|"
        r"i have a hard time|i had a hard time|it's hard for me|part of me|deep down|made me feel",
        r"i(?:'d| would) like (?:you )?to|i like (?:that|it)$|i (?:want|need|like) (?:you|that|it)$|i(?:'d|"
        r" would) like your|i(?:'d| would) love to (?:hear|know)|i want to (?:make sure|ask|thank)",
    ),
    rule(
        DISCLOSURE,
        0.6,
        r"^(?:(?:and|so|but|well|yeah|no|oh|because|then|when|honestly|actually) )*(?:i|we) (?:\w+ )?(?:was|"
        r"were|had|did|went|got|came|thought|knew|couldn't|started|stopped|tried|lost|left|took|made|told|"
        r"spent|lived|learned|met|worked|moved|cried|kept|gave|drank|smoked|quit|grew|saw|heard|slept|stayed|"
        r"failed|hid|let)\b",
        r"i thought (?:you|we'd|it would|maybe you|that you)|i was (?:wondering|just wondering|"
        r"going to (?:ask|say)|reading|watching)|i told you|i heard (?:you|that)|i saw that",
    ),
    rule(
        DISCLOSURE,
        0.6,
        r"my (?:best |old |own |whole )?(?:\w+ )?(?:mum|mom|mother|dad|father|parents|brother|sister|family|"
        r"childhood|job|work|boss|life|wife|husband|ex|friends?|body|health|therapist|speech|kids|son|"
        r"daughter|past|biggest|dream|fear|problem|mind|head|anxiety|drinking|heart|confidence)",
    ),
)

_ELLIPTIC = phrase(
    rf"^(?:(?:and|but|just|kind of|sort of|a bit|really|so|very|pretty|honestly|well|mostly|more|still|"
    rf"i guess|bit) )*(?:{_FEEL}|sick)(?: \w+| (?:in|at|about|of|with|on|by|to|for|when|because|that) .*)?$"
)
_NOT_FELT = phrase(
    r"^(?:content|concerned|safe|lost|worry|no worries|stuck|cry|loved|down|judged|attacked|cross|"
    r"calm down|proud of you|happy (?:birthday|to|for you)|glad (?:to|you)|sad story|relieved|used)"
)

_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_WHEN = (
    rf"(?:tonight|tomorrow|this (?:evening|weekend|week|afternoon)|next (?:week|weekend|month|time|"
    rf"{_WEEKDAY})|(?:every|on|each) (?:{_WEEKDAY}|day|evening|night|week|morning|month)|{_WEEKDAY}|"
    rf"starting|from now on|at (?:\w+ )?o'clock|after dinner|from (?:\w+) to (?:\w+))"
)
_COMMITMENTS = (
    rule(
        COMMITMENT,
        0.9,
        r"i (?:~ )?(?:promise|swear|commit|guarantee)|you have my word|i(?:'ll| will) make sure|"
        r"you can count on (?:me|it)|it stays (?:right here|between|with)|(?:i|we) won't (?:\w+ )?(?:tell|"
        r"forget|do (?:it|that)|let|say|be late|look|use|touch|check|interrupt)|my lips are sealed|(?:it's|"
        r"that's) a (?:deal|promise|date)",
        r"you promised|i (?:didn't|can't|never) promise|can't promise|promise me",
    ),
    rule(
        COMMITMENT,
        0.7,
        rf"(?:i could|i can|we could|we can|why don't we|shall we|how about we) .*{_WHEN}|(?:i'll|i will|"
        rf"we'll|let's) .*{_WHEN}",
    ),
)
_WILL = phrase(
    r"^(?:(?:if you (?:like|want)|tomorrow|tonight|then|next time|this time|from now on|okay|and|so|yes|"
    r"from tomorrow|maybe|sure|fine) )*(?:i'll|i will|i'm going to|we'll|we will|we're going to|let's|"
    r"let us|from now on i)"
)
_NO_PLAN = phrase(
    r"(?:i'll|i will|i'm going to|we'll|we will|let's|let us|we're going to) (?:\w+ )?(?:be (?:honest|"
    r"fine|okay|happy|sad|late|back|back|able|the|a|meeting|asking)|tell you|say|see|think|admit|bet|"
    r"never|face|not|grant|ask you|let you|just ask|probably|"
    r"always (?:be|have|love|remember)|cry|die|miss|have to (?:see|think)|get (?:fired|in trouble|sick|"
    r"old|over)|fail|lose|forget|start (?:by|with|off)|talk about|look at|take a look|go over|review)"
)
_MAYBE = phrase(r"maybe|might|if i have time|i'll try|we'll try|we'll see|i guess|perhaps|someday|some day|one day")
_NO_VERB = phrase(
    r"i|you|he|she|they|it|we|i'm|you're|it's|that's|that|was|were|is|are|did|had|been|last|ago|what|"
    r"when|how"
)


def disclosure(sentence: Sentence) -> Found:
    """Feeling statements, self-disclosure and commitments in the sentence; nothing in questions but feelings."""
    found = apply(_RULES, sentence.plain)
    if names_only_a_feeling(sentence):
        found[FEELING] = max(found.get(FEELING, 0.0), 0.7)
    if sentence.asks:
        return {label: strength for label, strength in found.items() if label is FEELING}
    return found


def names_only_a_feeling(sentence: Sentence) -> bool:
    """Whether the sentence is a feeling word and little else, such as "kind of sick"."""
    if sentence.asks or _NOT_FELT.search(sentence.core):
        return False
    return bool(_ELLIPTIC.search(sentence.core))


def commitment(sentence: Sentence, asked: bool) -> Found:
    """A promise, a plan with a time or "I'll …", weaker where it is hedged and absent where it only predicts.

    `asked` says that the partner's last sentence was a question, which a time without a verb then answers.
    """
    found = apply(_COMMITMENTS, sentence.plain)
    if not sentence.asks:
        starts = (sentence.plain, sentence.core, *sentence.clauses)
        if any(_WILL.search(start) for start in starts) and not _NO_PLAN.search(sentence.plain):
            found[COMMITMENT] = max(found.get(COMMITMENT, 0.0), 0.75)
        if planned := _planned(sentence, asked):
            found[COMMITMENT] = max(found.get(COMMITMENT, 0.0), planned)
    if COMMITMENT in found and _MAYBE.search(sentence.plain):
        found[COMMITMENT] -= 0.25
    return found


_TIME = phrase(_WHEN)
_SETS_OUT = phrase(
    r"starting (?:tonight|today|now|tomorrow|this|next|on|from|\w+day)|from now on|"
    r"from (?:tonight|tomorrow|\w+day|today)"
)


def _planned(sentence: Sentence, asked: bool) -> float:
    """How surely it is a plan without a verb: "Phones away from eight to nine, starting tonight"."""
    if not any(_TIME.search(clause) and not _NO_VERB.search(clause) for clause in sentence.clauses):
        return 0.0
    return 0.85 if _SETS_OUT.search(sentence.plain) else 0.6 if asked else 0.0
