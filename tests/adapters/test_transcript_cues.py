"""WebVTT and SRT: who speaks in a cue, and what is text."""

from __future__ import annotations

from pathlib import Path

import pytest

from listener.adapters.transcripts.reading import read_transcript
from listener.adapters.transcripts.transcript import Transcript
from listener.domain.span import Span
from listener.errors import BadTranscript


def vtt(folder: Path, *cues: str) -> Transcript:
    return written(
        folder, "talk.vtt", ["WEBVTT", *(f"00:0{i}.000 --> 00:0{i + 1}.500\n{c}" for i, c in enumerate(cues))]
    )


def srt(folder: Path, *cues: str) -> Transcript:
    blocks = [f"{i}\n00:00:0{i},000 --> 00:00:0{i + 1},500\n{cue}" for i, cue in enumerate(cues, 1)]
    return written(folder, "talk.srt", blocks)


def written(folder: Path, name: str, blocks: list[str]) -> Transcript:
    (folder / name).write_text("\n\n".join(blocks), encoding="utf-8")
    return read_transcript(folder / name)


def said(transcript: Transcript) -> list[str]:
    return [f"{transcript.names[u.partner]}: {u.text}" for u in transcript.utterances]


def test_overlapping_cues_keep_their_times(tmp_path: Path) -> None:
    transcript = vtt(tmp_path, "<v Nora>How are you?", "<v Ben>Fine, thanks.</v>")
    assert [u.span for u in transcript.utterances] == [Span(0, 1500), Span(1000, 2500)]


def test_voice_tags_with_classes_entities_and_markup(tmp_path: Path) -> None:
    transcript = vtt(
        tmp_path,
        "<v.loud.first Nora &amp; co>I said <i>no</i>,\n<00:00.500>2 &lt; 3 &amp;&nbsp;so on</v>",
        "<v Ben><script>alert(1)</script><b",
    )
    assert said(transcript) == ["Nora & co: I said no, 2 < 3 & so on", "Ben: alert(1)<b"]


def test_with_voice_tags_a_colon_is_text(tmp_path: Path) -> None:
    assert said(vtt(tmp_path, "<v Nora>Listen: I am here.", "<v Ben>Ben: hm"))[0] == "Nora: Listen: I am here."


def test_a_cue_of_both_shares_its_time_and_says_so(tmp_path: Path) -> None:
    for transcript in (
        vtt(tmp_path, "<v Nora>Yes.</v>\n<v Ben>No, not.", "<v Nora>Oh."),
        vtt(tmp_path, "- Nora: Yes.\n- Ben: No, not.", "Nora: Oh."),
        vtt(tmp_path, "Nora: Yes.\nBen: No, not.", "Nora: Oh.", "Ben: I see."),
    ):
        assert [u.span for u in transcript.utterances][:2] == [Span(0, 500), Span(500, 1500)]
        assert transcript.notes[0].startswith("In 1 of ")


@pytest.mark.parametrize(
    "cue",
    [
        "Nora: How are you?",
        "[Nora]: How are you?",
        ">> Nora: How\nare you?",
        "- Nora:How are you?",
        "Nora：How are you?",
    ],
)
def test_prefixes_name_the_speaker(tmp_path: Path, cue: str) -> None:
    for form in (vtt, srt):
        assert said(form(tmp_path, cue, "Ben: Fine. At 10:30: tea.")) == [
            "Nora: How are you?",
            "Ben: Fine. At 10:30: tea.",
        ]


def test_a_later_line_changes_the_speaker_only_to_one_who_starts_cues(tmp_path: Path) -> None:
    transcript = srt(tmp_path, "Nora: He said\nand I quote: go", "SPEAKER_01: I see")
    assert said(transcript) == ["Nora: He said and I quote: go", "SPEAKER_01: I see"]


def test_sounds_are_no_speech(tmp_path: Path) -> None:
    assert len(srt(tmp_path, "[door closes]", "Nora: Hi", "♪ (music) ♪", "Ben: [laughs]").utterances) == 2


def test_srt_styles_go_and_other_angle_brackets_stay(tmp_path: Path) -> None:
    transcript = srt(tmp_path, '{\\an8}<font color="red">Nora:</font> I <3 you <script>x</script>', "<b>Ben: & you</b>")
    assert said(transcript) == ["Nora: I <3 you <script>x</script>", "Ben: & you"]


@pytest.mark.parametrize(
    ("cues", "complaint"),
    [
        (["<v Nora>Hi", "Hello"], "line 6: the cue “Hello” names no speaker"),
        (["<v Nora>Hi", "Well, <v Ben>hello"], "line 6"),
        (["<v Nora>Hi", "<v  >hello"], "names no speaker"),
        (["Nora: Hi", "Hello"], "line 6: the cue “Hello” names no speaker"),
        (["Nora: Hi", "1. so it goes: well"], "names no speaker"),
        (["Nora: Hi", ""], "line 6: the cue has no text"),
        (["Nora: Hi", "Ben: a --> b"], "line 7 is not a cue's times"),
        (["Nora: Hi", "Ben: a\n\n00:61:00.000 --> 00:62:00.000\nBen: b"], "line 9 is not a cue's times"),
        (["Nora: a", "Ben: b", "Cy: c"], "3 speakers: Nora, Ben, Cy"),
        (["Nora: a", f"Ben\x1b\x07: {'b' * 99}", "Cy: c"], "3 speakers: Nora"),
        (["N\x1b[31mora, says he " * 9], "names no speaker"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(tmp_path: Path, cues: list[str], complaint: str) -> None:
    with pytest.raises(BadTranscript) as refused:
        vtt(tmp_path, *cues)
    assert complaint in refused.value.message
    assert "\x1b" not in str(refused.value)
    assert "<v Nora>" in refused.value.hint or "two speakers" in refused.value.hint


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("Nora: hi", "not in the form"),
        ("1\n00:00:01,000 --> soon\nNora: hi\n\n2\n00:00:03,000 --> 00:00:04,000\nBen: hi\n", "line 2 is not a cue's"),
        ("1\n00:00:01,000 --> 00:00:02,000\nNora: hi\n\n2\n00:00:03,000 --> 00:0", "line 6 is not a cue's"),
        ("1\n00:00:01,000 --> 00:00:02,000\nNora: hi\n\n2\n00:00:03,000 --> 00:00:04,000", "no text"),
        ("1\n99999999999999999999:00:01,000 --> 00:00:02,000\nNora: hi\n", "cannot be read|no text|times|arrow"),
        ("1\n30:00:01,000 --> 30:00:02,000\nNora: hi\n", "more than a day"),
    ],
)
def test_broken_subtitles_are_told_with_their_line(tmp_path: Path, content: str, complaint: str) -> None:
    with pytest.raises(BadTranscript, match=complaint):
        written(tmp_path, "talk.srt", [content])


def test_hostile_markup_takes_no_time(tmp_path: Path) -> None:
    for hostile in ("<v " + " " * 200_000, "<" * 200_000, "<v.a" * 50_000, "&" * 200_000, "[" * 200_000, "-" * 200_000):
        with pytest.raises(BadTranscript):
            vtt(tmp_path, hostile, f"<v Ben>{hostile}")
