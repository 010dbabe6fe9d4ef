"""The moments under review as a list, and the one that the keys are on whole beside it."""

from __future__ import annotations

from collections.abc import Mapping

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.events import Resize
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from listener.app.review_moments import ScoreChange, Shown, judged_by, nearest, rows_of, shown
from listener.app.reviewing import ReviewMoment, SessionReview
from listener.domain.practice import Rubric
from listener.domain.report import GuidelineScore
from listener.domain.review import Moment
from listener.domain.span import Span
from listener.domain.speech import PartnerId
from listener.reports.review_words import NO_SCORE_CHANGED, change_line, rater_words
from listener.reports.wording import title_of
from listener.tui.widgets.moment_detail import LEGEND, MomentDetail, row
from listener.tui.widgets.rows import Moments

NO_MOMENTS = "Nothing here. Press f to list other moments."
KEYS = "s Speaker · n Note · g Agreement · w Who"


class ReviewBoard(Vertical):
    """Draws a SessionReview once it is there; `titles` are those of guidelines."""

    def __init__(self, names: Mapping[PartnerId, str], titles: Mapping[str, str], rubric: Rubric) -> None:
        super().__init__(id="review-board")
        self._names, self._titles, self._rubric = names, titles, rubric
        self._review: SessionReview | None = None
        self._moments: dict[str, ReviewMoment] = {}
        self._about: Moment | None = None
        self._changed: tuple[ScoreChange, ...] = ()
        self.which = Shown.TELLING

    def compose(self) -> ComposeResult:
        yield Static(id="review-head", markup=False)
        with Horizontal(id="review"):
            yield Moments(id="review-list")
            yield MomentDetail()
        yield Static(f"{KEYS}    {LEGEND}", id="review-keys", classes="quiet", markup=False)
        yield Static(id="review-told", markup=False)

    def on_resize(self, _resized: Resize) -> None:
        """The rows are laid out for the width that the list has now."""
        self.call_after_refresh(self.lay_out)

    @property
    def chosen(self) -> ReviewMoment | None:
        """The moment that the keys are on."""
        option = self.query_one("#review-list", Moments).highlighted_option
        return self._moments.get(option.id or "") if option else None

    def open(self, review: SessionReview, at: Span | None) -> None:
        """Begin, at the moment next to `at` where that is given."""
        self._review = review
        moments = review.moments()
        begin = nearest(moments, at) if at else None
        if begin is not None and begin not in shown(moments, self.which, review.reviewer):
            self.which = Shown.EVENTS if begin.moment.what == "overlap" else Shown.UTTERANCES
        self.lay_out(begin.moment if begin else None)
        self.query_one("#review-list").focus()

    def show(self, which: Shown) -> None:
        """List other moments."""
        self.which, self._moments = which, {}
        self.lay_out()

    def tell_changes(self, about: Moment, changed: tuple[ScoreChange, ...], told: str) -> None:
        """What was said of a moment is stored, and changed so much."""
        self._about, self._changed = about, changed
        lines = [change_line(c.before, c.after, self._names, self._title(c.after)) for c in changed]
        more = f" (and {len(lines) - 1} more)" if len(lines) > 1 else ""
        self.say(f"{told} {lines[0]}{more}" if lines else f"{told} {NO_SCORE_CHANGED}")
        self.lay_out(about)

    def say(self, words: str) -> None:
        self.query_one("#review-told", Static).update(words)

    def clear(self, words: str) -> None:
        """Say why there is nothing to judge."""
        self.query_one(MomentDetail).clear(words)

    def lay_out(self, at: Moment | None = None) -> None:
        """List the moments that are asked for; one that was listed stays when a judgement makes it another."""
        review = self._review
        if review is None:
            return
        every = review.moments()
        kept = {moment.moment for moment in self._moments.values()}
        asked = {moment.moment for moment in shown(every, self.which, review.reviewer)}
        self._moments = {_id(m.moment): m for m in every if m.moment in asked | kept}
        choices = self.query_one("#review-list", Moments)
        choices.replace(
            Option(row(moment, self._names, review.reviewer, choices.text_width), id_)
            for id_, moment in self._moments.items()
        )
        if at is not None and _id(at) in self._moments:
            choices.highlighted = list(self._moments).index(_id(at))
        judged = sum(judged_by(moment, review.reviewer) for moment in self._moments.values())
        who = rater_words(review.reviewer, self._names)
        head = f"{who[0].upper()}{who[1:]} reviews · {self.which.value} · {judged} of {len(self._moments)} judged"
        self.query_one("#review-head", Static).update(head)
        self._tell_moment()
        self.screen.refresh_bindings()

    @on(OptionList.OptionHighlighted, "#review-list")
    def _on_moved(self, highlighted: OptionList.OptionHighlighted) -> None:
        highlighted.stop()
        self._tell_moment()

    def _tell_moment(self) -> None:
        if self._review is None:
            return
        detail, moment = self.query_one(MomentDetail), self.chosen
        if moment is None:
            detail.clear(NO_MOMENTS)
            return
        changed = self._changed if self._about == moment.moment else ()
        rows = rows_of(moment, self._review.report, self._rubric)
        more = (c.after for c in changed if c.after not in rows)
        detail.tell(moment, self._names, [(self._title(score), score) for score in (*rows, *more)], changed)

    def _title(self, score: GuidelineScore) -> str:
        return title_of(score.id, self._titles)


def _id(moment: Moment) -> str:
    return f"{moment.what}-{moment.span.start}-{moment.span.end}-{moment.partner}"
