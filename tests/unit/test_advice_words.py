from __future__ import annotations

import pytest

from listener.analysis.advice_words import count_words, ending, filled, given_back, quotable

LONG = (
    "so then I went to the office and nobody was there and I waited for an hour and a half until the rain had stopped"
)


@pytest.mark.parametrize(
    ("count", "words"), [(1, "once"), (2, "twice"), (3, "three times"), (12, "twelve times"), (13, "13 times")]
)
def test_counts_are_told_in_words(count: int, words: str) -> None:
    assert count_words(count) == words


def test_long_quotes_are_cut_at_a_word() -> None:
    assert quotable(LONG) == "so then I went to the office and nobody was there and I waited for an hour and …"
    assert ending(LONG).startswith("… ")
    assert ending(LONG).endswith("until the rain had stopped")
    assert ending(LONG)[2:] in LONG


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("You always cry.", "You always cry"),
        ("Are you mad now?", "Are you mad now?"),
        ('He said “no” and "go".', "He said 'no' and 'go'"),
        ("one\n two\x1b[2J", "one two [2J"),
        ("…", ""),
        ("", ""),
    ],
)
def test_quotes_stand_within_a_sentence(text: str, quote: str) -> None:
    assert quotable(text) == quote


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("We sit here scrolling and I feel a bit lonely actually.", "You feel a bit lonely"),
        ("I'm just really nervous about the speech.", "You're really nervous"),
        ("The speech. I’m terrified I'll cry.", "You're terrified"),
        ("I said I feel lonely when we're both scrolling.", "You feel lonely"),
        ("My boss ignored me, I was so embarrassed.", "You were so embarrassed"),
        ("I felt stupid.", "You felt stupid"),
        ("I'm not mad.", ""),
        ("I don't think I'm angry.", ""),
        ("If you go, I'm sad.", ""),
        ("You said I'm jealous.", ""),
        ("I wish I was happy.", ""),
        ("I feel like you hate me.", ""),
        ("I'm scared of nothing.", ""),
        ("I'm afraid so?", ""),
        ("You're an idiot and I feel used by you.", ""),
        ("I'm sorry.", ""),
        ("So Claire asked me.", ""),
    ],
)
def test_only_a_feeling_plainly_named_is_given_back(text: str, back: str) -> None:
    assert given_back(text) == back


def test_the_text_that_tells_most_is_filled() -> None:
    texts = ("{name}, plain.", "{name}, “{quote}”.", "{name}, {role} “{quote}”.")
    assert filled(texts, {"name": "Ben"}, "x") == "Ben, plain."
    assert filled(texts, {"name": "Ben", "quote": "{role}"}, "x") == "Ben, “{role}”."
    assert filled(texts, {"name": "Ben", "quote": "no", "role": "as the listener"}, "x") == "Ben, as the listener “no”."
    assert filled(texts, {}, "x") is None
    assert filled((), {"name": "Ben"}, "x") is None


def test_the_variant_depends_on_the_basis_alone() -> None:
    texts = tuple(f"{n}" for n in range(5))
    chosen = [filled(texts, {}, f"moment {n}") for n in range(50)]
    assert chosen == [filled(texts, {}, f"moment {n}") for n in range(50)]
    assert set(chosen) == set(texts)
