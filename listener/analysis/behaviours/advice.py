"""Advice: telling the partner what to do, asked for or not.

Suggestions with a modal verb, set phrases and imperatives, compare the corpus of Govindarajan et al. (2020).
"""

from __future__ import annotations

from itertools import pairwise

from listener.analysis.behaviours.context import Found, apply, phrase, rule
from listener.analysis.behaviours.text import Sentence, core_of, sentences_of
from listener.domain.speech import BehaviourLabel

ADVICE = BehaviourLabel.ADVICE

_ADVICE = (
    rule(
        ADVICE,
        0.9,
        r"you ~ (?:should|shouldn't|ought to|(?:had |'d )?better|might want to|may want to)|you'd better|"
        r"you might (?:consider|try|think about)",
        r"what you|you should (?:be proud|know|see|hear|have (?:seen|heard))|(?:feel|think|thought|sounds?|"
        r"say|said|saying) (?:\w+ ){0,3}you should|whether you should",
    ),
    rule(
        ADVICE,
        0.75,
        r"you ~ (?:need to|have to|must|got to|don't need to|don't have to)",
        r"(?:sounds?|seems?|feel|felt|like|because|when|everything|all|whatever|what|"
        r"things) (?:that )?(?:\w+ )?you ~ (?:need|have|must)|you must (?:be|feel|have)|^so you|you have to (?:deal|"
        r"admit|wonder)|do you (?:need|have)",
    ),
    rule(
        ADVICE,
        0.8,
        r"(?:you|they|he|she) (?:can|could) (?:just|always|simply|also|try|maybe|start|consider|ask|talk|use|"
        r"take|go|set|look|tell|do|keep|find|give|call|put|write|read)",
        r"(?:so|that|if|when|because|what|anything|how|sure) you (?:can|could)|you (?:can|could) (?:tell|"
        r"talk to) me|always (?:count|talk to me|tell me|come to me)|whenever you|can you|could you",
    ),
    rule(
        ADVICE,
        0.85,
        r"why (?:don't|not) (?:you|just)|have you (?:tried|considered|thought (?:about|of))|how about you|"
        r"if i (?:were|was) you|my (?:advice|suggestion|recommendation)",
        r"if i (?:were|was) you i(?:'d| would) (?:feel|be)|why don't you (?:fill|catch|just tell me|tell|"
        r"start|say|share|want|like|love|care|ever|listen|understand)",
    ),
    rule(
        ADVICE,
        0.85,
        r"(?:i|we|i'd|we'd|i would|we would) ~ (?:suggest|recommend|advise|urge|encourage)|(?:would|"
        r"'d) be (?:best|better|a good idea|good|wise|helpful|great|worth) (?:if you|to|for you)|"
        r"(?:the )?best thing (?:you can|you could|for you|to do|is)|it's (?:best|better|important|"
        r"a good idea|worth|helpful|crucial|essential) (?:to|that you|for you|if you)|(?:i|we|i'd|"
        r"we'd) (?:\w+ )?(?:want|like|need) you to (?!know|feel|be happy|hear|understand|tell|have)",
    ),
    rule(
        ADVICE,
        0.6,
        r"^(?:\w+ )?(?:i'd|i would|i wouldn't) (?:just |also |probably |definitely |personally |"
        r"strongly )*(?:talk|tell|ask|try|check|start|look|take|get|keep|avoid|let|call|wait|find|consider|"
        r"focus|stay|go|say|give|make sure|worry|bother|recommend|suggest)",
        r"i(?:'d| would) (?:take care|go (?:out|home|crazy|mad)|get (?:so|very|mad|angry|upset|home|scared)|"
        r"say (?:i|it's|about|that)|give anything)",
    ),
    rule(
        ADVICE,
        0.7,
        r"^(?:maybe|perhaps) (?:you |if you |try |just )|(?:how|what) about \w+ing|what if you|you(?:'ll|"
        r" will) (?:need|have|want) to|all you (?:need|have) to do|is (?:always |a |one )?(?:the key|key|"
        r"an option|worth (?:it|a try|trying))|is to (?:\w+ ){0,1}(?:try|talk|get|make|take|find|ask|stop|"
        r"let|keep|start|go|give|have|be|do|tell|use)|worth (?:trying|a try|a shot)|don't be (?:afraid|"
        r"scared)",
    ),
)

