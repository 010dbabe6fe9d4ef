"""AMI's manual words and dialogue acts as transcripts of two: what two of the four in a meeting said, and when."""

from __future__ import annotations

import csv
import json
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from listener.domain.span import Ms, Span, merged
from listener.domain.speech import PARTNERS, PartnerId, Utterance, Word

AROUND_MS: Ms = 1000
"""Who talks most from this long before a stretch to this long after it is its holder."""

PAUSE_MS: Ms = 500
"""A pause this long parts two stretches of words."""

_SLACK_MS: Ms = 5


@dataclass(frozen=True)
class Act:
    """A dialogue act in which words were said; `holder`: the other who talks most around it, None in silence."""

    agent: str
    label: str
    text: str
    words: tuple[Word, ...]
    span: Span
    holder: str | None = None

    @property
    def said(self) -> Span:
        """From the first word to the last; `span` as annotated also holds breath and laughter."""
        return Span(self.words[0].span.start, self.words[-1].span.end)


@dataclass(frozen=True)
class Meeting:
    """Words and acts of each participant, in order."""

    name: str
    words: Mapping[str, Sequence[Word]]
    acts: Mapping[str, Sequence[Act]]

    @property
    def tuning(self) -> bool:
        """Whether rules may be tuned on it: of each site the first half of its series, never part of a series."""
        return int(self.name[2:6]) < {"IS": 1005, "TS": 3008}.get(self.name[:2], 0)

    def holder(self, agent: str, span: Span) -> str | None:
        """The one but `agent` who talks most within a second around a stretch."""
        around = Span(max(0, span.start - AROUND_MS), span.end + AROUND_MS)
        talk = {other: talked_ms(words, around) for other, words in sorted(self.words.items()) if other != agent}
        longest = max(talk, key=lambda other: talk[other], default=None)
        return longest if longest and talk[longest] else None

    def pairs(self) -> list[tuple[str, str]]:
        return list(combinations(sorted(self.words), 2))


def talked_ms(words: Sequence[Word], span: Span) -> Ms:
    """How long words are spoken within a span; words in order."""
    first = max(0, bisect_left(words, span.start, key=lambda w: w.span.start) - 5)
    last = bisect_left(words, span.end, key=lambda w: w.span.start)
    return sum(word.span.overlap_ms(span) for word in words[first:last])


def meetings(folder: Path) -> Iterator[Meeting]:
    """All meetings with words and acts, by name."""
    for acts in sorted((folder / "dacts").glob("*.jsonl")):
        words = folder / "words" / f"{acts.stem}.tsv"
        if words.is_file():
            yield _meeting(acts, words)


def _meeting(acts_file: Path, words_file: Path) -> Meeting:
    words: dict[str, list[Word]] = {}
    with words_file.open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            span = Span(_ms(row["start"]), max(_ms(row["start"]), _ms(row["end"])))
            words.setdefault(row["agent"], []).append(Word(row["word"], span, 1.0))
    for said in words.values():
        said.sort(key=lambda word: word.span)
    acts: dict[str, list[Act]] = {agent: [] for agent in words}
    taken = dict.fromkeys(words, 0)
    entries = [json.loads(line) for line in acts_file.read_text(encoding="utf-8").splitlines()]
    bare = Meeting(acts_file.stem, words, {})
    for entry in sorted(entries, key=lambda e: (e["start"], e["end"])):
        agent, span = entry["agent"], Span(_ms(entry["start"]), _ms(entry["end"]))
        own = words.get(agent, [])
        first = max(taken.get(agent, 0), bisect_left(own, span.start - _SLACK_MS, key=lambda w: w.span.start))
        last = first
        while last < len(own) and own[last].span.end <= span.end + _SLACK_MS:
            last += 1
        if last > first:
            taken[agent] = last
            spoken = tuple(own[first:last])
            within = Span(spoken[0].span.start, spoken[-1].span.end)
            label = entry["label"] or ""
            acts[agent].append(Act(agent, label, entry["text"], spoken, span, bare.holder(agent, within)))
    return Meeting(acts_file.stem, words, acts)


def _ms(seconds: str | float) -> Ms:
    return round(1000 * float(seconds))


def by_acts(meeting: Meeting, pair: tuple[str, str], timed_words: bool) -> list[Utterance]:
    """One utterance for each dialogue act of the two, the first of the pair as A."""
    return _in_order(
        Utterance(partner, act.said if timed_words else act.span, act.text, act.words if timed_words else ())
        for partner, agent in zip(PARTNERS, pair, strict=True)
        for act in meeting.acts[agent]
    )


def by_pauses(meeting: Meeting, pair: tuple[str, str], timed_words: bool) -> list[Utterance]:
    """One utterance for each stretch of words of the two, without marks as the words are."""
    return _in_order(
        _stretch(partner, [word for word in meeting.words[agent] if span.contains(word.span.start)], timed_words)
        for partner, agent in zip(PARTNERS, pair, strict=True)
        for span in merged((w.span for w in meeting.words[agent] if w.span.duration_ms), PAUSE_MS - 1)
    )


def _stretch(partner: PartnerId, words: Sequence[Word], timed_words: bool) -> Utterance:
    span = Span(words[0].span.start, max(word.span.end for word in words))
    return Utterance(partner, span, " ".join(word.text for word in words), tuple(words) if timed_words else ())


def _in_order(utterances: Iterator[Utterance]) -> list[Utterance]:
    return sorted(utterances, key=lambda u: (u.span, u.partner))
