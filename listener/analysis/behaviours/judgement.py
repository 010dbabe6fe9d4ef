"""Advice, judgement, blame and dismissal: what gets in the way of listening.

Blame and judgement after criticism and contempt in Gottman (1994), dismissal after "punishing, minimizing" reactions.
"""

from __future__ import annotations

from itertools import pairwise

from listener.analysis.behaviours.context import Context, Found, apply, phrase, rule
from listener.analysis.behaviours.lexicon import UNKIND_TRAITS
from listener.analysis.behaviours.text import Sentence, core_of, sentences_of
from listener.domain.speech import BehaviourLabel

ADVICE, JUDGEMENT = BehaviourLabel.ADVICE, BehaviourLabel.JUDGEMENT
BLAME, DISMISSAL = BehaviourLabel.BLAME, BehaviourLabel.DISMISSAL

_ADVICE = (
    rule(ADVICE, 0.9, r"you ~ (?:should|shouldn't|ought to|(?:had |'d )?better|might want to|may want to)|you'd better|you might (?:consider|try|think about)",
         r"what you|you should (?:be proud|know|see|hear|have (?:seen|heard))|(?:feel|think|thought|sounds?|say|said|saying) (?:\w+ ){0,3}you should|whether you should"),
    rule(ADVICE, 0.75, r"you ~ (?:need to|have to|must|got to|don't need to|don't have to)",
         r"(?:sounds?|seems?|feel|felt|like|because|when|that|everything|all|whatever|what|things) (?:\w+ )?you ~ (?:need|have|must)|you must (?:be|feel|have)|^so you|you have to (?:deal|admit|wonder)|do you (?:need|have)"),
    rule(ADVICE, 0.8, r"(?:you|they|he|she) (?:can|could) (?:just|always|simply|also|try|maybe|start|consider|ask|talk|use|take|go|set|look|tell|do|keep|find|give|call|put|write|read)",
         r"(?:so|that|if|when|because|what|anything|how|sure) you (?:can|could)|you (?:can|could) (?:tell|talk to) me|always (?:count|talk to me|tell me|come to me)|whenever you|can you|could you"),
    rule(ADVICE, 0.85, r"why (?:don't|not) (?:you|just)|have you (?:tried|considered|thought (?:about|of))|how about you|if i (?:were|was) you|my (?:advice|suggestion|recommendation)",
         r"if i (?:were|was) you i(?:'d| would) (?:feel|be)|why don't you (?:fill|catch|just tell me|tell|start|say|share|want|like|love|care|ever|listen|understand)"),
    rule(ADVICE, 0.85, r"(?:i|we|i'd|we'd|i would|we would) ~ (?:suggest|recommend|advise|urge|encourage)|(?:would|'d) be (?:best|better|a good idea|good|wise|helpful|great|worth) (?:if you|to|for you)|(?:the )?best thing (?:you can|you could|for you|to do|is)|it's (?:best|better|important|a good idea|worth|helpful|crucial|essential) (?:to|that you|for you|if you)|(?:i|we|i'd|we'd) (?:\w+ )?(?:want|like|need) you to (?!know|feel|be happy|hear|understand|tell|have)"),
    rule(ADVICE, 0.6, r"^(?:\w+ )?(?:i'd|i would|i wouldn't) (?:just |also |probably |definitely |personally |strongly )*(?:talk|tell|ask|try|check|start|look|take|get|keep|avoid|let|call|wait|find|consider|focus|stay|go|say|give|make sure|worry|bother|recommend|suggest)", r"i(?:'d| would) (?:take care|go (?:out|home|crazy|mad)|get (?:so|very|mad|angry|upset|home|scared)|say (?:i|it's|about|that)|give anything)"),
    rule(ADVICE, 0.7, r"^(?:maybe|perhaps) (?:you |if you |try |just )|(?:how|what) about \w+ing|what if you|you(?:'ll| will) (?:need|have|want) to|all you (?:need|have) to do|is (?:always |a |one )?(?:the key|key|an option|worth (?:it|a try|trying))|is to (?:\w+ ){0,1}(?:try|talk|get|make|take|find|ask|stop|let|keep|start|go|give|have|be|do|tell|use)|worth (?:trying|a try|a shot)|don't be (?:afraid|scared)"),
)  # fmt: skip

