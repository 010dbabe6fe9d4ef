"""Where the bundled scenarios and models lie: inside an installed package, or at the root of a checkout."""

from __future__ import annotations

from pathlib import Path

from listener.errors import BadScenario, MissingModel

PACKAGE = Path(__file__).resolve().parents[1]
REINSTALL_HINT = "Install Listener again; in a checkout, run it from the complete source tree."


def is_checkout(package: Path = PACKAGE) -> bool:
    """Whether the package lies in its source tree; the project file and scenarios beside it tell."""
    root = package.parent
    return (root / "pyproject.toml").is_file() and (root / "scenarios").is_dir()


def scenarios_folder(package: Path = PACKAGE) -> Path:
    """The folder with `guidelines.toml`, `practice/` and `example/`; raises BadScenario where there is none."""
    folder = _bundled("scenarios", package)
    if not folder.is_dir():
        raise BadScenario(f"The practice scenarios are missing: {folder} does not exist.", REINSTALL_HINT)
    return folder


def practice_folder(package: Path = PACKAGE) -> Path:
    """The folder of the bundled practice scenarios; raises BadScenario where there is none."""
    return _inside("practice", package)


def example_folder(package: Path = PACKAGE) -> Path:
    """The folder of the example conversation; raises BadScenario where there is none."""
    return _inside("example", package)


def guidelines_file(package: Path = PACKAGE) -> Path:
    """The rubric; raises BadScenario where there are no scenarios."""
    return scenarios_folder(package) / "guidelines.toml"


def models_folder(package: Path = PACKAGE) -> Path:
    """The folder with the models' manifest and the small weights; raises MissingModel where there is none."""
    folder = _bundled("models", package)
    if not folder.is_dir():
        raise MissingModel(f"The bundled models are missing: {folder} does not exist.", REINSTALL_HINT)
    return folder


def _bundled(name: str, package: Path) -> Path:
    return package.parent / name if is_checkout(package) else package / "_data" / name


def _inside(name: str, package: Path) -> Path:
    folder = scenarios_folder(package) / name
    if not folder.is_dir():
        raise BadScenario(f"A part of the scenarios is missing: {folder} does not exist.", REINSTALL_HINT)
    return folder
