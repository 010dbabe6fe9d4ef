"""Rooms that nothing was tuned on: what two close microphones heard, as one microphone hears it across a made room."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from listener.domain.speech import PARTNERS, PartnerId
from listener.ports import SAMPLE_RATE

Sound = NDArray[np.float64]

RT60_S = (0.3, 0.4, 0.5)
"""How long the rooms ring, one after the other: furnished living rooms."""

DIRECT_TO_REVERBERANT_DB = (-4.0, 0.0)
"""A partner sits near the distance from which the room is louder than the voice, or beyond it."""

APART_DB = 4.0
"""Most that one partner is louder than the other at the microphone."""

SNR_DB = 15.0
LEVEL_DBFS = -40.0


def made_room(folder: Path, number: int, into: Path) -> tuple[Path, Mapping[PartnerId, Path]] | None:
    """The recording and enrolments of `folder` in room `number`, written to `into`; None without two close microphones.

    A room is Polack's (1988): the voice itself, then noise that decays by 60 dB within the reverberation time.
    """
    close, voices = folder / "stereo.flac", [folder / f"enrol_{partner}_stereo.flac" for partner in PARTNERS]
    if not all(file.is_file() for file in (close, *voices)):
        return None
    draw = np.random.default_rng(number)
    responses = [_response(draw, RT60_S[number % len(RT60_S)]) for _ in PARTNERS]
    gains = 10 ** (draw.uniform(-APART_DB / 2, APART_DB / 2, len(PARTNERS)) / 20)
    paths = [gain * response for gain, response in zip(gains, responses, strict=True)]
    into.mkdir(parents=True, exist_ok=True)
    talk = np.sum([np.convolve(_read(close)[:, seat], path) for seat, path in enumerate(paths)], axis=0)
    loudness = _rms(talk)
    recording = _written(into / "recording.flac", talk, loudness, draw)
    enrolment = {
        partner: _written(into / f"enrol_{partner}.flac", np.convolve(_read(file)[:, seat], path), loudness, draw)
        for seat, (partner, file, path) in enumerate(zip(PARTNERS, voices, paths, strict=True))
    }
    return recording, enrolment


def _response(draw: np.random.Generator, rt60_s: float) -> Sound:
    """From one seat to the microphone, with as much energy in the voice itself as a seat in that place gets."""
    time = np.arange(int(rt60_s * SAMPLE_RATE)) / SAMPLE_RATE
    ringing = draw.standard_normal(time.size) * 10 ** (-3 * time / rt60_s)
    ringing[: int(0.002 * SAMPLE_RATE)] = 0.0
    direct_db = draw.uniform(*DIRECT_TO_REVERBERANT_DB)
    ringing *= 10 ** (-direct_db / 20) / np.sqrt((ringing**2).sum())
    ringing[0] = 1.0
    return np.asarray(ringing)


def _read(file: Path) -> Sound:
    samples: Sound = soundfile.read(file, dtype="float64", always_2d=True)[0]
    return samples


def _rms(sound: Sound) -> float:
    return float(np.sqrt((sound**2).mean()))


def _written(file: Path, sound: Sound, loudness: float, draw: np.random.Generator) -> Path:
    """The sound with noise that falls by 3 dB an octave, `SNR_DB` below `loudness`."""
    spectrum = np.fft.rfft(draw.standard_normal(sound.size))
    noise = np.fft.irfft(spectrum / np.sqrt(np.maximum(1.0, np.arange(spectrum.size))), sound.size)
    noisy = sound + noise * (loudness / _rms(noise)) * 10 ** (-SNR_DB / 20)
    soundfile.write(file, noisy * 10 ** (LEVEL_DBFS / 20) / loudness, SAMPLE_RATE, subtype="PCM_16")
    return file
