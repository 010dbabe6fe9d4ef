"""Who speaks in the bundled example, with the real networks, against its truth."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from listener.adapters.audio_file import AudioFile
from listener.adapters.model_store import open_store
from listener.adapters.resources import example_folder
from listener.adapters.segmentation_onnx import OnnxSegmenter
from listener.adapters.speaker_encoder_onnx import OnnxSpeakerEncoder
from listener.analysis.one_mic import OneMicModels, enrol, speech_on_one_mic
from listener.analysis.one_mic_parameters import OneMicParameters
from listener.analysis.voices import Embedding
from listener.domain.span import total_ms
from listener.domain.speech import PARTNERS, Ipu, PartnerId

TRUTH = json.loads((Path(__file__).parents[1] / "fixtures" / "example_truth.json").read_text())
STEP_MS = 10


@pytest.fixture(scope="module")
def encoder() -> OnnxSpeakerEncoder:
    return OnnxSpeakerEncoder(open_store().verified("campplus-zh-en").file)


@pytest.fixture(scope="module")
def segmenter() -> OnnxSegmenter:
    return OnnxSegmenter(open_store().verified("segmentation-3.0").file)


@pytest.fixture(scope="module")
def voices(encoder: OnnxSpeakerEncoder) -> dict[PartnerId, Embedding]:
    found = {p: enrol(AudioFile(example_folder() / f"enrol_{p}.flac"), encoder) for p in PARTNERS}
    return {partner: voice for partner, voice in found.items() if voice is not None}


def active(spans: list[tuple[float, float]]) -> NDArray[np.bool_]:
    """Activity on 10 ms frames from spans in ms."""
    mask = np.zeros(round(TRUTH["duration_s"] * 1000 / STEP_MS) + 100, dtype=bool)
    for start, end in spans:
        mask[round(start / STEP_MS) : round(end / STEP_MS)] = True
    return mask


def error_rate(speech: tuple[Ipu, ...]) -> float:
    """Diarization error rate: missed, false and confused speech over true speech, overlap included, no collar."""
    true = np.stack([active([(1000 * a, 1000 * b) for a, b in TRUTH["speech"][p]]) for p in PARTNERS])
    said = np.stack([active([(i.span.start, i.span.end) for i in speech if i.partner == p]) for p in PARTNERS])
    errors = np.maximum(true.sum(0), said.sum(0)) - (true & said).sum(0)
    return float(errors.sum() / true.sum())


def heard(recording: Path, models: OneMicModels) -> tuple[Ipu, ...]:
    return speech_on_one_mic(AudioFile(recording), models, OneMicParameters(), lambda _stage, _done: None).ipus


def test_enrolled_partners_are_told_apart(
    segmenter: OnnxSegmenter, encoder: OnnxSpeakerEncoder, voices: dict[PartnerId, Embedding]
) -> None:
    models = OneMicModels(segmenter, encoder, voices)
    speech = heard(example_folder() / "conversation.flac", models)
    assert error_rate(speech) < 0.10
    assert heard(example_folder() / "conversation.flac", models) == speech
    for partner in PARTNERS:
        own = [ipu.span for ipu in speech if ipu.partner == partner]
        assert all(b.start - a.end >= 200 for a, b in pairwise(own))


def test_swapped_enrolment_swaps_the_partners(
    segmenter: OnnxSegmenter, encoder: OnnxSpeakerEncoder, voices: dict[PartnerId, Embedding]
) -> None:
    speech = heard(
        example_folder() / "conversation.flac",
        OneMicModels(segmenter, encoder, {"A": voices["B"], "B": voices["A"]}),
    )
    assert error_rate(speech) > 0.8


def test_without_enrolment_two_voices_are_found(segmenter: OnnxSegmenter, encoder: OnnxSpeakerEncoder) -> None:
    assert error_rate(heard(example_folder() / "conversation.flac", OneMicModels(segmenter, encoder, {}))) < 0.10


@pytest.mark.parametrize("sound", ["silence", "white", "hum", "clicks", "tone"])
@pytest.mark.parametrize("seconds", [0.3, 25.0])
def test_what_is_no_speech_is_not_heard_as_speech(
    tmp_path: Path, segmenter: OnnxSegmenter, encoder: OnnxSpeakerEncoder, sound: str, seconds: float
) -> None:
    rng = np.random.default_rng(3)
    at = np.arange(round(seconds * 16_000)) / 16_000
    signals = {
        "silence": np.zeros(at.size),
        "white": rng.normal(0, 0.02, at.size),
        "hum": 0.1 * np.sin(2 * np.pi * 100 * at) + rng.normal(0, 0.003, at.size),
        "clicks": np.where(rng.random(at.size) < 3e-4, 0.7, 0.0) + rng.normal(0, 1e-3, at.size),
        "tone": 0.3 * np.sin(2 * np.pi * 440 * at),
    }
    path = tmp_path / "sound.wav"
    soundfile.write(path, signals[sound].astype(np.float32), 16_000)
    speech = heard(path, OneMicModels(segmenter, encoder, {}))
    assert total_ms(ipu.span for ipu in speech) <= 0.02 * seconds * 1000


def test_an_enrolment_without_speech_has_no_voice(tmp_path: Path, encoder: OnnxSpeakerEncoder) -> None:
    for name, samples in (("short", np.full(4000, 0.1)), ("silent", np.zeros(80_000))):
        path = tmp_path / f"{name}.wav"
        soundfile.write(path, samples.astype(np.float32), 16_000)
        assert enrol(AudioFile(path), encoder) is None