_VERBS = (
    "get|go|take|talk|ask|write|stop|start|give|keep|call|find|look|think|consider|read|use|make|put|be|"
    "do|don't|set|leave|ignore|"
    "remember|avoid|tell|try|let|focus|learn|eat|sleep|drink|quit|drop|join|move|pick|say|speak|spend|"
    "stay|stick|work|practice|"
    "practise|plan|buy|bring|cut|check|change|choose|explain|figure|follow|have|help|limit|listen|offer|"
    "pay|play|run|save|see|"
    "seek|send|show|sit|study|teach|turn|visit|walk|watch|apologise|apologize|block|book|break|build|"
    "delete|email|enjoy|exercise|"
    "google|hire|invite|meditate|meet|never|contact|hang|reach|research|respect|report|schedule|sell|"
    "sign|stand|step|text|wait|"
    "acknowledge|compliment|throw|hold|pull|search|suggest|act|add|allow|apply|approach|cook|create|"
    "do not|document|encourage|express|grab|lay|live|open|own|praise|prepare|"
    "protect|provide|push|put|reduce|remind|remove|repeat|replace|reward|slow|accept|admit|treat|trust|"
    "understand|wear|embrace|invest"
)
_IMPERATIVE = phrase(
    rf"^(?:(?:and|so|but|or|then|also|first|second|now|just|please|maybe|perhaps|simply|instead|"
    rf"definitely|at least|always|next|honestly) )*(?:{_VERBS}) \w+"
)
_IMPERATIVE_SOLO = phrase(r"^(?:just |please )?(?:relax|breathe|rest|apologise|apologize|exercise|sleep)$")
_JUST_DO = phrase(rf"^just (?:\w+ly )?(?:{_VERBS})")
_CONDITION = phrase(
    r"^(?:\w+ )?(?:if|when|whenever|after|before|once|next time|in that case|for (?:now|example|"
    r"instance))"
)
_IF_THEN = phrase(
    rf"^(?:if|when|whenever|once|next time) .* (?:then|just|please|definitely) (?:{_VERBS}) (?:your|the|"
    rf"a|an|him|her|them|it|to|with|out|up|about|down)"
)
_ASKS_BACK = phrase(r"^(?:what|where|when|who|which|how (?!about)|is there|do you|did you|are you|would you)")
_NO_IMPERATIVE = phrase(
    r"^(?:and |so |but |just |please )*(?:tell me|let me|let us|let's|take your time|take care|"
    r"talk to (?:me|you)|look at (?:this|that|me|you|him|her|us)|wait|thank|go on|go ahead|"
    r"keep going|hang on|hold on|see you|see (?:how|that|if|what|i)|listen to me|excuse|believe me|"
    r"trust me|forgive me|give me|help me|say (?:more|some|it again|that again)|"
    r"do you|don't you|have you|have a (?:good|great|nice)|get (?:it|well)|be (?:honest|right back)|"
    r"don't (?:tell|worry|know|think|want|mind|get me|see|have|even|really|leave me)|never (?:mind|heard|"
    r"thought|said|had|been)|"
    r"think (?:so|i|that|it's|he|she|we|they)|look (?:i|it|we|at it)|work (?:is|was|has)|help (?:is|was)|"
    r"read (?:it|that) somewhere|find (?:that|it|myself)|seems|get that|"
    r"use to|used|change (?:is|was)|play|sleep (?:is|was)|like|love|call (?:me|it)|show me|walk me|"
    r"see the|have (?:to|been|had)|do (?:i|we|they|it too)|got|understand (?:that|you|how|where|what|"
    r"why)|trust (?:is|me)|stay with me|sit with me|come)"
)


def advice(sentence: Sentence) -> Found:
    """Telling the partner what to do: modal verbs with "you", suggestions, imperatives."""
    found = {} if sentence.asks and _ASKS_BACK.search(sentence.core) else apply(_ADVICE, sentence.plain)
    if sentence.asks:
        return found
    if any(not _NO_IMPERATIVE.search(start) and _instructs(start) for start in _starts(sentence)):
        strength = 0.85 if _JUST_DO.search(sentence.core) else 0.75
        found[ADVICE] = max(found.get(ADVICE, 0.0), strength)
    return found


def _starts(sentence: Sentence) -> list[str]:
    """Where an imperative can stand: at the start, or in a clause after a condition or a short opening."""
    starts = [sentence.plain, sentence.core]
    for before, clause in pairwise(sentence.clauses):
        if _CONDITION.search(before) or before.count(" ") < 2:
            starts += [clause, core_of(clause)]
    return starts


def _instructs(start: str) -> bool:
    return any(pattern.search(start) for pattern in (_JUST_DO, _IMPERATIVE, _IMPERATIVE_SOLO, _IF_THEN))


_REQUEST = phrase(
    r"(?:what|how|where|which) (?:should|shall|can|could|do|would) (?:i|we) (?:do|say|tell|start|handle|"
    r"go|choose|begin|fix|change)|"
    r"should (?:i|we)|what (?:would|do) you (?:do|think|suggest|recommend|advise|say)|"
    r"what's your (?:advice|opinion|take)|"
    r"(?:any|some|your|need|want|give me) (?:\w+ )?(?:advice|ideas|suggestions|tips|opinion)|do you think i should|"
    r"(?:can|could|will|would) you (?:please )?(?:help me|advise me|tell me what to|tell me how)|"
    r"help me (?:decide|figure|think|with)|"
    r"do you have (?:any|an) (?:idea|ideas|advice|tips)|tell me what (?:to do|i should|you would|you'd)|"
    r"i need (?:your )?(?:help|advice)"
)


def asks_for_advice(text: str) -> bool:
    """Whether a partner asks what to do, so that advice in answer is wanted."""
    return any(_REQUEST.search(sentence.plain) for sentence in sentences_of(text))
