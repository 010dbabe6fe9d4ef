"""The three themes: every text colour has a contrast of at least 4.5 to its background, 7 in high contrast."""

from __future__ import annotations

from typing import Final

from textual.theme import Theme

DEFAULT: Final = "dark"


def _theme(name: str, dark: bool, colours: dict[str, str]) -> Theme:
    """A theme from our colour names; `quiet` is secondary text, `line` rules and bars' empty part."""
    quiet, cursor, on_cursor = colours["quiet"], colours["cursor"], colours["on-cursor"]
    return Theme(
        name=name,
        dark=dark,
        primary=colours["primary"],
        secondary=colours["primary"],
        accent=colours["accent"],
        warning=colours["warning"],
        error=colours["error"],
        success=colours["success"],
        foreground=colours["foreground"],
        background=colours["background"],
        surface=colours["surface"],
        panel=colours["panel"],
        text_alpha=1.0,
        variables={
            "quiet": quiet,
            "line": colours["line"],
            "partner-a": colours["partner-a"],
            "partner-b": colours["partner-b"],
            "text-muted": quiet,
            "text-disabled": quiet,
            "foreground-muted": quiet,
            "foreground-disabled": quiet,
            "text-primary": colours["primary"],
            "text-accent": colours["accent"],
            "text-warning": colours["warning"],
            "text-error": colours["error"],
            "text-success": colours["success"],
            "border": colours["primary"],
            "border-blurred": colours["line"],
            "block-cursor-background": cursor,
            "block-cursor-foreground": on_cursor,
            "block-cursor-text-style": "bold",
            "block-cursor-blurred-background": colours["panel"],
            "block-cursor-blurred-foreground": colours["foreground"],
            "block-cursor-blurred-text-style": "none",
            "block-hover-background": colours["panel"],
            "footer-background": colours["surface"],
            "footer-foreground": colours["foreground"],
            "footer-key-foreground": colours["primary"],
            "footer-description-foreground": colours["foreground"],
            "input-selection-background": cursor,
            "input-selection-foreground": on_cursor,
            "input-cursor-background": colours["foreground"],
            "input-cursor-foreground": colours["background"],
            "scrollbar": colours["line"],
            "scrollbar-hover": quiet,
            "scrollbar-active": colours["primary"],
            "scrollbar-background": colours["background"],
            "scrollbar-background-hover": colours["background"],
            "scrollbar-background-active": colours["background"],
            "scrollbar-corner-color": colours["background"],
            "button-foreground": colours["foreground"],
            "button-color-foreground": colours["on-primary"],
            "button-focus-text-style": "bold",
        },
    )


THEMES: Final[tuple[Theme, ...]] = (
    _theme(
        "dark",
        True,
        {
            "background": "#15181e",
            "surface": "#1b1f27",
            "panel": "#2a303b",
            "foreground": "#e4e6eb",
            "quiet": "#a6adbb",
            "line": "#4a5262",
            "primary": "#8fb8f6",
            "accent": "#efc675",
            "success": "#93d3a2",
            "warning": "#efc675",
            "error": "#ff9d94",
            "partner-a": "#74cbdc",
            "partner-b": "#e6abd6",
            "cursor": "#2c3a52",
            "on-cursor": "#ffffff",
            "on-primary": "#10131a",
        },
    ),
    _theme(
        "light",
        False,
        {
            "background": "#fbfaf7",
            "surface": "#f1efe9",
            "panel": "#e4e1d8",
            "foreground": "#22262c",
            "quiet": "#555b65",
            "line": "#a9a69c",
            "primary": "#1d579e",
            "accent": "#7a4f00",
            "success": "#1b6538",
            "warning": "#7a4f00",
            "error": "#a8231b",
            "partner-a": "#0b5d70",
            "partner-b": "#86336f",
            "cursor": "#d5e2f5",
            "on-cursor": "#0d1117",
            "on-primary": "#ffffff",
        },
    ),
    _theme(
        "high-contrast",
        True,
        {
            "background": "#000000",
            "surface": "#000000",
            "panel": "#262626",
            "foreground": "#ffffff",
            "quiet": "#e2e2e2",
            "line": "#9a9a9a",
            "primary": "#ffe45c",
            "accent": "#ffe45c",
            "success": "#86ffa8",
            "warning": "#ffd24d",
            "error": "#ffbab3",
            "partner-a": "#6fe3ff",
            "partner-b": "#ffb8f1",
            "cursor": "#3a3a3a",
            "on-cursor": "#ffffff",
            "on-primary": "#000000",
        },
    ),
)
TITLES: Final = {"dark": "Dark", "light": "Light", "high-contrast": "High contrast"}
