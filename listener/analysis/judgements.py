"""What people said of the machine's labels: which judgements stand, which decide, and how well the raters agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import TypeAlias

from listener.domain.review import REVIEWERS, Agreement, Aspect, Judgement, Moment, Rater, Reviewer
from listener.domain.speech import PARTNERS, BehaviourLabel

Key: TypeAlias = tuple[Moment, Aspect, BehaviourLabel | None]
"""What is judged: one aspect of one moment; of a behaviour, one label."""

_RATED: tuple[Aspect, ...] = ("event", "behaviour", "speaker")


def key_of(judgement: Judgement) -> Key:
    """What the judgement is about."""
    return judgement.moment, judgement.aspect, judgement.label


def standing(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """The last word of every reviewer on everything they judged, in the order of being said; empty notes are gone."""
    last: dict[tuple[Reviewer, Key], Judgement] = {}
    for judgement in judgements:
        place = judgement.by, key_of(judgement)
        last.pop(place, None)
        last[place] = judgement
    return tuple(said for said in last.values() if said.aspect != "note" or said.value.strip())


def decided(said: Iterable[Judgement]) -> dict[Key, str]:
    """What the report follows: the therapist's word, else the partners' where no two of them differ.

    The project's own choice: an outsider who listened again goes first, and no partner outvotes the other.
    """
    by_key: dict[Key, dict[Reviewer, str]] = {}
    for judgement in said:
        if judgement.aspect != "note":
            by_key.setdefault(key_of(judgement), {})[judgement.by] = judgement.value
    result = {}
    for key, values in by_key.items():
        words = {values["therapist"]} if "therapist" in values else {values[p] for p in PARTNERS if p in values}
        if len(words) == 1:
            result[key] = words.pop()
    return result


def anchored(judgements: Iterable[Judgement], moments: Iterable[Moment]) -> tuple[Judgement, ...]:
    """The judgements, each about the moment that is there now: of its kind and partner, by the greatest overlap.

    A new analysis may set a boundary a little differently. The two must share half of either; a judgement whose moment
    is gone stays as it was.
    """
    known = set(moments)
    return tuple(replace(said, moment=_nearest(said.moment, known)) for said in judgements)


def _nearest(moment: Moment, known: set[Moment]) -> Moment:
    if moment in known:
        return moment
    alike = [
        each
        for each in known
        if (each.what, each.partner) == (moment.what, moment.partner)
        and 2 * each.span.overlap_ms(moment.span) >= max(each.span.duration_ms, moment.span.duration_ms, 1)
    ]
    return max(alike, key=lambda each: (each.span.overlap_ms(moment.span), each), default=moment)


def agreements(said: Sequence[Judgement], machine: Callable[[Key], str | None]) -> tuple[Agreement, ...]:
    """How every two raters agree, aspect by aspect, over what both labelled; those with nothing in common are left out.

    The machine labelled nothing where it is None: it knows no such moment.

    Moments are chosen by those who review, so these figures tell of what was looked at, not of the whole talk.
    """
    ratings: dict[Rater, dict[Key, str]] = {
        by: {key_of(j): j.value for j in said if j.by == by and j.aspect != "note"} for by in REVIEWERS
    }
    judged = {key for by_key in ratings.values() for key in by_key}
    found = {key: value for key in judged if (value := machine(key)) is not None}
    ratings = {"machine": found, **ratings}
    pairs = (
        _agreement(first, second, aspect, ratings) for aspect in _RATED for first, second in combinations(ratings, 2)
    )
    return tuple(each for each in pairs if each is not None)


def _agreement(
    first: Rater, second: Rater, aspect: Aspect, ratings: Mapping[Rater, Mapping[Key, str]]
) -> Agreement | None:
    common = [key for key in ratings[first] if key[1] == aspect and key in ratings[second]]
    if not common:
        return None
    pairs = [(ratings[first][key], ratings[second][key]) for key in common]
    agreed = sum(one == two for one, two in pairs)
    return Agreement((first, second), aspect, len(pairs), agreed, cohens_kappa(pairs))


def cohens_kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Agreement beyond chance of two raters' labels, -1 to 1 (Cohen 1960); None where chance alone always agrees."""
    total = len(pairs)
    ones, twos = Counter(one for one, _ in pairs), Counter(two for _, two in pairs)
    by_chance = sum(ones[label] * twos[label] for label in ones)
    if by_chance == total * total:
        return None
    agreed = sum(one == two for one, two in pairs)
    return (agreed * total - by_chance) / (total * total - by_chance)
