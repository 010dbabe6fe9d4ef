"""A room without walls: a PulseAudio server of the test's own, with one loudspeaker that its one microphone hears.

Programs started with the room's `env` find it as their default device, through PortAudio and ALSA as on a real machine.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.waiting import wait_until

RATE = 48_000
NEEDED = ("pulseaudio", "pactl", "paplay")
SERVER = ("pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--disable-shm=yes", "--use-pid-file=no")
SINK = ("module-null-sink", "sink_name=room", "channels=2", f"rate={RATE}")
ALSA_TO_PULSE = "pcm.!default { type pulse }\nctl.!default { type pulse }\n"


class VirtualRoom:
    """The running server; `env` is the environment for programs in the room, with a home folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.home = folder
        runtime = folder / "run"
        (runtime / "pulse").mkdir(parents=True, mode=0o700)
        runtime.chmod(0o700)
        (folder / ".asoundrc").write_text(ALSA_TO_PULSE)
        own = {"DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "PULSE_SERVER", "PULSE_SINK", "PULSE_SOURCE"}
        self.env = {name: value for name, value in os.environ.items() if name not in own} | {
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(runtime),
            "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_DATA_HOME": str(folder / "data"),
            "PULSE_RUNTIME_PATH": str(runtime / "pulse"),
            "PULSE_SERVER": f"unix:{runtime}/pulse/native",
        }
        self._log = (folder / "pulseaudio.log").open("wb")
        self._server = subprocess.Popen(
            [*SERVER, "-L", "module-native-protocol-unix", "-L", " ".join(SINK)],
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
        )
        wait_until(lambda: self._server.poll() is not None or self._answers(), "the sound server")
        if self._server.poll() is not None:
            pytest.skip(f"PulseAudio does not run here: {(folder / 'pulseaudio.log').read_text()[-500:]}")

    @property
    def sessions(self) -> Path:
        """Where programs in the room keep their sessions."""
        return self.home / "data" / "listener" / "sessions"

    def play(self, recording: Path) -> subprocess.Popen[bytes]:
        """Play a file through the loudspeaker; the process ends when it has been heard."""
        return subprocess.Popen(["paplay", "--device=room", "--latency-msec=2000", str(recording)], env=self.env)

    def unplug(self) -> None:
        """Take the device away, whoever uses it."""
        self._pactl("unload-module", "module-null-sink")

    def plug_in(self) -> None:
        """Bring the device back."""
        self._pactl("load-module", *SINK)

    def close(self) -> None:
        self._server.terminate()
        try:
            self._server.wait(10)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait()
        self._log.close()

    def _answers(self) -> bool:
        asked = subprocess.run(["pactl", "list", "short", "sources"], env=self.env, capture_output=True, check=False)
        return b"room.monitor" in asked.stdout

    def _pactl(self, *command: str) -> None:
        subprocess.run(["pactl", *command], env=self.env, capture_output=True, check=True)


@contextmanager
def virtual_room() -> Iterator[VirtualRoom]:
    """A room until it is left; skips the test, saying so, where PulseAudio is not installed."""
    missing = [program for program in NEEDED if shutil.which(program) is None]
    if missing:
        pytest.skip(f"there is no virtual microphone without {', '.join(missing)} (pulseaudio, pulseaudio-utils)")
    with tempfile.TemporaryDirectory(prefix="room-") as folder:  # a socket's path may have 107 characters, no more
        room = VirtualRoom(Path(folder))
        try:
            yield room
        finally:
            room.close()
