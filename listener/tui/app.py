"""The practice app: opens screens, answers signals, asks before anything is cut off."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.events import DescendantFocus
from textual.screen import Screen
from textual.widgets import Input

from listener.app.log import log_event, log_failure, start_log
from listener.app.open_app import ReviewStart
from listener.domain.practice import Scenario
from listener.tui import themes
from listener.tui.ending import WHY, finish_all, leaving_question
from listener.tui.plan import Plan
from listener.tui.screens.ask_promises import AskPromisesScreen
from listener.tui.screens.help import HelpScreen
from listener.tui.screens.home import HomeScreen
from listener.tui.screens.opening import open_review
from listener.tui.screens.progress import ProgressScreen
from listener.tui.screens.promises import PromisesScreen
from listener.tui.screens.recover import RecoverScreen
from listener.tui.screens.sessions import SessionsScreen
from listener.tui.terminal import SteadyDriver
from listener.tui.widgets.confirm import Confirm
from listener.tui.widgets.page import Page

if TYPE_CHECKING:
    from listener.app.studio import Studio

TERMINAL_CHECK_S = 1.0
EXAMPLE_SCENARIO = "free-talk"
FAULT = "Something went wrong inside Listener, so it had to end. What was recorded is kept: `listener` offers it again."


class ListenerApp(App[None]):
    """The app over a studio; screens find it as `self.app.studio`."""

    TITLE = "Listener"
    CSS_PATH: ClassVar = [Path(__file__).with_name("listener.tcss"), Path(__file__).with_name("flow.tcss")]
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012  # declared so by Textual
        (0, "-narrow"),
        (80, "-normal"),
        (110, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012  # as above
        (0, "-short"),
        (24, "-tall"),
        (34, "-very-tall"),
    ]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "help", "Help", key_display="?"),
        Binding("q", "leave", "Quit"),
        Binding("ctrl+q", "leave", "Quit", show=False, priority=True),
        Binding("ctrl+c", "leave", "Quit", show=False, priority=True),
    ]

    def __init__(self, studio: Studio, review: ReviewStart | None = None) -> None:
        super().__init__(driver_class=SteadyDriver)
        self.studio = studio
        self._review = review
        self.animation_level = "none"  # a calm screen
        self.last_words: list[str] = []
        self._ending: asyncio.Task[None] | None = None
        self._asked = False
        for name in tuple(self.available_themes):
            self.unregister_theme(name)
        for theme in themes.THEMES:
            self.register_theme(theme)
        self.theme = studio.settings.theme

    def get_default_screen(self) -> Screen[None]:
        """Home, below everything else."""
        return HomeScreen()

    def on_mount(self) -> None:
        if not self.is_headless:
            loop = asyncio.get_running_loop()
            for number in WHY:
                loop.add_signal_handler(number, self._on_signal, number)
            self.set_interval(TERMINAL_CHECK_S, self._look_for_terminal)
        asked = self.studio.promises.to_ask(self.studio.now())
        if asked:
            self.push_screen(AskPromisesScreen(asked))
        if self.studio.sessions.unfinished():
            self.push_screen(RecoverScreen())
        if self._review is not None:
            open_review(self, self._review)

    def on_descendant_focus(self, focused: DescendantFocus) -> None:
        """Nothing blinks on a calm screen."""
        if isinstance(focused.widget, Input):
            focused.widget.cursor_blink = False

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:  # noqa: ARG002  # the same everywhere
        """What the command palette offers: the same as the keys do, found by name."""
        for scenario in self.studio.scenarios:
            yield SystemCommand(
                f"Practise: {scenario.title}", scenario.summary, lambda chosen=scenario: self.practise(chosen)
            )
        yield SystemCommand("Try the example", "A recorded couple plays in place of a microphone", self.try_example)
        yield SystemCommand("Sessions", "Reports of past sessions", lambda: self.push_screen(SessionsScreen()))
        yield SystemCommand("Progress", "How scores went over time", lambda: self.push_screen(ProgressScreen()))
        yield SystemCommand("Promises", "What is still to be told of them", lambda: self.push_screen(PromisesScreen()))
        for name, title in themes.TITLES.items():
            if name != self.theme:
                yield SystemCommand(
                    f"Theme: {title}", "Until you quit", lambda chosen=name: setattr(self, "theme", chosen)
                )
        yield SystemCommand("Help", "The keys of this screen", self.action_help)
        yield SystemCommand("Quit", "Back to the terminal", self.action_leave)

    def practise(self, scenario: Scenario, example: bool = False) -> None:
        """Begin the way to a practice; the example is an input like a microphone, with its own names."""
        if leaving_question(self.screen_stack):
            self.notify("A practice is running. End it first.", severity="warning")
            return
        plan = Plan(scenario, voices_root=self.studio.voices_root)
        if example:
            choices, _ = self.studio.inputs()
            plan.input = next(choice for choice in choices if choice.kind == "example")
        from listener.tui.screens.partners import PartnersScreen  # noqa: PLC0415  # the flow loads audio libraries

        self.push_screen(PartnersScreen(plan))

    def try_example(self) -> None:
        """The way to a practice with the bundled conversation as its input."""
        scenarios = {scenario.id: scenario for scenario in self.studio.scenarios}
        self.practise(scenarios[EXAMPLE_SCENARIO], example=True)

    def action_help(self) -> None:
        """The keys of the screen below, and what it is for."""
        below = self.screen
        if not isinstance(below, HelpScreen):
            how_to = below.HOW_TO if isinstance(below, Page) else ""
            self.push_screen(HelpScreen(how_to, list(below.active_bindings.values())))

    def action_leave(self) -> None:
        """Quit; asks where something would be cut off."""
        question = leaving_question(self.screen_stack)
        if not question:
            self.end("the partners quit", 0)
        elif not self._asked:
            self._asked = True
            self.push_screen(Confirm(question, "What was recorded is kept.", "Quit", "Stay"), self._on_answer)

    def end(self, why: str, code: int) -> None:
        """Finish what runs, restore the terminal, end with this exit code; the first call counts."""
        if self._ending is None:
            self._ending = asyncio.get_running_loop().create_task(self._end(why, code))

    def terminal_lost_in_thread(self) -> None:
        """The keys' thread found the terminal closed."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._look_for_terminal)

    async def _end(self, why: str, code: int) -> None:
        log_event("ending", code=code)
        try:
            self.last_words += await finish_all(self.screen_stack, why)
        except Exception as error:  # noqa: BLE001  # nothing may keep the app from ending
            log_failure("finishing failed", error)
            self.last_words.append(FAULT)
            code = code or 1
        self.exit(return_code=code)

    def _on_answer(self, sure: bool | None) -> None:
        self._asked = False
        if sure:
            self.end("the partners quit", 0)

    def _on_signal(self, number: signal.Signals) -> None:
        self._look_for_terminal()
        self.end(WHY[number], 128 + number)

    def _look_for_terminal(self) -> None:
        driver = self._driver
        if isinstance(driver, SteadyDriver) and self._ending is None and driver.is_gone:
            driver.let_go()
            self.end(WHY[signal.SIGHUP], 128 + signal.SIGHUP)

    async def _shutdown(self) -> None:
        """Close the screens only after what they ran is finished: a fault ends the app's messages at once."""
        if self._ending is not None:
            await asyncio.wait([self._ending])
        await super()._shutdown()

    def _fatal_error(self) -> None:
        """A fault of the program: logged without names or paths, told without a traceback, and ended in order."""
        error = self._exception
        if self.is_headless or error is None:
            super()._fatal_error()
            return
        log_failure("fault", error)
        self.last_words.append(FAULT)
        self.end("a fault of the program", 1)


def open_app(play: Path | None = None, review: ReviewStart | None = None) -> None:
    """Run the app until it is quit; `play` is a recording that is offered as an input, `review` where it begins.

    Raises BadSettings, BadAudio.
    """
    from listener.app.native_noise import native_noise_off  # noqa: PLC0415  # as below
    from listener.app.studio import open_studio  # noqa: PLC0415  # opens audio and model libraries

    start_log()
    studio = open_studio(play)
    app = ListenerApp(studio, review)
    with native_noise_off():
        if play is not None:
            studio.file_choice(play)  # raises where it cannot be played
        app.run()
    for words in app.last_words:
        print(words, file=sys.stderr)  # noqa: T201  # the app is over, the terminal is back
    if app.return_code:
        raise SystemExit(app.return_code)
