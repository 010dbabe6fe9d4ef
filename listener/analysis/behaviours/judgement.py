"""Judgement, blame and dismissal: what gets in the way of listening.

Blame and judgement after criticism and contempt in Gottman (1994), dismissal after "punishing, minimizing" reactions.
"""

from __future__ import annotations

from listener.analysis.behaviours.context import Context, Found, apply, phrase, rule
from listener.analysis.behaviours.lexicon import UNKIND_TRAITS
from listener.analysis.behaviours.text import Sentence
from listener.domain.speech import BehaviourLabel

JUDGEMENT = BehaviourLabel.JUDGEMENT
BLAME, DISMISSAL = BehaviourLabel.BLAME, BehaviourLabel.DISMISSAL

_JUDGEMENT = (
    rule(
        JUDGEMENT,
        0.85,
        rf"you(?:'re| are| were|'ve been| have been) (?:~ )(?:acting |being |getting |"
        rf"behaving )?(?:like )?(?:such )?(?:~ )(?:an? )?(?:{UNKIND_TRAITS})",
        r"not (?:\w+ )?(?:daft|silly|crazy|weak)|feel|afraid|worried|(?:sounds?|seems?) like",
    ),
    rule(
        JUDGEMENT,
        0.85,
        r"you(?:'re| are) (?:~ )too (?:sensitive|emotional|nice|soft|weak|nosy|needy|demanding|dramatic|"
        r"negative|picky|proud|old|lazy|much)|(?:so|too|over) ?sensitive",
    ),
    rule(
        JUDGEMENT,
        0.8,
        r"(?:that's|that is|this is|it's|how|what a|that sounds|sounds) ~ (?:an? |"
        r"the )?(?:\w+ )?(?:ridiculous|nonsense|stupid|silly|absurd|pathetic|childish|dumb|bullshit|rubbish|"
        r"daft|disgusting|lame|your problem)",
        r"not|isn't|feel",
    ),
    rule(
        JUDGEMENT,
        0.85,
        r"what your problem is|(?:what's|what is|what the hell is|what on earth is) (?:wrong with|your problem|"
        r"the matter with) ?(?:you)?|grow up|how dare you|how (?:could|can) you (?:do|say|forget|even|just|"
        r"be so|think|leave|not)|how could you$|who does that|act your age|you(?:'re|"
        r" are) (?:\w+ )?(?:overreacting|exaggerating|imagining|making (?:a (?:fuss|big deal|scene|drama|"
        r"mountain)|excuses|things? up|no sense))|shame on you|what were you thinking",
    ),
    rule(
        JUDGEMENT,
        0.8,
        r"don't be (?:so |such |a |an )?(?:silly|ridiculous|dramatic|stupid|sensitive|daft|a baby|baby|"
        r"childish|like that|selfish|absurd|negative|lazy)",
    ),
    rule(
        JUDGEMENT,
        0.7,
        r"you (?:just|only|clearly|obviously|simply) (?:want|wanted|like|think about|care about|do|"
        r"did) (?:attention|sympathy|to (?:annoy|hurt|fight|win|punish|get (?:out|back|your way)|make me)|"
        r"yourself|what you|it to|this to|that to)|you(?:'re| are) (?:just|only) (?:trying to|saying that|"
        r"doing (?:this|that|it) to|looking for)",
    ),
    rule(
        JUDGEMENT,
        0.75,
        r"you (?:just |really |clearly |obviously )?(?:don't|didn't|never) ~ (?:care|respect|listen|try|"
        r"think about (?:me|us|anyone)|love me|appreciate|help)|you (?:only|just) (?:care|think) (?:about|"
        r"of) yourself|you couldn't care less|you have no (?:idea|clue|right|self)",
        r"feel|(?:when|that|because|if|why) you|sounds|so you|you don't care (?:for|much)|"
        r"you didn't (?:listen|try) ",
    ),
)

_BLAME = (
    rule(
        BLAME,
        0.85,
        r"you(?:'re| are)? (?:always|never|constantly|forever)|every (?:single )?time you|"
        r"all you (?:ever )?(?:do|think|care|talk)|you (?:\w+ )?(?:always|never|constantly)",
        r"you(?:'re| are|'ve| have|'d)? (?:always|never) (?:been )?(?:there|so (?:kind|sweet|patient|good|"
        r"supportive|thoughtful)|make me (?:laugh|smile|feel (?:safe|loved|better|good|at home))|know (?:how|"
        r"what) to|welcome|give up|let me down|fail|been (?:so )?(?:kind|good|there)|wanted|dreamed|dreamt|"
        r"thought|felt|know|tried|had|imagined|loved|liked|alone)|(?:feel|felt|sounds?|seems?) like|"
        r"you never know|as you always|you can always|you could always|you(?:'d| would| will|'ll) (?:always|"
        r"never)|hard on yourself",
    ),
    rule(
        BLAME,
        0.85,
        r"(?:it's|it is|that's|this is|all|it was) ~ your fault|your (?:own )?fault|because of you|"
        r"thanks to you|you ruined|you(?:'re| are) the (?:one|reason|problem)|you started (?:it|this)|"
        r"you brought (?:this|it) on|you made me",
        r"not your|isn't your|wasn't your|you made me (?:feel (?:so |really |very )?(?:safe|loved|happy|"
        r"better|welcome|at home|proud|good|special)|laugh|smile|happy|proud)|(?:love|grateful|glad|happy|"
        r"lucky) .*because of you",
    ),
    rule(
        BLAME,
        0.7,
        r"you (?:forgot|lied|promised|broke|left me|ignored|didn't even|don't even|can't even|won't even|"
        r"couldn't even|could have at least|did nothing|do nothing)|if you (?:hadn't|had (?:just|only)|"
        r"would (?:just|only|ever)|cared|listened)|you keep (?:\w+ )?\w+ing|you refuse to|you should have|"
        r"why (?:didn't|couldn't|can't|won't) you|you were supposed to|you said you(?:'d| would| were)",
        r"feel|(?:sounds?|seems?|like) |so you|you keep going|because you|when you|why can't you (?:tell|"
        r"talk)|(?:upset|sad|bad|guilty) (?:that )?you forgot",
    ),
    rule(
        BLAME,
        0.75,
        r"why (?:do|are|must) you (?:always|never|have to|keep|so|being)|way more than me|more than (?:i|"
        r"me)(?: do)?$|what about you|look who's talking|you (?:do|did) (?:it|that|the same) (?:too|as well|"
        r"yourself|all the time)|you(?:'re| are) (?:one to talk|no better|not (?:exactly )?perfect)|"
        r"you(?:'re| are) (?:just )?as bad|you (?:do|did) (?:exactly )?the same",
        r"i (?:love|like|miss|need) .*more than",
    ),
)

