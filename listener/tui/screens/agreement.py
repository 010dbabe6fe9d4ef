"""How well partners, therapist and machine agree, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from listener.domain.report import Report
from listener.domain.speech import PartnerId
from listener.reports.review_words import AGREEMENT_TITLE, KAPPA_EXPLAINED, NOTHING_JUDGED, agreement_line
from listener.tui.widgets.rows import Point


class AgreementScreen(ModalScreen[None]):
    """Closed by any of the keys that one would try."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,g,q,enter", "dismiss", "Close")]

    def __init__(self, report: Report, names: Mapping[PartnerId, str]) -> None:
        super().__init__()
        self._rated = report.review.agreement if report.review else ()
        self._names = names

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="dialog help"):
            yield Static(AGREEMENT_TITLE, classes="dialog-title", markup=False)
            if not self._rated:
                yield Static(NOTHING_JUDGED, markup=False)
            for agreement in self._rated:
                yield Point("-", agreement_line(agreement, self._names))
            yield Static(f"{KAPPA_EXPLAINED}\nesc closes this.", classes="quiet closing", markup=False)
