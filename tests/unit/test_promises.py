"""Promises: told apart, found in words, and what may become of them."""

from __future__ import annotations

import pytest

from listener.analysis.commitments import LONGEST_TEXT, found_promises
from listener.domain.promises import NEXT, kept, keyed, told, with_found
from listener.domain.session import Promise, PromiseState
from listener.domain.span import Span
from listener.domain.speech import Behaviour, BehaviourLabel, PartnerId, Utterance

AT = "2026-11-23T19:00:00+01:00"


def heard(partner: PartnerId, start: int, end: int, state: PromiseState = "found") -> Promise:
    return Promise(partner, "I'll call.", "found", Span(start, end), state)


def test_keys_stay_those_of_their_promise() -> None:
    promises = (Promise("B", "cook"), heard("A", 61_000, 62_000), Promise("A", "call"))
    assert list(keyed(promises)) == ["1", "A61000", "2"]
    assert list(keyed(told(promises, "A61000", "confirmed", AT))) == ["1", "A61000", "2"]


def test_what_was_decided_is_not_offered_again() -> None:
    stored = (Promise("A", "call"), heard("A", 1_000, 3_000, "no_promise"))
    again = [heard("A", 1_200, 2_900), heard("B", 1_000, 3_000), heard("A", 3_000, 4_000)]
    assert with_found(stored, again) == (*stored, *again[1:])


def test_telling_changes_one_promise_only() -> None:
    promises = (Promise("A", "call"), Promise("B", "cook"))
    now = told(promises, "2", "kept", AT)
    assert now == (promises[0], Promise("B", "cook", state="kept", told_at=AT))
    assert told(now, "2", "not_kept", AT)[1].state == "not_kept"
    with pytest.raises(KeyError):
        told(promises, "3", "kept", AT)


@pytest.mark.parametrize("state", ["kept", "not_kept", "let_go", "found"])
def test_only_a_confirmed_promise_can_be_kept(state: PromiseState) -> None:
    with pytest.raises(ValueError, match="cannot become"):
        told((heard("A", 0, 1),), "A0", state, AT)


def test_every_state_leads_on_and_none_back_to_found() -> None:
    assert set(NEXT) == {"found", "confirmed", "kept", "not_kept", "let_go", "no_promise"}
    assert all(states and "found" not in states for states in NEXT.values())


def test_only_what_was_answered_counts() -> None:
    states: list[PromiseState] = ["found", "confirmed", "kept", "kept", "not_kept", "let_go", "no_promise"]
    counted = kept(heard("A", i, i + 1, state) for i, state in enumerate(states))
    assert (counted.part, counted.whole) == (2, 3)
    assert kept([]).whole == 0


def uttered(text: str, *labels: BehaviourLabel) -> Utterance:
    return Utterance("B", Span(1_000, 2_000), text, behaviours=tuple(Behaviour(label, 0.8) for label in labels))


def test_commitments_are_found_with_their_time() -> None:
    utterances = [
        uttered("That was hard. I'll call your mother on Sunday.", BehaviourLabel.COMMITMENT),
        uttered("I'll call.", BehaviourLabel.INFORMATION),
        uttered("Phones in the drawer, as you wished.", BehaviourLabel.COMMITMENT),
    ]
    assert found_promises(utterances) == (
        Promise("B", "I'll call your mother on Sunday.", "found", Span(1_000, 2_000), "found"),
        Promise("B", "Phones in the drawer, as you wished.", "found", Span(1_000, 2_000), "found"),
    )


def test_a_long_commitment_is_cut() -> None:
    (promise,) = found_promises([uttered("I'll call " + "and call " * 90, BehaviourLabel.COMMITMENT)])
    assert len(promise.text) <= LONGEST_TEXT
    assert promise.text.endswith("…")


def test_promises_that_begin_together_have_a_key_each() -> None:
    short, long, twin = heard("A", 61_000, 62_000), heard("A", 61_000, 65_000), heard("A", 61_000, 62_000)
    assert list(keyed([short, long])) == ["A61000", "A61000-65000"]
    assert list(keyed([long, short])) == ["A61000-65000", "A61000"]
    assert len(keyed([short, long, twin, twin])) == 4
    assert told((short, long), "A61000-65000", "confirmed", AT)[0] == short
    assert len(told((short, long), "A61000-65000", "confirmed", AT)) == 2


def test_a_promise_that_is_found_again_hides_no_other() -> None:
    stored, other = heard("A", 61_000, 65_000, "confirmed"), heard("A", 61_000, 62_000)
    assert with_found([stored], [heard("A", 61_000, 65_000), other]) == (stored, other)
