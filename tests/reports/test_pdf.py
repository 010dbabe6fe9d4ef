"""PDF reports, read back by another library; the source that the template is given is pinned, not the PDF itself."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files

import pypdf
import pytest
import typst

from listener.domain.report import Report
from listener.domain.span import Span
from listener.domain.speech import Ipu, Utterance
from listener.errors import MissingPackage
from listener.reports.pdf_content import content
from listener.reports.pdf_report import PdfReport, needs_other_fonts, source
from listener.reports.wording import plain_text
from tests.reports.hostile_texts import TEXTS, says

A4 = (595, 842)
NOT_READ_BACK = {"right to left", "no XML", "long words"}
"""Texts that run the other way, have no glyphs, or go on over the end of a page with its footer."""


def pages(rendered: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(rendered), strict=True)


def words(text: str) -> str:
    """The text without blanks and room for breaks: a PDF keeps neither lines nor blanks as they were."""
    return re.sub(r"[\s\u200b]+", "", text)


def text_of(rendered: bytes) -> str:
    return words("".join(page.extract_text() for page in pages(rendered).pages))


def test_what_the_template_is_given_is_pinned(
    sample: Report, titles: dict[str, str], golden: Callable[[str, bytes], None]
) -> None:
    golden("pdf.json", source(sample, titles).encode())


def test_the_same_report_gives_the_same_bytes_without_a_date(sample: Report, titles: dict[str, str]) -> None:
    rendered = PdfReport(titles).render(sample)
    assert rendered == PdfReport(titles).render(sample)
    told = pages(rendered).metadata
    assert told is not None
    assert told.title == "Listener report"
    assert told.creation_date is None
    assert told.modification_date is None
    assert not told.author
    assert not re.search(rb"/CreationDate|/ModDate|xmp:(Create|Modify)Date", rendered)


def test_the_pages_are_a4_and_tell_what_the_other_formats_tell(sample: Report, titles: dict[str, str]) -> None:
    rendered = PdfReport(titles).render(sample)
    for page in pages(rendered).pages:
        assert (round(page.mediabox.width), round(page.mediabox.height)) == A4
        assert words("Practice, not diagnosis.") in words(page.extract_text())
    found = text_of(rendered)
    for text in (
        "Anna (speaker) and Ben (listener)",
        "Daily check-in · 4:00 long · one microphone · 2025-03-01 19:30",
        "You shared the time almost evenly.",
        "count one slow breath after Anna has finished.",
        "Time speaking",
        "Ben tried to interrupt; Anna kept the floor (not certain)",
        "Let each other finish",
        "36–77",
        "Hold back the verdict",
        "“no wait, I did call you”",
        "Choose a good moment: Anna gave Ben 4 of 5.",
        "Ben promised: I will call when I am late.",
        "a listening sound, not an interruption",
        "Listen to how calm this is.",
        "1.5 s of sound were lost and count as silence.",
        "So it was the quiet house that got to you?",
        "says back",
        "Listener 0.1.0",
    ):
        assert words(text) in found, text


def test_a_screen_reader_can_follow_it(sample: Report, titles: dict[str, str]) -> None:
    template = files("listener.reports").joinpath("report.typ").read_bytes()
    given = {"report": source(sample, titles)}
    assert typst.compile(template, format="pdf", sys_inputs=given, ignore_system_fonts=True, pdf_standards="ua-1")


def test_silence_has_a_page_of_its_own(silent: Report) -> None:
    rendered = PdfReport().render(silent)
    assert len(pages(rendered).pages) == 1
    assert words("Nobody was heard speaking.") in text_of(rendered)


@pytest.mark.parametrize("name", TEXTS)
def test_texts_stay_texts(sample: Report, name: str) -> None:
    report = says(sample, TEXTS[name])
    shown = plain_text(TEXTS[name])
    given = json.loads(source(report, {}))
    expected = [shown] if shown else []
    assert [words(line["text"]) for line in given["transcript"]] == [words(t) for t in (*expected, "Fine, thanks.")]
    rendered = PdfReport().render(report)
    found = text_of(rendered)
    if name not in NOT_READ_BACK:
        assert words(shown) in found
    assert words("Fine, thanks.") in found


def test_hostile_texts_are_literal(hostile: Report) -> None:
    found = text_of(PdfReport().render(hostile))
    assert words("<script>alert(1)</script> | `rm` *x* _y_ [link](http://example.org) ![i](j) # h # heading") in found


def test_nothing_in_a_text_can_be_clicked_or_run(hostile: Report) -> None:
    for page in pages(PdfReport().render(hostile)).pages:
        assert "/Annots" not in page
        assert "/AA" not in page


def test_long_words_stay_on_the_page(sample: Report) -> None:
    report = replace(sample, utterances=(Utterance("A", Span(0, 1_000), "x" * 500),))
    positions: list[float] = []

    def seen(text: str, _cm: object, tm: list[float], _font: object, _size: object) -> None:
        if "x" * 20 in text:
            positions.append(tm[4])

    for page in pages(PdfReport().render(report)).pages:
        page.extract_text(visitor_text=seen)
    assert len(positions) > 3


def test_a_long_talk_has_several_strips_and_marks_in_their_place(sample: Report) -> None:
    hour = replace(
        sample,
        session=replace(sample.session, duration_ms=3_600_000),
        speech=tuple(Ipu("A", Span(at, at + 5_000)) for at in range(0, 3_590_000, 10_000)),
    )
    floor = content(hour, {})["floor"]
    assert isinstance(floor, dict)
    bands = floor["bands"]
    assert isinstance(bands, list)
    assert len(bands) == 6
    first = bands[0]
    assert isinstance(first, dict)
    assert first["marks"] == [{"at": 0.06033, "kind": "taken"}, {"at": 0.19167, "kind": "tried"}]
    assert first["rows"] == [[[round(i / 60, 5), round(i / 60 + 1 / 120, 5)] for i in range(60)], []]
    assert words("Ben tried to interrupt") in text_of(PdfReport().render(hour))


def test_fonts_of_the_machine_are_used_only_where_they_are_needed() -> None:
    assert not needs_other_fonts("Zoë, Łukasz, Ελένη, Ольга: “mm-hm” – 5 → ✓ \ufffd")
    assert needs_other_fonts("陳")
    assert needs_other_fonts("ليلى")


def test_without_typst_there_is_a_hint(sample: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(MissingPackage) as refused:
        PdfReport().render(sample)
    assert "listener-practice[pdf]" in refused.value.hint
    assert refused.value.exit_code == 3


def test_the_template_has_no_warnings(hostile: Report) -> None:
    template = files("listener.reports").joinpath("report.typ").read_bytes()
    _, warnings = typst.compile_with_warnings(
        template, format="pdf", sys_inputs={"report": source(hostile, {})}, ignore_system_fonts=True
    )
    assert warnings == []
