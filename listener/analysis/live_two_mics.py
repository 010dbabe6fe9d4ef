"""Who speaks, from two microphones, while the talk goes on: the steps of `two_mics` with what is known so far."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from listener.analysis.leakage import BANDS
from listener.analysis.levels import FRAME_MS
from listener.analysis.live_leaks import Learnt, TwoMicLearning
from listener.analysis.live_recent import Recent
from listener.analysis.live_speech import STEP_MS, LiveSpeech, Reach, settled_until
from listener.analysis.two_mics import TwoMicParameters, clear, partner_spans, voiced_frames
from listener.domain.span import Ms, Span
from listener.domain.speech import PARTNERS, Ipu
from listener.ports import SAMPLES_PER_MS, Samples, VoiceActivityDetector

FIRST_MS: Ms = 2_000
"""No speech is told before this much was heard."""

REACH = Reach(open_ms=8_000, far_ms=6_000, near_ms=4_000)

_SOUND_MS: Ms = 40_000
_HELD_MS: Ms = 30_000
_BEFORE = 100  # frames, for reverberation to die away in
_STEP = FRAME_MS * SAMPLES_PER_MS


@dataclass(frozen=True, slots=True)
class _Heard:
    """AudioSource over a little sound."""

    samples: Samples

    @property
    def channels(self) -> int:
        return int(self.samples.shape[0])

    @property
    def duration_ms(self) -> Ms:
        return int(self.samples.shape[1]) // SAMPLES_PER_MS

    def blocks(self) -> Iterator[Samples]:
        yield self.samples


class TwoMicHearing:
    """LiveHearing from two microphones: channel 0 is A's, channel 1 is B's."""

    note = ""

    def __init__(self, vads: tuple[VoiceActivityDetector, VoiceActivityDetector], parameters: TwoMicParameters) -> None:
        self.speech = LiveSpeech()
        self._vads = vads
        self._parameters = parameters
        self._sound = Recent(2, _SOUND_MS * SAMPLES_PER_MS)
        self._learning = TwoMicLearning(parameters)
        self._voiced = Recent(2, _HELD_MS // FRAME_MS)
        self._open_from: Ms = 0

    @property
    def at_ms(self) -> Ms:
        return self._sound.end // SAMPLES_PER_MS

    def hear(self, samples: Samples) -> None:
        """More of the recording, shape (2, samples), 16 kHz; ValueError for another number of channels."""
        if samples.shape[0] != len(PARTNERS):
            raise ValueError(f"two microphones are two channels, not {samples.shape[0]}")
        size = STEP_MS * SAMPLES_PER_MS
        for start in range(0, samples.shape[1], size):
            self._sound.append(samples[:, start : start + size])
            self._learning.take(self._sound)
            if self.at_ms >= FIRST_MS and self._learning.heard_any:
                self._tell()

    def sound(self, span: Span) -> Samples:
        return self._sound.part(span.start * SAMPLES_PER_MS, span.end * SAMPLES_PER_MS)

    def strike(self, span: Span) -> None:
        first, last = span.start // FRAME_MS, -(-span.end // FRAME_MS)
        self._sound.blank(span.start * SAMPLES_PER_MS, span.end * SAMPLES_PER_MS)
        self._voiced.blank(first, last)
        self._learning.strike(first, last)
        self.speech.strike(span)

    def _tell(self) -> None:
        """Tell the open speech anew, and settle what has become old."""
        learnt = self._learning.learn(self._sound)
        self._learning.clean(self._sound, learnt)
        self._take_voiced(learnt)
        end, opened = self._learning.powers.end, self._open_from // FRAME_MS
        first = max(0, opened - _BEFORE)
        powers = self._learning.powers.part(first, end).reshape(2, BANDS, end - first)
        active = clear(powers, learnt.behind, self._parameters)[:, opened - first :]
        voiced = self._voiced.part(opened, end) > 0
        ipus = [
            Ipu(partner, Span(span.start + self._open_from, span.end + self._open_from))
            for own, partner in enumerate(PARTNERS)
            for span in partner_spans(active[own], voiced[own], self._parameters)
        ]
        self.speech.tell(self._open_from, ipus)
        silent = ~(active[0] | active[1])
        self._open_from = settled_until(silent, self._open_from, [ipu.span.end for ipu in ipus], REACH)

    def _take_voiced(self, learnt: Learnt) -> None:
        """The detectors' verdicts on what is new."""
        end = self._learning.levels.end
        first = max(self._voiced.end, end - _HELD_MS // FRAME_MS)
        heard = _Heard(self._sound.part(first * _STEP, end * _STEP))
        verdicts = [
            voiced_frames(heard, own, vad, gain, end - first)
            for own, (vad, gain) in enumerate(zip(self._vads, learnt.gains, strict=True))
        ]
        self._voiced.write(first, np.stack(verdicts).astype(np.float32))


__all__ = ["TwoMicHearing"]
