"""A report with words for tests that need no analysis: the good talk, between Anna and Ben."""

from __future__ import annotations

from dataclasses import replace

from listener.domain.floor import Overlap, OverlapKind, Turn
from listener.domain.practice import Partner, Role
from listener.domain.report import (
    Advice,
    Evidence,
    GuidelineScore,
    Measurement,
    Provenance,
    Report,
    Session,
    Talk,
)
from listener.domain.span import Span
from listener.domain.speech import PARTNERS, Behaviour, BehaviourLabel, Ipu
from tests.drawn_talk import GOOD, utterances
from tests.talk_files import with_words


def talk_report() -> Report:
    """A report whose every list holds something; the names stand in its advice, evidence and one utterance."""
    talk = [replace(u, behaviours=(Behaviour(BehaviourLabel.INFORMATION, 0.9),)) for u in with_words(utterances(GOOD))]
    talk[0] = replace(talk[0], text=f"{talk[0].text} And Ben?")
    moment = Evidence(talk[1].span, talk[1].text, "Ben took up what Anna had said.")
    return Report(
        provenance=Provenance("0.1.0", "2025.1", {}, {}),
        session=Session(
            duration_ms=max(u.span.end for u in talk),
            recorded_at="2026-11-23T19:00:00+01:00",
            scenario="free-talk",
            mics="one",
            partners=(Partner("A", "Anna", Role.BOTH, True), Partner("B", "Ben", Role.BOTH, True)),
            lost_ms=0,
            notes=("Ben's voice was quiet.",),
        ),
        speech=tuple(Ipu(u.partner, u.span) for u in talk),
        turns=tuple(Turn(u.partner, u.span) for u in talk),
        overlaps=(Overlap(Span(400, 900), "A", "B", OverlapKind.BACKCHANNEL, 0.9),),
        utterances=tuple(talk),
        talk={partner: Talk(10_000, 0.5, 4_000, 120.0) for partner in PARTNERS},
        guidelines=(
            GuidelineScore(
                "full-attention",
                "B",
                80,
                60,
                95,
                None,
                "measured",
                (Measurement("uptake_share", 3, 4, "share"),),
                (moment,),
            ),
            GuidelineScore(
                "full-attention", "A", 70, 50, 90, None, "measured", (Measurement("uptake_share", 2, 4, "share"),)
            ),
        ),
        advice=Advice(("Ben took up what Anna said.",), "Anna, ask Ben once more."),
    )
