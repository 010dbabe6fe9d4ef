"""What was said as WebVTT captions (W3C), with the speaker of each cue in a voice tag."""

from __future__ import annotations

from html import escape

from listener.domain.report import Report
from listener.reports.captions import Said, cues, said, written
from listener.reports.speakers import speaker_names


class VttReport:
    """Writes WebVTT; names and words are escaped, so that they are never tags, cues or settings."""

    def render(self, report: Report) -> bytes:
        names = speaker_names(report.session)

        def text(each: Said) -> str:
            return f"<v {escape(names[each.partner], quote=False)}>{escape(each.text, quote=False)}"

        return written(cues(said(report), text), "vtt")
