import re
from pathlib import Path

import pytest

from listener.adapters.practice_toml import load_rubric, load_scenario_file, load_scenarios
from listener.adapters.resources import guidelines_file, practice_folder, scenarios_folder
from listener.analysis.advice_words import slots_of
from listener.analysis.measures import HINTS
from listener.analysis.reasons import REASON_KEYS, UNFAVOURABLE
from listener.domain.practice import Area, Role, Rubric
from listener.errors import BadScenario

MEASURES = {
    "backchannels_per_minute", "interruptions_per_minute", "replies_in_time", "uptake_share", "topic_shift_share",
    "speaking_share", "long_turn_share", "clear_statement_share", "hedge_share", "feeling_response_share",
    "reflection_share", "perspective_share", "judgement_share", "unsolicited_advice_share", "kindness_share",
    "disclosure_share", "commitment_share", "support_share", "open_question_share", "questions_per_minute",
    "softer_voice_share",
}  # fmt: skip
OF_TIME = {
    "backchannels_per_minute",
    "interruptions_per_minute",
    "questions_per_minute",
    "speaking_share",
    "long_turn_share",
}
GUIDELINES = [
    "full-attention",
    "let-them-finish",
    "share-the-floor",
    "be-clear",
    "validate",
    "right-time",
    "perspective",
    "no-judgement",
    "compassion",
    "honesty",
    "keep-promises",
    "dependable",
    "confidential",
    "quality-time",
    "shared-interests",
    "deep-talk",
    "daily-ritual",
]


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    return load_rubric(guidelines_file())


def test_the_bundled_scenarios_cover_the_article_and_train_every_guideline(rubric: Rubric) -> None:
    scenarios = load_scenarios(practice_folder())
    assert len(scenarios) >= 11
    assert {scenario.area for scenario in scenarios.values()} == set(Area)
    assert {name for scenario in scenarios.values() for name in scenario.focus} == {g.id for g in rubric.guidelines}
    assert all(scenario.opening and scenario.focus for scenario in scenarios.values())


def test_roles_swap_fairly_in_every_bundled_scenario() -> None:
    for scenario in load_scenarios(practice_folder()).values():
        spoken = {
            partner: sum(phase.duration_ms for phase in scenario.phases if phase.roles[partner] is Role.SPEAKER)
            for partner in ("A", "B")
        }
        assert spoken["A"] == spoken["B"], scenario.id


def test_free_talk_is_ten_open_minutes() -> None:
    scenario = load_scenarios(practice_folder())["free-talk"]
    (phase,) = scenario.phases
    assert phase.roles == {"A": Role.BOTH, "B": Role.BOTH}
    assert scenario.duration_ms == 600_000


def test_the_rubric_has_every_guideline_in_report_order(rubric: Rubric) -> None:
    assert [guideline.id for guideline in rubric.guidelines] == GUIDELINES
    assert [g.article[0] for g in rubric.guidelines] == sorted(g.article[0] for g in rubric.guidelines)


def test_every_measure_exists_is_used_and_needs_little_evidence(rubric: Rubric) -> None:
    measures = [measure for guideline in rubric.guidelines for measure in guideline.measures]
    assert {measure.id for measure in measures} == MEASURES
    for measure in measures:
        limits = (5_000, 10_000) if measure.id in OF_TIME else (2, 20)
        assert limits[0] <= measure.minimum <= limits[1], measure.id


def test_a_voice_is_a_hint_of_low_weight(rubric: Rubric) -> None:
    assert {g.id: [hint.id for hint in g.hints] for g in rubric.guidelines if g.hints} == {
        "right-time": ["raised_voice_share"]
    }
    for guideline in rubric.guidelines:
        weights = {measure.id: measure.weight for measure in guideline.measures}
        assert sum(weights[name] for name in weights if name in HINTS) <= 0.15
        assert not weights or set(weights) - HINTS


def test_what_no_microphone_observes_is_not_measured(rubric: Rubric) -> None:
    basis = {guideline.id: guideline.basis for guideline in rubric.guidelines}
    assert {name for name in basis if basis[name] != "measured"} == {
        "right-time", "confidential", "shared-interests", "daily-ritual",
    }  # fmt: skip


def test_advice_reads_well_with_names_filled_in(rubric: Rubric) -> None:
    for guideline in rubric.guidelines:
        for text in (guideline.praise, guideline.try_next):
            filled = text.format(name="Ada", partner="Ben")
            assert filled[-1] in '.?!"', filled
            assert len(filled) <= 140, filled
            assert ("Ada" in filled) is guideline.per_partner, filled


SLOTS = {
    "name": "Ada", "partner": "Ben", "count": "three times", "when": "three times, first at 0:07", "time": "0:07",
    "quote": "You always", "before": "I feel alone", "back": "You feel alone", "role": "as the listener",
    "more": "Ada", "less": "Ben", "percent": "70%",
}  # fmt: skip


def test_everything_that_can_be_found_has_its_advice(rubric: Rubric) -> None:
    """What a measure can hold against a listener has a text, one of them without words where sound alone tells it."""
    from_sound = {"cut-in", "tried-to-cut-in", "reply-late", "reply-early", "long-turn", "let-finish"}
    against = {reason.key for reason in UNFAVOURABLE}
    told = {each.found for guideline in rubric.guidelines for each in guideline.advice}
    assert against <= told
    for guideline in rubric.guidelines:
        for each in guideline.advice:
            if each.found in from_sound:
                assert any(not slots_of(text) & {"quote", "before", "back", "role"} for text in each.texts), each.found


def test_the_advice_of_the_rubric_reads_well_and_always_says_when(rubric: Rubric) -> None:
    for guideline in rubric.guidelines:
        for each in guideline.advice:
            for text in each.texts:
                filled = text.format(**SLOTS)
                assert filled[-1] in '.?!"”', filled
                assert len(filled) <= 260, filled
                assert filled.count("“") == filled.count("”"), filled
                if each.found in REASON_KEYS:
                    assert "{when}" in text, text
                if guideline.per_partner:
                    assert "Ada" in filled, filled
                assert not re.search(r"\b(?:always|never|toxic|narciss\w+|disorder|abus\w+|wrong)\b", text), text


def test_every_threshold_has_its_source(rubric: Rubric) -> None:
    for guideline in rubric.guidelines:
        for measure in guideline.measures:
            assert "the project's own choice" in measure.source or re.search(r"\d{4}", measure.source), measure


def test_the_readme_tells_the_truth(tmp_path: Path) -> None:
    readme = (scenarios_folder() / "README.md").read_text(encoding="utf-8")
    blocks: list[str] = re.findall(r"```(?:toml)?\n(.*?)```", readme, flags=re.DOTALL)
    scenario, told = blocks
    path = tmp_path / "evening-walk.toml"
    path.write_text(scenario, encoding="utf-8")
    assert load_scenario_file(path).duration_ms == 20 * 60_000
    path.write_text("speeker".join(scenario.rsplit("speaker", 1)), encoding="utf-8")
    with pytest.raises(BadScenario) as error:
        load_scenario_file(path)
    assert str(error.value) == told.strip()