_DISMISSAL = (
    rule(
        DISMISSAL,
        0.85,
        r"(?:it's|that's|it is|that is|it isn't|this is|it wasn't) (?:really )?(?:not |no |"
        r"hardly )?(?:~ )?(?:a |such a |that )?big (?:of a )?deal|no big deal|what's the big deal|big deal$|"
        r"(?:not|isn't|wasn't) the end of the world|(?:it's|that's) (?:only|nothing)$|it's nothing|"
        r"not that (?:bad|serious|"
        r"deep|hard)|it's just (?:a|the|your|some|work)",
        r"it is a big|that's a big deal|it's a ~ big|that is a|is it just|(?:it's|that's) not (?:nothing|"
        r"just)|sounds",
    ),
    rule(
        DISMISSAL,
        0.85,
        r"get over (?:it|yourself|that)|calm down|chill out|lighten up|toughen up|man up|suck it up|cheer up|"
        r"move on already|let it go|deal with it|relax$|stop (?:crying|whining|complaining|moaning|worrying|"
        r"being (?:so|such)|making)|drop it|give it a rest|snap out of it|pull yourself together|"
        r"look on the bright side|it could (?:be|have been) (?:a lot |much |way )?worse|(?:others|"
        r"other people|some people) (?:\w+ )?(?:have it|are|get it) (?:\w+ )?worse",
    ),
    rule(
        DISMISSAL,
        0.8,
        r"^(?:\w+ ){0,2}at least (?:you|it|he|she|they|we|that|there|your)",
        r"at least (?:once|one|two|three|a |\d)",
    ),
    rule(
        DISMISSAL,
        0.8,
        r"^(?:yeah |oh |well |okay |fine |so )*(?:whatever|so what|who cares|if you say so|here we go again|"
        r"not this again|not again|big deal|yeah yeah|blah blah|good for you then|oh please|oh come on|"
        r"come on|same old story)(?: \w+)?$|i (?:really )?(?:don't|couldn't) care(?: less)?$|"
        r"i don't have (?:time|the energy) for (?:this|that|it)|can we (?:not|just not|please not|drop)|"
        r"do we have to (?:talk|do) .*(?:now|again)",
    ),
    rule(
        DISMISSAL,
        0.75,
        r"^(?:one|a|just a|in a|give me a) (?:second|sec|minute|moment)$|^not (?:right )?now|(?:i'm|"
        r"i am) (?:\w+ )?(?:busy|watching (?:this|something|the)|reading something|in the middle of)|"
        r"i (?:was|wasn't) (?:reading|watching|listening|looking at)|i said i(?:'m| am) listening|"
        r"after this (?:one|game|episode|bit)|if i have time|i(?:'ll| will) think about it|maybe later|"
        r"we'll see$",
    ),
    rule(
        DISMISSAL,
        0.7,
        r"you(?:'ll| will) (?:be (?:fine|okay|all right)|get over it|survive|live|cope|manage|forget)|"
        r"it(?:'ll| will) (?:pass|blow over|sort itself)|don't (?:worry about it|"
        r"think about it|make (?:a|such)|overthink|cry|be (?:sad|upset|mad|angry|scared|nervous|like that))|"
        r"(?:everybody|everyone|we all|all of us|people) (?:does|do|has|have|feels?|gets?|goes) (?:that|it|"
        r"this|through (?:it|that|this)|them|tired|bad|stressed)|you(?:'re| are) (?:fine|okay|all right)$|"
        r"it is though|happens to everyone|join the club|that's (?:just )?(?:life|how it is|the way it is|"
        r"not true|not what happened)|i(?:'m| am) sorry (?:that )?you (?:feel|think|see it)|you(?:'re|"
        r" are) (?:way |far |much |just )*(?:too (?:sensitive|emotional|dramatic)|overreacting|exaggerating)|"
        r"you(?:'re| are) not (?:\w+ )?(?:sad|tired|angry|upset|scared|lonely|sick|stressed)|"
        r"you shouldn't (?:feel|be|worry)|you have nothing to|it's all in your head|you think (?:that's|"
        r"you have it|you've got it)",
    ),
)
_LONE = phrase(r"^(?:what|huh yeah what|yeah what|huh what)$")


def judgement(sentence: Sentence, context: Context) -> Found:
    """Judgement, blame and dismissal in the sentence; the caller clears returns of the partner's own words."""
    found = apply((*_JUDGEMENT, *_BLAME, *_DISMISSAL), sentence.plain)
    if _LONE.search(sentence.plain) and not sentence.asks and context.last:
        found[DISMISSAL] = 0.6
    return found
