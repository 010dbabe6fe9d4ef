"""What any behaviour classifier must beat: the majority, a few keywords, and TF-IDF with logistic regression."""

from __future__ import annotations

import re
from collections.abc import Sequence

from listener.domain.speech import Behaviour, BehaviourLabel, Utterance
from listener.ports import BehaviourClassifier
from tests.benchmarks.behaviour_data import AUTHORS, OWN, Session, conversations, exchanges

L = BehaviourLabel
FOLDS = 5
_TOKEN = re.compile(r"[\w']+|\?")
_COUNTED = {"sublinear_tf": True, "token_pattern": None}

KEYWORDS = {
    L.OPEN_QUESTION: ("what ", "how ", "why "),
    L.CLOSED_QUESTION: ("?",),
    L.REFLECTION: ("so you", "sounds like", "you feel"),
    L.VALIDATION: ("makes sense", "understand"),
    L.SUPPORT: ("i'm here", "help"),
    L.AFFIRMATION: ("proud", "well done"),
    L.APPRECIATION: ("thank", "appreciate"),
    L.APOLOGY: ("sorry",),
    L.ADVICE: ("you should", "you need to", "try", "why don't you"),
    L.JUDGEMENT: ("stupid", "ridiculous"),
    L.BLAME: ("you always", "you never", "your fault"),
    L.DISMISSAL: ("whatever", "big deal"),
    L.TOPIC_SHIFT: ("anyway", "by the way"),
    L.SELF_DISCLOSURE: ("i was ", "my "),
    L.FEELING_STATEMENT: ("i feel", "i'm so"),
    L.PERSPECTIVE_TAKING: ("your shoes", "must be", "imagine"),
    L.COMMITMENT: ("i'll", "i promise"),
    L.BACKCHANNEL: ("mm", "yeah."),
    L.INFORMATION: (" is ", " are "),
}


class Majority:
    """No label is ever the more frequent choice but absence."""

    def label(self, utterances: Sequence[Utterance]) -> list[tuple[Behaviour, ...]]:
        return [() for _ in utterances]


class Keywords:
    """A label for each utterance that holds one of its few keywords."""

    def label(self, utterances: Sequence[Utterance]) -> list[tuple[Behaviour, ...]]:
        return [
            tuple(Behaviour(label, 0.9) for label, words in KEYWORDS.items() if any(w in u.text.lower() for w in words))
            for u in utterances
        ]


def tfidf() -> BehaviourClassifier:
    """TF-IDF of one and two words with a balanced logistic regression a label, from the project's training talk."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415  # a development dependency
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    talks = [talk for author in AUTHORS for talk in conversations(OWN / f"{author}.jsonl")]
    talks += exchanges(OWN / "exchanges.txt")
    rows = [
        (u.text, known)
        for talk in talks
        for u, known in zip(talk.utterances, talk.labels, strict=True)
        if "unknown" not in known
    ]
    words = TfidfVectorizer(ngram_range=(1, 2), tokenizer=_TOKEN.findall, **_COUNTED)
    matrix = words.fit_transform([text for text, _ in rows])
    heads = {
        label: LogisticRegression(C=10, class_weight="balanced", solver="liblinear", random_state=0).fit(
            matrix, [label in known for _, known in rows]
        )
        for label in L
    }

    class TfIdf:
        def label(self, utterances: Sequence[Utterance]) -> list[tuple[Behaviour, ...]]:
            seen = words.transform([u.text for u in utterances])
            given = {label: head.predict_proba(seen)[:, 1] for label, head in heads.items()}
            return [
                tuple(Behaviour(label, float(p[at])) for label, p in given.items() if p[at] >= 0.5)
                for at in range(len(utterances))
            ]

    return TfIdf()


def folded_reflections(talks: Sequence[Session]) -> list[list[bool]]:
    """Reflections by TF-IDF trained on the other sessions, in folds of whole sessions; a baseline, never shipped."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    result: list[list[bool]] = [[] for _ in talks]
    for fold in range(FOLDS):
        seen = [row for at, talk in enumerate(talks) if at % FOLDS != fold for row in _said(talk)]
        words = TfidfVectorizer(ngram_range=(1, 2), tokenizer=_TOKEN.findall, **_COUNTED)
        head = LogisticRegression(C=10, class_weight="balanced", solver="liblinear", random_state=0)
        head.fit(words.fit_transform([text for text, _ in seen]), [wanted for _, wanted in seen])
        for at, talk in enumerate(talks):
            if at % FOLDS == fold:
                given = head.predict(words.transform([text for text, _ in _said(talk)]))
                result[at] = [bool(g) for g in given]
    return result


def _said(talk: Session) -> list[tuple[str, bool]]:
    return [(u.text, bool(r)) for u, r in zip(talk.utterances, talk.reflection, strict=True) if r is not None]
