"""The outline of the sound as two rows, one for each partner, as the player draws it."""

from __future__ import annotations

from collections.abc import Sequence

from listener.domain.embedded_sound import EmbeddedSound
from listener.domain.report import Report
from listener.domain.span import merged
from listener.domain.speech import PARTNERS, PartnerId

FULL = 100


def rows(report: Report, sound: EmbeddedSound) -> tuple[list[int], list[int]]:
    """Loudness from 0 to 100 on one scale for both: each partner's microphone, or the one where that partner speaks."""
    own = len(sound.peaks) == len(PARTNERS)
    first, second = (
        list(sound.peaks[i]) if own else _while_speaking(report, partner, sound.peaks[0])
        for i, partner in enumerate(PARTNERS)
    )
    loudest = max([*first, *second, 1])
    return _scaled(first, loudest), _scaled(second, loudest)


def _scaled(peaks: Sequence[int], loudest: int) -> list[int]:
    return [round(peak * FULL / loudest) for peak in peaks]


def _while_speaking(report: Report, partner: PartnerId, peaks: Sequence[int]) -> list[int]:
    """The peaks of the stretches in which the partner speaks, 0 elsewhere."""
    kept = [0] * len(peaks)
    duration = max(1, report.session.duration_ms)
    for span in merged(ipu.span for ipu in report.speech if ipu.partner == partner):
        start, end = span.start * len(peaks) // duration, -(-span.end * len(peaks) // duration)
        kept[start:end] = peaks[start:end]
    return kept
