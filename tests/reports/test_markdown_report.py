from __future__ import annotations

from collections.abc import Callable

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from listener.domain.report import Report
from listener.reports.markdown_report import MarkdownReport, escaped, render
from listener.reports.wording import plain_text

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def inline(tokens: list[Token]) -> set[str]:
    """Kinds of everything inside the paragraphs, cells and headings."""
    return {child.type for token in tokens for child in token.children or ()}


def test_the_file_is_pinned(sample: Report, titles: dict[str, str], golden: Callable[[str, bytes], None]) -> None:
    golden("report.md", MarkdownReport(titles).render(sample))


@pytest.mark.parametrize(
    "text",
    [
        "*a* _b_ **c** __d__ ~~e~~ `f`",
        "[a](b) ![c](d) <http://e.example> [f]: g",
        "<script>alert(1)</script> <!-- x -->",
        "&amp; &lt; &#42; &copy;",
        "a | b || c",
        "# heading #",
        "- item",
        "+ item",
        "* item",
        "12. item",
        "3) item",
        "> quote",
        "---",
        "***",
        "===",
        "```fence",
        "~~~",
        "\\* backslash \\",
        "line\n\n# two\n- three",
        "    code",
        "www.example.org http://example.org HTTPS://e.example mailto:a@e.example",
        "1.5 s",
    ],
)
def test_escaped_text_shows_exactly_itself(text: str) -> None:
    for place in ("{}", "- {}", "> {}", "### {}", "| a |\n| --- |\n| {} |"):
        tokens = PARSER.parse(place.format(escaped(text)))
        shown = [token for token in tokens if token.type == "inline"][-1]
        assert {child.type for child in shown.children or ()} == {"text"}
        assert "".join(child.content for child in shown.children or ()) == plain_text(text)


def test_bare_links_are_broken_up() -> None:
    assert escaped("www.e.example https://e.example a@e.example") == (
        "www\\.e.example https\\://e.example a&#64;e.example"
    )


def test_hostile_names_and_words_bring_no_markup(hostile: Report, sample: Report) -> None:
    expected, found = (PARSER.parse(render(report).decode()) for report in (sample, hostile))
    assert {token.type for token in found} <= {token.type for token in expected}
    assert inline(found) <= inline(expected)
    headings = [found[i + 1].content for i, token in enumerate(found) if token.type == "heading_open"]
    assert headings[0] == "Listener"
    assert "heading" not in headings


def test_tables_keep_their_columns(hostile: Report) -> None:
    rows = [line for line in render(hostile).decode().splitlines() if line.startswith("| ")]
    assert rows
    html = PARSER.render(render(hostile).decode())
    assert html.count("<table>") == 3
    assert html.count("<tr>") == 8 + 2 + 2


def test_silence_leaves_out_what_there_is_nothing_to_say_about(silent: Report) -> None:
    text = render(silent).decode()
    assert "## Guidelines" not in text
    assert "## Notes" not in text
    assert "## The floor" not in text
    assert "Nobody was heard speaking." in text
    assert "| Validate | Nobody was heard. |" in text
