"""Kinds of incoming speech where its words are known: they correct what timing alone would say.

A stretch made of response words only is never an interruption of any kind; a short one of other words is no
backchannel.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from listener.analysis.behaviours.lexicon import CLAIMS
from listener.analysis.behaviours.responses import Response, can_answer, response_of, spoken
from listener.analysis.behaviours.text import stems_of, words_of
from listener.analysis.overlap import FloorParameters, Spurt, alone, minor
from listener.analysis.said import SaidWords
from listener.domain.floor import Overlap, OverlapKind
from listener.domain.span import Ms, Span
from listener.domain.speech import PartnerId, other

SURE = {Response.SOUND: 0.9, Response.YES: 0.7, Response.RECEIPT: 0.5, Response.AGREEMENT: 0.8}
"""Confidence by the words, 0.5 at least.

From how often AMI's annotators called such stretches `bck` in the meetings tuned on: sounds .86, yes .66, receipts .44
(the rest are agreement, `ass`, in the same words), agreement .15.
"""


@dataclass(frozen=True, slots=True)
class WordedParameters:
    """When words decide and what they then ask of the timing; tuned on AMI's `bck` acts. Times in ms.

    sure: mean probability, 0 to 1, from which words count; hand-made transcripts have 1.
    certain: the same for words that take a backchannel away: out of a murmur transcribers make words, so only those
    that were written by hand do.
    cover: share of a stretch of speech that its words must cover; of less, too much was not transcribed.
    response_ms: longest stretch of response words that can be a backchannel ("yeah yeah, okay" is longer than "mm-hm").
    sound_near_ms: the holder must speak within this time before or after a mere sound ("mm-hm").
    yes_near_ms: the holder must have spoken, and go on speaking, within this time of a "yeah". For other responses
    ("okay", "oh wow") the time without words holds.
    joined: share of the incomer's content words that the holder also says, from which both say it together.
    joined_words: longest stretch, in words, that counts as said together or supplied.
    repeat_ms: the holder takes up a completion within this time of its end.
    """

    sure: float = 0.5
    certain: float = 0.99
    cover: float = 0.5
    response_ms: Ms = 2500
    sound_near_ms: Ms = 1000
    yes_near_ms: Ms = 1500
    joined: float = 0.5
    joined_words: int = 6
    repeat_ms: Ms = 1500


BY_WORDS = WordedParameters()


@dataclass(frozen=True, slots=True)
class WordedKinds:
    """Decides stretches by words and timing; `said` holds the words of the whole conversation."""

    said: SaidWords
    floor: FloorParameters
    parameters: WordedParameters

    def _text(self, partner: PartnerId, span: Span) -> str | None:
        return self.said.within(partner, span, self.parameters.sure, self.parameters.cover)

    def _is_certain(self, spurt: Spurt) -> bool:
        parameters = self.parameters
        return self.said.within(spurt.partner, spurt.span, parameters.certain, parameters.cover) is not None

    def responds(self, spurt: Spurt) -> bool:
        """Whether a stretch is known to consist of response words only."""
        text = self._text(spurt.partner, spurt.span)
        return text is not None and response_of(text) is not None

    def minor(self, spurt: Spurt, theirs: list[Span], own_talk: list[Span]) -> Overlap | None:
        """What a stretch is that does not claim the floor, None where it does; `theirs`, `own_talk` as in `overlap`."""
        by_timing = minor(spurt, theirs, own_talk, self.floor)
        text = self._text(spurt.partner, spurt.span)
        if text is None:
            return by_timing
        response = response_of(text)
        if response is not None:
            return self._response(spurt, theirs, own_talk, text, response)
        if by_timing is None:
            return None
        if by_timing.kind is OverlapKind.BACKCHANNEL:
            return self._short(by_timing, theirs, text) if self._is_certain(spurt) else by_timing
        joins = self._joins(spurt.span, by_timing, text)
        return _as(by_timing, OverlapKind.COOPERATIVE) if joins else by_timing

    def takeover(self, found: Overlap, earlier: Spurt, later: Spurt) -> Overlap:
        """What timing found for the passage from a stretch to the next, corrected by the words of both."""
        if found.kind is OverlapKind.TERMINAL:
            return found
        if self.responds(earlier):
            return _as(found, OverlapKind.TERMINAL)
        text = self._text(found.incomer, later.span)
        if text is None or not (response_of(text) or self._joins(later.span, found, text)):
            return found
        return _as(found, OverlapKind.COOPERATIVE)

    def _response(
        self, spurt: Spurt, theirs: list[Span], own_talk: list[Span], text: str, response: Response
    ) -> Overlap | None:
        """A backchannel, or agreement, where the holder is near, goes on and did not ask; else an answer or a turn."""
        span, holder, limits = spurt.span, other(spurt.partner), self.parameters
        silent_before, silent_after = _silences(span, theirs)
        if response is Response.SOUND:
            near = min(silent_before, silent_after) <= limits.sound_near_ms
        else:
            reach = limits.yes_near_ms if response is Response.YES else self.floor.holder_near_ms
            near = max(silent_before, silent_after) <= reach
        if not near or span.duration_ms > limits.response_ms or not alone(span, own_talk, self.floor.alone_ms):
            return None
        if can_answer(text) and self.said.asked(holder, span.start):
            return None
        kind = OverlapKind.COOPERATIVE if response is Response.AGREEMENT else OverlapKind.BACKCHANNEL
        return Overlap(span, holder, spurt.partner, kind, SURE[response])

    def _short(self, found: Overlap, theirs: list[Span], text: str) -> Overlap | None:
        """A short stretch of other words while the holder goes on: cut off, or supplied; in a pause it is a turn."""
        through = sum(s.overlap_ms(found.span) for s in theirs) / found.span.duration_ms
        if through < self.floor.talked_through:
            return None
        claims = spoken(text)[0] in CLAIMS if spoken(text) else False
        return _as(found, OverlapKind.ATTEMPTED_INTERRUPTION if claims else OverlapKind.COOPERATIVE)

    def _joins(self, span: Span, found: Overlap, text: str) -> bool:
        """Whether the holder says the same at the same time (in chorus), or takes up what the incomer supplies."""
        words = words_of(text)
        if not 0 < len(words) <= self.parameters.joined_words:
            return False
        theirs = self.said.between(found.holder, span.start, span.end + self.parameters.repeat_ms)
        stems = stems_of(words)
        return bool(stems) and len(stems & stems_of(words_of(theirs))) >= self.parameters.joined * len(stems)


def _silences(span: Span, theirs: list[Span]) -> tuple[float, float]:
    """How long the other is silent before a stretch starts and after it ends; 0 while they speak."""
    started = bisect_left(theirs, span.start, key=lambda s: s.start)
    ended = bisect_left(theirs, span.end, key=lambda s: s.end)
    before = span.start - theirs[started - 1].end if started else float("inf")
    if ended and theirs[ended - 1].end > span.end:
        return max(0, before), 0
    return max(0, before), theirs[ended].start - span.end if ended < len(theirs) else float("inf")


def _as(found: Overlap, kind: OverlapKind) -> Overlap:
    return Overlap(found.span, found.holder, found.incomer, kind, found.confidence)
