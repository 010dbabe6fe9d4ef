"""What the parts alone reach: the segmenter's likeliest class in each window, its voices to the nearest enrolment."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from listener.adapters.audio_file import AudioFile
from listener.adapters.model_store import open_store
from listener.adapters.segmentation_onnx import OnnxSegmenter
from listener.adapters.speaker_encoder_onnx import OnnxSpeakerEncoder
from listener.analysis.levels import FRAME_MS, band_levels, hysteresis, runs, without_short
from listener.analysis.one_mic import enrol
from listener.analysis.talk_masks import IPU_PAUSE_MS
from listener.analysis.voices import Embedding, Stretch, VoiceParameters, assign
from listener.app.hear import ENCODER, SEGMENTER
from listener.domain.span import Span
from listener.domain.speech import PARTNERS, Ipu, PartnerId
from listener.ports import SAMPLES_PER_MS, Samples

FRAME = FRAME_MS * SAMPLES_PER_MS
LEAST_FRAMES = 25
"""A voice heard for less than a quarter of a second cannot be told."""

ALIKE_DB = 3.0
"""Channels closer than this are taken for both partners speaking."""


class PlainStack:
    """The reference: no levels, no averaging, no hysteresis, no learning of the voices."""

    def __init__(self) -> None:
        store = open_store()
        self._segmenter = OnnxSegmenter(store.verified(SEGMENTER).file)
        self._encoder = OnnxSpeakerEncoder(store.verified(ENCODER).file)

    def one_mic(self, recording: Path, enrolment: Mapping[PartnerId, Path]) -> list[Ipu]:
        """IPUs by most likely class and nearest voice; without enrolment the voices are clustered into two."""
        found = {partner: enrol(AudioFile(path), self._encoder) for partner, path in enrolment.items()}
        voices = {partner: voice for partner, voice in found.items() if voice is not None}
        signal = soundfile.read(recording, dtype="float32", always_2d=True)[0].mean(axis=1)
        size = self._segmenter.window_ms * SAMPLES_PER_MS
        heard: list[tuple[Stretch, NDArray[np.bool_]]] = []
        padded = np.pad(signal, (size // 4, size))
        for start in range(0, signal.size, size // 2):  # of each window the middle half counts
            heard += self._voices_in(padded[start : start + size], start // SAMPLES_PER_MS)
        owners = _owners([stretch for stretch, _ in heard], voices)
        active = np.zeros((2, signal.size // FRAME + self._segmenter.window_ms // FRAME_MS + 1), dtype=np.bool_)
        for (stretch, mask), owner in zip(heard, owners, strict=True):
            first = stretch.span.start // FRAME_MS
            active[PARTNERS.index(owner), first : first + mask.size] |= mask
        return _ipus(active)

    def _voices_in(self, window: Samples, start_ms: int) -> list[tuple[Stretch, NDArray[np.bool_]]]:
        """Each voice in a window: what it sounds like where it is alone, and when it speaks."""
        active = self._segmenter.activities(window) >= 0.5
        found = []
        for mask in active.T:
            alone = mask & (active.sum(axis=1) == 1)
            heard = alone if alone.sum() >= LEAST_FRAMES else mask
            if heard.sum() >= LEAST_FRAMES:
                voice = self._encoder.embed(window[: heard.size * FRAME][np.repeat(heard, FRAME)])
                span = Span(start_ms, start_ms + int(heard.sum()) * FRAME_MS)
                found.append((Stretch(span, voice), mask[mask.size // 4 : mask.size * 3 // 4]))
        return found


def louder_channel(recording: Path) -> list[Ipu]:
    """Two microphones without any leakage rule: loud frames are the louder channel's, or both where they are alike."""
    levels = band_levels(AudioFile(recording).blocks())
    low, high = np.percentile(levels.max(axis=0), (8, 95))
    speech = hysteresis(((levels.max(axis=0) - low) / (high - low)).astype(np.float32), 0.2, 0.12)
    return _ipus(np.stack([speech & (own > others - ALIKE_DB) for own, others in (levels, levels[::-1])]))


def _owners(stretches: list[Stretch], voices: Mapping[PartnerId, Embedding]) -> list[PartnerId]:
    if len(voices) < len(PARTNERS):
        return assign(stretches, voices, VoiceParameters())
    both = np.stack([voices[partner] for partner in PARTNERS])
    return [PARTNERS[int(np.argmax(both @ s.embedding))] for s in stretches if s.embedding is not None]


def _ipus(active: NDArray[np.bool_]) -> list[Ipu]:
    ipus = [
        Ipu(partner, Span(start * FRAME_MS, end * FRAME_MS))
        for partner, row in zip(PARTNERS, active, strict=True)
        for start, end in runs(without_short(row, IPU_PAUSE_MS, FRAME_MS))
    ]
    assert all(a.span.end <= b.span.start for a, b in pairwise(ipus) if a.partner == b.partner)
    return sorted(ipus, key=lambda ipu: (ipu.span, ipu.partner))
