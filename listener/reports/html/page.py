"""The page around the content: templates that escape every text, and a policy that lets nothing else run."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import jinja2
from markupsafe import Markup

from listener.domain.embedded_sound import EmbeddedSound
from listener.domain.report import Json, Report
from listener.domain.span import clock
from listener.domain.speech import PARTNERS
from listener.reports import review_words, wording
from listener.reports.html import content as c
from listener.reports.html import waveform
from listener.reports.html.floor_picture import Stretch
from listener.reports.html.names import named
from listener.reports.summary import MOST_FLOOR_LINES

PARTS = Path(__file__).parent
_ESCAPED_IN_JSON = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def page(report: Report, titles: Mapping[str, str], sound: EmbeddedSound | None) -> str:
    """The whole file. Without sound it holds no script at all."""
    shown = c.content(report, titles)
    body = (
        _templates()
        .get_template("body.html.j2")
        .render(
            page=shown,
            summary=shown.summary,
            names=shown.summary.names,
            partners=PARTNERS,
            session=report.session,
            sound=sound is not None,
            talk=report.talk,
            shown_at_once=c.SHOWN_AT_ONCE,
            player_licence=(PARTS / "wavesurfer-LICENSE.txt").read_text("utf-8").split("\n\n"),
            most_floor_lines=MOST_FLOOR_LINES,
            wording=wording,
            clock=clock,
            kappa_explained=review_words.KAPPA_EXPLAINED,
        )
    )
    style = (PARTS / "style.css").read_text("utf-8") + _places(shown.stretches)
    scripts = (
        [] if sound is None else [(PARTS / name).read_text("utf-8") for name in ("wavesurfer.min.js", "player.js")]
    )
    encoded = "" if sound is None else base64.b64encode(sound.content).decode()
    nonce = _digest(style, *scripts, body, encoded) if sound is not None else ""
    return (
        _templates()
        .get_template("page.html.j2")
        .render(
            title=f"Listener: {shown.summary.partners}",
            policy=policy(style, scripts, nonce),
            nonce=nonce,
            style=Markup(style),  # noqa: S704  # our own file and numbers
            body=Markup(body),  # noqa: S704  # rendered by the template above
            scripts=[Markup(script) for script in scripts],  # noqa: S704  # our own files
            about=embedded_json(_about(report, sound)) if sound is not None else "",
            encoded=Markup(encoded),  # noqa: S704  # base64
        )
    )


def policy(style: str, scripts: Sequence[str], nonce: str) -> str:
    """The Content-Security-Policy: these scripts and this style by their hashes, sound from within, nothing else.

    `nonce` is for the style that the player puts into its own shadow tree.
    """
    styles = f"'sha256-{_digest(style)}'" + (f" 'nonce-{nonce}'" if nonce else "")
    running = " ".join(f"'sha256-{_digest(script)}'" for script in scripts) or "'none'"
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {running}",
            f"style-src {styles}",
            "media-src data: blob:",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def embedded_json(value: Json) -> Markup:
    """JSON that cannot end the element that it stands in."""
    text = json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    for character, code in _ESCAPED_IN_JSON.items():
        text = text.replace(character, code)
    return Markup(text)  # noqa: S704  # nothing in it can be read as markup


def _about(report: Report, sound: EmbeddedSound) -> Json:
    first, second = waveform.rows(report, sound)
    peaks: list[Json] = [[*first], [*second]]
    return {"mime": sound.mime, "duration_ms": report.session.duration_ms, "peaks": peaks}


def _places(stretches: Sequence[Stretch]) -> str:
    """A rule for every place of a mark: the policy allows no style attributes."""
    places = sorted({mark.place for stretch in stretches for mark in stretch.marks})
    return "".join(f".at-{place} {{ left: {place / 10:.1f}%; }}\n" for place in places)


def _digest(*texts: str) -> str:
    """The sha256 of the texts one after another, as a security policy writes it."""
    digest = hashlib.sha256()
    for text in texts:
        digest.update(text.encode())
    return base64.b64encode(digest.digest()).decode()


@cache
def _templates() -> jinja2.Environment:
    """Escapes everything; whatever text a template shows is made plain on the way."""
    templates = jinja2.Environment(
        loader=jinja2.FileSystemLoader(PARTS),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_plain,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    templates.filters["named"] = named
    return templates


def _plain(value: object) -> object:
    return wording.plain_text(value) if isinstance(value, str) and not isinstance(value, Markup) else value
