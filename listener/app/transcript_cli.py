"""`listener label` and `listener score`: transcripts in, behaviours or a scored report out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from listener.app.scenarios_cli import DEFAULT_SCENARIO, find_scenario

if TYPE_CHECKING:
    from listener.adapters.transcript_jsonl import Transcript
    from listener.domain.speech import Ipu, Utterance

FROM_TRANSCRIPT = "Scored from a transcript: who spoke when is as it says."


@click.command()
@click.argument("transcript", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON (listener.labels/1).")
def label(transcript: Path, as_json: bool) -> None:
    """Say what each utterance of a transcript does: asks, reflects, blames and so on.

    TRANSCRIPT is JSON lines: {"speaker": "A", "text": "How was your day?"}
    """
    from listener.adapters.transcript_jsonl import read_transcript
    from listener.app.behaviours import labelling

    read = read_transcript(transcript)
    by = labelling()
    for note in by.notes:
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
        click.echo(f"{read.names[utterance.partner]}: {utterance.text}\n    {present}")


@click.command("score")
@click.argument("transcript", type=click.Path(path_type=Path))
@click.option(
    "--scenario", "scenario_name", metavar="ID|FILE", help=f"What was practised.  [default: {DEFAULT_SCENARIO}]"
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON (listener.report/1).")
def score_transcript(transcript: Path, scenario_name: str | None, as_json: bool) -> None:
    """Score a timed, speaker-labelled transcript as if it had been recorded.

    TRANSCRIPT is JSON lines: {"speaker": "A", "start_ms": 0, "end_ms": 1400, "text": "How was your day?"}
    """
    from listener.adapters.transcript_jsonl import FORM, read_transcript
    from listener.app.analyse import Heard, Practice, report_on
    from listener.app.behaviours import labelling_of
    from listener.app.output import show
    from listener.app.replay_cli import load_rubric_and_titles
    from listener.errors import BadTranscript

    read = read_transcript(transcript)
    if not read.timed:
        raise BadTranscript(f"{transcript.name} has lines without times; a score needs them.", FORM)
    scenario = find_scenario(scenario_name or DEFAULT_SCENARIO)
    rubric, titles = load_rubric_and_titles(scenario)
    heard = Heard(
        speech=_speech(read.utterances),
        utterances=tuple(u for u in read.utterances if u.text.strip()),
        has_words=any(u.text.strip() for u in read.utterances),
        duration_ms=max(u.span.end for u in read.utterances),
        mics="one",
        notes=(FROM_TRANSCRIPT,),
    )
    show(report_on(heard, Practice(scenario, rubric, read.names), labelling_of(heard)), titles, as_json)


def _entry(read: Transcript, utterance: Utterance, behaviours: list[dict[str, str | float]]) -> dict[str, object]:
    entry: dict[str, object] = {"speaker": read.names[utterance.partner], "text": utterance.text}
    if read.timed:
        entry |= {"start_ms": utterance.span.start, "end_ms": utterance.span.end}
    return entry | {"behaviours": behaviours}


def _speech(utterances: tuple[Utterance, ...]) -> tuple[Ipu, ...]:
    """IPUs from the utterances' words where they have times, else from the utterances themselves."""
    from listener.analysis.one_mic import IPU_PAUSE_MS
    from listener.domain.span import merged
    from listener.domain.speech import PARTNERS, Ipu

    spans = {
        partner: merged(
            (w.span for u in utterances if u.partner == partner for w in (u.words or (u,)) if w.span.duration_ms),
            IPU_PAUSE_MS - 1,
        )
        for partner in PARTNERS
    }
    ipus = [Ipu(partner, span) for partner in PARTNERS for span in spans[partner]]
    return tuple(sorted(ipus, key=lambda ipu: (ipu.span, ipu.partner)))
