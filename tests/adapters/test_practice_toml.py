from pathlib import Path

import pytest

from listener.adapters.practice_toml import load_rubric, load_scenario_file, load_scenarios
from listener.domain.practice import Area, Measure, Role
from listener.errors import BadScenario
from tests.rubric_text import ONE_MEASURE

SCENARIO = """\
id = "walk"
title = "A walk"
area = "empathy"
summary = "Walk and talk."
source = "Our own"
focus = ["validate", "compassion"]
opening = "How are you?"

[[phases]]
title = "Out"
minutes = 7.5
roles = { A = "speaker", B = "listener" }
instruction = '''
A: tell
more.

B: listen.
'''

[[phases]]
title = "Back"
minutes = 2
roles = { A = "both", B = "both" }
instruction = "Talk."
"""

RUBRIC = (
    ONE_MEASURE
    + """\

[[guidelines]]
id = "home"
area = "trust"
title = "Home"
statement = "Be home."
article = "3"
basis = "tracked"
per_partner = false
praise = "Home again."
try_next = "Come home."
tracked = "Evenings at home."

[[guidelines.hints]]
id = "loud"
minimum = 30
source = "Our own"
"""
)

BAD_SCENARIOS = [
    ("roles = { A =", "roles = { A ", "valid TOML: .*line 23", "Look at that line"),
    ('title = "A walk"\n', "", "`title` is missing", "Add `title"),
    ('title = "A walk"', 'titel = "A walk"', "unknown field `titel`", "Did you mean `title`"),
    ("minutes = 2\n", "minuets = 2\n", r"phase 2 \(Back\): unknown field `minuets`", "Did you mean `minutes`"),
    ("minutes = 2\n", "zebra = 2\n", "unknown field `zebra`", "Possible here: title, minutes, roles, instruction"),
    ("minutes = 2\n", 'minutes = 2\nsource = "x"\n', "unknown field `source`", "above the first line with"),
    ("minutes = 2\n", 'minutes = "2"\n', "phase 2 .*minutes: expected a number, got text", "README"),
    ("minutes = 2\n", "minutes = true\n", "expected a number, got true or false", "README"),
    ("minutes = 2\n", "minutes = 0\n", r"phase 2 \(Back\), minutes: 0 minutes", "at most 120"),
    ("minutes = 2\n", "minutes = -3\n", "-3 minutes", "more than 0"),
    ("minutes = 2\n", "minutes = 121\n", "121 minutes", "at most 120"),
    ("minutes = 2\n", "minutes = nan\n", "nan minutes", "at most 120"),
    ("minutes = 2\n", "minutes = 1e-9\n", "1e-09 minutes", "more than 0"),
    (', B = "listener"', "", r"phase 1 \(Out\), roles: `B` is missing", "Give both a role"),
    ('"listener"', '"listner"', "roles, B: 'listner' is not known", "Did you mean `listener`"),
    ('"listener"', '"speaker"', "A is speaker and B is speaker", "Make one"),
    ('"listener"', '"both"', "A is speaker and B is both", "Make one"),
    ('"empathy"', '"zzz"', "area: 'zzz' is not known", "communication, empathy, trust, quality-time"),
    ('"validate"', '"validat"', "focus 1: there is no guideline `validat`", "Did you mean `validate`"),
    ('"compassion"', '"validate"', "focus 2: `validate` appears twice", "Remove one"),
    ('id = "walk"', 'id = "talk"', "id: `talk` differs from the file's name", 'id = "walk"'),
    ('id = "walk"', 'id = "A Walk"', "`A Walk` is no id", "small letters"),
    ('"Our own"', '" "', "source: the text is empty", "Write the text"),
    ('"Our own"', r'"\u001b[2J"', "source: the text holds control characters", "plain text"),
    ('"Our own"', r'"Our own"' + '\n"a.b - at `$.x" = 1', "unknown field `a.b - at", "README"),
    ("[[phases]]", "[phases]", "valid TOML: .*twice", "each name appears once"),
]  # fmt: skip
BAD_RUBRICS = [
    ('version = "7"\n', "", "`version` is missing", "Add `version"),
    ('id = "home"', 'id = "calm"', r"guideline 2 \(calm\): `calm` appears twice", "another id"),
    ("[[0, 100], [0.5, 0]]", "[[0, 100], [0, 50]]", r"measure 1 \(long_turn_share\), curve point 2: 0 ", "increase"),
    ("[[0, 100], [0.5, 0]]", "[[0, 101], [0.5, 0]]", "curve point 1: the score 101", "0 to 100"),
    ("[[0, 100], [0.5, 0]]", "[[0, 100], [0.5, -1]]", "curve point 2: the score -1", "0 to 100"),
    ("[[0, 100], [0.5, 0]]", "[[0, 100], [0.5, nan]]", "the score nan", "0 to 100"),
    ("[[0, 100], [0.5, 0]]", "[[0, 100], [inf, 0]]", "finite numbers", "value, score"),
    ("[[0, 100], [0.5, 0]]", "[[0, 100]]", "two points or more", "value, score"),
    ("[[0, 100], [0.5, 0]]", "[[0, 100, 1]]", "curve point 1: expected a list in .* length 2", "README"),
    ("weight = 1\n", "weight = 0\n", "weight: 0 is no weight", "above 0"),
    ("weight = 1\n", "weight = inf\n", "inf is no weight", "above 0"),
    ("minimum = 4\n", "minimum = 0\n", "minimum: 0 is too small", "1 or more"),
    ("minimum = 4\n", "minimum = 4.5\n", "minimum: expected a whole number", "README"),
    ("minimum = 30\n", "minimum = 0\n", r"hint 1 \(loud\), minimum: 0 is too small", "1 or more"),
    ("minimum = 30\n", "minimum = 30\nweight = 1\n", "unknown field `weight`", "Possible here: id, minimum, source"),
    ('"measured"', '"mesured"', "basis: 'mesured' is not known", "Did you mean `measured`"),
    ('"measured"', '"asked"', "it is asked but has measures", "Remove them"),
    ('"tracked"', '"measured"', r"guideline 2 \(home\): it is measured but names no measure", "Add a"),
    ('tracked = "Evenings at home."\n', "", "`tracked` is missing", "Say what is tracked"),
    ('"tracked"', '"asked"', "`asked` is missing", "Say what is asked"),
    ("{partner}.", "{partnr}.", r"praise: \{partnr\} cannot be filled in", "Only {name} and {partner}"),
    ("{partner}.", "{partner!r}.", r"\{partner!r\} cannot", "Only {name} and {partner}"),
    ("{partner}.", "{partner.", "praise: a curly bracket stands alone", "{name} or {partner}"),
    ("Home again.", "{name} is home.", r"praise: \{name\} cannot be filled in", "Address both"),
]  # fmt: skip


