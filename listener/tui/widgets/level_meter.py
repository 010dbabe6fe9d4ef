"""How loud one microphone is: a bar, its peak, and both in figures."""

from __future__ import annotations

from typing import ClassVar

from textual.content import Content
from textual.widget import Widget

SILENCE_DB, FULL_DB = -60.0, 0.0
LABEL_CELLS = 14
FIGURE_CELLS = 24


class LevelMeter(Widget):
    """One line: label, a bar from -60 to 0 dB with `┃` at the peak, and figures; clipping is told in words."""

    DEFAULT_CSS: ClassVar[str] = "LevelMeter { height: 1; }"

    def __init__(self, label: str, *, id: str | None = None) -> None:  # noqa: A002  as Textual names it
        super().__init__(id=id)
        self._label = label
        self._level: tuple[float, float, bool] | None = None

    def show(self, rms_db: float, peak_db: float, clipped: bool) -> None:
        """Draw these levels; what rounds to the same figures is not drawn again."""
        level = (float(round(rms_db)), float(round(peak_db)), clipped)
        if level != self._level:
            self._level = level
            self.refresh()

    def relabel(self, label: str) -> None:
        """Put another label before the bar."""
        if label != self._label:
            self._label = label
            self.refresh()

    def clear(self) -> None:
        """Draw that nothing is measured."""
        if self._level is not None:
            self._level = None
            self.refresh()

    def render(self) -> Content:
        label = self._label[: LABEL_CELLS - 1].ljust(LABEL_CELLS)
        cells = max(8, self.size.width - LABEL_CELLS - FIGURE_CELLS)
        if self._level is None:
            return Content.assemble(label, ("·" * cells, "$line"), "  no signal")
        rms_db, peak_db, clipped = self._level
        filled, peak = _cells(rms_db, cells), _cells(peak_db, cells)
        bar = "█" * filled + "·" * (cells - filled)
        if peak > 0:
            bar = f"{bar[: peak - 1]}┃{bar[peak:]}"
        colour = "$text-error bold" if clipped else "$text-success"
        return Content.assemble(label, (bar, colour), f"  {_figures(rms_db, peak_db, clipped)}")


def _figures(rms_db: float, peak_db: float, clipped: bool) -> str:
    if clipped:
        return "CLIPPING: too loud"
    if peak_db <= SILENCE_DB:
        return "silent"
    return f"{_decibels(rms_db)}, peak {_decibels(peak_db)}"


def _decibels(value: float) -> str:
    return f"{max(SILENCE_DB, value):.0f} dB".replace("-", "−")


def _cells(value_db: float, cells: int) -> int:
    share = (value_db - SILENCE_DB) / (FULL_DB - SILENCE_DB)
    return round(min(1.0, max(0.0, share)) * cells)
