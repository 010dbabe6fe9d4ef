"""Names of an annotation's tiers, so that what Listener writes for Praat and ELAN it also reads back as it was."""

from __future__ import annotations

from enum import StrEnum


class TierKind(StrEnum):
    """What a tier holds of one partner; in the order in which tiers are written."""

    SPEECH = "speech"
    SAID = "said"
    WORDS = "words"
    BEHAVIOURS = "behaviours"
    OVERLAPS = "overlaps"


_AT = "@"


def tier_name(kind: TierKind, speaker: str) -> str:
    """The name of a tier, as in `said@Nora`; ELAN's users call theirs so."""
    return f"{kind}{_AT}{speaker}"


def tier_parts(name: str) -> tuple[TierKind, str] | None:
    """The kind of a tier and its speaker; None for a name that Listener did not give."""
    kind, at, speaker = name.partition(_AT)
    if kind not in set(TierKind) or not at or not speaker.strip():
        return None
    return TierKind(kind), speaker
