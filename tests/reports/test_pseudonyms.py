from __future__ import annotations

import re
from dataclasses import replace

import pytest

from listener.domain.practice import Partner, Role
from listener.domain.report import Advice, Evidence, Report
from listener.domain.review import Judged, Judgement, Moment, Review
from listener.domain.session import Promise
from listener.domain.span import Span
from listener.domain.speech import PartnerId, Utterance, Word
from listener.reports import events_csv, measurements_csv, pdf_report, vtt_report
from listener.reports.json_report import render
from listener.reports.pseudonyms import OWN_SCENARIO, pseudonymous


def called(report: Report, first: str, second: str) -> Report:
    partners = (Partner("A", first, Role.BOTH, False), Partner("B", second, Role.BOTH, False))
    return replace(report, session=replace(report.session, partners=partners))


def renamed(report: Report, first: str, second: str, text: str, names: dict[PartnerId, str] | None = None) -> str:
    """What becomes of a text where the partners have these names."""
    said = replace(called(report, first, second), utterances=(Utterance("A", Span(0, 9), text),))
    return pseudonymous(said, names or {"A": "Kim", "B": "Lee"}).utterances[0].text


def everywhere(report: Report) -> Report:
    """The report with both names in every text that a person or a model writes."""
    text = "Anna, Ben's ANNA’s and bens"
    note = Judgement("A", "", Moment(Span(0, 1), "utterance", "A"), "note", text)
    promised = replace(report.session, notes=(text,), promises=(Promise("A", text),))
    return replace(
        report,
        session=promised,
        utterances=(Utterance("A", Span(0, 9), text, (Word("Anna's", Span(0, 1), 0.9),)),),
        guidelines=tuple(
            replace(s, withheld=s.withheld and text, evidence=(Evidence(Span(0, 1), text, text),))
            for s in report.guidelines
        ),
        advice=Advice((text,), text),
        review=Review((Judged(note, "", True),)),
    )


def test_no_name_is_left_in_any_format(sample: Report, titles: dict[str, str]) -> None:
    report = pseudonymous(everywhere(sample))
    whole = render(report, titles).decode()
    assert '"name": "Partner A"' in whole
    assert "Partner A, Partner B's Partner A’s and Partner Bs" in whole
    for written in (
        whole,
        pdf_report.source(report, titles),
        events_csv.EventsCsvReport().render(report).decode(),
        measurements_csv.MeasurementsCsvReport(titles).render(report).decode(),
        vtt_report.VttReport().render(report).decode(),
    ):
        assert not re.search(r"anna|\bben", written, re.IGNORECASE)


def test_all_else_stays(sample: Report) -> None:
    report = pseudonymous(sample)
    assert (report.speech, report.overlaps, report.talk, report.provenance) == (
        (sample.speech, sample.overlaps, sample.talk, sample.provenance)
    )
    assert [g.score for g in report.guidelines] == [g.score for g in sample.guidelines]


