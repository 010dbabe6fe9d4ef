"""The moments of a session, one by one: heard, judged, corrected; the scores follow at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList

from listener.app.kept_analysis import MAKE_AGAIN
from listener.app.review_moments import ScoreChange, Shown, changes, played
from listener.app.reviewing import ReviewMoment, SessionReview
from listener.domain.review import Judgement, Moment, Reviewer
from listener.domain.span import Span
from listener.domain.speech import PartnerId
from listener.errors import ListenerError
from listener.reports.review_words import NOTHING_TO_TAKE_BACK, taken_back
from listener.tui.screens import review_questions as questions
from listener.tui.screens.agreement import AgreementScreen
from listener.tui.screens.review_questions import Act, Question
from listener.tui.widgets.moments import Play
from listener.tui.widgets.pick import Pick
from listener.tui.widgets.playing_page import PlayingPage
from listener.tui.widgets.review_board import ReviewBoard

READING = "Reading what was found …"
OFFER = "An older Listener made this report. m makes it again, and then it can be reviewed."
SAVED = "✓ Saved."


class ReviewScreen(PlayingPage[bool]):
    """Gives True where the report is to be made again first; `at` is where the keys begin."""

    HEADING = "Review"
    HOW_TO = (
        "Listen to a moment (Enter), then say whether the machine heard it right: a right, x wrong, l another label, "
        "s who spoke, n a note, u takes back what you said last. f chooses which moments are listed, g tells how well "
        "you and the machine agree, w changes who reviews."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "stop", "Stop playing", show=False, priority=True),  # told in the line of what plays
        Binding("p", "play", "Play", show=False),
        Binding("a", "accept", "Right"),
        Binding("x", "reject", "Wrong"),
        Binding("l", "relabel", "Label"),
        Binding("s", "speaker", "Speaker", show=False),
        Binding("n", "note", "Note", show=False),
        Binding("u", "undo", "Undo"),
        Binding("f", "filter", "Filter"),
        Binding("g", "agreement", "Agreement", show=False),
        Binding("w", "who", "Who reviews", show=False),
        Binding("m", "again", "Make the report again"),
        Binding("escape", "back", "Back"),
    ]

    def __init__(
        self, session_id: str, names: Mapping[PartnerId, str], reviewer: Reviewer | None = None, at: Span | None = None
    ) -> None:
        super().__init__(session_id)
        self._names, self._reviewer, self._at = names, reviewer, at
        self._review: SessionReview | None = None
        self._busy = self._offer = self._leaving = False

    def body(self) -> ComposeResult:
        yield ReviewBoard(self._names, self.studio.titles, self.studio.rubric)
        yield from self.playing_line()

    @property
    def board(self) -> ReviewBoard:
        return self.query_one(ReviewBoard)

    def on_mount(self) -> None:
        if self._reviewer is None:
            self.app.push_screen(questions.who_reviews(self._names, None), self._on_who)
        else:
            self._on_who(self._reviewer)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Judging needs the analysis and a moment; making the report again is offered where there is none."""
        if action == "again":
            return self._offer
        if action in {"play", "accept", "reject", "relabel", "speaker", "note"}:
            return self._review is not None and self.board.chosen is not None
        if action in {"undo", "filter", "agreement", "who"}:
            return self._review is not None
        return super().check_action(action, parameters)

    def action_back(self) -> None:
        """Leave, once what was said last is stored and scored."""
        self._leaving = True
        if not self._busy:
            self.dismiss(False)

    def action_again(self) -> None:
        """Leave, to have the report made again."""
        self.dismiss(True)

    def action_play(self) -> None:
        """Play the moment from a little before."""
        moment = self.board.chosen
        if moment is not None:
            self.post_message(Play(played(moment.moment.span)))

    @on(OptionList.OptionSelected, "#review-list")
    def _on_entered(self, selected: OptionList.OptionSelected) -> None:
        selected.stop()
        self.action_play()

    def action_accept(self) -> None:
        """What the machine found is right."""
        self._ask(lambda moment: lambda review: review.accept(moment))

    def action_reject(self) -> None:
        """Something that the machine found is wrong."""
        self._ask(questions.rejecting)

    def action_relabel(self) -> None:
        """It was something else."""
        self._ask(questions.relabelling)

    def action_speaker(self) -> None:
        """Somebody else spoke."""
        self._ask(lambda moment: questions.speaking(moment, self._names))

    def action_note(self) -> None:
        """A note of this reviewer."""
        reviewer = self._reviewer
        if reviewer is not None:
            self._ask(lambda moment: questions.noting(moment, reviewer))

    def action_undo(self) -> None:
        """Take back what this reviewer said last."""
        self._judge(None, lambda review: review.undo())

    def action_filter(self) -> None:
        """Which moments are listed."""
        choices = {which.name: which.value for which in Shown}

        def on_filter(name: str | None) -> None:
            if name is not None:
                self.board.show(Shown[name])

        self.app.push_screen(Pick("Which moments?", choices, self.board.which.name), on_filter)

    def action_agreement(self) -> None:
        if self._review is not None:
            self.app.push_screen(AgreementScreen(self._review.report, self._names))

    def action_who(self) -> None:
        """Somebody else goes on."""

        def on_other(reviewer: str | None) -> None:
            if reviewer is not None and self._review is not None:
                self._reviewer = self._review.reviewer = cast("Reviewer", reviewer)
                self.board.lay_out()

        self.app.push_screen(questions.who_reviews(self._names, self._reviewer), on_other)

    def _on_who(self, reviewer: str | None) -> None:
        if reviewer is None:
            self.dismiss(False)
            return
        self._reviewer = cast("Reviewer", reviewer)
        self.board.clear(READING)
        self._open(self._reviewer)

    @work(thread=True)
    def _open(self, reviewer: Reviewer) -> None:
        """Reading and scoring a long session takes a moment."""
        try:
            review = self.studio.review(self.session_id, reviewer)
        except ListenerError as error:
            self.call_later(self._on_closed, error)
        else:
            self.call_later(self._on_opened, review)

    def _on_closed(self, error: ListenerError) -> None:
        self._offer = error.hint == MAKE_AGAIN
        self.board.clear(f"{error.message}\n{OFFER if self._offer else error.hint}")
        self.refresh_bindings()

    def _on_opened(self, review: SessionReview) -> None:
        self._review = review
        self.board.open(review, self._at)

    def _ask(self, about: Callable[[ReviewMoment], Question | Act | str]) -> None:
        """Judge at once, or after an answer; or tell why there is nothing to ask."""
        moment = self.board.chosen
        if moment is None or self._busy:
            return
        asked = about(moment)
        if isinstance(asked, str):
            self.board.say(asked)
        elif isinstance(asked, Question):
            self.app.push_screen(asked.dialog, lambda answer: self._judge(moment.moment, asked.act(answer)))
        else:
            self._judge(moment.moment, asked)

    def _judge(self, moment: Moment | None, act: Act | None) -> None:
        """Store it; a key pressed while the last one is stored does nothing."""
        if act is not None and self._review is not None and not self._busy:
            self._busy = True
            self._store(self._review, moment, act)

    @work(thread=True)
    def _store(self, review: SessionReview, moment: Moment | None, act: Act) -> None:
        """Storing waits for the disk, and a long session is scored anew."""
        before = review.report
        try:
            done = act(review)
        except ListenerError as error:
            self.call_later(self._on_failed, error)
            return
        told = SAVED
        if isinstance(done, Judgement):
            moment, told = done.moment, f"{taken_back(done, self._names)}."
        self.call_later(self._on_judged, moment, changes(before, review.report), told)

    def _on_failed(self, error: ListenerError) -> None:
        self._busy = False
        self.notify(f"{error.message}\n{error.hint}", severity="error", markup=False)
        self.board.lay_out()

    def _on_judged(self, moment: Moment | None, changed: tuple[ScoreChange, ...], told: str) -> None:
        self._busy = False
        if moment is None:
            self.board.say(NOTHING_TO_TAKE_BACK)
        else:
            self.board.tell_changes(moment, changed, told)
        if self._leaving:
            self.dismiss(False)
