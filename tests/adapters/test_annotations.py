"""TextGrid, ELAN, and CTM with RTTM: tiers and columns to partners and words."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from listener.adapters.transcripts.reading import read_transcript
from listener.adapters.transcripts.transcript import Transcript
from listener.domain.span import Span
from listener.domain.speech import Ipu
from listener.errors import BadTranscript
from tests.talk_files import eaf, overlapping_talk, textgrid_long, textgrid_short


def read(folder: Path, name: str, content: str, encoding: str = "utf-8") -> Transcript:
    (folder / name).write_bytes(content.encode(encoding))
    return read_transcript(folder / name)


def refusal(folder: Path, name: str, content: str, encoding: str = "utf-8") -> str:
    with pytest.raises(BadTranscript) as refused:
        read(folder, name, content, encoding)
    assert refused.value.hint
    return refused.value.message


def said(transcript: Transcript) -> list[str]:
    return [f"{transcript.names[u.partner]}: {u.text}" for u in transcript.utterances]


def grid(*tiers: tuple[str, list[str]]) -> str:
    """A short TextGrid; a tier's intervals are a second long, the first from 0 on."""
    lines = ['File type = "ooTextFile short"', '"TextGrid"', "", "0", "9", "<exists>", str(len(tiers))]
    for name, labels in tiers:
        lines += ['"IntervalTier"', f'"{name}"', "0", "9", str(len(labels))]
        for at, label in enumerate(labels):
            lines += [str(at), str(at + 1), f'"{label}"']
    return "\n".join(lines)


def test_silence_is_no_speech(tmp_path: Path) -> None:
    content = grid(("Nora", ["", "sil", "hi", " "]), ("Ben", ["<p:>", "SP", "", "hey"]), ("spare", ["", " "]))
    assert said(read(tmp_path, "t.TextGrid", content)) == ["Nora: hi", "Ben: hey"]


def test_labels_are_never_structure(tmp_path: Path) -> None:
    hostile = 'x"" 3 4 ""item [9]: class = ""IntervalTier""\n! <exists> text = ""<!--'
    content = grid(("Nora", [hostile]), ("Ben", ["hey ! you"]))
    assert said(read(tmp_path, "t.TextGrid", content)) == [
        'Nora: x" 3 4 "item [9]: class = "IntervalTier" ! <exists> text = "<!--',
        "Ben: hey ! you",
    ]


def test_comments_and_utf_16_of_both_orders(tmp_path: Path) -> None:
    content = textgrid_short(overlapping_talk()).replace("<exists>", '! a "comment" 7\n<exists>')
    plain = read(tmp_path, "t.TextGrid", content)
    assert len(plain.utterances) == 9
    for bom, order in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        (tmp_path / "t.TextGrid").write_bytes(bom + content.encode(order))
        assert read_transcript(tmp_path / "t.TextGrid") == plain
    assert "UTF-16" in refusal(tmp_path, "t.TextGrid", content, "utf-16-le")


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (grid(("Nora", ["a"]), ("Ben", ["b"]), ("Cy", ["c"])), "3 speakers: Nora, Ben, Cy"),
        (grid(("Nora", ["a"]), ("Nora", ["b"])), "two tiers of one name"),
        (grid(("Nora", ["a"])), "one speaker"),
        (grid(("Nora", [""])), "no utterances"),
        (grid(), "no utterances"),
        (grid(("Nora", ["a"]), ("Ben", ["b"])).replace("0\n1\n", "1\n0\n"), "interval 1 of Nora: it ends before"),
        (grid(("Nora", ["a"]), ("Ben", ["b"])).replace("0\n1\n", "0\n1e999\n"), "more than a day"),
        (grid(("Nora", ["a"]), ("Ben", ["b"])).replace("Interval", "Odd"), "neither of intervals nor of points"),
        (grid(("Nora", ["a"]), ("Ben", ["b"])).replace("<exists>\n2", "<exists>\n1e999"), "no whole number"),
        (
            grid(("Nora", ["a"]), ("Ben", ["b"])).replace("<exists>\n2", "<exists>\n3"),
            "breaks off before a kind of tier",
        ),
        (grid(("Nora", ["a"]), ("Ben", ["b"])).replace("<exists>\n2", "<absent>"), "no utterances"),
        (grid(("Nora", ["a"]), ("Ben", ["b"])).replace("<exists>\n", ""), "not said whether there are tiers"),
        (grid(("Nora", ["a"]), ("Ben", ["b"]))[:-1], "breaks off before an interval's text"),
        (textgrid_long(overlapping_talk())[:-40], "breaks off"),
        ('File type = "ooTextFile"\nObject class = "Pitch 1"\n', "no TextGrid"),
        ("ooBinaryFile\x08TextGrid", "binary"),
    ],
)
def test_what_is_no_textgrid_of_two_is_told(tmp_path: Path, content: str, complaint: str) -> None:
    assert complaint in refusal(tmp_path, "t.TextGrid", content)


