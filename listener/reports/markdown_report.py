"""The report as Markdown (CommonMark with tables); names and words are escaped and never become markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from listener.domain.report import Report
from listener.domain.speech import PARTNERS
from listener.reports import timeline, wording
from listener.reports.review_words import AGREEMENT_TITLE, CORRECTED_TITLE
from listener.reports.summary import Summary, summarised

STRIP_COLUMNS = 60
STRIP_NAME = 10
_MARKUP = re.compile(r"[\\`*_\[\]|~#$^]")
_AT_START = re.compile(r"^(\d{1,9})([.)])(?=\s|$)|^([-+=])")
_LINK_BEGINNINGS = re.compile(r"(?i)(?<=http)(s?):|(?<=ftp):|(?<=www)\.|(?<=mailto):|(?<=xmpp):")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "&#64;"}


@dataclass(frozen=True, slots=True)
class MarkdownReport:
    """Writes Markdown; `titles` maps guideline ids to titles."""

    titles: Mapping[str, str] = field(default_factory=dict)

    def render(self, report: Report) -> bytes:
        return render(report, self.titles)


def render(report: Report, titles: Mapping[str, str] | None = None) -> bytes:
    """The report as UTF-8 Markdown with a newline at its end."""
    summary = summarised(report, titles or {})
    blocks = [
        "# Listener",
        f"*{wording.PRACTICE_NOT_DIAGNOSIS}*",
        f"{escaped(summary.partners)}  \n{escaped(' · '.join(summary.facts))}",
        *_advice(summary),
        *_balance(summary),
        *_floor(report, summary),
        *_guidelines(summary),
        *_moments(summary),
        *_voices(summary),
        *_corrected(summary),
        *_section(wording.SAID_AFTER_TITLE, _bullets(summary.said_after)),
        *_section("Notes", _bullets(summary.notes)),
    ]
    return ("\n\n".join(blocks) + "\n").encode()


def escaped(text: str) -> str:
    """The text as Markdown that shows exactly this text, at the start of a line as elsewhere."""
    text = _MARKUP.sub(r"\\\g<0>", wording.plain_text(text))
    text = _AT_START.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", text)
    text = "".join(_ENTITIES.get(character, character) for character in text)
    return _LINK_BEGINNINGS.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", text)


def _section(title: str, body: str) -> list[str]:
    return [f"## {title}", body] if body else []


def _bullets(texts: Iterable[str]) -> str:
    return "\n".join(f"- {escaped(text)}" for text in texts)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]], align: str) -> str:
    """A table of texts still to be escaped; `align` has a letter a column, `l` or `r`."""
    rule = ["---:" if letter == "r" else "---" for letter in align]
    lines = [[escaped(cell) for cell in head], rule, *([escaped(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _advice(summary: Summary) -> list[str]:
    to_try = f"> {escaped(summary.try_next)}" if summary.try_next else ""
    return [*_section("What went well", _bullets(summary.went_well)), *_section("One thing to try", to_try)]


def _balance(summary: Summary) -> list[str]:
    if not summary.heard:
        return ["## Talk balance", wording.NOBODY_HEARD]
    head = ("", *(summary.names[p] for p in PARTNERS))
    share = ("Share of the talk", *(f"{summary.shares[p]}%" for p in PARTNERS))
    rows = [share, *((figure.label, *(figure.values[p] for p in PARTNERS)) for figure in summary.figures)]
    return _section("Talk balance", _table(head, rows, "lrr"))


def _floor(report: Report, summary: Summary) -> list[str]:
    """The strip as an indented block, which no name can close, then the moments when the floor was contested."""
    if not summary.heard:
        return []
    lines = [f"- {at} {escaped(line)}" for at, line in summary.floor_lines] or [f"- {wording.NO_INTERRUPTIONS}"]
    if summary.more_floor_lines:
        lines.append(f"- … and {summary.more_floor_lines} more")
    legend = escaped(", ".join(f"{sign} {meaning}" for sign, meaning in timeline.LEGEND))
    parts = [_strip(report, summary), legend, "\n".join(lines), wording.OVERLAP_EXPLAINED]
    return ["## The floor", *(part for part in parts if part)]


def _strip(report: Report, summary: Summary) -> str:
    lines: list[str] = []
    for band in timeline.bands(report, STRIP_COLUMNS):
        names = {p: wording.clipped(summary.names[p], STRIP_NAME).ljust(STRIP_NAME) for p in PARTNERS}
        margin = " " * (STRIP_NAME + 1)
        lines += [f"{names['A']} {band.rows['A']}", margin + band.marks, f"{names['B']} {band.rows['B']}"]
        lines.append(margin + band.axis)
    return "\n".join(f"    {line}".rstrip() for line in lines if line.strip())


def _guidelines(summary: Summary) -> list[str]:
    scored = [
        (
            group.title,
            row.who,
            wording.NONE if row.withheld else str(row.score.score),
            wording.likely_range(row.score),
            row.withheld or wording.rests_on(row.score),
        )
        for group in summary.groups
        if group.scored
        for row in group.rows
    ]
    withheld = [(group.title, reason) for group in summary.groups if not group.scored for reason in group.reasons]
    blocks: list[str] = []
    if scored:
        head = ("Guideline", "Who", "Score", "Likely range", "What it rests on")
        explained = f"Scores go from 0 to 100. {wording.RANGE_EXPLAINED}"
        blocks += ["## Guidelines", explained, _table(head, scored, "llrrl")]
    if withheld:
        blocks += ["## Not scored this time", _table(("Guideline", "Why"), withheld, "ll")]
    return blocks


def _moments(summary: Summary) -> list[str]:
    blocks: list[str] = []
    for highlight in summary.highlights:
        lines = (
            f"- **{moment.at}** {escaped(moment.quote)}{' – ' if moment.quote else ''}{escaped(moment.reason)}"
            for moment in highlight.moments
        )
        blocks += [f"### {escaped(highlight.heading)}", "\n".join(lines)]
    return ["## Moments to listen to again", *blocks] if blocks else []


def _voices(summary: Summary) -> list[str]:
    lines = "\n".join(f"- **{at}** {escaped(line)}" for at, line in summary.voice_lines)
    return [f"## {wording.VOICE_TITLE}", lines, escaped(wording.VOICE_EXPLAINED)] if lines else []


def _corrected(summary: Summary) -> list[str]:
    lines = "\n".join(f"- **{at}** {escaped(line)}" for at, line in summary.corrected_lines)
    agreed = summary.agreement_lines
    told = [f"### {AGREEMENT_TITLE}", _bullets(agreed[:-1]), escaped(agreed[-1])] if agreed else []
    return [f"## {CORRECTED_TITLE}", lines, *told] if lines else []
