"""What a final analysis has found so far, kept on disk so that it can be stopped and taken up again.

Each entry is kept under a hash of everything it depends on: the sound, the weights, the parameters. A changed input
finds nothing and is worked out anew, so a resumed analysis gives the bytes of one that was never stopped.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec

from listener.adapters.atomic_file import disk_error, write_whole
from listener.domain.speech import Ipu, TwoAtOnce, Word
from listener.domain.voice import Voices
from listener.ports import Samples, Transcriber

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class FoundSpeech:
    """Speech of both partners in order; with one microphone also where both speak, how surely, and how the room rings.

    reverberation: share of the speech band's energy that its past predicts, 0 to 1.
    """

    ipus: tuple[Ipu, ...]
    two_at_once: tuple[TwoAtOnce, ...] | None = None
    reverberation: float | None = None


class Findings:
    """Speech and words found so far, as files in `folder`; without a folder nothing is kept."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    def speech(self, basis: Callable[[], object], find: Callable[[], FoundSpeech]) -> FoundSpeech:
        """The speech found on this basis (a value that msgspec can encode), from disk where it is there."""
        return self._kept("speech", lambda: msgspec.json.encode(basis(), order="deterministic"), FoundSpeech, find)

    def voices(self, basis: Callable[[], object], find: Callable[[], Voices]) -> Voices:
        """How it was said, found on this basis, from disk where it is there."""
        return self._kept("voices", lambda: msgspec.json.encode(basis(), order="deterministic"), Voices, find)

    def words(self, basis: bytes, find: Callable[[], tuple[Word, ...]]) -> tuple[Word, ...]:
        """The words found on this basis, from disk where they are there."""
        return self._kept("words", lambda: basis, tuple[Word, ...], find)

    def clear(self) -> None:
        """Remove everything kept."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _kept(self, kind: str, basis: Callable[[], bytes], form: type[Found], find: Callable[[], Found]) -> Found:
        if self._folder is None:
            return find()
        path = self._folder / f"{kind}-{hashlib.sha256(basis()).hexdigest()}.json"
        try:
            return msgspec.json.decode(path.read_bytes(), type=form)
        except (OSError, msgspec.DecodeError, ValueError):
            found = find()
        try:
            self._folder.mkdir(exist_ok=True)
            write_whole(path, msgspec.json.encode(found))
        except OSError as error:
            raise disk_error(error, self._folder.parent) from error
        return found


class RememberingTranscriber:
    """Transcriber that looks up before it listens; `weights` says whose words they are."""

    def __init__(self, transcriber: Transcriber, findings: Findings, weights: str) -> None:
        self._transcriber, self._findings, self._weights = transcriber, findings, weights.encode()

    def words(self, speech: Samples) -> list[Word]:
        basis = self._weights + speech.tobytes()
        return list(self._findings.words(basis, lambda: tuple(self._transcriber.words(speech))))


__all__ = ["Findings", "FoundSpeech", "RememberingTranscriber"]
