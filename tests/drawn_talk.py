"""Conversations for tests: words written as `A: text` lines, sound drawn as `"####..##"` over `"..####.."`."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from itertools import groupby, pairwise

from listener.analysis.behaviours import RuleBehaviours
from listener.analysis.conversation import Conversation
from listener.domain.floor import FloorTransfer, Overlap, Turn
from listener.domain.practice import RoleSpan
from listener.domain.span import Ms, Span
from listener.domain.speech import Behaviour, BehaviourLabel, Ipu, PartnerId, Utterance

LINE_MS: Ms = 4_000
PAUSE_MS: Ms = 500

GOOD = """
A: I had such an awful day, I feel really worn out and sad.
B: That sounds exhausting. You feel worn out and sad.
A: Yes. My boss ignored me in the meeting, I was so embarrassed.
B: It makes sense that you were embarrassed. What was the worst part for you?
A: That nobody said anything. I felt alone.
B: So you felt alone in front of all of them.
A: Exactly, I'm scared it will happen again.
B: I'm here for you. I'll cook tonight and then we can talk about the meeting.
A: Thank you, that means a lot to me.
"""
POOR = """
A: I had such an awful day, I feel really worn out and sad.
B: You're too sensitive. Just ignore it.
A: My boss ignored me in the meeting, I was so embarrassed.
B: It's not a big deal. You should look for another job.
A: Nobody said anything. I felt alone.
B: You always make such a drama out of everything.
A: I'm scared it will happen again.
B: Get over it. Anyway, did you feed the cat?
A: Fine.
"""


def utterances(text: str) -> list[Utterance]:
    """One utterance a line, one after the other, without behaviours."""
    result: list[Utterance] = []
    for line in text.strip().splitlines():
        who, _, said = line.strip().partition(": ")
        start = len(result) * (LINE_MS + PAUSE_MS)
        result.append(Utterance("A" if who == "A" else "B", Span(start, start + LINE_MS), said))
    return result


def labels(text: str) -> list[set[str]]:
    """What the rules find in each line."""
    return [{b.label.value for b in found} for found in RuleBehaviours().label(utterances(text))]


def labelled(text: str) -> tuple[Utterance, ...]:
    """The lines with the behaviours that the rules find."""
    said = utterances(text)
    return tuple(dataclasses.replace(u, behaviours=b) for u, b in zip(said, RuleBehaviours().label(said), strict=True))


def shown(utterance: Utterance, *found: BehaviourLabel) -> Utterance:
    """The utterance with the given behaviours instead of what the rules find."""
    return dataclasses.replace(utterance, behaviours=tuple(Behaviour(label, 0.9) for label in found))


def talk(said: Sequence[Utterance], roles: tuple[RoleSpan, ...] = (), has_words: bool = True) -> Conversation:
    """The conversation of utterances that follow one another: a turn for every change of speaker, no overlap."""
    turns: list[Turn] = []
    for partner, group in groupby(said, key=lambda u: u.partner):
        spoken = list(group)
        turns.append(Turn(partner, Span(spoken[0].span.start, spoken[-1].span.end)))
    transfers = [
        FloorTransfer(later.partner, later.span.start, later.span.start - earlier.span.end)
        for earlier, later in pairwise(turns)
    ]
    speech = tuple(Ipu(u.partner, u.span) for u in said)
    end = max((u.span.end for u in said), default=0)
    return Conversation(speech, tuple(turns), tuple(transfers), (), tuple(said), roles, end, has_words)


def drawn(a: str, b: str, step_ms: Ms, overlaps: tuple[Overlap, ...] = ()) -> Conversation:
    """Sound only: `#` is speech, each character `step_ms`; turns are the drawn stretches, transfers between them."""
    speech = sorted([*_stretches("A", a, step_ms), *_stretches("B", b, step_ms)], key=lambda ipu: ipu.span)
    turns = tuple(Turn(ipu.partner, ipu.span) for ipu in speech)
    transfers = tuple(
        FloorTransfer(later.partner, later.span.start, later.span.start - earlier.span.end)
        for earlier, later in pairwise(turns)
        if earlier.partner != later.partner
    )
    duration = max(len(a), len(b)) * step_ms
    return Conversation(tuple(speech), turns, transfers, overlaps, (), (), duration, has_words=False)


def _stretches(partner: PartnerId, picture: str, step_ms: Ms) -> list[Ipu]:
    result: list[Ipu] = []
    at = 0
    for mark, group in groupby(picture):
        size = len(list(group))
        if mark == "#":
            result.append(Ipu(partner, Span(at * step_ms, (at + size) * step_ms)))
        at += size
    return result
