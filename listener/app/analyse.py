"""The main job: a recording, or a transcript, in; a scored report out. Replay and the app call the same function."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import cast

from listener import __version__
from listener.analysis.advice import advise
from listener.analysis.behaviours import RuleBehaviours
from listener.analysis.conversation import Conversation
from listener.analysis.floor import FloorParameters, WordedParameters
from listener.analysis.manner_parameters import MannerParameters
from listener.analysis.scoring import score
from listener.analysis.talk import role_timeline, talk_times
from listener.analysis.voice_manner import manner_of
from listener.app.corrected_talk import reviewed
from listener.app.heard import Heard
from listener.app.record_notes import all_answers, promised, record_notes
from listener.domain.practice import Partner, Role, RoleSpan, Rubric, Scenario
from listener.domain.report import Json, Provenance, Report, Session
from listener.domain.review import Judgement
from listener.domain.session import SessionRecord
from listener.domain.span import total_ms
from listener.domain.speech import PARTNERS, PartnerId, Utterance
from listener.ports import BehaviourClassifier

BY_RULES = "behaviours by rules 2"


@dataclass(frozen=True, slots=True)
class Labelling:
    """Who labels behaviours, the version of its rules, the hashes of its models and what to tell people about it."""

    classifier: BehaviourClassifier = field(default_factory=RuleBehaviours)
    rules: str = BY_RULES
    models: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Practice:
    """What was practised, by whom, and what scores it; `record` where it was a session of the app.

    `judgements` are what people said of its moments since; the report follows them.
    """

    scenario: Scenario
    rubric: Rubric
    names: Mapping[PartnerId, str] = field(default_factory=dict)
    enrolled: frozenset[PartnerId] = frozenset()
    record: SessionRecord | None = None
    judgements: tuple[Judgement, ...] = ()


@dataclass(frozen=True, slots=True)
class Analysed:
    """What a recording gave before anything is scored: with it a report can be made again at once.

    The utterances of `heard` carry the behaviours that `rules` and `models` found in them.
    """

    heard: Heard
    rules: str = BY_RULES
    models: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def report_on(heard: Heard, practice: Practice, labelling: Labelling | None = None) -> Report:
    """The scored report: a pure function of what was heard and practised, labelled by rules where nothing is given."""
    return report_of(analysed(heard, labelling), practice)


def analysed(heard: Heard, labelling: Labelling | None = None) -> Analysed:
    """What was heard with the behaviours in it, found by rules where nothing else is given."""
    by = labelling or Labelling()
    utterances = labelled(heard.utterances, by.classifier)
    return Analysed(replace(heard, utterances=utterances), by.rules, dict(by.models), by.notes)


def report_of(found: Analysed, practice: Practice) -> Report:
    """The scored report of what was found, following people's judgements of single moments where there are any."""
    by_timing, by_words = FloorParameters(), WordedParameters()
    talk, review = reviewed(found.heard, practice.judgements, by_timing, by_words)
    heard, floor, utterances = talk.heard, talk.floor, talk.utterances
    record = practice.record
    practised = record.phases if record and record.phases else None
    roles = role_timeline(practice.scenario, heard.duration_ms, practised)
    manner = manner_of(heard.voices, utterances, MannerParameters()) if heard.voices else None
    conversation = Conversation(
        heard.speech,
        floor.turns,
        floor.transfers,
        floor.overlaps,
        utterances,
        roles,
        heard.duration_ms,
        heard.has_words,
        all_answers(record) if record else (),
        manner,
    )
    rows = score(conversation, practice.rubric)
    partners = _partners(practice, roles)
    return Report(
        provenance=Provenance(
            listener=__version__,
            rules=f"guidelines {practice.rubric.version}, {found.rules}",
            models=dict(sorted({**heard.models, **found.models}.items())),
            parameters={**heard.parameters, **_rules_of_the_floor(by_timing, by_words if heard.has_words else None)},
        ),
        session=_session(heard, practice, partners, found.notes if heard.has_words else ()),
        speech=heard.speech,
        turns=floor.turns,
        overlaps=floor.overlaps,
        utterances=utterances,
        talk=talk_times(heard.speech, floor.turns, utterances, heard.has_words),
        guidelines=rows,
        advice=advise(rows, practice.rubric, partners, practice.scenario.focus, conversation),
        voice=manner.hint() if manner else None,
        review=review,
    )


def _rules_of_the_floor(by_timing: FloorParameters, by_words: WordedParameters | None) -> dict[str, Json]:
    """The parameters that decided turns and overlaps; those for words only where there were words."""
    rules = {"floor": cast("Json", asdict(by_timing))}
    return rules | {"floor_words": cast("Json", asdict(by_words))} if by_words else rules


def _session(heard: Heard, practice: Practice, partners: tuple[Partner, Partner], told: tuple[str, ...]) -> Session:
    notes = (*heard.notes, *told)
    session = Session(heard.duration_ms, None, practice.scenario.id, heard.mics, partners, heard.lost_ms, notes)
    record = practice.record
    if record is None:
        return session
    return replace(
        session,
        recorded_at=record.started_at,
        lost_ms=session.lost_ms + total_ms(record.gaps),
        notes=(*session.notes, *record_notes(record)),
        answers=record.answers,
        promises=promised(record),
    )


def labelled(utterances: Sequence[Utterance], classifier: BehaviourClassifier | None = None) -> tuple[Utterance, ...]:
    """The utterances with the behaviours found in them, in order of start."""
    ordered = sorted(utterances, key=lambda u: (u.span, u.partner))
    found = (classifier or RuleBehaviours()).label(ordered)
    return tuple(
        Utterance(u.partner, u.span, u.text, u.words, behaviours) for u, behaviours in zip(ordered, found, strict=True)
    )


def _partners(practice: Practice, roles: Sequence[RoleSpan]) -> tuple[Partner, Partner]:
    """Both partners; a role that changed on the way is told as both."""
    described = []
    for partner in PARTNERS:
        taken = {span.roles[partner] for span in roles}
        role = taken.pop() if len(taken) == 1 else Role.BOTH
        name = practice.names.get(partner, f"Partner {partner}")
        described.append(Partner(partner, name, role, partner in practice.enrolled))
    return described[0], described[1]