def scenario_file(folder: Path, text: str = SCENARIO, name: str = "walk.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def changed(text: str, old: str, new: str) -> str:
    """The text with the last `old` replaced; fails where there is none."""
    before, found, after = text.rpartition(old)
    assert found
    return before + new + after


def test_a_scenario_keeps_every_field(tmp_path: Path) -> None:
    scenario = load_scenario_file(scenario_file(tmp_path))
    assert (scenario.id, scenario.title, scenario.area) == ("walk", "A walk", Area.EMPATHY)
    assert (scenario.summary, scenario.source, scenario.opening) == ("Walk and talk.", "Our own", "How are you?")
    assert scenario.focus == ("validate", "compassion")
    assert [phase.duration_ms for phase in scenario.phases] == [450_000, 120_000]
    assert scenario.phases[0].roles == {"A": Role.SPEAKER, "B": Role.LISTENER}
    assert scenario.phases[0].instruction == "A: tell more.\n\nB: listen."


def test_focus_and_opening_may_be_left_out(tmp_path: Path) -> None:
    text = "\n".join(line for line in SCENARIO.splitlines() if not line.startswith(("focus", "opening")))
    scenario = load_scenario_file(scenario_file(tmp_path, text))
    assert (scenario.focus, scenario.opening) == ((), "")


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "walk.toml"
    path.write_bytes(b"\xef\xbb\xbf" + SCENARIO.replace("\n", "\r\n").encode())
    assert load_scenario_file(path) == load_scenario_file(scenario_file(tmp_path))


@pytest.mark.parametrize(("old", "new", "message", "hint"), BAD_SCENARIOS)
def test_a_bad_scenario_is_told_with_its_place(tmp_path: Path, old: str, new: str, message: str, hint: str) -> None:
    path = scenario_file(tmp_path, changed(SCENARIO, old, new))
    with pytest.raises(BadScenario, match=message) as told:
        load_scenario_file(path)
    assert told.value.message.startswith("walk.toml")
    assert hint in told.value.hint


def test_single_brackets_are_told(tmp_path: Path) -> None:
    text = SCENARIO[: SCENARIO.rindex("[[phases]]")].replace("[[phases]]", "[phases]")
    with pytest.raises(BadScenario, match="phases: expected a list") as told:
        load_scenario_file(scenario_file(tmp_path, text))
    assert told.value.hint == "Write two brackets: [[phases]]."


def test_a_scenario_needs_a_phase(tmp_path: Path) -> None:
    text = SCENARIO[: SCENARIO.index("[[phases]]")] + "phases = []\n"
    with pytest.raises(BadScenario, match="there is no phase"):
        load_scenario_file(scenario_file(tmp_path, text))


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadScenario, match=r"absent\.toml cannot be read: No such file"):
        load_scenario_file(tmp_path / "absent.toml")
    with pytest.raises(BadScenario, match="cannot be read: Is a directory"):
        load_scenario_file(tmp_path)


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"\xff\xfe\x00", "not UTF-8"), (b"a = " + b"[" * 100_000, "valid TOML"), (b"#" * 1_000_001, "larger than 1 MB")],
)
def test_a_file_that_is_no_toml_is_told(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "walk.toml"
    path.write_bytes(content)
    with pytest.raises(BadScenario, match=message):
        load_scenario_file(path)


def test_the_focus_may_be_checked_against_another_rubric(tmp_path: Path) -> None:
    path = scenario_file(tmp_path)
    assert load_scenario_file(path, {"validate", "compassion"}).focus == ("validate", "compassion")
    with pytest.raises(BadScenario, match="no guideline `compassion`"):
        load_scenario_file(path, {"validate"})


def test_a_folder_without_scenarios_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadScenario, match="holds no scenarios"):
        load_scenarios(tmp_path)


