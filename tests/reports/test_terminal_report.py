from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace

import pytest
from rich.cells import cell_len
from rich.text import Text

from listener.domain.report import Report
from listener.reports.terminal_report import TerminalReport, render


@pytest.mark.parametrize("width", [80, 60])
def test_the_page_is_pinned(
    sample: Report, titles: dict[str, str], golden: Callable[[str, bytes], None], width: int
) -> None:
    golden(f"terminal-{width}.txt", TerminalReport(titles, width).render(sample))


@pytest.mark.parametrize("width", [40, 53, 60, 71, 72, 80, 100])
def test_no_line_is_wider_than_the_page(sample: Report, silent: Report, hostile: Report, width: int) -> None:
    for report in (sample, silent, hostile):
        for line in render(report, width=width).splitlines():
            assert cell_len(line) <= width, line


def test_colour_adds_styles_and_changes_no_character(sample: Report, hostile: Report) -> None:
    for report in (sample, hostile):
        plain, coloured = render(report), render(report, colour=True)
        assert "\x1b[" in coloured
        shown = [Text.from_ansi(line).plain.rstrip() for line in coloured.splitlines()]
        assert shown == plain.splitlines()


def test_the_environment_changes_nothing(sample: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (render(sample), render(sample, colour=True))
    for name, value in {"NO_COLOR": "1", "COLUMNS": "20", "TERM": "dumb", "FORCE_COLOR": "1"}.items():
        monkeypatch.setenv(name, value)
    assert (render(sample), render(sample, colour=True)) == before


def test_hostile_text_stays_text(hostile: Report) -> None:
    page = render(hostile)
    assert "[bold red]Eve[/]" in page
    assert ":smile:" in page
    invisible = {c for c in page if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}}
    assert invisible == {"\n"}


def test_what_is_cut_ends_in_an_ellipsis(sample: Report) -> None:
    first, second = sample.session.partners
    names = (replace(first, name="Maximiliana-Theodora von Hohenstein"), second)
    page = render(replace(sample, session=replace(sample.session, partners=names)))
    assert "Maximiliana-Theodora von Hohenstein" not in page
    assert "Maximiliana-Theodora…" in page  # in sentences
    assert "Maximilia… █" in page  # beside the strip


def test_what_went_well_comes_first(sample: Report) -> None:
    page = render(sample)
    order = ["Practice, not diagnosis.", "What went well", "One thing to try", "Talk balance", "Guidelines", "Notes"]
    places = [page.index(heading) for heading in order]
    assert places == sorted(places)


def test_interruptions_tell_whether_the_floor_changed(sample: Report) -> None:
    page = render(sample)
    assert "0:36 Ben interrupted Anna and took the floor\n" in page
    assert "1:55 Ben tried to interrupt; Anna kept the floor (not certain)\n" in page


def test_every_guideline_has_its_row(sample: Report, titles: dict[str, str]) -> None:
    page = render(sample, titles)
    for score in sample.guidelines:
        assert titles.get(score.id, "Keep promises") in page
    assert page.count("Too little was said to tell.") == 1  # the same for both, told once


def test_silence_is_told_plainly(silent: Report) -> None:
    page = render(silent)
    assert "Nobody was heard speaking." in page
    for absent in ("What went well", "Longest turn", "The floor", "Guidelines", "Moments", "Notes"):
        assert absent not in page
    assert "Validate  " in page


def test_a_talk_without_interruptions_says_so(sample: Report) -> None:
    assert "No interruptions were heard." in render(replace(sample, overlaps=()))


def test_speech_without_a_length_has_no_strip(sample: Report) -> None:
    page = render(replace(sample, session=replace(sample.session, duration_ms=0)))
    assert "The floor" in page
    assert "····█" not in page
