"""Backchannels from timing and words against AMI's dialogue acts `bck`, in meetings tuned on and in others.

Every two of a meeting's four make a transcript of two, scored by the functions of `listener score`. An event hits an
act of the same partner whose first word is at most a second from its own start, nearest first, each once. What counts:

- "floor": acts, and events, of which the other of the two is the holder: of all in the room the one who talks most
  within a second around. What answers a third person in the room, whom the transcript of two does not know, is set
  aside. This is the main figure.
- "terms": the same for acts as the project defines a backchannel (1 s or less, the incomer silent for a second before
  and after, the holder speaking within a second before and after); other `bck` acts are neither wanted nor wrong.
- "agreement aside": as "floor", but where annotators wrote `ass` or `und` for response words alone ("yeah"), that is
  neither wanted nor wrong: AMI calls the same words in the same place the one or the other.
- "plain": every `bck` act of the two is wanted, every event is right or wrong.
- "plain, or label": the same, an utterance labelled `backchannel` in the report counting like an event.
"""

from __future__ import annotations

import os
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from listener.adapters.transcripts.transcript import Transcript
from listener.analysis.backchannel_labels import as_on_the_floor
from listener.analysis.behaviours.responses import response_of
from listener.analysis.floor import take_floor
from listener.analysis.overlap import BY_TIMING
from listener.analysis.said import SaidWords
from listener.app.analyse import labelled
from listener.app.transcript_cli import speech_of
from listener.domain.floor import OverlapKind
from listener.domain.span import Ms, Span
from listener.domain.speech import PARTNERS, BehaviourLabel, PartnerId, Utterance
from tests.benchmarks.ami_talk import Act, Meeting, by_acts, by_pauses, meetings, talked_ms

SHARED = Path(os.environ.get("LISTENER_SHARED", Path(__file__).resolve().parents[3] / "shared"))
ONSET_MS: Ms = 1000
SILENT_MS: Ms = 1000
SHORT_MS: Ms = 1000
WAYS = ("floor", "terms", "agreement aside", "plain", "plain, or label")
FORMS: dict[str, Callable[[Meeting, tuple[str, str]], list[Utterance]]] = {
    "acts, word times": lambda m, pair: by_acts(m, pair, timed_words=True),
    "acts, no word times": lambda m, pair: by_acts(m, pair, timed_words=False),
    "stretches, word times": lambda m, pair: by_pauses(m, pair, timed_words=True),
    "stretches, no word times": lambda m, pair: by_pauses(m, pair, timed_words=False),
}
MAIN_FORM = "acts, word times"
EITHER = "event or label"


@dataclass(frozen=True)
class Found:
    """Stretches that were called backchannels, of one partner."""

    partner: PartnerId
    span: Span


@dataclass
class Tally:
    """Counts of hits, misses and false ones; rates are derived."""

    hits: int = 0
    missed: int = 0
    false: int = 0

    def add(self, more: Tally) -> None:
        self.hits += more.hits
        self.missed += more.missed
        self.false += more.false

    def told(self) -> str:
        f1 = 2 * self.hits / max(1, 2 * self.hits + self.missed + self.false)
        precision, recall = (self.hits / max(1, self.hits + wrong) for wrong in (self.false, self.missed))
        return f"F1 {f1:.3f} (P {precision:.3f}, R {recall:.3f}, {self.hits + self.missed} acts)"


Tallies = dict[tuple[str, str, str, str], Tally]
"""By set of meetings, form, what decided, and what counts."""


def main() -> None:
    folder = SHARED / "data" / "ami_text"
    if not folder.is_dir():
        print(f"skipped: no development data in {SHARED.name}/ beside the checkout (or in $LISTENER_SHARED)")
        return
    tallies: Tallies = defaultdict(Tally)
    kinds: Counter[OverlapKind] = Counter()
    names: dict[str, list[str]] = {"tuning": [], "held out": []}
    for meeting in meetings(folder):
        part = "tuning" if meeting.tuning else "held out"
        names[part].append(meeting.name)
        for pair in meeting.pairs():
            for form, transcribed in FORMS.items():
                _measure(meeting, pair, transcribed(meeting, pair), (part, form), tallies, kinds)
    print(__doc__.split("\n", 1)[1].strip())
    for part, series in names.items():
        print(f"{part}: {len(series)} meetings of {', '.join(sorted({name[:6] for name in series}))}")
    for (part, form, by, way), tally in sorted(tallies.items(), key=lambda item: _order(item[0])):
        print(f"  {part:8}  {form:24}  {by:13}  {way:16}  {tally.told()}")
    print(f"events of all kinds ({MAIN_FORM}): {', '.join(f'{kind} {n}' for kind, n in kinds.most_common())}")


