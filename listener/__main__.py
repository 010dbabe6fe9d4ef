"""The `listener` command: without a subcommand the practice app, else the command line."""

from __future__ import annotations

from pathlib import Path

from listener.app.cli import run
from listener.app.open_app import ReviewStart


def _open_app(play: Path | None = None, review: ReviewStart | None = None) -> None:
    from listener.tui.app import open_app  # noqa: PLC0415  # Textual is loaded only to open the app

    open_app(play, review)


def main() -> None:
    """Run the command line and end the process with its exit code."""
    run(_open_app)


if __name__ == "__main__":
    main()
