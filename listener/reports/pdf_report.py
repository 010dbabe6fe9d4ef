"""The report as a PDF for A4 paper, set by Typst from the template `report.typ`.

All texts reach the template as JSON strings, and strings are never markup to Typst. Needs the extra `pdf`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files

from listener.domain.report import Report
from listener.errors import MissingPackage
from listener.reports.pdf_content import content

EMBEDDED_LETTERS = ((0x0, 0x52F), (0x1E00, 0x27BF), (0xFFFD, 0xFFFD))
"""Latin, Greek and Cyrillic letters and common signs (first, last): Typst brings fonts for these itself."""


@dataclass(frozen=True, slots=True)
class PdfReport:
    """Sets the report; `titles` maps guideline ids to titles.

    The same report gives the same bytes, on every machine where its texts are in Latin, Greek or Cyrillic letters; for
    others the fonts of the machine are used. Raises MissingPackage without Typst.
    """

    titles: Mapping[str, str] = field(default_factory=dict)

    def render(self, report: Report) -> bytes:
        return typeset(source(report, self.titles))


def source(report: Report, titles: Mapping[str, str]) -> str:
    """What the template is given, as JSON."""
    return json.dumps(content(report, titles), ensure_ascii=False, indent=1)


def typeset(given: str) -> bytes:
    """The PDF of what the template is given. Raises MissingPackage."""
    try:
        import typst  # noqa: PLC0415  # an extra, and large
    except ImportError as error:
        raise MissingPackage(
            "PDF reports need Typst, which is not installed.", "Install it with: pip install 'listener-practice[pdf]'"
        ) from error
    template = files("listener.reports").joinpath("report.typ").read_bytes()
    return typst.compile(
        template, format="pdf", sys_inputs={"report": given}, ignore_system_fonts=not needs_other_fonts(given)
    )


def needs_other_fonts(text: str) -> bool:
    """Whether there are letters for which Typst brings no font."""
    return any(not any(first <= ord(c) <= last for first, last in EMBEDDED_LETTERS) for c in set(text))
