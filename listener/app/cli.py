"""The `listener` command: data to stdout, words to stderr.

Exit codes: 0 done, 1 bad input, 2 usage, 3 missing model or device, 130 interrupted. Nothing heavy is imported before a
command that needs it runs.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from listener import __version__
from listener.app.compare_cli import compare
from listener.app.config_cli import config
from listener.app.doctor_cli import doctor
from listener.app.models_cli import models
from listener.app.open_app import OpenApp
from listener.app.plan_cli import plan
from listener.app.progress_cli import progress
from listener.app.promises_cli import promises
from listener.app.record_cli import record
from listener.app.replay_cli import replay
from listener.app.report_cli import report
from listener.app.review_cli import review
from listener.app.scenarios_cli import scenarios
from listener.app.sessions_cli import sessions
from listener.app.transcript_cli import label, score_transcript
from listener.errors import BadUsage, ListenerError

INTERRUPTED = 130

SHELLS = {"bash": "bash_source", "zsh": "zsh_source", "fish": "fish_source"}


@click.group(
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="listener")
@click.option(
    "--play", type=click.Path(path_type=Path), metavar="FILE", help="Practise with a recording in a microphone's place."
)
@click.pass_context
def cli(ctx: click.Context, play: Path | None) -> None:
    """Practise active listening as a couple. Everything stays on this machine.

    Without a command the practice app opens.

    \b
    Practise: listener
    Try it:   listener replay --example
    Yours:    listener replay talk.wav --enroll A=anna.wav --enroll B=ben.wav
    Check:    listener doctor
    """  # noqa: D301  # click reads a real backspace as "keep these lines"
    if ctx.invoked_subcommand is not None:
        if play is not None:
            raise click.UsageError("--play belongs to the app: use it without a command.")
        return
    if not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise BadUsage(
            "The practice app needs a terminal.", "Run `listener` in one, or `listener --help` for commands without."
        )
    open_app: OpenApp = ctx.obj
    open_app(play)


@cli.command()
@click.argument("shell", type=click.Choice(sorted(SHELLS)))
def completion(shell: str) -> None:
    """Print the completion script for a shell.

    \b
    bash:  listener completion bash > ~/.local/share/bash-completion/completions/listener
    zsh:   listener completion zsh  > a file named _listener in your $fpath
    fish:  listener completion fish > ~/.config/fish/completions/listener.fish
    """  # noqa: D301  # as above
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    if kind is None:  # pragma: no cover - the three shells are built into click
        raise click.UsageError(f"No completion for {shell}.")
    click.echo(kind(cli, {}, "listener", "_LISTENER_COMPLETE").source())


@cli.command()
@click.argument("name", type=click.Choice(["report", "labels"]))
def schema(name: str) -> None:
    """Print the JSON Schema of reports or labels."""
    import json

    from listener.reports.schemas import schema as published

    click.echo(json.dumps(published(name), indent=2))


for command in (
    replay,
    report,
    review,
    record,
    label,
    score_transcript,
    sessions,
    compare,
    progress,
    promises,
    plan,
    scenarios,
    models,
    config,
    doctor,
):
    cli.add_command(command)


def system_told(error: OSError | UnicodeError) -> tuple[str, str]:
    """What the system refused and what to do about it."""
    from listener.reports.wording import plain_text

    if isinstance(error, UnicodeError):
        return f"A text cannot be read or written: {error}.", "Listener uses UTF-8: check the text, and LANG or LC_ALL."
    where = f"{plain_text(os.fsdecode(error.filename))}: " if isinstance(error.filename, str | bytes) else ""
    return f"{where}{error.strerror or error}.", "Check the path and its permissions, and that its disk is not full."


def _give_up_stdout() -> None:
    """Write what is still to be written; where that cannot be, nothing tries it again when the process ends."""
    try:
        sys.stdout.flush()
    except (OSError, UnicodeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def run(open_app: OpenApp) -> None:
    """Run the command line and end the process with its exit code; `open_app` is called where no command is given."""
    try:
        code = cli.main(standalone_mode=False, obj=open_app)
        sys.stdout.flush()
    except ListenerError as error:
        click.echo(f"{error.message}\n{error.hint}", err=True)
        code = error.exit_code
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("Interrupted.", err=True)
        code = INTERRUPTED
    except BrokenPipeError:  # the reader went away, as in `listener replay … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except (OSError, UnicodeError) as error:  # what no command tells better
        click.echo("\n".join(system_told(error)), err=True)
        _give_up_stdout()
        code = ListenerError.exit_code
    raise SystemExit(code if isinstance(code, int) else 0)
