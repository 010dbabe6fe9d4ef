"""What the PDF holds, as plain JSON for its template: texts, and places on the floor's time line from 0 to 1."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from listener.domain.floor import OverlapKind
from listener.domain.report import Json, Report
from listener.domain.span import MS_PER_MINUTE, Ms, Span, clock, intersection, merged
from listener.domain.speech import PARTNERS
from listener.reports import review_words, wording
from listener.reports.behaviour_words import behaviours_shown
from listener.reports.summary import Group, Row, Summary, summarised

BAND_MS: Ms = 10 * MS_PER_MINUTE
"""How much of a talk one strip shows, where the page has room; the project's own choice."""

MOST_BANDS = 6
FINEST = 1 / 1500
"""Pauses narrower than this part of a strip cannot be seen and are drawn over."""

LAST_TICK = 0.96
"""Times farther along a strip have no room for their label."""

SHORT_NAME = 14
"""As many letters as fit beside a strip."""

LONGEST_WORD = 30
_LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD}}}(?=\S)")
_TICK_MINUTES = (0.25, 0.5, 1, 2, 5, 10, 20, 30, 60)
_MARKS = {OverlapKind.INTERRUPTION: "taken", OverlapKind.ATTEMPTED_INTERRUPTION: "tried"}


def content(report: Report, titles: Mapping[str, str]) -> dict[str, Json]:
    """Everything on the pages, in the words of the other formats; very long words can be broken."""
    summary = summarised(report, titles)
    made = report.provenance
    whole: dict[str, Json] = {
        "practice": wording.PRACTICE_NOT_DIAGNOSIS,
        "partners": summary.partners,
        "facts": list(summary.facts),
        "names": {partner: summary.names[partner] for partner in PARTNERS},
        "short": {partner: wording.clipped(name, SHORT_NAME) for partner, name in summary.names.items()},
        "went_well": list(summary.went_well),
        "try_next": summary.try_next,
        "balance": _balance(report, summary),
        "floor": _floor(report, summary),
        "guidelines": [_group(group) for group in summary.groups if group.scored],
        "unscored": [{"title": g.title, "reasons": list(g.reasons)} for g in summary.groups if not g.scored],
        "range_explained": wording.RANGE_EXPLAINED,
        "moments": [
            {"heading": h.heading, "moments": [{"at": m.at, "quote": m.quote, "reason": m.reason} for m in h.moments]}
            for h in summary.highlights
        ],
        "voice": {"title": wording.VOICE_TITLE, "lines": _lines(summary.voice_lines), "after": wording.VOICE_EXPLAINED},
        "said_after": {"title": wording.SAID_AFTER_TITLE, "lines": list(summary.said_after)},
        "corrections": _corrections(report, summary),
        "agreement": list(summary.agreement_lines),
        "notes": list(summary.notes),
        "transcript": _transcript(report, summary),
        "made": wording.plain_text(f"Listener {made.listener} · {made.rules}"),
    }
    return {key: _breakable(value) for key, value in whole.items()}


def _corrections(report: Report, summary: Summary) -> Json:
    """Every judgement and note in order of time, notes whole."""
    judged = report.review.judged if report.review else ()
    return [
        {
            "at": clock(each.judgement.moment.span.start),
            "by": review_words.rater_title(each.judgement.by, summary.names),
            "text": review_words.told_words(each, summary.names),
        }
        for each in judged
    ]


def _balance(report: Report, summary: Summary) -> Json:
    if not summary.heard:
        return {"nobody": wording.NOBODY_HEARD}
    shares = [report.talk[p].share for p in PARTNERS]
    both = sum(shares)
    return {
        "shares": [f"{summary.shares[partner]}%" for partner in PARTNERS],
        "part": _place(shares[0] / both) if both else 0.5,
        "figures": [[figure.label, *(figure.values[p] for p in PARTNERS)] for figure in summary.figures],
    }


def _floor(report: Report, summary: Summary) -> Json:
    if not summary.heard:
        return None
    return {
        "bands": _bands(report),
        "lines": _lines(summary.floor_lines),
        "more": summary.more_floor_lines,
        "none": wording.NO_INTERRUPTIONS,
        "after": wording.OVERLAP_EXPLAINED,
    }


def _bands(report: Report) -> list[Json]:
    """The strips in order; empty where the length is not known."""
    duration = report.session.duration_ms
    if duration <= 0:
        return []
    count = min(MOST_BANDS, -(-duration // BAND_MS))
    edges = [duration * i // count for i in range(count + 1)]
    return [_band(report, Span(start, end)) for start, end in pairwise(edges) if start < end]


def _band(report: Report, span: Span) -> Json:
    """Where each speaks (from, to), where the floor was contested, and the ticks of the time axis."""

    def place(at: Ms) -> float:
        return _place((at - span.start) / span.duration_ms)

    rows: list[Json] = []
    for partner in PARTNERS:
        spoken = merged((i.span for i in report.speech if i.partner == partner), int(span.duration_ms * FINEST))
        rows.append([[place(s.start), place(s.end)] for s in intersection(spoken, [span])])
    marks: list[Json] = [
        {"at": place(o.span.start), "kind": _MARKS[o.kind]}
        for o in report.overlaps
        if o.kind in _MARKS and span.contains(o.span.start)
    ]
    step = next((m for m in _TICK_MINUTES if m * MS_PER_MINUTE * 9 > span.duration_ms), _TICK_MINUTES[-1])
    every = int(step * MS_PER_MINUTE)
    times = [at for at in range(-(-span.start // every) * every, span.end, every) if place(at) < LAST_TICK]
    ticks: list[Json] = [{"at": place(at), "label": clock(at)} for at in times]
    return {"rows": rows, "marks": marks, "ticks": ticks}


def _group(group: Group) -> Json:
    return {"title": group.title, "rows": [_row(row) for row in group.rows]}


def _row(row: Row) -> Json:
    score = row.score
    return {
        "who": row.who,
        "partner": score.partner,
        "score": score.score,
        "low": score.low,
        "high": score.high,
        "range": wording.likely_range(score),
        "rests_on": row.withheld or wording.rests_on(score),
    }


def _transcript(report: Report, summary: Summary) -> list[Json]:
    return [
        {
            "at": clock(u.span.start),
            "who": summary.names[u.partner],
            "partner": u.partner,
            "text": wording.plain_text(u.text),
            "behaviours": ", ".join(behaviours_shown(u)),
        }
        for u in sorted(report.utterances, key=lambda u: (u.span, u.partner))
        if u.text.strip()
    ]


def _lines(lines: tuple[tuple[str, str], ...]) -> list[Json]:
    return [{"at": at, "text": line} for at, line in lines]


def _place(part: float) -> float:
    return round(min(1.0, max(0.0, part)), 5)


def _breakable(value: Json) -> Json:
    """The same with room to break a line inside very long words, which would run off the page."""
    if isinstance(value, str):
        return _LONG_WORD.sub("\\g<0>\N{ZERO WIDTH SPACE}", value)
    if isinstance(value, list):
        return [_breakable(item) for item in value]
    return {key: _breakable(item) for key, item in value.items()} if isinstance(value, dict) else value
