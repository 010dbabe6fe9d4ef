"""What the couple set once: read from a TOML file in the configuration folder; without one, the defaults hold."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from listener.domain.speech import PartnerId

CONFIG_VARIABLE = "LISTENER_CONFIG"
MOST_THREADS = 8

Theme = Literal["dark", "light", "high-contrast"]
Captions = Literal["off", "provisional"]


def default_threads() -> int:
    """Threads to compute with where nobody says: the machine's cores, at most `MOST_THREADS`."""
    return min(os.cpu_count() or 1, MOST_THREADS)


@dataclass(frozen=True, slots=True)
class Settings:
    """`cue_minutes`: a quiet cue this often, 0 for at phase changes only. `microphone` None: the system's default.

    `model`: transcription weights of final reports, None for the default. `names`: offered for the partners.
    """

    scenario: str = "free-talk"
    cue_minutes: int = 0
    dashboard: bool = False
    captions: Captions = "off"
    bell: bool = False
    names: Mapping[PartnerId, str] = field(default_factory=dict)
    microphone: str | None = None
    mics: Literal["one", "two"] = "one"
    model: str | None = None
    theme: Theme = "dark"


def settings_path() -> Path:
    """The configuration file, be it there or not: `LISTENER_CONFIG`, else in the user's configuration folder."""
    import platformdirs

    if named := os.environ.get(CONFIG_VARIABLE):
        return Path(named)
    return Path(platformdirs.user_config_path("listener", appauthor=False)) / "config.toml"


def load_settings(path: Path | None = None) -> Settings:
    """The settings in the file, or the defaults where there is none. Raises BadSettings for a file that is wrong."""
    from listener.adapters.settings_toml import read_settings

    path = path or settings_path()
    return Settings(**read_settings(path)) if path.exists() else Settings()
