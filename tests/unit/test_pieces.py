"""Pieces for the transcriber: all speech and nothing else, nearly full, cut at silences, and times that lead back."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from listener.analysis.pieces import PAD_MS, PIECE_MS, SILENCE_MS, Piece, partner_pieces, shared_pieces
from listener.domain.span import Span, merged, total_ms
from listener.domain.speech import Ipu, PartnerId

FRAME_MS = 100


def drawn(**rows: str) -> list[Ipu]:
    """Speech drawn as text, `#` for 100 ms of speech, a row per partner."""
    found: list[Ipu] = []
    partners: tuple[PartnerId, PartnerId] = ("A", "B")
    for partner in partners:
        spans = [Span(i * FRAME_MS, (i + 1) * FRAME_MS) for i, mark in enumerate(rows.get(partner, "")) if mark == "#"]
        found += [Ipu(partner, span) for span in merged(spans)]
    return found


def conversation(seed: int, minutes: int) -> list[Ipu]:
    """Turns, pauses, overlaps and backchannels at random."""
    chance = random.Random(seed)  # noqa: S311
    speech: list[Ipu] = []
    at, partner = 0, "A"
    while at < minutes * 60_000:
        length = chance.choice([400, 1_500, 3_000, 9_000])
        speech.append(Ipu("A" if partner == "A" else "B", Span(at, at + length)))
        at += length + chance.choice([-500, 100, 250, 600, 4_000])
        at = max(at, 0)
        if chance.random() < 0.5:
            partner = "B" if partner == "A" else "A"
    return speech


def recorded_spans(pieces: list[Piece]) -> list[Span]:
    return [clip.span for piece in pieces for clip in piece.clips]


@pytest.mark.parametrize("seed", range(20))
def test_shared_pieces_hold_all_speech_once_and_little_else(seed: int) -> None:
    speech = conversation(seed, 10)
    pieces = shared_pieces(speech)
    spoken = merged(ipu.span for ipu in speech)
    spans = recorded_spans(pieces)
    assert spans == sorted(spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(any(ipu.span.start >= s.start and ipu.span.end <= s.end for s in merged(spans)) for ipu in speech)
    assert all(any(span.overlap_ms(speech_span) for speech_span in spoken) for span in spans)
    assert all(piece.duration_ms <= PIECE_MS for piece in pieces)


@pytest.mark.parametrize("seed", range(20))
def test_pieces_are_nearly_full(seed: int) -> None:
    pieces = shared_pieces(conversation(seed, 20))
    needed = sum(piece.duration_ms for piece in pieces) / PIECE_MS
    assert len(pieces) <= 1.4 * needed + 1


@pytest.mark.parametrize("seed", range(20))
def test_partner_pieces_hold_that_partners_speech_only(seed: int) -> None:
    speech = conversation(seed, 10)
    for piece in partner_pieces(speech):
        own = merged(ipu.span for ipu in speech if ipu.partner == piece.partner)
        for clip in piece.clips:
            inside = sum(clip.span.overlap_ms(span) for span in own)
            silent = clip.span.duration_ms - inside
            assert inside > 0
            assert silent <= 2 * PAD_MS + 400 * len(own)
    for partner in ("A", "B"):
        spans = merged(recorded_spans([p for p in partner_pieces(speech) if p.partner == partner]))
        for ipu in speech:
            if ipu.partner == partner:
                assert sum(ipu.span.overlap_ms(span) for span in spans) == ipu.span.duration_ms


def test_a_pause_in_which_the_other_speaks_is_left_out() -> None:
    speech = drawn(A="##########...##########", B="..........###")
    (piece,) = [piece for piece in partner_pieces(speech) if piece.partner == "A"]
    assert [clip.span for clip in piece.clips] == [Span(0, 1_150), Span(1_150, 2_450)]
    assert piece.clips[1].at == 1_150 + SILENCE_MS


def test_a_short_pause_of_nobody_stays_as_recorded() -> None:
    (piece,) = shared_pieces(drawn(A="..##########...##########"))
    assert [clip.span for clip in piece.clips] == [Span(50, 2_650)]


def test_a_piece_ends_at_the_longest_silence_near_its_end() -> None:
    speech = [Ipu("A", Span(0, 20_000)), Ipu("A", Span(21_500, 24_000)), Ipu("A", Span(24_300, 30_000))]
    first, second = shared_pieces(speech)
    assert first.range.end == 20_000 + PAD_MS
    assert second.range.start == 21_500 - PAD_MS


def test_speech_without_a_silence_is_cut_where_somebody_starts() -> None:
    speech = [Ipu("A", Span(0, 25_000)), Ipu("B", Span(22_000, 50_000))]
    pieces = shared_pieces(speech)
    assert [piece.range for piece in pieces] == [Span(0, 25_000), Span(25_000, 50_150)]


def test_endless_speech_is_cut_anywhere() -> None:
    pieces = shared_pieces([Ipu("A", Span(0, 100_000))])
    assert total_ms(recorded_spans(pieces)) == 100_000 + PAD_MS
    assert all(piece.duration_ms <= PIECE_MS for piece in pieces)


def test_chosen_units_only() -> None:
    speech = drawn(A="######....######", B="................######")
    (piece,) = partner_pieces(speech, [speech[1]])
    assert piece.partner == "A"
    assert [clip.span for clip in piece.clips] == [Span(850, 1_750)]


def test_times_lead_back_to_the_recording() -> None:
    (piece,) = shared_pieces([Ipu("A", Span(1_000, 2_000)), Ipu("B", Span(10_000, 11_000))])
    second = piece.clips[1]
    assert second.span == Span(9_850, 11_150)
    assert piece.recorded(Span(150, 400)) == Span(1_000, 1_250)
    assert piece.recorded(Span(second.at + 150, second.at + 300)) == Span(10_000, 10_150)
    assert piece.recorded(Span(second.at - 90, second.at - 60)) == Span(2_150, 2_150)
    assert piece.recorded(Span(50_000, 50_100)) == Span(11_150, 11_150)


def test_no_speech_makes_no_pieces() -> None:
    assert shared_pieces([]) == []
    assert partner_pieces([]) == []
