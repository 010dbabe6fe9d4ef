"""A model of half a megabyte in two real wheels, its manifest, and a loopback server that hands the wheels out."""

from __future__ import annotations

import base64
import hashlib
import os
import random
import re
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from listener.adapters.model_manifest import read_manifest
from listener.adapters.model_store import ModelStore

_NOISE = random.Random(20260401)  # noqa: S311  # weights that do not compress, the same in every run
CONTENT = {
    "model.bin": _NOISE.randbytes(400_001),
    "config.json": b'{"suppress_ids": []}',
    "tokenizer.json": b'{"version": "1.0"}' * 50,
}
BUNDLED = _NOISE.randbytes(3_000)
CUT = 250_000
PARTS = [
    {"data/model.bin.part1": CONTENT["model.bin"][:CUT], "data/config.json": CONTENT["config.json"]},
    {"data/model.bin.part2": CONTENT["model.bin"][CUT:], "data/tokenizer.json": CONTENT["tokenizer.json"]},
]


@dataclass(frozen=True)
class SmallModel:
    """Folders of the wheels, of what comes with the program (manifest included) and of the store to fill."""

    wheels: Path
    bundled: Path
    folder: Path

    @property
    def store(self) -> ModelStore:
        return ModelStore(read_manifest(self.bundled / "manifest.toml"), self.folder, self.bundled)

    def wheel(self, part: int) -> Path:
        return self.wheels / f"listener_small_part{part}-1.0.0-py3-none-any.whl"


def make_small_model(root: Path) -> SmallModel:
    small = SmallModel(root / "wheels", root / "bundled", root / "store")
    small.wheels.mkdir(parents=True)
    small.bundled.mkdir()
    (small.bundled / "bundled.onnx").write_bytes(BUNDLED)
    sources = "".join(_wheel(small.wheel(part), part) for part in (1, 2))
    (small.bundled / "manifest.toml").write_text(_manifest(sources))
    return small


def write_model(folder: Path) -> Path:
    """The files of the model in a folder, as someone would copy them from another machine."""
    folder.mkdir(parents=True)
    for name, content in CONTENT.items():
        (folder / name).write_bytes(content)
    return folder


def use_pip_with(monkeypatch: pytest.MonkeyPatch, **settings: str) -> None:
    """Leave pip with these settings only, so that neither this machine's index nor its cache takes part."""
    isolated = {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_CACHE_DIR": "1", "PIP_RETRIES": "0", **settings}
    for name in ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS", "PIP_NO_INDEX"):
        monkeypatch.delenv(name, raising=False)
    for name, value in isolated.items():
        monkeypatch.setenv(name, value)


@dataclass
class Server:
    """A package index on the loopback device.

    `ranges` are the Range headers of Listener's own downloads, `refused` the programs that gave no credentials.
    """

    files: dict[str, bytes]
    resumable: bool = True
    break_after: int | None = None
    credentials: str | None = None
    refused: list[str] = field(default_factory=list)
    ranges: list[str | None] = field(default_factory=list)
    address: str = ""


@contextmanager
def serving(server: Server) -> Iterator[Server]:
    class Requests(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(server, self)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Requests) as listening:
        server.address = f"http://127.0.0.1:{listening.server_address[1]}"
        thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            listening.shutdown()
            thread.join()


def answer(server: Server, request: BaseHTTPRequestHandler) -> None:
    wanted = "Basic " + base64.b64encode((server.credentials or "").encode()).decode()
    if server.credentials and request.headers.get("Authorization") != wanted:
        server.refused.append(request.headers.get("User-Agent", ""))
        request.send_response(401)
        request.send_header("WWW-Authenticate", 'Basic realm="packages"')
        request.end_headers()
        return
    name = request.path.rsplit("/", 1)[-1]
    if not name:
        links = "".join(f'<a href="/files/{file}">{file}</a>\n' for file in server.files)
        _send(request, 200, f"<!DOCTYPE html><html><body>{links}</body></html>".encode(), "text/html")
    elif name in server.files:
        _send_file(server, request, server.files[name])
    else:
        request.send_error(404)


def _send_file(server: Server, request: BaseHTTPRequestHandler, content: bytes) -> None:
    asked = request.headers.get("Range")
    ours = request.headers.get("User-Agent") == "listener"
    if ours:
        server.ranges.append(asked)
    start = int(asked.removeprefix("bytes=").removesuffix("-")) if asked and server.resumable else 0
    if start >= len(content):
        request.send_error(416)
        return
    body = content[start:]
    limit = server.break_after if ours else None
    _send(request, 206 if start else 200, body, "application/octet-stream", limit)


def _send(request: BaseHTTPRequestHandler, code: int, body: bytes, kind: str, limit: int | None = None) -> None:
    request.send_response(code)
    request.send_header("Content-Type", kind)
    request.send_header("Content-Length", str(len(body)))
    request.end_headers()
    request.wfile.write(body[:limit])


def _wheel(path: Path, part: int) -> str:
    """Write one wheel and give its entry in the manifest."""
    package = f"listener-small-part{part}"
    module = package.replace("-", "_")
    info = f"{module}-1.0.0.dist-info"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in PARTS[part - 1].items():
            bundle.writestr(f"{module}/{name}", content)
        bundle.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0.0\n")
        bundle.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        bundle.writestr(f"{info}/RECORD", "")
    content = path.read_bytes()
    members = ", ".join(
        f'{{ path = "{module}/{name}", file = "{re.sub(r"[.]part[12]$", "", Path(name).name)}" }}'
        for name in PARTS[part - 1]
    )
    return f"""
[[models.sources.wheels]]
package = "{package}"
version = "1.0.0"
name = "{path.name}"
bytes = {len(content)}
sha256 = "{_sha256(content)}"
members = [{members}]
"""


def _manifest(wheels: str) -> str:
    return f"""schema = "listener.models/1"
[[models]]
name = "bundled"
role = "speaker segmentation"
bundled = true
licence = "MIT"
origin = "a test"
files = [{_file("bundled.onnx", BUNDLED)}]

[[models]]
name = "small"
role = "transcription"
folder = "whisper-small"
default = true
licence = "MIT"
origin = "a test"
files = [{", ".join(_file(name, content) for name, content in CONTENT.items())}]

[[models.sources]]
kind = "packages"
{wheels}
[[models.sources]]
kind = "path"
"""


def _file(name: str, content: bytes) -> str:
    return f'{{ name = "{name}", bytes = {len(content)}, sha256 = "{_sha256(content)}" }}'


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
