"""`listener replay`: a recorded conversation in, a scored report out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from listener.app.scenarios_cli import DEFAULT_SCENARIO, find_scenario
from listener.app.settings import default_threads

if TYPE_CHECKING:
    from listener.app.analyse import Practice
    from listener.app.hear import Listening
    from listener.domain.practice import Rubric, Scenario
    from listener.domain.speech import PartnerId

    Job = tuple[Path, Listening, Practice, dict[str, str]]

Pairs = tuple[tuple["PartnerId", str], ...]


class PartnerValue(click.ParamType[tuple[str, str]]):
    """`A=something` or `B=something`."""

    name = "A=…"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """The partner and what is said of them."""
        partner, separator, text = str(value).partition("=")
        if partner.strip().upper() not in {"A", "B"} or not separator or not text.strip():
            self.fail(f"{value!r}: write A=… or B=…, for example A=Anna.", param, ctx)
        return partner.strip().upper(), text.strip()


class Channels(click.ParamType[tuple[int, ...]]):
    """`1,2`: channels of the file, counted from 1."""

    name = "N[,N]"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, ...]:
        """Channel indices counted from 0."""
        try:
            return tuple(int(part) - 1 for part in str(value).split(","))
        except ValueError:
            self.fail(f"{value!r}: write channel numbers, for example 1,2.", param, ctx)


@click.command()
@click.argument("audio", required=False, type=click.Path(path_type=Path))
@click.option("--example", is_flag=True, help="Replay the bundled example conversation.")
@click.option(
    "--scenario", "scenario_name", metavar="ID|FILE", help=f"What was practised.  [default: {DEFAULT_SCENARIO}]"
)
@click.option("--partner", "names", type=PartnerValue(), multiple=True, help="A partner's name, as in A=Anna.")
@click.option(
    "--enroll", "enrolment", type=PartnerValue(), multiple=True, help="A recorded sentence of a partner alone: A=FILE."
)
@click.option(
    "--mics",
    type=click.Choice(["auto", "one", "two"]),
    default="auto",
    show_default=True,
    help="Microphones in the recording.",
)
@click.option("--channels", type=Channels(), help="Which channels to use of a file with more than two.")
@click.option(
    "--model", metavar="NAME|PATH|none", help="Transcription weights; none reports from sound alone.  [default: base]"
)
@click.option("--threads", type=click.IntRange(1, 64), help="Threads to compute with.  [default: the machine's cores]")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON (listener.report/1).")
@click.option(
    "--out", type=click.Path(path_type=Path), help="Also write report.json, report.md and report.txt into this folder."
)
@click.option("--force", is_flag=True, help="Overwrite report files in --out.")
def replay(  # noqa: PLR0913  # one parameter an option; click calls it, nobody else
    audio: Path | None,
    example: bool,
    scenario_name: str | None,
    names: Pairs,
    enrolment: Pairs,
    mics: Literal["auto", "one", "two"],
    channels: tuple[int, ...] | None,
    model: str | None,
    threads: int | None,
    as_json: bool,
    out: Path | None,
    force: bool,
) -> None:
    """Analyse a recorded conversation of two and print its scored report.

    AUDIO is WAV, FLAC, OGG or MP3 with one microphone for both partners, or one channel for each; or the folder of a
    session that the app recorded.
    """
    from listener.app.hear import Listening

    once_each(names, "--partner")
    once_each(enrolment, "--enroll")
    voices = {partner: Path(file) for partner, file in enrolment}
    called = dict(names)
    if example:
        if audio is not None:
            raise click.UsageError("Give either AUDIO or --example.")
        audio, voices, called = _example(voices, called)
    if audio is None:
        raise click.UsageError("Name a recording, or try --example.")
    listening = Listening(voices, mics, model, channels, threads or default_threads())
    if out is not None:
        from listener.app.output import check_writable

        check_writable(out, force)
    _replay(_asked(audio, listening, scenario_name, called), as_json, out)


def once_each(pairs: Pairs, option: str) -> None:
    """A usage error where an option names the same partner twice."""
    if len({partner for partner, _ in pairs}) != len(pairs):
        raise click.UsageError(f"{option} was given twice for the same partner.")


def load_rubric_and_titles(scenario: Scenario) -> tuple[Rubric, dict[str, str]]:
    """The bundled rubric, and the titles that reports show for its guidelines and the scenario."""
    from listener.adapters.practice_toml import load_rubric
    from listener.adapters.resources import guidelines_file

    rubric = load_rubric(guidelines_file())
    return rubric, {scenario.id: scenario.title} | {g.id: g.title for g in rubric.guidelines}


def _asked(audio: Path, listening: Listening, scenario: str | None, names: dict[PartnerId, str]) -> Job:
    """What to replay and how. For a stored session its own record answers what the command line leaves open."""
    from listener.app.analyse import Practice
    from listener.app.sessions import practised, session_of
    from listener.app.settings import load_settings

    session = session_of(audio)
    if session is None:
        chosen = find_scenario(scenario or DEFAULT_SCENARIO)
        rubric, titles = load_rubric_and_titles(chosen)
        return audio, listening, Practice(chosen, rubric, names, frozenset(listening.enrolment)), titles
    own, practice, titles = practised(session, load_settings())
    if scenario is not None and practice.record is not None:
        chosen = find_scenario(scenario)
        titles |= {chosen.id: chosen.title}
        practice = replace(practice, scenario=chosen, record=replace(practice.record, phases=()))
    voices = {**own.enrolment, **listening.enrolment}
    how = replace(
        listening,
        enrolment=voices,
        mics=own.mics if listening.mics == "auto" else listening.mics,
        model=listening.model or own.model,
    )
    practice = replace(practice, names={**practice.names, **names}, enrolled=frozenset(voices))
    return session.recording, how, practice, titles


def _replay(job: Job, as_json: bool, out: Path | None) -> None:
    from listener.app.analyse import report_on
    from listener.app.behaviours import labelling_of
    from listener.app.hear import hear
    from listener.app.output import progress_bar, show, write

    audio, listening, practice, titles = job
    with progress_bar() as progress:
        heard = hear(audio, listening, progress)
    report = report_on(heard, practice, labelling_of(heard, listening.threads))
    show(report, titles, as_json)
    if out is not None:
        for path in write(report, titles, out):
            click.echo(f"Written: {path}", err=True)


def _example(
    voices: dict[PartnerId, Path], called: dict[PartnerId, str]
) -> tuple[Path, dict[PartnerId, Path], dict[PartnerId, str]]:
    """The bundled conversation with its enrolment and names; what was given on the command line goes first."""
    from listener.app.example import EXAMPLE_NAMES, example_enrolment, example_recording

    return example_recording(), example_enrolment() | voices, {**EXAMPLE_NAMES, **called}
