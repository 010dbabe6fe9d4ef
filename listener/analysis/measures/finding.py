"""What a measure finds: a count and the moments it was counted from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from listener.domain.report import Evidence, Measurement


@dataclass(frozen=True, slots=True)
class Finding:
    """A measurement with its evidence in time order; two of the same measure add.

    `occasion` is false where the talk gave none for what is counted, so that its absence says nothing.
    """

    measurement: Measurement
    evidence: tuple[Evidence, ...]
    occasion: bool = True

    def __add__(self, more: Finding) -> Finding:
        evidence = in_time_order((*self.evidence, *more.evidence))
        return Finding(self.measurement + more.measurement, evidence, self.occasion or more.occasion)


def in_time_order(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """The moments by start, then end, then reason, each once."""
    return tuple(sorted(set(evidence), key=lambda each: (each.span, each.reason, each.quote)))


def share(measure_id: str, part: int, whole: int, evidence: Iterable[Evidence]) -> Finding:
    """Part of a whole, counts or milliseconds."""
    return Finding(Measurement(measure_id, part, whole, "share"), in_time_order(evidence))


def per_minute(measure_id: str, events: int, exposed_ms: int, evidence: Iterable[Evidence]) -> Finding:
    """Events over the milliseconds in which they could happen."""
    return Finding(Measurement(measure_id, events, exposed_ms, "per_minute"), in_time_order(evidence))
