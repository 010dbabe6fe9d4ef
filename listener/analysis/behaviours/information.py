"""Information told as a matter of fact: talk of how things are for people, neither "I" nor "you"."""

from __future__ import annotations

from collections.abc import Sequence

from listener.analysis.behaviours.context import phrase
from listener.analysis.behaviours.text import Sentence

MATTER_OF_FACT = 0.75

TOLD_WORDS, SENTENCE_WORDS = 10, 6
"""So many words in all, in sentences of at least so many, tell something; fewer are a remark."""

_PARTNERS = phrase(r"you|your|you're|you've|you'd|yours|i|i'm|i've|i'd|i'll|you'll|my|me")
_FACTS = phrase(
    r"recommend\w*|research|study|studies|evidence|(?:some|many|most|a lot of|other) (?:people|patients|folks)|"
    r"people (?:who|find|often|do|can)|patients?|medications?|medicines?|risks?|symptoms?|withdrawal|nicotine|"
    r"health\w*|percent|for example|"
    r"guidelines|usually|typically|available|programs?|services?|products?|average|causes?|"
    r"caused|leads? to|increases?|reduces?|contribut\w+|effects?|damage|dangerous|important (?:that|to|for)|"
    r"we (?:offer|recommend|usually|typically|find that|know that)"
)


def information(sentences: Sequence[Sentence]) -> float:
    """Strength of plain information in an utterance, 0 where it is about the partners themselves."""
    told = [each for each in sentences if not each.asks]
    apart = sum(each.size for each in told if each.size >= SENTENCE_WORDS and not _PARTNERS.search(each.plain))
    facts = any(_FACTS.search(each.plain) for each in told)
    return MATTER_OF_FACT if apart >= TOLD_WORDS and facts else 0.0
