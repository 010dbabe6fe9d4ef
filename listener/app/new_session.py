"""What is known of a session before its recording starts, and the folder that it gets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from listener import __version__
from listener.adapters.session_folder import SessionFolder
from listener.domain.session import SessionRecord
from listener.domain.speech import PartnerId


@dataclass(frozen=True, slots=True)
class NewSession:
    """What is known of a session before its recording starts."""

    scenario: str
    names: Mapping[PartnerId, str]
    mics: Literal["one", "two"]
    device: str
    rate: int
    channels: int
    consent: tuple[PartnerId, ...]
    readiness: Mapping[str, bool] = field(default_factory=dict)


def create_session(root: Path, plan: NewSession, now: datetime) -> SessionFolder:
    """A folder below `root` for a session that starts `now`, a local time with its offset. Raises DiskFull."""
    record = SessionRecord(
        id="",
        started_at=now.isoformat(timespec="seconds"),
        scenario=plan.scenario,
        names=dict(plan.names),
        mics=plan.mics,
        device=plan.device,
        rate=plan.rate,
        channels=plan.channels,
        listener=__version__,
        consent=plan.consent,
        readiness=dict(plan.readiness),
    )
    return SessionFolder.create(root, record)