def test_one_bad_file_in_a_folder_is_named(tmp_path: Path) -> None:
    scenario_file(tmp_path)
    scenario_file(tmp_path, SCENARIO, "stroll.toml")
    with pytest.raises(BadScenario, match=r"^stroll\.toml, id: `walk` differs"):
        load_scenarios(tmp_path)


def test_a_rubric_keeps_every_field(tmp_path: Path) -> None:
    rubric = load_rubric(scenario_file(tmp_path, RUBRIC, "rules.toml"))
    calm, home = rubric.guidelines
    assert rubric.version == "7"
    assert (calm.id, calm.area, calm.title, calm.statement, calm.article) == (
        "calm",
        Area.EMPATHY,
        "Calm",
        "Be calm.",
        "2",
    )
    assert (calm.basis, calm.per_partner, calm.asked, calm.tracked) == ("measured", True, None, None)
    assert (calm.praise, calm.try_next) == ("{name} was calm with {partner}.", "Breathe.")
    assert calm.measures == (Measure("long_turn_share", ((0, 100), (0.5, 0)), 1, 4, "the project's own choice"),)
    assert (calm.advice, home.advice) == ((), ())
    assert (home.basis, home.per_partner, home.measures, home.tracked) == ("tracked", False, (), "Evenings at home.")


@pytest.mark.parametrize(("old", "new", "message", "hint"), BAD_RUBRICS)
def test_a_bad_rubric_is_told_with_its_place(tmp_path: Path, old: str, new: str, message: str, hint: str) -> None:
    path = scenario_file(tmp_path, changed(RUBRIC, old, new), "rules.toml")
    with pytest.raises(BadScenario, match=message) as told:
        load_rubric(path)
    assert told.value.message.startswith("rules.toml")
    assert hint in told.value.hint


def test_a_measure_is_named_once_in_a_guideline(tmp_path: Path) -> None:
    measure = RUBRIC[RUBRIC.index("[[guidelines.measures]]") : RUBRIC.rindex("[[guidelines]]")]
    path = scenario_file(tmp_path, RUBRIC.replace(measure, measure * 2), "rules.toml")
    with pytest.raises(BadScenario, match=r"measure 2 \(long_turn_share\): `long_turn_share` appears twice"):
        load_rubric(path)
