"""Time planned together: kept, found again, next, and as a calendar that others can read."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from icalendar import Calendar

from listener.adapters.calendar_ics import calendar
from listener.adapters.plans_json import LONGEST_TITLE
from listener.app.cli import cli
from listener.app.time_together import TimeTogether, first_start, next_start, when_told
from listener.domain.together import PlannedTime
from listener.errors import BadPlan, BadUsage, DiskFull, OutputExists
from tests.full_disk import no_file_longer_than

MONDAY = datetime.fromisoformat("2026-11-23T20:00:00+01:00")


@pytest.fixture
def together(tmp_path: Path) -> TimeTogether:
    numbers = count(1)
    return TimeTogether(tmp_path / "plans.json", lambda: f"plan-{next(numbers)}@listener")


def wall(plan: PlannedTime, now: datetime) -> str:
    start = next_start(plan, now)
    return f"{start:%a %d %H:%M}" if start else ""


def test_plans_come_back_as_they_were_made(together: TimeTogether, tmp_path: Path) -> None:
    made = [
        together.add("Date night", "thu, MON,Thursday", "9:30", 90, MONDAY, "free-talk"),
        together.add("Christmas", "2026-12-24", "18:00", 30, MONDAY),
    ]
    assert list(together.all()) == made
    assert (made[0].days, made[0].at, made[0].date) == (("mon", "thu"), "09:30", "")
    assert [when_told(plan) for plan in made] == ["Mon, Thu 09:30, 90 min", "2026-12-24 18:00, 30 min"]
    assert (tmp_path / "plans.json").stat().st_mode & 0o077 == 0
    assert together.remove(1) == made[0]
    assert list(together.all()) == [made[1]]


def test_without_plans_there_is_nothing(together: TimeTogether) -> None:
    assert together.all() == ()
    assert together.next(MONDAY) is None
    for number in (0, 1, -1):
        with pytest.raises(BadPlan, match="no plan"):
            together.remove(number)


@pytest.mark.parametrize(
    ("on", "at", "minutes", "title"),
    [
        ("someday", "19:30", 30, "x"),
        ("", "19:30", 30, "x"),
        ("mon,", "19:30", 30, "x"),
        ("monkey", "19:30", 30, "x"),
        ("2026-02-30", "19:30", 30, "x"),
        ("2026-11-22", "19:30", 30, "x"),
        ("2026-11-23", "19:00", 30, "x"),
        ("mon", "24:00", 30, "x"),
        ("mon", "7", 30, "x"),
        ("mon", "19:30", 0, "x"),
        ("mon", "19:30", 1441, "x"),
        ("mon", "19:30", 30, " \n"),
        ("mon", "19:30", 30, "x" * (LONGEST_TITLE + 1)),
    ],
)
def test_what_cannot_be_planned_is_told(together: TimeTogether, on: str, at: str, minutes: int, title: str) -> None:
    with pytest.raises(BadPlan):
        together.add(title, on, at, minutes, MONDAY)
    assert together.all() == ()


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "[]",
        '{"schema": "listener.plans/2", "plans": []}',
        '{"schema": "listener.plans/1", "plans": [{}]}',
    ],
)
def test_a_damaged_file_is_told_and_kept(together: TimeTogether, tmp_path: Path, content: str) -> None:
    (tmp_path / "plans.json").write_text(content)
    for use in (together.all, lambda: together.add("x", "mon", "19:30", 30, MONDAY), lambda: together.remove(1)):
        with pytest.raises(BadPlan, match="damaged"):
            use()
    assert (tmp_path / "plans.json").read_text() == content


@pytest.mark.parametrize("change", [{"days": []}, {"date": "2026-12-24"}, {"days": [], "date": "2026-02-31"}])
def test_a_plan_without_a_day_is_damaged(together: TimeTogether, tmp_path: Path, change: dict[str, object]) -> None:
    together.add("x", "mon", "19:30", 30, MONDAY)
    file = json.loads((tmp_path / "plans.json").read_text())
    file["plans"][0] |= change
    (tmp_path / "plans.json").write_text(json.dumps(file))
    with pytest.raises(BadPlan):
        together.all()


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    with no_file_longer_than(10), pytest.raises(DiskFull):
        TimeTogether(tmp_path / "plans.json").add("x", "mon", "19:30", 30, MONDAY)


def test_the_next_time_is_told_until_it_is_over(together: TimeTogether) -> None:
    weekly = together.add("talk", "mon,thu", "19:30", 45, MONDAY)
    once = together.add("Christmas", "2026-11-24", "23:50", 30, MONDAY)
    assert wall(weekly, MONDAY) == "Mon 23 19:30"
    assert wall(weekly, MONDAY + timedelta(minutes=15)) == "Thu 26 19:30"
    assert wall(weekly, MONDAY + timedelta(days=4)) == "Mon 30 19:30"
    assert wall(once, MONDAY + timedelta(days=1, hours=4)) == "Tue 24 23:50"
    assert wall(once, MONDAY + timedelta(days=1, hours=4, minutes=20)) == ""
    occasion = together.next(MONDAY + timedelta(hours=1))
    assert occasion is not None
    assert occasion.told == "Tue 24 Nov 23:50 · Christmas"


def test_a_time_around_midnight_goes_on(together: TimeTogether) -> None:
    plan = together.add("late", "mon", "23:30", 60, MONDAY)
    assert wall(plan, MONDAY.replace(hour=23, minute=59)) == "Mon 23 23:30"
    assert wall(plan, MONDAY + timedelta(hours=4, minutes=29)) == "Mon 23 23:30"
    assert wall(plan, MONDAY + timedelta(hours=4, minutes=30)) == "Mon 30 23:30"


def as_calendar(*plans: PlannedTime) -> bytes:
    return calendar(
        [(plan, first_start(plan)) for plan in plans], {plan.uid: "To practise: Free talk" for plan in plans}
    )


def test_a_calendar_can_be_read_by_others(together: TimeTogether) -> None:
    weekly = together.add("Date; night, \\ and so", "sun,tue", "19:30", 90, MONDAY)
    once = together.add("Christmas", "2026-12-24", "18:00", 30, MONDAY)
    written = as_calendar(weekly, once)
    assert written == as_calendar(weekly, once)
    read = Calendar.from_ical(written)
    assert (str(read["version"]), bool(read["prodid"])) == ("2.0", True)
    first, second = read.walk("VEVENT")
    assert (str(first["uid"]), str(second["uid"])) == ("plan-1@listener", "plan-2@listener")
    assert str(first["summary"]) == weekly.title
    assert first.decoded("dtstamp") == MONDAY.astimezone(UTC)
    assert first.decoded("dtstart") == datetime(2026, 11, 24, 19, 30)  # noqa: DTZ001  # floating, as it is meant
    assert first.decoded("duration") == timedelta(minutes=90)
    assert first["rrule"].to_ical() == b"FREQ=WEEKLY;BYDAY=TU,SU"
    assert second.decoded("dtstart") == datetime(2026, 12, 24, 18, 0)  # noqa: DTZ001  # as above
    assert "rrule" not in second


HOSTILE = {
    "lines": "evening\r\nEND:VEVENT\nBEGIN:VALARM\rATTACH:file",
    "escapes": 'semi;comma,back\\slash\\n"quote":colon',
    "long": "x" * 10_000,
    "wide": "🫶" * 2_000,
    "direction": "abc\u202egnp.exe\u200f\u2066\u2069",
    "control": "bell\x07null\x00escape\x1b[31mdelete\x7f\x85\u2028\u2029end",
    "surrogate": "half\ud800",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_titles_stay_text(together: TimeTogether, name: str) -> None:
    plan = together.add(HOSTILE[name], "mon", "19:30", 30, MONDAY)
    assert list(together.all()) == [plan]
    written = as_calendar(plan)
    lines = written.split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= 75 for line in lines)
    assert not any(byte < 32 or byte == 127 for line in lines for byte in line)
    unfolded = written.replace(b"\r\n ", b"").split(b"\r\n")
    assert sum(line.startswith(b"BEGIN:") for line in unfolded) == 2
    (event,) = Calendar.from_ical(written).walk("VEVENT")
    assert str(event["summary"]) == plan.title
    assert not any(mark in plan.title for mark in "\n\r\x00\x1b\u202e\u2066\ud800\u2028")
    occasion = together.next(MONDAY)
    assert occasion is not None
    assert len(occasion.told) < 90
    assert "\n" not in occasion.told


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["plan", *arguments], catch_exceptions=False)


def test_plans_by_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    assert "Nothing is planned yet" in run("list").stderr
    with pytest.raises(BadPlan):
        run("export", "plans.ics")
    run("add", "Date night", "--on", "mon,thu", "--at", "19:30", "--minutes", "90", "--scenario", "free-talk")
    with pytest.raises(BadUsage):
        run("add", "x", "--on", "mon", "--at", "19:30", "--minutes", "30", "--scenario", "chess")
    run("add", "New year", "--on", "2099-12-31", "--at", "23:30", "--minutes", "60")
    listed = run("list").stdout.splitlines()
    assert [line.split()[0] for line in listed] == ["1", "2"]
    assert "next 2099-12-31 23:30" in listed[1]
    entries = json.loads(run("list", "--json").stdout)
    assert entries["schema"] == "listener.planned/1"
    assert [(plan["number"], plan["title"], plan["scenario"]) for plan in entries["plans"]] == [
        (1, "Date night", "free-talk"),
        (2, "New year", ""),
    ]
    run("export", "plans.ics")
    written = (tmp_path / "plans.ics").read_bytes()
    assert b"DESCRIPTION:To practise: Free talk\r\n" in written
    with pytest.raises(OutputExists):
        run("export", "plans.ics")
    run("export", "plans.ics", "--force")
    assert (tmp_path / "plans.ics").read_bytes() == written
    assert run("export", "-").stdout_bytes == written
    assert not (tmp_path / "-").exists()
    (tmp_path / "link.ics").symlink_to(tmp_path / "absent")
    with pytest.raises(OutputExists):
        run("export", "link.ics")
    run("remove", "1")
    assert len(run("list").stdout.splitlines()) == 1
    assert (tmp_path / "home" / "listener" / "plans.json").exists()
