"""`listener label` and `listener score`: transcripts in, behaviours or a scored report out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from listener.app.scenarios_cli import DEFAULT_SCENARIO, find_scenario

if TYPE_CHECKING:
    from listener.adapters.transcripts.transcript import Transcript
    from listener.domain.speech import Ipu, Utterance

FROM_TRANSCRIPT = "Scored from a transcript: who spoke when is as it says."


rttm_option = click.option(
    "--rttm",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Who spoke when, for a CTM that tells only the words.",
)


@click.command()
@click.argument("transcript", type=click.Path(path_type=Path))
@rttm_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON (listener.labels/1).")
def label(transcript: Path, rttm: Path | None, as_json: bool) -> None:
    """Say what each utterance of a transcript does: asks, reflects, blames and so on.

    TRANSCRIPT is JSON lines: {"speaker": "A", "text": "How was your day?"}; or WebVTT or SRT with speakers, a CTM, a
    Praat TextGrid, or an ELAN file.
    """
    from listener.adapters.transcripts.reading import read_transcript
    from listener.app.behaviours import labelling
    from listener.errors import BadTranscript
    from listener.reports.wording import plain_text

    read = read_transcript(transcript, rttm)
    if read.speech and not any(u.text for u in read.utterances):
        raise BadTranscript(
            f"{transcript.name} tells who spoke when, without words.",
            f"Give the words, and this with them: `listener label talk.ctm --rttm {transcript.name}`.",
        )
    by = labelling()
    for note in (*read.notes, *by.notes):
        click.echo(note, err=True)
    found = by.classifier.label(read.utterances)
    if as_json:
        entries = [
            _entry(
                read, utterance, [{"label": str(b.label), "probability": round(b.probability, 4)} for b in behaviours]
            )
            for utterance, behaviours in zip(read.utterances, found, strict=True)
        ]
        click.echo(json.dumps({"schema": "listener.labels/1", "utterances": entries}, indent=2, ensure_ascii=False))
        return
    for utterance, behaviours in zip(read.utterances, found, strict=True):
        present = ", ".join(b.label.replace("_", " ") for b in behaviours if b.probability >= 0.5) or "–"
        click.echo(f"{plain_text(read.names[utterance.partner])}: {plain_text(utterance.text)}\n    {present}")


@click.command("score")
@click.argument("transcript", type=click.Path(path_type=Path))
@rttm_option
@click.option(
    "--scenario", "scenario_name", metavar="ID|FILE", help=f"What was practised.  [default: {DEFAULT_SCENARIO}]"
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON (listener.report/1).")
def score_transcript(transcript: Path, rttm: Path | None, scenario_name: str | None, as_json: bool) -> None:
    """Score a timed, speaker-labelled transcript as if it had been recorded.

    TRANSCRIPT is JSON lines: {"speaker": "A", "start_ms": 0, "end_ms": 1400, "text": "How was your day?"}; or WebVTT
    or SRT with speakers, a CTM, a Praat TextGrid, an ELAN file, or an RTTM, whose timing alone is then scored.
    """
    from listener.adapters.transcripts.jsonl import FORM
    from listener.adapters.transcripts.reading import read_transcript
    from listener.app.analyse import Practice, report_on
    from listener.app.behaviours import labelling_of
    from listener.app.heard import Heard
    from listener.app.output import show
    from listener.app.replay_cli import load_rubric_and_titles
    from listener.errors import BadTranscript

    read = read_transcript(transcript, rttm)
    if not read.timed:
        raise BadTranscript(f"{transcript.name} has lines without times; a score needs them.", FORM)
    scenario = find_scenario(scenario_name or DEFAULT_SCENARIO)
    rubric, titles = load_rubric_and_titles(scenario)
    heard = Heard(
        speech=speech_of(read),
        utterances=tuple(u for u in read.utterances if u.text.strip()),
        has_words=any(u.text.strip() for u in read.utterances),
        duration_ms=max([u.span.end for u in read.utterances] + [ipu.span.end for ipu in read.speech]),
        mics="one",
        notes=(FROM_TRANSCRIPT, *read.notes),
    )
    show(report_on(heard, Practice(scenario, rubric, read.names), labelling_of(heard)), titles, as_json)


def _entry(read: Transcript, utterance: Utterance, behaviours: list[dict[str, str | float]]) -> dict[str, object]:
    entry: dict[str, object] = {"speaker": read.names[utterance.partner], "text": utterance.text}
    if read.timed:
        entry |= {"start_ms": utterance.span.start, "end_ms": utterance.span.end}
    return entry | {"behaviours": behaviours}


def speech_of(read: Transcript) -> tuple[Ipu, ...]:
    """IPUs from the speech that the source tells, else from the utterances' words with times, else from themselves."""
    from listener.analysis.talk_masks import IPU_PAUSE_MS
    from listener.domain.span import merged
    from listener.domain.speech import PARTNERS, Ipu

    told = [(ipu.partner, ipu.span) for ipu in read.speech] or [
        (u.partner, heard.span) for u in read.utterances for heard in (u.words or (u,))
    ]
    ipus = [
        Ipu(partner, span)
        for partner in PARTNERS
        for span in merged((span for p, span in told if p == partner and span.duration_ms), IPU_PAUSE_MS - 1)
    ]
    return tuple(sorted(ipus, key=lambda ipu: (ipu.span, ipu.partner)))