_VERBS = (
    "get|go|take|talk|ask|write|stop|start|give|keep|call|find|look|think|consider|read|use|make|put|be|do|don't|set|leave|ignore|"
    "remember|avoid|tell|try|let|focus|learn|eat|sleep|drink|quit|drop|join|move|pick|say|speak|spend|stay|stick|work|practice|"
    "practise|plan|buy|bring|cut|check|change|choose|explain|figure|follow|have|help|limit|listen|offer|pay|play|run|save|see|"
    "seek|send|show|sit|study|teach|turn|visit|walk|watch|apologise|apologize|block|book|break|build|delete|email|enjoy|exercise|"
    "google|hire|invite|meditate|meet|never|contact|hang|reach|research|respect|report|schedule|sell|sign|stand|step|text|wait|"
    "acknowledge|compliment|throw|hold|pull|search|suggest|act|add|allow|apply|approach|cook|create|do not|document|encourage|express|grab|lay|live|open|own|praise|prepare|"
    "protect|provide|push|put|reduce|remind|remove|repeat|replace|reward|slow|accept|admit|treat|trust|understand|wear|embrace|invest"
)
_IMPERATIVE = phrase(
    rf"^(?:(?:and|so|but|or|then|also|first|second|now|just|please|maybe|perhaps|simply|instead|definitely|at least|always|next|honestly) )*(?:{_VERBS}) \w+"
)
_IMPERATIVE_SOLO = phrase(r"^(?:just |please )?(?:relax|breathe|rest|apologise|apologize|exercise|sleep)$")
_JUST_DO = phrase(rf"^just (?:\w+ly )?(?:{_VERBS})")
_CONDITION = phrase(r"^(?:\w+ )?(?:if|when|whenever|after|before|once|next time|in that case|for (?:now|example|instance))")
_IF_THEN = phrase(rf"^(?:if|when|whenever|once|next time) .* (?:then|just|please|definitely) (?:{_VERBS}) (?:your|the|a|an|him|her|them|it|to|with|out|up|about|down)")
_ASKS_BACK = phrase(r"^(?:what|where|when|who|which|how (?!about)|is there|do you|did you|are you|would you)")
_NO_IMPERATIVE = phrase(
    r"^(?:and |so |but |just |please )*(?:tell me|let me|let us|let's|take your time|take care|talk to (?:me|you)|look at (?:this|that|me|you|him|her|us)|wait|thank|go on|go ahead|"
    r"keep going|hang on|hold on|see you|see (?:how|that|if|what|i)|listen to me|excuse|believe me|trust me|forgive me|give me|help me|say (?:more|some|it again|that again)|"
    r"do you|don't you|have you|have a (?:good|great|nice)|get (?:it|well)|be (?:honest|right back)|don't (?:tell|worry|know|think|want|mind|get me|see|have|even|really|leave me)|never (?:mind|heard|thought|said|had|been)|"
    r"think (?:so|i|that|it's|he|she|we|they)|look (?:i|it|we|at it)|work (?:is|was|has)|help (?:is|was)|read (?:it|that) somewhere|find (?:that|it|myself)|seems|get that|"
    r"use to|used|change (?:is|was)|play|sleep (?:is|was)|like|love|call (?:me|it)|show me|walk me|see the|have (?:to|been|had)|do (?:i|we|they|it too)|got|understand (?:that|you|how|where|what|why)|trust (?:is|me)|stay with me|sit with me|come)"
)

_JUDGEMENT = (
    rule(JUDGEMENT, 0.85, rf"you(?:'re| are| were|'ve been| have been) (?:~ )(?:acting |being |getting |behaving )?(?:like )?(?:such )?(?:~ )(?:an? )?(?:{UNKIND_TRAITS})", r"not (?:\w+ )?(?:daft|silly|crazy|weak)|feel|afraid|worried|(?:sounds?|seems?) like|you(?:'re| are) not"),
    rule(JUDGEMENT, 0.85, r"you(?:'re| are) (?:~ )too (?:sensitive|emotional|nice|soft|weak|nosy|needy|demanding|dramatic|negative|picky|proud|old|lazy|much)|(?:so|too|over) ?sensitive"),
    rule(JUDGEMENT, 0.8, r"(?:that's|that is|this is|it's|how|what a|that sounds|sounds) ~ (?:an? |the )?(?:\w+ )?(?:ridiculous|nonsense|stupid|silly|absurd|pathetic|childish|dumb|bullshit|rubbish|daft|disgusting|lame|your problem)", r"not|isn't|feel"),
    rule(JUDGEMENT, 0.85, r"(?:what's|what is|what the hell is|what on earth is) (?:wrong with|your problem|the matter with) ?(?:you)?|grow up|how (?:could|dare|can) you|who does that|act your age|you(?:'re| are) (?:\w+ )?(?:overreacting|exaggerating|imagining|making (?:a (?:fuss|big deal|scene|drama|mountain)|excuses|things? up|no sense))|shame on you|what were you thinking"),
    rule(JUDGEMENT, 0.8, r"don't be (?:so |such |a |an )?(?:silly|ridiculous|dramatic|stupid|sensitive|daft|a baby|baby|childish|like that|selfish|absurd|negative|lazy)"),
    rule(JUDGEMENT, 0.7, r"you (?:just|only|clearly|obviously|simply) (?:want|wanted|like|think about|care about|do|did) (?:attention|sympathy|to (?:annoy|hurt|fight|win|punish|get (?:out|back|your way)|make me)|yourself|what you|it to|this to|that to)|you(?:'re| are) (?:just|only) (?:trying to|saying that|doing (?:this|that|it) to|looking for)"),
    rule(JUDGEMENT, 0.75, r"you (?:just |really |clearly |obviously )?(?:don't|didn't|never) ~ (?:care|respect|listen|try|think about (?:me|us|anyone)|love me|appreciate|help)|you (?:only|just) (?:care|think) (?:about|of) yourself|you couldn't care less|you have no (?:idea|clue|right|self)", r"feel|(?:when|that|because|if|why) you|sounds|so you|you don't care (?:for|much)|you didn't (?:listen|try) "),
)  # fmt: skip

