"""WebVTT and SRT: read back by another library's strict parser, by our own readers, and checked against the spec."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import webvtt

from listener.adapters.transcripts.reading import read_transcript
from listener.domain.report import Report
from listener.domain.span import Span
from listener.domain.speech import Utterance
from listener.reports.captions import time
from listener.reports.srt_report import SrtReport, as_prefix
from listener.reports.vtt_report import VttReport
from listener.reports.wording import plain_text
from tests.reports.hostile_texts import TEXTS, says
from tests.talk_files import overlapping_talk

VTT_CUE = re.compile(r"(\d{2,}:[0-5]\d:[0-5]\d\.\d{3}) --> (\d{2,}:[0-5]\d:[0-5]\d\.\d{3})\n<v ([^\n<>]+)>([^\n<>]+)")
SRT_CUE = re.compile(r"(\d+)\n(\d{2,}:[0-5]\d:[0-5]\d,\d{3}) --> (\d{2,}:[0-5]\d:[0-5]\d,\d{3})\n([^\n:]+): ([^\n]+)")


def vtt_cues(rendered: bytes) -> list[tuple[str, str, str, str]]:
    """Start, end, speaker and text of each cue; fails for whatever the spec does not allow in what we write."""
    head, *blocks = rendered.decode().removesuffix("\n").split("\n\n")
    assert head == "WEBVTT"
    cues = []
    for block in blocks:
        found = VTT_CUE.fullmatch(block)
        assert found, block[:200]
        start, end, *texts = found.groups()
        assert "-->" not in "".join(texts)
        assert not re.search(r"&(?!amp;|lt;|gt;)", "".join(texts))
        cues.append((start, end, html.unescape(texts[0]), html.unescape(texts[1])))
    check_times([(start, end) for start, end, _, _ in cues])
    return cues


def srt_cues(rendered: bytes) -> list[tuple[str, str, str, str]]:
    cues = []
    blocks = rendered.decode().removesuffix("\n").split("\n\n") if rendered else []
    for number, block in enumerate(blocks, 1):
        found = SRT_CUE.fullmatch(block)
        assert found, block[:200]
        assert int(found[1]) == number
        assert not re.search(r"[<>{}]", found[4] + found[5])
        cues.append((found[2], found[3], found[4], found[5]))
    check_times([(start, end) for start, end, _, _ in cues])
    return cues


def check_times(times: Sequence[tuple[str, str]]) -> None:
    assert all(start < end for start, end in times)
    assert [start for start, _ in times] == sorted(start for start, _ in times)


def talk(sample: Report) -> Report:
    return replace(sample, utterances=tuple(overlapping_talk()))


def test_the_files_are_pinned(sample: Report, golden: Callable[[str, bytes], None]) -> None:
    golden("report.vtt", VttReport().render(sample))
    golden("report.srt", SrtReport().render(sample))


def test_another_parser_reads_every_cue(sample: Report) -> None:
    report = talk(sample)
    expected = sorted(report.utterances, key=lambda u: (u.span, u.partner))
    vtt = webvtt.from_string(VttReport().render(report).decode(), strict=True)
    assert [(c.start, c.end, c.voice, c.text) for c in vtt.captions] == [
        (time(u.span.start), time(u.span.end), {"A": "Anna", "B": "Ben"}[u.partner], u.text) for u in expected
    ]
    srt = webvtt.from_buffer(SrtReport().render(report).decode().splitlines(), format="srt")
    assert [c.text for c in srt.captions] == [f"{ {'A': 'Anna', 'B': 'Ben'}[u.partner] }: {u.text}" for u in expected]
    assert len(vtt_cues(VttReport().render(report))) == len(srt_cues(SrtReport().render(report))) == len(expected)


@pytest.mark.parametrize("ending", ["vtt", "srt"])
def test_our_own_reader_gets_the_talk_back(sample: Report, tmp_path: Path, ending: str) -> None:
    report = talk(sample)
    path = tmp_path / f"talk.{ending}"
    path.write_bytes((VttReport() if ending == "vtt" else SrtReport()).render(report))
    read = read_transcript(path)
    assert read.names == {"A": "Anna", "B": "Ben"}
    assert [(u.partner, u.span, u.text) for u in read.utterances] == [
        (u.partner, u.span, u.text) for u in sorted(report.utterances, key=lambda u: u.span)
    ]


@pytest.mark.parametrize("name", TEXTS)
def test_texts_stay_texts(sample: Report, tmp_path: Path, name: str) -> None:
    report = says(sample, TEXTS[name])
    shown = plain_text(TEXTS[name])
    cues = vtt_cues(VttReport().render(report))
    assert [text for _, _, _, text in cues] == ([shown] if shown else []) + ["Fine, thanks."]
    assert len({speaker for _, _, speaker, _ in cues}) == len(cues)
    look = shown.translate(str.maketrans("<>{}", "‹›()"))
    assert [text for _, _, _, text in srt_cues(SrtReport().render(report))][-2:] == ([look] if shown else []) + [
        "Fine, thanks."
    ]
    if shown:
        for ending, rendered in (("vtt", VttReport().render(report)), ("srt", SrtReport().render(report))):
            path = tmp_path / f"talk.{ending}"
            path.write_bytes(rendered)
            assert [u.partner for u in read_transcript(path).utterances] == ["A", "B"]


def test_hostile_names_and_words(hostile: Report) -> None:
    assert len(vtt_cues(VttReport().render(hostile))) == 1
    assert len(srt_cues(SrtReport().render(hostile))) == 1


def test_without_words_there_are_no_cues(silent: Report) -> None:
    assert VttReport().render(silent) == b"WEBVTT\n"
    assert SrtReport().render(silent) == b""


def test_what_lasts_no_time_still_has_a_cue(sample: Report) -> None:
    report = replace(sample, utterances=(Utterance("A", Span(3_599_999, 3_599_999), "Oh!"),))
    assert vtt_cues(VttReport().render(report)) == [("00:59:59.999", "01:00:00.000", "Anna", "Oh!")]


@pytest.mark.parametrize(
    ("name", "prefix"),
    [
        ("Anna", "Anna"),
        ("Zoë Öz", "Zoë Öz"),
        ("Anna (A)", "Anna A"),
        ("3PO: x", "PO x"),
        ("a b c d e f", "a b c d"),
        ("!?", ""),
    ],
)
def test_a_name_before_a_colon(name: str, prefix: str) -> None:
    assert as_prefix(name) == prefix
