"""Validation and perspective-taking: the partner's feelings make sense, and it is tried to see with their eyes.

Validation as in the Imago dialogue (Hendrix 1988), perspective-taking as sensing in the Active-Empathic Listening Scale
(Drollinger et al. 2006).
"""

from __future__ import annotations

from listener.analysis.behaviours.context import Found, apply, rule
from listener.analysis.behaviours.lexicon import FEELING_ADJECTIVES, HARD_THINGS
from listener.analysis.behaviours.text import Sentence
from listener.domain.speech import BehaviourLabel

VALIDATION, PERSPECTIVE = BehaviourLabel.VALIDATION, BehaviourLabel.PERSPECTIVE_TAKING

_FEEL = "|".join(sorted(FEELING_ADJECTIVES))

_VALIDATION = (
    rule(
        VALIDATION,
        0.9,
        r"(?:makes?|made|making) (?:a lot of |so much |total |perfect |complete )?sense",
        r"(?:no|any|doesn't|don't|didn't|not|does that|did that|does this|"
        r"if that) (?:\w+ )?makes?(?: any)? sense|makes? no sense"
        r"|makes? sense to (?:try|do|start|get|go)",
    ),
    rule(VALIDATION, 0.85, r"i (?:can|could) ~ (?:see|understand|imagine|hear) (?:why|how|that)", r"can't"),
    rule(
        VALIDATION,
        0.85,
        r"(?:anyone|anybody|everyone|everybody|most people|a lot of people|many people) (?:would|"
        r"'d) ~ (?:feel|be|find|have felt|have been|struggle)",
    ),
    rule(
        VALIDATION,
        0.8,
        r"i(?:'d| would) ~ (?:feel|be|have been|have felt|find it) (?:that|it|the same|like that|too|"
        r"(?:\w+ )?(?:" + _FEEL + r"))",
    ),
    rule(
        VALIDATION,
        0.8,
        r"of course (?:you|it|that|they)(?:'re|'s|'d| are| feel| felt| were| would| is| hurts?| did)",
        r"of course you (?:can|could|should)",
    ),
    rule(
        VALIDATION,
        0.9,
        r"no wonder|(?:it's|that's|it is|that is) ~ (?:understandable|only natural|only human|normal|natural|"
        r"valid|fair)",
    ),
    rule(
        VALIDATION,
        0.85,
        r"it's (?:okay|all right|normal|natural|fine|understandable|human) to (?:feel|be|cry|need|want)",
    ),
    rule(
        VALIDATION,
        0.85,
        r"you have (?:every|a) right to|every reason to|your feelings (?:are|matter|make)|you(?:'re|"
        r" are) not (?:wrong|crazy|silly|alone in)",
    ),
    rule(
        VALIDATION,
        0.8,
        rf"(?:that|it|this)(?:'s| is| was|'d be| sounds?| must(?: be| have been| feel| have felt)| can(?: be|"
        rf" feel)| would be) "
        rf"(?:like (?:a lot|that(?:'s| was)) )?~ (?:{HARD_THINGS})(?! (?:to say|to tell|of (?!pressure|"
        rf"weight|stress|work|things)))",
        r"not|isn't|wasn't|for me",
    ),
    rule(
        VALIDATION,
        0.75,
        r"i(?:'m| am) ~ sorry (?:to hear|you(?:'re| are| had to| went)|that (?:happened|this|it|you)|"
        r"about that)",
        r"sorry (?:that )?you (?:feel|think)",
    ),
    rule(
        VALIDATION,
        0.75,
        r"(?:i|we) ~ (?:get|understand) (?:it|that|why|how|you|what you)|i ~ hear you(?! say)|i hear (?:how|"
        r"what)",
        r"(?:don't|can't|didn't|never|not|trying to|help me|make sure i) (?:\w+ )?(?:get|understand|hear)|but",
    ),
    rule(
        VALIDATION,
        0.7,
        r"(?:it|that|you)(?:'s|'re| is| are) not (?:daft|silly|stupid|crazy|weird|dumb|ridiculous)|"
        r"i don't blame you|i feel for you|poor (?:you|thing)|i can relate|same here",
    ),
    rule(
        VALIDATION,
        0.6,
        r"what a (?:\w+ )?(?:day|week|nightmare|lot|shame|blow)|fair enough|you(?:'re| are) ~ right|"
        r"that's ~ (?:true|right)$|you have a (?:\w+ )?point",
    ),
    rule(
        VALIDATION, 0.7, r"you (?:care|love|wanted|tried|did|do) .*that's why|that's why you|because you (?:care|love)"
    ),
)

_PERSPECTIVE = (
    rule(
        PERSPECTIVE,
        0.85,
        r"from your (?:point of view|perspective|side|angle)|in your (?:shoes|position|place|situation)|"
        r"for you (?:it|that|this) (?:must|is|was|feels)",
    ),
    rule(
        PERSPECTIVE,
        0.85,
        r"(?:it|that|this) must (?:be|feel|have|hurt|get|seem)|you must (?:be|feel|have (?:been|felt|had))",
        r"you must be (?:kidding|joking|crazy)",
    ),
    rule(
        PERSPECTIVE,
        0.8,
        r"i (?:can|could) (?:only )?imagine|i(?:'m| am)? (?:trying|try) to (?:imagine|see it|understand|"
        r"picture)|i imagine (?:you|it|that|this)|put myself in|if i (?:were|was) you i(?:'d| would) (?:feel|"
        r"be)",
        r"i (?:can't|couldn't)",
    ),
    rule(
        PERSPECTIVE,
        0.85,
        r"how (?:is|was|does|did|are|do|has) (?:that|it|this|you|all (?:that|this|"
        r"of this))(?: been)? (?:\w+ )?(?:feel|feeling|for you|look to you|like for you|affect|land|holding|"
        r"coping|make you feel)",
    ),
    rule(
        PERSPECTIVE,
        0.85,
        r"what(?:'s| is| was|'s it| is it| was it| would)? .*(?:for you|to you)(?! to)|what(?:'s| is|"
        r" was) (?:it|that|this) like|how do you (?:see|feel|experience)|how did you (?:feel|take)",
    ),
    rule(
        PERSPECTIVE,
        0.75,
        r"what (?:worries|scares|hurts|bothers|matters|weighs|frightens|upsets|helps) .*you|"
        r"what are you ~ (?:hoping|afraid|worried|scared|feeling|dreaming)|what (?:do|would|did) you (?:need|"
        r"wish|hope|want it)",
    ),
    rule(
        PERSPECTIVE,
        0.75,
        r"i (?:can|could) ~ (?:see|understand|hear) (?:how|that|why) (?:you|it|that|this|they|hard|much)|"
        r"to you it|i hadn't (?:seen|thought of|looked at) it|i(?:'d| would) (?:feel|be) (?:that|the same|"
        r"(?:\w+ )?(?:" + _FEEL + r"))",
    ),
)


def validation(sentence: Sentence) -> Found:
    """Validation, not in questions, and perspective-taking, also by asking."""
    found = apply(_VALIDATION, sentence.plain) if not sentence.asks else {}
    return found | apply(_PERSPECTIVE, sentence.plain)
