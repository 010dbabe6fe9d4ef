"""After the talk: each partner answers alone, and may write down what they promised."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button, Footer, Input, Static

from listener.app.check_out import CheckOut, questions
from listener.domain.speech import PARTNERS, PartnerId, other
from listener.errors import ListenerError
from listener.tui.widgets.page import Page, TopBar
from listener.tui.widgets.rating_row import RatingRow

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_PROMISE = 200
MOST_PROMISES = 5


@dataclass(frozen=True, slots=True)
class Turn:
    """One page of the check-out and whose it is."""

    partner: PartnerId
    page: Literal["hand over", "rate", "promise"]


TURNS = tuple(Turn(partner, page) for partner in PARTNERS for page in ("hand over", "rate", "promise"))


class CheckOutScreen(Page[None]):
    """Leads A and then B through their pages; the answers go into the session's record, then the report is made."""

    HEADING = "check-out"
    HOW_TO = "Answer with 1 (not at all) to 5 (fully); 0 leaves a question out. Nobody has to answer anything."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+n", "go_on", "Continue"),
        Binding("escape", "back", "Back"),
        Binding("ctrl+k", "skip", "Skip the check-out", priority=True),
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
    ]

    def __init__(self, session_id: str, names: Mapping[PartnerId, str]) -> None:
        super().__init__()
        self.session_id = session_id
        self._names = names
        self._given = CheckOut()
        self._at = 0
        self._is_stored = False
        self._storing = asyncio.Lock()

    @property
    def turn(self) -> Turn:
        return TURNS[self._at]

    def compose(self) -> ComposeResult:
        yield TopBar(f"{self.HEADING} · {self._names[self.turn.partner]}")
        with VerticalScroll(classes="flow", can_focus=False):
            yield from {"hand over": self._hand_over, "rate": self._rate, "promise": self._promise}[self.turn.page]()
        yield Footer(show_command_palette=False)

    def _hand_over(self) -> ComposeResult:
        name, partner = self._names[self.turn.partner], self._names[other(self.turn.partner)]
        first = self.turn.partner == PARTNERS[0]
        head = "Well done, both of you." if first else "Thank you."
        yield Static(f"{head}\n\nNow a few questions for {name} alone.", classes="lead", markup=False)
        yield Static(
            f"Turn the screen to {name}. {partner}, please look away; your turn {'is next' if first else 'is over'}. "
            "Neither sees the other's answers here; they go into the report that you read together.",
            markup=False,
        )
        yield from self._actions(f"{name} is ready")

    def _rate(self) -> ComposeResult:
        name = self._names[self.turn.partner]
        yield Static(f"{name}, how was it for you? Keys 1 to 5.", classes="lead", markup=False)
        for question in questions(self.studio.rubric):
            yield RatingRow(question, self._given.ratings[self.turn.partner].get(question.guideline, 0))
        yield from self._actions("Continue")

    def _promise(self) -> ComposeResult:
        name, partner = self._names[self.turn.partner], self._names[other(self.turn.partner)]
        yield Static(f"{name}, did you promise {partner} something?", classes="lead", markup=False)
        yield Static(
            "Write it down in your words, what and by when, and press Enter. You will both see it next time. "
            "If there was none, just continue.",
            classes="quiet",
            markup=False,
        )
        yield Input(placeholder="I will … by …", max_length=LONGEST_PROMISE, id="promise")
        yield Static(self._promises(), id="promises", markup=False)
        yield from self._actions("Done" if self.turn.partner == PARTNERS[-1] else "Continue")

    def _actions(self, words: str) -> ComposeResult:
        with Horizontal(classes="actions"):
            yield Button(words, id="go-on", variant="primary")

    def _promises(self) -> str:
        return "\n".join(f"✓ {text}" for text in self._given.promises[self.turn.partner])

    def on_mount(self) -> None:
        self._focus_first()

    def _focus_first(self) -> None:
        first = {"hand over": "#go-on", "rate": "RatingRow", "promise": "#promise"}[self.turn.page]
        self.query(first).first().focus()

    @on(RatingRow.Rated)
    def _rated(self, rated: RatingRow.Rated) -> None:
        mine = self._given.ratings[self.turn.partner]
        if rated.value:
            mine[rated.question.guideline] = rated.value
        else:
            mine.pop(rated.question.guideline, None)

    @on(Input.Submitted)
    async def _promised(self, entered: Input.Submitted) -> None:
        if not entered.value.strip():
            await self.action_go_on()
            return
        self._keep(entered.input)

    def _keep(self, field: Input) -> None:
        mine = self._given.promises[self.turn.partner]
        if field.value.strip() and len(mine) < MOST_PROMISES:
            mine.append(field.value.strip())
            field.value = ""
            self.query_one("#promises", Static).update(self._promises())

    def _keep_written(self) -> None:
        for field in self.query(Input):
            self._keep(field)

    @on(Button.Pressed, "#go-on")
    async def action_go_on(self) -> None:
        """To the next page; after the last one the answers are stored and the report is made."""
        self._keep_written()
        if self._at + 1 < len(TURNS):
            await self._turn_to(self._at + 1)
        else:
            await self._store()

    async def action_back(self) -> None:
        """To the page before, but never to the other partner's answers."""
        if self._at > 0 and TURNS[self._at - 1].partner == self.turn.partner:
            await self._turn_to(self._at - 1)

    async def action_skip(self) -> None:
        """Leave the rest unanswered."""
        await self._store()

    async def _turn_to(self, at: int) -> None:
        self._at = at
        await self.recompose()
        self._focus_first()

    async def _store(self) -> None:
        from listener.tui.screens.analysing import AnalysingScreen  # noqa: PLC0415  a later step of the flow

        try:
            await self._save()
        except ListenerError as error:
            title = "The answers could not be stored"
            self.notify(str(error), title=title, severity="error", timeout=12, markup=False)
        self.app.switch_screen(AnalysingScreen(self.session_id))

    async def _save(self) -> None:
        async with self._storing:
            if not self._is_stored:
                folder = self.studio.sessions.folder(self.session_id)
                await asyncio.to_thread(lambda: folder.save(self._given.added_to(folder.load())))
                self._is_stored = True

    @property
    def leaving_question(self) -> str:
        """What to ask before the app quits."""
        return "" if self._is_stored else "Quit? The answers given so far are kept."

    async def finish(self, why: str) -> None:  # noqa: ARG002  # the record tells why the recording ended
        """Store what has been answered and written down so far. Raises BadSession and DiskFull where it cannot."""
        self._keep_written()
        await self._save()
