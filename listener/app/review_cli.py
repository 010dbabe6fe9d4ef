"""`listener review`: say where the machine's labels are wrong, in the app or by options, and see what that changes."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from listener.app.open_app import OpenApp, ReviewStart
from listener.errors import BadUsage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from listener.adapters.session_folder import SessionFolder
    from listener.app.review_values import Act
    from listener.app.reviewing import ReviewMoment, SessionReview
    from listener.domain.report import Report
    from listener.domain.review import Reviewer
    from listener.domain.speech import PartnerId

MOMENTS_SCHEMA = "listener.moments/1"


@click.command()
@click.argument("session")
@click.option("--as", "reviewer", type=click.Choice(["A", "B", "therapist"]), help="Who judges.")
@click.option("--list", "list_", is_flag=True, help="Print the moments with their numbers.")
@click.option("--json", "as_json", is_flag=True, help="With --list: print JSON (listener.moments/1).")
@click.option("--undo", is_flag=True, help="Take back what you said last; goes before the other options.")
@click.option("--accept", "accepted", metavar="N", multiple=True, help="Agree with what the machine found.")
@click.option("--set", "settings", metavar="N=VALUE", multiple=True, help="Say what a moment really was.")
@click.option("--note", "notes", metavar="N=TEXT", multiple=True, help="Keep a note; an empty text takes it back.")
@click.option("--agreement", is_flag=True, help="Print how well you and the machine agree.")
@click.pass_obj
def review(  # noqa: PLR0913  # one parameter an option; click calls it, nobody else
    open_app: OpenApp,
    session: str,
    reviewer: Reviewer | None,
    list_: bool,
    as_json: bool,
    undo: bool,
    accepted: tuple[str, ...],
    settings: tuple[str, ...],
    notes: tuple[str, ...],
    agreement: bool,
) -> None:
    """Look again at what the machine found in a session, and correct it; the scores follow at once.

    SESSION is its id, the beginning of it, `last`, or its folder. Without further options the app opens there.

    \b
    listener review last --list
    listener review last --as A --set 4=backchannel --note 4="That was an mm-hm."
    listener review last --as therapist --set 7=+reflection,-blame --set 9=speaker=B
    """  # noqa: D301  # click reads a real backspace as "keep these lines"
    from listener.adapters.session_folder import sessions_folder
    from listener.app.find_session import find_session

    if as_json and not list_:
        raise click.UsageError("--json belongs to --list.")
    root = sessions_folder()
    folder = find_session(root, session)
    judging = undo or accepted or settings or notes
    if not (judging or list_ or agreement):
        if folder.path.parent.resolve() != root.resolve():
            raise BadUsage(f"{folder.path.name} is not among your own sessions.", "Use --list and --set for it.")
        _in_the_app(open_app, ReviewStart(folder.path.name, reviewer))
        return
    if judging and reviewer is None:
        raise BadUsage("It is not said who judges.", "Add --as A, --as B or --as therapist.")
    _by_options(folder, reviewer or "therapist", _Asked(undo, accepted, settings, notes), list_, as_json, agreement)


class _Asked:
    """What is to be judged, in the words of the options."""

    def __init__(
        self, undo: bool, accepted: tuple[str, ...], settings: tuple[str, ...], notes: tuple[str, ...]
    ) -> None:
        self.undo, self.accepted, self.settings, self.notes = undo, accepted, settings, notes

    def acts(self, moments: Sequence[ReviewMoment]) -> list[Act]:
        """All of it by the numbers of these moments, checked before any is done. Raises BadUsage."""
        from listener.app.review_values import accepting, note, numbered, setting

        found = [numbered(moments, number) for number in self.accepted]
        accepts: list[Act] = [accepting(moment) for moment in found]
        return [
            *accepts,
            *(setting(moments, text) for text in self.settings),
            *(note(moments, text) for text in self.notes),
        ]


def _in_the_app(open_app: OpenApp, start: ReviewStart) -> None:
    if not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise BadUsage("The review opens in a terminal.", "Run it in one, or use --list, --set, --accept and --note.")
    open_app(None, start)


def _by_options(  # noqa: PLR0913  # what was asked, one thing each
    folder: SessionFolder, reviewer: Reviewer, asked: _Asked, list_: bool, as_json: bool, agreement: bool
) -> None:
    from listener.app.reviewing import SessionReview
    from listener.app.settings import load_settings
    from listener.reports import review_words, wording

    session = SessionReview(folder, load_settings(), reviewer)
    names = wording.partner_names(session.report.session)
    before = session.report
    acts = asked.acts(session.moments())
    if asked.undo:
        said = session.undo()
        click.echo(review_words.taken_back(said, names) if said else review_words.NOTHING_TO_TAKE_BACK, err=True)
    for act in acts:
        act(session)
    if list_:
        _list(folder, session, names, as_json)
    if asked.undo or acts:
        _tell_changes(before, session.report, names, to_stderr=as_json)
    if agreement:
        _tell_agreement(session.report, names, to_stderr=as_json)


def _tell_changes(before: Report, after: Report, names: Mapping[PartnerId, str], to_stderr: bool) -> None:
    from listener.adapters.practice_toml import load_rubric
    from listener.adapters.resources import guidelines_file
    from listener.app.review_moments import changes
    from listener.reports.review_words import NO_SCORE_CHANGED, change_line
    from listener.reports.wording import title_of

    titles = {guideline.id: guideline.title for guideline in load_rubric(guidelines_file()).guidelines}
    lines = [change_line(c.before, c.after, names, title_of(c.after.id, titles)) for c in changes(before, after)]
    for line in lines or [NO_SCORE_CHANGED]:
        click.echo(line, err=to_stderr)


def _tell_agreement(report: Report, names: Mapping[PartnerId, str], to_stderr: bool) -> None:
    from listener.reports.review_words import KAPPA_EXPLAINED, NOTHING_JUDGED, agreement_line

    rated = report.review.agreement if report.review else ()
    for line in [*(agreement_line(each, names) for each in rated), KAPPA_EXPLAINED] if rated else [NOTHING_JUDGED]:
        click.echo(line, err=to_stderr)


def _list(folder: SessionFolder, session: SessionReview, names: Mapping[PartnerId, str], as_json: bool) -> None:
    moments = session.moments()
    if as_json:
        entries = [_entry(number, moment) for number, moment in enumerate(moments, 1)]
        document = {"schema": MOMENTS_SCHEMA, "session": folder.path.name, "moments": entries}
        click.echo(json.dumps(document, indent=2, ensure_ascii=False))
        return
    for number, moment in enumerate(moments, 1):
        click.echo(_line(number, moment, names))


def _line(number: int, moment: ReviewMoment, names: Mapping[PartnerId, str]) -> str:
    from listener.app.review_moments import corrected
    from listener.domain.span import clock
    from listener.reports.review_words import found_words
    from listener.reports.wording import clipped

    what = moment.moment.what
    found, now = found_words(moment.machine, what), found_words(moment.now, what)
    told = f"{found} → {now}" if corrected(moment) and found != now else now
    spoken = f"  “{clipped(moment.text, 60)}”" if moment.text.strip() else ""
    found_as = moment.moment.partner
    whose = names[moment.partner] if moment.partner == found_as else f"{names[found_as]} → {names[moment.partner]}"
    return f"{number:>3}  {clock(moment.moment.span.start):>7}  {whose}: {told}{spoken}"


def _entry(number: int, moment: ReviewMoment) -> dict[str, Any]:
    return {
        "number": number,
        "what": moment.moment.what,
        "start_ms": moment.moment.span.start,
        "end_ms": moment.moment.span.end,
        "text": moment.text,
        "machine": {"speaker": moment.moment.partner, "labels": [found.value for found in moment.machine]},
        "now": {"speaker": moment.partner, "labels": [found.value for found in moment.now]},
        "judged": [
            {
                "by": judged.judgement.by,
                "at": judged.judgement.at,
                "aspect": judged.judgement.aspect,
                "label": judged.judgement.label.value if judged.judgement.label else None,
                "value": judged.judgement.value,
                "machine": judged.machine,
                "counts": judged.counts,
            }
            for judged in moment.judged
        ],
    }
