"""What goes on beneath a practice, for those who ask: levels, what was noticed, disk, how far the analysis is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from listener.domain.floor import Overlap, OverlapKind
from listener.domain.span import clock
from listener.domain.speech import PartnerId
from listener.tui.practice_words import show
from listener.tui.widgets.level_meter import LevelMeter

if TYPE_CHECKING:
    from listener.app.live import LivePicture
    from listener.app.recording_status import RecordingStatus

LATEST = 2

NOTICED = {
    OverlapKind.BACKCHANNEL: "{incomer}: a short sign of listening",
    OverlapKind.TERMINAL: "{incomer} began as {holder} was ending",
    OverlapKind.COOPERATIVE: "{incomer} joined in",
    OverlapKind.INTERRUPTION: "{incomer} took the floor from {holder}",
    OverlapKind.ATTEMPTED_INTERRUPTION: "{incomer} tried to take the floor",
}
COUNTED = {
    OverlapKind.INTERRUPTION: "interruptions",
    OverlapKind.ATTEMPTED_INTERRUPTION: "attempts",
    OverlapKind.BACKCHANNEL: "signs of listening",
}


class PracticeDetails(Vertical):
    """A panel that is closed unless asked for; everything in it is provisional."""

    def __init__(self, names: Mapping[PartnerId, str], channels: int) -> None:
        super().__init__(id="details")
        self._names, self._channels = names, channels
        self.border_title = "details, provisional"

    def compose(self) -> ComposeResult:
        for channel in range(self._channels):
            label = "Microphone" if self._channels == 1 else self._names["A" if channel == 0 else "B"]
            yield LevelMeter(label)
        yield Static(id="noticed", markup=False)
        yield Static(id="under-way", markup=False)

    def show(self, status: RecordingStatus, picture: LivePicture | None) -> None:
        """Draw the latest state."""
        for meter, level in zip(self.query(LevelMeter), status.levels, strict=False):
            meter.show(level.rms_db, level.peak_db, level.clipped)
        show(self.query_one("#noticed", Static), self._noticed(picture.events if picture else ()))
        show(self.query_one("#under-way", Static), _under_way(status, picture))

    def _noticed(self, events: tuple[Overlap, ...]) -> str:
        counts = Counter(event.kind for event in events)
        lines = ["  ".join(f"{words} {counts[kind]}" for kind, words in COUNTED.items())]
        for event in events[-LATEST:]:
            names = {"incomer": self._names[event.incomer], "holder": self._names[event.holder]}
            lines.append(f"{clock(event.span.start):>6}  {NOTICED[event.kind].format(**names)}")
        return "\n".join(lines)


def _under_way(status: RecordingStatus, picture: LivePicture | None) -> str:
    disk = "room on the disk: not known" if status.minutes_left is None else f"room for {_length(status.minutes_left)}"
    behind = f"display {picture.behind_ms / 1000:.0f} s behind" if picture else "display not ready"
    lost = f"{status.lost_ms / 1000:.1f} s lost" if status.lost_ms else "nothing lost"
    return f"{clock(status.recorded_ms)} recorded, {lost}, {disk}\n{behind}, {status.device}"


def _length(minutes: int) -> str:
    """Minutes as long as they matter, then hours."""
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h"
