"""`listener report` as people run it, on a stored session with the sample report."""

from __future__ import annotations

import contextlib
import io
import json
import os
import pty
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import click
import numpy as np
import pypdf
import pytest
import soundfile
from click.testing import CliRunner, Result

from listener.adapters.audit_log import AUDIT_FILE
from listener.adapters.session_folder import SessionFolder, sessions_folder
from listener.app.cli import cli
from listener.app.report_cli import CHOICES
from listener.app.report_formats import FORMATS
from listener.app.report_source import find_report
from listener.domain.span import Span
from listener.domain.speech import Utterance, Word
from listener.errors import BadAudio, BadSession, BadTranscript, BadUsage, ListenerError, MissingPackage, OutputExists
from listener.reports.json_report import parse
from listener.reports.json_report import render as as_json
from tests.stored import store_example
from tests.talk_report import talk_report

ID = "20261123-190000"
ENDINGS = {
    *("-events.csv", "-measurements.csv", ".TextGrid", ".eaf", ".html", ".json", ".md", ".pdf", ".rttm"),
    *(".srt", ".txt", ".vtt", ".wav"),
}


@pytest.fixture(name="session")
def stored_session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SessionFolder:
    """A session with a report, its folder below the user's own; commands run in an empty folder."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    if not sessions_folder().is_relative_to(tmp_path):
        pytest.skip("this system keeps data elsewhere whatever the environment says")
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    folder = store_example(sessions_folder())
    folder.write("report.json", as_json(talk_report()))
    return folder


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["report", *arguments], catch_exceptions=False)


def refused(kind: type[ListenerError], *arguments: str) -> ListenerError:
    with pytest.raises(kind) as error:
        run(*arguments)
    return error.value


def noted(folder: SessionFolder) -> list[tuple[str, str, str]]:
    log = folder.path.parent / AUDIT_FILE
    lines = [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []
    return [(line["action"], line["session"], line.get("format", "")) for line in lines]


def test_the_names_of_the_formats_are_the_table(session: SessionFolder) -> None:
    assert tuple(FORMATS) == CHOICES


@pytest.mark.parametrize(
    "named", [ID, "last", "2026112", "{folder}", "{folder}/report.json", "{folder}/recording.flac"]
)
def test_a_session_is_found_by_all_its_names(session: SessionFolder, named: str) -> None:
    done = run(named.format(folder=session.path), "--format", "json")
    assert parse(done.stdout_bytes) == talk_report()
    assert noted(session) == [("export", ID, "json")]


def test_last_is_the_newest(session: SessionFolder) -> None:
    newer = store_example(sessions_folder(), id="20261124-190000", started_at="2026-11-24T19:00:00+01:00")
    error = refused(BadSession, "last")
    assert error.message == f"The session {newer.path.name} has no report yet."
    assert "its report is made there" in error.hint


def test_a_beginning_of_two_ids_is_not_guessed(session: SessionFolder) -> None:
    store_example(sessions_folder(), id="20261124-190000", started_at="2026-11-24T19:00:00+01:00")
    assert "2 sessions begin with '2026'" in refused(BadSession, "2026").message
    assert run("20261123").exit_code == 0


@pytest.mark.parametrize("named", ["nobody", "", "../x", "20991231-000000", ".", "x" * 5_000])
def test_what_is_no_session_is_told(session: SessionFolder, named: str) -> None:
    assert "There is no session" in refused(BadSession, named).message


@pytest.mark.parametrize("named", [".", "report.json", "recording.flac"])
def test_inside_its_folder_a_session_is_still_known(
    session: SessionFolder, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    monkeypatch.chdir(session.path)
    assert run(named, "--format", "rttm").stdout_bytes
    assert noted(session) == [("export", ID, "rttm")]


def test_on_a_terminal_a_report_is_shown_which_is_no_export(session: SessionFolder) -> None:
    reader, terminal = pty.openpty()
    command = [sys.executable, "-m", "listener", "report", "last"]
    with subprocess.Popen(
        command, stdout=terminal, stdin=subprocess.DEVNULL, env=os.environ | {"TERM": "xterm"}
    ) as shown:
        os.close(terminal)
        text = b""
        with contextlib.suppress(OSError):  # how Linux tells that the other end was closed
            while part := os.read(reader, 4096):
                text += part
    os.close(reader)
    assert shown.returncode == 0
    assert b"\x1b[" in text
    assert noted(session) == [("open", ID, "")]
    refused_there = subprocess.run([*command, "--format", "all", "--out", "-"], capture_output=True, check=False)
    assert refused_there.returncode == 2


def test_without_sessions_last_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert refused(BadSession, "last").message == "There are no sessions yet."


@pytest.mark.parametrize("form", ["json", "md", "txt", "srt", "vtt", "rttm", "textgrid", "eaf"])
def test_texts_go_to_stdout_and_the_same_into_a_file(session: SessionFolder, form: str) -> None:
    printed = run("last", "--format", form)
    assert printed.stdout_bytes
    assert list(Path().iterdir()) == []
    assert run("last", "--format", form, "--out", "sub/talk").stdout_bytes == b""
    assert (
        Path("sub/talk").read_bytes()
        == printed.stdout_bytes
        == run("last", "--format", form, "--out", "-").stdout_bytes
    )
    assert noted(session) == [("export", ID, form)] * 3


def test_a_report_of_a_session_is_the_stored_one(session: SessionFolder) -> None:
    titles = find_report("last", sessions_folder()).titles
    session.write("report.json", as_json(talk_report(), titles))
    assert run("last", "--format", "json").stdout_bytes == (session.path / "report.json").read_bytes()


def test_pdf_csv_and_wav_get_a_name_in_the_current_folder(session: SessionFolder) -> None:
    for form in ("pdf", "csv", "wav"):
        assert "Written: " in run("last", "--format", form).stderr
    assert {path.name for path in Path().iterdir()} == {
        f"listener-{ID}{ending}" for ending in (".pdf", ".wav", "-events.csv", "-measurements.csv")
    }
    assert run("last", "--format", "pdf", "--out", "-").stdout_bytes == Path(f"listener-{ID}.pdf").read_bytes()
    original, _ = soundfile.read(session.recording, dtype="int16")
    assert np.array_equal(soundfile.read(f"listener-{ID}.wav", dtype="int16")[0], original)


def test_all_is_a_folder_with_everything(session: SessionFolder) -> None:
    done = run("last", "--format", "all")
    assert {path.name for path in Path(f"listener-{ID}").iterdir()} == {f"listener-{ID}{ending}" for ending in ENDINGS}
    assert "Left out" not in done.stderr
    assert noted(session) == [("export", ID, "all")]
    assert all(path.stat().st_mode & 0o077 == 0 for path in Path(f"listener-{ID}").iterdir())


def test_all_says_what_it_leaves_out_and_why(session: SessionFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    session.write("report.json", as_json(replace(talk_report(), utterances=())))
    done = run("last", "--format", "all", "--no-sound", "--out", "x")
    left_out = re.findall(r"Left out: (\w+)\.", done.stderr)
    assert sorted(left_out) == ["pdf", "srt", "vtt"]
    assert "listener-practice[pdf]" in done.stderr
    assert {path.name.removeprefix(f"listener-{ID}") for path in Path("x").iterdir()} == ENDINGS - {
        ".pdf",
        ".srt",
        ".vtt",
        ".wav",
    }


def test_html_holds_the_sound_unless_it_is_left_out(session: SessionFolder) -> None:
    run("last", "--format", "html", "--out", "with.html")
    run("last", "--format", "html", "--out", "without.html", "--no-sound")
    run("last", "--format", "html", "--out", "renamed.html", "--pseudonyms")
    assert "audio/mpeg" in Path("with.html").read_text(encoding="utf-8")
    for silent in ("without.html", "renamed.html"):
        assert "audio/mpeg" not in Path(silent).read_text(encoding="utf-8")


def test_nothing_is_overwritten_without_force(session: SessionFolder) -> None:
    Path("mine.md").write_text("mine")
    error = refused(OutputExists, "last", "--format", "md", "--out", "mine.md")
    assert "--force" in error.hint
    assert Path("mine.md").read_text() == "mine"
    assert noted(session) == []
    run("last", "--format", "md", "--out", "mine.md", "--force")
    assert Path("mine.md").read_text().startswith("# Listener")


def test_of_many_files_none_is_written_where_one_is_in_the_way(session: SessionFolder) -> None:
    Path("x").mkdir()
    Path(f"x/listener-{ID}.wav").write_text("mine")
    refused(OutputExists, "last", "--format", "all", "--out", "x")
    assert [path.name for path in Path("x").iterdir()] == [f"listener-{ID}.wav"]
    assert run("last", "--format", "all", "--out", "x", "--force").exit_code == 0
    assert len(list(Path("x").iterdir())) == len(ENDINGS)


def test_a_folder_as_out_gets_the_usual_name(session: SessionFolder) -> None:
    Path("there").mkdir()
    run("last", "--format", "md", "--out", "there")
    run("last", "--format", "txt", "--out", "new/")
    assert Path(f"there/listener-{ID}.md").is_file()
    assert Path(f"new/listener-{ID}.txt").is_file()


def test_a_place_that_cannot_be_written_is_told(session: SessionFolder) -> None:
    Path("file").write_text("")
    assert "cannot be written" in refused(OutputExists, "last", "--format", "md", "--out", "file/talk.md").message
    Path("folder.md/sub").mkdir(parents=True)
    refused(OutputExists, "last", "--format", "all", "--out", "file")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--format", "csv", "--out", "talk.csv"], "csv is 2 files"),
        (["--format", "csv", "--out", "-"], "stdout"),
        (["--format", "wav", "--out", "-"], "stdout"),
        (["--format", "all", "--out", "-"], "all is a folder of files"),
        (["--format", "wav", "--pseudonyms"], "other names"),
    ],
)
def test_what_does_not_go_together_is_told(session: SessionFolder, arguments: list[str], complaint: str) -> None:
    assert complaint in refused(BadUsage, "last", *arguments).message
    assert noted(session) == []


@pytest.mark.parametrize("form", ["html", "wav"])
def test_a_folder_is_no_recording(session: SessionFolder, form: str) -> None:
    assert refused(BadAudio, "last", "--format", form, "--audio", ".", "--out", "x").message == ". is a folder."


@pytest.mark.parametrize("form", ["html", "wav"])
@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_recording_that_may_not_be_read_is_told(session: SessionFolder, form: str) -> None:
    session.recording.chmod(0)
    fault = refused(BadAudio, "last", "--format", form, "--out", "x")
    assert "Permission denied" in fault.message
    assert "permissions" in fault.hint


def test_a_partner_is_named_once(session: SessionFolder) -> None:
    with pytest.raises(click.UsageError, match="twice"):
        CliRunner().invoke(
            cli,
            ["report", "last", "--partner", "A=x", "--partner", "A=y"],
            catch_exceptions=False,
            standalone_mode=False,
        )


def test_pseudonyms_are_in_every_file_and_the_sound_in_none(session: SessionFolder) -> None:
    done = run("last", "--format", "all", "--pseudonyms", "--partner", "B=Kim", "--out", "x")
    assert done.stderr.count("Left out") == 1
    assert "Left out: wav. In a recording the real names may be heard." in done.stderr
    assert {path.name.removeprefix(f"listener-{ID}") for path in Path("x").iterdir()} == ENDINGS - {".wav"}
    for path in Path("x").iterdir():
        if path.suffix == ".pdf":
            text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(path.read_bytes())).pages)
        else:
            text = path.read_text(encoding="utf-8")
        assert not re.search(r"\b(anna|ben)\b", text, re.IGNORECASE), path.name
        assert re.search(r"Partner[ _]A", text), path.name
        assert "Kim" in text, path.name


def test_a_partner_alone_can_be_renamed(session: SessionFolder) -> None:
    report = parse(run("last", "--format", "json", "--partner", "A=Kim").stdout_bytes)
    assert [partner.name for partner in report.session.partners] == ["Kim", "Ben"]


def test_without_typst_pdf_is_refused_with_a_hint(session: SessionFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    error = refused(MissingPackage, "last", "--format", "pdf")
    assert "pip install" in error.hint
    assert list(Path().iterdir()) == []


def test_without_words_captions_are_refused_with_a_hint(session: SessionFolder) -> None:
    session.write("report.json", as_json(replace(talk_report(), utterances=())))
    assert "rttm" in refused(BadSession, "last", "--format", "srt").hint
    assert run("last", "--format", "rttm").stdout_bytes


def test_a_report_file_needs_the_recording_named(session: SessionFolder) -> None:
    Path("report.json").write_bytes(as_json(talk_report()))
    assert run("report.json", "--format", "vtt").stdout_bytes.startswith(b"WEBVTT")
    assert "--audio" in refused(BadSession, "report.json", "--format", "wav").hint
    done = run("report.json", "--format", "wav", "--audio", str(session.recording))
    assert "listener-report.wav" in done.stderr
    assert noted(session) == []


def test_what_is_no_report_is_told(session: SessionFolder) -> None:
    Path("other.json").write_text("{}")
    refused(BadTranscript, "other.json")


def test_the_export_can_be_scored_again(session: SessionFolder) -> None:
    talk = talk_report()
    for form in ("textgrid", "eaf"):
        run("last", "--format", form, "--out", f"talk.{form}")
        scored = CliRunner().invoke(cli, ["score", f"talk.{form}", "--json"], catch_exceptions=False)
        again = parse(scored.stdout_bytes)
        assert again.speech == talk.speech
        assert [(u.partner, u.span, u.text) for u in again.utterances] == [
            (u.partner, u.span, u.text) for u in talk.utterances
        ]
        assert [partner.name for partner in again.session.partners] == ["Anna", "Ben"]


STRUCK = Span(10_000, 20_000)


def struck_session(folder: SessionFolder) -> None:
    """Ten seconds are off the record: silent in the recording, and in the record; the report is older than that."""
    folder.save(replace(folder.load(), struck=(STRUCK,)))
    sound, rate = soundfile.read(folder.recording, dtype="int16")
    sound[STRUCK.start * rate // 1000 : STRUCK.end * rate // 1000] = 0
    soundfile.write(folder.recording, sound, rate)
    secret = Utterance("B", Span(12_000, 13_000), "Secret.", (Word("Secret.", Span(12_000, 13_000), 0.9),))
    talk = talk_report()
    kept = tuple(u for u in talk.utterances if not u.span.overlap_ms(STRUCK))
    folder.write("report.json", as_json(replace(talk, utterances=(*kept, secret))))


def test_no_export_holds_anything_of_a_struck_passage(session: SessionFolder) -> None:
    struck_session(session)
    run("last", "--format", "all", "--out", "x")
    for path in Path("x").iterdir():
        if path.suffix == ".pdf":
            text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(path.read_bytes())).pages)
        elif path.suffix == ".wav":
            sound, rate = soundfile.read(path, dtype="int16")
            assert not sound[STRUCK.start * rate // 1000 : STRUCK.end * rate // 1000].any()
            assert sound.any()
            continue
        else:
            text = path.read_text(encoding="utf-8")
        assert "Secret" not in text, path.name
