"""Turn-taking drawn as text: one character is 100 ms, `#` speech, anything else silence; partner A above B."""

from __future__ import annotations

import pytest

from listener.analysis.floor import take_floor
from listener.domain.floor import OverlapKind
from listener.domain.span import Span
from listener.domain.speech import Ipu, PartnerId, TwoAtOnce


def drawn(a: str, b: str) -> tuple[Ipu, ...]:
    """The IPUs of a drawing."""
    ipus: list[Ipu] = []
    rows: tuple[tuple[PartnerId, str], ...] = (("A", a), ("B", b))
    for partner, row in rows:
        start: int | None = None
        for i, mark in enumerate(row + "."):
            if mark == "#" and start is None:
                start = i
            elif mark != "#" and start is not None:
                ipus.append(Ipu(partner, Span(start * 100, i * 100)))
                start = None
    return tuple(sorted(ipus, key=lambda ipu: (ipu.span, ipu.partner)))


def kinds(a: str, b: str) -> list[tuple[OverlapKind, str]]:
    return [(overlap.kind, overlap.incomer) for overlap in take_floor(drawn(a, b)).overlaps]


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        # a short "mm-hm" inside the other's speech, and in one of their pauses
        ("#########################", "..........####...........", [(OverlapKind.BACKCHANNEL, "B")]),
        ("##########......##########", "...........####...........", [(OverlapKind.BACKCHANNEL, "B")]),
        # B cuts in, A gives up, B goes on
        ("####################..........", "............##################", [(OverlapKind.INTERRUPTION, "B")]),
        # B tries for long, A talks through it
        (
            "##############################",
            "........################......",
            [(OverlapKind.ATTEMPTED_INTERRUPTION, "B")],
        ),
        # B starts just before A's end
        ("####################..........", ".................#############", [(OverlapKind.TERMINAL, "B")]),
        # no overlap, no event
        ("##########....................", "............##################", []),
    ],
)
def test_kinds_of_incoming_speech(a: str, b: str, expected: list[tuple[OverlapKind, str]]) -> None:
    assert kinds(a, b) == expected


def test_partners_are_treated_alike() -> None:
    a, b = "####################..........", "............##################"
    assert [(k, "A" if who == "B" else "B") for k, who in kinds(a, b)] == kinds(b, a)


def test_a_backchannel_does_not_take_the_floor() -> None:
    floor = take_floor(drawn("##############.########....", "......####................."))
    assert [turn.partner for turn in floor.turns] == ["A"]
    assert floor.transfers == ()
    assert floor.turns[0].span == Span(0, 2300)


def test_a_monologue_rich_in_backchannels_has_no_interruption() -> None:
    holder = "########################################" * 4
    listener = "......####....................####......" * 4
    found = take_floor(drawn(holder, listener)).overlaps
    assert {overlap.kind for overlap in found} == {OverlapKind.BACKCHANNEL}
    assert len(found) == 8


def test_two_backchannels_close_together_are_both_backchannels() -> None:
    holder = "########################################"
    listener = ".........####.....####.................."
    assert [k for k, _ in kinds(holder, listener)] == [OverlapKind.BACKCHANNEL] * 2


def test_a_short_answer_at_the_end_is_a_turn_not_a_backchannel() -> None:
    floor = take_floor(drawn("####################..............", "......................####........"))
    assert [turn.partner for turn in floor.turns] == ["A", "B"]
    assert floor.overlaps == ()


def test_floor_transfer_offset_is_signed() -> None:
    gap = take_floor(drawn("##########..........", "............########")).transfers
    overlap = take_floor(drawn("##########..........", "........############")).transfers
    assert [t.offset_ms for t in gap] == [200]
    assert [t.offset_ms for t in overlap] == [-200]


def test_silence_has_no_floor() -> None:
    floor = take_floor(())
    assert (floor.turns, floor.transfers, floor.overlaps) == ((), (), ())


def test_confidence_is_a_probability() -> None:
    floor = take_floor(drawn("####################..#########", "......#####...##########......."))
    assert floor.overlaps
    assert all(0.0 <= overlap.confidence <= 1.0 for overlap in floor.overlaps)


@pytest.mark.parametrize(
    ("probability", "kind"),
    [(1.0, OverlapKind.INTERRUPTION), (0.8, OverlapKind.INTERRUPTION), (0.6, OverlapKind.TERMINAL)],
)
def test_an_overlap_is_as_long_as_it_is_likely(probability: float, kind: OverlapKind) -> None:
    speech = drawn("##################............", "............##################")
    both = (TwoAtOnce(Span(0, 300), 1.0), TwoAtOnce(Span(1200, 1800), probability), TwoAtOnce(Span(1900, 2500), 1.0))
    found = take_floor(speech, two_at_once=both).overlaps
    assert [(o.kind, o.span) for o in found] == [(kind, Span(1200, 1800))]
    assert 0 <= found[0].confidence <= 1


def test_speech_that_is_sure_has_the_floor_of_overlaps_that_are() -> None:
    speech = drawn("##################............", "............##################")
    heard, told = take_floor(speech, two_at_once=(TwoAtOnce(Span(1200, 1800), 1.0),)), take_floor(speech)
    assert (heard.turns, heard.transfers) == (told.turns, told.transfers)
    assert [(o.kind, o.span) for o in heard.overlaps] == [(o.kind, o.span) for o in told.overlaps]


def test_a_heard_overlap_that_is_sure_interrupts_a_little_sooner_than_a_told_one() -> None:
    speech = drawn("################............", "............################")
    (heard,) = take_floor(speech, two_at_once=(TwoAtOnce(Span(1200, 1600), 1.0),)).overlaps
    (told,) = take_floor(speech).overlaps
    assert (heard.kind, told.kind) == (OverlapKind.INTERRUPTION, OverlapKind.TERMINAL)
