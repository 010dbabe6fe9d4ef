"""Speech cut into pieces for captions, drawn with 100 ms a character, and words turned into lines."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import numpy as np

from listener.analysis.live_captions import CaptionPiece, CaptionPieces, captions_of
from listener.analysis.live_picture import Caption
from listener.analysis.live_speech import LiveSpeech
from listener.domain.span import Ms, Span
from listener.domain.speech import Ipu, PartnerId, Word
from listener.ports import SAMPLES_PER_MS, Samples


class Drawn:
    """LiveHearing of a drawing up to a moment; a sample tells its own time."""

    note = ""

    def __init__(self, a: str, b: str) -> None:
        self.speech = LiveSpeech()
        self.at_ms: Ms = 0
        rows: tuple[tuple[PartnerId, str], ...] = (("A", a), ("B", b))
        self._whole: list[Ipu] = []
        for partner, row in rows:
            at = 0
            for mark, group in groupby(row):
                length = len(list(group))
                self._whole += [Ipu(partner, Span(100 * at, 100 * (at + length)))] if mark == "#" else []
                at += length

    def until(self, now: Ms) -> None:
        self.at_ms = now
        ipus = [Ipu(i.partner, Span(i.span.start, min(i.span.end, now))) for i in self._whole if i.span.start < now]
        self.speech.tell(0, ipus)

    def hear(self, samples: Samples) -> None:
        raise NotImplementedError

    def strike(self, span: Span) -> None:
        self.speech.strike(span)

    def sound(self, span: Span) -> Samples:
        row = np.arange(span.start * SAMPLES_PER_MS, span.end * SAMPLES_PER_MS, dtype=np.float32)
        return np.stack([row, row])


def cut(a: str, b: str, own_channels: bool = False) -> Iterator[tuple[Ms, CaptionPiece]]:
    """Each piece with when it was cut."""
    hearing, pieces = Drawn(a, b), CaptionPieces(own_channels)
    for now in range(100, 100 * len(a) + 1, 100):
        hearing.until(now)
        for piece in pieces.due(hearing):
            yield now, piece


def spans(a: str, b: str, own_channels: bool = False) -> list[tuple[Ms, PartnerId | None, int, int]]:
    return [(now, p.partner, p.span.start, p.span.end) for now, p in cut(a, b, own_channels)]


def test_a_piece_ends_with_a_silence_and_shorter_ones_stay_in_it() -> None:
    assert spans("..####..####.......", 19 * ".") == [(1600, None, 200, 1200)]


def test_a_piece_has_sound_around_it_that_belongs_to_no_other() -> None:
    found = [piece for _, piece in cut("..######.....######......", 25 * ".")]

    assert [(p.start, p.start + p.sound.size // SAMPLES_PER_MS) for p in found] == [(50, 950), (1150, 2050)]
    assert found[0].sound[0] == 50 * SAMPLES_PER_MS


def test_talk_that_stopped_is_not_held_back_by_the_answer() -> None:
    a = "###############" + "." * 25
    b = "..............." + "#" * 25

    assert spans(a, b)[0] == (1900, None, 0, 1500)


def test_a_backchannel_does_not_cut_the_talk_it_accompanies() -> None:
    a = "#" * 40 + "....."
    b = "." * 15 + "####" + "." * 26

    assert spans(a, b) == [(4400, None, 0, 4000)]


def test_talk_that_runs_on_is_cut_at_its_longest_pause() -> None:
    a = "#" * 30 + ".." + "#" * 20 + "..." + "#" * 40 + "......"

    assert spans(a, "." * len(a)) == [(8000, None, 0, 5350), (9900, None, 5500, 9500)]


def test_talk_without_a_pause_is_cut_anyway() -> None:
    assert spans("#" * 100, "." * 100) == [(8000, None, 0, 7700)]


def test_partners_with_a_microphone_each_are_cut_apart() -> None:
    a = "##########.........................."
    b = "........##########.................."

    assert spans(a, b, own_channels=True) == [(1400, "A", 0, 1000), (2200, "B", 800, 1800)]


def test_clicks_are_no_pieces() -> None:
    assert spans("..#......", "." * 9) == []


def test_nothing_of_a_struck_passage_is_given_out() -> None:
    hearing, pieces = Drawn("..########.......", "." * 17), CaptionPieces(own_channels=False)
    hearing.until(800)
    hearing.strike(Span(0, 800))
    pieces.strike(Span(0, 800))
    hearing.until(1700)

    assert [piece.span for piece in pieces.due(hearing)] == [Span(800, 1000)]


def test_what_was_said_while_captions_were_off_is_not_cut_later() -> None:
    hearing, pieces = Drawn("..########.......###......", "." * 26), CaptionPieces(own_channels=False)
    hearing.until(1600)
    pieces.skip(1600)
    hearing.until(2600)
    assert [piece.span for piece in pieces.due(hearing)] == [Span(1700, 2000)]


def test_words_of_a_shared_microphone_are_given_to_who_spoke() -> None:
    speech = (Ipu("A", Span(1000, 2000)), Ipu("B", Span(2500, 3500)))
    piece = CaptionPiece(None, Span(1000, 3500), 850, np.zeros(1, dtype=np.float32), speech)
    said = [("How", 200, 500), ("are", 600, 700), ("you?", 800, 1100), ("Quite", 1700, 2000), ("well.", 2100, 2500)]
    words = [Word(text, Span(start, end), 0.9) for text, start, end in said]

    assert captions_of(piece, words) == [
        Caption("A", Span(1050, 1950), "How are you?"),
        Caption("B", Span(2550, 3350), "Quite well."),
    ]


def test_words_of_an_own_microphone_are_its_partners_and_invented_ones_go() -> None:
    speech = (Ipu("B", Span(1000, 1500)), Ipu("A", Span(1000, 9000)))
    piece = CaptionPiece("B", Span(1000, 1500), 850, np.zeros(1, dtype=np.float32), speech)
    words = [Word("Yes.", Span(200, 500), 0.9), Word("Thanks.", Span(3000, 3500), 0.9)]

    assert captions_of(piece, words) == [Caption("B", Span(1050, 1350), "Yes.")]
