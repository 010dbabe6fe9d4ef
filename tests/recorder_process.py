"""`listener record` as a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from listener.adapters.session_folder import SessionFolder, list_sessions
from tests.waiting import PATIENCE_S, wait_until

Start = Callable[..., "RecorderProcess"]


@contextmanager
def recorder_processes(env: Mapping[str, str], sessions: Path) -> Iterator[Start]:
    """A function that starts recorders with the options given to it; on leaving, those still running are killed."""
    with ExitStack() as running:

        def start(*options: str) -> RecorderProcess:
            recorder = RecorderProcess(*options, env=env, sessions=sessions)
            running.callback(recorder.close)
            return recorder

        yield start


class RecorderProcess:
    """Runs until it is ended, or killed by `close`; `told` is what it has said on stderr so far."""

    def __init__(self, *options: str, env: Mapping[str, str], sessions: Path) -> None:
        known = {folder.path for folder in list_sessions(sessions)}
        self.told = ""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "listener", "record", *options],
            env=dict(env) | {"PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._listening = threading.Thread(target=self._listen, daemon=True)
        self._listening.start()

        def begun() -> list[SessionFolder]:
            self._assert_running()
            return [folder for folder in list_sessions(sessions) if folder.path not in known]

        try:
            wait_until(begun, "the session's folder")
        except AssertionError:
            self.close()
            raise
        (self.folder,) = begun()

    @property
    def stored_bytes(self) -> int:
        """How large the log of chunks is by now."""
        return self.folder.chunks.stat().st_size if self.folder.chunks.exists() else 0

    def wait_until_it_stores(self) -> None:
        wait_until(lambda: self.stored_bytes > 0 or self.process.poll() is not None, "the first sound to be stored")
        self._assert_running()

    def wait_until_told(self, words: str) -> None:
        wait_until(lambda: words in self.told or self.process.poll() is not None, f"{words!r} on stderr")
        assert words in self.told, self.told

    def end(self, number: signal.Signals) -> str:
        """Send a signal, wait until the process has ended well; what it printed to stdout."""
        os.kill(self.process.pid, number)
        return self.wait()

    def wait(self) -> str:
        """Wait until the process has ended well; what it printed to stdout."""
        assert self.process.wait(PATIENCE_S) == 0, self.told
        assert self.process.stdout is not None
        printed = self.process.stdout.read()
        self.close()
        return printed

    def close(self) -> None:
        """Kill the process where it still runs, and close its pipes."""
        self.process.kill()
        self.process.wait()
        self._listening.join()
        for pipe in (self.process.stdout, self.process.stderr):
            if pipe is not None:
                pipe.close()

    def _assert_running(self) -> None:
        if self.process.poll() is not None:
            self._listening.join()
            raise AssertionError(f"the recorder has ended: {self.told}")

    def _listen(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.told += line
