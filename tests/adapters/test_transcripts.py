"""What the readers of transcripts take, and how each refuses what it cannot."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from listener.adapters.transcripts import file_text
from listener.adapters.transcripts.reading import read_transcript
from listener.adapters.transcripts.transcript import Transcript
from listener.domain.span import Span
from listener.domain.speech import Utterance
from listener.errors import BadTranscript
from tests.talk_files import WITH_TEXT, Written, ctm, overlapping_talk, rttm

WITHOUT_TEXT = (Written("talk.rttm", rttm), Written("talk.ctm", lambda talk: ctm(talk, lambda u: u.partner)))
EVERY = pytest.mark.parametrize("written", [*WITH_TEXT, *WITHOUT_TEXT], ids=lambda written: written.name)


def read(folder: Path, name: str, content: str | bytes) -> Transcript:
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return read_transcript(folder / name)


def refused(folder: Path, name: str, content: str | bytes) -> BadTranscript:
    with pytest.raises(BadTranscript) as found:
        read(folder, name, content)
    assert name in found.value.message
    assert found.value.hint
    assert all(c.isprintable() for c in found.value.message)
    return found.value


def content_of(written: Written, talk: Sequence[Utterance] | None = None) -> bytes:
    return written.write(overlapping_talk() if talk is None else talk).encode(written.encoding)


@EVERY
def test_the_content_tells_the_format_where_the_name_does_not(tmp_path: Path, written: Written) -> None:
    named, other = (read(tmp_path, name, content_of(written)).utterances for name in (written.name, "talk.txt"))
    assert named == other


@EVERY
def test_upper_case_endings_are_known(tmp_path: Path, written: Written) -> None:
    assert read(tmp_path, written.name.upper(), content_of(written)).timed


@EVERY
def test_names_follow_the_first_to_speak(tmp_path: Path, written: Written) -> None:
    first, second = Utterance("B", Span(500, 900), "Hello there."), Utterance("A", Span(2000, 2900), "Hello there.")
    transcript = read(tmp_path, written.name, content_of(written, [second, first]))
    if written.name == "talk.ctm":
        assert transcript.names == {"A": "A", "B": "B"}
        assert [u.partner for u in transcript.utterances] == ["B", "A"]
    else:
        assert [transcript.names["A"].replace("_", " "), transcript.names["B"]] == ["Ben Öz", "Nora"]
        assert [u.span for u in transcript.utterances] == [first.span, second.span]


@EVERY
def test_one_speaker_is_too_few(tmp_path: Path, written: Written) -> None:
    talk = [u for u in overlapping_talk() if u.partner == "A"]
    assert "one speaker" in refused(tmp_path, written.name, content_of(written, talk)).message


@EVERY
def test_no_utterances_are_told(tmp_path: Path, written: Written) -> None:
    refused(tmp_path, written.name, b"")
    refused(tmp_path, written.name, b"\n \n")


@EVERY
@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.95])
def test_a_file_cut_short_is_refused_or_read_up_to_there(tmp_path: Path, written: Written, share: float) -> None:
    """Formats of lines cannot tell a cut between lines; structured ones must."""
    whole = content_of(written)
    cut = whole[: int(len(whole) * share)]
    if written.name.endswith((".TextGrid", ".eaf")):
        refused(tmp_path, written.name, cut)
        return
    try:
        transcript = read(tmp_path, written.name, cut)
    except BadTranscript:
        return
    assert len(transcript.utterances) < len(overlapping_talk())


@EVERY
def test_every_cut_and_every_broken_byte_is_told_or_read(tmp_path: Path, written: Written) -> None:
    """Nothing but BadTranscript comes out, wherever a file is cut or damaged."""
    whole = content_of(written, overlapping_talk()[:3])
    damaged = [whole[:at] for at in range(0, len(whole), 13)]
    damaged += [
        whole[:at] + junk + whole[at + 1 :] for at in range(0, len(whole), 29) for junk in (b"\xff", b'"', b"<9")
    ]
    for content in damaged:
        with suppress(BadTranscript):
            read(tmp_path, written.name, content)


@EVERY
def test_nul_bytes_are_refused(tmp_path: Path, written: Written) -> None:
    whole = content_of(written)
    refused(tmp_path, written.name, whole[:200] + b"\0\0" + whole[200:])
    refused(tmp_path, written.name, bytes(5000))


@pytest.mark.parametrize("name", ["t.vtt", "t.srt", "t.rttm", "t.ctm", "t.TextGrid", "t.eaf"])
def test_other_encodings_are_refused(tmp_path: Path, name: str) -> None:
    latin = "WEBVTT\n\n00:01.000 --> 00:02.000\nNoël: été\n".encode("latin-1")
    refused(tmp_path, name, latin if name != "t.srt" else b"1\n" + latin[8:])
    refused(tmp_path, name, "Noël".encode("utf-16")[:-1])


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("t.vtt", "WEBVTT\n\n00:02.000 --> 00:01.000\n<v A>hi\n", "line 3: it ends"),
        ("t.srt", "1\n00:00:02,000 --> 00:00:01,000\nA: hi\n", "line 2: it ends"),
        ("t.rttm", "SPEAKER t 1 2 -1 <NA> <NA> A <NA> <NA>\n", "line 1: it ends"),
        ("t.ctm", "t A 2 1 hi\nt B 3 -1 hi\n", "line 2: it ends"),
        ("t.rttm", "SPEAKER t 1 -2 3 <NA> <NA> A <NA> <NA>\n", "negative"),
        ("t.rttm", "SPEAKER t 1 1e300 3 <NA> <NA> A <NA> <NA>\n", "more than a day"),
        ("t.rttm", "SPEAKER t 1 1e999 -1e999 <NA> <NA> A <NA> <NA>\n", "line 1"),
        ("t.rttm", "SPEAKER t 1 nan 3 <NA> <NA> A <NA> <NA>\n", "“nan” is not a time"),
        ("t.rttm", "SPEAKER t 1 ١ 3 <NA> <NA> A <NA> <NA>\n", "is not a time"),
        ("t.rttm", "SPEAKER t 1 2 3 <NA> <NA> <NA> <NA> <NA>\n", "no speaker"),
        ("t.rttm", "SPEAKER t 1 2 3\n", "5 columns"),
        ("t.rttm", "hello\n", "“hello”"),
        ("t.rttm", "SPKR-INFO t 1 <NA> <NA> <NA> unknown A <NA> <NA>\n", "no SPEAKER lines"),
        ("t.rttm", "".join(f"SPEAKER {t} 1 2 3 <NA> <NA> A <NA> <NA>\n" for t in "tu"), "2 recordings: t, u"),
        ("t.rttm", "".join(f"SPEAKER t 1 2 3 <NA> <NA> {s}\n" for s in "ABC"), "3 speakers: A, B, C"),
        ("t.ctm", "t A 1 1\n", "4 columns"),
        ("t.ctm", "t A one 1 hi\n", "“one” is not a time"),
        ("t.ctm", "t A 1 1 hi 87\n", "“87” is not a probability"),
        ("t.ctm", "t A 1 1 hi x\n", "“x” is not a probability"),
        ("t.ctm", "t A 1 1 <eps>\nt A 3 1 laugh 1 non-lex\n", "no words"),
        ("t.ctm", "t A 1 1 a\nt B 2 1 b\nt C 3 1 c\n", "3 speakers"),
        ("t.ctm", "t A 1 1 a\nu B 2 1 b\n", "2 recordings"),
        ("t.eaf", "<a/>", "not ELAN's"),
        ("t.eaf", '<?xml version="1.0" encoding="klingon"?><a/>', "not whole XML"),
        ("t.eaf", "<a>" * 20_000, "not whole XML"),
    ],
)  # fmt: skip
def test_broken_content_is_told_with_its_place(tmp_path: Path, name: str, content: str, complaint: str) -> None:
    assert complaint in refused(tmp_path, name, content).message


@pytest.mark.parametrize("ending", ["vtt", "srt", "rttm", "ctm", "TextGrid", "eaf", "jsonl", "txt"])
def test_noise_folders_and_absent_files_are_told(tmp_path: Path, ending: str) -> None:
    refused(tmp_path, f"noise.{ending}", bytes(range(1, 256)) * 40)
    (tmp_path / f"folder.{ending}").mkdir()
    for name in (f"folder.{ending}", f"absent.{ending}"):
        with pytest.raises(BadTranscript, match="cannot be read"):
            read_transcript(tmp_path / name)


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "talk.vtt").open("wb") as file:
        file.truncate(file_text.MAX_BYTES + 1)
    with pytest.raises(BadTranscript, match="larger than 50 MB"):
        read_transcript(tmp_path / "talk.vtt")
