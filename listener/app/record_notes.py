"""What a session's record adds to its report: the partners' answers, and what happened to the recording."""

from __future__ import annotations

from listener.domain.session import Answer, Promise, SessionRecord
from listener.domain.span import clock, total_ms
from listener.domain.speech import PARTNERS

READINESS_GUIDELINE = "right-time"
"""The check-in before the start answers this guideline's question; the partners answer it together."""

YES, NO = 5, 1


def all_answers(record: SessionRecord) -> tuple[Answer, ...]:
    """The answers of the check-out and, as answers of both, those of the check-in."""
    ready = tuple(
        Answer(partner, READINESS_GUIDELINE, YES if yes else NO)
        for yes in record.readiness.values()
        for partner in PARTNERS
    )
    return (*ready, *record.answers)


def promised(record: SessionRecord) -> tuple[Promise, ...]:
    """What was promised, as it is told in the report; what became of it since is kept in the record alone."""
    meant = (promise for promise in record.promises if promise.state not in {"found", "no_promise"})
    return tuple(Promise(promise.partner, promise.text) for promise in meant)


def record_notes(record: SessionRecord) -> tuple[str, ...]:
    """Gaps, pauses and struck passages in plain words."""
    notes = []
    if record.gaps:
        times = ", ".join(clock(gap.start) for gap in record.gaps[:5]) + (" …" if len(record.gaps) > 5 else "")
        notes.append(f"The sound was interrupted {how_often(len(record.gaps))} (at {times}); the gaps are silence.")
    if record.struck:
        notes.append(f"{clock(total_ms(record.struck))} were struck from the record by the partners and are silence.")
    if record.pauses:
        notes.append(f"The recording was paused {how_often(len(record.pauses))}; what was said then is not in it.")
    return tuple(notes)


def how_often(count: int) -> str:
    """How often, in words."""
    return "once" if count == 1 else f"{count} times"
