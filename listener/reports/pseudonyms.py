"""A report in which the partners' names are replaced by others, wherever they stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from listener.domain.practice import Partner
from listener.domain.report import Advice, Evidence, GuidelineScore, Report, Session
from listener.domain.review import Judged, Review
from listener.domain.speech import PARTNERS, PartnerId, Utterance

PSEUDONYMS: Mapping[PartnerId, str] = {"A": "Partner A", "B": "Partner B"}
"""What partners are called where nothing else is asked for."""

_NOT_NAMES = {"", "a", "b", *(f"{word} {letter}" for word in ("partner", "speaker") for letter in "ab")}
"""What stands in reports for a name that nobody gave; in a text these are words."""

_BETWEEN_PARTS = re.compile(r"[\s\-‐.,]+")

Renaming = Callable[[str], str]


def pseudonymous(report: Report, names: Mapping[PartnerId, str] = PSEUDONYMS) -> Report:
    """The report with these names for the partners; a partner who is not in `names` keeps theirs.

    In texts every name is replaced where it stands as a word, in any case, with or without a possessive or plural s;
    so are the parts of a name of several words, and its spelling without accents. Rather a word too many is replaced
    than a name too few: “will” too where somebody is called Will. A name of a single letter is replaced only where it
    names a partner, and other people's names stay.
    """
    renamed = _renaming(report.session.partners, names)
    return replace(
        report,
        session=_session(report.session, names, renamed),
        utterances=tuple(_utterance(utterance, renamed) for utterance in report.utterances),
        guidelines=tuple(_score(score, renamed) for score in report.guidelines),
        advice=Advice(tuple(map(renamed, report.advice.went_well)), renamed(report.advice.try_next)),
        review=_review(report.review, renamed) if report.review else None,
    )


def _renaming(partners: tuple[Partner, Partner], names: Mapping[PartnerId, str]) -> Renaming:
    """What a text becomes; all names are looked for at once, so that two partners can even swap theirs."""
    whose: dict[str, dict[PartnerId, None]] = {}
    for partner in partners:
        if partner.id in names:
            for written in _written(partner.name):
                whose.setdefault(written.casefold(), {})[partner.id] = None
    if not whose:
        return str
    longest_first = sorted(whose, key=lambda written: (-len(written), written))
    pattern = re.compile("|".join(map(_as_word, longest_first)), re.IGNORECASE)

    def one(found: re.Match[str]) -> str:
        text = " ".join(found[0].split())
        for ending in ("", text[-1]):  # the s of a plural, or of a possessive without its apostrophe
            owners = whose.get(text.removesuffix(ending).casefold())
            if owners:
                return " or ".join(names[owner] for owner in owners) + ending
        return " or ".join(names[partner] for partner in PARTNERS if partner in names)  # letters without one lower case

    return lambda text: pattern.sub(one, text)


def _written(name: str) -> Iterator[str]:
    """The ways to write a name: whole and in parts, its accents composed, apart or left out."""
    name = " ".join(name.split())
    if name.casefold() in _NOT_NAMES:
        return
    parts = [part for part in _BETWEEN_PARTS.split(name) if len(part) > 1]
    capitals = [part for part in parts if not part[0].islower()]  # without “van” and “de”
    for said in dict.fromkeys([name, *(capitals or parts)]):
        if len(said) == 1 and said.isascii():
            continue
        apart = unicodedata.normalize("NFD", said)
        bare = "".join(c for c in apart if not unicodedata.combining(c))
        yield from dict.fromkeys([said, unicodedata.normalize("NFC", said), apart, bare] if bare else [said])


def _as_word(written: str) -> str:
    """The name as a word of its own; scripts that write words without blanks between have no such bounds."""
    first, last = (unicodedata.category(letter) != "Lo" for letter in (written[0], written[-1]))
    name = r"\s+".join(map(re.escape, written.split()))
    return (r"(?<!\w)" if first else "") + name + (r"s?(?!\w)" if last else "")


def _session(session: Session, names: Mapping[PartnerId, str], renamed: Renaming) -> Session:
    first, second = (replace(partner, name=names.get(partner.id, partner.name)) for partner in session.partners)
    return replace(
        session,
        partners=(first, second),
        notes=tuple(map(renamed, session.notes)),
        promises=tuple(replace(promise, text=renamed(promise.text)) for promise in session.promises),
    )


def _utterance(utterance: Utterance, renamed: Renaming) -> Utterance:
    words = tuple(replace(word, text=renamed(word.text)) for word in utterance.words)
    return replace(utterance, text=renamed(utterance.text), words=words)


def _score(score: GuidelineScore, renamed: Renaming) -> GuidelineScore:
    evidence = tuple(Evidence(e.span, renamed(e.quote), renamed(e.reason)) for e in score.evidence)
    return replace(score, withheld=score.withheld and renamed(score.withheld), evidence=evidence)


def _review(review: Review, renamed: Renaming) -> Review:
    def one(judged: Judged) -> Judged:
        said = judged.judgement
        return replace(judged, judgement=replace(said, value=renamed(said.value))) if said.aspect == "note" else judged

    return replace(review, judged=tuple(map(one, review.judged)))
