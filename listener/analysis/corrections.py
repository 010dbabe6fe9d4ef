"""What was found in a conversation, after people corrected it: who spoke, what kind an overlap is, what was done.

A correction changes what it names and what follows from it. Whoever really spoke takes the speech with them, and the
floor is taken anew; the kind of an overlap changes its count, and the turns stay as they were heard.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from listener.analysis.judgements import Key
from listener.domain.floor import Overlap, OverlapKind
from listener.domain.review import NOTHING, PRESENT, Moment
from listener.domain.span import Span, intersection, merged
from listener.domain.speech import PARTNERS, Behaviour, BehaviourLabel, Ipu, PartnerId, Utterance, other
from listener.domain.voice import Voices

SURE = 1.0
"""The confidence of what a person decided."""


@dataclass(frozen=True, slots=True)
class Corrections:
    """The decisions of people, looked up by what the machine had found."""

    decided: Mapping[Key, str]

    @property
    def moved(self) -> tuple[Moment, ...]:
        """Utterances that the other partner spoke, as the machine had them."""
        found = (key[0] for key, value in self.decided.items() if key[1] == "speaker" and value != key[0].partner)
        return tuple(sorted(found))

    def utterances(self, found: Iterable[Utterance]) -> tuple[Utterance, ...]:
        """The utterances, each with whoever spoke it, in order."""
        moved = set(self.moved)
        spoken = (replace(u, partner=other(u.partner)) if moment_of(u) in moved else u for u in found)
        return tuple(sorted(spoken, key=lambda u: (u.span, u.partner)))

    def speech(self, found: Sequence[Ipu], utterances: Sequence[Utterance]) -> tuple[Ipu, ...]:
        """The speech, each stretch with whoever spoke it; `utterances` as the machine had them."""
        if not self.moved:
            return tuple(found)
        spans: dict[PartnerId, list[Span]] = {p: [] for p in PARTNERS}
        for ipu in found:
            for partner, span in self._owners(ipu, utterances):
                spans[partner].append(span)
        owned = (Ipu(p, span) for p in PARTNERS for span in merged(spans[p]))
        return tuple(sorted(owned, key=lambda ipu: (ipu.span, ipu.partner)))

    def voices(self, found: Voices) -> Voices:
        """The voices' stretches, each with whoever spoke it."""
        moved = self.moved
        stretches = (
            replace(s, partner=other(s.partner))
            if any(m.partner == s.partner and m.span.contains(s.span.middle) for m in moved)
            else s
            for s in found.stretches
        )
        return replace(found, stretches=tuple(stretches))

    def overlaps(self, found: Iterable[Overlap]) -> tuple[Overlap, ...]:
        """The overlaps with their kinds as decided; those that were none are gone."""
        result = []
        for overlap in found:
            kind = self.decided.get((moment_of(overlap), "event", None))
            if kind is None:
                result.append(overlap)
            elif kind != NOTHING:
                result.append(replace(overlap, kind=OverlapKind(kind), confidence=SURE))
        return tuple(result)

    def behaviours(self, found: Iterable[Utterance]) -> tuple[Utterance, ...]:
        """The utterances, corrected as to who spoke them, with the behaviours as decided."""
        moved = set(self.moved)
        return tuple(self._behaved(utterance, moved) for utterance in found)

    def _behaved(self, utterance: Utterance, moved: set[Moment]) -> Utterance:
        before = Moment(utterance.span, "utterance", other(utterance.partner))
        moment = before if before in moved else moment_of(utterance)
        said: dict[BehaviourLabel, str] = {
            label: value
            for (about, aspect, label), value in self.decided.items()
            if about == moment and aspect == "behaviour" and label is not None
        }
        if not said:
            return utterance
        kept = [b for b in utterance.behaviours if b.label not in said]
        kept += [Behaviour(label, SURE) for label, value in said.items() if value == PRESENT]
        return replace(utterance, behaviours=tuple(sorted(kept, key=lambda b: b.label.value)))

    def _owners(self, ipu: Ipu, utterances: Sequence[Utterance]) -> list[tuple[PartnerId, Span]]:
        """A stretch, or its parts, with whoever spoke them: whole where nothing else was said in it."""
        moved = merged(m.span for m in self.moved if m.partner == ipu.partner)
        theirs = intersection([ipu.span], moved)
        if not theirs:
            return [(ipu.partner, ipu.span)]
        away = set(self.moved)
        kept = merged(u.span for u in utterances if u.partner == ipu.partner and moment_of(u) not in away)
        if not intersection([ipu.span], kept):
            return [(other(ipu.partner), ipu.span)]
        return [(other(ipu.partner), span) for span in theirs] + [
            (ipu.partner, span) for span in _without(ipu.span, theirs)
        ]


def moment_of(found: Overlap | Utterance) -> Moment:
    """How a moment is named that people judge."""
    if isinstance(found, Overlap):
        return Moment(found.span, "overlap", found.incomer)
    return Moment(found.span, "utterance", found.partner)


def _without(span: Span, gone: Sequence[Span]) -> list[Span]:
    """What is left of a span; `gone` lies within it, in order."""
    result, at = [], span.start
    for each in gone:
        if at < each.start:
            result.append(Span(at, each.start))
        at = each.end
    return [*result, Span(at, span.end)] if at < span.end else result
