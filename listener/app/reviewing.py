"""A stored session looked at again: its moments one by one, judged by people, and scored anew at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from listener.adapters.session_folder import SessionFolder
from listener.analysis.corrections import moment_of
from listener.analysis.said import SaidWords
from listener.app.analyse import Analysed, Practice, report_of
from listener.app.judgement_file import keep_judgements
from listener.app.kept_analysis import kept_analysis
from listener.app.sessions import REPORT_FILE, practised
from listener.app.settings import Settings
from listener.domain.floor import Overlap, OverlapKind
from listener.domain.report import Report
from listener.domain.review import ABSENT, NOTHING, PRESENT, Aspect, Judged, Judgement, Moment, Reviewer
from listener.domain.speech import BehaviourLabel, PartnerId, Utterance
from listener.errors import BadUsage
from listener.reports.json_report import parse, render

Said: TypeAlias = tuple[Aspect, str, BehaviourLabel | None]
"""What of a moment is judged, and how: as in `Judgement`."""


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="milliseconds")


@dataclass(frozen=True, slots=True)
class ReviewMoment:
    """A moment to look at: what the machine found there, and what people said of it.

    `partner` spoke it, as it stands now. `kind` is what an overlap counts as now, None where that is nothing; `labels`
    are the behaviours of an utterance now. `machine` holds the kind, or the labels, as they were found. `text` is what
    was said, empty where that is not known.
    """

    moment: Moment
    partner: PartnerId
    text: str
    kind: OverlapKind | None
    labels: tuple[BehaviourLabel, ...]
    machine: tuple[OverlapKind, ...] | tuple[BehaviourLabel, ...]
    judged: tuple[Judged, ...] = ()

    @property
    def now(self) -> tuple[OverlapKind, ...] | tuple[BehaviourLabel, ...]:
        """What stands there now, in the form of `machine`."""
        return self.labels if self.moment.what == "utterance" else (self.kind,) if self.kind else ()

    def note_by(self, reviewer: Reviewer) -> str:
        """The reviewer's note on the moment, empty where there is none."""
        notes = (j.judgement.value for j in self.judged if j.judgement.aspect == "note" and j.judgement.by == reviewer)
        return next(notes, "")


