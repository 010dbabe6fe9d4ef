from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from listener.adapters import resources
from listener.adapters.model_import import import_model
from listener.adapters.model_manifest import read_manifest, size_text
from listener.adapters.model_store import State, file_sha256, model_sha256, open_store
from listener.errors import MissingModel
from tests.small_model import CONTENT, SmallModel, make_small_model, write_model


@pytest.fixture
def small(tmp_path: Path) -> SmallModel:
    return make_small_model(tmp_path)


def test_the_shipped_manifest_pins_every_model_and_its_bundled_weights_are_right() -> None:
    store = open_store()
    bundled = ["segmentation-3.0", "campplus-zh-en", "minilm-l6-v2-int8"]
    bundled += ["behaviour-network-int8", "behaviour-heads"]
    assert [model.name for model in store.manifest.models] == ["base", "tiny.en", *bundled]
    assert [model.name for model in store.manifest.models if model.default] == ["base"]
    for model in store.manifest.models:
        if model.bundled:
            assert store.look(model).state is State.VERIFIED
        else:
            assert model.wheels
            assert model.hub
            assert model.can_be_imported
    assert model_sha256("segmentation-3.0").startswith("a7eadd81")


def test_the_manifest_names_no_host() -> None:
    text = (resources.models_folder() / "manifest.toml").read_text()
    assert "://" not in text
    assert ".org" not in text
    assert ".co/" not in text


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('schema = "listener.models/1"', 'schema = "listener.models/9"', "schema"),
        ('name = "small"', 'name = "bundled"', "share a name"),
        ('folder = "whisper-small"', 'folder = "../elsewhere"', "folder"),
        ('folder = "whisper-small"', "", "folder of its own"),
        ("licence", "license", "license"),
        ('file = "config.json"', 'file = "other.json"', "other.json"),
        ('kind = "path"', 'kind = "torrent"', "torrent"),
        ("[[models]]", "[[models", "not valid"),
    ],
)
def test_a_broken_manifest_is_refused_in_words(small: SmallModel, old: str, new: str, complaint: str) -> None:
    path = small.bundled / "manifest.toml"
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(MissingModel, match="not valid") as raised:
        read_manifest(path)
    assert complaint in raised.value.message
    assert "Reinstall" in raised.value.hint


def test_an_absent_manifest_is_told(tmp_path: Path) -> None:
    with pytest.raises(MissingModel, match="cannot be read: No such file"):
        read_manifest(tmp_path / "manifest.toml")


def test_missing_weights_name_every_way_to_get_them(small: SmallModel) -> None:
    with pytest.raises(MissingModel, match="not on this machine") as raised:
        small.store.verified("small")
    assert raised.value.exit_code == 3
    assert "listener models fetch small" in raised.value.hint
    assert "listener models import small PATH" in raised.value.hint
    assert "--from hub" not in raised.value.hint


def test_missing_bundled_weights_ask_for_a_new_installation(small: SmallModel) -> None:
    (small.bundled / "bundled.onnx").unlink()
    with pytest.raises(MissingModel) as raised:
        small.store.verified("bundled")
    assert "reinstall" in raised.value.hint


def test_imported_weights_are_verified_and_give_their_hash(small: SmallModel, tmp_path: Path) -> None:
    weights = import_model(small.store, "small", write_model(tmp_path / "copy"))
    assert weights == small.store.verified("small")
    assert weights.folder == small.folder / "whisper-small"
    assert weights.sha256 == file_sha256(weights.file)
    assert weights.pinned
    assert {path.name: path.read_bytes() for path in weights.folder.iterdir()} == CONTENT


@pytest.mark.parametrize("change", ["byte", "cut", "absent"])
def test_damage_is_found_before_loading(small: SmallModel, tmp_path: Path, change: str) -> None:
    weights = import_model(small.store, "small", write_model(tmp_path / "copy"))
    if change == "byte":
        weights.file.write_bytes(b"x" + CONTENT["model.bin"][1:])
    elif change == "cut":
        weights.file.write_bytes(CONTENT["model.bin"][:-1])
    else:
        weights.file.unlink()
    assert small.store.look(small.store.manifest.model("small")).state is State.DAMAGED
    with pytest.raises(MissingModel, match=r"damaged: model\.bin"):
        small.store.verified("small")


def test_importing_again_repairs_damaged_weights(small: SmallModel, tmp_path: Path) -> None:
    weights = import_model(small.store, "small", write_model(tmp_path / "copy"))
    weights.file.write_bytes(b"")
    assert import_model(small.store, "small", tmp_path / "copy") == weights
    assert [path.name for path in small.store.partial.iterdir()] == ["lock"]


def test_both_wheels_in_a_folder_are_imported(small: SmallModel) -> None:
    assert import_model(small.store, "small", small.wheels).file.read_bytes() == CONTENT["model.bin"]


def test_one_wheel_finds_the_other_part_beside_it(small: SmallModel) -> None:
    assert import_model(small.store, "small", small.wheel(2)).file.read_bytes() == CONTENT["model.bin"]


