"""The talk as an ELAN annotation (.eaf, format 3.0): five tiers for each partner, all on the time line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring  # writes; nothing is parsed here

from listener.domain.report import Report
from listener.domain.span import Ms
from listener.domain.tiers import TierKind
from listener.reports.tiers import Tier, tiers

SCHEMA = "http://www.mpi.nl/tools/elan/EAFv3.0.xsd"
UNDATED = "1970-01-01T00:00:00+00:00"
"""ELAN wants a date; this one stands where it is not known when the talk was recorded."""

_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)?", re.ASCII)
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class ElanReport:
    """Writes ELAN's XML; the date in it is that of the recording, so the same report gives the same bytes."""

    def render(self, report: Report) -> bytes:
        dated = report.session.recorded_at or ""
        root = Element(
            "ANNOTATION_DOCUMENT",
            {
                "AUTHOR": "Listener",
                "DATE": dated if _DATE.fullmatch(dated) else UNDATED,
                "FORMAT": "3.0",
                "VERSION": "3.0",
                "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
                "xsi:noNamespaceSchemaLocation": SCHEMA,
            },
        )
        SubElement(root, "HEADER", {"MEDIA_FILE": "", "TIME_UNITS": "milliseconds"})
        _write_tiers(root, tiers(report))
        for kind in TierKind:
            SubElement(
                root,
                "LINGUISTIC_TYPE",
                {"GRAPHIC_REFERENCES": "false", "LINGUISTIC_TYPE_ID": kind, "TIME_ALIGNABLE": "true"},
            )
        indent(root)
        written: bytes = tostring(root, encoding="UTF-8", xml_declaration=True)
        return written + b"\n"


def _write_tiers(root: Element, found: Sequence[Tier]) -> None:
    """The tiers with their annotations; before them the times that they refer to, in order as ELAN wants them."""
    order = SubElement(root, "TIME_ORDER")
    times: list[tuple[Ms, Element]] = []
    number = 0
    for tier in found:
        named = {"PARTICIPANT": in_xml(tier.speaker), "TIER_ID": in_xml(tier.name)}
        element = SubElement(root, "TIER", {"LINGUISTIC_TYPE_REF": tier.kind, **named})
        for piece in tier.pieces:
            number += 1
            annotation = SubElement(SubElement(element, "ANNOTATION"), "ALIGNABLE_ANNOTATION")
            annotation.set("ANNOTATION_ID", f"a{number}")
            SubElement(annotation, "ANNOTATION_VALUE").text = in_xml(piece.text)
            times += [(piece.span.start, annotation), (piece.span.end, annotation)]
    for slot, (at, annotation) in enumerate(sorted(times, key=lambda time: time[0]), 1):
        SubElement(order, "TIME_SLOT", {"TIME_SLOT_ID": f"ts{slot}", "TIME_VALUE": str(at)})
        annotation.set("TIME_SLOT_REF1" if annotation.get("TIME_SLOT_REF1") is None else "TIME_SLOT_REF2", f"ts{slot}")


def in_xml(text: str) -> str:
    """The text with a visible replacement for the characters that XML cannot hold, escaped or not."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
