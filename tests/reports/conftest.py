"""One conversation for every report test, built from values that survive four decimals."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

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
from listener.domain.review import Agreement, Judged, Judgement, Moment, Review
from listener.domain.session import Answer, Promise
from listener.domain.span import Span
from listener.domain.speech import Behaviour, BehaviourLabel, Ipu, Utterance, Word

FEW_WORDS = "Ben showed too few feelings in words this time to tell."
ASKED = "You were not asked at the end of this session."
TRACKED = "This shows over several sessions; this is the first."

SPEECH: tuple[Ipu, ...] = (
    Ipu("A", Span(1_000, 24_000)),
    Ipu("B", Span(12_300, 12_900)),
    Ipu("A", Span(24_600, 41_000)),
    Ipu("B", Span(36_200, 62_000)),
    Ipu("B", Span(62_900, 88_000)),
    Ipu("A", Span(70_500, 71_000)),
    Ipu("A", Span(89_200, 128_000)),
    Ipu("B", Span(101_000, 101_600)),
    Ipu("B", Span(115_000, 118_500)),
    Ipu("B", Span(129_000, 151_000)),
    Ipu("A", Span(152_400, 196_000)),
    Ipu("B", Span(165_000, 165_500)),
    Ipu("B", Span(195_700, 231_000)),
)


def overlap(start: int, end: int, incomer: str, kind: OverlapKind, confidence: float) -> Overlap:
    if incomer == "A":
        return Overlap(Span(start, end), "B", "A", kind, confidence)
    return Overlap(Span(start, end), "A", "B", kind, confidence)


OVERLAPS = (
    overlap(12_300, 12_900, "B", OverlapKind.BACKCHANNEL, 0.93),
    overlap(36_200, 41_000, "B", OverlapKind.INTERRUPTION, 0.88),
    overlap(70_500, 71_000, "A", OverlapKind.BACKCHANNEL, 0.9),
    overlap(101_000, 101_600, "B", OverlapKind.BACKCHANNEL, 0.81),
    overlap(115_000, 118_500, "B", OverlapKind.ATTEMPTED_INTERRUPTION, 0.5512),
    overlap(165_000, 165_500, "B", OverlapKind.BACKCHANNEL, 0.97),
    overlap(195_700, 196_000, "B", OverlapKind.TERMINAL, 0.7),
)

UTTERANCES = (
    Utterance(
        "A",
        Span(1_000, 24_000),
        "I felt lonely on Sunday.",
        (
            Word("I", Span(1_000, 1_200), 0.99),
            Word("felt", Span(1_200, 1_600), 0.9712),
            Word("lonely", Span(1_650, 2_200), 0.91),
        ),
        (
            Behaviour(BehaviourLabel.FEELING_STATEMENT, 0.94),
            Behaviour(BehaviourLabel.SELF_DISCLOSURE, 0.61),
        ),
    ),
    Utterance(
        "B",
        Span(62_900, 88_000),
        "So it was the quiet house that got to you?",
        (),
        (Behaviour(BehaviourLabel.REFLECTION, 0.83),),
    ),
)

INTERRUPTED = Evidence(
    Span(36_200, 41_000), "no wait, I did call you", "Ben came in while Anna was speaking; Anna stopped."
)
ATTEMPT = Evidence(Span(115_000, 118_500), "", "Ben started to speak; Anna kept the floor.")
REFLECTED = Evidence(
    Span(62_900, 68_000),
    "So it was the quiet house that got to you, more than that I was late?",
    "Ben took up what Anna had just said.",
)
UNDERSTOOD = Evidence(
    Span(129_000, 134_000), "That sounds like a long evening", "Ben answered Anna's feeling with understanding."
)

NOT_FELT = Judgement(
    "A",
    "2025-03-01T20:10:00+01:00",
    Moment(Span(12_300, 12_900), "overlap", "B"),
    "event",
    OverlapKind.BACKCHANNEL,
)
REVIEW = Review(
    (
        Judged(NOT_FELT, OverlapKind.INTERRUPTION, True),
        Judged(
            Judgement(
                "therapist",
                "2025-03-08T10:00:00+01:00",
                Moment(Span(62_900, 88_000), "utterance", "B"),
                "behaviour",
                "present",
                BehaviourLabel.REFLECTION,
            ),
            "present",
            True,
        ),
        Judged(
            Judgement(
                "therapist",
                "2025-03-08T10:01:00+01:00",
                Moment(Span(62_900, 88_000), "utterance", "B"),
                "note",
                "Listen to how calm this is.",
            ),
            "",
            True,
        ),
    ),
    (
        Agreement(("machine", "A"), "event", 1, 0, 0.0),
        Agreement(("machine", "therapist"), "behaviour", 1, 1, None),
    ),
)

GUIDELINES = (
    GuidelineScore(
        "full-attention",
        "A",
        71,
        52,
        86,
        None,
        "measured",
        (Measurement("backchannels_per_minute", 1, 110_000, "per_minute"),),
    ),
    GuidelineScore(
        "full-attention",
        "B",
        88,
        74,
        95,
        None,
        "measured",
        (
            Measurement("backchannels_per_minute", 3, 121_000, "per_minute"),
            Measurement("response-gap-ms", 4_200, 6, "mean_ms"),
            Measurement("uptake_share", 5, 7, "share"),
        ),
        (REFLECTED,),
    ),
    GuidelineScore(
        "let-them-finish",
        "A",
        100,
        83,
        100,
        None,
        "measured",
        (Measurement("interruptions_per_minute", 0, 110_000, "per_minute"),),
    ),
    GuidelineScore(
        "let-them-finish",
        "B",
        58,
        36,
        77,
        None,
        "measured",
        (
            Measurement("interruptions_per_minute", 1, 121_000, "per_minute"),
            Measurement("attempted-interruptions-per-minute", 1, 121_000, "per_minute"),
        ),
        (INTERRUPTED, ATTEMPT),
    ),
    GuidelineScore(
        "share-the-floor",
        "both",
        94,
        85,
        98,
        None,
        "measured",
        (Measurement("speaking_share", 110_000, 231_000, "share"),),
    ),
    GuidelineScore("validate", "A", None, None, None, FEW_WORDS, "measured"),
    GuidelineScore(
        "validate",
        "B",
        82,
        60,
        93,
        None,
        "measured",
        (Measurement("feeling_response_share", 2, 3, "share"),),
        (UNDERSTOOD, REFLECTED),
    ),
    GuidelineScore("no-judgement", "A", None, None, None, "Too little was said to tell.", "measured"),
    GuidelineScore("no-judgement", "B", None, None, None, "Too little was said to tell.", "measured"),
    GuidelineScore("right-time", "both", None, None, None, ASKED, "asked"),
    GuidelineScore("keep-promises", "both", None, None, None, TRACKED, "tracked"),
)


@pytest.fixture(name="sample")
def sample_report() -> Report:
    """Anna and Ben, four minutes on one microphone: one interruption, one attempt, four backchannels."""
    return Report(
        provenance=Provenance(
            "0.1.0",
            "2025.1",
            {"segmentation-3.0": "ab" * 32, "campplus-zh-en": "cd" * 32},
            {"ipu_gap_ms": 200, "fast": [1, 2.5]},
        ),
        session=Session(
            duration_ms=240_000,
            recorded_at="2025-03-01T19:30:05+01:00",
            scenario="daily-check-in",
            mics="one",
            partners=(Partner("A", "Anna", Role.SPEAKER, True), Partner("B", "Ben", Role.LISTENER, False)),
            lost_ms=1_500,
            notes=("Ben gave no voice sample; his voice was told apart by its sound in this recording.",),
            answers=(Answer("A", "right-time", 4),),
            promises=(
                Promise("A", "I will ask about your evening."),
                Promise("B", "I will call when I am late."),
            ),
        ),
        speech=SPEECH,
        turns=(
            Turn("A", Span(1_000, 41_000)),
            Turn("B", Span(41_000, 88_000)),
            Turn("A", Span(89_200, 128_000)),
            Turn("B", Span(129_000, 151_000)),
            Turn("A", Span(152_400, 196_000)),
            Turn("B", Span(196_000, 231_000)),
        ),
        overlaps=OVERLAPS,
        utterances=UTTERANCES,
        talk={"A": Talk(122_300, 0.5138, 43_600, 142.35), "B": Talk(115_700, 0.4862, 47_000, None)},
        guidelines=GUIDELINES,
        advice=Advice(
            (
                "Ben took up what Anna said and put it into his own words, twice.",
                "You shared the time almost evenly.",
            ),
            "Ben, when an answer is on the tip of your tongue, count one slow breath after Anna has finished.",
        ),
        review=REVIEW,
    )


@pytest.fixture(name="silent")
def silent_report(sample: Report) -> Report:
    """Nobody spoke and nothing is known: every list that may be empty is empty."""
    return replace(
        sample,
        session=replace(sample.session, recorded_at=None, lost_ms=0, notes=(), answers=(), promises=()),
        speech=(),
        turns=(),
        overlaps=(),
        utterances=(),
        talk={"A": Talk(0, 0.0, 0, None), "B": Talk(0, 0.0, 0, None)},
        guidelines=(GuidelineScore("validate", "A", None, None, None, "Nobody was heard.", "measured"),),
        advice=Advice((), ""),
    )


HOSTILE = (
    "[bold red]Eve[/] :smile: \x1b[31mred\x1b[0m \u202egnirts\u2066 <script>alert(1)</script> | `rm` *x* _y_ "
    "[link](http://example.org) ![i](j) # h\n\n# heading\r\x07\x9b2J\ud83d \u2028 &amp; @team"
)


@pytest.fixture(name="hostile")
def hostile_report(sample: Report) -> Report:
    """The sample with markup, control, direction and broken characters in every free text."""
    first, second = sample.session.partners
    moment = Evidence(Span(36_200, 41_000), HOSTILE, HOSTILE)
    return replace(
        sample,
        session=replace(
            sample.session,
            partners=(replace(first, name=HOSTILE), replace(second, name="家" * 50)),
            notes=(HOSTILE, "x" * 300),
        ),
        utterances=(Utterance("A", Span(0, 1_000), HOSTILE),),
        guidelines=(
            GuidelineScore("validate", "A", 40, 20, 60, None, "asked", (), (moment,)),
            GuidelineScore("no-judgement", "B", None, None, None, HOSTILE, "measured"),
        ),
        advice=Advice((HOSTILE,), HOSTILE),
    )


@pytest.fixture
def titles() -> dict[str, str]:
    return {
        "full-attention": "Give your full attention",
        "let-them-finish": "Let each other finish",
        "share-the-floor": "Share the floor",
        "validate": "Show that you understand",
        "no-judgement": "Hold back the verdict",
        "right-time": "Choose a good moment",
        "daily-check-in": "Daily check-in",
    }


@pytest.fixture
def golden() -> Callable[[str, bytes], None]:
    """Compares bytes with `golden/NAME`; with LISTENER_UPDATE_GOLDEN=1 in the environment it writes the file first."""

    def compare(name: str, rendered: bytes) -> None:
        path = Path(__file__).parent / "golden" / name
        if os.environ.get("LISTENER_UPDATE_GOLDEN") == "1":
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(rendered)
        assert rendered.decode() == path.read_bytes().decode(), "LISTENER_UPDATE_GOLDEN=1 pytest rewrites the file"

    return compare
