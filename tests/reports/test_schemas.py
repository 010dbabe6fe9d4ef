from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from listener.domain.floor import OverlapKind
from listener.domain.practice import Role
from listener.domain.report import Report
from listener.domain.speech import BehaviourLabel
from listener.errors import BadTranscript, BadUsage
from listener.reports.json_report import document, parse
from listener.reports.schemas import schema

REMOVED = object()

BROKEN: list[tuple[str, object]] = [
    ("schema", "listener.report/2"),
    ("extra", 1),
    ("advice", REMOVED),
    ("advice.try_next", None),
    ("provenance.rules", 1),
    ("provenance.models.segmentation-3.0", 1),
    ("session.mood", "calm"),
    ("session.duration_ms", 1.5),
    ("session.duration_ms", -1),
    ("session.recorded_at", "yesterday"),
    ("session.scenario", "Not An Id"),
    ("session.mics", "three"),
    ("session.partners", []),
    ("session.partners.0.id", "B"),
    ("session.partners.0.role", "boss"),
    ("session.partners.0.enrolled", "yes"),
    ("session.notes.0", 5),
    ("speech.0.speaker", "C"),
    ("speech.0.end_ms", REMOVED),
    ("turns.0.start_ms", "0"),
    ("overlaps.0.kind", "interrupt"),
    ("overlaps.0.confidence", 1.01),
    ("utterances.0.text", None),
    ("utterances.0.words.0.probability", -0.1),
    ("utterances.0.behaviours.0.label", "sarcasm"),
    ("utterances.0.behaviours.0.probability", 2),
    ("talk.B", REMOVED),
    ("talk.C", {}),
    ("talk.A.share", 1.2),
    ("talk.A.words_per_minute", -1),
    ("guidelines.0.id", "Full Attention"),
    ("guidelines.0.partner", "AB"),
    ("guidelines.0.score", 101),
    ("guidelines.0.score", None),
    ("guidelines.0.low", None),
    ("guidelines.0.withheld", "too little"),
    ("guidelines.0.withheld", ""),
    ("guidelines.0.basis", "guessed"),
    ("guidelines.0.measurements.0.unit", "percent"),
    ("guidelines.0.measurements.0.part", 0.5),
    ("guidelines.0.measurements.0.whole", -1),
    ("guidelines.1.evidence.0.reason", REMOVED),
    ("review.judgements", REMOVED),
    ("review.judgements.0.by", "C"),
    ("review.judgements.0.at", "yesterday"),
    ("review.judgements.0.moment.what", "turn"),
    ("review.judgements.0.moment.speaker", "therapist"),
    ("review.judgements.0.aspect", "tone"),
    ("review.judgements.0.label", "sarcasm"),
    ("review.judgements.0.value", None),
    ("review.judgements.0.counts", "yes"),
    ("review.agreement.0.between", ["machine"]),
    ("review.agreement.0.between.0", "nobody"),
    ("review.agreement.0.judged", -1),
    ("review.agreement.0.kappa", 1.1),
]


def changed(report: Report, path: str, value: object) -> dict[str, Any]:
    """The document of a report with one value set or removed; a path names keys and indices."""
    read: Any = json.loads(json.dumps(document(report)))
    place: Any = read
    *way, last = (int(step) if step.isdigit() else step for step in path.replace("-3.0", "-3_0").split("."))
    for step in way:
        place = place[step]
    last = last.replace("_0", ".0") if isinstance(last, str) and "-3" in last else last
    if value is REMOVED:
        del place[last]
    else:
        place[last] = value
    result: dict[str, Any] = read
    return result


def is_valid(name: str, instance: object) -> bool:
    return bool(Draft202012Validator(schema(name)).is_valid(instance))


@pytest.mark.parametrize("name", ["report", "labels", "listener.report/1", "listener.labels/1"])
def test_the_schemas_are_valid_schemas_under_both_names(name: str) -> None:
    published = schema(name)
    Draft202012Validator.check_schema(published)
    assert name in str(published["$id"])


def test_an_unknown_schema_is_a_usage_error_that_lists_the_names() -> None:
    with pytest.raises(BadUsage, match="report, labels"):
        schema("scores")


