"""A conversation as the machine found it and as people corrected it, and how far they agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from listener.analysis.backchannel_labels import as_on_the_floor
from listener.analysis.corrections import Corrections, moment_of
from listener.analysis.floor import Floor, FloorParameters, WordedParameters, take_floor
from listener.analysis.judgements import Key, agreements, anchored, decided, key_of, standing
from listener.analysis.said import SaidWords
from listener.app.heard import Heard
from listener.domain.review import ABSENT, NOTHING, PRESENT, Judged, Judgement, Moment, Review
from listener.domain.speech import Utterance


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation as the machine found it, or as people corrected it."""

    heard: Heard
    floor: Floor
    utterances: tuple[Utterance, ...]

    def moments(self) -> tuple[Moment, ...]:
        """Everything in it that can be judged."""
        return (*map(moment_of, self.floor.overlaps), *map(moment_of, self.utterances))

    def value(self, key: Key) -> str | None:
        """What it has for a thing that is judged; None where it has no such moment."""
        moment, aspect, label = key
        if aspect == "event":
            return next((o.kind.value for o in self.floor.overlaps if moment_of(o) == moment), None)
        spoken = [u for u in self.utterances if u.span == moment.span]
        if aspect == "speaker":
            return next((u.partner for u in spoken), None)
        if label is None:
            return ""
        return next((PRESENT if u.shows(label) else ABSENT for u in spoken), None)


def corrected(heard: Heard, by: Corrections, by_timing: FloorParameters, by_words: WordedParameters) -> Talk:
    """The conversation with the corrections in it; without any, as the machine found it."""
    utterances = by.utterances(heard.utterances)
    speech = by.speech(heard.speech, heard.utterances)
    said = SaidWords(utterances) if heard.has_words else None
    floor = take_floor(speech, by_timing, heard.two_at_once, said, by_words)
    floor = replace(floor, overlaps=by.overlaps(floor.overlaps))
    utterances = by.behaviours(as_on_the_floor(utterances, floor.overlaps, by_timing.alone_ms))
    voices = by.voices(heard.voices) if heard.voices else None
    return Talk(replace(heard, speech=speech, voices=voices), floor, utterances)


def reviewed(
    heard: Heard, judgements: Sequence[Judgement], by_timing: FloorParameters, by_words: WordedParameters
) -> tuple[Talk, Review | None]:
    """The conversation as people corrected it, with what they said; as the machine found it where nobody said a thing.

    Judgements of an earlier analysis follow their moments to where this one has them.
    """
    machine = corrected(heard, Corrections({}), by_timing, by_words)
    said = standing(anchored(judgements, machine.moments()))
    if not said:
        return machine, None
    talk = corrected(heard, Corrections(decided(said)), by_timing, by_words)
    judged = tuple(_judged(judgement, machine, talk) for judgement in said)
    return talk, Review(judged, agreements(said, machine.value))


def _judged(judgement: Judgement, machine: Talk, talk: Talk) -> Judged:
    """A judgement beside what the machine had found; it counts where the conversation has it so now."""
    if judgement.aspect == "note":
        return Judged(judgement, "", True)
    key = key_of(judgement)
    found, now = machine.value(key), talk.value(key)
    known = found is not None or now is not None
    return Judged(judgement, found or NOTHING, known and (now or NOTHING) == judgement.value)
