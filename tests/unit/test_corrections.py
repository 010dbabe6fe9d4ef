"""What changes when people correct a moment: only what they named, and what follows from it."""

from __future__ import annotations

from listener.analysis.corrections import Corrections, moment_of
from listener.domain.floor import Overlap, OverlapKind
from listener.domain.review import ABSENT, NOTHING, PRESENT
from listener.domain.span import Span
from listener.domain.speech import Behaviour, BehaviourLabel, Ipu, Utterance
from listener.domain.voice import Voices, VoiceStretch

CAME_IN = Overlap(Span(3_000, 4_000), "A", "B", OverlapKind.INTERRUPTION, 0.8)
LATER = Overlap(Span(9_000, 9_400), "A", "B", OverlapKind.BACKCHANNEL, 0.7)
BLAMES = Utterance("B", Span(3_000, 6_000), "You always say that.", (), (Behaviour(BehaviourLabel.BLAME, 0.8),))
TELLS = Utterance("A", Span(6_500, 8_000), "I was late.", (), (Behaviour(BehaviourLabel.INFORMATION, 0.7),))


def test_an_overlap_takes_the_decided_kind_and_is_sure() -> None:
    by = Corrections({(moment_of(CAME_IN), "event", None): "backchannel"})
    changed, untouched = by.overlaps([CAME_IN, LATER])
    assert (changed.kind, changed.confidence, changed.span) == (OverlapKind.BACKCHANNEL, 1.0, CAME_IN.span)
    assert untouched is LATER


def test_an_overlap_that_was_nothing_is_gone() -> None:
    assert Corrections({(moment_of(CAME_IN), "event", None): NOTHING}).overlaps([CAME_IN, LATER]) == (LATER,)


def test_behaviours_are_added_and_taken_away_one_by_one() -> None:
    moment = moment_of(BLAMES)
    by = Corrections(
        {
            (moment, "behaviour", BehaviourLabel.BLAME): ABSENT,
            (moment, "behaviour", BehaviourLabel.APPRECIATION): PRESENT,
        }
    )
    changed, untouched = by.behaviours([BLAMES, TELLS])
    assert changed.behaviours == (Behaviour(BehaviourLabel.APPRECIATION, 1.0),)
    assert untouched is TELLS


def test_whoever_spoke_takes_words_speech_and_voice_along() -> None:
    by = Corrections({(moment_of(BLAMES), "speaker", None): "A"})
    speech = (Ipu("B", Span(2_950, 6_050)), Ipu("A", Span(6_480, 8_020)))
    voices = Voices((VoiceStretch("B", Span(3_500, 4_500), 60.0), VoiceStretch("B", Span(9_000, 9_500), 60.0)))
    assert [(u.partner, u.text) for u in by.utterances([BLAMES, TELLS])] == [
        ("A", BLAMES.text),
        ("A", TELLS.text),
    ]
    assert by.speech(speech, [BLAMES, TELLS]) == (Ipu("A", Span(2_950, 6_050)), Ipu("A", Span(6_480, 8_020)))
    assert [s.partner for s in by.voices(voices).stretches] == ["A", "B"]


def test_only_the_corrected_part_of_a_stretch_changes_hands() -> None:
    mine = Utterance("B", Span(3_000, 5_000), "Wait.")
    theirs = Utterance("B", Span(5_100, 7_000), "No.")
    by = Corrections({(moment_of(theirs), "speaker", None): "A"})
    assert by.speech((Ipu("B", Span(3_000, 7_000)),), [mine, theirs]) == (
        Ipu("B", Span(3_000, 5_100)),
        Ipu("A", Span(5_100, 7_000)),
    )


def test_behaviours_follow_an_utterance_to_its_real_speaker() -> None:
    moment = moment_of(BLAMES)
    by = Corrections({(moment, "speaker", None): "A", (moment, "behaviour", BehaviourLabel.BLAME): ABSENT})
    (changed,) = by.behaviours(by.utterances([BLAMES]))
    assert (changed.partner, changed.behaviours) == ("A", ())


def test_agreeing_with_the_machine_changes_nothing_but_certainty() -> None:
    by = Corrections({(moment_of(BLAMES), "speaker", None): "B", (moment_of(LATER), "event", None): "backchannel"})
    assert by.moved == ()
    assert by.speech((Ipu("B", Span(3_000, 6_000)),), [BLAMES]) == (Ipu("B", Span(3_000, 6_000)),)
    assert by.overlaps([LATER])[0].kind is OverlapKind.BACKCHANNEL
