"""`listener config`: where the settings lie, what they are, whether the file is right."""

from __future__ import annotations

import click

POSSIBLE = {
    "scenario": "a scenario's id, as `listener scenarios` lists them",
    "cue_minutes": "0 for cues at phase changes only, up to 60",
    "dashboard": "true shows levels and counts while you practise",
    "captions": "off | provisional",
    "bell": "true rings softly at phase changes",
    "names": '{ A = "…", B = "…" }',
    "microphone": "a name that `listener doctor` lists; without it the system's default",
    "mics": "one | two",
    "model": "base | tiny.en | … as `listener models list` shows; without it base",
    "theme": "dark | light | high-contrast",
}
TABLES = {
    "practice": ("scenario", "cue_minutes", "dashboard", "captions", "bell", "names"),
    "audio": ("microphone", "mics"),
    "words": ("model",),
    "look": ("theme",),
}


@click.group()
def config() -> None:
    """Settings: where they lie, what they are, whether they are right."""


@config.command()
def path() -> None:
    """Print the path of the configuration file, whether or not it exists."""
    from listener.app.settings import settings_path

    click.echo(settings_path())


@config.command()
def show() -> None:
    """Print every setting as it holds now, as TOML that can be saved as the configuration file."""
    from listener.app.settings import load_settings

    settings = load_settings()
    for table, names in TABLES.items():
        click.echo(f"[{table}]")
        for name in names:
            value = getattr(settings, name)
            line = f"{name} = {_toml(value)}" if value not in (None, {}) else f"# {name} ="
            click.echo(f"{line:40} # {POSSIBLE[name]}")
        click.echo()


@config.command()
def validate() -> None:
    """Check the configuration file; the scenario and weights that it names must exist."""
    from listener.adapters.model_store import open_store
    from listener.app.scenarios_cli import find_scenario
    from listener.app.settings import load_settings, settings_path

    where = settings_path()
    if not where.exists():
        click.echo(f"There is no configuration file; the defaults hold. It would be {where}.")
        return
    settings = load_settings(where)
    find_scenario(settings.scenario)
    if settings.model is not None:
        open_store().resolve(settings.model)
    click.echo(f"{where} is right.")


def _toml(value: object) -> str:
    """A setting as TOML writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(each)}" for key, each in sorted(value.items())) + " }"
    if isinstance(value, str):
        import json

        return json.dumps(value, ensure_ascii=False)
    return str(value)