_BLAME = (
    rule(BLAME, 0.85, r"you(?:'re| are)? (?:always|never|constantly|forever)|every (?:single )?time you|all you (?:ever )?(?:do|think|care|talk)|you (?:\w+ )?(?:always|never|constantly) ",
         r"you(?:'re| are|'ve| have|'d)? (?:always|never) (?:been )?(?:there|so (?:kind|sweet|patient|good|supportive|thoughtful)|make me (?:laugh|smile|feel (?:safe|loved|better|good|at home))|know (?:how|what) to|welcome|give up|let me down|fail|been (?:so )?(?:kind|good|there)|wanted|dreamed|dreamt|thought|felt|know|tried|had|imagined|loved|liked|alone)|(?:feel|felt|sounds?|seems?) like|you never know|as you always|you can always|you could always|you(?:'d| would| will|'ll) (?:always|never)"),
    rule(BLAME, 0.85, r"(?:it's|it is|that's|this is|all|it was) ~ your fault|your (?:own )?fault|because of you|thanks to you|you ruined|you(?:'re| are) the (?:one|reason|problem)|you started (?:it|this)|you brought (?:this|it) on|you made me", r"not your|isn't your|wasn't your|you made me (?:feel (?:so |really |very )?(?:safe|loved|happy|better|welcome|at home|proud|good|special)|laugh|smile|happy|proud)|(?:love|grateful|glad|happy|lucky) .*because of you"),
    rule(BLAME, 0.7, r"you (?:forgot|lied|promised|broke|left me|ignored|didn't even|don't even|can't even|won't even|couldn't even|could have at least|did nothing|do nothing)|if you (?:hadn't|had (?:just|only)|would (?:just|only|ever)|cared|listened)|you keep (?:\w+ )?\w+ing|you refuse to|you should have|why (?:didn't|couldn't|can't|won't) you|you were supposed to", r"feel|(?:sounds?|seems?|like) |so you|you keep going|because you|when you|why can't you (?:tell|talk)|(?:upset|sad|bad|guilty) (?:that )?you forgot"),
    rule(BLAME, 0.75, r"why (?:do|are|must) you (?:always|never|have to|keep|so|being)|way more than me|more than (?:i|me)(?: do)?$|what about you|look who's talking|you (?:do|did) (?:it|that|the same) (?:too|as well|yourself|all the time)|you(?:'re| are) (?:one to talk|no better|not (?:exactly )?perfect)|you(?:'re| are) (?:just )?as bad|you (?:do|did) (?:exactly )?the same", r"i (?:love|like|miss|need) .*more than"),
)  # fmt: skip

