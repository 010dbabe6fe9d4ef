"""Who spoke when, as RTTM (NIST Rich Transcription Time Marked): a line for each stretch of speech, ten columns."""

from __future__ import annotations

from listener.domain.report import Report
from listener.domain.speech import PartnerId
from listener.reports.speakers import speaker_names

RECORDING = "talk"
"""The name of the recording in the second column; the real one stays out of the file."""

_UNNAMED = "<NA>"


class RttmReport:
    """Writes RTTM; blanks in names become underscores. With two microphones the channel is the speaker's own."""

    def render(self, report: Report) -> bytes:
        names = speaker_names(report.session, as_column)
        second: PartnerId | None = "B" if report.session.mics == "two" else None
        lines = [
            f"SPEAKER {RECORDING} {2 if ipu.partner == second else 1} {_seconds(ipu.span.start)} "
            f"{_seconds(ipu.span.duration_ms)} <NA> <NA> {names[ipu.partner]} <NA> <NA>\n"
            for ipu in sorted(report.speech, key=lambda ipu: (ipu.span, ipu.partner))
            if ipu.span.duration_ms
        ]
        return "".join(lines).encode()


def as_column(name: str) -> str:
    """A name without blanks; nothing where it would say that there is none."""
    column = "_".join(name.split())
    return "" if column == _UNNAMED else column


def _seconds(ms: int) -> str:
    return f"{ms // 1000}.{ms % 1000:03}"
