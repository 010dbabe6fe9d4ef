"""What `listener review --set` takes: `4=backchannel`, `4=none`, `7=+reflection,-blame`, `7=speaker=A`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from listener.app.reviewing import ReviewMoment, SessionReview
from listener.domain.floor import OverlapKind
from listener.domain.review import NOTHING
from listener.domain.speech import PARTNERS, BehaviourLabel, PartnerId
from listener.errors import BadUsage
from listener.reports.wording import plain_text

Act = Callable[[SessionReview], object]
"""Something to do with a session under review, checked before anything is stored."""

_KINDS = ", ".join([*(kind.value for kind in OverlapKind), NOTHING])
_LABELS = ", ".join(label.value for label in BehaviourLabel)


def numbered(moments: Sequence[ReviewMoment], text: str) -> ReviewMoment:
    """The moment of this number, counted from 1. Raises BadUsage."""
    number = int(text) if text.isascii() and text.isdigit() else 0
    if not 1 <= number <= len(moments):
        raise BadUsage(f"There is no moment {text!r}.", "Give a number that `listener review SESSION --list` prints.")
    return moments[number - 1]


def accepting(moment: ReviewMoment) -> Act:
    """Agree with what the machine found."""
    return lambda session: session.accept(moment)


def setting(moments: Sequence[ReviewMoment], text: str) -> Act:
    """What `N=VALUE` asks for. Raises BadUsage."""
    number, equals, value = text.partition("=")
    if not equals:
        raise BadUsage(f"{text!r} gives no value.", "Write the number and the value, as in 4=backchannel.")
    moment = numbered(moments, number)
    if moment.moment.what == "overlap":
        return _kind(moment, value)
    speaker = value.removeprefix("speaker=")
    return _speaker(moment, speaker) if speaker != value else _behaviours(moment, value)


def note(moments: Sequence[ReviewMoment], text: str) -> Act:
    """What `N=TEXT` asks for; an empty text takes the note back. Raises BadUsage."""
    number, equals, words = text.partition("=")
    if not equals:
        raise BadUsage(f"{text!r} gives no text.", "Write the number and the note, as in 4=He was nervous.")
    moment = numbered(moments, number).moment
    return lambda session: session.note(moment, plain_text(words))


def _kind(moment: ReviewMoment, value: str) -> Act:
    value = value.replace("-", "_")
    if value == NOTHING:
        return lambda session: session.set_kind(moment.moment, None)
    if value not in list(OverlapKind):
        raise BadUsage(f"{value!r} is no kind of speech that comes in.", f"Give one of: {_KINDS}.")
    return lambda session: session.set_kind(moment.moment, OverlapKind(value))


def _speaker(moment: ReviewMoment, value: str) -> Act:
    spoken: list[PartnerId] = [partner for partner in PARTNERS if partner == value]
    if not spoken:
        raise BadUsage(f"{value!r} is neither partner.", "Write speaker=A or speaker=B.")
    return lambda session: session.set_speaker(moment.moment, spoken[0])


def _behaviours(moment: ReviewMoment, value: str) -> Act:
    if value == NOTHING:
        return lambda session: session.set_behaviours(moment.moment, dict.fromkeys(moment.labels, False))
    present: dict[BehaviourLabel, bool] = {}
    for each in value.split(","):
        name = each.strip().replace("-", "_")
        sign, label = name[:1], name[1:]
        if sign not in {"+", "_"} or label not in list(BehaviourLabel):
            raise BadUsage(
                f"{each.strip()!r} sets no behaviour.",
                f"Write + before a behaviour that is there and - before one that is not: {_LABELS}; or speaker=A.",
            )
        present[BehaviourLabel(label)] = sign == "+"
    return lambda session: session.set_behaviours(moment.moment, present)
