"""What the record and the sound of a session from elsewhere must keep to before either is believed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import soundfile

from listener.domain.session import SessionRecord
from listener.domain.span import Span

LONGEST_MS = 24 * 60 * 60 * 1000
"""No talk takes a day: the project's own choice."""

MOST_RATE, MOST_CHANNELS = 192_000, 2
SCALE = range(1, 6)
_YEARS = range(1900, 2200)
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*")
_SCENARIO = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_READ_FRAMES = 1 << 16


def fault_of_record(record: SessionRecord) -> str:
    """What no saved session's record has, in words that follow the name of its file; empty where nothing is wrong."""
    if not _is_time(record.started_at):
        return "does not say when it was recorded"
    if not _SCENARIO.fullmatch(record.scenario):
        return "does not say what was practised"
    if record.state != "recorded":
        return "holds a recording that was never finished"
    if not (0 < record.rate <= MOST_RATE and 0 < record.channels <= MOST_CHANNELS):
        return f"holds a record of {record.channels} channels at {record.rate} Hz, as no microphone gives"
    if not all(_is_length(length) for length in _lengths(record)):
        return "holds a record of times that no talk has"
    if any(answer.value not in SCALE for answer in record.answers):
        return f"holds an answer that is not one of {SCALE[0]} to {SCALE[-1]}"
    return ""


def fault_of_spans(spans: Iterable[Span]) -> str:
    """As `fault_of_record`, of stretches of a recording."""
    return "" if all(_is_length(end) for span in spans for end in (span.start, span.end)) else "holds impossible times"


def fault_of_sound(path: Path, duration_ms: int | None) -> str:
    """As `fault_of_record`, of a recording that is read to its end; `duration_ms` is what its record says, if it does.

    Raises OSError.
    """
    try:
        with soundfile.SoundFile(path) as sound:
            if sound.format != "FLAC" or sound.frames <= 0:
                return f"holds {path.name}, which is no FLAC recording"
            length = sound.frames * 1000 // sound.samplerate
            if sound.samplerate > MOST_RATE or sound.channels > MOST_CHANNELS or not _is_length(length):
                return f"holds {path.name}, which is larger than any talk"
            if duration_ms is not None and length != duration_ms:
                return f"holds {path.name} of another length than its record says"
            frames = 0
            while len(block := sound.read(_READ_FRAMES, dtype="int16", always_2d=True)):
                frames += len(block)
    except soundfile.LibsndfileError as error:
        return f"holds {path.name}, which cannot be heard: {error.error_string}"
    except AssertionError:  # libsndfile tells so that it gave fewer samples than it had promised
        return f"holds {path.name}, which cannot be heard to its end"
    return "" if frames == sound.frames else f"holds {path.name}, which cannot be heard to its end"


def _lengths(record: SessionRecord) -> list[int]:
    """Every time in the record, and how long its pauses were."""
    spans = [*record.gaps, *record.struck, *(p.said for p in record.promises if p.said is not None)]
    return [
        record.duration_ms,
        *(end for span in spans for end in (span.start, span.end)),
        *(time for pause in record.pauses for time in (pause.at, pause.lasted_ms)),
        *(start.at for start in record.phases),
    ]


def _is_length(value: int) -> bool:
    return 0 <= value <= LONGEST_MS


def _is_time(text: str) -> bool:
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return False
    return time.tzinfo is not None and time.year in _YEARS and _TIME.fullmatch(text) is not None
