"""Who speaks, from one microphone, while the talk goes on: the passes of `one_mic` over what has been heard so far.

Windows of the segmenter lie where they will lie in the final analysis, and one more ends at this moment. The masks of
the last seconds are made anew at each step; voice embeddings are kept by stretch, only the running stretch is embedded
again as it grows. What lies further back than the networks' windows is settled. Windows are always plain here: whether
a room rings is told from a stretch too long to wait for, and the final analysis hears everything again.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from listener.analysis.levels import FRAME_MS, band_levels, runs
from listener.analysis.live_recent import Recent
from listener.analysis.live_speech import STEP_MS, LiveSpeech, Reach, settled_until
from listener.analysis.live_voices import KEPT_MS, NEAR_MS, LiveVoices
from listener.analysis.one_mic import OneMicModels, ipus_of
from listener.analysis.one_mic_parameters import OneMicParameters
from listener.analysis.presence import window_presence, window_weight
from listener.analysis.talk_masks import IPU_PAUSE_MS, single_speaker_spans, talk_masks
from listener.analysis.voices import Stretch
from listener.domain.span import Ms, Span
from listener.domain.speech import Ipu, PartnerId
from listener.ports import SAMPLES_PER_MS, Samples

REACH = Reach(open_ms=20_000, far_ms=16_000, near_ms=11_500)
"""Windows of 10 s, one every 1.25 s: what lies further back the segmenter has said its last about."""

SAME_SHARE = 0.8
"""A stretch that shares this much with one that is embedded has its voice."""

MOST_NEW = 3
"""Embeddings made at a step, beyond those that the new sound calls for: the rest waits for the next step."""

RUNNING_MS: Ms = 100
"""A run that ends this close to now is still going on."""

ONE_VOICE_NOTE = "Only one voice has been heard so far."
LEARNING_NOTE = "Not both voices are enrolled: A is who spoke first. Shares get surer as both talk."

_SOUND_MS: Ms = 40_000
_MARGIN = 8  # frames that a level needs around it, and some
_STEP = FRAME_MS * SAMPLES_PER_MS
_PAD = IPU_PAUSE_MS // FRAME_MS


class OneMicHearing:
    """LiveHearing from one microphone; channels are mixed."""

    def __init__(self, models: OneMicModels, parameters: OneMicParameters) -> None:
        self.speech = LiveSpeech()
        self._models = models
        self._parameters = parameters
        self._voices = LiveVoices(models.voices, parameters.voices)
        self._window = models.segmenter.window_ms // FRAME_MS
        self._weight = window_weight(self._window)
        self._compared = parameters.level_window_ms // FRAME_MS
        self._sound = Recent(1, _SOUND_MS * SAMPLES_PER_MS)
        self._levels = Recent(1, self._compared)
        self._sums = Recent(3, self._compared)  # anyone, two at once, weight
        self._next_window = 0
        self._open_from: Ms = 0
        self._open: list[Stretch] = []
        self._kept: list[tuple[Stretch, PartnerId]] = []
        self._both: list[Span] = []

    @property
    def at_ms(self) -> Ms:
        return self._sound.end // SAMPLES_PER_MS

    @property
    def note(self) -> str:
        if self._voices.enrolled or not (self._kept or self._open):
            return ""
        return LEARNING_NOTE if self._voices.told_apart else ONE_VOICE_NOTE

    def hear(self, samples: Samples) -> None:
        size = STEP_MS * SAMPLES_PER_MS
        for start in range(0, samples.shape[1], size):
            part = samples[:, start : start + size]
            self._sound.append(part.mean(axis=0, keepdims=True))
            self._take_levels()
            self._take_windows()
            self._tell(is_last=start + size >= samples.shape[1], new_ms=part.shape[1] // SAMPLES_PER_MS)

    def sound(self, span: Span) -> Samples:
        return self._sound.part(span.start * SAMPLES_PER_MS, span.end * SAMPLES_PER_MS)

    def strike(self, span: Span) -> None:
        first, last = span.start // FRAME_MS, -(-span.end // FRAME_MS)
        self._sound.blank(span.start * SAMPLES_PER_MS, span.end * SAMPLES_PER_MS)
        self._sums.blank(first, last)
        self._open = [s for s in self._open if not s.span.overlap_ms(span)]
        self._kept = [(s, p) for s, p in self._kept if not s.span.overlap_ms(span)]
        self._both = [both for both in self._both if not both.overlap_ms(span)]
        self.speech.strike(span)

    def _take_levels(self) -> None:
        """Levels up to now; those at the end were taken before their sound was complete and are taken again."""
        first = max(0, self._levels.end - 2 * _MARGIN)
        end = self._sound.end // _STEP
        levels = band_levels([self._sound.part(first * _STEP, end * _STEP)])
        skipped = _MARGIN if first else 0
        if levels.shape[1] > skipped:
            self._levels.write(first + skipped, levels[:, skipped:])

    def _take_windows(self) -> None:
        """The segmenter's windows that are complete by now."""
        hop = self._parameters.hop_ms // FRAME_MS
        while (self._next_window + self._window) * _STEP <= self._sound.end:
            start, end = self._next_window, self._next_window + self._window
            self._sums.write(start, self._sums.part(start, end) + self._seen(start))
            self._next_window += hop

    def _seen(self, start: int) -> NDArray[np.float32]:
        """What a window from frame `start` on adds to the sums, shape (3, frames)."""
        window = self._sound.part(start * _STEP, (start + self._window) * _STEP)[0]
        silent = not window.any()  # a microphone that was gone, a passage that was struck
        presence = np.zeros((2, self._window)) if silent else window_presence(self._models.segmenter, window)
        return np.concatenate([self._weight * presence, self._weight[None]]).astype(np.float32)

    def _tell(self, is_last: bool, new_ms: Ms) -> None:
        """Tell the open speech anew, and settle what has become old."""
        opened = self._open_from // FRAME_MS - max(0, self._levels.end - self._compared)
        single, both = (mask[opened:] for mask in self._masks(is_last))
        spans = [_shifted(span, self._open_from) for span in self._spans(single)]
        self._open = self._embedded(spans, MOST_NEW + new_ms // 300)
        near = [s for s, _ in self._kept if s.span.end > self.at_ms - NEAR_MS]
        owners = self._voices.owners([*near, *self._open])[len(near) :]
        overlaps = [_shifted(Span(a * FRAME_MS, b * FRAME_MS), self._open_from) for a, b in runs(both)]
        self.speech.tell(self._open_from, self._ipus(self._open, owners, overlaps, self._open_from))
        if self._voices.is_due(self.at_ms):
            self._learn(overlaps)
            owners = self._voices.owners([*near, *self._open])[len(near) :]
        self._settle(~(single | both), owners, overlaps)

    def _masks(self, is_last: bool) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Frames of one and of two speakers over the stretch that levels are compared in, up to now."""
        end = self._levels.end
        first = max(0, end - self._compared)
        sums = self._sums.part(first, end)
        start = end - self._window
        if is_last and self._sums.end < end:
            seen = self._seen(start)
            skipped = max(0, first - start)
            sums[:, start + skipped - first :] += seen[:, skipped:]
        known = sums[2] > 0
        presence = np.where(known, sums[:2] / np.maximum(sums[2], 1e-6), 0.0).astype(np.float32)
        return talk_masks(self._levels.part(first, end)[0], (presence[0], presence[1]), self._parameters)

    def _spans(self, single: NDArray[np.bool_]) -> list[Span]:
        """Stretches of one speaker as in the final analysis; a run that goes on is parted evenly from its start."""
        found = runs(single)
        longest = self._parameters.longest_ms
        if not found or (single.size - found[-1][1]) * FRAME_MS > RUNNING_MS:
            return single_speaker_spans(single, longest)
        start, end = found[-1]
        ended = single.copy()
        ended[start:] = False
        first, last = start * FRAME_MS, end * FRAME_MS
        edges = [first, *range(first + longest, last - longest // 3, longest), last]
        return single_speaker_spans(ended, longest) + [Span(a, b) for a, b in pairwise(edges)]

    def _embedded(self, spans: Sequence[Span], most: int) -> list[Stretch]:
        """Stretches with their voices, as far as these are known or can be made now, the newest first."""
        result: list[Stretch] = []
        for span in reversed(spans):
            known = max(self._open, key=lambda s: s.span.overlap_ms(span), default=None)
            if span.duration_ms < self._parameters.voice_ms:
                result.append(Stretch(span, None))
            elif known is not None and known.embedding is not None and _alike(known.span, span):
                result.append(Stretch(span, known.embedding))
            elif most > 0:
                most -= 1
                result.append(Stretch(span, self._models.encoder.embed(self.sound(span)[0])))
            else:
                result.append(Stretch(span, None))
        return result[::-1]

    def _ipus(
        self, stretches: Sequence[Stretch], owners: Sequence[PartnerId], both: Sequence[Span], start: Ms
    ) -> list[Ipu]:
        """IPUs from `start` on."""
        origin = start - IPU_PAUSE_MS
        mask = np.zeros((self.at_ms - start) // FRAME_MS + 2 * _PAD + 1, dtype=np.bool_)
        for span in both:
            mask[(span.start - origin) // FRAME_MS : (span.end - origin) // FRAME_MS] = True
        moved = [Stretch(_shifted(s.span, -origin), s.embedding) for s in stretches]
        found = ipus_of(moved, owners, mask, self._parameters)
        return [Ipu(ipu.partner, _shifted(ipu.span, origin)) for ipu in found]

    def _learn(self, overlaps: Sequence[Span]) -> None:
        """Learn the voices, and give out anew all that is kept."""
        stretches = [*(s for s, _ in self._kept), *self._open]
        if not stretches:
            return
        owners = self._voices.learn(stretches, self.at_ms)
        changed = any(owner != before for owner, (_, before) in zip(owners, self._kept, strict=False))
        self._kept = [(s, owner) for (s, _), owner in zip(self._kept, owners, strict=False)]
        start = stretches[0].span.start if changed else self._open_from
        start = max(0, min(start, self._open_from))
        shown = [(s, owner) for s, owner in zip(stretches, owners, strict=True) if s.span.start >= start]
        both = [span for span in [*self._both, *overlaps] if span.start >= start]
        self.speech.tell(start, self._ipus([s for s, _ in shown], [o for _, o in shown], both, start))

    def _settle(self, silent: NDArray[np.bool_], owners: Sequence[PartnerId], overlaps: Sequence[Span]) -> None:
        until = settled_until(silent, self._open_from, [s.span.end for s in self._open], REACH)
        if until == self._open_from:
            return
        settled = [(s, o) for s, o in zip(self._open, owners, strict=True) if s.span.start < until]
        oldest = self.at_ms - KEPT_MS
        self._kept = [(s, o) for s, o in [*self._kept, *settled] if s.span.end > oldest]
        self._open = [s for s in self._open if s.span.start >= until]
        cut = [Span(span.start, min(span.end, until)) for span in overlaps if span.start < until]
        self._both = [span for span in [*self._both, *cut] if span.end > oldest]
        self._open_from = until


def _shifted(span: Span, by: Ms) -> Span:
    return Span(span.start + by, span.end + by)


def _alike(first: Span, second: Span) -> bool:
    return first.overlap_ms(second) >= SAME_SHARE * max(first.duration_ms, second.duration_ms)


__all__ = ["OneMicHearing"]