def test_reports_follow_the_schema(sample: Report, silent: Report, hostile: Report, titles: dict[str, str]) -> None:
    validator = Draft202012Validator(schema("report"))
    for report in (sample, silent, hostile):
        assert [error.message for error in validator.iter_errors(document(report, titles))] == []


@pytest.mark.parametrize(("path", "value"), BROKEN)
def test_schema_and_reader_refuse_the_same_documents(sample: Report, path: str, value: object) -> None:
    instance = changed(sample, path, value)
    assert not is_valid("report", instance)
    with pytest.raises(BadTranscript):
        parse(json.dumps(instance).encode())


@pytest.mark.parametrize(
    "path",
    [
        "provenance",
        "session",
        "session.partners.0",
        "speech.0",
        "turns.0",
        "overlaps.0",
        "utterances.0",
        "utterances.0.words.0",
        "utterances.0.behaviours.0",
        "talk",
        "talk.A",
        "guidelines.0",
        "guidelines.0.measurements.0",
        "guidelines.1.evidence.0",
        "advice",
    ],
)
def test_schema_and_reader_refuse_a_key_that_the_contract_does_not_have(sample: Report, path: str) -> None:
    instance = changed(sample, f"{path}.surprise", 1)
    assert not is_valid("report", instance)
    with pytest.raises(BadTranscript, match="surprise"):
        parse(json.dumps(instance).encode())


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("session.notes", REMOVED),
        ("session.recorded_at", "2025-03-01T19:30Z"),
        ("guidelines.0.title", "Any title"),
        ("guidelines.0.measurements.0.part", -20),
        ("talk.A.share", 1),
    ],
)
def test_schema_and_reader_accept_the_same_documents(sample: Report, path: str, value: object) -> None:
    instance = changed(sample, path, value)
    assert is_valid("report", instance)
    parse(json.dumps(instance).encode())


def test_the_lists_of_names_are_those_of_the_domain() -> None:
    labels = [str(label) for label in BehaviourLabel]
    for name in ("report", "labels"):
        definitions: Any = schema(name)["$defs"]
        assert definitions["behaviour"]["properties"]["label"]["enum"] == labels
    report: Any = schema("report")["$defs"]
    assert report["overlap"]["properties"]["kind"]["enum"] == [str(kind) for kind in OverlapKind]
    assert report["partner"]["properties"]["role"]["enum"] == [str(role) for role in Role]


def test_every_object_of_the_schemas_is_closed() -> None:
    def objects(node: object) -> list[dict[str, Any]]:
        if isinstance(node, list):
            return [found for item in node for found in objects(item)]
        if not isinstance(node, dict):
            return []
        own = [node] if node.get("type") == "object" else []
        return own + [found for item in node.values() for found in objects(item)]

    for name in ("report", "labels"):
        open_ones = [node for node in objects(schema(name)) if "additionalProperties" not in node]
        assert open_ones == ([{"type": "object"}] if name == "report" else [])  # the parameters are free


LABELS: dict[str, Any] = {
    "schema": "listener.labels/1",
    "utterances": [
        {"speaker": "A", "text": "How was it?", "behaviours": [{"label": "open_question", "probability": 0.9}]},
        {"speaker": "client", "text": "", "start_ms": 0, "end_ms": 900, "behaviours": []},
    ],
}


def test_labels_follow_their_schema() -> None:
    assert is_valid("labels", LABELS)


@pytest.mark.parametrize(
    "entry",
    [
        {"text": "no speaker", "behaviours": []},
        {"speaker": "A", "text": "x"},
        {"speaker": "A", "text": "x", "behaviours": ["advice"]},
        {"speaker": "A", "text": "x", "behaviours": [{"label": "joke", "probability": 0.5}]},
        {"speaker": "A", "text": "x", "behaviours": [{"label": "advice", "probability": 1.5}]},
        {"speaker": "A", "text": "x", "behaviours": [], "start_ms": 5},
        {"speaker": "A", "text": "x", "behaviours": [], "start_ms": 0.5, "end_ms": 2},
        {"speaker": "A", "text": "x", "behaviours": [], "mood": "calm"},
    ],
)
def test_broken_labels_are_refused(entry: dict[str, Any]) -> None:
    broken = copy.deepcopy(LABELS)
    broken["utterances"].append(entry)
    assert not is_valid("labels", broken)
