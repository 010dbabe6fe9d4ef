"""What was said as SRT subtitles, each with its speaker before a colon.

SRT has no way to escape anything, and players take `<…>` for styles and `{…}` for placing. So these brackets are
written as others that look alike: no name or word can become markup, or end a subtitle.
"""

from __future__ import annotations

import re

from listener.domain.report import Report
from listener.reports.captions import Said, cues, said, written
from listener.reports.speakers import speaker_names

_LOOKALIKE = str.maketrans({"<": "‹", ">": "›", "{": "(", "}": ")"})
_NOT_IN_A_NAME = re.compile(r"[:：\[\]()‹›!?;,]+")
_MOST_NAME_WORDS = 4
_BEFORE_LETTERS = re.compile(r"^[\W\d_]+")


class SrtReport:
    """Writes SRT that says who speaks: `Nora: How are you?`."""

    def render(self, report: Report) -> bytes:
        names = speaker_names(report.session, as_prefix)

        def text(each: Said) -> str:
            return f"{names[each.partner]}: {each.text.translate(_LOOKALIKE)}"

        return written(cues(said(report), text), "srt")


def as_prefix(name: str) -> str:
    """A name as it can stand before a colon: starting with a letter, a few words, nothing that ends it early."""
    words = _BEFORE_LETTERS.sub("", _NOT_IN_A_NAME.sub(" ", name.translate(_LOOKALIKE))).split()
    return " ".join(words[:_MOST_NAME_WORDS])
