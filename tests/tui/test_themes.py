"""Contrast of every text colour on everything it stands on (WCAG 2.2, 1.4.3 and 1.4.6)."""

from __future__ import annotations

from itertools import product

import pytest
from textual.color import Color
from textual.theme import Theme

from listener.tui.themes import THEMES, TITLES

WORDS = ("foreground", "quiet", "primary", "accent", "success", "warning", "error", "partner-a", "partner-b")
GROUNDS = ("background", "surface", "panel", "block-cursor-background")
ON_FULL_COLOUR = (("button-color-foreground", "primary"), ("input-selection-foreground", "input-selection-background"))
TEXTUAL = ("text-muted", "text-disabled", "text-warning", "text-error", "text-primary", "footer-key-foreground")


def luminance(colour: Color) -> float:
    """Relative luminance of WCAG."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.normalized]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: Color, second: Color) -> float:
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_by_the_book() -> None:
    assert contrast(Color.parse("#000000"), Color.parse("#ffffff")) == pytest.approx(21.0)
    assert contrast(Color.parse("#767676"), Color.parse("#ffffff")) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_text_can_be_read_on_every_ground(theme: Theme) -> None:
    enough = 7.0 if theme.name == "high-contrast" else 4.5
    colours = theme.to_color_system().generate() | theme.variables
    pairs = [*product((*WORDS, *TEXTUAL), GROUNDS), *ON_FULL_COLOUR]
    ratios = {
        f"{word} on {ground}": round(contrast(Color.parse(colours[word]), Color.parse(colours[ground])), 2)
        for word, ground in pairs
    }
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < enough} == {}


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_marks_that_are_no_text_stand_out(theme: Theme) -> None:
    """Rules, scrollbars and the edges of fields: 3 to 1 where they carry meaning (WCAG 1.4.11)."""
    colours = theme.to_color_system().generate() | theme.variables
    assert contrast(Color.parse(colours["border"]), Color.parse(colours["background"])) >= 3.0


def test_every_theme_has_a_title() -> None:
    assert [theme.name for theme in THEMES] == list(TITLES)
