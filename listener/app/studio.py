"""Everything the screens need and nothing else: settings, scenarios, inputs, sessions, analysis. They get only this."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from listener.adapters.practice_toml import load_rubric, load_scenarios
from listener.adapters.resources import guidelines_file, practice_folder
from listener.adapters.session_folder import SessionFolder, sessions_folder
from listener.app.example import example_enrolment, example_recording
from listener.app.final import FinalAnalysis
from listener.app.new_session import NewSession, create_session
from listener.app.promise_ledger import PromiseLedger
from listener.app.reviewing import SessionReview
from listener.app.sessions import Sessions
from listener.app.settings import Settings, default_threads, load_settings
from listener.app.time_together import TimeTogether, plans_file
from listener.domain.practice import Area, Rubric, Scenario
from listener.domain.review import Reviewer
from listener.domain.speech import PartnerId
from listener.errors import ListenerError

if TYPE_CHECKING:
    from listener.adapters.playback import Player
    from listener.app.live import LiveAnalysis
    from listener.ports import LiveInput


@dataclass(frozen=True, slots=True)
class InputChoice:
    """Something to record from: a microphone by its name, the example, or a file that plays in its place."""

    kind: Literal["microphone", "example", "file"]
    name: str
    channels: int
    is_default: bool = False
    path: Path | None = None

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.name}"


class Studio:
    """Built once when the app opens; `play` is a file that is offered, and chosen, as an input."""

    def __init__(self, settings: Settings, root: Path, play: Path | None = None, speed: float = 1.0) -> None:
        self.settings = settings
        self.sessions = Sessions(root)
        self._play, self._speed = play, speed

    @cached_property
    def rubric(self) -> Rubric:
        return load_rubric(guidelines_file())

    @cached_property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The bundled scenarios by the article's areas."""
        areas = list(Area)
        known = load_scenarios(practice_folder()).values()
        return tuple(sorted(known, key=lambda scenario: (areas.index(scenario.area), scenario.id)))

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """What scenarios and guidelines are called, by id."""
        return {s.id: s.title for s in self.scenarios} | {g.id: g.title for g in self.rubric.guidelines}

    @property
    def promises(self) -> PromiseLedger:
        """The promises of all sessions."""
        return PromiseLedger(self.sessions)

    @property
    def together(self) -> TimeTogether:
        """The time that is planned for two."""
        return TimeTogether(plans_file(self.sessions.root))

    @property
    def voices_root(self) -> Path:
        """Where sentences lie between being read and the start of their session; emptied when the app opens."""
        return self.sessions.root.with_name("voices")

    def forget_voices(self) -> None:
        """Remove sentences that a crash left behind."""
        shutil.rmtree(self.voices_root, ignore_errors=True)

    @property
    def has_words(self) -> bool:
        """Whether the weights of the final transcription are on this machine."""
        from listener.adapters.model_store import State, open_store
        from listener.app.hear import DEFAULT_MODEL

        store = open_store()
        name = self.settings.model or DEFAULT_MODEL
        known = [model for model in store.manifest.models if model.name == name]
        return store.look(known[0]).state is State.VERIFIED if known else Path(name).is_dir()

    def now(self) -> datetime:
        """The local time with its offset."""
        return datetime.now().astimezone()

    def inputs(self) -> tuple[list[InputChoice], ListenerError | None]:
        """What can be recorded from now, files first where one was named, and why there is no microphone."""
        from listener.adapters.microphone import list_microphones

        choices = []
        if self._play is not None:
            choices.append(InputChoice("file", self._play.name, self._channels(self._play), path=self._play))
        problem = None
        try:
            found = list_microphones()
            choices += [InputChoice("microphone", m.name, m.channels, m.is_default) for m in found]
        except ListenerError as error:
            problem = error
        example = example_recording()
        return [*choices, InputChoice("example", "Example conversation", 1, path=example)], problem

    def file_choice(self, path: Path) -> InputChoice:
        """A recording that plays in place of a microphone; BadAudio where it cannot be read."""
        return InputChoice("file", path.name, self._channels(path), path=path)

    def open_input(self, choice: InputChoice, channels: int) -> LiveInput:
        """The input, not yet started; `channels` is 1 for one microphone, 2 for one each."""
        from listener.adapters.microphone import Microphone
        from listener.adapters.played_file import PlayedFile

        if choice.path is not None:
            return PlayedFile(choice.path, self._speed, channels)
        return Microphone(choice.name, channels)

    def example_enrolment(self) -> dict[PartnerId, Path]:
        """The example's enrolment sentences."""
        return example_enrolment()

    def new_session(self, plan: NewSession) -> SessionFolder:
        """A folder for a session that starts now."""
        return create_session(self.sessions.root, plan, self.now())

    def live(self, folder: SessionFolder, captions: bool) -> LiveAnalysis:
        """The provisional analysis of a session that is being recorded; loads its networks by itself."""
        from listener.app.live import LiveAnalysis

        record = folder.load()
        return LiveAnalysis(record.mics, folder.enrolment, record.rate, captions, default_threads())

    def final(self, session_id: str) -> FinalAnalysis:
        """The analysis that makes a stored session's report."""
        return FinalAnalysis(self.sessions.folder(session_id), self.settings)

    def review(self, session_id: str, reviewer: Reviewer) -> SessionReview:
        """A stored session to be judged by `reviewer`. Raises BadSession."""
        folder = self.sessions.folder(session_id)
        return SessionReview(folder, self.settings, reviewer, lambda: self.now().isoformat(timespec="milliseconds"))

    @cached_property
    def player(self) -> Player:
        """Plays moments."""
        from listener.adapters.playback import Player

        return Player()

    @staticmethod
    def _channels(path: Path) -> int:
        from listener.adapters.audio_file import AudioFile

        return AudioFile(path).channels


def open_studio(play: Path | None = None, speed: float = 1.0) -> Studio:
    """The studio of this user: their settings and sessions. Raises BadSettings."""
    studio = Studio(load_settings(), sessions_folder(), play, speed)
    studio.forget_voices()
    return studio
