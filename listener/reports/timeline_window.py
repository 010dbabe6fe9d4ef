"""Which stretch of a conversation a timeline shows: zoomed in and out, moved along, brought to a moment."""

from __future__ import annotations

from dataclasses import dataclass

from listener.domain.span import Ms, Span

NARROWEST_MS: Ms = 10_000
ZOOM = 2


@dataclass(frozen=True, slots=True)
class Window:
    """`shown` of a conversation that lasts `duration_ms`, never beyond its ends."""

    duration_ms: Ms
    shown: Span

    @classmethod
    def whole(cls, duration_ms: Ms) -> Window:
        """Everything at once."""
        return cls(duration_ms, Span(0, duration_ms))

    @property
    def is_whole(self) -> bool:
        return self.shown.duration_ms >= self.duration_ms

    def closer(self, at: Ms | None = None) -> Window:
        """Half as much, around `at` or the middle of what is shown; at least `NARROWEST_MS`."""
        return self._of(max(NARROWEST_MS, self.shown.duration_ms // ZOOM), self.shown.middle if at is None else at)

    def wider(self) -> Window:
        """Twice as much around the same middle."""
        return self._of(self.shown.duration_ms * ZOOM, self.shown.middle)

    def moved(self, direction: int) -> Window:
        """Half of what is shown further on (1) or back (-1)."""
        return self._of(self.shown.duration_ms, self.shown.middle + direction * self.shown.duration_ms // 2)

    def with_moment(self, span: Span) -> Window:
        """Moved, where need be, so that the start of `span` is in sight."""
        return self if self.shown.contains(span.start) else self._of(self.shown.duration_ms, span.start)

    def _of(self, length_ms: Ms, middle: Ms) -> Window:
        length_ms = min(length_ms, self.duration_ms)
        start = max(0, min(middle - length_ms // 2, self.duration_ms - length_ms))
        return Window(self.duration_ms, Span(start, start + length_ms))
