"""The draft of a practice: what the partners have chosen on the way to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, ClassVar, Literal

from listener.app.new_session import NewSession
from listener.domain.practice import Scenario
from listener.domain.speech import PARTNERS, PartnerId
from listener.errors import MissingDevice

if TYPE_CHECKING:
    from listener.app.studio import InputChoice, Studio
    from listener.ports import LiveInput


@dataclass(slots=True)
class Plan:
    """Filled in screen by screen; `input` is None until the microphone check. `enrolment`: recorded sentences."""

    UNNAMED: ClassVar[dict[PartnerId, str]] = {"A": "Partner A", "B": "Partner B"}

    scenario: Scenario
    names: dict[PartnerId, str] = field(default_factory=dict)
    consent: set[PartnerId] = field(default_factory=set)
    readiness: dict[str, bool] = field(default_factory=dict)
    input: InputChoice | None = None
    mics: Literal["one", "two"] = "one"
    enrolment: dict[PartnerId, Path] = field(default_factory=dict)
    voices_root: Path | None = None
    _voices: TemporaryDirectory[str] | None = field(default=None, repr=False)

    @property
    def shown_names(self) -> dict[PartnerId, str]:
        """The names as screens show them; a partner without one is `Partner A` or `Partner B`."""
        return {partner: self.names.get(partner) or self.UNNAMED[partner] for partner in PARTNERS}

    def open_input(self, studio: Studio) -> LiveInput:
        """The chosen input, not yet started. Raises MissingDevice where none was chosen or it is gone."""
        if self.input is None:
            raise MissingDevice("No microphone was chosen.", "Choose one on the screen before this.")
        return studio.open_input(self.input, self.channels)

    def session(self, live_input: LiveInput) -> NewSession:
        """What goes into the session's record when it starts."""
        return NewSession(
            scenario=self.scenario.id,
            names=self.shown_names,
            mics=self.mics,
            device=live_input.name,
            rate=live_input.rate,
            channels=live_input.channels,
            consent=tuple(sorted(self.consent)),
            readiness=self.readiness,
        )

    def voice_path(self, partner: PartnerId) -> Path:
        """Where a partner's sentence lies until the session has its folder: private, and gone with the plan."""
        if self._voices is None:
            if self.voices_root is not None:
                self.voices_root.mkdir(parents=True, exist_ok=True)
            self._voices = TemporaryDirectory(prefix="listener-", dir=self.voices_root)
        return Path(self._voices.name) / f"enrol_{partner}.flac"

    def forget_voices(self) -> None:
        """Drop the sentences: another input hears voices differently."""
        self.enrolment.clear()
        if self._voices is not None:
            self._voices.cleanup()
            self._voices = None

    @property
    def channels(self) -> Literal[1, 2]:
        return 2 if self.mics == "two" else 1
