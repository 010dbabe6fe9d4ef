from __future__ import annotations

import json
import math
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace

import pytest

from listener.domain.report import Measurement, Report, Talk
from listener.domain.speech import Behaviour, BehaviourLabel
from listener.errors import BadTranscript
from listener.reports.json_report import JsonReport, document, parse, render


def test_a_report_survives_writing_and_reading(sample: Report, silent: Report, titles: dict[str, str]) -> None:
    assert parse(render(sample)) == sample
    assert parse(render(silent)) == silent
    assert parse(render(sample, titles)) == sample


def test_the_document_is_pinned_byte_by_byte(
    sample: Report, titles: dict[str, str], golden: Callable[[str, bytes], None]
) -> None:
    golden("report.json", JsonReport(titles).render(sample))


def test_equal_reports_give_the_same_bytes(sample: Report) -> None:
    made = sample.provenance
    shuffled = replace(
        sample,
        provenance=replace(
            made,
            models=dict(reversed(list(made.models.items()))),
            parameters=dict(reversed(list(made.parameters.items()))),
        ),
        talk=dict(reversed(list(sample.talk.items()))),
    )
    assert shuffled == sample
    assert render(shuffled) == render(sample)


def test_the_text_is_utf8_of_bounded_lines_with_one_newline_at_its_end(sample: Report) -> None:
    first, second = sample.session.partners
    data = render(replace(sample, session=replace(sample.session, partners=(replace(first, name="Zoë"), second))))
    text = data.decode("utf-8")
    assert '"name": "Zoë"' in text
    assert text.endswith("}\n")
    assert not text.endswith("\n\n")
    assert max(map(len, text.splitlines())) < 200


def test_keys_and_behaviours_are_in_the_order_of_the_contract(sample: Report) -> None:
    backwards = replace(sample.utterances[0], behaviours=sample.utterances[0].behaviours[::-1])
    written = json.loads(render(replace(sample, utterances=(backwards,))))
    assert list(written)[:3] == ["schema", "provenance", "session"]
    assert list(written["overlaps"][0]) == ["start_ms", "end_ms", "holder", "incomer", "kind", "confidence"]
    assert [b["label"] for b in written["utterances"][0]["behaviours"]] == ["feeling_statement", "self_disclosure"]


def test_floats_have_at_most_four_decimals(sample: Report) -> None:
    labelled = replace(sample.utterances[0], behaviours=(Behaviour(BehaviourLabel.BLAME, 1 / 3),))
    row = replace(sample.guidelines[0], measurements=(Measurement("x", 2, 3, "share"), Measurement("y", 0, 0, "share")))
    changed = replace(
        sample,
        utterances=(labelled,),
        talk={"A": Talk(1, 2 / 3, 1, 100 / 7), "B": Talk(1, -0.0, 1, None)},
        guidelines=(row,),
    )
    written = json.loads(render(changed))
    assert written["utterances"][0]["behaviours"][0]["probability"] == 0.3333
    assert written["talk"]["A"]["share"] == 0.6667
    assert written["talk"]["A"]["words_per_minute"] == 14.2857
    assert [m["value"] for m in written["guidelines"][0]["measurements"]] == [0.6667, None]
    assert b"-0.0" not in render(changed)


@pytest.mark.parametrize("number", [math.nan, math.inf])
def test_a_number_that_is_not_finite_is_never_written(sample: Report, number: float) -> None:
    with pytest.raises(ValueError, match=r"nan|inf"):
        render(replace(sample, talk={**sample.talk, "A": Talk(1, 0.5, 1, number)}))
    with pytest.raises(ValueError, match="JSON compliant"):
        render(replace(sample, provenance=replace(sample.provenance, parameters={"x": [number]})))


def test_titles_are_added_only_where_given(sample: Report) -> None:
    rows = document(sample, {"validate": "Show it"})["guidelines"]
    assert isinstance(rows, list)
    titled = {str(row["id"]): row.get("title") for row in rows if isinstance(row, dict)}
    assert titled["validate"] == "Show it"
    assert titled["share-the-floor"] is None


def test_hostile_text_is_kept_and_broken_characters_become_visible(hostile: Report) -> None:
    data = render(hostile)
    text = json.loads(data.decode("utf-8"))["utterances"][0]["text"]
    assert text == hostile.utterances[0].text.replace("\ud83d", "\ufffd")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not json",
        b"[]",
        b"{}",
        b'{"schema": "listener.report/0"}',
        b"\xff\xfe\x00",
        b'{"schema": NaN}',
        b'{"a":' * 100_000,
    ],
)
def test_what_is_not_a_report_is_told_with_a_hint(data: bytes) -> None:
    with pytest.raises(BadTranscript, match=r"listener\.report/1") as caught:
        parse(data)
    assert "unchanged" in caught.value.hint


def test_an_error_names_the_place_in_the_document(sample: Report) -> None:
    data = render(sample).replace(b'"duration_ms": 240000', b'"duration_ms": "long"')
    with pytest.raises(BadTranscript, match=r"session\.duration_ms"):
        parse(data)


def test_broken_text_and_spans_that_end_before_they_start_are_refused(sample: Report) -> None:
    data = render(sample)
    for bad in (data.replace(b"lonely", b"l\xffnely"), data.replace(b'"end_ms": 24000', b'"end_ms": 1')):
        assert bad != data
        with pytest.raises(BadTranscript):
            parse(bad)


@pytest.mark.parametrize("module", ["json_report", "markdown_report", "schemas"])
def test_no_terminal_library_is_loaded_for_files(module: str) -> None:
    code = f"import sys, listener.reports.{module}; sys.exit('rich' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_report_of_a_newer_version_says_so(sample: Report) -> None:
    newer = json.loads(render(sample)) | {"schema": "listener.report/2", "something": "new"}
    with pytest.raises(BadTranscript, match="newer version") as told:
        parse(json.dumps(newer).encode())
    assert "Update" in told.value.hint
    with pytest.raises(BadTranscript, match=r"not a listener\.report/1"):
        parse(b'{"schema": "listener.report/0"}')
