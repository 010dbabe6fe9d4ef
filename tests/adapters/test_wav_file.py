from __future__ import annotations

import tracemalloc
from pathlib import Path

import numpy as np
import pytest
import soundfile

from listener.adapters import wav_file
from listener.adapters.resources import example_folder
from listener.adapters.wav_file import write_wav
from listener.errors import BadAudio, DiskFull


def test_the_samples_are_those_of_the_recording(tmp_path: Path) -> None:
    recording = example_folder() / "conversation.flac"
    path = tmp_path / "talk.wav"
    write_wav(recording, path)
    info = soundfile.info(path)
    assert (info.format, info.subtype) == ("WAV", "PCM_16")
    copied, rate = soundfile.read(path, dtype="int16")
    original, original_rate = soundfile.read(recording, dtype="int16")
    assert rate == original_rate
    assert np.array_equal(copied, original)
    assert [file.name for file in tmp_path.iterdir()] == ["talk.wav"]
    assert path.stat().st_mode & 0o077 == 0


def test_two_channels_and_odd_rates_stay(tmp_path: Path) -> None:
    sound = np.random.default_rng(1).integers(-30_000, 30_000, (100_003, 2)).astype(np.int16)
    soundfile.write(tmp_path / "talk.flac", sound, 44_100)
    write_wav(tmp_path / "talk.flac", tmp_path / "talk.wav")
    copied, rate = soundfile.read(tmp_path / "talk.wav", dtype="int16")
    assert rate == 44_100
    assert np.array_equal(copied, sound)


def test_samples_that_are_no_integers_keep_their_loudness(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "in.wav", np.full(1_000, 0.5, dtype=np.float32), 16_000, subtype="FLOAT")
    write_wav(tmp_path / "in.wav", tmp_path / "out.wav")
    copied, _ = soundfile.read(tmp_path / "out.wav", dtype="int16")
    assert set(copied.tolist()) <= {16_383, 16_384}


def test_a_long_recording_takes_no_more_memory_than_a_short_one(tmp_path: Path) -> None:
    peaks = []
    for minutes in (1, 10):
        with soundfile.SoundFile(tmp_path / f"{minutes}.flac", "w", 16_000, 1, "PCM_16", format="FLAC") as file:
            for _ in range(minutes * 6):
                file.write(np.zeros(160_000, dtype=np.int16))
        tracemalloc.start()
        write_wav(tmp_path / f"{minutes}.flac", tmp_path / f"{minutes}.wav")
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.2
    assert soundfile.info(tmp_path / "10.wav").frames == 10 * 60 * 16_000


def test_what_a_plain_wav_cannot_count_becomes_rf64(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wav_file, "MOST_BYTES", 1_000)
    recording = example_folder() / "conversation.flac"
    write_wav(recording, tmp_path / "talk.wav")
    assert (tmp_path / "talk.wav").read_bytes()[:4] == b"RF64"
    assert soundfile.info(tmp_path / "talk.wav").frames == soundfile.info(recording).frames


def test_what_is_no_sound_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "talk.flac").write_text("no sound")
    with pytest.raises(BadAudio):
        write_wav(tmp_path / "talk.flac", tmp_path / "talk.wav")
    with pytest.raises(BadAudio):
        write_wav(tmp_path / "absent.flac", tmp_path / "talk.wav")
    assert [file.name for file in tmp_path.iterdir()] == ["talk.flac"]


def test_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full")
    folder = tmp_path / "gone"
    with pytest.raises(DiskFull):
        write_wav(example_folder() / "conversation.flac", folder / "talk.wav")
