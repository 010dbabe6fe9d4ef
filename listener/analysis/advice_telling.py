"""A row's praise, and the thing to try in it, in the rubric's words about the moments that were found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from listener.analysis.advice_causes import Found, said_before
from listener.analysis.advice_words import count_words, ending, filled, given_back, quotable, slots_of
from listener.analysis.conversation import Conversation
from listener.analysis.measures import measure
from listener.analysis.measures.listening import listening
from listener.analysis.reasons import Reason, is_favourable
from listener.analysis.scoring import Whom, take
from listener.domain.practice import Guideline, Role
from listener.domain.report import Evidence, GuidelineScore
from listener.domain.span import Span, clock
from listener.domain.speech import PartnerId, other

_SHARE = "speaking_share"
_NAMES = frozenset({"name", "partner", "more", "less"})
"""What the partners are called decides nothing, so that other names tell the same."""


@dataclass(frozen=True, slots=True)
class Telling:
    """Words about one conversation to the couple, addressed by name."""

    conversation: Conversation
    names: Mapping[PartnerId, str]

    def praise(self, guideline: Guideline, row: GuidelineScore, moment: Evidence) -> str:
        """What went well: the rubric's text for the moment's reason, else the guideline's own with the moment added."""
        reason = next((each for each in Reason if each == moment.reason), None)
        if reason is not None:
            alike = self._all_of(guideline, row, moment)
            told = self._told(guideline, row.partner, Found(reason.key, alike), moment)
            if told is not None:
                return told
        return self._plain(guideline.praise, row.partner, moment)

    def to_try(
        self, guideline: Guideline, row: GuidelineScore, causes: Sequence[Found], moment: Evidence | None
    ) -> str:
        """One thing to try: for the first cause that the rubric has a text for, else the guideline's own."""
        for cause in causes:
            told = self._told(guideline, row.partner, cause, cause.shown)
            if told is not None:
                return told
        return self._plain(guideline.try_next, row.partner, moment)

    def _all_of(self, guideline: Guideline, row: GuidelineScore, moment: Evidence) -> tuple[Evidence, ...]:
        """Every moment with the same reason, beyond the few that the row shows."""
        taken = take(self.conversation, guideline, row.partner)
        found = {each for one in taken for each in one.finding.evidence} | set(row.evidence)
        return tuple(sorted((each for each in found if each.reason == moment.reason), key=lambda each: each.span))

    def _told(self, guideline: Guideline, whom: Whom, found: Found, shown: Evidence | None) -> str | None:
        texts = next((each.texts for each in guideline.advice if each.found == found.key), ())
        slots = self._slots(whom, found, shown)
        if shown is not None and is_favourable(shown) and len(found.moments) == 1:
            slots["when"] = f"at {slots['time']}"
        basis = [guideline.id, whom, *(slots[name] for name in sorted(slots.keys() - _NAMES))]
        return filled(texts, slots, "|".join(basis))

    def _slots(self, whom: Whom, found: Found, shown: Evidence | None) -> dict[str, str]:
        """What can be filled in, by placeholder."""
        slots = self._couple(found) if whom == "both" else self._partners(whom)
        if shown is not None:
            slots |= _times(found.moments, shown) | _quote("quote", quotable(shown.quote))
            if whom != "both":
                before = said_before(listening(self.conversation, whom), shown.span)
                slots |= self._role(whom, shown.span) | (_words_of_the_other(before.text) if before else {})
        elif found.occasion is not None and whom != "both":
            span = found.occasion.span
            slots |= {"time": clock(span.start)} | _words_of_the_other(found.occasion.text) | self._role(whom, span)
        return slots

    def _partners(self, whom: PartnerId) -> dict[str, str]:
        return {"name": self._name(whom), "partner": self._name(other(whom))}

    def _couple(self, found: Found) -> dict[str, str]:
        """Who spoke more, who less and how much the one did, where that is what was found."""
        shared = measure(self.conversation, _SHARE, "A") if found.key == _SHARE else None
        if shared is None or shared.measurement.value is None:
            return {}
        part = shared.measurement.value
        more: PartnerId = "A" if part >= 0.5 else "B"
        percent = f"{round(100 * max(part, 1 - part))}%"
        return {"more": self._name(more), "less": self._name(other(more)), "percent": percent}

    def _role(self, whom: PartnerId, at: Span) -> dict[str, str]:
        """The listener's role at the moment, where the scenario gave one."""
        roles = (each.roles.get(whom) for each in self.conversation.roles if each.span.contains(at.middle))
        role = next(roles, None)
        return {"role": f"as the {role.value}"} if role in {Role.SPEAKER, Role.LISTENER} else {}

    def _name(self, partner: PartnerId) -> str:
        return self.names.get(partner, partner)

    def _plain(self, text: str, whom: Whom, moment: Evidence | None) -> str:
        """The guideline's own sentence with the moment after it."""
        both = {"name": f"{self._name('A')} and {self._name('B')}", "partner": "each other"}
        slots = both if whom == "both" else self._partners(whom)
        told = text.format_map(slots) if slots_of(text) <= slots.keys() else text
        if moment is None:
            return told
        quote = quotable(moment.quote)
        return f"{told} (At {clock(moment.span.start)}: {f'“{quote}”' if quote else moment.reason})"


def _times(moments: Sequence[Evidence], shown: Evidence) -> dict[str, str]:
    """How often and when: `once, at 0:07`, or `three times, first at 0:07`."""
    count, at = max(len(moments), 1), clock(shown.span.start)
    earliest = not moments or moments[0].span.start == shown.span.start
    when = (
        f"once, at {at}" if count == 1 else f"{count_words(count)}, {'first' if earliest else 'for instance'} at {at}"
    )
    return {"count": count_words(count), "when": when, "time": at}


def _quote(slot: str, words: str) -> dict[str, str]:
    return {slot: words} if words else {}


def _words_of_the_other(text: str) -> dict[str, str]:
    return _quote("before", ending(text)) | _quote("back", given_back(text))
