"""Word lists of the behaviour rules: the project's own, collected from how English couples and counsellors speak."""

from __future__ import annotations


def word_list(words: str) -> list[str]:
    """The words of a text separated by single spaces."""
    return words.split(" ")


FILLERS = ("um+", "uh+(?! huh|-huh)", "er+m?", "ah+", "hm+(?!-)")
"""Sounds that hold the floor and mean nothing, as patterns."""

CONTRACTIONS = {
    "arent": "aren't", "cant": "can't", "couldnt": "couldn't", "didnt": "didn't", "doesnt": "doesn't", "dont": "don't",
    "hadnt": "hadn't", "hasnt": "hasn't", "havent": "haven't", "hes": "he's", "hows": "how's", "im": "i'm",
    "isnt": "isn't", "itd": "it'd", "itll": "it'll", "ive": "i've", "shes": "she's", "shouldnt": "shouldn't",
    "thats": "that's", "theres": "there's", "theyre": "they're", "theyve": "they've", "wasnt": "wasn't",
    "werent": "weren't", "weve": "we've", "whats": "what's", "wheres": "where's", "whos": "who's", "wont": "won't",
    "wouldnt": "wouldn't", "youd": "you'd", "youll": "you'll", "youre": "you're", "youve": "you've", "yall": "you all",
    "gonna": "going to", "wanna": "want to", "gotta": "have to", "kinda": "kind of", "sorta": "sort of",
    "lemme": "let me", "dunno": "don't know", "cos": "because", "cuz": "because", "cause": "because",
    "ok": "okay", "alright": "all right", "mmhm": "mm-hm", "mmhmm": "mm-hm", "uhhuh": "uh-huh", "cannot": "can't",
}  # fmt: skip
"""What a transcript without apostrophes, or a casual one, writes for the full form."""

LEAD_INS = frozenset(
    word_list(
        "and so but well okay oh now right yeah yes yep no hey then also wow great cool all good hmm because "
        "actually honestly basically look listen sure fine honey darling love babe sweetheart dear please "
        "mm mhm yep just anyway first really exactly absolutely gosh nice maybe again still plus yet"
    )
)
"""Words that may come before what a sentence is about."""

LEAD_PHRASES = (
    "i mean", "you know", "i see", "i guess", "i suppose", "i think", "uh huh", "of course", "all right", "got it",
    "mm hm", "mm hmm", "i know", "that said", "at the same time", "in that case", "by the way", "to be honest",
    "oh my god",
)  # fmt: skip

FUNCTION_WORDS = frozenset(
    word_list(
        "a about after again all also always am an and any anything anyway are aren't around as at back be "
        "because been before being but by can can't come could couldn't did didn't do does doesn't doing "
        "don't done down each either else even ever every everything for from get gets getting go goes going "
        "gone good got gotten great had hadn't has hasn't have haven't having he he's her here here's him his "
        "how how's i i'd i'll i'm i've if in into is isn't it it'd it'll it's its just kind know let let's "
        "like little lot lots made make makes making maybe me mean might mm more most much must my myself "
        "never no nobody not nothing now of off oh okay on once one only or other our out over own quite "
        "rather really right said same say saying says see she she's should shouldn't so some somebody "
        "someone something sort still stuff such sure take than that that's the their them then there there's "
        "these they they're they've thing things think this those though thought through to too two uh um "
        "until up us very was wasn't way we we'll we're we've well went were weren't what what's when where "
        "which while who who's why will with won't would wouldn't yeah yes yet you you'd you'll you're you've "
        "your yours yourself hm huh hmm wow cool hey yep nope ok actually basically honestly probably bit "
        "feel feels feeling feelings felt sounds sound seems seem want wants wanted need needs tell told ask "
        "asked look looks looking talk talking first last day time today people person"
    )
)
"""Words that carry no topic; taking them up says nothing about listening."""

_FEELINGS = {
    "sad": "sad sadder sadness unhappy miserable depressed depressing gutted heartbroken devastated upset disappointed "
    "disappointing gloomy grieving grief crying tearful hopeless discouraged sorrow empty numb bummed cry hurting",
    "lonely": "lonely alone loneliness isolated abandoned unloved unwanted invisible ignored neglected forgotten "
    "rejected "
    "excluded disconnected distant homesick unseen unheard",
    "hurt": "hurt hurts betrayed disrespected unappreciated attacked criticised criticized judged dismissed "
    "misunderstood "
    "wounded jealous offended insulted humiliated",
    "angry": "angry anger mad furious annoyed annoying irritated frustrated frustrating frustration resentful "
    "pissed livid "
    "outraged bitter cross",
    "afraid": "afraid scared scary frightened terrified anxious anxiety nervous worried worry worries worrying "
    "panicky panic "
    "uneasy insecure stressed stress stressful tense overwhelmed overwhelming apprehensive concerned "
    "pressured fear dread",
    "ashamed": "ashamed shame embarrassed embarrassing guilty guilt worthless inadequate awkward",
    "tired": "tired exhausted exhausting drained weary swamped shattered knackered fatigued",
    "torn": "torn confused confusing conflicted ambivalent stuck trapped helpless powerless unsure lost uncertain",
    "joyful": "happy happiness glad excited exciting thrilled delighted joyful cheerful pleased relieved proud hopeful "
    "honored honoured touched loved safe calm peaceful comfortable confident optimistic relaxed grateful "
    "thankful content",
}
FEELING_FAMILY = {word: family for family, words in _FEELINGS.items() for word in words.split()}
"""Feeling word to its family (families after the emotion wheel of Willcox 1982)."""

