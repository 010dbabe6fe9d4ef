"""Promises over several sessions."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from listener.app.check_out import CheckOut
from listener.app.example import EXAMPLE_FILE
from listener.app.promise_ledger import PromiseLedger
from listener.app.record_notes import promised
from listener.app.sessions import Sessions
from listener.domain.promises import keyed
from listener.domain.report import Report
from listener.domain.session import Promise
from listener.domain.span import Span
from listener.domain.speech import Behaviour, BehaviourLabel, Utterance
from listener.errors import BadSession
from tests.talks import store_talk
from tests.tui.rooms import example_report

NOW = datetime.fromisoformat("2026-11-23T20:00:00+01:00")
LATER = datetime.fromisoformat("2026-11-24T08:00:00+01:00")
SUNDAY = Utterance(
    "B", Span(61_000, 64_000), "I'll call on Sunday.", behaviours=(Behaviour(BehaviourLabel.COMMITMENT, 0.9),)
)


def report_with(*utterances: Utterance) -> Report:
    return replace(example_report(), utterances=utterances)


@pytest.fixture
def ledger(tmp_path: Path) -> PromiseLedger:
    store_talk(tmp_path, "20", (Promise("A", "cook"), Promise("B", "write")), report_with())
    store_talk(tmp_path, "21", (Promise("B", "sing"),), report_with(SUNDAY))
    store_talk(tmp_path, "22", (Promise("A", "an example's"),), report_with(SUNDAY), device=EXAMPLE_FILE)
    return PromiseLedger(Sessions(tmp_path))


def ids(ledger: PromiseLedger) -> list[str]:
    return [entry.id for entry in ledger.entries()]


def test_the_ledger_holds_what_was_typed_and_what_was_heard(ledger: PromiseLedger) -> None:
    assert ids(ledger) == ["20261121-190000/1", "20261121-190000/B61000", "20261120-190000/1", "20261120-190000/2"]
    heard = ledger.find("20261121/B61000")
    assert (heard.name, heard.promise.text, heard.promise.said) == ("Sam", "I'll call on Sunday.", SUNDAY.span)
    assert heard.promise.state == "found"


def test_open_promises_are_asked_about_the_oldest_first(ledger: PromiseLedger) -> None:
    assert [entry.promise.text for entry in ledger.to_ask(NOW)] == ["cook", "write", "sing"]


def test_what_was_answered_is_not_asked_again(ledger: PromiseLedger) -> None:
    cook, write, sing = ledger.to_ask(NOW)
    ledger.tell(cook, "kept", NOW)
    ledger.tell(write, "let_go", NOW)
    ledger.tell(sing, "confirmed", NOW)
    assert ledger.to_ask(NOW) == []
    assert [entry.promise.text for entry in ledger.to_ask(LATER)] == ["sing"]


def test_what_was_heard_is_asked_about_once_it_is_confirmed(ledger: PromiseLedger) -> None:
    told = ledger.tell(ledger.find("20261121/B61000"), "confirmed", NOW)
    assert told.promise.state == "confirmed"
    assert ledger.find("20261121/B61000").promise == told.promise
    assert [entry.id for entry in ledger.to_ask(LATER)][-1] == "20261121-190000/B61000"


def test_what_was_never_meant_is_remembered(ledger: PromiseLedger) -> None:
    ledger.tell(ledger.find("20261121/B61000"), "no_promise", NOW)
    assert ledger.find("20261121/B61000").promise.state == "no_promise"
    assert len(ledger.to_ask(LATER)) == 3


def test_a_promise_that_was_only_heard_cannot_be_kept(ledger: PromiseLedger) -> None:
    with pytest.raises(BadSession, match="cannot become") as told:
        ledger.tell(ledger.find("20261121/B61000"), "kept", NOW)
    assert "confirm" in told.value.hint
    assert ledger.find("20261121/B61000").promise.state == "found"


@pytest.mark.parametrize("name", ["20261121/9", "20261121/", "20261121", "20261122/1", "2026/1", "20261121/b61000"])
def test_a_promise_that_is_not_there_is_told(ledger: PromiseLedger, name: str) -> None:
    with pytest.raises(BadSession):
        ledger.find(name)


def test_kept_promises_are_counted_by_person_with_their_range(ledger: PromiseLedger, tmp_path: Path) -> None:
    folder = store_talk(tmp_path, "23", (Promise("A", "x"), Promise("A", "y")), report_with())
    folder.save(replace(folder.load(), names={"A": "sam", "B": "Nora"}))
    for name, state in {"20261120/2": "kept", "20261123/1": "kept", "20261123/2": "not_kept"}.items():
        ledger.tell(ledger.find(name), state, NOW)  # type: ignore[arg-type]  # states
    nora, sam = ledger.kept()
    assert (sam.name, sam.who, sam.kept, sam.told, sam.low, sam.high, sam.open) == ("sam", "A", 2, 3, 21, 94, 1)
    assert (nora.name, nora.told, nora.low, nora.high, nora.open) == ("Nora", 0, None, None, 1)


def test_promises_go_with_their_session(ledger: PromiseLedger, tmp_path: Path) -> None:
    Sessions(tmp_path).delete("20261120-190000")
    assert ids(ledger) == ["20261121-190000/1", "20261121-190000/B61000"]
    with pytest.raises(BadSession):
        ledger.find("20261120-190000/1")


def test_a_promise_of_a_session_that_was_deleted_meanwhile_is_told(ledger: PromiseLedger, tmp_path: Path) -> None:
    entry = ledger.to_ask(NOW)[0]
    Sessions(tmp_path).delete(entry.session_id)
    with pytest.raises(BadSession):
        ledger.tell(entry, "kept", NOW)


def test_a_damaged_report_hides_no_promise(ledger: PromiseLedger, tmp_path: Path) -> None:
    (tmp_path / "20261121-190000" / "report.json").write_text("{")
    assert ids(ledger) == ["20261121-190000/1", "20261120-190000/1", "20261120-190000/2"]


def test_the_check_out_leaves_what_was_heard(ledger: PromiseLedger, tmp_path: Path) -> None:
    ledger.tell(ledger.find("20261121/B61000"), "confirmed", NOW)
    record = Sessions(tmp_path).folder("20261121-190000").load()
    given = CheckOut()
    given.promises["A"].append("dance")
    assert list(keyed(given.added_to(record).promises)) == ["1", "B61000"]


def test_the_report_tells_what_was_promised_and_not_what_became_of_it(ledger: PromiseLedger, tmp_path: Path) -> None:
    sessions = Sessions(tmp_path)
    ledger.tell(ledger.find("20261120/1"), "not_kept", NOW)
    assert promised(sessions.folder("20261120-190000").load()) == (Promise("A", "cook"), Promise("B", "write"))
    ledger.tell(ledger.find("20261121/B61000"), "no_promise", NOW)
    assert promised(sessions.folder("20261121-190000").load()) == (Promise("B", "sing"),)


def test_of_two_that_begin_together_each_is_confirmed_for_itself(tmp_path: Path) -> None:
    longer = replace(SUNDAY, span=Span(61_000, 66_000), text="I'll cook on Monday.")
    store_talk(tmp_path, "21", (), report_with(SUNDAY, longer))
    ledger = PromiseLedger(Sessions(tmp_path))
    assert ids(ledger) == ["20261121-190000/B61000", "20261121-190000/B61000-66000"]
    ledger.tell(ledger.find("last/B61000-66000"), "confirmed", NOW)
    assert {entry.promise.text: entry.promise.state for entry in ledger.entries()} == {
        "I'll call on Sunday.": "found",
        "I'll cook on Monday.": "confirmed",
    }
    ledger.tell(ledger.find("last/B61000"), "no_promise", NOW)
    ledger.tell(ledger.find("last/B61000-66000"), "kept", LATER)
    assert {entry.id[16:]: entry.promise.state for entry in ledger.entries()} == {
        "B61000-66000": "kept",
        "B61000": "no_promise",
    }