ELAN = eaf(overlapping_talk())
THIRD_ANNOTATION = '<ALIGNABLE_ANNOTATION TIME_SLOT_REF1="ts3" TIME_SLOT_REF2="ts4"/>'
THIRD = f'<TIER TIER_ID="third"><ANNOTATION>{THIRD_ANNOTATION}</ANNOTATION></TIER>'
BOMB = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10 if i else "lol"}">' for i in range(10))


def test_elan_tiers_are_called_by_participant_where_that_tells_them_apart(tmp_path: Path) -> None:
    assert read(tmp_path, "t.eaf", ELAN).names == {"A": "Nora", "B": "Ben Öz"}
    assert read(tmp_path, "t.eaf", ELAN.replace("Ben Öz", "Nora")).names == {"A": "tx@A", "B": "tx@B"}
    assert read(tmp_path, "t.eaf", ELAN.replace('PARTICIPANT="Ben Öz"', "")).names == {"A": "tx@A", "B": "tx@B"}


def test_elan_in_other_encodings_that_xml_declares(tmp_path: Path) -> None:
    expected = read(tmp_path, "t.eaf", ELAN)
    for encoding in ("utf-16", "iso-8859-1"):
        assert read(tmp_path, "t.eaf", ELAN.replace("UTF-8", encoding), encoding) == expected


def test_markup_in_elan_is_text(tmp_path: Path) -> None:
    marked = ELAN.replace("Exactly,", "&lt;script&gt;&#x1b;[31m<![CDATA[<b>]]>".replace("&#x1b;", "&#x9b;"))
    assert "Nora: <script>[31m<b> I'm scared it will happen again." in said(read(tmp_path, "t.eaf", marked))


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (ELAN.replace("<ANNOTATION_DOCUMENT", f"<!DOCTYPE lolz [{BOMB}]><ANNOTATION_DOCUMENT"), "document type"),
        (
            ELAN.replace("<ANNOTATION_DOCUMENT", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><ANNOTATION_DOCUMENT')
            .replace("Exactly", "&x;"),
            "document type",
        ),
        (ELAN.replace("Exactly", "&undefined;"), "not whole XML"),
        (ELAN[:-30], "not whole XML"),
        (ELAN.replace("milliseconds", "PAL-frames"), "PAL-frames"),
        (ELAN.replace('TIME_VALUE="0"', ""), "annotation a1 of Nora: it has no time"),
        (ELAN.replace('TIME_VALUE="0"', 'TIME_VALUE="-5"'), "“-5” is not a time"),
        (ELAN.replace('TIME_VALUE="0"', 'TIME_VALUE="99999"'), "annotation a1 of Nora: it ends before"),
        (ELAN.replace('TIME_VALUE="4000"', f'TIME_VALUE="{"9" * 15}"'), "more than a day"),
        (ELAN.replace("</TIER><TIER", f"</TIER>{THIRD}<TIER", 1), "3 speakers: tx@A, tx@B, third"),
        (ELAN.replace('"tx@B"', '"tx@A"').replace('PARTICIPANT="Ben Öz"', ""), "two tiers of one name"),
        (ELAN.replace("ALIGNABLE_", "UNKNOWN_"), "no utterances"),
    ],
    ids=range(12),
)  # fmt: skip
def test_what_is_no_elan_file_of_two_is_told(tmp_path: Path, content: str, complaint: str) -> None:
    assert complaint in refusal(tmp_path, "t.eaf", content)


