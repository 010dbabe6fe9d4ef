"""Texts that want to be more than text, for every format."""

from __future__ import annotations

from dataclasses import replace

from listener.domain.report import Advice, Evidence, GuidelineScore, Measurement, Report
from listener.domain.session import Promise
from listener.domain.span import Span
from listener.domain.speech import Behaviour, BehaviourLabel, Utterance, Word

TEXTS = {
    "tags": "<script>alert('x')</script><b>bold</b><v Other>",
    "arrow": "a --> b\n\n00:00:01.000 --> 00:00:02.000\nEve: hi",
    "quotes": 'she said "no" \'twice\' ""',
    "entities": "&amp; &lt;b&gt; &#42; ]]> <![CDATA[x]]> <!DOCTYPE a>",
    "right to left": "\u202eevil\u2066 \u05e9\u05dc\u05d5\u05dd \u200f",
    "nul": "a\x00b\x07\x1b[31m\x9b2J",
    "surrogate": "broken \ud83d here \udcff",
    "lines": "one\r\ntwo\rthree\n\nfour\u2028five\u2029six\x0bseven\x85eight",
    "no XML": "\ufffe and \uffff and \ufeff",
    "typst": '#read("secret") $x^2$ *b* _i_ @ref <label> \\u{41} #{1+1} ]#text(red)[ = h',
    "styles": "{\\an8}{b}<i>x</i><font color=red>",
    "tokens": 'xmin = 3 <exists> "" ! text = "x"',
    "columns": "a,b;c\td|e",
    "colons": "Ben: Nora: hi: [x] (y)",
    "long": "x" * 10_000,
    "long words": "word " * 2_000,
    "unnamed": "<NA>",
    "formula": '=HYPERLINK("http://x")',
    "signs": "+1 -2 @cmd",
    "blank": " \t\n ",
}
SPAN = Span(1_000, 9_000)
OTHER = Span(12_000, 15_000)


def says(report: Report, text: str) -> Report:
    """The report with `text` in every place where a person or a model decides what stands there."""
    first, second = report.session.partners
    utterance = Utterance(
        "A",
        SPAN,
        text,
        (Word(text, Span(1_000, 2_000), 0.9),),
        (Behaviour(BehaviourLabel.REFLECTION, 0.9),),
    )
    moment = Evidence(SPAN, text, text)
    return replace(
        report,
        session=replace(
            report.session,
            partners=(replace(first, name=text), replace(second, name=f"{text} too")),
            notes=(text,),
            promises=(Promise("A", text),),
        ),
        utterances=(utterance, Utterance("B", OTHER, "Fine, thanks.")),
        guidelines=(
            GuidelineScore(
                "validate", "A", 40, 20, 60, None, "measured", (Measurement(text, 1, 3, "share"),), (moment,)
            ),
            GuidelineScore("no-judgement", "B", None, None, None, text, "measured"),
        ),
        advice=Advice((text,), text),
    )
