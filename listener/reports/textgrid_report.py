"""The talk as a Praat TextGrid (long text form, UTF-8): five interval tiers for each partner."""

from __future__ import annotations

from praatio.utilities.textgrid_io import getTextgridAsStr

from listener.domain.report import Report
from listener.domain.span import Ms
from listener.reports.tiers import Piece, end_of, tiers


class TextgridReport:
    """Writes a TextGrid: what was said, its words and behaviours, speech and overlaps, as `said@Nora` and so on."""

    def render(self, report: Report) -> bytes:
        found = tiers(report)
        ends = {"xmin": 0, "xmax": _seconds(end_of(report, found))}
        written = [
            {**ends, "class": "IntervalTier", "name": tier.name, "entries": [_entry(p) for p in tier.pieces]}
            for tier in found
        ]
        text: str = getTextgridAsStr({**ends, "tiers": written}, "long_textgrid", includeBlankSpaces=True)
        return text.encode()


def _entry(piece: Piece) -> tuple[float, float, str]:
    return _seconds(piece.span.start), _seconds(piece.span.end), piece.text


def _seconds(at: Ms) -> float:
    return at / 1000
