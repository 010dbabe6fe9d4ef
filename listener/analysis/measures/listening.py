"""One partner's part as a listener: the stretches that count, what was said in them, and what came before."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from listener.analysis.behaviours.text import stems_of, words_of
from listener.analysis.conversation import Conversation
from listener.analysis.reasons import Reason
from listener.domain.practice import Role
from listener.domain.report import Evidence
from listener.domain.span import Ms, Span, intersection, merged, total_ms
from listener.domain.speech import BehaviourLabel, PartnerId, Utterance, other

LONGEST_UTTERANCE_MS: Ms = 120_000
"""Utterances that began longer before a moment are not looked through for its quote."""

CONTENT_WORDS = 3
"""So many words say something even where none of them is a content word; the project's own choice."""

QUOTE_CHARACTERS = 160
"""Longer quotes end with an ellipsis."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """What one partner said until the other said something; listener responses do not end it."""

    partner: PartnerId
    utterances: tuple[Utterance, ...]

    @property
    def text(self) -> str:
        return " ".join(utterance.text for utterance in self.utterances)


@dataclass(frozen=True, slots=True)
class Listening:
    """The conversation seen from one partner as listener; `windows` are the spans in which they are scored as such."""

    conversation: Conversation
    listener: PartnerId
    windows: tuple[Span, ...]

    @property
    def partner(self) -> PartnerId:
        return other(self.listener)

    def counts(self, span: Span) -> bool:
        """Whether the middle of the span lies in a stretch where the listener is not in the speaker's role."""
        return any(window.contains(span.middle) for window in self.windows)

    def speech_ms(self, partner: PartnerId, within: Iterable[Span] | None = None) -> Ms:
        """Milliseconds of a partner's speech in the windows, or in other given spans."""
        spans = merged(ipu.span for ipu in self.conversation.speech if ipu.partner == partner)
        return total_ms(intersection(spans, list(self.windows if within is None else within)))

    def said(self, everywhere: bool = False) -> tuple[Utterance, ...]:
        """The listener's utterances in time order without mere listener responses, in the windows or everywhere."""
        mine = (u for u in self.conversation.utterances if u.partner == self.listener and has_content(u))
        return tuple(sorted((u for u in mine if everywhere or self.counts(u.span)), key=lambda u: u.span))

    def stretches(self) -> list[Stretch]:
        """What both said in time order, by who said it."""
        groups: list[list[Utterance]] = []
        for utterance in sorted(filter(has_content, self.conversation.utterances), key=lambda u: u.span):
            if groups and groups[-1][0].partner == utterance.partner:
                groups[-1].append(utterance)
            else:
                groups.append([utterance])
        return [Stretch(group[0].partner, tuple(group)) for group in groups]

    def quote(self, partner: PartnerId, span: Span) -> str:
        """What the partner said in the span, empty without words."""
        if not self.conversation.has_words:
            return ""
        utterances = self.conversation.utterances
        ending = bisect_left(utterances, span.start - LONGEST_UTTERANCE_MS, key=lambda u: u.span.start)
        after = bisect_left(utterances, span.end, key=lambda u: u.span.start)
        said = (u for u in utterances[ending:after] if u.partner == partner and u.span.overlap_ms(span) > 0)
        return shortened(" ".join(u.text for u in said))

    def heard(self, span: Span, reason: Reason, partner: PartnerId | None = None) -> Evidence:
        """A moment in the sound, quoting the listener or the partner named."""
        return Evidence(span, self.quote(partner or self.listener, span), reason.value)


def listening(conversation: Conversation, listener: PartnerId) -> Listening:
    """The listener's part; where no role is given the partner counts as both speaker and listener."""
    blocked = [role.span for role in conversation.roles if role.roles.get(listener) is Role.SPEAKER]
    ends = [ipu.span.end for ipu in conversation.speech] + [each.span.end for each in conversation.utterances]
    horizon = max([conversation.duration_ms, *ends]) + 1
    return Listening(conversation, listener, tuple(uncovered(blocked, horizon)))


def uncovered(spans: Iterable[Span], until: Ms) -> list[Span]:
    """What the spans leave free from the start to `until`, in order."""
    free: list[Span] = []
    start = 0
    for span in merged(spans):
        if start < min(span.start, until):
            free.append(Span(start, min(span.start, until)))
        start = max(start, span.end)
    if start < until:
        free.append(Span(start, until))
    return free


def has_content(utterance: Utterance) -> bool:
    """Whether the utterance is more than a listener response or a filler; one without any label is by its words."""
    labels = {behaviour.label for behaviour in utterance.behaviours if utterance.shows(behaviour.label)}
    return bool(labels - {BehaviourLabel.BACKCHANNEL}) if labels else _says_something(utterance.text)


@lru_cache(maxsize=8192)
def _says_something(text: str) -> bool:
    words = words_of(text)
    return len(words) >= CONTENT_WORDS or bool(stems_of(words))


def told(utterance: Utterance, reason: Reason) -> Evidence:
    """A moment in the words."""
    return Evidence(utterance.span, shortened(utterance.text), reason.value)


def shortened(text: str) -> str:
    """The text on one line, cut at a word where it is long."""
    text = " ".join(text.split())
    if len(text) <= QUOTE_CHARACTERS:
        return text
    return text[:QUOTE_CHARACTERS].rsplit(" ", 1)[0].rstrip(",;:") + " …"