@pytest.mark.parametrize(
    ("first", "second", "text", "expected"),
    [
        ("Anna", "Ben", "Anna told Ben about Susanna and Bento", "Kim told Lee about Susanna and Bento"),
        ("Anna", "Ben", "ANNA'S, ben’s; bens!", "Kim'S, Lee’s; Lees!"),
        ("Zoë van Dyk", "Ben Öz", "Zoe and zoë, Dyk, Zoe\u0308! A van. Ben Öz", "Kim and Kim, Kim, Kim! A van. Lee"),
        ("anna de lange", "B", "Anna, lange; plan b", "Kim, Kim; plan b"),
        ("Ben", "Bens", "Ben, Bens and Bens'", "Kim, Lee and Lee'"),
        ("Anna", "anna", "Anna said", "Kim or Lee said"),
        ("Anna Roe", "Ben Roe", "Anna and Ben, the Roes", "Kim and Lee, the Kim or Lees"),
        ("Partner A", "Partner B", "a partner, b", "a partner, b"),
        ("A", "B", "a B or A's", "a B or A's"),
        ("Jean-Luc", "O'Brien", "Jean, Luc, jean luc? O'Brien's", "Kim, Kim, Kim? Lee's"),
        ("O'Brien", "D’Angelo", "OʼBrien's o’brien OBrien obriens; DAngelo d'angelo", "Kim's Kim Kim Kims; Lee Lee"),
        ("OBrien", "Dangelo", "O'Brien said; D’Angelo's", "Kim said; Lee's"),
        ("Anne-Marie", "MaryAnn", "Annemarie, anne marie, Marie; Mary-Ann, Mary Ann's", "Kim, Kim, Kim; Lee, Lee's"),
        ("Annemarie", "Mary-Ann", "Anne-Marie, anne marie; Maryann, MaryAnns", "Kim, Kim; Lee, Lees"),
        ("Mary ann", "Ben", "an ann, Mary, maryann", "an Kim, Kim, Kim"),
        (
            "Anna",
            "Ben",
            "Anna/Ben Anna&Ben anna_ben _Ben_ (Anna) bananna",
            "Kim/Lee Kim&Lee Kim_Lee _Lee_ (Kim) bananna",
        ),
        ("Anna/Roe", "Ben_Öz (Bo)", "Roe, anna; Öz, BEN, bo, Bo's", "Kim, Kim; Lee, Lee, Lee, Lee's"),
        ("Müller", "Jörg", "Mueller, MULLER, Mu\u0308ller; Joerg, jorgs", "Kim, Kim, Kim; Lee, Lees"),
        ("Mueller", "Joerg", "Müller, muellers, Müllers; JÖRG", "Kim, Kims, Kims; Lee"),
        ("Søren", "Åse Groß", "Soeren, Soren, SØREN; Aase, Ase, Gross, groß", "Kim, Kim, Kim; Lee, Lee, Lee, Lee"),
        ("Eva van der Berg", "Anne-Marie", "van der Berg, VanDerBerg, van der Weg", "Kim, Kim, van der Weg"),
        (
            "Eva",
            "Anne-Marie",
            "Anne\u00adMarie Anne\u200bMarie Anne\u00a0Marie ＡＮＮＥmarie Eva\u00ad!",
            "Lee Lee Lee Lee Kim!",
        ),
        ("O′Brien", "D´Angelo", "O'Brien O´Brien; D′Angelo", "Kim Kim; Lee"),
        ("Jo B", "Ty", "a job, Jo, jo b. types", "a job, Kim, Kim. types"),
        ("Łukasz", "Noël", "Lukasz ŁUKASZ; Noel noe\u0308l", "Kim Kim; Lee Lee"),
        ("李雷", "韩梅梅", "我叫李雷她是韩梅梅", "我叫Kim她是Lee"),
        (".*", "(x", "a .* b (x", "a Kim b Lee"),
        ("", " ", "a  b", "a  b"),
        ("Ben  Öz", "Eva", "Ben\nÖz", "Kim"),
    ],
)
def test_names_are_replaced_as_words(sample: Report, first: str, second: str, text: str, expected: str) -> None:
    assert renamed(sample, first, second, text) == expected


def test_partners_can_swap_their_names(sample: Report) -> None:
    assert renamed(sample, "Anna", "Ben", "Anna asked Ben", {"A": "Ben", "B": "Anna"}) == "Ben asked Anna"


def test_one_partner_alone_can_be_renamed(sample: Report) -> None:
    report = pseudonymous(sample, {"A": "Kim"})
    assert [partner.name for partner in report.session.partners] == ["Kim", "Ben"]
    assert report.guidelines[3].evidence[0].reason == "Ben came in while Kim was speaking; Kim stopped."


@pytest.mark.parametrize(("scenario", "title"), [("anna-and-ben", ""), ("evening", "Ben's evening"), ("x_anna_1", "")])
def test_a_scenario_called_after_a_partner_gets_a_neutral_id(sample: Report, scenario: str, title: str) -> None:
    of_their_own = replace(sample, session=replace(sample.session, scenario=scenario))
    assert pseudonymous(of_their_own, titles={scenario: title}).session.scenario == OWN_SCENARIO


def test_any_other_scenario_keeps_its_id(sample: Report, titles: dict[str, str]) -> None:
    assert pseudonymous(sample, titles=titles).session.scenario == "daily-check-in"
