"""What a sentence answers: the other partner's last words, and what they held."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from listener.analysis.behaviours.text import Sentence
from listener.domain.speech import BehaviourLabel

Found = dict[BehaviourLabel, float]
"""Labels with their probabilities."""


@dataclass(frozen=True, slots=True)
class Context:
    """The other partner's talk before an utterance.

    `last` are the sentences of their last stretch of talk, `stems` its content words and `recent` those of the last few
    stretches; `feeling` says that a feeling was named there, `asked` that their last sentence was a question,
    `reflecting` that the speaker's own reflection goes on, `shifting` that the speaker's own utterance
    before left the topic.
    """

    last: tuple[Sentence, ...] = ()
    stems: frozenset[str] = frozenset()
    recent: frozenset[str] = frozenset()
    feeling: bool = False
    asked: bool = False
    reflecting: bool = False
    shifting: bool = False

    def uptake(self, sentence: Sentence) -> float:
        """Share of the sentence's content words that the partner has just used, 0 to 1."""
        return len(sentence.stems & self.recent) / len(sentence.stems) if sentence.stems else 0.0


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern that makes a label present with a fixed probability, unless `unless` is found too."""

    label: BehaviourLabel
    probability: float
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None = None


def rule(label: BehaviourLabel, probability: float, pattern: str, unless: str | None = None) -> Rule:
    """A rule from patterns over words in lower case, each matched at word boundaries; `~` stands for a few adverbs."""
    return Rule(label, probability, phrase(pattern), None if unless is None else phrase(unless))


def phrase(pattern: str) -> re.Pattern[str]:
    """The compiled pattern; `~ ` allows up to three adverbs in between."""
    adverbs = (
        r"(?:(?:really|just|so|very|too|kind of|sort of|a bit|a little|quite|pretty|also|still|always|actually|do|all|"
        r"only|such|totally|completely|absolutely|honestly|probably|definitely|even|super|rather|truly|being) ){0,3}"
    )
    return re.compile(rf"(?<![\w']){'(?:' + pattern.replace('~ ', adverbs) + ')'}(?![\w'])")


def apply(rules: Iterable[Rule], text: str) -> Found:
    """The labels of every rule that matches, each with its highest probability."""
    found: Found = {}
    for each in rules:
        if each.pattern.search(text) and not (each.unless and each.unless.search(text)):
            found[each.label] = max(found.get(each.label, 0.0), each.probability)
    return found
