"""What both CSV files share: the form of the file, and cells that a spreadsheet shows and never runs."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import TypeAlias

from listener.reports.wording import plain_text

Cell: TypeAlias = str | int | float | None

RUNS = tuple("=+-@\t\r＝＋－＠")
"""A cell that begins so is taken for a formula (OWASP, CSV injection); the wide forms are by spreadsheets in Asia."""


def csv_bytes(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """RFC 4180 in UTF-8 with a byte order mark.

    The mark is there because people open CSV with a double click, and spreadsheets take a file without it for the
    system's old encoding, which breaks names such as Zoë. Programs that want none have the JSON report.
    """
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return codecs.BOM_UTF8 + text.getvalue().encode()


def _cell(cell: Cell) -> str | int | float:
    """Numbers as they are; text on one line, with an apostrophe before what a spreadsheet would run."""
    if cell is None:
        return ""
    if not isinstance(cell, str):
        return cell
    text = plain_text(cell)
    return f"'{text}" if text.startswith(RUNS) else text
