"""One talk written in each format that `listener label` and `listener score` read, as other programs write it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import pairwise

from listener.domain.span import Ms, Span
from listener.domain.speech import PARTNERS, PartnerId, Utterance, Word
from tests.drawn_talk import GOOD, utterances

NAMES: dict[PartnerId, str] = {"A": "Nora", "B": "Ben Öz"}
EARLY_MS: Ms = 900


def overlapping_talk() -> list[Utterance]:
    """The good talk, with every third utterance starting before the one before it ends."""
    return [
        replace(u, span=Span(u.span.start - (EARLY_MS if i % 3 == 2 else 0), u.span.end))
        for i, u in enumerate(utterances(GOOD))
    ]


def with_words(talk: Sequence[Utterance]) -> list[Utterance]:
    """Each utterance with its words, spread over its time without pauses; whole centiseconds, as CTM has them."""
    result = []
    for u in talk:
        texts = u.text.split()
        edges = [u.span.start + u.span.duration_ms * i // len(texts) // 10 * 10 for i in range(len(texts))]
        spans = [Span(start, end) for start, end in pairwise([*edges, u.span.end])]
        words = tuple(Word(text, span, 0.5) for text, span in zip(texts, spans, strict=True))
        result.append(replace(u, words=words))
    return result


def json_lines(talk: Sequence[Utterance]) -> str:
    lines = []
    for u in talk:
        words = [
            {"text": w.text, "start_ms": w.span.start, "end_ms": w.span.end, "probability": w.probability}
            for w in u.words
        ]
        times = {"start_ms": u.span.start, "end_ms": u.span.end}
        lines.append(json.dumps({"speaker": NAMES[u.partner], "text": u.text, **times, "words": words}))
    return "\n".join(lines)


def clock(at: Ms, point: str = ".") -> str:
    minutes, ms = divmod(at, 60_000)
    return f"00:{minutes:02}:{ms // 1000:02}{point}{ms % 1000:03}"


def vtt(talk: Sequence[Utterance], cue: str = "<v {name}>{text}") -> str:
    blocks = ["WEBVTT - a talk\nKind: captions", "STYLE\n::cue { color: white }", "NOTE Nora: not a cue\nof two lines"]
    for number, u in enumerate(talk, 1):
        said = cue.format(name=NAMES[u.partner], text=escape(u.text, quote=False))
        blocks.append(f"{number}\n{clock(u.span.start)} --> {clock(u.span.end)} align:start position:0%\n{said}")
    return "\n\n".join(blocks) + "\n"


def vtt_prefixed(talk: Sequence[Utterance]) -> str:
    return vtt(talk, "{name}: <c.white>{text}</c>")


def srt(talk: Sequence[Utterance]) -> str:
    return "\r\n\r\n".join(
        f"{number}\r\n{clock(u.span.start, ',')} --> {clock(u.span.end, ',')}\r\n<i>{NAMES[u.partner]}:</i> {u.text}"
        for number, u in enumerate(talk, 1)
    )


def rttm(talk: Sequence[Utterance]) -> str:
    head = ";; who spoke when\nSPKR-INFO talk 1 <NA> <NA> <NA> unknown Nora <NA> <NA>\n"
    return head + "".join(
        f"SPEAKER talk 1 {u.span.start / 1000:.3f} {u.span.duration_ms / 1000:.3f} <NA> <NA> "
        f"{NAMES[u.partner].replace(' ', '_')} <NA> <NA>\n"
        for u in talk
    )


def ctm(talk: Sequence[Utterance], channel: Callable[[Utterance], str] = lambda _: "1") -> str:
    return ";; words\n" + "".join(
        f"talk {channel(u)} {w.span.start / 1000:.2f} {w.span.duration_ms / 1000:.2f} {w.text} {w.probability}\n"
        for u in with_words(talk)
        for w in u.words
    )


def intervals(talk: Sequence[Utterance], partner: PartnerId) -> list[tuple[str, str, str]]:
    """A tier as Praat keeps it: without holes, silence as blank intervals; texts quoted."""
    end = max(u.span.end for u in talk)
    result, at = [], 0
    for u in [*(u for u in talk if u.partner == partner), Utterance(partner, Span(end, end), "")]:
        if at < u.span.start:
            result.append((f"{at / 1000}", f"{u.span.start / 1000}", '""'))
        if u.span.duration_ms:
            result.append((f"{u.span.start / 1000}", f"{u.span.end / 1000}", '"' + u.text.replace('"', '""') + '"'))
        at = u.span.end
    return result


def textgrid_short(talk: Sequence[Utterance]) -> str:
    end = f"{max(u.span.end for u in talk) / 1000}"
    lines = ['File type = "ooTextFile"', 'Object class = "TextGrid"', "", "0", end, "<exists>", "3"]
    for partner in PARTNERS:
        tier = intervals(talk, partner)
        lines += ['"IntervalTier"', f'"{NAMES[partner]}"', "0", end, str(len(tier))]
        lines += [line for interval in tier for line in interval]
    return "\n".join([*lines, '"TextTier"', '"clicks"', "0", end, "1", "0.5", '"click"', ""])


def textgrid_long(talk: Sequence[Utterance]) -> str:
    end = f"{max(u.span.end for u in talk) / 1000}"
    lines = ['File type = "ooTextFile"', 'Object class = "TextGrid"', "", "xmin = 0 ", f"xmax = {end} "]
    lines += ["tiers? <exists> ", "size = 2 ", "item []: "]
    for at, partner in enumerate(PARTNERS, 1):
        tier = intervals(talk, partner)
        lines += [f"    item [{at}]:", '        class = "IntervalTier" ', f'        name = "{NAMES[partner]}" ']
        lines += ["        xmin = 0 ", f"        xmax = {end} ", f"        intervals: size = {len(tier)} "]
        for number, (start, stop, text) in enumerate(tier, 1):
            lines += [f"        intervals [{number}]:", f"            xmin = {start} ", f"            xmax = {stop} "]
            lines += [f"            text = {text} "]
    return "\n".join(lines) + "\n"


def eaf(talk: Sequence[Utterance]) -> str:
    slots: list[str] = []
    tiers = []
    for partner in PARTNERS:
        annotations = []
        for u in (u for u in talk if u.partner == partner):
            first = len(slots) + 1
            slots += [
                f'<TIME_SLOT TIME_SLOT_ID="ts{first + i}" TIME_VALUE="{at}"/>'
                for i, at in enumerate((u.span.start, u.span.end))
            ]
            annotations.append(
                f'<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a{first}" TIME_SLOT_REF1="ts{first}" '
                f'TIME_SLOT_REF2="ts{first + 1}"><ANNOTATION_VALUE>{escape(u.text)}</ANNOTATION_VALUE>'
                "</ALIGNABLE_ANNOTATION></ANNOTATION>"
            )
        note = (
            f'<TIER LINGUISTIC_TYPE_REF="note" PARENT_REF="tx@{partner}" TIER_ID="{partner}"><ANNOTATION>'
            '<REF_ANNOTATION ANNOTATION_ID="r" ANNOTATION_REF="a1"><ANNOTATION_VALUE>note</ANNOTATION_VALUE>'
            "</REF_ANNOTATION></ANNOTATION></TIER>"
        )
        head = f'<TIER LINGUISTIC_TYPE_REF="default-lt" PARTICIPANT="{NAMES[partner]}" TIER_ID="tx@{partner}">'
        tiers.append(f"{head}{''.join(annotations)}</TIER>{note}")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<ANNOTATION_DOCUMENT AUTHOR="" DATE="2026-01-01T00:00:00+00:00" '
        'FORMAT="3.0" VERSION="3.0"><HEADER MEDIA_FILE="" TIME_UNITS="milliseconds"/>'
        f'<TIME_ORDER>{"".join(slots)}</TIME_ORDER>{"".join(tiers)}<TIER LINGUISTIC_TYPE_REF="default-lt" '
        'TIER_ID="default"/></ANNOTATION_DOCUMENT>'
    )


@dataclass(frozen=True, slots=True)
class Written:
    """A format that carries speakers, times and text: the file's name, its writer, the encoding."""

    name: str
    write: Callable[[Sequence[Utterance]], str]
    encoding: str = "utf-8"


WITH_TEXT = (
    Written("talk.vtt", vtt),
    Written("prefixed.vtt", vtt_prefixed, "utf-8-sig"),
    Written("talk.srt", srt),
    Written("short.TextGrid", textgrid_short),
    Written("long.TextGrid", textgrid_long, "utf-8-sig"),
    Written("utf16.TextGrid", textgrid_long, "utf-16"),
    Written("talk.eaf", eaf),
)
