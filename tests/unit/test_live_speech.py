"""What is held of the sound and of the speech while a talk goes on."""

from __future__ import annotations

import numpy as np
import pytest

from listener.analysis.live_recent import Recent
from listener.analysis.live_speech import LiveSpeech, Reach, settled_until
from listener.domain.span import Span
from listener.domain.speech import Ipu


def counted(start: int, end: int) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    return np.arange(start, end, dtype=np.float32)[None]


@pytest.mark.parametrize("step", [1, 3, 7, 10, 40])
def test_the_last_columns_are_held_and_earlier_ones_are_silence(step: int) -> None:
    recent = Recent(1, 10)
    for start in range(0, 200, step):
        recent.append(counted(start, start + step))

    end = recent.end
    assert recent.start == end - 10
    assert recent.part(end - 10, end).tolist() == counted(end - 10, end).tolist()
    assert recent.part(end - 12, end - 9).tolist() == [[0, 0, end - 10]]


def test_columns_are_written_over_and_beyond_and_blanked() -> None:
    recent = Recent(1, 10)
    recent.append(counted(0, 4))
    recent.write(2, np.full((1, 1), 9, dtype=np.float32))
    recent.write(6, np.full((1, 2), 8, dtype=np.float32))
    assert recent.part(0, 8).tolist() == [[0, 1, 9, 3, 0, 0, 8, 8]]

    recent.blank(1, 7)
    assert recent.part(0, 8).tolist() == [[0, 0, 0, 0, 0, 0, 0, 8]]


def test_columns_before_the_recording_are_silence() -> None:
    recent = Recent(2, 10)
    recent.append(np.ones((2, 3), dtype=np.float32))

    assert recent.part(-2, 2).tolist() == [[0, 0, 1, 1], [0, 0, 1, 1]]


def test_speech_from_a_moment_on_is_told_anew() -> None:
    speech = LiveSpeech()
    speech.tell(0, [Ipu("A", Span(0, 500)), Ipu("A", Span(900, 1500)), Ipu("B", Span(700, 1000))])

    speech.tell(800, [Ipu("A", Span(1000, 1600))])

    assert speech.ipus(0) == [Ipu("A", Span(0, 500)), Ipu("B", Span(700, 800)), Ipu("A", Span(1000, 1600))]
    assert speech.since("A", 500) == [Span(1000, 1600)]
    assert (speech.spoken_ms("A"), speech.spoken_ms("B")) == (1100, 100)
    assert speech.end("B") == 800


def test_struck_speech_is_gone() -> None:
    speech = LiveSpeech()
    speech.tell(0, [Ipu("A", Span(0, 1000)), Ipu("B", Span(400, 500)), Ipu("A", Span(2000, 3000))])

    speech.strike(Span(300, 2500))

    assert speech.ipus(0) == [Ipu("A", Span(0, 300)), Ipu("A", Span(2500, 3000))]


REACH = Reach(20_000, 16_000, 11_500)


def silent(drawing: str) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """One character is 500 ms."""
    return np.repeat([mark != "#" for mark in drawing], 50)


def test_speech_is_settled_in_the_longest_silence_far_enough_back() -> None:
    drawing = "####################"
    assert settled_until(silent("." * 20), 3000, [], REACH) == 3000
    assert settled_until(silent(drawing + "#.##..##" + 20 * "#" + "..##"), 3000, [], REACH) == 3000 + 12_500


def test_without_a_silence_speech_is_settled_between_stretches() -> None:
    assert settled_until(silent("#" * 52), 3000, [9_000, 14_000, 17_000, 20_000], REACH) == 17_000
    assert settled_until(silent("#" * 52), 3000, [], REACH) == 29_000 - 11_500
