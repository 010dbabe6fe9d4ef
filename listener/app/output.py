"""Where reports go: to the terminal, to stdout, or into files, each whole or not there; and progress to stderr."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from listener.domain.report import Report
from listener.errors import OutputExists
from listener.ports import Progress, Reporter

Titles = Mapping[str, str]


def show(report: Report, titles: Titles, as_json: bool) -> None:
    """Print the report: JSON as it is, else for the terminal, in colour where the terminal and NO_COLOR allow it."""
    if as_json:
        from listener.reports.json_report import JsonReport

        sys.stdout.buffer.write(JsonReport(titles).render(report))
        return
    from listener.reports.terminal_report import TerminalReport

    is_terminal = sys.stdout.isatty()
    colour = is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    width = shutil.get_terminal_size((80, 24)).columns if is_terminal else 80
    click.echo(TerminalReport(titles, width, colour).render(report).decode(), nl=False, color=colour)


def check_writable(folder: Path, force: bool) -> None:
    """Fail before the work, not after it, where report files are in the way or the folder cannot be made."""
    refuse_overwriting([folder / name for name in _reporters({})], force)
    make_folder(folder)


def make_folder(folder: Path) -> None:
    """Make the folder where it is not there; OutputExists where no file can be written into it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise OutputExists(
            f"{folder} cannot be written: {error.strerror}.", "Choose another folder with --out."
        ) from error


def refuse_overwriting(paths: Sequence[Path], force: bool) -> None:
    """OutputExists where a folder bears the name of a file to be written, or without `force` any file does."""
    folders = [path for path in paths if path.is_dir()]
    if folders:
        raise OutputExists(f"{folders[0]} is a folder.", "Choose another name with --out.")
    present = [path.name for path in paths if path.exists() or path.is_symlink()]
    if present and not force:
        raise OutputExists(
            f"{paths[0].parent} already holds {_listed(present)}.", "Choose another place with --out, or add --force."
        )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def write(report: Report, titles: Titles, folder: Path) -> list[Path]:
    """Write the report as JSON, Markdown and text into `folder`, each file whole or not at all."""
    from listener.adapters.atomic_file import write_whole

    written = []
    for name, reporter in _reporters(titles).items():
        write_whole(folder / name, reporter.render(report))
        written.append(folder / name)
    return written


def _reporters(titles: Titles) -> dict[str, Reporter]:
    from listener.reports.json_report import JsonReport
    from listener.reports.markdown_report import MarkdownReport
    from listener.reports.terminal_report import TerminalReport

    return {
        "report.json": JsonReport(titles),
        "report.md": MarkdownReport(titles),
        "report.txt": TerminalReport(titles, 80, False),
    }


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """Progress with the time left on stderr where that is a terminal, silence where it is not."""
    if not sys.stderr.isatty():
        yield lambda _stage, _done: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    with Bars(
        TextColumn("{task.description:22}"),
        BarColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as bars:
        tasks: dict[str, Callable[[float], None]] = {}

        def told(stage: str, done: float) -> None:
            if stage not in tasks:
                task = bars.add_task(stage, total=1.0)
                tasks[stage] = lambda value: bars.update(task, completed=value)
            tasks[stage](done)

        yield told
