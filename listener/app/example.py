"""The bundled example conversation: where it lies, who speaks in it, and their sentences."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from listener.adapters.resources import example_folder
from listener.domain.speech import PartnerId

EXAMPLE_NAMES: Mapping[PartnerId, str] = {"A": "Nora", "B": "Sam"}
EXAMPLE_FILE = "conversation.flac"


def example_recording() -> Path:
    """The conversation; raises BadScenario where the example is missing."""
    return example_folder() / EXAMPLE_FILE


def example_enrolment() -> dict[PartnerId, Path]:
    """A recorded sentence of each voice."""
    folder = example_folder()
    return {"A": folder / "enrol_A.flac", "B": folder / "enrol_B.flac"}
