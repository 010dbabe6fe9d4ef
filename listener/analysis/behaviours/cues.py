"""Wordings that hint at a behaviour without deciding it: the learned heads weigh them, the rules do not use them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from listener.analysis.behaviours.context import phrase
from listener.analysis.behaviours.lexicon import FEELING_ADJECTIVES

_FEEL = "|".join(sorted(FEELING_ADJECTIVES))

_WORDINGS: Mapping[str, tuple[str, ...]] = {
    "reflection": (
        r"^(?:so|and|but)? ?(?:it's|it is|it was|it wasn't|it's not|that's|there's|it's like|and it)",
        r"^(?:so|and so) (?:you|it|he|she|they|the|that|there|part)",
        r"you(?:'re| were| are|'d| felt| feel| wanted| want| needed| need|'ve)",
        r"^(?:you|and you|so you|but you|you're|like you)",
        r"it's (?:less|more) (?:about|the)|not (?:so much|really about|just)|isn't (?:about|the)|"
        r"wasn't (?:about|the|really)",
        r"(?:sounds|seems|feels|felt) like",
        r"part of you|underneath|what i(?:'m| am) hearing|you(?:'re| are) saying",
        r"rather than|instead of|more than anything|on top of|at the same time|nobody|no one|like nobody",
        rf"you .*(?:{_FEEL})",
    ),
    "validation": (
        r"makes? (?:\w+ ){0,3}sense",
        r"(?:anyone|anybody|everyone|most people|who) (?:would|would've|'d|wouldn't)",
        r"of course|no wonder|fair enough|that's fair|seems fair|it's fair|not (?:stupid|silly|daft|crazy|mad|"
        r"wrong|nothing|petty)",
        r"(?:every|a|any|got the|have the) right|you're right|you were right|i don't blame you|can't blame you",
        r"i (?:can|do|could|totally|completely|absolutely|really)? ?(?:see|get|understand|hear) (?:why|how|"
        r"that|it|you|what|where)",
        r"(?:that's|that is|it's|that was|that'd|that would|that must|that sounds) (?:\w+ ){0,2}(?:hard|rough|awful|"
        r"horrible|tough|a lot|heavy|rotten|lonely|scary|unfair|painful|brutal|natural|normal|human|"
        r"understandable|reasonable|real)",
        r"you(?:'re| are) allowed|allowed to|okay to|it's okay that|how could (?:it|you) not|why wouldn't you|"
        r"wouldn't be human",
        r"i(?:'d| would) (?:feel|be|have been|have felt) (?:the same|too|as well|just as)",
    ),
    "support": (
        r"i'm (?:right )?(?:here|with you|not going anywhere|on your side|behind you)|i've got you|i got you|"
        r"got your back",
        r"i'll (?:come|go|drive|take|do|make|call|ring|pick|stay|sit|get|handle|cover|hold|be|help|watch|have|"
        r"cook|run|bring)",
        r"(?:do you )?want me to|shall i|can i (?:help|do|get|take|make|come)|let me|would it help|"
        r"what do you need|anything i can",
        r"with you|for you|together|we'll (?:figure|get through|manage|sort|do)|take your time|as long as you|"
        r"come here",
        r"you don't have to|lean on|rest|sit down|leave it (?:to|with) me|give me the|hand me",
    ),
    "affirmation": (
        r"proud|brave|guts|courage|strong|tough|good (?:man|woman|mum|mom|dad|father|mother|son|daughter|"
        r"person|wife|husband|"
        r"friend|teacher|nurse)|patient|clever|amazing|incredible|heroic|brilliant|impressive|kind of you",
        r"you (?:still|kept|keep|did|managed|handled|built|held|showed|stood|got|made|carried|raised|worked|"
        r"stayed|stuck|"
        r"pulled|found|went|told|said|asked|tried)",
        r"(?:that|this|it) (?:takes|took|was you|is you)|nobody (?:else )?(?:could|would|does|did)|"
        r"not (?:many|everyone|everybody)|"
        r"most people (?:would|wouldn't|couldn't)",
        r"you're (?:so|really|such a|the|a|good|great|better|doing)|you've (?:been|got|done|always|worked|never)",
        r"well done|good for you|look at you|hats off|i admire|i respect|credit",
    ),
    "appreciation": (
        r"thank(?:s| you)|grateful|appreciate|means (?:a lot|the world|so much|everything)",
        r"i (?:love|loved|like|liked) (?:that|how|it when|when|you|the way|being)",
        r"(?:glad|lucky|happy|so nice|lovely) (?:\w+ ){0,3}(?:you|of you|to have|i've got)|bless you|"
        r"you always (?:make|know|remember)",
        r"(?:couldn't|wouldn't|can't) (?:have|do|imagine) .*without",
        r"(?:made|makes) (?:me|my) (?:\w+ )?(?:laugh|smile|day|week|happy|feel)|best (?:thing|part|bit)",
    ),
    "apology": (
        r"(?:i'm|i am|i was|we're) (?:\w+ ){0,2}sorry|^sorry|my fault|my bad|forgive|apologi[sz]e|apology|"
        r"that was (?:wrong|unfair|"
        r"out of order|mean) of me",
        r"sorry (?:that )?(?:you|if|your)|sorry but|not sorry|sorry what",
        r"i (?:shouldn't|should not|should've|should have|was wrong|messed|screwed|let you down|snapped|"
        r"hurt you|forgot|lied|was out)",
    ),
    "advice": (
        r"you (?:should|could|need to|ought|want to|might|can|have to|gotta|'ve got to|better|must)|"
        r"you'd (?:better|be better)",
        r"why (?:don't|not)|have you (?:tried|thought|considered|asked|looked)|if (?:i was|i were|it was|"
        r"it were) (?:you|me)|i'd (?:just|"
        r"go|tell|ask|call|talk|get|say|ring|leave|write|take)",
        r"^(?:just|well just|so just|then|maybe|try|go|call|tell|ask|get|put|write|talk|take|stop|ring|leave|"
        r"don't|start|look|give|"
        r"let|say|make|keep|set|find|sleep|eat|email|book)",
        r"how about|what about|what if you|the thing to do|best thing|worth (?:a|\w+ing)|i suggest|"
        r"i recommend|my advice|trick is",
        r"he said|she said|they said|told me|said i should|tells me",
    ),
    "judgement": (
        r"you(?:'re| are| were| look| sound|'ve become|'re being) (?:\w+ ){0,3}(?:ridiculous|dramatic|"
        r"sensitive|selfish|lazy|paranoid|"
        r"crazy|childish|cold|mean|silly|stupid|jealous|needy|weak|rude|pathetic|spoiled|spoilt|martyr|"
        r"impossible|unreasonable|"
        r"embarrassing|insecure|immature|controlling|obsessed|stubborn|a child|like a)",
        r"(?:that's|that is|it's|that was|how) (?:\w+ ){0,2}(?:ridiculous|stupid|pathetic|childish|mean|gross|"
        r"sick|disgusting|crazy|"
        r"insane|weak|weird|dumb|daft|nonsense|selfish|rubbish|petty|low|cheap|sad|mental|rich|lazy|"
        r"embarrassing|not normal)",
        r"i (?:feel|think) (?:that |like )?you(?:'re| are| just| like| have| don't)",
        r"overreact|exaggerat|grow up|a bit much|too much|for god's sake|what kind of|who does that|"
        r"normal people|a grown (?:man|woman)",
        r"wrong with you|honestly you|see this is|typical",
    ),
    "blame": (
        r"you (?:always|never|just|only|constantly|keep|don't even|didn't even|never even|can't even|"
        r"couldn't even|won't even)",
        r"because of you|your fault|you made me|you make me|you're the (?:one|reason)|if you (?:had|hadn't|'d|"
        r"weren't|didn't|would)|"
        r"thanks to you|you started|you promised|you said you|on you|down to you|you did this",
        r"every (?:single )?time|once again|yet again|not once|one time|for once|never (?:once|ever)",
        r"you (?:forgot|left|didn't|don't|won't|wouldn't|lost|broke|spent|told|ruined|wasted|walked|went|let|"
        r"took|missed|chose|had|could have)",
        r"and (?:i'm|i am|i) the one|leaves? me|left me|i'm (?:stuck|left)|i have to do everything|meanwhile|while i",
        r"^(?:so|what) you(?:'re| are| mean| feel)(?: is)?(?: saying)?|you feel (?:that|like)|why (?:do|did|"
        r"are|can't|don't|didn't|would) you",
    ),
    "dismissal": (
        r"whatever|big deal|here we go|who cares|so what|get over|calm down|relax|chill|oh (?:please|come on|"
        r"christ|god|for)|come on",
        r"sorry (?:that )?(?:you|if you|your|it)|poor (?:you|thing|baby|little)|boo hoo|cry me",
        r"it's (?:just|only|not that|nothing|fine|a|one)|that's (?:nothing|just|life|it)|not that bad|"
        r"could be worse|at least|it's not the end",
        r"don't (?:be|start|make|worry|think)|not (?:this|that|now) again|again with|do we have to|can we not|"
        r"not now|not tonight|i'm tired|"
        r"i'm busy|i haven't got time|drop it|leave it|forget it|enough|let it go|moving on",
        r"you'll (?:be fine|live|survive|get over|feel)|happens to everyone|everyone (?:gets|has|does|feels)|"
        r"other people|some people|people have",
        r"^(?:fine|okay|right|yeah|sure|great|good|well|oh|mm|ha)(?: \w+){0,3}$|if you say so|sure you|"
        r"i'm sure|yeah well|that makes total|"
        r"must be (?:so|very|terrible)|how (?:terrible|awful|tragic)",
    ),
    "topic_shift": (
        r"^(?:hey|oh|so|anyway|right|well|ooh|wait|look|listen|okay|hang on)",
        r"did you (?:get|see|hear|feed|call|pay|put|take|remember|move|book|order|buy|lock)|have you (?:seen|"
        r"got|fed|paid)|is that|is there|are there|"
        r"where's|what's for|what time|who's|whose",
        r"by the way|speaking of|that reminds|before i forget|guess what|look at|anyway|on the subject|"
        r"meanwhile|in other news|while (?:i|we)",
        r"dinner|tea|pizza|game|match|telly|tv|show|phone|car|bins|dog|cat|coffee|weather|bread|milk|parcel|"
        r"battery|remote|charger|score",
    ),
    "self_disclosure": (
        r"i (?:was|had|used|remember|grew|never|always|went|didn't|couldn't|spent|started|cried|sat|kept|lost|"
        r"told|wanted|thought|felt|knew)",
        r"when i was|my (?:mum|mom|dad|father|mother|sister|brother|nan|gran|grandma|ex|family|boss|"
        r"whole life|own)|as a kid|growing up",
        r"i've (?:been|never|always|had|got)|i (?:need|want|wish|miss|hate|dream|worry|keep|lie|feel|"
        r"don't know|can't)",
        r"honestly|truth is|to be honest|i never told|i haven't told|part of me|if i'm honest|i guess|i suppose",
    ),
    "feeling_statement": (
        rf"i(?:'m| am| was|'ve been| feel| felt| get| got| been) (?:\w+ ){{0,4}}(?:{_FEEL}|ashamed|lost|small|"
        rf"invisible|sick|numb|done)",
        r"i (?:feel|felt|hate|love|miss|dread|worry|fear|panic|panicked|cried|cry|resent|hurt)|it (?:hurt|"
        r"hurts|stung|scares|scared|kills|frightens)|"
        r"made me|makes me|breaks my|broke my",
        r"i feel (?:that|like) you|you(?:'re| are| feel| felt| were)|(?:he|she|they)(?:'s| was| is|'re|"
        r" were) (?:\w+ ){0,2}(?:upset|angry|sad|scared|hurt)",
    ),
    "perspective_taking": (
        r"if i(?:'d| had| were| was|'d been| was the|'d just)|if (?:it was|it were|that was|somebody|"
        r"someone) (?:me|my)",
        r"(?:in|on) your (?:shoes|place|position|end|side|seat|boots)|from your (?:side|end|chair|point|angle|"
        r"window)|where you(?:'re| are) (?:standing|sitting)",
        r"(?:try|trying|tried) (?:to|and) (?:picture|imagine|think|put|see|feel)|i (?:picture|imagine|"
        r"can imagine|can picture)|when i think (?:how|what|of|about)|"
        r"put myself|thinking what it",
        r"(?:must|can't|might|would|must've) (?:be|have been|feel|have felt|look|be about|seem|have|sound)|"
        r"it'd|i'd (?:be|feel|want|have|go|hate|think|"
        r"not|probably|have been|have wanted)|i (?:would|wouldn't|don't think i'd)",
        r"from my point|my point of view|my side",
    ),
    "commitment": (
        r"i'll|i will|i'm going to|i'm gonna|i promise|i swear|we'll|you have my word|i won't|let's|"
        r"from now on|next time",
        r"tomorrow|tonight|on (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)|next week|"
        r"in the morning|first thing|every (?:day|night|week|"
        r"morning|sunday|friday|saturday|evening)|by (?:friday|monday|the)|after work|before (?:i|bed|work)",
        r"not promising|can't promise|i'll (?:try|think|see|be honest|admit|give you|say|tell you)|maybe i'll|might",
        r"put it in the calendar|deal|you're on|consider it done|leave it with me",
    ),
    "backchannel": (
        r"^(?:\w+ ?){1,2}$",
        r"^(?:mm|mhm|uh huh|yeah|right|okay|oh|wow|no|god|really|sure|huh|ah|hm|i see|i know|jesus|yes|gosh|"
        r"ooh|ouch|yep|exactly|ha|same|true)"
        r"(?: \w+){0,3}$",
    ),
    "information": (
        r"(?:it's|it was|they're|there's|there are|there were|they|he|she|he's|she's|the \w+) (?:\w+ )?(?:at|"
        r"on|in|open|close|closes|opens|said|"
        r"says|called|is|was|are|were|has|had|comes|starts|leaves|costs)",
        r"\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|hundred|o'clock|half|"
        r"quarter|percent|pounds|dollars|miles|minutes",
        r"^(?:the|it's|they|he|she|there's|it was|they're|we've|we|my|your|mum|dad|because)",
        r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)|doctor|hospital|bus|train|bank|"
        r"appointment|letter|school",
    ),
    "open_question": (
        r"^(?:\w+ ){0,3}(?:what|how|why)|tell me|what's|how's|how come|and then|go on|say more|what was|"
        r"what would|what do",
    ),
    "closed_question": (
        r"^(?:\w+ ){0,2}(?:do|did|are|is|was|were|have|has|can|could|will|would|should|who|when|where|which|"
        r"d'you|you|am) ",
        r"(?:do|did|are|is|was|were|have|has|can|could|will|would) (?:you|i|we|it|he|she|they|that|this|there)",
        r"(?:isn't it|aren't you|didn't you|don't you|wasn't it|right|or not|or what|am i|is it|was it|do you|"
        r"eh|huh)$| or ",
    ),
}

CUES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (f"{label} {number}", phrase(wording))
    for label, wordings in _WORDINGS.items()
    for number, wording in enumerate(wordings, 1)
)
"""Named wordings over words in lower case without punctuation; the order is that of the weights."""
