"""From speech to floor: who holds it, how it passes on, and what speech during the other's turn amounts to.

Terms after Heldner & Edlund 2010 (pauses, gaps, floor-transfer offset). Without words everything is decided from
timing alone, so it holds for a report from sound; words, where they are known, correct the kinds of overlap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from listener.analysis.overlap import BY_TIMING, FloorParameters, Spurt, minor, takeover
from listener.analysis.overlap_words import BY_WORDS, WordedKinds, WordedParameters
from listener.analysis.said import SaidWords
from listener.domain.floor import FloorTransfer, Overlap, Turn
from listener.domain.span import Ms, Span, merged
from listener.domain.speech import PARTNERS, Ipu, TwoAtOnce, other


@dataclass(frozen=True, slots=True)
class Floor:
    """Turns in order, the transfers between them, and every stretch of speech inside the other's turn."""

    turns: tuple[Turn, ...]
    transfers: tuple[FloorTransfer, ...]
    overlaps: tuple[Overlap, ...]


def take_floor(
    speech: Sequence[Ipu],
    parameters: FloorParameters = BY_TIMING,
    two_at_once: Sequence[TwoAtOnce] | None = None,
    said: SaidWords | None = None,
    words: WordedParameters = BY_WORDS,
) -> Floor:
    """Turns, floor transfers and overlaps of a conversation's IPUs, each partner's ordered and disjoint.

    `two_at_once`: where both speak, in order, and how surely; without it all overlap of the IPUs is sure.
    `said`: the words, where there are any; without them timing decides. `words`: how they do.
    """
    activity = {p: sorted(ipu.span for ipu in speech if ipu.partner == p) for p in PARTNERS}
    spurts = sorted(
        (Spurt(p, span) for p in PARTNERS for span in merged(activity[p], parameters.spurt_gap_ms - 1)),
        key=lambda s: (s.span, s.partner),
    )
    worded = WordedKinds(said, parameters, words) if said else None
    events: list[Overlap] = []
    major: list[Spurt] = []
    talk = {
        p: [
            s.span
            for s in spurts
            if s.partner == p and s.span.duration_ms > parameters.backchannel_ms and not (worded and worded.responds(s))
        ]
        for p in PARTNERS
    }
    for spurt in spurts:
        theirs, own = activity[other(spurt.partner)], talk[spurt.partner]
        event = worded.minor(spurt, theirs, own) if worded else minor(spurt, theirs, own, parameters)
        if event is None:
            major.append(spurt)
        else:
            events.append(event)
    turns = _turns(major)
    transfers, takeovers = _transfers(major, parameters, two_at_once, worded)
    overlaps = sorted([*events, *takeovers], key=lambda o: (o.span, o.incomer))
    return Floor(tuple(turns), tuple(transfers), tuple(overlaps))


def _turns(major: list[Spurt]) -> list[Turn]:
    """Consecutive floor-claiming stretches of one partner joined into turns."""
    turns: list[Turn] = []
    for spurt in major:
        if turns and turns[-1].partner == spurt.partner:
            turns[-1] = Turn(spurt.partner, Span(turns[-1].span.start, max(turns[-1].span.end, spurt.span.end)))
        else:
            turns.append(Turn(spurt.partner, spurt.span))
    return turns


def _transfers(
    major: list[Spurt],
    parameters: FloorParameters,
    two_at_once: Sequence[TwoAtOnce] | None,
    worded: WordedKinds | None,
) -> tuple[list[FloorTransfer], list[Overlap]]:
    """Where the floor passes from one partner to the other, and what those passages that overlap are."""
    transfers: list[FloorTransfer] = []
    takeovers: list[Overlap] = []
    for at, (earlier, later) in enumerate(pairwise(major), 1):
        if earlier.partner == later.partner:
            continue
        offset = later.span.start - earlier.span.end
        transfers.append(FloorTransfer(later.partner, later.span.start, offset))
        if offset >= 0:
            continue
        if worded:
            whole = Spurt(later.partner, Span(later.span.start, _goes_on_until(major, at, parameters.alone_ms)))
            found = takeover(earlier, whole, parameters, two_at_once)
            takeovers.append(worded.takeover(found, earlier, whole))
        else:
            takeovers.append(takeover(earlier, later, parameters, two_at_once))
    return transfers, takeovers


def _goes_on_until(major: list[Spurt], at: int, pause_ms: Ms) -> Ms:
    """Where the talk ends that starts with stretch number `at`: "yeah" and, within `pause_ms`, "but listen" are one."""
    partner, end = major[at].partner, major[at].span.end
    for spurt in major[at + 1 :]:
        if spurt.span.start >= end + pause_ms:
            break
        if spurt.partner == partner:
            end = max(end, spurt.span.end)
    return end


__all__ = ["Floor", "FloorParameters", "WordedParameters", "take_floor"]
