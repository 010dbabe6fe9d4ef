"""A segmenter that has both partners' voices in its ear, and hears low voices higher.

The segmentation network knows nobody: in each window it finds out anew how many voices there are, and two alike voices
over each other in a room it often takes for one. Two things help, without training: a little of each partner's
enrolment goes in front of the window, so that both voices have been heard before it begins; and a low voice is played a
little faster, which lifts it to where the network tells low ones apart better. High voices lose by that; so where one
partner's voice is low and the other's is not, windows are played in turn as suits the one and the other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from listener.analysis.levels import FRAME_MS
from listener.domain.span import Ms
from listener.ports import SAMPLES_PER_MS, Samples, SpeakerSegmenter

_FRAME = FRAME_MS * SAMPLES_PER_MS


@dataclass(frozen=True, slots=True)
class PromptParameters:
    """What is done to a window before the network hears it.

    prompt_ms: how much of each partner's enrolment, pauses left out, goes before the window.
    low_hz: voices of a median pitch under this are low; men's and women's meet near 160 Hz (Titze 1994).
    faster_up, faster_down: low voices are played up/down times as fast, pitch and pace alike; 8/7 is 2.3 semitones.
    """

    prompt_ms: Ms = 2000
    low_hz: float = 160.0
    faster_up: int = 8
    faster_down: int = 7


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a partner said at enrolment, pauses left out, shape (samples,), and its median pitch, None if unvoiced."""

    speech: Samples
    pitch_hz: float | None


class PromptedSegmenter:
    """SpeakerSegmenter around another one that plays everything faster; of the speakers the first two are A and B."""

    def __init__(
        self,
        segmenter: SpeakerSegmenter,
        prompts: tuple[Samples, Samples],
        parameters: PromptParameters = PromptParameters(),
    ) -> None:
        """`prompts`: speech of A and of B without pauses, each shape (samples,)."""
        self.window_ms: Ms = segmenter.window_ms
        self._segmenter = segmenter
        self._parameters = parameters
        most = parameters.prompt_ms * SAMPLES_PER_MS
        self._prompts = [self._heard(prompt[:most]) for prompt in prompts]

    def activities(self, window: Samples) -> NDArray[np.float32]:
        """Speaker probabilities 0 to 1, shape (frames, 3), of a window of shape (samples,)."""
        found = self._segmenter.activities(np.concatenate([*self._prompts, self._heard(window)]))
        lengths = [prompt.size // _FRAME for prompt in self._prompts]
        own = found[sum(lengths) :, _slots(found, lengths)]
        slower = self._parameters.faster_down / self._parameters.faster_up
        at = (np.arange(window.size // _FRAME) + 0.5) * slower - 0.5
        columns = [np.interp(at, np.arange(len(own)), column) for column in own.T]
        return np.stack(columns, axis=1).astype(np.float32)

    def _heard(self, signal: Samples) -> Samples:
        """The signal played faster, cut to whole frames."""
        fast = _faster(signal, self._parameters.faster_up, self._parameters.faster_down)
        return fast[: fast.size - fast.size % _FRAME]


def prompted(
    segmenter: SpeakerSegmenter, prompts: tuple[Prompt, Prompt], parameters: PromptParameters
) -> list[PromptedSegmenter]:
    """The segmenter with both voices in its ear: once for each pace that suits one of them, so one or two."""
    as_it_is = replace(parameters, faster_up=1, faster_down=1)
    low = {prompt.pitch_hz is not None and prompt.pitch_hz < parameters.low_hz for prompt in prompts}
    voices = (prompts[0].speech, prompts[1].speech)
    return [PromptedSegmenter(segmenter, voices, parameters if faster else as_it_is) for faster in sorted(low)]


def _slots(found: NDArray[np.float32], lengths: list[int]) -> list[int]:
    """The network's speakers in the order A, B, other: those most active in the prompts of A and of B."""
    first, second = found[: lengths[0]].sum(axis=0), found[lengths[0] : sum(lengths)].sum(axis=0)
    orders: list[tuple[int, ...]] = list(permutations(range(found.shape[1])))
    best = max(orders, key=lambda slots: float(first[slots[0]] + second[slots[1]]))
    return list(best)


def _faster(signal: Samples, up: int, down: int) -> Samples:
    """The signal played up/down times as fast, by its spectrum; what would fold over is cut off."""
    size = signal.size * down // up
    spectrum = np.fft.rfft(signal)
    kept: Samples = (np.fft.irfft(spectrum[: size // 2 + 1], size) * (size / signal.size)).astype(np.float32)
    return kept


__all__ = ["Prompt", "PromptParameters", "PromptedSegmenter", "prompted"]
