"""Provisional captions: a small transcription model in a thread of its own, which drops what it has no time for."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable

from listener.adapters.model_store import open_store
from listener.adapters.whisper import WhisperTranscriber
from listener.analysis.live_captions import CaptionPiece, captions_of
from listener.analysis.live_picture import Caption
from listener.domain.span import Ms, Span
from listener.errors import ListenerError
from listener.ports import Transcriber

CAPTION_MODEL = "tiny.en"
MOST_THREADS = 2

TOO_OLD_MS: Ms = 3_000
"""A piece whose speech ended longer ago than this when its turn comes is dropped."""

TOLD_MS: Ms = 10_000
"""For this long after a piece was dropped the captions count as behind."""

SHOWN = 20

NO_CAPTIONS = "No captions: the weights are not on this machine. Get them with `listener models fetch tiny.en`."
FAILED = "No more captions: the transcription failed. The recording and the report are not touched by that."


class Captioner:
    """Takes pieces from any thread and never blocks; `captions`, `behind` and `note` are how it stands."""

    def __init__(self, threads: int, now: Callable[[], Ms], load: Callable[[int], Transcriber] | None = None) -> None:
        """`now` says how much is recorded; `load` makes the transcriber, given threads, in the captioner's thread."""
        self._threads = max(1, min(MOST_THREADS, threads))
        self._now = now
        self._load = load or _load
        self._changed = threading.Condition()
        self._waiting: deque[CaptionPiece] = deque()
        self._captions: deque[Caption] = deque(maxlen=SHOWN)
        self._struck: list[Span] = []
        self._dropped_at: Ms | None = None
        self._stopping = False
        self.note = ""
        self._thread = threading.Thread(target=self._run, name="captions", daemon=True)
        self._thread.start()

    @property
    def captions(self) -> tuple[Caption, ...]:
        with self._changed:
            return tuple(self._captions)

    @property
    def behind(self) -> bool:
        """Whether speech went without a caption lately, or waits too long for one."""
        with self._changed:
            now = self._now()
            late = any(now - piece.span.end > TOO_OLD_MS for piece in self._waiting)
            return late or (self._dropped_at is not None and now - self._dropped_at < TOLD_MS)

    def offer(self, pieces: list[CaptionPiece]) -> None:
        """Pieces to caption."""
        with self._changed:
            if not self.note:
                self._waiting.extend(pieces)
                self._changed.notify()

    def strike(self, span: Span) -> None:
        """Forget what was said within a span, also what is being transcribed now."""
        with self._changed:
            self._struck.append(span)
            self._waiting = deque(piece for piece in self._waiting if not piece.span.overlap_ms(span))
            kept = [caption for caption in self._captions if not caption.span.overlap_ms(span)]
            self._captions = deque(kept, maxlen=SHOWN)

    def stop(self, wait_s: float) -> None:
        """Caption nothing more; a piece in work may take as long as `wait_s`."""
        with self._changed:
            self._stopping = True
            self._waiting.clear()
            self._changed.notify()
        self._thread.join(wait_s)

    def _run(self) -> None:
        try:
            transcriber = self._load(self._threads)
            while (piece := self._next()) is not None:
                self._show(captions_of(piece, transcriber.words(piece.sound)))
        except ListenerError:
            self._give_up(NO_CAPTIONS)
        except Exception:  # noqa: BLE001  # nothing about captions may end the practice
            self._give_up(FAILED)

    def _next(self) -> CaptionPiece | None:
        """The next piece that is not too old, waiting for one; None at the end."""
        with self._changed:
            while True:
                while self._waiting:
                    piece = self._waiting.popleft()
                    if self._now() - piece.span.end <= TOO_OLD_MS:
                        return piece
                    self._dropped_at = self._now()
                if self._stopping:
                    return None
                self._changed.wait()

    def _show(self, captions: list[Caption]) -> None:
        with self._changed:
            for caption in captions:
                if not any(caption.span.overlap_ms(span) for span in self._struck):
                    self._captions.append(caption)

    def _give_up(self, note: str) -> None:
        with self._changed:
            self.note = note
            self._waiting.clear()


def _load(threads: int) -> Transcriber:
    return WhisperTranscriber(open_store().verified(CAPTION_MODEL).folder, threads)


__all__ = ["CAPTION_MODEL", "NO_CAPTIONS", "Captioner"]
