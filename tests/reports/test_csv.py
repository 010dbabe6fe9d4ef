from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest

from listener.domain.report import Report
from listener.reports.events_csv import HEAD as EVENTS_HEAD
from listener.reports.events_csv import EventsCsvReport
from listener.reports.measurements_csv import HEAD as MEASUREMENTS_HEAD
from listener.reports.measurements_csv import MeasurementsCsvReport
from listener.reports.wording import plain_text
from tests.reports.hostile_texts import TEXTS, says

RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r")


def rows(rendered: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(rendered.decode("utf-8-sig"), newline="")))


def test_the_files_are_pinned(sample: Report, titles: dict[str, str], golden: Callable[[str, bytes], None]) -> None:
    golden("events.csv", EventsCsvReport().render(sample))
    golden("measurements.csv", MeasurementsCsvReport(titles).render(sample))


def test_every_event_has_its_row_in_order_of_time(sample: Report) -> None:
    events = rows(EventsCsvReport().render(sample))
    kinds = [event["kind"] for event in events]
    assert kinds.count("overlap") == len(sample.overlaps)
    assert kinds.count("behaviour") == sum(len(u.behaviours) for u in sample.utterances)
    assert kinds.count("moment") == sum(len(score.evidence) for score in sample.guidelines)
    assert kinds.count("judgement") == 3
    promises = [(e["start_ms"], e["at"], e["name"], e["text"]) for e in events[-2:] if e["kind"] == "promise"]
    assert promises == [
        ("", "", "Anna", "I will ask about your evening."),
        ("", "", "Ben", "I will call when I am late."),
    ]
    starts = [int(event["start_ms"]) for event in events[:-2]]
    assert starts == sorted(starts)
    interruption = next(event for event in events if event["label"] == "interruption")
    assert (interruption["partner"], interruption["name"], interruption["probability"]) == ("B", "Ben", "0.88")


def test_measurements_keep_part_and_whole_beside_the_score(sample: Report) -> None:
    measured = rows(MeasurementsCsvReport().render(sample))
    shared = next(row for row in measured if row["guideline"] == "share-the-floor")
    assert (shared["name"], shared["part"], shared["whole"], shared["value"]) == ("Both", "110000", "231000", "0.4762")
    assert (shared["score"], shared["low"], shared["high"], shared["basis"]) == ("94", "85", "98", "measured")
    withheld = next(row for row in measured if row["guideline"] == "right-time")
    assert (withheld["measurement"], withheld["score"]) == ("", "")
    assert withheld["withheld"] == "You were not asked at the end of this session."
    assert {row["guideline"] for row in measured} == {score.id for score in sample.guidelines}


def test_spreadsheets_learn_the_encoding_and_find_whole_lines(sample: Report) -> None:
    rendered = EventsCsvReport().render(sample)
    assert rendered.startswith("\ufeff".encode())
    assert rendered.count(b"\r\n") == rendered.count(b"\n")


def test_silence_has_heads_alone(silent: Report) -> None:
    assert rows(EventsCsvReport().render(silent))[0]["kind"] == "judgement"
    assert len(rows(MeasurementsCsvReport().render(silent))) == 1


@pytest.mark.parametrize("name", TEXTS)
def test_texts_stay_texts(sample: Report, name: str) -> None:
    report = says(sample, TEXTS[name])
    shown = plain_text(TEXTS[name])
    for rendered, head in (
        (EventsCsvReport().render(report), EVENTS_HEAD),
        (MeasurementsCsvReport().render(report), MEASUREMENTS_HEAD),
    ):
        cells = list(csv.reader(io.StringIO(rendered.decode("utf-8-sig"), newline="")))
        assert tuple(cells[0]) == head
        assert {len(row) for row in cells} == {len(head)}
        texts = [cell for row in cells[1:] for cell in row]
        assert not any(cell.startswith(RUN_BY_SPREADSHEETS) for cell in texts)
        assert f"'{shown}" in texts if shown.startswith(RUN_BY_SPREADSHEETS) else shown in texts


def test_a_negative_number_is_a_number_and_a_negative_text_is_not() -> None:
    from listener.reports.csv_cells import csv_bytes  # noqa: PLC0415

    assert csv_bytes(("a", "b"), [(-5, "-5")]).endswith(b"-5,'-5\r\n")
