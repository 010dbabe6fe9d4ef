"""What there is to see of a running recording."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from listener.app.meter import Level
from listener.domain.span import Ms

State: TypeAlias = Literal["starting", "recording", "paused", "lost", "stopped", "failed"]
"""`lost`: the input is gone and is being looked for. `failed`: nothing more can be stored; what was stored is kept."""


@dataclass(frozen=True, slots=True)
class RecordingStatus:
    """A recording at one moment. `recorded_ms` is the recording's length so far, `lost_ms` of it silent gaps.

    `minutes_left`: room on the disk, None while not known. `message`: for the screen, empty where all is well. `ended`:
    the input has run out, as a played file does, and all of it is stored.
    """

    state: State
    recorded_ms: Ms
    levels: tuple[Level, ...]
    lost_ms: Ms
    minutes_left: int | None
    device: str
    message: str
    ended: bool
