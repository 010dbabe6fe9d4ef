"""Support, affirmation, appreciation and apology: kindness that can be heard."""

from __future__ import annotations

from listener.analysis.behaviours.context import Found, apply, phrase, rule
from listener.analysis.behaviours.lexicon import KIND_TRAITS
from listener.analysis.behaviours.text import Sentence
from listener.domain.speech import BehaviourLabel

SUPPORT, AFFIRMATION = BehaviourLabel.SUPPORT, BehaviourLabel.AFFIRMATION
APPRECIATION, APOLOGY = BehaviourLabel.APPRECIATION, BehaviourLabel.APOLOGY

_RULES = (
    rule(
        SUPPORT,
        0.9,
        r"i(?:'m| am|'ll be| will be) (?:\w+ )?(?:right )?(?:here (?:for you|with you|to (?:help|listen|"
        r"support)|if you|whenever)|on your side|by your side|there for you|with you on|listening)|i(?:'m|"
        r" am) (?:right )?here$|i(?:'ve| have)? got (?:you|your back)$",
        r"i said|i was",
    ),
    rule(
        SUPPORT,
        0.9,
        r"do you want me to|would you like me to|want me to|(?:can|could|may) i (?:help|do (?:anything|"
        r"something)|get you|make you|hold you|take (?:that|something|over|it)|give you a hug)|"
        r"how can i (?:help|support|be|make)|what (?:can|could) i do|(?:is there )?anything i can (?:do|"
        r"help)|what (?:do|would) you need (?:from me|right now)?|what would help|how (?:would|"
        r"do) you (?:like|want) me to",
    ),
    rule(
        SUPPORT,
        0.8,
        r"let me (?:help|take|do|get|carry|handle|cook|hold|put (?:this|that|it|my|the) \w+|turn (?:this|"
        r"that|it) off|give you|make you|be there|come|look after|deal with|sort)",
        r"let me (?:do|take|get) (?:a|the|my) (?:thing|look|number)",
    ),
    rule(
        SUPPORT,
        0.8,
        r"(?:i'll|i will|i can|i could|i'd be happy to|i'm happy to|i would love to|i'd love to|glad to|"
        r"happy to) (?:\w+ )?(?:help|be (?:there|your|with you)|come (?:with|along|over)|take care|support|"
        r"stay (?:with|up|home)|hold|do (?:it|that|the \w+) (?:with|for)|look after|handle|pick (?:up|you)|"
        r"drive|cook|listen|sit (?:with|through)|go with|take (?:over|the \w+)|back you|keep you company|"
        r"make you|bring you|practi[sc]e with)",
        r"i(?:'ll| will| can) (?:never|not)|if i have time",
    ),
    rule(
        SUPPORT,
        0.85,
        r"(?:we'll|we will|we can|let's) (?:\w+ )?(?:figure (?:it|this|that|things|something) out|"
        r"get through|work (?:it|this|that|on|through)|sort (?:it|this)|do (?:it|this) together|find a way|"
        r"face|handle|manage (?:it|this))|you(?:'re| are) not alone|we(?:'re| are) in (?:this|it) together|"
        r"you don't have to (?:do|go through|carry|face|handle|deal with) (?:\w+ )*(?:alone|yourself|"
        r"your own)",
    ),
    rule(
        SUPPORT,
        0.85,
        r"you can (?:always )?(?:count|lean|rely|depend) on (?:me|us)|you can (?:always )?(?:talk to me|"
        r"tell me|come to me|call me)|take (?:your time|all the time)|as (?:many|much|long|"
        r"often) (?:times )?as you (?:want|need|like)|whenever you(?:'re| are)? (?:want|need|like|ready)|"
        r"(?:want|need) (?:a hug|to talk about it|some company)|come here$|i(?:'ve| have) got time|"
        r"i want to (?:help|support|be there|understand|hear)",
    ),
    rule(
        SUPPORT,
        0.8,
        r"(?:there's |there is |in )?no (?:rush|hurry)|(?:we've|we have) (?:got )?all (?:night|evening|day|afternoon|"
        r"weekend)|take all the time you|(?:stays?|just|only) between us|(?:stays?|safe) (?:right )?here(?: with me)?$|"
        r"(?:i'm|i am) not going anywhere|(?:you don't|no need to|you needn't) (?:have to |need to )?(?:explain|"
        r"apologi[sz]e|decide|know yet|pretend|be brave|be strong|say anything)",
        r"i said|what's|why|in no rush to|anyway",
    ),
    rule(
        AFFIRMATION,
        0.85,
        rf"you(?:'re| are|'ve been| have been| were) (?:~ )(?:an? )?(?:\w+ )?(?:{KIND_TRAITS})(?! (?:at|deal|"
        rf"extent|part))",
        r"you(?:'re| are) (?:~ )?(?:not|too)|if you|think you|sounds|sick|oh great|how \w+ you",
    ),
    rule(
        AFFIRMATION,
        0.85,
        r"well done|good (?:for|on) you|(?:great|good|nice|awesome|amazing|fantastic|excellent|"
        r"wonderful) (?:job|work|effort|start|question|point|idea|thinking|choice|decision|plan)|i(?:'m|"
        r" am) ~ (?:proud of|impressed|happy for you|glad (?:you|that you|to hear))|congratulations|congrats|"
        r"i (?:believe in you|admire|respect|have faith)|way to go|kudos",
        r"not (?:a )?(?:good|great)",
    ),
    rule(
        AFFIRMATION,
        0.8,
        r"(?:that's|that is|that was|this is|it's|how|what a|that sounds|sounds) ~ (?:an? )?(?:~ )(?:great|"
        r"wonderful|amazing|awesome|huge|brilliant|fantastic|lovely|impressive|excellent|exciting|incredible|"
        r"commendable|terrific|admirable|fabulous|good (?:news|to hear|thing|idea)|a (?:big|great|"
        r"huge) (?:step|thing|accomplishment|achievement))|i like that|i love (?:that|it)$|^(?:that's|sounds|"
        r"oh|very|so|well|okay|and)? ?(?:~ )(?:great|wonderful|awesome|excellent|fantastic|brilliant|perfect|"
        r"amazing|lovely)$",
        r"not|if|would",
    ),
    rule(
        AFFIRMATION,
        0.8,
        r"you (?:did|handled|managed|made|have done|'ve done|do) (?:\w+ )?(?:a |an |some )?(?:~ )(?:great|"
        r"good|well|amazing|excellent|fantastic|the right thing|your best|it$)|you(?:'re|"
        r" are) doing (?:\w+ )?(?:great|well|amazing|fine|your best|the right)|you(?:'ve| have) (?:worked|"
        r"come|tried) ~ (?:hard|a long|so)|you can do (?:it|this|that)|you(?:'ve| have) got this|(?:that|"
        r"it) (?:took|takes) (?:\w+ )*(?:courage|guts|strength|bravery|effort|a lot)|"
        r"you should be (?:\w+ )?proud",
    ),
    rule(
        APPRECIATION,
        0.9,
        r"thank you|thanks|i (?:~ )appreciate|i(?:'m| am) (?:~ )(?:grateful|thankful|lucky)|(?:it|"
        r"that) (?:~ )(?:means|meant) (?:~ )(?:a lot|so much|the world|everything)|i(?:'m| am) lucky to",
        r"(?:a|no) (?:thank you|thanks)|thanks to you|thanks a lot for nothing|thanks? for nothing|"
        r"i don't appreciate|i(?:'d| would) appreciate",
    ),
    rule(
        APPRECIATION,
        0.85,
        r"i (?:~ )(?:love|like|liked|loved|admire|enjoy|enjoyed|value) (?:~ )(?:how|that|when|it when|"
        r"the way|what|who|having|being with|spending) (?:\w+ ){0,3}you|i love (?:about )?you|you(?:'re|"
        r" are) the best|couldn't have (?:done|managed) (?:it|this|that) without you|"
        r"what would i do without you|that(?:'s| is| was) ~ (?:sweet|kind|thoughtful|nice) of you|"
        r"i (?:~ )?noticed (?:\w+ )?you (?:did|made|cleaned|cooked|helped|took)",
        r"don't",
    ),
    rule(APPRECIATION, 0.6, r"^(?:oh |aw |that's )?(?:lovely|sweet|so sweet|how sweet|how lovely)$"),
    rule(
        APOLOGY,
        0.9,
        r"(?:i(?:'m| am)|we(?:'re| are)) ~ sorry|^(?:oh |so |yeah |okay |really |very )*sorry(?: (?:for|"
        r"about|i|that i|love|honey|my)|$)|i (?:~ )?apologi[sz]e|my (?:apologies|mistake|bad)|(?:it's|that's|"
        r"it was|that was|this is) (?:\w+ )?(?:my fault|on me)|(?:please )?forgive me|i (?:was|"
        r"am) (?:\w+ )?wrong|i(?:'m| am) the one who",
        r"not (?:\w+ )?sorry|sorry (?:to hear|you(?:'re| are| had| went| feel| think| see)|that (?:you|"
        r"happened|this happened|it happened|must)|what|to (?:say|tell|bother))|sorry but|wrong about you|"
        r"not my fault|(?:say|said|saying) (?:i'm )?sorry$",
    ),
    rule(
        APOLOGY,
        0.8,
        r"i (?:really )?shouldn't have|i (?:never|didn't) (?:mean|meant|want) to (?:hurt|upset|make|ignore|"
        r"snap|sound|dismiss|interrupt|leave)|i should have (?:been|listened|asked|told|called|noticed|said|"
        r"known|helped)|i owe you|i hurt you|i let you down|i regret",
    ),
)

_SARCASM = phrase(r"thanks a lot$|good for you$|well done$")


def kindness(sentence: Sentence) -> Found:
    """Support, affirmation, appreciation and apology in the sentence."""
    found = apply(_RULES, sentence.plain)
    if sentence.asks:
        found.pop(APOLOGY, None)
        found.pop(AFFIRMATION, None)
    elif _SARCASM.search(sentence.plain):
        found = {label: min(strength, 0.6) for label, strength in found.items()}
    return found