RTTM = "SPEAKER t 1 0 2 <NA> <NA> Nora <NA> <NA>\nSPEAKER t 1 3 2 <NA> <NA> Ben <NA> <NA>\n"


def both(folder: Path, words: str, speech: str = RTTM) -> Transcript:
    (folder / "t.ctm").write_text(words)
    (folder / "t.rttm").write_text(speech)
    return read_transcript(folder / "t.ctm", folder / "t.rttm")


def test_words_go_to_whoever_speaks_and_keep_time_and_probability(tmp_path: Path) -> None:
    transcript = both(tmp_path, "t 1 0.5 0.25 Hi 0.9\nt 1 0.75 0.25 Ben. NA\nt 1 3.1 0.4 <eps>\nt 1 3.5 0.5 Hey\n")
    assert said(transcript) == ["Nora: Hi Ben.", "Ben: Hey"]
    assert [(w.span, w.probability) for w in transcript.utterances[0].words] == [
        (Span(500, 750), 0.9),
        (Span(750, 1000), 1.0),
    ]
    assert transcript.speech == (Ipu("A", Span(0, 2000)), Ipu("B", Span(3000, 5000)))
    assert transcript.notes == ()


def test_the_eighth_column_names_the_speaker_before_the_channel(tmp_path: Path) -> None:
    words = "t 1 3 0.5 Hey 1 lex Ben\nt 1 0 0.5 Hi 1 lex Nora\nt 1 0.5 0.5 uh 1 non-lex Nora\n"
    assert said(read(tmp_path, "t.ctm", words)) == ["Nora: Hi", "Ben: Hey"]
    assert said(both(tmp_path, words)) == ["Nora: Hi", "Ben: Hey"]


def test_one_partner_may_be_silent_in_the_words_but_not_in_the_rttm(tmp_path: Path) -> None:
    assert said(both(tmp_path, "t Nora 0 0.5 Hi\n")) == ["Nora: Hi"]
    with pytest.raises(BadTranscript, match=r"t\.rttm has one speaker"):
        both(tmp_path, "t Nora 0 0.5 Hi\n", RTTM.splitlines()[0])


def test_words_where_nobody_speaks_are_left_out_and_told(tmp_path: Path) -> None:
    transcript = both(tmp_path, "t 1 0 0.5 Hi\nt 1 3 0.5 Hey\nt 1 8 0.5 ghost\n")
    assert said(transcript) == ["Nora: Hi", "Ben: Hey"]
    assert transcript.notes == ("1 of 3 words were left out: by t.rttm nobody speaks there.",)


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ("t 1 90 0.5 Hi\nt 1 91 0.5 Hey\n", "2 of 2 words in t.ctm lie where nobody speaks by t.rttm"),
        ("t A 0 0.5 Hi\nt B 3 0.5 Hey\n", "t.ctm has the speakers A, B, t.rttm has Nora, Ben"),
        ("t A 0 0.5\n", "t.ctm, line 1"),
    ],
)
def test_files_that_do_not_fit_are_told(tmp_path: Path, words: str, complaint: str) -> None:
    with pytest.raises(BadTranscript) as refused:
        both(tmp_path, words)
    assert complaint in refused.value.message


def test_a_ctm_of_one_channel_asks_for_the_rttm(tmp_path: Path) -> None:
    with pytest.raises(BadTranscript) as refused:
        read(tmp_path, "t.ctm", "t 1 0 0.5 Hi\nt 1 3 0.5 Hey\n")
    assert "--rttm" in refused.value.hint
