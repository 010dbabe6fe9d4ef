"""Files that are whole or not there, whoever else writes in the same folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from listener.adapters.atomic_file import whole_file, write_whole
from listener.errors import DiskFull
from tests.full_disk import no_file_longer_than


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_two_writers_of_one_file_do_not_disturb_each_other(tmp_path: Path) -> None:
    path = tmp_path / "x.srt"
    with whole_file(path) as first:
        first.write_text("first")
        with whole_file(path) as second:
            second.write_text("second")
            assert first.read_text() == "first"
        assert path.read_text() == "second"
    assert path.read_text() == "first"
    assert names(tmp_path) == ["x.srt"]


def test_a_link_in_the_place_of_the_part_leads_nowhere(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("kept")
    (tmp_path / ".x.srt.part").symlink_to(other)
    write_whole(tmp_path / "x.srt", b"words")
    assert other.read_text() == "kept"
    assert (tmp_path / "x.srt").read_bytes() == b"words"
    assert (tmp_path / "x.srt").stat().st_mode & 0o777 == 0o600


def test_a_writer_that_was_killed_leaves_nothing_for_long(tmp_path: Path) -> None:
    for left in (".x.srt.part", ".x.srt.0123abcd.part"):
        (tmp_path / left).write_text("half")
    others = [".x.srt.notes.part", ".y.srt.0123abcd.part"]
    for other in others:
        (tmp_path / other).write_text("of somebody else")
    write_whole(tmp_path / "x.srt", b"words")
    assert names(tmp_path) == [*others, "x.srt"]


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "x.srt"
    write_whole(path, b"before")
    with no_file_longer_than(10), pytest.raises(DiskFull):
        write_whole(path, b"after " * 1000)
    assert path.read_bytes() == b"before"
    assert names(tmp_path) == ["x.srt"]
    with pytest.raises(DiskFull):
        write_whole(tmp_path / "nowhere" / "x.srt", b"words")
