"""The report as one HTML file that needs no network: every moment can be heard where the sound is in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from listener.domain.embedded_sound import EmbeddedSound
from listener.domain.report import Report
from listener.reports.html.page import page


@dataclass(frozen=True, slots=True)
class HtmlReport:
    """Writes HTML; `titles` maps ids of guidelines and scenarios to titles, `sound` is left out where it is None."""

    titles: Mapping[str, str] = field(default_factory=dict)
    sound: EmbeddedSound | None = None

    def render(self, report: Report) -> bytes:
        """The file as UTF-8; equal reports with equal sound give the same bytes."""
        return page(report, self.titles, self.sound).encode()