class SessionReview:
    """One session under review by `reviewer`. Every judgement is stored, and the report made anew, before it returns.

    Raises BadSession where the session's analysis was not kept, or another Listener holds the session.
    """

    def __init__(
        self, folder: SessionFolder, settings: Settings, reviewer: Reviewer, now: Callable[[], str] = _now
    ) -> None:
        self._folder, self._settings, self._now = folder, settings, now
        self.reviewer: Reviewer = reviewer
        self._practice: Practice
        self._titles: dict[str, str]
        self._read()
        self.report: Report = self._scored()
        self._mend()

    def moments(self) -> tuple[ReviewMoment, ...]:
        """Everything that can be judged, in order of time: each overlap, and each utterance."""
        return moments_of(self._machine, self.report)

    def accept(self, moment: ReviewMoment) -> None:
        """Agree with all that the machine found there."""
        if moment.moment.what == "overlap":
            self._say(moment.moment, *(("event", str(kind), None) for kind in moment.machine))
            return
        labels: list[Said] = [("behaviour", PRESENT, BehaviourLabel(label)) for label in moment.machine]
        self._say(moment.moment, ("speaker", moment.moment.partner, None), *labels)

    def set_kind(self, moment: Moment, kind: OverlapKind | None) -> None:
        """Say what an overlap really was; None for nothing of the kind."""
        if moment.what != "overlap":
            raise BadUsage("Only speech that overlaps has a kind of event.", "Choose an overlap, or set a behaviour.")
        self._say(moment, ("event", kind.value if kind else NOTHING, None))

    def set_behaviour(self, moment: Moment, label: BehaviourLabel, present: bool) -> None:
        """Say whether an utterance shows a behaviour."""
        _only_words(moment)
        self._say(moment, ("behaviour", PRESENT if present else ABSENT, label))

    def set_behaviours(self, moment: Moment, present: Mapping[BehaviourLabel, bool]) -> None:
        """Say of several behaviours at once whether an utterance shows them; one act, taken back as one."""
        _only_words(moment)
        self._say(moment, *(("behaviour", PRESENT if has else ABSENT, label) for label, has in present.items()))

    def set_speaker(self, moment: Moment, partner: PartnerId) -> None:
        """Say who spoke an utterance."""
        _only_words(moment)
        self._say(moment, ("speaker", partner, None))

    def note(self, moment: Moment, text: str) -> None:
        """Keep a note on a moment in place of this reviewer's earlier one; an empty text takes it back."""
        self._say(moment, ("note", text.strip(), None))

    def undo(self) -> Judgement | None:
        """Take back what this reviewer said last, one act at a time; None where there is nothing to take back."""
        taken_back: list[Judgement] = []

        def without_last(judgements: tuple[Judgement, ...]) -> tuple[Judgement, ...]:
            mine = [said for said in judgements if said.by == self.reviewer]
            taken_back.extend(said for said in mine if (said.at, said.moment) == (mine[-1].at, mine[-1].moment))
            return tuple(said for said in judgements if said not in taken_back)

        self._change(without_last)
        return taken_back[-1] if taken_back else None

    def _say(self, moment: Moment, *what: Said) -> None:
        if not what:
            return
        at = self._now()
        said = [Judgement(self.reviewer, at, moment, aspect, value, label) for aspect, value, label in what]
        self._change(lambda judgements: (*judgements, *said))

    def _change(self, changed: Callable[[tuple[Judgement, ...]], tuple[Judgement, ...]]) -> None:
        """Store first, then score: what was said is never lost, whatever fails afterwards.

        Everything is read again before, so that two who review at the same time keep each other's judgements.
        """
        with self._folder.held():
            self._read()
            before = self._practice.judgements
            self._practice = replace(self._practice, judgements=changed(before))
            if self._practice.judgements != before:
                keep_judgements(self._folder, self._practice.judgements)
            self.report = self._scored()
            self._folder.write(REPORT_FILE, render(self.report, self._titles))

    def _read(self) -> None:
        _, self._practice, self._titles = practised(self._folder, self._settings)
        self._found: Analysed = kept_analysis(self._folder)
        self._machine = report_of(self._found, replace(self._practice, judgements=()))

    def _mend(self) -> None:
        """Where judgements were stored and the report was not made anew after them, make it now."""
        told = self.report.review.judged if self.report.review else ()
        stored = parse((self._folder.path / REPORT_FILE).read_bytes()).review
        if (stored.judged if stored else ()) != told:
            self._change(lambda judgements: judgements)

    def _scored(self) -> Report:
        return report_of(self._found, self._practice)


def moments_of(machine: Report, report: Report) -> tuple[ReviewMoment, ...]:
    """Everything that can be judged in a conversation: as the machine found it, and as the report has it now."""
    judged: dict[Moment, list[Judged]] = {}
    for each in report.review.judged if report.review else ():
        judged.setdefault(each.judgement.moment, []).append(each)
    overlaps, words = _overlaps(machine, report), SaidWords(report.utterances)
    found = [
        ReviewMoment(
            moment,
            moment.partner,
            words.between(moment.partner, moment.span.start, moment.span.end),
            now.kind if now else None,
            (),
            (before.kind,) if before else (),
            tuple(judged.get(moment, ())),
        )
        for moment, (before, now) in overlaps.items()
    ]
    now_spoken = {(u.span, u.text): u for u in report.utterances}
    for before in machine.utterances:
        now, moment = now_spoken.get((before.span, before.text), before), moment_of(before)
        shown, told = _labels(now), tuple(judged.get(moment, ()))
        found.append(ReviewMoment(moment, now.partner, now.text, None, shown, _labels(before), told))
    return tuple(sorted(found, key=lambda each: each.moment))


def _overlaps(machine: Report, report: Report) -> dict[Moment, tuple[Overlap | None, Overlap | None]]:
    """Every overlap, as the machine found it and as it is now; one of the two may be missing."""
    before = {moment_of(overlap): overlap for overlap in machine.overlaps}
    now = {moment_of(overlap): overlap for overlap in report.overlaps}
    return {moment: (before.get(moment), now.get(moment)) for moment in {**before, **now}}


def _labels(utterance: Utterance) -> tuple[BehaviourLabel, ...]:
    return tuple(b.label for b in utterance.behaviours if utterance.shows(b.label))


def _only_words(moment: Moment) -> None:
    if moment.what != "utterance":
        raise BadUsage("Only what was said has behaviours and a speaker to correct.", "Choose an utterance.")
