"""Which microphone, and whether it hears both of you well."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.events import ScreenResume
from textual.widgets import Button, Static
from textual.widgets.option_list import Option

from listener.app.monitor import WORDS, Monitor
from listener.app.studio import InputChoice
from listener.domain.speech import PARTNERS
from listener.errors import ListenerError
from listener.tui.plan import Plan
from listener.tui.practice_words import show
from listener.tui.screens.enrol import EnrolScreen
from listener.tui.widgets.file_prompt import FilePrompt
from listener.tui.widgets.level_meter import LevelMeter
from listener.tui.widgets.listening_page import ListeningPage
from listener.tui.widgets.rows import Choices

LIST_EVERY_S = 2.0
FILE = "file…"
NO_MICROPHONE = "No microphone was found. Listener asked this computer's sound system, through PortAudio."
OFFER = (
    "It looks again every two seconds: plug a microphone in and it shows up in the list. Without one you can take the "
    "example or a recording; Enter chooses."
)
CHANGE_TO_ONE = "Press m to change to one."
PLAYED_OUT = "It has played to its end; in the practice it begins anew."


class MicCheckScreen(ListeningPage):
    """A list of inputs, a meter for each channel of the chosen one, and in words how it sounds."""

    STEP = 3
    HOW_TO = (
        "Choose an input with the arrow keys and Enter, then talk as loud as you will in the practice. One microphone "
        "between you is enough; m changes to one each, where an input has two channels."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "mics", "Mics"),
        Binding("r", "again", "Look again"),
    ]

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        self._choices: list[InputChoice] = []
        self._is_first_list = True

    def column(self) -> ComposeResult:
        yield Static("Choose what to record from, then say a few words each.", classes="lead", markup=False)
        yield Choices(id="inputs")
        yield Static(id="mics", markup=False)
        with Vertical(id="meters"):
            yield LevelMeter("Microphone", id="meter-0")
            yield LevelMeter(self.name_of("B"), id="meter-1")
        yield Static(id="verdict", markup=False)
        with Horizontal(classes="actions"):
            yield Button("Continue", id="go-on", variant="primary")

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one(Choices).focus()
        self.set_interval(LIST_EVERY_S, self._list)
        self._show_mics()

    @on(ScreenResume)
    def _resumed(self) -> None:
        self._list()
        if self.plan.input is not None and self.monitor is None:
            self.listen()

    @work(thread=True, exclusive=True, group="inputs")
    def _list(self) -> None:
        if self.is_current or self._is_first_list:
            found = self.studio.inputs()
            self.call_later(self._listed, *found)

    def _listed(self, choices: list[InputChoice], problem: ListenerError | None) -> None:
        if not self.is_attached:
            return
        chosen = self.plan.input
        if chosen is not None and chosen.kind == "file" and chosen not in choices:
            choices = [chosen, *choices]
        is_new = choices != self._choices
        self._choices = choices
        if self._is_first_list:
            self._is_first_list = False
            self._choose_first()
        if is_new:
            self._show_choices()
        if self.plan.input is None:
            self._say(f"▲ {problem}\n\n{OFFER}" if problem else f"{NO_MICROPHONE} {OFFER}")

    def _choose_first(self) -> None:
        """What was chosen before, a file that was named, the settings' microphone, the system's; or nothing."""
        if self.plan.input is not None:
            return
        wanted = self.studio.settings.microphone
        likely = [c for c in self._choices if c.kind == "file"]
        microphones = [c for c in self._choices if c.kind == "microphone"]
        likely += [c for c in microphones if c.name == wanted]
        likely += [c for c in microphones if c.is_default] + microphones
        if likely:
            self._choose(likely[0])

    def _choose(self, choice: InputChoice) -> None:
        self.plan.input = choice
        wants_two = self.studio.settings.mics == "two" and choice.kind != "example"
        self.plan.mics = "two" if choice.channels >= 2 and wants_two else "one"
        self.plan.forget_voices()
        self._show_choices()
        self._show_mics()
        self.listen()

    def _show_choices(self) -> None:
        options = [Option(self._label(choice), id=choice.key) for choice in self._choices]
        choices = self.query_one(Choices)
        had_none = not choices.option_count
        choices.replace([*options, Option("    A recording file …", id=FILE)])
        if had_none and self.plan.input in self._choices:
            choices.highlighted = self._choices.index(self.plan.input)

    def _label(self, choice: InputChoice) -> str:
        mark = "(●)" if choice == self.plan.input else "( )"
        told = {"microphone": "", "example": " · no microphone needed", "file": " · a recording"}[choice.kind]
        usual = " · default" if choice.is_default else ""
        two = " · two channels" if choice.channels >= 2 else ""
        return f"{mark} {choice.name}{told}{usual}{two}"

    def _show_mics(self) -> None:
        choice, names = self.plan.input, self.plan.shown_names
        if choice is None:
            words = ""
        elif self.plan.mics == "two":
            words = f"A microphone each: {names['A']} on the first channel, {names['B']} on the second."
        else:
            can = "m: one each" if choice.channels >= 2 else "one each needs an input with two channels"
            words = f"One microphone between you ({can})."
        show(self.query_one("#mics", Static), words)
        self.query_one("#meter-0", LevelMeter).relabel(names["A"] if self.plan.mics == "two" else "Microphone")
        self.query_one("#meter-1").display = self.plan.mics == "two"
        self.query_one("#meters").display = choice is not None

    def heard(self) -> None:
        self._say("")

    def not_heard(self, error: ListenerError) -> None:
        self._say(f"▲ {error}")
        for meter in self.query(LevelMeter):
            meter.clear()

    def tick(self, monitor: Monitor) -> None:
        for meter, level in zip(self.query(LevelMeter), monitor.levels, strict=False):
            meter.show(level.rms_db, level.peak_db, level.clipped)
        if monitor.ended:
            self._say(PLAYED_OUT)
        elif monitor.message:
            self._say(f"▲ {monitor.message}")
        elif self.plan.mics == "two":
            names = [self.name_of(partner) for partner in PARTNERS]
            heard = zip(names, monitor.verdict, strict=False)
            words = [f"{name}: {WORDS[verdict]}" for name, verdict in heard]
            is_one = set(monitor.verdict) == {"same_signal"}
            self._say(f"{WORDS['same_signal']} {CHANGE_TO_ONE}" if is_one else "\n".join(words))
        else:
            self._say("\n".join(WORDS[verdict] for verdict in monitor.verdict[:1]))

    def _say(self, words: str) -> None:
        show(self.query_one("#verdict", Static), words)

    @on(Choices.OptionSelected)
    def _selected(self, selected: Choices.OptionSelected) -> None:
        if selected.option_id == FILE:
            self.app.push_screen(FilePrompt(self.studio.file_choice), self._file_taken)
            return
        choice = next(choice for choice in self._choices if choice.key == selected.option_id)
        if choice == self.plan.input and self.monitor is not None:
            self.action_go_on()
        else:
            self._choose(choice)

    def _file_taken(self, choice: InputChoice | None) -> None:
        if choice is not None:
            self._choices = [choice, *(c for c in self._choices if c.kind != "file")]
            self._choose(choice)

    def action_mics(self) -> None:
        """One microphone between the two, or one each."""
        choice = self.plan.input
        if choice is None or choice.channels < 2:
            self.notify("One microphone each needs an input with two channels.", timeout=4)
            return
        self.plan.mics = "one" if self.plan.mics == "two" else "two"
        self.plan.forget_voices()
        self._show_mics()
        self.listen()

    @work(exclusive=True, group="again")
    async def action_again(self) -> None:
        """Close the input, so that the system's list is made anew, and open it again."""
        await self.let_go()
        await self._list().wait()
        if self.plan.input is not None:
            self.listen()

    @on(Button.Pressed, "#go-on")
    def action_go_on(self) -> None:
        if self.plan.input is None or self.monitor is None:
            self.notify("Choose something to record from first.", timeout=4)
        else:
            self._on()

    @work(exclusive=True, group="go-on")
    async def _on(self) -> None:
        """On to the voices, with the input closed."""
        await self.let_go()
        self.app.push_screen(EnrolScreen(self.plan, "A"))
