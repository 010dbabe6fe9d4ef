"""Bars of characters: a score with its interval, a share between two. Readable without colour."""

from __future__ import annotations

from collections.abc import Sequence

from listener.domain.report import GuidelineScore, Talk

LEVELS = "▁▂▃▄▅▆▇█"


def score_bar(score: GuidelineScore, cells: int) -> str:
    """Full up to the score, shaded over the likely range above it, dots beyond."""
    low, value, high = (round((number or 0) * cells / 100) for number in (score.low, score.score, score.high))
    low = min(low, value)
    shades = "█" * low + "▓" * (value - low) + "░" * (high - value)
    return shades.ljust(cells, "·")


def share_cells(first: Talk, second: Talk, cells: int) -> int:
    """How many of `cells` the first partner's share takes; half where nobody spoke."""
    both = first.share + second.share
    return round(cells * first.share / both) if both else cells // 2


def sparkline(scores: Sequence[int]) -> str:
    """One character a score of 0 to 100, higher for more."""
    return "".join(LEVELS[min(len(LEVELS) - 1, score * len(LEVELS) // 100)] for score in scores)
