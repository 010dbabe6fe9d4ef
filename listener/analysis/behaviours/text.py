"""Words as the rules see them: spoken text, cleaned of stumbles, cut into sentences and reduced to content words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from listener.analysis.behaviours.lexicon import (
    CONTRACTIONS,
    FEELING_FAMILY,
    FILLERS,
    FUNCTION_WORDS,
    LEAD_INS,
    LEAD_PHRASES,
)

UNPUNCTUATED_WORDS = 9
"""From this length on, a stretch without punctuation is searched for the starts of clauses."""

_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)*")
_BRACKETS = re.compile(r"\[[^\]]*\]|\([^)]*\)|<[^>]*>")
_REPEAT = re.compile(r"\b([\w']+(?: [\w']+){0,2})(?:(?:\s*-+\s*|\s*,\s*|\s+)\1\b)+(?!')")
_FRAGMENT = re.compile(r"\b\w{1,3}-\s?(?=\w)(?=(?:i|we|you|the|it|he|she|they|to|that|from|my)\b)")
_PARENTHETICAL = re.compile(
    r"(?:(?<=^)|(?<=[,.?!] )|(?<=[,.?!]))(?:you know|i mean|like)\s*,|,\s*(?:you know|like)\s*(?=[,.?!]|"
    r"$)"
)
_SENTENCE_END = re.compile(r"(?<!\bmr)(?<!\bmrs)(?<!\bdr)([.?!…]+)(?=\s|$|\")|\n")
_CLAUSE_END = re.compile(r"\s*[,;:]\s*|\s+-+\s*|-{2,}\s*")
_AUXILIARY = (
    r"(?:do|does|did|are|is|was|were|have|has|had|can|could|will|would|should|don't|didn't|aren't|isn't|"
    r"can't|won't)"
)
_PRONOUN = r"(?:you|i|we|it|he|she|they|that|this|there|your)"
_HIDDEN_START = re.compile(
    rf"(?<=\w) (?=(?:what|how|why|where|when|who) (?:{_AUXILIARY} {_PRONOUN}|{_AUXILIARY}\b|about)\b)"
    rf"|(?<!what)(?<!how)(?<!why)(?<!where)(?<!when)(?<!who)(?<!much)(?<!many)(?<!long) "
    rf"(?=(?:do|did|are|were|have|can|could|will|would) you\b)"
    r"|(?<=\w) (?=(?:so|but|and) (?:i'm|i|you're|you|we|it's|that's)\b)"
    r"|(?<=\w) (?=(?:anyway|tell me|it sounds like|sounds like|thank you|i'm sorry|you should|you always|you never)\b)"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence in lower case without punctuation.

    `plain` holds all words, `clauses` the same cut at commas and dashes, `core` the words after greetings and
    connectives ("well, so, …"); `asks` says whether it ended with a question mark; `stems` are its content words;
    `marked` says whether it has punctuation at all.
    """

    plain: str
    core: str
    clauses: tuple[str, ...]
    asks: bool
    stems: frozenset[str]
    marked: bool = False

    @property
    def size(self) -> int:
        """Number of words."""
        return self.plain.count(" ") + 1


def words_of(text: str) -> list[str]:
    """Words in lower case, apostrophes kept and restored ("dont" is "don't"); fillers and brackets left out."""
    return _WORD.findall(_cleaned(text))


def stem(word: str) -> str:
    """The word without its common endings; feeling words also stand for their family, see `stems_of`."""
    word = word.split("'", maxsplit=1)[0]
    for ending in ("ingly", "edly", "ings", "ing", "ies", "ied", "ed", "es", "ly", "er", "s", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def stems_of(words: list[str]) -> frozenset[str]:
    """Stems of the content words; a feeling word adds its family, so that "lonely" meets "alone"."""
    content = [word for word in words if word not in FUNCTION_WORDS and len(word) > 1]
    return frozenset(
        [stem(w) for w in content] + [f"feeling:{FEELING_FAMILY[w]}" for w in content if w in FEELING_FAMILY]
    )


@lru_cache(maxsize=4096)
def sentences_of(text: str) -> tuple[Sentence, ...]:
    """The sentences of an utterance in order; long stretches without punctuation are cut where a clause starts."""
    result: list[Sentence] = []
    cleaned = _cleaned(text)
    parts = _SENTENCE_END.split(cleaned)
    for at in range(0, len(parts), 2):
        mark = (parts[at + 1] or "") if at + 1 < len(parts) else ""
        pieces = _opened(parts[at])
        for i, piece in enumerate(pieces):
            sentence = _sentence(piece, "?" in mark and i == len(pieces) - 1, bool(mark))
            if sentence is not None:
                result.append(sentence)
    return tuple(result)


def _cleaned(text: str) -> str:
    text = text.lower().replace("’", "'").replace("‘", "'").replace("—", " -- ").replace("–", " -- ")
    text = _BRACKETS.sub(" ", text)
    text = re.sub(r"\b[a-z0-9']+\b", lambda m: CONTRACTIONS.get(m.group(), m.group()), text)
    text = re.sub(rf"(?<![-\w])(?:{'|'.join(FILLERS)})\b[,.]?", " ", text)
    text = _PARENTHETICAL.sub(",", re.sub(r"\s+", " ", text).strip())
    return _REPEAT.sub(r"\1", _FRAGMENT.sub("", text))


def _opened(text: str) -> list[str]:
    if len(_WORD.findall(text)) < UNPUNCTUATED_WORDS or "," in text:
        return [text]
    return _HIDDEN_START.split(text)


def _sentence(text: str, asks: bool, ended: bool) -> Sentence | None:
    words = _WORD.findall(text)
    if not words:
        return None
    clauses = tuple(" ".join(found) for part in _CLAUSE_END.split(text) if (found := _WORD.findall(part)))
    plain = " ".join(words)
    marked = ended or "," in text or "--" in text
    return Sentence(plain, core_of(plain), clauses, asks, stems_of(words), marked)


def core_of(plain: str) -> str:
    """The text after leading connectives and greetings; the whole where nothing else is left."""
    rest = plain
    while True:
        shorter = next((rest[len(p) + 1 :] for p in LEAD_PHRASES if rest.startswith(p + " ")), None)
        if shorter is None:
            first, _, tail = rest.partition(" ")
            if first not in LEAD_INS or not tail:
                return rest
            shorter = tail
        rest = shorter
