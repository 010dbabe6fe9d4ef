"""What the partners are called in a format that cannot hold every character of a name."""

from __future__ import annotations

from collections.abc import Callable

from listener.domain.report import Session
from listener.domain.speech import PARTNERS, PartnerId
from listener.reports.wording import partner_names


def speaker_names(session: Session, fitting: Callable[[str], str] = str) -> dict[PartnerId, str]:
    """A name for each partner as `fitting` leaves it, never empty and never the same for both."""
    names = {partner: fitting(name) for partner, name in partner_names(session).items()}
    if all(names.values()) and names["A"].casefold() != names["B"].casefold():
        return names
    return {partner: fitting(f"Partner {partner}") for partner in PARTNERS}


def names_by_id(session: Session) -> dict[str, str]:
    """What reports call each partner and, as `both`, the couple."""
    names = partner_names(session)
    return {**{str(partner): names[partner] for partner in PARTNERS}, "both": "Both"}
