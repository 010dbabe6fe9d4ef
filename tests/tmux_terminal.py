"""A real terminal for tests: a tmux server of the test's own, keys in, the screen's text out."""

from __future__ import annotations

import contextlib
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.waiting import wait_until


class TmuxTerminal:
    """One program in a window of `columns` by `lines`."""

    def __init__(self, socket: Path, env: Mapping[str, str], command: list[str], size: tuple[int, int]) -> None:
        self._tmux = ["tmux", "-S", str(socket)]
        self._code = socket.with_name("code")
        run = shlex.join(["env", "-i", *(f"{name}={value}" for name, value in env.items()), *command])
        shell = f"{run}; echo $? > {shlex.quote(str(self._code))}"  # tmux itself now and then never knows the code
        columns, lines = size
        self._call("-f", "/dev/null", "new-session", "-d", "-x", str(columns), "-y", str(lines), shell)
        self._call("set-option", "-g", "remain-on-exit", "on")

    @property
    def screen(self) -> str:
        """What can be read on the screen now."""
        return self._call("capture-pane", "-p")

    @property
    def exit_code(self) -> int | None:
        """The program's exit code, None while it runs."""
        told = self._code.read_text() if self._code.exists() else ""
        return int(told) if told.endswith("\n") else None

    def press(self, *keys: str) -> None:
        """Keys by tmux's names, such as `Enter`, `C-n`, `Space`, `y`."""
        for key in keys:
            self._call("send-keys", key)

    def wait_for(self, text: str) -> None:
        """Return once the screen holds `text`; AssertionError with the screen where it never does."""
        try:
            wait_until(lambda: text in self.screen, text)
        except AssertionError as error:
            raise AssertionError(f"{error}; the screen:\n{self.screen}") from None

    def press_until(self, key: str, text: str) -> None:
        """Press a key, again every few seconds, until the screen holds `text`: right after a start keys may be lost."""
        for _ in range(10):
            self.press(key)
            with contextlib.suppress(AssertionError):
                wait_until(lambda: text in self.screen, text, 5)
                return
        self.wait_for(text)

    def close(self) -> None:
        subprocess.run([*self._tmux, "kill-server"], capture_output=True, check=False)

    def _call(self, *arguments: str) -> str:
        return subprocess.run([*self._tmux, *arguments], capture_output=True, text=True, check=True).stdout


@contextmanager
def tmux_terminal(
    env: Mapping[str, str], command: list[str], size: tuple[int, int] = (100, 32)
) -> Iterator[TmuxTerminal]:
    """The program in a terminal until this is left; skips the test, saying so, where tmux is not installed."""
    if shutil.which("tmux") is None:
        pytest.skip("there is no terminal without tmux")
    with tempfile.TemporaryDirectory(prefix="tmux-") as folder:
        terminal = TmuxTerminal(Path(folder) / "socket", env, command, size)
        try:
            yield terminal
        finally:
            terminal.close()
