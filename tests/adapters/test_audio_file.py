"""Recordings in every shape that people bring, good and bad."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from listener.adapters.audio_file import BLOCK_MS, AudioFile
from listener.errors import BadAudio
from listener.ports import SAMPLE_RATE


def tone(seconds: float, rate: int, channels: int = 1) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    at = np.arange(round(seconds * rate)) / rate
    return np.stack([0.3 * np.sin(2 * np.pi * 440 * (c + 1) * at) for c in range(channels)], axis=1).astype(np.float32)


def whole(source: AudioFile) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    return np.concatenate(list(source.blocks()), axis=1)


@pytest.mark.parametrize(
    ("name", "subtype"),
    [
        ("a.wav", "PCM_U8"),
        ("a.wav", "PCM_24"),
        ("a.wav", "FLOAT"),
        ("a.flac", "PCM_16"),
        ("a.ogg", "VORBIS"),
        ("a.mp3", None),
    ],
)
@pytest.mark.parametrize("rate", [8000, 16000, 44100, 48000])
def test_any_format_and_rate_keeps_length_and_pitch(tmp_path: Path, name: str, subtype: str | None, rate: int) -> None:
    path = tmp_path / name
    soundfile.write(path, tone(3.0, rate), rate, subtype=subtype)
    source = AudioFile(path)
    signal = whole(source)[0]
    assert abs(source.duration_ms - 3000) <= 60  # MP3 pads a little
    spectrum = np.abs(np.fft.rfft(signal[8000:40000]))
    assert abs(np.argmax(spectrum) * SAMPLE_RATE / 32000 - 440) < 2


def test_96_khz_is_resampled_without_losing_the_start_or_end(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    soundfile.write(path, tone(25.0, 96000, 2), 96000)
    source = AudioFile(path)
    blocks = list(source.blocks())
    assert [b.shape for b in blocks[:-1]] == [(2, BLOCK_MS * 16)] * 2
    assert abs(sum(b.shape[1] for b in blocks) - 25 * SAMPLE_RATE) <= 1
    assert source.missing_ms == 0


def test_streaming_twice_gives_the_same_samples(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    soundfile.write(path, tone(12.0, 44100), 44100)
    source = AudioFile(path)
    assert np.array_equal(whole(source), whole(source))


def test_six_channels_are_refused_with_a_choice_that_works(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    soundfile.write(path, tone(1.0, 16000, 6), 16000)
    with pytest.raises(BadAudio) as refused:
        AudioFile(path)
    assert "6 channels" in refused.value.message
    assert "--channels 1,2" in refused.value.hint
    chosen = whole(AudioFile(path, (5,)))
    assert np.argmax(np.abs(np.fft.rfft(chosen[0]))) == 440 * 6
    with pytest.raises(BadAudio, match="channels 1 to 6"):
        AudioFile(path, (6,))


def test_values_that_are_no_numbers_become_silence_and_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    samples = tone(2.0, 16000)
    samples[1600:3200] = np.nan
    samples[4000] = np.inf
    soundfile.write(path, samples, 16000, subtype="FLOAT")
    source = AudioFile(path)
    signal = whole(source)[0]
    assert np.isfinite(signal).all()
    assert not signal[1600:3200].any()
    assert source.damaged_ms == 100


@pytest.mark.parametrize("suffix", ["wav", "flac"])
def test_a_truncated_file_gives_what_is_there_and_says_so(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    rng = np.random.default_rng(1)
    soundfile.write(path, rng.normal(0, 0.1, 16000 * 20).astype(np.float32), 16000)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    source = AudioFile(path)
    held = whole(source).shape[1] // 16
    assert 8000 <= held <= 10_500
    assert source.duration_ms == held
    assert abs(source.missing_ms - (20_000 - held)) <= 1


@pytest.mark.parametrize("content", [b"", b"RIFF", b"this is a letter, not a sound" * 50, b"\x00" * 4096])
def test_what_is_no_recording_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(content)
    with pytest.raises(BadAudio) as refused:
        AudioFile(path)
    assert refused.value.hint


def test_missing_files_folders_and_empty_recordings_are_told(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "empty.wav", np.zeros((0, 1), dtype=np.float32), 16000)
    for path in (tmp_path / "absent.wav", tmp_path, tmp_path / "empty.wav"):
        with pytest.raises(BadAudio):
            AudioFile(path)
