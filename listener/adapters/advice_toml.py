"""The advice of a guidelines file: texts for what can be found, checked so that each can be filled in."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from listener.adapters.toml_file import TomlFile, suggestion
from listener.adapters.toml_texts import check_placeholders, check_unique, prose
from listener.analysis.advice_words import COUPLE_SLOTS, PARTNER_SLOTS
from listener.analysis.reasons import REASON_KEYS
from listener.domain.practice import AdviceTexts


class AdviceEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One [[guidelines.advice]] table."""

    found: str
    texts: tuple[str, ...]


def check_found(file: TomlFile, place: str, found: Sequence[str], measures: Sequence[str]) -> None:
    """Raises the file's error where two tables are for the same, or one for what the guideline never finds."""
    check_unique(file, place, found)
    known = (*REASON_KEYS, *measures)
    for n, name in enumerate(found):
        if name not in known:
            hint = suggestion(name, known, "A reason, or one of its measures")
            raise file.fault(f"{place}[{n}].found", f"`{name}` is never found for this guideline.", hint)


def advice_texts(file: TomlFile, place: str, entry: AdviceEntry, per_partner: bool) -> AdviceTexts:
    """The texts of one table; raises the file's error where there is none or one cannot be filled in."""
    if not entry.texts:
        raise file.fault(f"{place}.texts", "there is no text.", 'Write at least one: texts = ["…"].')
    for n, text in enumerate(entry.texts):
        check_placeholders(file, f"{place}.texts[{n}]", text, PARTNER_SLOTS if per_partner else COUPLE_SLOTS)
    return AdviceTexts(entry.found, tuple(prose(text) for text in entry.texts))
