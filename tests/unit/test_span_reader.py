"""Ordered access to a streamed recording: the right samples, bounded memory, an error instead of wrong audio."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from listener.analysis.span_reader import SpanReader
from listener.domain.span import Span
from listener.ports import SAMPLES_PER_MS, Samples


def recording(length_ms: int, channels: int = 1) -> Samples:
    """Every sample holds its own position, the second channel the negative of it."""
    line = np.arange(length_ms * SAMPLES_PER_MS, dtype=np.float32)
    return np.stack([line, -line][:channels])


def blocks(audio: Samples, block_ms: int) -> Iterator[Samples]:
    size = block_ms * SAMPLES_PER_MS
    for start in range(0, audio.shape[1], size):
        yield audio[:, start : start + size]


@pytest.mark.parametrize("block_ms", [1, 7, 100, 5_000])
@pytest.mark.parametrize("channels", [1, 2])
def test_spans_hold_exactly_their_samples(block_ms: int, channels: int) -> None:
    audio = recording(1_000, channels)
    reader = SpanReader(blocks(audio, block_ms))
    for span in (Span(0, 10), Span(5, 205), Span(205, 206), Span(300, 1_000), Span(990, 1_000)):
        expected = audio[:, span.start * SAMPLES_PER_MS : span.end * SAMPLES_PER_MS]
        np.testing.assert_array_equal(reader.read(span), expected)


def test_a_span_past_the_end_is_shorter() -> None:
    reader = SpanReader(blocks(recording(100, 2), 30))
    assert reader.read(Span(90, 200)).shape == (2, 10 * SAMPLES_PER_MS)
    assert reader.read(Span(150, 200)).shape == (2, 0)


def test_empty_spans_and_empty_recordings_give_no_samples() -> None:
    assert SpanReader(blocks(recording(100), 30)).read(Span(50, 50)).shape == (1, 0)
    assert SpanReader(iter(())).read(Span(0, 50)).shape == (1, 0)


def test_looking_back_within_the_bound_works() -> None:
    audio = recording(10_000)
    reader = SpanReader(blocks(audio, 100), look_back_ms=1_000)
    reader.read(Span(4_000, 5_000))
    np.testing.assert_array_equal(
        reader.read(Span(4_000, 4_100)), audio[:, 4_000 * SAMPLES_PER_MS : 4_100 * SAMPLES_PER_MS]
    )


def test_audio_that_is_forgotten_raises_instead_of_giving_other_audio() -> None:
    reader = SpanReader(blocks(recording(10_000), 100), look_back_ms=1_000)
    reader.read(Span(8_000, 9_000))
    with pytest.raises(ValueError, match="already forgotten"):
        reader.read(Span(2_000, 2_100))


def test_memory_stays_bounded_over_two_hours() -> None:
    def silence() -> Iterator[Samples]:
        for _ in range(720):
            yield np.zeros((1, 10_000 * SAMPLES_PER_MS), dtype=np.float32)

    reader = SpanReader(silence(), look_back_ms=60_000)
    most = 0
    for start in range(0, 7_200_000, 400_000):
        reader.read(Span(start, start + 5_000))
        most = max(most, reader.held_ms)
    assert most <= 80_000


def test_a_span_longer_than_the_look_back_is_whole() -> None:
    reader = SpanReader(blocks(recording(5_000), 100), look_back_ms=200)
    assert reader.read(Span(500, 4_500)).shape == (1, 4_000 * SAMPLES_PER_MS)
