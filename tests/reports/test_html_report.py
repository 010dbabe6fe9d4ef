from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

import listener.reports.html as html_parts
from listener.domain.embedded_sound import EmbeddedSound
from listener.domain.report import Advice, Evidence, GuidelineScore, Provenance, Report, Talk
from listener.domain.review import Judged, Judgement, Moment, Review
from listener.domain.session import Answer, Promise
from listener.domain.span import Span
from listener.domain.speech import PartnerId, Utterance
from listener.domain.voice import RaisedVoice, VoiceHint
from listener.reports import markdown_report, terminal_report
from listener.reports.html import waveform
from listener.reports.html.page import embedded_json
from listener.reports.html_report import HtmlReport
from listener.reports.wording import plain_text

PARTS = Path(html_parts.__file__).parent
PINNED = {
    "wavesurfer.min.js": "a943cbe71700ae910d1c6db28fc56e06327f2a890e93fa22e4d736aa2f5797da",
    "wavesurfer-LICENSE.txt": "0fc992dc27cc34dde78bfeb024b4cadff6320f0dcbee2f1228efaeb533ca1364",
}
SOUND = EmbeddedSound("audio/mpeg", bytes(range(256)) * 40, (tuple(i % 128 for i in range(480)),))
HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</style></title></textarea><img src=x onerror=alert(1)>",
    "]]><!-- --> <!--",
    "\"'` onclick=alert(1) style=color:red x='",
    "{{7*7}}{% raw %}{# x #}${7*7}",
    "&lt;b&gt; &amp; &#60;",
    "\u202egnirts\u2066\u200f\u2028\u2029",
    "nul\x00 bell\x07 \x1b[31mred\x1b[0m",
    "lone \ud83d surrogate",
    "\u05e0\u05d5\u05e2\u05d4",
    "long " + "x" * 10_000,
)
VOID = {"meta", "input", "br", "rect", "line", "circle"}


