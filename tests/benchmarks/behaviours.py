"""Listening behaviours against the labels of people: AnnoMI, advice sentences, and the project's own held-back batch.

The project's own talk is measured on two batches: one to validate by, whose errors were looked at, and one held back.
The learned classifier and the rules stand beside a majority, a keyword rule and TF-IDF with logistic regression, all
worked out in the same run. Nothing here is trained on AnnoMI but that last baseline, in folds of whole conversations.
"""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import mean

from listener.analysis.behaviours import RuleBehaviours
from listener.app.behaviours import labelling
from listener.domain.speech import BehaviourLabel, Utterance
from listener.ports import BehaviourClassifier
from tests.benchmarks.behaviour_baselines import Keywords, Majority, folded_reflections, tfidf
from tests.benchmarks.behaviour_data import (
    FIRST_TEST,
    OWN_TEST,
    TEXT,
    VALIDATION,
    Session,
    Talk,
    advice_sentences,
    conversations,
    said_in_order,
    sessions,
    stripped,
)

L = BehaviourLabel
Found = list[set[BehaviourLabel]]
INPUT = frozenset({L.ADVICE, L.INFORMATION})
RARE = 0.02
"""Rates below this are too few to make a ratio of."""

BATCHES = (
    (VALIDATION, "validation batch (a third author, never trained on; its errors were looked at)"),
    (FIRST_TEST, "earlier held-back batch (another author; measured before, never trained on, never looked at)"),
    (OWN_TEST, "held-back batch (yet another author, never trained on, never looked at)"),
)


@dataclass(frozen=True)
class Heard:
    """A session with what a classifier found in the therapist's utterances, in their order."""

    session: Session
    found: Found

    def rate(self, *wanted: BehaviourLabel) -> float:
        """Share of the therapist's utterances that show any of the labels."""
        return mean(bool(labels & set(wanted)) for labels in self.found)

    def combined(self) -> float:
        """Share of reflections among all that is returned or put in, a session without either in the middle.

        After MITI 4 (Moyers et al. 2016), as a ratio so that short answers in between do not thin it.
        """
        returned, put_in = self.rate(L.REFLECTION), self.rate(*INPUT)
        return (returned + RARE / 2) / (returned + put_in + RARE)


def main() -> None:
    learned = labelling(threads=2)
    for note in learned.notes:
        print(note)
    everyone: dict[str, BehaviourClassifier] = {
        "majority": Majority(),
        "keyword rule": Keywords(),
        "rules": RuleBehaviours(),
        "learned": learned.classifier,
    }
    baseline = tfidf() if importlib.util.find_spec("sklearn") else None
    if baseline is None:
        print("TF-IDF skipped: scikit-learn is not installed (pip install scikit-learn, development only)")
    else:
        everyone["TF-IDF"] = baseline
    print(f"speed: {_speed(learned.classifier):.0f} utterances/s on two threads")
    for batch, role in BATCHES:
        print(role)
        for name, classifier in everyone.items():
            _own(name, classifier, conversations(batch))
    if not TEXT.is_dir():
        print("skipped AnnoMI and advice: no development data in shared/ beside the checkout (or in $LISTENER_SHARED)")
        return
    print("advice sentences, F1: needadvice test, askparents test")
    for name, classifier in everyone.items():
        print(f"  {name:14} {_advice(classifier, 'needadvice_test'):.3f} {_advice(classifier, 'askparents_test'):.3f}")
    _annomi(everyone, baseline is not None)


def _speed(classifier: BehaviourClassifier) -> float:
    said = [utterance for talk in conversations(VALIDATION) for utterance in talk.utterances][:300]
    classifier.label(said[:20])
    start = time.perf_counter()
    classifier.label(said)
    return len(said) / (time.perf_counter() - start)


def _own(name: str, classifier: BehaviourClassifier, batch: Sequence[Talk]) -> None:
    for way in ("as written", "no marks, no case"):
        talks = [talk if way == "as written" else talk.stripped() for talk in batch]
        pairs = [
            (wanted, found)
            for talk in talks
            for wanted, found in zip(talk.labels, present(classifier, talk.utterances), strict=True)
        ]
        scores = {label: f1((label in wanted, label in found) for wanted, found in pairs) for label in L}
        print(f"  {name:14} {way:18} macro-F1 {mean(scores.values()):.3f}, lowest {min(scores.values()):.2f}")
        if name in {"rules", "learned"} and way == "as written":
            print("      " + ", ".join(f"{label} {score:.2f}" for label, score in scores.items()))


