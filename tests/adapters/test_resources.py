from pathlib import Path

import pytest

from listener.adapters.resources import (
    example_folder,
    guidelines_file,
    is_checkout,
    models_folder,
    practice_folder,
    scenarios_folder,
)
from listener.errors import BadScenario, MissingModel


def installed(root: Path) -> Path:
    """A package folder as a wheel leaves it, with its data inside."""
    package = root / "site-packages" / "listener"
    for part in ("scenarios/practice", "scenarios/example", "models"):
        (package / "_data" / part).mkdir(parents=True)
    return package


def test_a_checkout_has_its_data_at_the_root() -> None:
    assert is_checkout()
    assert guidelines_file().is_file()
    assert (practice_folder() / "free-talk.toml").is_file()
    assert (models_folder() / "segmentation-3.0.onnx").is_file()


def test_an_installed_package_carries_its_data(tmp_path: Path) -> None:
    package = installed(tmp_path)
    assert not is_checkout(package)
    assert scenarios_folder(package) == package / "_data" / "scenarios"
    assert practice_folder(package) == package / "_data" / "scenarios" / "practice"
    assert example_folder(package) == package / "_data" / "scenarios" / "example"
    assert models_folder(package) == package / "_data" / "models"


def test_a_stranger_beside_an_installed_package_is_not_taken_for_its_data(tmp_path: Path) -> None:
    package = installed(tmp_path)
    (package.parent / "models").mkdir()
    (package.parent / "scenarios").mkdir()
    assert models_folder(package) == package / "_data" / "models"
    assert scenarios_folder(package) == package / "_data" / "scenarios"


def test_missing_scenarios_are_told_with_the_place(tmp_path: Path) -> None:
    with pytest.raises(BadScenario, match="practice scenarios are missing") as told:
        scenarios_folder(tmp_path / "listener")
    assert str(tmp_path) in told.value.message
    assert "Install Listener again" in told.value.hint


def test_missing_models_are_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(MissingModel, match="bundled models are missing"):
        models_folder(tmp_path / "listener")


def test_a_missing_example_is_told(tmp_path: Path) -> None:
    package = installed(tmp_path)
    (package / "_data" / "scenarios" / "example").rmdir()
    with pytest.raises(BadScenario, match="example does not exist"):
        example_folder(package)
