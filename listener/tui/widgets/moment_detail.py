"""A moment under review: as a row of the list, and whole beside it with what was said of it and the scores it feeds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from listener.app.review_moments import ScoreChange, corrected, judged_by
from listener.app.reviewing import ReviewMoment
from listener.domain.report import GuidelineScore
from listener.domain.review import Reviewer
from listener.domain.span import clock
from listener.domain.speech import PartnerId, other
from listener.reports import wording
from listener.reports.behaviour_words import UNREMARKABLE, WORDS
from listener.reports.review_words import CORRECTED, found_words, judgement_words, points
from listener.tui.widgets.overview import COLOURS
from listener.tui.widgets.rows import QUIET, cut

AGREED, OPEN = "✓ ", "· "
LEGEND = f"{AGREED}judged  {CORRECTED}corrected"
AT_CELLS, NAME_CELLS = 6, 8
QUOTE_LIMIT = 220
NOT_SAID = "(no words known)"
KINDS = {
    "interruption": "interruption",
    "attempted_interruption": "attempt",
    "backchannel": "listening sound",
    "cooperative": "finished together",
    "terminal": "at the end",
}
"""Kinds of overlaps as short as a row of the list needs them."""


def row(moment: ReviewMoment, names: Mapping[PartnerId, str], reviewer: Reviewer, cells: int) -> Content:
    """One line: mark, time, whose, and what it counts as now."""
    mark = CORRECTED if corrected(moment) else AGREED if judged_by(moment, reviewer) else OPEN
    if moment.moment.what == "overlap":
        now = KINDS[moment.kind.value] if moment.kind else "nothing"
    else:
        told = [WORDS[label] for label in moment.labels if label not in UNREMARKABLE]
        now = ", ".join(told) or f"“{wording.plain_text(moment.text)}”"
    at = clock(moment.moment.span.start).ljust(AT_CELLS)
    name = cut(names[moment.partner], NAME_CELLS) + " "
    left = len(mark) + len(at) + NAME_CELLS + 1
    return Content.assemble(mark, (at, QUIET), (name, COLOURS[moment.partner]), cut(now, max(8, cells - left)))


class MomentDetail(VerticalScroll):
    """What the machine found, what each reviewer said of it, and the rows of the report that it belongs to."""

    def __init__(self) -> None:
        super().__init__(id="review-detail")

    def compose(self) -> ComposeResult:
        yield Static(id="review-moment")

    def tell(
        self,
        moment: ReviewMoment,
        names: Mapping[PartnerId, str],
        rows: Sequence[tuple[str, GuidelineScore]],
        changed: Iterable[ScoreChange],
    ) -> None:
        """Show a moment; `rows` are its rows of the report with their titles, `changed` what the last act changed."""
        before = {(c.after.id, c.after.partner): c.before for c in changed}
        lines = [*_head(moment, names), Content(""), *_labels(moment), Content("")]
        if rows:
            lines.append(Content.styled("Scores it belongs to", "bold $primary"))
            lines += [_score(title, each, before.get((each.id, each.partner)), names) for title, each in rows]
        else:
            lines.append(Content.styled("No score counts this.", QUIET))
        if moment.judged:
            lines += [Content(""), Content.styled("What was said of it", "bold $primary")]
            lines += [Content(f"- {judgement_words(judged, names)}") for judged in moment.judged]
        self.query_one("#review-moment", Static).update(Content("\n").join(lines))

    def clear(self, words: str) -> None:
        """Say why there is no moment."""
        self.query_one("#review-moment", Static).update(Content(words))


def _head(moment: ReviewMoment, names: Mapping[PartnerId, str]) -> list[Content]:
    found, now = moment.moment.partner, moment.partner
    at = f"{clock(moment.moment.span.start)} · {moment.moment.span.duration_ms / 1000:.1f} s · "
    what = f" came in on {names[other(now)]}" if moment.moment.what == "overlap" else " said"
    whose = Content.assemble((at, QUIET), (names[now], f"bold {COLOURS[now]}"), (what, "bold"))
    if now != found:
        whose = Content.assemble(whose, (f" (machine: {names[found]})", QUIET))
    quote = wording.clipped(moment.text, QUOTE_LIMIT)
    return [whose, Content(f"“{quote}”") if quote else Content.styled(NOT_SAID, QUIET)]


def _labels(moment: ReviewMoment) -> list[Content]:
    what = moment.moment.what
    return [
        Content.assemble(("Machine  ", QUIET), found_words(moment.machine, what)),
        Content.assemble(("Counts   ", QUIET), (found_words(moment.now, what), "bold")),
    ]


def _score(title: str, score: GuidelineScore, before: GuidelineScore | None, names: Mapping[PartnerId, str]) -> Content:
    who = Content.styled(wording.who(score, names), COLOURS[score.partner])
    numbers = f"{points(before)} → {points(score)}" if before is not None else points(score)
    return Content.assemble((numbers, "bold" if before is not None else ""), f"  {title} · ", who)
