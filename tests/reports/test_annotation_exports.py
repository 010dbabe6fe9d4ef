"""RTTM, TextGrid and ELAN: read back by readers that did not write them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pympi
import pytest
from defusedxml.ElementTree import fromstring
from praatio import textgrid

from listener.adapters.transcripts.reading import read_transcript
from listener.adapters.transcripts.textgrid import Tokens
from listener.adapters.transcripts.textgrid import _tiers as read_tiers
from listener.app.transcript_cli import speech_of
from listener.domain.report import Report
from listener.domain.span import Span
from listener.domain.speech import Ipu, Utterance
from listener.domain.tiers import TierKind, tier_name, tier_parts
from listener.ports import Reporter
from listener.reports.elan_report import ElanReport, in_xml
from listener.reports.rttm_report import RttmReport
from listener.reports.textgrid_report import TextgridReport
from listener.reports.tiers import Piece, joined, tiers
from listener.reports.wording import plain_text
from tests.reports.hostile_texts import TEXTS, says

Content = dict[str, list[tuple[int, int, str]]]
WRITERS: dict[str, Reporter] = {"TextGrid": TextgridReport(), "eaf": ElanReport()}


def expected(report: Report) -> Content:
    return {tier.name: [(p.span.start, p.span.end, p.text) for p in tier.pieces] for tier in tiers(report)}


def by_praatio(path: Path) -> Content:
    grid = textgrid.openTextgrid(str(path), includeEmptyIntervals=False)
    return {
        name: [(round(e.start * 1000), round(e.end * 1000), e.label) for e in grid.getTier(name).entries]
        for name in grid.tierNames
    }


def by_our_reader(path: Path) -> Content:
    found = read_tiers(Tokens(path.name, path.read_text(encoding="utf-8")))
    return {tier.name: [(p.span.start, p.span.end, p.text) for p in tier.pieces] for tier in found}


def by_pympi(path: Path) -> Content:
    eaf = pympi.Eaf(str(path))
    return {name: sorted(a[:3] for a in eaf.get_annotation_data_for_tier(name)) for name in eaf.get_tier_names()}


def written(report: Report, folder: Path, ending: str) -> Path:
    path = folder / f"talk.{ending}"
    path.write_bytes(WRITERS[ending].render(report))
    return path


def test_the_files_are_pinned(sample: Report, golden: Callable[[str, bytes], None]) -> None:
    golden("report.rttm", RttmReport().render(sample))
    golden("report.TextGrid", TextgridReport().render(sample))
    golden("report.eaf", ElanReport().render(sample))


def test_other_readers_find_every_tier_and_piece(sample: Report, tmp_path: Path) -> None:
    grid, eaf = (written(sample, tmp_path, ending) for ending in WRITERS)
    content = expected(sample)
    assert sum(map(len, content.values())) == 13 + 2 + 3 + 2 + 7
    assert by_praatio(grid) == by_our_reader(grid) == by_pympi(eaf) == content


@pytest.mark.parametrize("ending", WRITERS)
def test_our_reader_gets_speech_utterances_and_words_back(sample: Report, tmp_path: Path, ending: str) -> None:
    read = read_transcript(written(sample, tmp_path, ending))
    assert read.names == {"A": "Anna", "B": "Ben"}
    assert read.speech == sample.speech == speech_of(read)
    assert [(u.partner, u.span, u.text) for u in read.utterances] == [
        (u.partner, u.span, u.text) for u in sample.utterances
    ]
    assert [[(w.text, w.span) for w in u.words] for u in read.utterances] == [
        [(w.text, w.span) for w in u.words] for u in sample.utterances
    ]


@pytest.mark.parametrize("ending", WRITERS)
def test_without_words_the_timing_comes_back(sample: Report, tmp_path: Path, ending: str) -> None:
    read = read_transcript(written(replace(sample, utterances=()), tmp_path, ending))
    assert read.speech == sample.speech
    assert not any(u.text for u in read.utterances)
    assert any("no words" in note for note in read.notes)


def test_b_may_speak_first_and_stays_b(sample: Report, tmp_path: Path) -> None:
    report = replace(sample, speech=(Ipu("B", Span(0, 500)), *sample.speech))
    for ending in WRITERS:
        read = read_transcript(written(report, tmp_path, ending))
        assert read.names == {"A": "Anna", "B": "Ben"}
        assert read.speech == report.speech


def test_rttm_comes_back(sample: Report, tmp_path: Path) -> None:
    first, second = sample.session.partners
    named = replace(sample.session, partners=(replace(first, name="Anna  Öz"), second), mics="two")
    report = replace(sample, session=named)
    path = tmp_path / "talk.rttm"
    path.write_bytes(RttmReport().render(report))
    read = read_transcript(path)
    assert read.names == {"A": "Anna_Öz", "B": "Ben"}
    assert read.speech == tuple(sorted(sample.speech, key=lambda ipu: ipu.span))
    columns = [line.split() for line in path.read_text().splitlines()]
    assert {len(line) for line in columns} == {10}
    assert {(line[2], line[7]) for line in columns} == {("1", "Anna_Öz"), ("2", "Ben")}


@pytest.mark.parametrize("name", TEXTS)
def test_texts_stay_texts(sample: Report, tmp_path: Path, name: str) -> None:
    report = says(sample, TEXTS[name])
    shown = plain_text(TEXTS[name])
    grid, eaf = (written(report, tmp_path, ending) for ending in WRITERS)
    assert by_our_reader(grid) == expected(report)
    assert by_pympi(eaf) == {
        in_xml(tier): [(a, b, in_xml(text)) for a, b, text in pieces] for tier, pieces in expected(report).items()
    }
    for path in (grid, eaf):
        read = read_transcript(path)
        assert list(read.names) == ["A", "B"]
        assert read.utterances[-1].text == "Fine, thanks."
        if shown:
            assert read.utterances[0].text == (in_xml(shown) if path is eaf else shown)
    rttm = tmp_path / "talk.rttm"
    rttm.write_bytes(RttmReport().render(report))
    assert read_transcript(rttm).speech == sample.speech


def test_hostile_names_and_silence_can_be_written(hostile: Report, silent: Report, tmp_path: Path) -> None:
    for report in (hostile, silent):
        assert by_our_reader(written(report, tmp_path, "TextGrid")) == expected(report)
        assert len(by_pympi(written(report, tmp_path, "eaf"))) == 10
    assert RttmReport().render(silent) == b""


def test_elan_has_its_times_in_order_and_the_date_of_the_recording(sample: Report, silent: Report) -> None:
    root = fromstring(ElanReport().render(sample))
    times = [int(slot.attrib["TIME_VALUE"]) for slot in root.iter("TIME_SLOT")]
    assert times == sorted(times)
    assert root.attrib["DATE"] == "2025-03-01T19:30:05+01:00"
    assert fromstring(ElanReport().render(silent)).attrib["DATE"].startswith("1970")
    types = {kind.attrib["LINGUISTIC_TYPE_ID"] for kind in root.iter("LINGUISTIC_TYPE")}
    assert {tier.attrib["LINGUISTIC_TYPE_REF"] for tier in root.iter("TIER")} == types
    assert [child.tag for child in root][:2] == ["HEADER", "TIME_ORDER"]


def test_pieces_of_a_tier_never_overlap_and_lose_no_text() -> None:
    pieces = [Piece(Span(5, 9), "c"), Piece(Span(0, 6), "a"), Piece(Span(2, 2), "b"), Piece(Span(20, 20), "d")]
    assert joined(pieces) == (Piece(Span(0, 9), "a b c"), Piece(Span(20, 21), "d"))
    assert joined([Piece(Span(0, 6), "speech"), Piece(Span(3, 9), "speech")]) == (Piece(Span(0, 9), "speech"),)


def test_a_piece_after_the_end_makes_the_grid_longer(sample: Report, tmp_path: Path) -> None:
    late = Utterance("A", Span(240_000, 250_000), "Still here.")
    path = written(replace(sample, utterances=(*sample.utterances, late)), tmp_path, "TextGrid")
    assert by_praatio(path)["said@Anna"][-1] == (240_000, 250_000, "Still here.")


@pytest.mark.parametrize("speaker", ["Nora", "a@b", "@", "said@x"])
def test_tier_names_tell_their_parts(speaker: str) -> None:
    assert [tier_parts(tier_name(kind, speaker)) for kind in TierKind] == [(kind, speaker) for kind in TierKind]


@pytest.mark.parametrize("name", ["Nora", "tx@Nora", "said@", "said@ ", "said", "Said@Nora"])
def test_names_of_others_are_not_ours(name: str) -> None:
    assert tier_parts(name) is None