FEELING_ADJECTIVES = frozenset(FEELING_FAMILY) - frozenset(
    word_list(
        "sadness loneliness anger anxiety worry worries worrying panic stress fear dread shame guilt "
        "happiness grief sorrow hurts cry depressing disappointing annoying frustrating stressful "
        "overwhelming embarrassing exhausting confusing exciting scary frustration"
    )
)
"""Feeling words that can follow "I'm"."""

WEAK_FEELINGS = frozenset(
    word_list(
        "good bad awful terrible horrible better worse weird sick great small silly stupid foolish low down "
        "blue sorry left pushed used heard supported understood closer close pressured fed burned burnt worn "
        "like"
    )
)
"""Words that name a feeling only after "feel"."""

HARD_THINGS = (
    "hard|tough|difficult|rough|awful|terrible|horrible|painful|scary|frustrating|disappointing|stressful|exhausting|"
    "overwhelming|upsetting|humiliating|embarrassing|isolating|draining|crushing|unsettling|worrying|"
    "unfair|sad|heartbreaking|frightening|challenging|devastating|annoying|lonely|"
    "confusing|hurtful|"
    "nerve wracking|a lot"
)
KIND_TRAITS = (
    "strong|brave|kind|thoughtful|caring|smart|clever|wonderful|amazing|incredible|talented|patient|"
    "generous|sweet|lovely|"
    "great|awesome|fantastic|brilliant|beautiful|so good|really good|very good|courageous|determined|resilient|"
    "hardworking|supportive|loving|capable|committed|responsible"
)
UNKIND_TRAITS = (
    "dramatic|ridiculous|silly|stupid|crazy|selfish|lazy|childish|unreasonable|irrational|pathetic|"
    "immature|paranoid|needy|"
    "clingy|hysterical|impossible|ungrateful|insane|absurd|dumb|nonsense|oversensitive|hopeless|useless|"
    "mean|rude|careless|"
    "inconsiderate|stubborn|controlling|a mess|an idiot|a child|a baby|a coward|a liar|weak|"
    "irresponsible|in denial|daft|"
    "bossy|nagging|overreacting|exaggerating|delusional|disgusting|ignorant|foolish|jealous|too much"
)

HEDGES = (
    "maybe", "perhaps", "probably", "possibly", "somehow", "somewhat", "kind of", "sort of", "i guess", "i suppose",
    "i don't know", "or something", "or whatever", "and stuff", "i'm not sure", "not really sure", "might",
    "more or less", "a bit", "whatever", "and everything", "in a way", "apparently",
)  # fmt: skip
"""Words that take back half of what is said (hedges after Lakoff 1973)."""

LISTENING_SOUNDS = frozenset(word_list("mm mmm mhm hm hmm"))
"""Sounds that say nothing but that one listens (continuers, Schegloff 1982); "uh-huh" is read as "mhm"."""

YES_WORDS = frozenset(word_list("yeah yes yep yup yea"))

BACKCHANNELS = (
    LISTENING_SOUNDS
    | YES_WORDS
    | frozenset(
        word_list(
            "huh uh um ah oh ooh aw aww wow right okay kay sure really exactly "
            "indeed true totally absolutely definitely gosh god my no kidding way i see got it of course all too "
            "damn nice cool great good and go on ha jeez whoa ugh interesting understood gotcha"
        )
    )
)
"""Words of which listener responses are made (list after Jurafsky et al. 1997, the label b of SWBD-DAMSL)."""

ONLY_BESIDE_RESPONSES = frozenset(word_list("no my i it of all too and on"))
"""Words of the list that make no response alone: "no" objects (AMI: a backchannel once in five, `ass` the rest)."""

TAKING_UP = YES_WORDS | frozenset(word_list("okay kay right all sure true oh ah"))
"""Two of these together ("yeah, okay", "oh right") take something up; AMI: `ass` or `und` four times in five."""

ANSWERS = frozenset(word_list("yes yeah yep okay sure no right good absolutely"))
"""First words of what is an answer after a question, no listening sound."""

CLAIMS = frozenset(
    word_list(
        "but well so and wait i i'm i've i'd i'll we we're we've you you're you've hang hold actually can could let "
        "look listen because or maybe just if how why what no stop don't"
    )
)
"""First words of those who want the floor.

AMI: of short starts under the other's speech that begin so, two in three break off or lead on (`fra`, `stl`); of
others, one in four.
"""