def _advice(classifier: BehaviourClassifier, part: str) -> float:
    rows = advice_sentences(part)
    found = [present(classifier, said_in_order([("B", text)]))[0] for text, _ in rows]
    return f1((wanted, L.ADVICE in labels) for (_, wanted), labels in zip(rows, found, strict=True))


def _annomi(everyone: dict[str, BehaviourClassifier], folded: bool) -> None:
    talks = sessions()
    print("AnnoMI development part, by session (therapist)")
    for name, classifier in everyone.items():
        heard = [Heard(talk, _therapist(classifier, talk)) for talk in talks]
        bare = [Heard(talk, _therapist(classifier, talk, bare=True)) for talk in talks]
        print(f"  {name:14} questions macro-F1 {_questions(heard):.3f}, no marks and case {_questions(bare):.3f}")
        _reflections(name, talks, [[L.REFLECTION in labels for labels in each.found] for each in heard])
        rates: dict[str, Callable[[Heard], float]] = {
            "reflection rate": lambda each: each.rate(L.REFLECTION),
            "low advice-and-information rate": lambda each: -each.rate(*INPUT),
            "low advice rate": lambda each: -each.rate(L.ADVICE),
            "combined": Heard.combined,
        }
        told = [f"{what} {auc([(each.session.good, of(each)) for each in heard]):.3f}" for what, of in rates.items()]
        print(f"  {name:14} AUC: {', '.join(told)}")
    if folded:
        _reflections("TF-IDF (folds)", talks, folded_reflections(talks))


def _therapist(classifier: BehaviourClassifier, talk: Session, bare: bool = False) -> Found:
    said = [Utterance(u.partner, u.span, stripped(u.text)) for u in talk.utterances] if bare else talk.utterances
    return [found for u, found in zip(said, present(classifier, said), strict=True) if u.partner == "B"]


def _questions(heard: Sequence[Heard]) -> float:
    """Macro-F1 of asking and not asking; open and closed are told apart by people themselves only roughly."""
    pairs = [
        (wanted, _asked(found))
        for each in heard
        for wanted, found in zip([q for q in each.session.question if q is not None], each.found, strict=True)
    ]
    asked = [(wanted != "none", given != "none") for wanted, given in pairs]
    return mean((f1(asked), f1((not wanted, not given) for wanted, given in asked)))


def _asked(found: set[BehaviourLabel]) -> str:
    return "open" if L.OPEN_QUESTION in found else "closed" if L.CLOSED_QUESTION in found else "none"


def _reflections(name: str, talks: Sequence[Session], found: Sequence[Sequence[bool]]) -> None:
    """Pooled F1, precision inside the poor sessions, and how well the rate parts good sessions from poor ones."""
    wanted = [[bool(r) for r in talk.reflection if r is not None] for talk in talks]
    pairs = [list(zip(w, g, strict=True)) for w, g in zip(wanted, found, strict=True)]
    pooled = [pair for talk in pairs for pair in talk]
    poor = [pair for talk, heard in zip(talks, pairs, strict=True) if not talk.good for pair in heard]
    rate = auc([(talk.good, mean(given)) for talk, given in zip(talks, found, strict=True)])
    inside = f"precision in poor sessions {precision(poor):.3f}"
    print(f"  {name:14} reflections F1 {f1(pooled):.3f}, {inside}, AUC of the rate {rate:.3f}")


def present(classifier: BehaviourClassifier, said: Sequence[Utterance]) -> Found:
    return [{b.label for b in found if b.probability >= 0.5} for found in classifier.label(said)]


def f1(pairs: Iterable[tuple[bool, bool]]) -> float:
    """F1 of the positive class from (wanted, given) pairs, 0 where nothing is right."""
    both = list(pairs)
    right = sum(wanted and given for wanted, given in both)
    return 2 * right / max(1, sum(wanted for wanted, _ in both) + sum(given for _, given in both))


def precision(pairs: Iterable[tuple[bool, bool]]) -> float:
    """Share of the given ones that were wanted, 0 where none was given."""
    given = [wanted for wanted, said in pairs if said]
    return mean(given) if given else 0.0


def auc(scored: Sequence[tuple[bool, float]]) -> float:
    """The chance that a good session scores above a poor one, ties by half."""
    good, poor = ([score for g, score in scored if g is side] for side in (True, False))
    return mean((a > b) + 0.5 * (a == b) for a in good for b in poor)
