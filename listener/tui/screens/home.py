"""The first screen: what to practise, what was practised, and what is missing on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import Resize, ScreenResume
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from listener.app.sessions import SessionLine
from listener.domain.practice import Area, Phase, Role, Scenario
from listener.domain.span import MS_PER_MINUTE, Ms
from listener.domain.speech import PARTNERS
from listener.errors import ListenerError
from listener.tui.screens.opening import open_session
from listener.tui.screens.progress import ProgressScreen
from listener.tui.screens.sessions import SessionsScreen
from listener.tui.widgets.page import Page
from listener.tui.widgets.rows import QUIET, Choices, Point, cut, heading
from listener.tui.widgets.session_rows import short_row

if TYPE_CHECKING:
    from listener.tui.app import ListenerApp

AREAS = {
    Area.COMMUNICATION: "Communication",
    Area.EMPATHY: "Empathy",
    Area.TRUST: "Trust",
    Area.QUALITY_TIME: "Time together",
}
EXAMPLE = "example"
EXAMPLE_TOLD = (
    "A recorded conversation of two, Nora and Sam, plays in place of a microphone: you go through the same screens, "
    "from the check-in to the report, without saying a word. It lasts under a minute."
)
NO_SESSIONS = "None yet. They stay on this machine."
NO_WORDS = (
    "No words yet: reports come from sound alone. Get the weights of the transcription once with: "
    "listener models fetch base"
)
RECENT = 5


class HomeScreen(Page[None]):
    """Scenarios on one side, on the other what the highlighted one is about."""

    HEADING = "Home"
    HOW_TO = (
        "Choose a practice with the arrow keys and begin it with Enter. Sit down side by side, one microphone between "
        "you is enough. If you only want to look around, try the example."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "example", "Try the example"),
        Binding("s", "sessions", "Sessions"),
        Binding("p", "progress", "Progress"),
    ]

    def body(self) -> ComposeResult:
        with Horizontal(id="home"):
            with Vertical(id="home-left"):
                yield Static("What would you like to practise?", classes="title", markup=False)
                yield Choices(id="scenarios")
            with Vertical(id="home-right"):
                with VerticalScroll(id="about", can_focus=False):
                    yield Static(id="about-text")
                yield Vertical(id="notices")
                yield Static(id="together", classes="quiet", markup=False)
                yield Static("Past sessions", classes="section", markup=False)
                yield Static(NO_SESSIONS, id="no-sessions", classes="quiet", markup=False)
                yield Choices(id="recent")

    def on_mount(self) -> None:
        self.query_one("#no-sessions").display = False
        self.query_one("#together").display = False
        self.query_one("#scenarios").focus()

    def on_resize(self, _resized: Resize) -> None:
        self.call_after_refresh(self._lay_out)

    @on(ScreenResume)
    def _look_again(self) -> None:
        """Sessions, microphones and weights may have changed meanwhile."""
        self.call_after_refresh(self._lay_out)
        self._look_for_plans()
        self._look_for_missing()

    def action_example(self) -> None:
        cast("ListenerApp", self.app).try_example()

    def action_sessions(self) -> None:
        self.app.push_screen(SessionsScreen())

    def action_progress(self) -> None:
        self.app.push_screen(ProgressScreen())

    @on(OptionList.OptionHighlighted, "#scenarios")
    def _on_highlight(self, highlighted: OptionList.OptionHighlighted) -> None:
        scenario = self._scenarios.get(highlighted.option_id or "")
        told = about(scenario) if scenario else _titled("The example", EXAMPLE_TOLD)
        self.query_one("#about-text", Static).update(told)
        self.query_one("#about", VerticalScroll).scroll_home(animate=False)
        self.call_after_refresh(self._let_scroll)

    @on(OptionList.OptionSelected, "#scenarios")
    def _on_scenario(self, selected: OptionList.OptionSelected) -> None:
        app = cast("ListenerApp", self.app)
        scenario = self._scenarios.get(selected.option_id or "")
        if scenario:
            app.practise(scenario)
        else:
            app.try_example()

    @on(OptionList.OptionSelected, "#recent")
    def _on_session(self, selected: OptionList.OptionSelected) -> None:
        line = next(line for line in self._sessions() if line.id == selected.option_id)
        open_session(self.app, line)

    def _let_scroll(self) -> None:
        """The keys can go to the description where it is longer than its place."""
        box = self.query_one("#about", VerticalScroll)
        box.can_focus = box.max_scroll_y > 0

    @property
    def _scenarios(self) -> dict[str, Scenario]:
        return {scenario.id: scenario for scenario in self.studio.scenarios}

    def _sessions(self) -> list[SessionLine]:
        return self.studio.sessions.all()

    def _lay_out(self) -> None:
        scenarios = self.query_one("#scenarios", Choices)
        kept = scenarios.highlighted_option
        options: list[Option | None] = []
        roomy = scenarios.size.height > len(self.studio.scenarios) + 2 * (len(AREAS) + 1)
        for area, title in AREAS.items():
            options.append(heading(title, roomy and bool(options)))
            options += [
                _scenario_line(scenario, scenarios.text_width)
                for scenario in self.studio.scenarios
                if scenario.area is area
            ]
        options += [heading("To look around", roomy), Option("Try the example", EXAMPLE)]
        scenarios.replace(options)
        if kept is None and self.studio.settings.scenario in self._scenarios:
            scenarios.highlighted = scenarios.get_option_index(self.studio.settings.scenario)
        recent, lines = self.query_one("#recent", Choices), self._sessions()[:RECENT]
        recent.replace(Option(short_row(line, self.studio.titles, recent.text_width), line.id) for line in lines)
        recent.can_focus = bool(lines)  # not hidden: a hidden list has no width to lay lines out for
        self.query_one("#no-sessions").display = not lines

    def _look_for_plans(self) -> None:
        told = self.query_one("#together", Static)
        damaged = False
        try:
            occasion = self.studio.together.next(self.studio.now())
            words = f"Next: {occasion.told}" if occasion else ""
        except ListenerError as error:
            damaged, words = True, f"! {error.message} {error.hint}"
        told.set_class(damaged, "-damaged")
        told.update(words)
        told.display = bool(words)

    @work(thread=True, exclusive=True)
    def _look_for_missing(self) -> None:
        """Reading weights and asking for microphones takes a moment; the screen does not wait for it."""
        notices = []
        choices, problem = self.studio.inputs()
        if problem is not None and not any(choice.kind == "microphone" for choice in choices):
            notices.append(f"{problem.message} {problem.hint}")
        try:
            has_words = self.studio.has_words
        except ListenerError as error:
            notices.append(str(error))
        else:
            notices += [] if has_words else [NO_WORDS]
        self.call_later(self._tell_missing, notices)

    def _tell_missing(self, notices: list[str]) -> None:
        box = self.query_one("#notices", Vertical)
        box.remove_children()
        box.mount_all(Point("!", notice, classes="notice") for notice in notices)
        self.call_after_refresh(self._lay_out)


def about(scenario: Scenario) -> Content:
    """A scenario in words: how long, what it is, and its phases with their roles."""
    facts = f"{AREAS[scenario.area]} · {_minutes(scenario.duration_ms)}"
    phases = [
        Content.assemble((f"{_minutes(phase.duration_ms):>7}  ", QUIET), phase.title, (_roles(phase), QUIET))
        for phase in scenario.phases
    ]
    return Content("\n").join(
        [_titled(scenario.title, scenario.summary, facts), Content(""), *phases, Content(""), _from(scenario)]
    )


def _titled(title: str, text: str, facts: str = "") -> Content:
    below = [Content.styled(facts, QUIET)] if facts else []
    return Content("\n").join([Content.styled(title, "bold"), *below, Content(""), Content(text)])


def _from(scenario: Scenario) -> Content:
    return Content.styled(f"Source: {scenario.source}", QUIET)


def _minutes(duration_ms: Ms) -> str:
    return f"{duration_ms / MS_PER_MINUTE:g} min"


def _roles(phase: Phase) -> str:
    speakers = [partner for partner in PARTNERS if phase.roles[partner] is Role.SPEAKER]
    return f" · {speakers[0]} speaks" if len(speakers) == 1 else ""


def _scenario_line(scenario: Scenario, cells: int) -> Option:
    minutes = _minutes(scenario.duration_ms)
    return Option(Content.assemble(cut(scenario.title, cells - 8), (minutes.rjust(8), QUIET)), scenario.id)