_DISMISSAL = (
    rule(DISMISSAL, 0.85, r"(?:it's|that's|it is|that is|it isn't|this is|it wasn't) (?:really )?(?:not |no |hardly )?(?:~ )?(?:a |such a |that )?big (?:of a )?deal|no big deal|what's the big deal|big deal$|not the end of the world|(?:it's|that's) (?:only|nothing)$|it's nothing|not that (?:bad|serious|deep|hard)|it's just (?:a|the|your|some|work)", r"it is a big|that's a big deal|it's a ~ big|that is a|is it just|(?:it's|that's) not (?:nothing|just)|sounds"),
    rule(DISMISSAL, 0.85, r"get over (?:it|yourself|that)|calm down|chill out|lighten up|toughen up|man up|suck it up|cheer up|move on already|let it go|deal with it|relax$|stop (?:crying|whining|complaining|moaning|worrying|being (?:so|such)|making)|drop it|give it a rest|snap out of it|pull yourself together|look on the bright side|it could (?:be|have been) (?:a lot |much |way )?worse|(?:others|other people|some people) (?:\w+ )?(?:have it|are|get it) (?:\w+ )?worse"),
    rule(DISMISSAL, 0.8, r"^(?:\w+ ){0,2}at least (?:you|it|he|she|they|we|that|there|your)", r"at least (?:once|one|two|three|a |\d)"),
    rule(DISMISSAL, 0.8, r"^(?:yeah |oh |well |okay |fine |so )*(?:whatever|so what|who cares|if you say so|here we go again|not this again|not again|big deal|yeah yeah|blah blah|good for you then|oh please|oh come on|come on|same old story)(?: \w+)?$|i (?:really )?(?:don't|couldn't) care(?: less)?$|i don't have (?:time|the energy) for (?:this|that|it)|can we (?:not|just not|please not|drop)|do we have to (?:talk|do) .*(?:now|again)"),
    rule(DISMISSAL, 0.75, r"^(?:one|a|just a|in a|give me a) (?:second|sec|minute|moment)$|^not (?:right )?now|(?:i'm|i am) (?:\w+ )?(?:busy|watching (?:this|something|the)|reading something|in the middle of)|i (?:was|wasn't) (?:reading|watching|listening|looking at)|i said i(?:'m| am) listening|after this (?:one|game|episode|bit)|if i have time|i(?:'ll| will) think about it|maybe later|we'll see$"),
    rule(DISMISSAL, 0.7, r"you(?:'ll| will) (?:be (?:fine|okay|all right)|get over it|survive|live|cope|manage|forget)|it(?:'ll| will) (?:be (?:fine|okay|all right)|pass|blow over|sort itself)|don't (?:worry about it|think about it|make (?:a|such)|overthink|cry|be (?:sad|upset|mad|angry|scared|nervous|like that))|(?:everybody|everyone|we all|all of us|people) (?:does|do|has|have|feels?|gets?|goes) (?:that|it|this|through (?:it|that|this)|them|tired|bad|stressed)|you(?:'re| are) (?:fine|okay|all right)$|it is though|happens to everyone|join the club|that's (?:just )?(?:life|how it is|the way it is|not true|not what happened)|i(?:'m| am) sorry (?:that )?you (?:feel|think|see it)|you(?:'re| are) (?:way |far |much |just )*(?:too (?:sensitive|emotional|dramatic)|overreacting|exaggerating)|you(?:'re| are) not (?:\w+ )?(?:sad|tired|angry|upset|scared|lonely|sick|stressed)|you shouldn't (?:feel|be|worry)|you have nothing to|it's all in your head|you think (?:that's|you have it|you've got it)"),
)  # fmt: skip
_LONE = phrase(r"^(?:what|huh yeah what|yeah what|huh what)$")


def judgement(sentence: Sentence, context: Context) -> Found:
    """Judgement, blame and dismissal in the sentence; the caller clears returns of the partner's own words."""
    found = apply((*_JUDGEMENT, *_BLAME, *_DISMISSAL), sentence.plain)
    if _LONE.search(sentence.plain) and not sentence.asks and context.last:
        found[DISMISSAL] = 0.6
    return found


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
    r"(?:what|how|where|which) (?:should|shall|can|could|do|would) (?:i|we) (?:do|say|tell|start|handle|go|choose|begin|fix|change)|"
    r"should (?:i|we)|what (?:would|do) you (?:do|think|suggest|recommend|advise|say)|what's your (?:advice|opinion|take)|"
    r"(?:any|some|your|need|want|give me) (?:\w+ )?(?:advice|ideas|suggestions|tips|opinion)|do you think i should|"
    r"(?:can|could|will|would) you (?:please )?(?:help me|advise me|tell me what to|tell me how)|help me (?:decide|figure|think|with)|"
    r"do you have (?:any|an) (?:idea|ideas|advice|tips)|tell me what (?:to do|i should|you would|you'd)|i need (?:your )?(?:help|advice)"
)


def asks_for_advice(text: str) -> bool:
    """Whether a partner asks what to do, so that advice in answer is wanted."""
    return any(_REQUEST.search(sentence.plain) for sentence in sentences_of(text))
