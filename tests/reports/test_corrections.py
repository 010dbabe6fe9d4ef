from __future__ import annotations

from dataclasses import replace

from listener.domain.report import Report
from listener.domain.review import Judged, Judgement, Moment, Review
from listener.domain.span import Span
from listener.domain.speech import BehaviourLabel
from listener.reports.corrections import Correction, agreement_lines, corrections

HEARD = Moment(Span(62_900, 88_000), "utterance", "B")
AT = "2025-03-01T20:10:00+01:00"


def judged(value: str, machine: str, counts: bool = True, **of: object) -> Judged:
    said = Judgement(by="B", at=AT, moment=HEARD, aspect="speaker", value=value)
    return Judged(replace(said, **of), machine, counts)  # type: ignore[arg-type]


def told(report: Report, *about: Judged) -> list[str]:
    return [c.text for c in corrections(replace(report, review=Review(about)))]


def test_everything_said_of_the_sample_is_told(sample: Report) -> None:
    assert corrections(sample) == (
        Correction("0:12", "Anna", "a listening sound; the machine found an interruption"),
        Correction("1:02", "Therapist", "“says back”, as the machine found"),
        Correction("1:02", "Therapist", "Listen to how calm this is."),
    )
    assert agreement_lines(sample) == (
        "Machine and Anna: 0 of 1 overlaps alike (Cohen's kappa 0.00)",
        "Machine and Therapist: 1 of 1 behaviours alike",
    )


def test_each_aspect_has_its_words(sample: Report) -> None:
    reflection = BehaviourLabel.REFLECTION
    assert told(
        sample,
        judged("A", "B"),
        judged("absent", "present", aspect="behaviour", label=reflection),
        judged("none", "interruption", aspect="event", counts=False),
        judged("", "", aspect="note"),
    ) == [
        "Anna spoke; the machine found Ben spoke",
        "not “says back”; the machine found “says back”",
        "nothing of the kind; the machine found an interruption (does not count: the two of you differ)",
    ]


def test_without_a_review_there_is_nothing_to_tell(sample: Report) -> None:
    bare = replace(sample, review=None)
    assert corrections(bare) == ()
    assert agreement_lines(bare) == ()
