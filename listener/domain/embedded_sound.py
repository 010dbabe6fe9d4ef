"""Sound that travels inside a report: compressed, with its outline for drawing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EmbeddedSound:
    """A whole recording as `content` of the type `mime`, on the time of the report.

    peaks: for each microphone the loudest sample of each of equally long stretches, 0 to 127; all have the same length.
    """

    mime: str
    content: bytes
    peaks: tuple[tuple[int, ...], ...]
