"""A stored session that can be reviewed: with what was found in it, and its report, as the final analysis leaves it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from listener.adapters.session_folder import SessionFolder
from listener.app.analyse import analysed, report_of
from listener.app.heard import Heard
from listener.app.kept_analysis import keep_analysis
from listener.app.sessions import REPORT_FILE, practised
from listener.app.settings import Settings
from listener.domain.report import GuidelineScore, Report
from listener.domain.span import Span
from listener.domain.speech import Ipu, Utterance
from listener.reports.json_report import parse, render
from tests.stored import store_example

SPEECH = (
    Ipu("A", Span(0, 14_000)),
    Ipu("B", Span(6_000, 6_600)),  # a listening sound
    Ipu("B", Span(12_000, 19_000)),  # comes in and takes the floor
    Ipu("A", Span(20_000, 33_000)),
    Ipu("B", Span(31_000, 40_000)),  # again
    Ipu("A", Span(41_000, 48_000)),
)
UTTERANCES = (
    Utterance("A", Span(0, 13_900), "I felt so alone at the party and nobody came over to talk to me."),
    Utterance("B", Span(12_100, 18_900), "You always make such a drama out of everything."),
    Utterance("A", Span(20_100, 32_900), "That hurts. I was only telling you how it was for me."),
    Utterance("B", Span(31_100, 39_900), "So it was the being ignored that hurt the most."),
    Utterance("A", Span(41_100, 47_900), "Yes. Exactly that."),
)


def store_reviewable(root: Path, **values: Any) -> SessionFolder:
    """Sam (B) comes in twice and takes the floor, hums once, blames once and gives back once."""
    folder = store_example(root, **values)
    found = analysed(Heard(SPEECH, UTTERANCES, True, 48_050, "two"))
    keep_analysis(folder, found)
    _, practice, titles = practised(folder, Settings())
    folder.write(REPORT_FILE, render(report_of(found, practice), titles))
    return folder


def stored_report(folder: SessionFolder) -> Report:
    return parse((folder.path / REPORT_FILE).read_bytes())


def row(report: Report, guideline: str, partner: str) -> GuidelineScore:
    return next(score for score in report.guidelines if (score.id, score.partner) == (guideline, partner))
