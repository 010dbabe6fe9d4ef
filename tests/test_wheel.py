"""The wheel carries everything that replaying needs and works outside the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder holding the unpacked wheel, as pip would install it."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    wheel = next(folder.glob("*.whl"))
    target = folder / "site"
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(target)]
    subprocess.run([*command, str(wheel)], check=True, capture_output=True)
    return target


def run(installed: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(installed)}
    command = [sys.executable, "-P", "-m", "listener", *arguments]
    return subprocess.run(command, cwd=installed, env=environment, capture_output=True, text=True, check=False)


def test_the_wheel_holds_data_licences_and_schema_but_no_tests(installed: Path) -> None:
    names = zipfile.ZipFile(next(installed.parent.glob("*.whl"))).namelist()
    for part in (
        "listener/_data/scenarios/guidelines.toml",
        "listener/_data/scenarios/practice/speaker-listener.toml",
        "listener/_data/scenarios/example/conversation.flac",
        "listener/_data/models/manifest.toml",
        "listener/_data/models/segmentation-3.0.onnx",
        "listener/_data/models/campplus-zh-en.onnx",
        "listener/_data/models/minilm-l6-v2-int8.onnx",
        "listener/_data/models/minilm-l6-v2-tokenizer.json",
        "listener/_data/models/behaviour-network-int8.onnx",
        "listener/_data/models/behaviour-heads.npz",
        "listener/reports/report-1.schema.json",
        "listener/reports/html/page.html.j2",
        "listener/reports/html/style.css",
        "listener/reports/html/player.js",
        "listener/reports/html/wavesurfer.min.js",
        "listener/reports/html/wavesurfer-LICENSE.txt",
        "listener/reports/report.typ",
    ):
        assert part in names
    assert any("licenses/LICENSE" in name for name in names)
    assert any("models/LICENSES" in name for name in names)
    assert not any(name.startswith("tests/") for name in names)


def test_the_installed_package_replays_the_example(installed: Path) -> None:
    where = run(installed, "models", "list", "--json")
    assert str(installed) in where.stdout
    done = run(installed, "replay", "--example", "--model", "none")
    assert done.returncode == 0, done.stderr
    assert "One thing to try" in done.stdout