def _order(key: tuple[str, str, str, str]) -> tuple[object, ...]:
    part, form, by, way = key
    return list(FORMS).index(form), WAYS.index(way) if way in WAYS else len(WAYS), by, part != "tuning", way


def _measure(
    meeting: Meeting,
    pair: tuple[str, str],
    utterances: list[Utterance],
    where: tuple[str, str],
    tallies: Tallies,
    kinds: Counter[OverlapKind],
) -> None:
    part, form = where
    speech = speech_of(Transcript(tuple(utterances), {}, timed=True))
    events = take_floor(speech, said=SaidWords(utterances)).overlaps
    both = [Found(o.incomer, o.span) for o in events if o.kind is OverlapKind.BACKCHANNEL]
    answers: dict[str, Sequence[Found]] = {"both": both}
    if form == MAIN_FORM:
        kinds.update(event.kind for event in events)
        by_words = labelled(utterances)
        with_label = _labelled(as_on_the_floor(by_words, events, BY_TIMING.alone_ms))
        timing = [Found(o.incomer, o.span) for o in take_floor(speech).overlaps if o.kind is OverlapKind.BACKCHANNEL]
        either = [*both, *(f for f in with_label if not any(f.span.overlap_ms(b.span) for b in _of(both, f.partner)))]
        answers |= {"timing alone": timing, "words alone": _labelled(by_words), EITHER: either}
    for by, given in answers.items():
        for way in WAYS:
            if (by == EITHER) == (way == "plain, or label"):
                for partner, agent, other in zip(PARTNERS, pair, reversed(pair), strict=True):
                    tally = _scored(meeting, agent, other, _of(given, partner), way)
                    tallies[part, form, by, way].add(tally)
                    if (form, by, way) == (MAIN_FORM, "both", "floor"):
                        tallies[part, form, by, f"floor, {meeting.name[:2]}"].add(tally)


def _labelled(utterances: Sequence[Utterance]) -> list[Found]:
    return [Found(u.partner, u.span) for u in utterances if u.shows(BehaviourLabel.BACKCHANNEL)]


def _of(found: Iterable[Found], partner: PartnerId) -> list[Found]:
    return sorted((each for each in found if each.partner == partner), key=lambda each: each.span)


def _scored(meeting: Meeting, agent: str, other: str, given: Sequence[Found], way: str) -> Tally:
    """Hits, misses and false ones of one partner, whose `other` is the only one that the transcript knows."""
    acts = [act for act in meeting.acts[agent] if act.label == "bck"]
    plain = way.startswith("plain")
    wanted = [plain or (act.holder == other and (way != "terms" or _meets_terms(meeting, act))) for act in acts]
    hit = _matched([act.said.start for act in acts], [found.span.start for found in given])
    tally = Tally()
    for at in range(len(acts)):
        if wanted[at]:
            tally.hits += at in hit
            tally.missed += at not in hit
    used = set(hit.values())
    for at, found in enumerate(given):
        if at in used:
            continue
        aside = not plain and meeting.holder(agent, found.span) != other
        aside |= way == "agreement aside" and _agrees(meeting.acts[agent], found.span)
        tally.false += not aside
    return tally


def _matched(wanted: Sequence[Ms], given: Sequence[Ms]) -> dict[int, int]:
    """Numbers of the wanted onsets with those given for them, nearest first, each at most once; `given` in order."""
    near = sorted(
        (abs(start - given[j]), i, j)
        for i, start in enumerate(wanted)
        for j in range(bisect_left(given, start - ONSET_MS), bisect_right(given, start + ONSET_MS))
    )
    taken: dict[int, int] = {}
    used: set[int] = set()
    for _, i, j in near:
        if i not in taken and j not in used:
            taken[i] = j
            used.add(j)
    return taken


def _meets_terms(meeting: Meeting, act: Act) -> bool:
    """Whether an act is a backchannel in the project's sense: short, alone, and the holder speaks on both sides."""
    said = act.said
    before, after = Span(max(0, said.start - SILENT_MS), said.start), Span(said.end, said.end + SILENT_MS)
    own, theirs = meeting.words[act.agent], meeting.words[act.holder or act.agent]
    alone = not talked_ms(own, before) and not talked_ms(own, after)
    return said.duration_ms <= SHORT_MS and alone and all(talked_ms(theirs, side) for side in (before, after))


def _agrees(acts: Sequence[Act], span: Span) -> bool:
    """Whether an `ass` or `und` act of nothing but response words starts within the matching distance."""
    first = bisect_left(acts, span.start - ONSET_MS, key=lambda act: act.said.start)
    for act in acts[first:]:
        if act.said.start > span.start + ONSET_MS:
            break
        if act.label in {"ass", "und"} and response_of(act.text) is not None:
            return True
    return False
