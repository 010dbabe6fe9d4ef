from pathlib import Path

import pytest

from listener.adapters.practice_toml import load_rubric
from listener.domain.practice import AdviceTexts
from listener.errors import BadScenario
from tests.rubric_text import ONE_MEASURE

RUBRIC = (
    ONE_MEASURE
    + """\
no_occasion = "Nothing."

[[guidelines.advice]]
found = "long-turn"
texts = ["{name}, stop {when}."]

[[guidelines.advice]]
found = "long_turn_share"
texts = ["{name}, {role} you told {partner} “{quote}”.", "{{{name}}}"]
"""
)

BAD = [
    ('"long-turn"', '"long-turns"', "advice 1 .*, found: `long-turns` is never", "Did you mean `long-turn`"),
    ('"long-turn"', '"hedge_share"', "found: `hedge_share` is never found for this guideline", "A reason, or one of"),
    ('"long_turn_share"\ntexts', '"long-turn"\ntexts', "advice 2 .*: `long-turn` appears twice", "Remove one"),
    ('["{name}, stop {when}."', '[', r"texts: there is no text", "at least one"),
    ("stop {when}.", "stop {whn}.", r"text 1: \{whn\} cannot be filled in", "Only {name}, {partner}, {count}, {when}"),
    ("stop {when}.", "stop {more}.", r"text 1: \{more\} cannot be filled in", "{before}, {back} and {role}"),
    ("stop {when}.", "stop {quote[0]}.", r"text 1: \{quote\[0\]\} cannot be filled in", "Only {name}"),
    ("stop {when}.", "stop {when.", "text 1: a curly bracket stands alone", "Write {name} or {partner}"),
    ('"{name}, stop {when}."', '" "', "text 1: the text is empty", "Write the text"),
    ('found = "long-turn"\n', "", "`found` is missing", "Add `found"),
    ('no_occasion = "Nothing."', "no_occasion = 3", "no_occasion: expected text", "README"),
]  # fmt: skip


def rubric_file(folder: Path, text: str) -> Path:
    path = folder / "rules.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_advice_keeps_its_texts_in_order(tmp_path: Path) -> None:
    (calm,) = load_rubric(rubric_file(tmp_path, RUBRIC)).guidelines
    assert calm.measures[0].no_occasion == "Nothing."
    assert calm.advice == (
        AdviceTexts("long-turn", ("{name}, stop {when}.",)),
        AdviceTexts("long_turn_share", ("{name}, {role} you told {partner} “{quote}”.", "{{{name}}}")),
    )


@pytest.mark.parametrize(("old", "new", "message", "hint"), BAD)
def test_bad_advice_is_told_with_its_place(tmp_path: Path, old: str, new: str, message: str, hint: str) -> None:
    assert RUBRIC.count(old) == 1, old
    with pytest.raises(BadScenario, match=message) as told:
        load_rubric(rubric_file(tmp_path, RUBRIC.replace(old, new)))
    assert told.value.message.startswith("rules.toml")
    assert hint in told.value.hint


def test_of_the_couple_no_partner_is_named(tmp_path: Path) -> None:
    couple = RUBRIC.replace("per_partner = true", "per_partner = false")
    couple = couple.replace("{name} was calm with {partner}.", "You were calm.")
    with pytest.raises(BadScenario, match=r"\{name\} cannot be filled in") as told:
        load_rubric(rubric_file(tmp_path, couple))
    assert told.value.hint == "Only {count}, {when}, {time}, {quote}, {more}, {less} and {percent} can be filled in."
