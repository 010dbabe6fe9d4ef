"""Which words are listener responses, and of which kind."""

from __future__ import annotations

import pytest

from listener.analysis.behaviours.responses import Response, can_answer, response_of


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Mm-hmm.", Response.SOUND),
        ("uh-huh", Response.SOUND),
        ("um-hmm", Response.SOUND),
        ("Hmm", Response.SOUND),
        ("mmhm", Response.SOUND),
        ("Yeah.", Response.YES),
        ("Mm, yeah", Response.YES),
        ("Uh yeah.", Response.YES),
        ("Okay.", Response.RECEIPT),
        ("'Kay", Response.RECEIPT),
        ("Alright.", Response.RECEIPT),
        ("Oh wow", Response.RECEIPT),
        ("No way!", Response.RECEIPT),
        ("I see.", Response.RECEIPT),
        ("Yeah, okay.", Response.AGREEMENT),
        ("Yeah yeah yeah", Response.AGREEMENT),
        ("No.", None),
        ("Uh", None),
        ("it all", None),
        ("Yeah but", None),
        ("[laughs]", None),
        ("", None),
    ],
)
def test_kinds_of_responses(text: str, kind: Response | None) -> None:
    assert response_of(text) is kind


def test_what_can_answer_a_question() -> None:
    assert [can_answer(text) for text in ("Yeah.", "Uh, yes", "Mm-hmm", "Wow", "")] == [True, True, False, False, False]