class Tree(HTMLParser):
    """Every element, its attributes and its text; AssertionError where one is closed that is not open."""

    def __init__(self, document: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self.feed(document)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        assert len(dict(attrs)) == len(attrs), f"an attribute twice: {tag} {attrs}"
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> where <{self.open}> is open"

    def handle_data(self, data: str) -> None:
        self.texts.setdefault(self.open[-1] if self.open else "", []).append(data)

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def text(self) -> str:
        return " ".join("".join(texts) for tag, texts in self.texts.items() if tag not in {"script", "style"})


def hostile_everywhere(sample: Report, text: str) -> Report:
    """The sample with `text` in every place that takes free text."""
    first, second = sample.session.partners
    moment = Evidence(Span(36_200, 41_000), text, text)
    note = Judgement("therapist", text, Moment(Span(0, 1_000), "utterance", "A"), "note", text)
    return replace(
        sample,
        provenance=Provenance(text, text, {text: text}, {text: [text, {text: text}]}),
        session=replace(
            sample.session,
            scenario=text,
            recorded_at=text,
            partners=(replace(first, name=text), replace(second, name=f"B {text}")),
            notes=(text,),
            answers=(Answer("A", text, 4),),
            promises=(Promise("B", text),),
        ),
        utterances=(Utterance("A", Span(0, 1_000), text),),
        guidelines=(
            GuidelineScore("validate", "A", 40, 20, 60, None, "asked", (), (moment,)),
            GuidelineScore("validate", "B", None, None, None, text, "measured"),
            GuidelineScore("no-judgement", "B", None, None, None, text, "measured"),
        ),
        advice=Advice((f"{text} (At 0:36: “{text}”)",), text),
        voice=VoiceHint(("A", "B"), (RaisedVoice("A", Span(5_000, 9_000), 6.0, 3.0),)),
        review=Review((Judged(note, "", True),), sample.review.agreement if sample.review else ()),
    )


def policy_of(tree: Tree) -> dict[str, list[str]]:
    (policy,) = (m["content"] for m in tree.named("meta") if m.get("http-equiv") == "Content-Security-Policy")
    return {words[0]: words[1:] for part in (policy or "").split(";") if (words := part.split())}


def hash_of(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def inside(document: str, tag: str) -> list[str]:
    return re.findall(rf"<{tag}\b[^>]*>(.*?)</{tag}>", document, re.DOTALL)


def test_the_file_is_pinned(sample: Report, titles: dict[str, str], golden: Callable[[str, bytes], None]) -> None:
    golden("report.html", HtmlReport(titles).render(sample))


@pytest.mark.parametrize("name", PINNED)
def test_the_player_is_the_one_that_was_checked(name: str) -> None:
    assert hashlib.sha256((PARTS / name).read_bytes()).hexdigest() == PINNED[name]


def test_the_script_that_fetches_the_player_pins_one_version_and_no_registry() -> None:
    script = (PARTS.parents[2] / ".ci" / "bundle_player").read_text("utf-8")
    assert re.search(r"^package=[0-9a-f]{64}$", script, re.MULTILINE)
    assert "://" not in script


@pytest.mark.parametrize("sound", [None, SOUND])
def test_equal_reports_give_equal_bytes(sample: Report, titles: dict[str, str], sound: EmbeddedSound | None) -> None:
    assert HtmlReport(titles, sound).render(sample) == HtmlReport(dict(titles), sound).render(sample)


@pytest.mark.parametrize("sound", [None, SOUND])
def test_the_page_is_well_formed_and_its_labels_lead_somewhere(
    sample: Report, silent: Report, titles: dict[str, str], sound: EmbeddedSound | None
) -> None:
    for report in (sample, silent):
        tree = Tree(HtmlReport(titles, sound).render(report).decode())
        ids = [attributes["id"] for _, attributes in tree.elements if "id" in attributes]
        assert len(ids) == len(set(ids))
        used = {a["aria-labelledby"] for _, a in tree.elements if "aria-labelledby" in a}
        assert used <= set(ids)
        assert len(tree.named("h1")) == len(tree.named("main")) == 1
        assert tree.named("html") == [{"lang": "en"}]
        levels = [int(tag[1]) for tag, _ in tree.elements if re.fullmatch(r"h[1-6]", tag)]
        assert all(after - before <= 1 for before, after in pairwise(levels))
        assert all(cell.get("scope") in {"row", "col"} for cell in tree.named("th"))


def test_the_policy_allows_exactly_what_is_in_the_file(sample: Report, titles: dict[str, str]) -> None:
    document = HtmlReport(titles, SOUND).render(sample).decode()
    tree = Tree(document)
    policy = policy_of(tree)
    scripts = re.findall(r"<script>(.*?)</script>", document, re.DOTALL)
    assert policy["script-src"] == [hash_of(script) for script in scripts]
    assert len(scripts) == 2
    style = inside(document, "style")[0]  # the player's script names the element once more
    nonce = tree.named("style")[0]["nonce"]
    assert policy["style-src"] == [hash_of(style), f"'nonce-{nonce}'"]
    assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == ["'none'"]
    assert policy["media-src"] == ["data:", "blob:"]
    assert policy["img-src"] == ["data:"]
    assert not any("unsafe" in word or word == "*" for words in policy.values() for word in words)


def test_the_nonce_follows_the_content(sample: Report, titles: dict[str, str]) -> None:
    other = replace(SOUND, content=SOUND.content[::-1])
    nonces = {Tree(HtmlReport(titles, s).render(sample).decode()).named("style")[0]["nonce"] for s in (SOUND, other)}
    assert len(nonces) == 2


def test_without_sound_nothing_runs_and_the_page_says_why(sample: Report, titles: dict[str, str]) -> None:
    tree = Tree(HtmlReport(titles).render(sample).decode())
    assert policy_of(tree)["script-src"] == ["'none'"]
    assert not tree.named("script")
    assert not tree.named("button")
    assert not tree.named("audio")
    assert "This file holds no sound" in tree.text
    assert "0:36" in tree.text


def test_every_moment_is_a_button_with_its_start_and_end(sample: Report, titles: dict[str, str]) -> None:
    tree = Tree(HtmlReport(titles, SOUND).render(sample).decode())
    spans = [(b["data-from"], b["data-to"]) for b in tree.named("button") if "data-from" in b]
    for span, times in {
        ("36200", "41000"): 3,  # the mark, the line under the floor, the evidence
        ("115000", "118500"): 3,
        ("62900", "68000"): 2,  # evidence of two rows
        ("62900", "88000"): 3,  # the utterance, a judgement, a note
        ("12300", "12900"): 1,  # an event that was judged
        ("1000", "24000"): 1,
    }.items():
        assert spans.count(span) == times
    assert all(button.get("type") == "button" for button in tree.named("button"))
    assert "holds no sound" not in tree.text


def test_the_sound_travels_whole(sample: Report, titles: dict[str, str]) -> None:
    document = HtmlReport(titles, SOUND).render(sample).decode()
    blocks = re.findall(r'<script type="([a-z/]+)" id="([a-z-]+)">(.*?)</script>', document, re.DOTALL)
    (kind, name, about), (_, _, encoded) = blocks
    assert (kind, name) == ("application/json", "about-sound")
    assert base64.b64decode(encoded, validate=True) == SOUND.content
    read = json.loads(about)
    assert read["mime"] == "audio/mpeg"
    assert read["duration_ms"] == 240_000
    assert [len(row) for row in read["peaks"]] == [480, 480]


def test_json_in_the_page_cannot_end_its_element() -> None:
    hostile = '</script><!-- ]]> & \u2028\u2029 " \ud83d'
    written = str(embedded_json(hostile))
    assert not set("<>&\u2028\u2029") & set(written)
    assert json.loads(written) == hostile


def test_no_style_attribute_handler_or_address(sample: Report, titles: dict[str, str]) -> None:
    for sound in (None, SOUND):
        document = HtmlReport(titles, sound).render(sample).decode()
        for tag, attributes in Tree(document).elements:
            assert "style" not in attributes, tag
            assert "src" not in attributes, tag
            assert not [name for name in attributes if name.startswith("on")], tag
            assert str(attributes.get("href", "#")).startswith("#"), tag
        own = re.sub(r"<script>!function.*?</script>", "", document, flags=re.DOTALL)
        assert not re.search(r"https?://|@import|url\((?!#)", own)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("sound", [None, SOUND])
def test_hostile_texts_stay_visible_text(
    sample: Report, titles: dict[str, str], text: str, sound: EmbeddedSound | None
) -> None:
    calm, hostile = (
        Tree(HtmlReport(titles, sound).render(hostile_everywhere(sample, each)).decode()) for each in ("calm", text)
    )
    tags = {tag for tag, _ in calm.elements}
    assert {tag for tag, _ in hostile.elements} <= tags
    assert len(hostile.named("script")) == len(calm.named("script"))
    assert hostile.text.count(plain_text(text)) >= 6
    for tag, attributes in hostile.elements:
        known = {name for other, found in calm.elements if other == tag for name in found}
        assert set(attributes) <= known, tag
    assert not [
        c
        for c in HtmlReport(titles, sound).render(hostile_everywhere(sample, text)).decode()
        if c in "\x00\u202e\u2066"
    ]


def test_names_are_isolated_wherever_they_stand(sample: Report, titles: dict[str, str]) -> None:
    document = HtmlReport(titles).render(sample).decode()
    assert "<bdi>Ben</bdi> interrupted <bdi>Anna</bdi> and took the floor" in document
    shown = re.sub(r"<style.*?</style>|<title>.*?</title>|<bdi>.*?</bdi>|<[^>]*>", "", document, flags=re.DOTALL)
    assert not re.search(r"\bAnna\b|\bBen\b", shown.replace("by Anna", ""))


def test_people_and_machine_are_kept_apart(sample: Report, titles: dict[str, str]) -> None:
    text = " ".join(Tree(HtmlReport(titles).render(sample).decode()).text.split())
    for told in (
        "(2025-03-01 20:10)",
        "a listening sound. The machine had: an interruption. The report follows this correction.",
        "“says back”. The same as the machine.",
        "Listen to how calm this is.",
        "agree on what an overlap was in 0 of 1; kappa 0.00, too few to call it more than a first look.",
        "agree on what was done in 1 of 1; no kappa, as both gave one and the same answer throughout.",
    ):
        assert re.sub(r"\s", "", told) in re.sub(r"\s", "", text)


def test_advice_plays_the_moment_that_it_names(sample: Report, titles: dict[str, str]) -> None:
    quoting = Advice(("Ben gave it back. (At 1:02: “So it was the quiet house”)",), "Listen. (At 3:59: “nothing”)")
    document = HtmlReport(titles, SOUND).render(replace(sample, advice=quoting)).decode()
    went_well, to_try = document.partition('id="balance"')[0].split("One thing to try</h2>")
    assert 'data-from="62900" data-to="68000"' in went_well.rpartition("What went well</h2>")[2]
    assert "<button" not in to_try


@pytest.mark.parametrize(
    ("advice", "played"),
    [
        ("Twice, first at 1:02.", [62_900]),
        ("Ben came in three times, for instance at 0:36: wait.", [36_200]),
        ("Ben came in: once, at 0:36.", [36_200]),
        ("Ben came in at 0:36 and 1:02, and at 3:59.", [36_200, 62_900]),
        ("From 1:02 on (2:09).", [62_900, 129_000]),
        ("Ben said “be there at 0:36” (0:37) and 10:36.", []),
    ],
)
def test_every_time_that_advice_names_is_played(
    sample: Report, titles: dict[str, str], advice: str, played: list[int]
) -> None:
    document = HtmlReport(titles, SOUND).render(replace(sample, advice=Advice((), advice))).decode()
    to_try = document.partition("One thing to try</h2>")[2].partition('id="balance"')[0]
    assert [int(found) for found in re.findall(r'data-from="(\d+)"', to_try)] == played


@pytest.mark.parametrize("first", [0.505, 0.515, 0.495, 0.5049, 0.125, 1.0])
def test_shares_are_the_same_on_the_bar_and_in_the_table_and_add_up(
    sample: Report, titles: dict[str, str], first: float
) -> None:
    a, b = sample.talk["A"], sample.talk["B"]
    talk: dict[PartnerId, Talk] = {"A": replace(a, share=first), "B": replace(b, share=1 - first)}
    report = replace(sample, talk=talk)
    balance = HtmlReport(titles).render(report).decode().partition('id="balance"')[2].partition("</section>")[0]
    shown = [int(found) for found in re.findall(r"(\d+)%</", balance)]
    assert shown[:2] == shown[2:]
    assert sum(shown[:2]) == 100
    assert f'width="{shown[0]}%"' in balance
    for text in (terminal_report.render(report), markdown_report.render(report).decode()):
        assert f"{shown[0]}%" in text
        assert f"{shown[1]}%" in text


def test_answers_and_promises_are_told(sample: Report, titles: dict[str, str]) -> None:
    answers, promises = (Answer("A", "right-time", 4),), (Promise("B", "I will call."),)
    session = replace(sample.session, answers=answers, promises=promises)
    document = HtmlReport(titles).render(replace(sample, session=session)).decode()
    assert "Choose a good moment: <bdi>Anna</bdi> gave <bdi>Ben</bdi> 4 of 5." in document
    assert "<bdi>Ben</bdi> promised: I will call." in document


def test_the_licence_of_the_player_goes_with_it(sample: Report, titles: dict[str, str]) -> None:
    told = Tree(HtmlReport(titles, SOUND).render(sample).decode()).text
    assert "Redistributions in binary form" in told
    assert "wavesurfer" not in Tree(HtmlReport(titles).render(sample).decode()).text


def luminance(colour: str) -> float:
    """Of a colour as WCAG 2.2 defines it."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_texts_and_marks_stand_out_as_wcag_aa_asks() -> None:
    style = (PARTS / "style.css").read_text("utf-8")
    schemes = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block)) for block in style.split(":root {")[1:3]]
    assert [scheme["paper"] for scheme in schemes] == ["#faf8f4", "#16181c"]
    for scheme in schemes:
        for ink, ground, least in [
            *((ink, ground, 4.5) for ink in ("ink", "quiet", "accent", "a", "b") for ground in ("paper", "card")),
            *((ink, "accent-wash", 4.5) for ink in ("ink", "quiet", "accent")),
            ("card", "both", 4.5),
            ("edge", "card", 3.0),
            ("a", "a-wash", 3.0),
            ("b", "b-wash", 3.0),
            ("ink", "likely", 3.0),
            ("both", "both-light", 3.0),
        ]:
            light, dark = sorted((luminance(scheme[ink]), luminance(scheme[ground])), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= least, (ink, ground, scheme["paper"])


def test_a_long_talk_stays_small(sample: Report, titles: dict[str, str]) -> None:
    hour = replace(SOUND, content=b"x" * 1_000_000, peaks=(tuple([100] * 4_000),) * 2)
    size = len(HtmlReport(titles, hour).render(sample))
    assert size < 1_000_000 * 4 / 3 + 150_000
    assert len(HtmlReport(titles).render(sample)) < 60_000


def test_one_microphone_is_drawn_by_who_speaks(sample: Report) -> None:
    first, second = waveform.rows(sample, replace(SOUND, peaks=(tuple([50] * 240),)))
    assert first[5] == 100
    assert second[5] == 0
    assert (first[50], second[50]) == (0, 100)
    assert (first[38], second[38]) == (100, 100)


def test_two_microphones_are_drawn_on_one_scale(sample: Report) -> None:
    first, second = waveform.rows(sample, replace(SOUND, peaks=((80, 40), (20, 0))))
    assert (first, second) == ([100, 50], [25, 0])
