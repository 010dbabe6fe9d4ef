"""What two people see while they talk: the recording's state, the time, the roles, the floor, the share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.timer import Timer
from textual.widgets import Static

from listener.app.practice_clock import PracticeClock, Stage
from listener.domain.speech import PARTNERS
from listener.tui.plan import Plan
from listener.tui.practice_words import (
    caption_words,
    instruction_words,
    listening_words,
    opening_words,
    phase_words,
    recording_words,
    show,
    time_words,
)
from listener.tui.widgets.big_timer import BigTimer
from listener.tui.widgets.practice_details import PracticeDetails
from listener.tui.widgets.role_card import RoleCard
from listener.tui.widgets.share_bar import ShareBar

if TYPE_CHECKING:
    from listener.app.practising import Look

CUE_LASTS_S = 15.0
OPENING_LASTS_S = 60.0
CAPTION_LINES = 3
ALARMS = {"lost", "failed"}


class PracticeBoard(Vertical):
    """Draws looks; whatever has not changed since the last one is left as it is."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(id="practice")
        self._plan = plan
        self._names = plan.shown_names
        self._cue_timer: Timer | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="state", markup=False)
        yield Static(id="phase", markup=False)
        yield BigTimer("", id="timer")
        yield Static(id="timer-words", markup=False)
        with Horizontal(id="cards"):
            for partner in PARTNERS:
                yield RoleCard(partner, self._names[partner])
        with Horizontal(id="middle"):
            with VerticalScroll(id="instruction", can_focus=False):
                yield Static(id="instruction-text", markup=False)
            yield PracticeDetails(self._names, self._plan.channels)
        yield ShareBar(self._names, id="share")
        yield Static(id="captions", markup=False)
        yield Static(id="cue", markup=False)

    def on_mount(self) -> None:
        self._show_stage(PracticeClock(self._plan.scenario).stage())
        self.say_state(recording_words(None))
        self.cue(opening_words(self._plan.scenario, self._names), lasts_s=OPENING_LASTS_S)

    def show(self, look: Look) -> None:
        """Draw this look."""
        self._show_stage(look.stage)
        picture = look.picture
        words = "   ".join(part for part in (recording_words(look.status), listening_words(look)) if part)
        self.say_state(words, look.status.state in ALARMS)
        for partner in PARTNERS:
            holds = picture is not None and picture.holder == partner
            self.query_one(f"#card-{partner}", RoleCard).show_floor(holds)
        has_spoken = picture is not None and any(picture.speaking_ms.values())
        self.query_one(ShareBar).show(picture.share if picture is not None and has_spoken else None)
        self.query_one(PracticeDetails).show(look.status, picture)
        self._say("#captions", caption_words(picture, self._names, CAPTION_LINES))

    def say_state(self, words: str, alarm: bool = False) -> None:
        """The line on top: whether it records; an alarm stands out."""
        self.set_class(alarm, "-alarm")
        self._say("#state", words)

    def cue(self, words: str, lasts_s: float | None = CUE_LASTS_S) -> None:
        """One quiet line for both; it goes by itself, or stays where `lasts_s` is None."""
        self._say("#cue", f"◆ {words}" if words else "")
        if self._cue_timer is not None:
            self._cue_timer.stop()
        self._cue_timer = None if lasts_s is None else self.set_timer(lasts_s, lambda: self._say("#cue", ""))

    def _show_stage(self, stage: Stage) -> None:
        time, words = time_words(stage)
        timer = self.query_one("#timer", BigTimer)
        if timer.value != time:
            timer.update(time)
        self._say("#timer-words", words)
        self._say("#phase", phase_words(self._plan.scenario, stage, self._names))
        self._say("#instruction-text", instruction_words(stage, self._names))
        for partner in PARTNERS:
            self.query_one(f"#card-{partner}", RoleCard).show_role(stage.phase.roles[partner])

    def _say(self, where: str, words: str) -> None:
        show(self.query_one(where, Static), words)
