"""A real browser without any network, spoken to through a pipe: what a page does when it is opened and clicked."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import select
import shutil
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

from tests.waiting import PATIENCE_S, wait_until

NAMES = ("chromium", "chromium-browser", "google-chrome")
_WATCH = (
    "addEventListener('securitypolicyviolation', (e) => console.error(`CSP: ${e.violatedDirective} ${e.blockedURI}`))"
)


def chromium() -> str | None:
    """The browser on this machine, None where there is none."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def _without_network() -> list[str]:
    """What starts a command in a network of its own, which leads nowhere; empty where that is not allowed."""
    unshare = shutil.which("unshare")
    if unshare and subprocess.run([unshare, "-n", "true"], check=False, capture_output=True).returncode == 0:
        return [unshare, "-n"]
    return []


class Browser:
    """One page in a headless browser. `complaints` are errors of the page, its console and its security policy."""

    def __init__(self, folder: Path, *flags: str) -> None:
        to_browser, self._into = (_high(fd) for fd in os.pipe())
        self._out, from_browser = (_high(fd) for fd in os.pipe())
        command = [
            *_without_network(),
            chromium() or "",
            "--headless",
            "--remote-debugging-pipe",
            *_flags(folder),
            *flags,
        ]
        joined = f'exec "$0" "$@" 3</dev/fd/{to_browser} 4>/dev/fd/{from_browser}'
        with (folder / "chromium.log").open("wb") as log:
            self._process = subprocess.Popen(
                ["/bin/sh", "-c", joined, *command],
                pass_fds=(to_browser, from_browser),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=os.environ | {"HOME": str(folder), "XDG_RUNTIME_DIR": str(folder)},
            )
        os.close(to_browser)
        os.close(from_browser)
        self._read: BinaryIO = os.fdopen(self._out, "rb", 0)
        self._waiting = b""
        self._calls = 0
        self._session: str | None = None
        self.events: list[dict[str, Any]] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        self.call("Page.addScriptToEvaluateOnNewDocument", source=_WATCH)

    def __enter__(self) -> Browser:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        os.close(self._into)
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._read.close()

    def call(self, method: str, **parameters: Any) -> Any:
        """The result of a DevTools command; AssertionError where it fails."""
        self._calls += 1
        number = self._calls
        message: dict[str, Any] = {"id": number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._into, json.dumps(message).encode() + b"\0")
        while (reply := self._next()).get("id") != number:
            if "method" in reply:
                self.events.append(reply)
        assert "error" not in reply, reply["error"]
        return reply["result"]

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._waiting:
            ready, _, _ = select.select([self._read], [], [], PATIENCE_S)
            assert ready, f"the browser said nothing for {PATIENCE_S:.0f} s"
            piece = self._read.read(1 << 20)
            assert piece, f"the browser ended: {self._process.poll()}"
            self._waiting += piece
        first, _, self._waiting = self._waiting.partition(b"\0")
        message: dict[str, Any] = json.loads(first)
        return message

    def open(self, file: Path) -> None:
        """Load a file and wait until it has loaded."""
        self.call("Page.navigate", url=file.as_uri())
        wait_until(lambda: self.value("document.readyState") == "complete", "the page")

    def value(self, expression: str) -> Any:
        """What a JavaScript expression gives; waits for promises."""
        done = self.call(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True, userGesture=True
        )
        assert "exceptionDetails" not in done, done["exceptionDetails"]
        return done["result"].get("value")

    def click(self, selector: str) -> None:
        """A real click in the middle of the first such element."""
        found = f"document.querySelector({json.dumps(selector)})"
        self.value(f"{found}.scrollIntoView({{block: 'center'}})")
        x, y = self.value(f"(r => [r.x + r.width / 2, r.y + r.height / 2])({found}.getBoundingClientRect())")
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def press(self, key: str, code: int, text: str) -> None:
        """A key on the keyboard, down and up."""
        for kind in ("keyDown", "keyUp"):
            typed = {"text": text} if kind == "keyDown" else {}
            self.call("Input.dispatchKeyEvent", type=kind, key=key, windowsVirtualKeyCode=code, **typed)

    def resize(self, width: int) -> None:
        """Make the window this many pixels wide."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)

    def rest(self, seconds: float) -> None:
        """Let the page go on for a while."""
        time.sleep(seconds)

    @property
    def complaints(self) -> list[str]:
        self.value("0")
        told = [e for e in self.events if e["method"] in {"Log.entryAdded", "Runtime.exceptionThrown"}]
        logged = [e for e in self.events if e["method"] == "Runtime.consoleAPICalled"]
        bad = [e for e in logged if e["params"]["type"] in {"error", "warning", "assert"}]
        return [json.dumps(event["params"])[:500] for event in (*told, *bad)]

    @property
    def requests(self) -> list[str]:
        """The addresses that the page asked for, each up to 60 characters."""
        self.value("0")
        asked = (e for e in self.events if e["method"] == "Network.requestWillBeSent")
        return [event["params"]["request"]["url"][:60] for event in asked]

    def picture(self, file: Path, whole: bool = True) -> None:
        """Save what the page looks like as PNG."""
        shot = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        file.write_bytes(base64.b64decode(shot["data"]))


def _high(fd: int) -> int:
    """The same pipe under a number that no shell redirection uses."""
    high = fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 20)
    os.close(fd)
    return high


def _flags(folder: Path) -> list[str]:
    flags = [
        f"--user-data-dir={folder / 'profile'}",
        "--host-resolver-rules=MAP * ~NOTFOUND",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--window-size=1100,900",
    ]
    return [*flags, "--no-sandbox"] if os.geteuid() == 0 else flags
