"""How a long job stands: its stages in order, and how long the present one still takes, without false precision."""

from __future__ import annotations

from dataclasses import dataclass, field

SURE_AFTER_S = 2.0
"""An estimate from less than this, or from less than `SURE_AFTER_DONE` of a stage, would only jump about."""
SURE_AFTER_DONE = 0.02


@dataclass(slots=True)
class StageLine:
    """A stage with the fraction done, 0 to 1; `first_done` is what was done when it began here, as after a resume."""

    name: str
    done: float
    began_s: float
    first_done: float


@dataclass(slots=True)
class JobClock:
    """Fed with what a job tells (stage, fraction) and when, in seconds of any steady clock."""

    stages: list[StageLine] = field(default_factory=list)

    def told(self, name: str, done: float, at_s: float) -> None:
        """The job is at `done` of the stage `name`; a new stage means that those before it are over."""
        known = next((stage for stage in self.stages if stage.name == name), None)
        if known is not None:
            known.done = max(known.done, done)
            return
        for stage in self.stages:
            stage.done = 1.0
        self.stages.append(StageLine(name, done, at_s, done))

    def left_s(self, at_s: float) -> float | None:
        """Seconds that the present stage still takes if it goes on as it went; None while that cannot be said."""
        if not self.stages:
            return None
        stage = self.stages[-1]
        spent_s, gained = at_s - stage.began_s, stage.done - stage.first_done
        if spent_s < SURE_AFTER_S or gained < SURE_AFTER_DONE:
            return None
        return spent_s * (1.0 - stage.done) / gained


def rough(seconds: float) -> str:
    """A duration as one would say it: `a few seconds`, `about 40 s`, `about 3 min`."""
    if seconds < 8:
        return "a few seconds"
    if seconds < 85:
        return f"about {round(seconds / 10) * 10} s"
    return f"about {round(seconds / 60)} min"
