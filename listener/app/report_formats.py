"""The formats that a report can be written in, and the files of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from listener.adapters.atomic_file import write_whole
from listener.adapters.compressed_sound import compressed_sound
from listener.adapters.wav_file import write_wav
from listener.app.report_source import Source
from listener.errors import BadSession, BadUsage
from listener.ports import Reporter
from listener.reports.elan_report import ElanReport
from listener.reports.events_csv import EventsCsvReport
from listener.reports.html_report import HtmlReport
from listener.reports.json_report import JsonReport
from listener.reports.markdown_report import MarkdownReport
from listener.reports.measurements_csv import MeasurementsCsvReport
from listener.reports.pdf_report import PdfReport
from listener.reports.rttm_report import RttmReport
from listener.reports.srt_report import SrtReport
from listener.reports.terminal_report import TerminalReport
from listener.reports.textgrid_report import TextgridReport
from listener.reports.vtt_report import VttReport

Titles = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class File:
    """One file of a format: how its name ends, and what is in it; None: the recording itself."""

    ending: str
    render: Callable[[Source], bytes] | None


@dataclass(frozen=True, slots=True)
class Format:
    """`text`: it is one file that can be read as text, so it goes to stdout; `long` text not to a terminal."""

    files: tuple[File, ...]
    text: bool = True
    long: bool = False
    needs: Literal["nothing", "words", "sound"] = "nothing"


def _one(ending: str, reporter: Callable[[Titles], Reporter]) -> File:
    return File(ending, lambda source: reporter(source.titles).render(source.report))


def _html(source: Source) -> bytes:
    sound = compressed_sound(source.sound) if source.sound else None
    return HtmlReport(source.titles, sound).render(source.report)


_CSV = (_one("-events.csv", lambda _: EventsCsvReport()), _one("-measurements.csv", MeasurementsCsvReport))

FORMATS: dict[str, Format] = {
    "json": Format((_one(".json", JsonReport),)),
    "md": Format((_one(".md", MarkdownReport),)),
    "txt": Format((_one(".txt", lambda titles: TerminalReport(titles, 80, False)),)),
    "html": Format((File(".html", _html),), long=True),
    "pdf": Format((_one(".pdf", PdfReport),), text=False),
    "csv": Format(_CSV, text=False),
    "srt": Format((_one(".srt", lambda _: SrtReport()),), needs="words"),
    "vtt": Format((_one(".vtt", lambda _: VttReport()),), needs="words"),
    "rttm": Format((_one(".rttm", lambda _: RttmReport()),)),
    "textgrid": Format((_one(".TextGrid", lambda _: TextgridReport()),)),
    "eaf": Format((_one(".eaf", lambda _: ElanReport()),)),
    "wav": Format((File(".wav", None),), text=False, needs="sound"),
}
"""Every format but `all`, which is all of these; the names stand in `report_cli.CHOICES` too."""


def require(form: str, source: Source) -> None:
    """BadSession, with what to do, where a report has not what a format is made of."""
    needs = FORMATS[form].needs
    if needs == "sound" and source.sound is None:
        raise BadSession("There is no recording to go with this report.", "Name it: --audio FILE.")
    if needs == "words" and not any(u.text.strip() for u in source.report.utterances):
        raise BadSession(
            f"This report holds no words, so there is nothing to write as {form}.",
            "rttm, textgrid and eaf hold who spoke when. For words: `listener models fetch base`, then analyse again.",
        )


def render(form: str, source: Source) -> bytes:
    """The content of a format of one file. Raises BadUsage for any other, BadSession as `require`, MissingPackage."""
    require(form, source)
    file, *more = FORMATS[form].files
    if more or file.render is None:
        raise BadUsage(f"{form} cannot be written to stdout.", "Name a file or folder with --out.")
    return file.render(source)


def write_file(file: File, source: Source, path: Path) -> None:
    """Write one file of a format, whole or not at all. Raises BadAudio, DiskFull and MissingPackage."""
    if file.render is not None:
        write_whole(path, file.render(source))
    elif source.sound is not None:
        write_wav(source.sound, path)
