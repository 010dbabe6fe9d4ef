"""Where a practice stands: which phase, whose role, how much time is left, and when a cue is due.

A pure state machine over the time of the recording. It knows no clock: whoever holds it says how much is recorded, so a
pause, which records nothing, stops the practice too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from listener.domain.practice import Phase, Scenario
from listener.domain.session import PhaseStart
from listener.domain.span import Ms
from listener.domain.speech import PartnerId

CueKind: TypeAlias = Literal["phase", "interval", "over"]
"""`phase`: another phase begins. `interval`: so many minutes have gone. `over`: the planned time is up."""

PARTNER_LETTER = re.compile(r"\b([AB])\b")


@dataclass(frozen=True, slots=True)
class Cue:
    """A small sign for both partners at once; `phase` is the phase that is practised from then on."""

    kind: CueKind
    phase: int
    at: Ms


@dataclass(frozen=True, slots=True)
class Stage:
    """Phase number `index` (from 0) is practised. `left_ms` never falls below 0; `over_ms` counts what came after."""

    index: int
    phase: Phase
    left_ms: Ms
    over_ms: Ms
    is_last: bool


@dataclass(frozen=True, slots=True)
class PracticeClock:
    """The state after `heard_ms` of recording: when each phase began, and which cues were given.

    `cue_ms` is the interval of the cues between phases, 0 for none.
    """

    scenario: Scenario
    cue_ms: Ms = 0
    starts: tuple[PhaseStart, ...] = (PhaseStart(0, 0),)
    heard_ms: Ms = 0

    @property
    def index(self) -> int:
        return self.starts[-1].phase

    def stage(self) -> Stage:
        """Where the practice stands at `heard_ms`."""
        phase = self.scenario.phases[self.index]
        left_ms = self._phase_end() - self.heard_ms
        return Stage(self.index, phase, max(0, left_ms), max(0, -left_ms), self._in_last())

    def advanced(self, elapsed_ms: Ms) -> tuple[PracticeClock, tuple[Cue, ...]]:
        """The state when `elapsed_ms` are recorded, and the cues that fell due on the way; time never runs back."""
        now = max(elapsed_ms, self.heard_ms)
        state, cues = self, list[Cue]()
        while not state._in_last() and state._phase_end() <= now:
            at = state._phase_end()
            state = state._entered(at)
            cues.append(Cue("phase", state.index, at))
        if state._in_last() and self.heard_ms < state._phase_end() <= now:
            cues.append(Cue("over", state.index, state._phase_end()))
        interval = self._interval_before(now)
        if interval is not None and not cues:
            cues.append(Cue("interval", state.index, interval))
        return replace(state, heard_ms=now), tuple(cues)

    def next_phase(self) -> tuple[PracticeClock, tuple[Cue, ...]]:
        """The partners go on to the next phase before its time; in the last one nothing changes."""
        if self._in_last():
            return self, ()
        state = self._entered(self.heard_ms)
        return state, (Cue("phase", state.index, self.heard_ms),)

    def _entered(self, at: Ms) -> PracticeClock:
        return replace(self, starts=(*self.starts, PhaseStart(self.index + 1, at)))

    def _phase_end(self) -> Ms:
        return self.starts[-1].at + self.scenario.phases[self.index].duration_ms

    def _in_last(self) -> bool:
        return self.index == len(self.scenario.phases) - 1

    def _interval_before(self, now: Ms) -> Ms | None:
        """The latest full interval in (`heard_ms`, `now`], or None."""
        if self.cue_ms <= 0:
            return None
        latest = now // self.cue_ms * self.cue_ms
        return latest if latest > self.heard_ms else None


def addressed(text: str, names: Mapping[PartnerId, str]) -> str:
    """A scenario's text with the partners' names where it says A and B, one line a paragraph."""
    by_letter: dict[str, str] = {"A": names["A"], "B": names["B"]}
    return PARTNER_LETTER.sub(lambda found: by_letter[found[1]], text).replace("\n\n", "\n")
