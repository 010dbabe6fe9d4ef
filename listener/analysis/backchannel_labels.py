"""The utterance label `backchannel` where times are known: as the floor has it, not as the words alone have it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from listener.analysis.behaviours.responses import response_of
from listener.domain.floor import Overlap, OverlapKind
from listener.domain.span import Ms, Span
from listener.domain.speech import PARTNERS, Behaviour, BehaviourLabel, PartnerId, Utterance


def as_on_the_floor(
    utterances: Sequence[Utterance], overlaps: Sequence[Overlap], alone_ms: Ms
) -> tuple[Utterance, ...]:
    """The utterances, in order of start, with `backchannel` where an event says so and nowhere that one denies it.

    "Yeah" with the partner's own talk within `alone_ms` only opens or closes that talk and loses the label.
    """
    events = {p: [o for o in overlaps if o.incomer == p] for p in PARTNERS}
    talk = {p: [u.span for u in utterances if u.partner == p and response_of(u.text) is None] for p in PARTNERS}
    return tuple(_agreed(utterance, events, talk, alone_ms) for utterance in utterances)


def _agreed(
    utterance: Utterance, events: dict[PartnerId, list[Overlap]], talk: dict[PartnerId, list[Span]], alone_ms: Ms
) -> Utterance:
    span, label = utterance.span, BehaviourLabel.BACKCHANNEL
    labelled = utterance.shows(label)
    if not labelled and response_of(utterance.text) is None:
        return utterance
    here = [event for event in events[utterance.partner] if event.span.overlap_ms(span)]
    event = next((event for event in here if event.kind is OverlapKind.BACKCHANNEL), None)
    others = tuple(b for b in utterance.behaviours if b.label is not label)
    if event is not None:
        heard = Behaviour(label, round(max(0.5, event.confidence), 2))
        added = tuple(sorted((*others, heard), key=lambda b: b.label.value))
        return utterance if labelled else replace(utterance, behaviours=added)
    near = Span(max(0, span.start - alone_ms), span.end + alone_ms)
    goes_on = any(own.overlap_ms(near) for own in talk[utterance.partner] if own != span)
    return replace(utterance, behaviours=others) if labelled and (here or goes_on) else utterance


__all__ = ["as_on_the_floor"]
