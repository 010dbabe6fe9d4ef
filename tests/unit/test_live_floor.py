"""The floor while the talk goes on: drawings (100 ms a character) are cut off at each moment in turn."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from listener.analysis.floor import FloorParameters
from listener.analysis.live_floor import LiveFloor
from listener.analysis.live_speech import LiveSpeech
from listener.domain.floor import OverlapKind
from listener.domain.span import Ms, Span
from listener.domain.speech import Ipu, PartnerId


def drawn(a: str, b: str) -> list[Ipu]:
    rows: tuple[tuple[PartnerId, str], ...] = (("A", a), ("B", b))
    ipus: list[Ipu] = []
    for partner, row in rows:
        at = 0
        for mark, group in groupby(row):
            length = len(list(group))
            ipus += [Ipu(partner, Span(100 * at, 100 * (at + length)))] if mark == "#" else []
            at += length
    return ipus


def seen(a: str, b: str, step_ms: Ms = 100) -> Iterator[tuple[Ms, LiveFloor]]:
    """The floor at each moment of a drawing."""
    floor, speech = LiveFloor(FloorParameters()), LiveSpeech()
    whole = drawn(a, b)
    for now in range(step_ms, 100 * len(a) + 1, step_ms):
        cut = [Ipu(i.partner, Span(i.span.start, min(i.span.end, now))) for i in whole if i.span.start < now]
        speech.tell(0, cut)
        floor.take(speech, now)
        yield now, floor


def test_an_interruption_is_noticed_when_the_holder_has_been_silent_for_as_long_as_a_pause() -> None:
    a = "####################.........."
    b = "............##################"
    noticed = {now: [e.kind for e in floor.events] for now, floor in seen(a, b)}

    assert noticed[1600] == []
    assert noticed[2000] == [OverlapKind.ATTEMPTED_INTERRUPTION]
    assert noticed[2200] == [OverlapKind.INTERRUPTION]
    *_, (_, floor) = seen(a, b)
    assert [(e.span, e.incomer, e.noticed_ms) for e in floor.events] == [(Span(1200, 2000), "B", 2200)]


def test_a_holder_who_only_takes_breath_was_not_interrupted() -> None:
    a = "##################.#############"
    b = "............############........"

    kinds = {event.kind for _, floor in seen(a, b) for event in floor.events}

    assert kinds == {OverlapKind.ATTEMPTED_INTERRUPTION}


def test_a_backchannel_does_not_take_the_floor_and_is_noticed() -> None:
    a = "##########################"
    b = "..........####............"

    holders = [floor.holder for _, floor in seen(a, b)]
    *_, (_, floor) = seen(a, b)

    assert set(holders) == {"A"}
    assert [(e.kind, e.incomer) for e in floor.events] == [(OverlapKind.BACKCHANNEL, "B")]


def test_the_floor_passes_when_its_holder_stops_and_stays_through_pauses() -> None:
    a = "##########............................"
    b = "..............##########.............."

    holders = {now: floor.holder for now, floor in seen(a, b)}

    assert holders[1400] == "A"
    assert holders[1700] == "B"
    assert holders[3800] == "B"
    assert next(floor.holder for _, floor in seen("....", "....")) is None


def test_who_speaks_is_told() -> None:
    speaking = {now: floor.speaking for now, floor in seen("########......", "....######....")}

    assert speaking[300] == {"A"}
    assert speaking[700] == {"A", "B"}
    assert speaking[1100] == {"B"}
    assert speaking[1400] == frozenset()


def test_events_outlive_the_stretch_the_floor_is_taken_over() -> None:
    a = "####################" + ".........." + 4 * ("." * 480 + "####################")
    b = "............##################" + 4 * ("." * 500)
    *_, (_, floor) = seen(a, b, 1000)

    assert [(e.kind, e.span.start) for e in floor.events] == [(OverlapKind.INTERRUPTION, 1200)]


def test_what_is_struck_is_forgotten() -> None:
    *_, (_, floor) = seen("####################..........", "............##################")

    floor.strike(Span(1500, 1600))

    assert floor.events == ()
