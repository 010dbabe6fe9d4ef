"""A report in which the partners' names are replaced by others, wherever they stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from listener.domain.practice import Partner
from listener.domain.report import Advice, Evidence, GuidelineScore, Report, Session
from listener.domain.review import Judged, Review
from listener.domain.speech import PartnerId, Utterance
from listener.reports.pseudonyms_search import Names

PSEUDONYMS: Mapping[PartnerId, str] = {"A": "Partner A", "B": "Partner B"}
"""What partners are called where nothing else is asked for."""

OWN_SCENARIO = "own-scenario"
"""The id in place of that of a scenario which is called after a partner."""

Renaming = Callable[[str], str]


def pseudonymous(
    report: Report, names: Mapping[PartnerId, str] = PSEUDONYMS, titles: Mapping[str, str] | None = None
) -> Report:
    """The report with these names for the partners; a partner who is not in `names` keeps theirs.

    In texts every name is replaced where it stands as a word, in any case, with or without a possessive or plural s;
    so are the parts of a name of several words, and its spellings without accents or apostrophes, with `ue` for `ü`,
    in one word or in two. Rather a word too many is replaced than a name too few: “will” too where somebody is called
    Will. A name of a single letter is replaced only where it names a partner, and other people's names stay. A scenario
    whose id, or title among `titles`, holds a name becomes `own-scenario`.
    """
    renamed = _renaming(report.session.partners, names)
    return replace(
        report,
        session=_session(report.session, names, renamed, titles or {}),
        utterances=tuple(_utterance(utterance, renamed) for utterance in report.utterances),
        guidelines=tuple(_score(score, renamed) for score in report.guidelines),
        advice=Advice(tuple(map(renamed, report.advice.went_well)), renamed(report.advice.try_next)),
        review=_review(report.review, renamed) if report.review else None,
    )


def _renaming(partners: tuple[Partner, Partner], names: Mapping[PartnerId, str]) -> Renaming:
    """What a text becomes; all names are looked for at once, so that two partners can even swap theirs."""
    searched = Names([(partner.id, partner.name) for partner in partners if partner.id in names])
    return lambda text: searched.replaced(text, names)


def _session(session: Session, names: Mapping[PartnerId, str], renamed: Renaming, titles: Mapping[str, str]) -> Session:
    first, second = (replace(partner, name=names.get(partner.id, partner.name)) for partner in session.partners)
    told = (session.scenario, titles.get(session.scenario, ""))
    return replace(
        session,
        scenario=session.scenario if tuple(map(renamed, told)) == told else OWN_SCENARIO,
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