def test_one_wheel_alone_says_which_part_is_absent(small: SmallModel) -> None:
    small.wheel(2).unlink()
    with pytest.raises(MissingModel, match=small.wheel(2).name):
        import_model(small.store, "small", small.wheel(1))
    assert not (small.folder / "whisper-small").exists()


def test_a_zip_of_the_folder_is_imported(small: SmallModel, tmp_path: Path) -> None:
    write_model(tmp_path / "copy" / "whisper")
    archive = shutil.make_archive(str(tmp_path / "model"), "zip", tmp_path / "copy")
    assert import_model(small.store, "small", Path(archive)).sha256 == small.store.manifest.model("small").sha256


@pytest.mark.parametrize("fault", ["wrong", "large", "cut", "text", "nothing", "few", "other"])
def test_a_bad_import_is_refused_and_leaves_nothing(small: SmallModel, tmp_path: Path, fault: str) -> None:
    source = tmp_path / "source"
    if fault in {"wrong", "few"}:
        write_model(source)
        (source / "config.json").write_bytes(b"{}") if fault == "wrong" else (source / "config.json").unlink()
    elif fault in {"large", "other"}:
        with zipfile.ZipFile(source, "w", zipfile.ZIP_DEFLATED) as bundle:
            for name, content in CONTENT.items():
                bundle.writestr(name if fault == "large" else f"{name}.old", content + b"\0" * 50_000_000)
    elif fault == "cut":
        source = small.wheel(1)
        source.write_bytes(source.read_bytes()[:-200])
    elif fault == "text":
        source.write_text("not an archive")
    with pytest.raises(MissingModel) as raised:
        import_model(small.store, "small", source)
    assert raised.value.hint
    assert small.store.look(small.store.manifest.model("small")).state is State.MISSING


def test_bundled_weights_are_not_imported(small: SmallModel) -> None:
    with pytest.raises(MissingModel, match="not imported"):
        import_model(small.store, "bundled", small.bundled)


def test_a_name_or_a_folder_of_ones_own_is_resolved(small: SmallModel, tmp_path: Path) -> None:
    own = write_model(tmp_path / "own")
    assert small.store.resolve(str(own)).pinned
    (own / "model.bin").write_bytes(b"a fine-tuned model")
    weights = small.store.resolve(str(own))
    assert (weights.name, weights.folder, weights.pinned) == ("own", own, False)
    assert weights.sha256 == file_sha256(own / "model.bin")
    (own / "config.json").unlink()
    with pytest.raises(MissingModel, match=r"no config\.json"):
        small.store.resolve(str(own))
    with pytest.raises(MissingModel, match="neither a known model nor a folder") as raised:
        small.store.resolve("huge")
    assert "bundled, small" in raised.value.hint


def test_two_writers_do_not_meet(small: SmallModel, tmp_path: Path) -> None:
    small.store.partial.mkdir(parents=True)
    with (small.store.partial / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(MissingModel, match="Another `listener models`"):
            import_model(small.store, "small", write_model(tmp_path / "copy"))


def test_a_write_that_fails_is_told_and_leaves_nothing(small: SmallModel, tmp_path: Path) -> None:
    copy = write_model(tmp_path / "copy")
    script = f"""
import resource, sys
from pathlib import Path
from listener.adapters.model_import import import_model
from listener.adapters.model_manifest import read_manifest
from listener.adapters.model_store import ModelStore
from listener.errors import MissingModel
bundled = Path({str(small.bundled)!r})
store = ModelStore(read_manifest(bundled / "manifest.toml"), Path({str(small.folder)!r}), bundled)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    import_model(store, "small", Path({str(copy)!r}))
except MissingModel as error:
    sys.exit(str(error))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(f"Weights cannot be put into {small.folder}: File too large.")
    assert "Free some space" in done.stderr
    assert [path.name for path in small.store.partial.iterdir()] == ["lock"]


def test_a_store_that_is_a_file_is_told(small: SmallModel, tmp_path: Path) -> None:
    small.folder.write_text("in the way")
    with pytest.raises(MissingModel, match="cannot be put into"):
        import_model(small.store, "small", write_model(tmp_path / "copy"))


def test_the_store_lies_where_the_environment_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LISTENER_MODELS", str(tmp_path))
    assert open_store().folder == tmp_path
    monkeypatch.delenv("LISTENER_MODELS")
    assert open_store().folder == resources.models_folder()
    assert resources.is_checkout()


def test_outside_a_checkout_the_store_lies_in_the_users_data_folder(
    monkeypatch: pytest.MonkeyPatch, small: SmallModel, tmp_path: Path
) -> None:
    monkeypatch.delenv("LISTENER_MODELS", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(resources, "is_checkout", lambda: False)
    monkeypatch.setattr(resources, "models_folder", lambda: small.bundled)
    store = open_store()
    assert store.bundled == small.bundled
    assert store.folder.name == "models"
    assert tmp_path in store.folder.parents
    assert not os.path.lexists(store.folder)


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0 kB"), (2_309, "2 kB"), (145_217_532, "145 MB"), (12_340_000_000, "12.3 GB")]
)
def test_sizes_read_as_on_a_download_page(count: int, text: str) -> None:
    assert size_text(count) == text
