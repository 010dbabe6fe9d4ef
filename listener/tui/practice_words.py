"""What the practice screen says, in plain words; formatting only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual.widgets import Static

from listener.app.practice_clock import Cue, Stage, addressed
from listener.domain.practice import Phase, Role, Scenario
from listener.domain.span import MS_PER_MINUTE, Ms, clock
from listener.domain.speech import PARTNERS, PartnerId, other

if TYPE_CHECKING:
    from listener.app.live import LivePicture
    from listener.app.practising import Look
    from listener.app.recording_status import RecordingStatus

BEHIND_MS: Ms = 4000
"""From here on the screen says that the listening has fallen behind."""

PLAYED_OUT = "■ what was played has ended"

STATES = {
    "starting": "○ starting to record",
    "recording": "● recording",
    "paused": "‖ paused: nothing is recorded",
    "lost": "▲ recording silence",
    "stopped": "■ the recording has ended and is saved",
    "failed": "▲ the recording has stopped",
}


def recording_words(status: RecordingStatus | None) -> str:
    """Whether it records, always in words, and what the recording has to tell."""
    if status is None:
        return STATES["starting"]
    if status.state == "failed" and status.message:
        return f"▲ {status.message}"
    state = PLAYED_OUT if status.ended and status.state == "recording" else STATES[status.state]
    return "   ".join(part for part in (state, status.message) if part)


def listening_words(look: Look) -> str:
    """What the provisional analysis has to tell, empty where all is well."""
    picture = look.picture
    if look.problem:
        return f"the display cannot listen along ({look.problem}), the recording goes on"
    if picture is None or not picture.ready:
        return (picture.note if picture is not None else "") or "getting ready to listen …"
    if picture.behind_ms >= BEHIND_MS:
        return f"the display is {round(picture.behind_ms / 1000)} s behind; the recording is not"
    return picture.note


def phase_words(scenario: Scenario, stage: Stage, names: Mapping[PartnerId, str]) -> str:
    """The part's title, and which part it is where there are several."""
    title = addressed(stage.phase.title, names)
    return f"Part {stage.index + 1} of {len(scenario.phases)} · {title}" if len(scenario.phases) > 1 else title


def time_words(stage: Stage) -> tuple[str, str]:
    """The time as the big digits show it, and what it means. A started second counts as left."""
    if stage.over_ms or not stage.left_ms:
        return f"+{clock(stage.over_ms)}", "past the planned time"
    return clock(stage.left_ms + 999), "left" if stage.is_last else "left in this part"


def instruction_words(stage: Stage, names: Mapping[PartnerId, str]) -> str:
    """What each does in this part."""
    return addressed(stage.phase.instruction, names)


def opening_words(scenario: Scenario, names: Mapping[PartnerId, str]) -> str:
    """A sentence to begin with, empty where the scenario has none."""
    who, colon, sentence = scenario.opening.partition(": ")
    if colon and who in PARTNERS:
        return f"A way for {names['A' if who == 'A' else 'B']} to begin: {addressed(sentence, names)}"
    return f"A way to begin: {addressed(scenario.opening, names)}" if scenario.opening else ""


def cue_words(cue: Cue, phase: Phase, names: Mapping[PartnerId, str]) -> str:
    """One quiet sentence for both."""
    if cue.kind == "over":
        return "The planned time is up. Finish the thought; e ends the practice."
    who = _who(phase, names)
    if cue.kind == "interval":
        return f"{cue.at // MS_PER_MINUTE} minutes have gone. {who}"
    return f"The next part begins. {who}"


def caption_words(picture: LivePicture | None, names: Mapping[PartnerId, str], lines: int) -> str:
    """The last captions, newest below, marked as provisional."""
    if picture is None or not picture.captions:
        return "captions, provisional: nothing yet"
    behind = " (behind)" if picture.captions_behind else ""
    shown = [f"{names[caption.partner]}: {caption.text}" for caption in picture.captions[-lines:]]
    return "\n".join([f"captions, provisional{behind}", *shown])


def show(static: Static, text: str) -> None:
    """Draw anew only what has changed, so that nothing flickers."""
    if str(static.content) != text:
        static.update(text)


def _who(phase: Phase, names: Mapping[PartnerId, str]) -> str:
    for partner in PARTNERS:
        if phase.roles[partner] is Role.SPEAKER:
            return f"{names[partner]} speaks, {names[other(partner)]} listens."
    return "Both of you speak and listen."
