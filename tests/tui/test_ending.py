"""The app in a real terminal: it ends in order, whatever ends it, and gives the terminal back."""

from __future__ import annotations

import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from fcntl import ioctl
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
PROGRAM = Path(__file__).with_name("ending_app.py")
PATIENCE_S = 30.0


class Terminal:
    """A pseudo terminal with the app in it."""

    def __init__(self, folder: Path) -> None:
        self.main, side = pty.openpty()
        ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.before = termios.tcgetattr(side)
        self.side = side
        self.shown = b""
        self.told = folder / "told"
        environment = {**os.environ, "TERM": "xterm-256color", "XDG_STATE_HOME": str(folder)}
        self.process = subprocess.Popen(
            [sys.executable, str(PROGRAM), str(folder)],
            stdin=side,
            stdout=side,
            stderr=side,
            cwd=REPOSITORY,
            env=environment,
            start_new_session=True,
            preexec_fn=lambda: ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509  # a terminal that hangs up sends SIGHUP
        )

    def read(self, until: bytes) -> None:
        """Read what is shown until it holds these bytes."""
        end = time.monotonic() + PATIENCE_S
        while until not in self.shown:
            ready, _, _ = select.select([self.main], [], [], max(0.0, end - time.monotonic()))
            assert ready, self.shown[-2000:]
            self.shown += os.read(self.main, 65536)

    def drain(self) -> int:
        """Read until the process ends; its exit code."""
        end = time.monotonic() + PATIENCE_S
        while self.process.poll() is None:
            assert time.monotonic() < end, self.shown[-2000:]
            ready, _, _ = select.select([self.main], [], [], 0.05)
            if ready:
                self.shown += os.read(self.main, 65536)
        while select.select([self.main], [], [], 0.05)[0]:
            self.shown += os.read(self.main, 65536)
        return self.process.returncode

    def hang_up(self) -> int:
        """Close the terminal, as its window's cross does; the exit code."""
        os.close(self.side)
        os.close(self.main)
        self.main = self.side = -1
        return self.process.wait(PATIENCE_S)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        for end in (self.main, self.side):
            if end >= 0:
                os.close(end)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    opened = Terminal(tmp_path)
    try:
        opened.read(b"What would you like")
        yield opened
    finally:
        opened.close()


@pytest.mark.parametrize(
    ("number", "why"),
    [
        (signal.SIGTERM, "the program was asked to end"),
        (signal.SIGINT, "the program was interrupted"),
        (signal.SIGHUP, "the terminal was closed"),
    ],
)
def test_a_signal_finishes_what_runs(terminal: Terminal, number: signal.Signals, why: str) -> None:
    terminal.process.send_signal(number)
    assert terminal.drain() == 128 + number
    assert terminal.told.read_text() == why
    assert termios.tcgetattr(terminal.side)[3] == terminal.before[3]
    assert b"\x1b[?1049l" in terminal.shown
    assert b"Traceback" not in terminal.shown


def test_a_terminal_that_goes_away(terminal: Terminal) -> None:
    assert terminal.hang_up() == 128 + signal.SIGHUP
    assert terminal.told.read_text() == "the terminal was closed"


@pytest.mark.parametrize("key", [b"q", b"\x11", b"\x03"], ids=["q", "ctrl+q", "ctrl+c"])
def test_quitting_by_key_asks_first(terminal: Terminal, key: bytes) -> None:
    os.write(terminal.main, key)
    terminal.read(b"Something runs")
    assert terminal.process.poll() is None
    os.write(terminal.main, b"y")
    assert terminal.drain() == 0
    assert terminal.told.read_text() == "the partners quit"
    assert termios.tcgetattr(terminal.side)[3] == terminal.before[3]


def test_a_fault_ends_in_order_and_without_a_traceback(terminal: Terminal) -> None:
    os.write(terminal.main, b"\x06")
    assert terminal.drain() == 1
    assert terminal.told.read_text() == "a fault of the program"
    assert b"Traceback" not in terminal.shown
    assert b"RuntimeError" not in terminal.shown
    assert b"What was recorded is kept" in terminal.shown
    log = (terminal.told.parent / "listener" / "log" / "listener.log").read_text()
    assert "RuntimeError" in log
    assert "secret" not in log
