"""Microphones and loudspeakers through PortAudio; each test in a process that sees a room, or nothing at all."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import soundfile

from listener.adapters.microphone import _Delivery
from listener.errors import MissingDevice
from listener.ports import Block
from tests.virtual_room import virtual_room

RATE = 16_000


def told_by(code: str, env: Mapping[str, str], *arguments: str) -> str:
    """What a Python program prints."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], env=dict(env), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


LIST = """
from listener.adapters.microphone import Microphone, list_microphones
from listener.errors import MissingDevice
for found in list_microphones():
    print(found.name, found.rate > 0, found.channels > 0, found.is_default)
for name, channels in ((None, 1), (None, 2), ("no such", 1), (None, 500)):
    try:
        mic = Microphone(name, channels)
        print("found", mic.channels, mic.rate > 0, mic.ended, mic.broken)
    except MissingDevice as error:
        print("missing:", error.message, "|", error.hint)
"""


def test_microphones_are_listed_and_looked_up() -> None:
    with virtual_room() as room:
        told = told_by(LIST, room.env).splitlines()
    assert told[0] == "default True True True"
    assert [line for line in told if line.endswith("True True True")] == told[:1]
    assert told[-4:-2] == ["found 1 True False False", "found 2 True False False"]
    assert told[-2].startswith("missing: There is no microphone 'no such' (any more). | Plug in")
    assert "not one for each" in told[-1]


def test_without_a_sound_server_it_is_said_that_there_is_none(tmp_path: Path) -> None:
    (tmp_path / ".asoundrc").write_text("pcm.!default { type null }\n")
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PULSE", "XDG"))}
    told = told_by(LIST, env | {"HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)})
    assert "missing: " in told


NO_PORTAUDIO = """
import sys, types
class Refused:
    def find_spec(self, name, path=None, target=None):
        if name == "_sounddevice" or name == "sounddevice":
            raise OSError("PortAudio library not found")
sys.meta_path.insert(0, Refused())
from listener.adapters.microphone import list_microphones
from listener.errors import MissingDevice
try:
    list_microphones()
except MissingDevice as error:
    print(error.message, error.hint)
"""


def test_without_portaudio_it_is_said_how_to_get_it() -> None:
    told = told_by(NO_PORTAUDIO, os.environ)
    assert "PortAudio is not installed" in told
    assert "nstall" in told.removeprefix("The audio library PortAudio is not installed.")


OPEN_AGAIN = """
import sys, time
from listener.adapters.microphone import Microphone, list_microphones
mic = Microphone("default", 1)
blocks = []
for _ in range(3):
    blocks.clear()
    mic.open(blocks.append)
    list_microphones()  # does not disturb an open stream
    end = time.monotonic() + 60
    while len(blocks) < 3:
        assert time.monotonic() < end
        time.sleep(0.01)
    assert not mic.broken
    mic.close()
    mic.close()
    count = len(blocks)
    assert not mic.broken and len(blocks) == count
    print(blocks[0].samples.shape == (mic.rate // 20, 1), blocks[0].samples.dtype)
"""


def test_a_microphone_can_be_opened_again_and_again() -> None:
    with virtual_room() as room:
        assert told_by(OPEN_AGAIN, room.env) == "True int16\n" * 3


PLAY = """
import sys, time
from pathlib import Path
from listener.adapters.playback import Player
from listener.domain.span import Span
player = Player()
assert not player.playing
player.stop()
player.play(Path(sys.argv[1]), Span(0, 60_000))
assert player.playing
player.play(Path(sys.argv[1]), Span(500, 1500))
end = time.monotonic() + 60
while player.playing:
    assert time.monotonic() < end
    time.sleep(0.01)
player.play(Path(sys.argv[1]), Span(0, 60_000))
player.stop()
assert not player.playing
print("played")
"""


@pytest.mark.parametrize("rate", [16_000, 44_100])
def test_moments_are_played_stopped_and_replaced(tmp_path: Path, rate: int) -> None:
    soundfile.write(tmp_path / "talk.flac", np.zeros((70 * rate, 1)), rate)
    with virtual_room() as room:
        assert told_by(PLAY, room.env, str(tmp_path / "talk.flac")) == "played\n"


def test_a_reported_overflow_is_counted_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr("listener.adapters.microphone.time", SimpleNamespace(monotonic=lambda: now))
    blocks: list[Block] = []
    deliver = _Delivery(blocks.append, RATE, 1)
    data = bytes(2 * 800)
    for late_s in (0.0, 0.02, 0.0, 0.03):
        now += 0.05
        deliver_at = now
        now = deliver_at + late_s
        deliver(data, 800, None, SimpleNamespace(input_overflow=False))
        now = deliver_at
    now += 0.05 + 2.0  # two seconds were lost
    deliver(data, 800, None, SimpleNamespace(input_overflow=True))
    now += 0.05
    deliver(data, 800, None, SimpleNamespace(input_overflow=False))
    assert [block.lost_frames for block in blocks[:4]] == [0, 0, 0, 0]
    assert blocks[4].lost_frames == pytest.approx(2 * RATE, rel=0.01)
    assert blocks[5].lost_frames == 0
    deliver.over = True
    deliver(data, 800, None, SimpleNamespace(input_overflow=False))
    assert len(blocks) == 6


def test_missing_device_has_its_exit_code() -> None:
    assert MissingDevice("", "").exit_code == 3
