from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from listener.adapters import compressed_sound as cs
from listener.errors import BadAudio

RATE = 16_000


def clicks(path: Path, seconds: int = 30, rate: int = RATE, channels: int = 1) -> NDArray[np.float32]:
    """Quiet noise with a loud click at every full second, in channel 0 alone."""
    sound = np.random.default_rng(0).normal(0, 0.002, (seconds * rate, channels)).astype(np.float32)
    for second in range(1, seconds):
        sound[second * rate : second * rate + 40, 0] = 0.9 * np.sin(np.arange(40) * 0.8)
    soundfile.write(path, sound, rate)
    return sound


def test_every_moment_stays_where_it_was(tmp_path: Path) -> None:
    original = clicks(tmp_path / "talk.wav")
    made = cs.compressed_sound(tmp_path / "talk.wav")
    assert made.mime == "audio/mpeg"
    decoded, rate = soundfile.read(io.BytesIO(made.content), dtype="float32")
    assert (rate, len(decoded)) == (RATE, len(original))
    for second in (1, 15, 29):
        around = slice(second * RATE - 800, second * RATE + 800)
        late = np.argmax(np.abs(decoded[around])) - np.argmax(np.abs(original[around, 0]))
        assert abs(late) <= RATE // 1000


def test_the_rate_is_constant_so_that_browsers_seek_exactly(tmp_path: Path) -> None:
    clicks(tmp_path / "talk.wav")
    content = cs.compressed_sound(tmp_path / "talk.wav").content
    assert len(content) * 8 / 30 == pytest.approx(48_000, rel=0.02)


def test_equal_recordings_give_equal_bytes(tmp_path: Path) -> None:
    clicks(tmp_path / "talk.wav", 5)
    assert cs.compressed_sound(tmp_path / "talk.wav") == cs.compressed_sound(tmp_path / "talk.wav")


def test_peaks_tell_each_microphone_apart_at_any_rate(tmp_path: Path) -> None:
    clicks(tmp_path / "talk.flac", 20, 44_100, 2)
    first, second = cs.compressed_sound(tmp_path / "talk.flac").peaks
    assert len(first) == len(second) == 20 * cs.PEAKS_A_SECOND
    assert all(first[s * cs.PEAKS_A_SECOND] > 60 or first[s * cs.PEAKS_A_SECOND - 1] > 60 for s in range(1, 20))
    assert max(second) < 5


def test_peaks_of_long_recordings_are_capped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cs, "MOST_PEAKS", 50)
    clicks(tmp_path / "talk.wav", 25)
    (peaks,) = cs.compressed_sound(tmp_path / "talk.wav").peaks
    assert len(peaks) == 50
    assert {i for i, peak in enumerate(peaks) if peak > 60} == set(range(2, 50, 2))


@pytest.mark.parametrize("able", [cs.OPUS, cs.VORBIS, cs.FLAC])
def test_without_mp3_the_next_best_is_written_and_named(
    able: cs.Coding, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clicks(tmp_path / "talk.wav", 3)
    monkeypatch.setattr(soundfile, "check_format", lambda *asked: asked == (able.format, able.subtype))
    made = cs.compressed_sound(tmp_path / "talk.wav")
    assert made.mime == able.mime
    assert soundfile.info(io.BytesIO(made.content)).subtype == able.subtype


def test_a_recording_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "talk.wav").write_bytes(b"RIFF but no sound")
    with pytest.raises(BadAudio):
        cs.compressed_sound(tmp_path / "talk.wav")
