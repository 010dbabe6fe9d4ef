"""The promises of a session: which are which, and what may become of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from listener.domain.report import Measurement
from listener.domain.session import Promise, PromiseState
from listener.domain.span import Ms

OPEN: PromiseState = "confirmed"

NEXT: dict[PromiseState, frozenset[PromiseState]] = {
    "found": frozenset({"confirmed", "no_promise"}),
    "no_promise": frozenset({"confirmed"}),
    "confirmed": frozenset({"confirmed", "kept", "not_kept", "let_go", "no_promise"}),
    "kept": frozenset({"confirmed", "kept", "not_kept", "let_go"}),
    "not_kept": frozenset({"confirmed", "kept", "not_kept", "let_go"}),
    "let_go": frozenset({"confirmed", "kept", "not_kept", "let_go"}),
}
"""What may be told of a promise in each state; an answer can be corrected. Telling `confirmed` of an open promise says
that it is still open."""


def with_found(stored: Sequence[Promise], found: Iterable[Promise]) -> tuple[Promise, ...]:
    """The stored promises, and those of `found` that nobody has decided on yet.

    One at a time that meets that of a stored promise of the same partner is that promise, found again; where one at the
    very time is found again, it is that one and no other.
    """
    found = tuple(found)
    again = {(promise.partner, promise.said) for promise in found}
    decided = [(promise.partner, promise.said) for promise in stored if promise.said is not None]
    new = (
        promise
        for promise in found
        if promise.said is not None
        and not any(
            partner == promise.partner
            and (promise.said == said or (promise.said.overlap_ms(said) > 0 and (partner, said) not in again))
            for partner, said in decided
        )
    )
    return (*stored, *new)


def keyed(promises: Iterable[Promise]) -> dict[str, Promise]:
    """The promises by keys that stay theirs: 1, 2 … for typed ones; `A61000` for what A said at 61 s.

    Of several that A began at one time the longer ones have their ends in the key too: `A61000-64000`.
    """
    promises = tuple(promises)
    result: dict[str, Promise] = {}
    ends: dict[str, Ms] = {}
    for promise in promises:
        if promise.said is not None:
            key = f"{promise.partner}{promise.said.start}"
            ends[key] = min(ends.get(key, promise.said.end), promise.said.end)
    typed = 0
    for promise in promises:
        if promise.said is None:
            typed += 1
            result[str(typed)] = promise
        else:
            key = f"{promise.partner}{promise.said.start}"
            if promise.said.end != ends[key] or key in result:
                key += f"-{promise.said.end}"
            while key in result:
                key += "+"
            result[key] = promise
    return result


def told(promises: Sequence[Promise], key: str, state: PromiseState, at: str) -> tuple[Promise, ...]:
    """The promises with what was told at the time `at` (ISO 8601) of the one with this key.

    Raises KeyError where there is none, ValueError where that cannot be told of it (see `NEXT`).
    """
    now = keyed(promises)
    if state not in NEXT[now[key].state]:
        raise ValueError(f"{now[key].state} cannot become {state}")
    now[key] = replace(now[key], state=state, told_at=at)
    return tuple(now.values())


def kept(promises: Iterable[Promise]) -> Measurement:
    """How many were kept of those of which that was told; open ones and those that were let go do not count."""
    states = [promise.state for promise in promises]
    return Measurement("promises_kept", states.count("kept"), states.count("kept") + states.count("not_kept"), "share")
