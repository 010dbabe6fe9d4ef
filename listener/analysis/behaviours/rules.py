"""The rules version of the behaviour classifier: every sentence is labelled, an utterance gets the union."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from listener.analysis.behaviours.advice import advice
from listener.analysis.behaviours.attention import NAMED_SHIFT, is_backchannel, own_matter, topic_shift
from listener.analysis.behaviours.context import Context, Found
from listener.analysis.behaviours.disclosure import commitment, disclosure, names_only_a_feeling
from listener.analysis.behaviours.information import information
from listener.analysis.behaviours.judgement import judgement
from listener.analysis.behaviours.kindness import kindness
from listener.analysis.behaviours.questions import questions
from listener.analysis.behaviours.reflection import reflection, speaks_of_own_habit
from listener.analysis.behaviours.spoken_questions import BARE
from listener.analysis.behaviours.text import Sentence, sentences_of
from listener.analysis.behaviours.validation import validation
from listener.domain.speech import PARTNERS, Behaviour, BehaviourLabel, PartnerId, Utterance, other

PRESENT = 0.5
"""Weaker labels are left out."""

RECENT_STRETCHES = 3
"""So many stretches of the partner's talk count as what was just said."""

FEELING_STRETCHES = 2
"""A feeling named so many stretches ago still waits for an answer."""

REMEMBERED_SENTENCES = 12
"""Of a long stretch only the end counts as what was just said."""

LECTURE_SENTENCES, LECTURE_REFLECTION = 5, 0.8
"""In so long an utterance, next to advice or a plain question, only a clear reflection counts."""

SHIFT_SENTENCES = 3
"""In a longer utterance, or next to something kind, a named thing is no change of topic."""

L = BehaviourLabel
_QUESTIONS = frozenset({L.OPEN_QUESTION, L.CLOSED_QUESTION})
_HOSTILE = frozenset({L.JUDGEMENT, L.BLAME, L.DISMISSAL})
_NO_RETURN = frozenset({L.APPRECIATION, L.APOLOGY, L.TOPIC_SHIFT})
_WARM = frozenset({L.REFLECTION, L.VALIDATION, L.PERSPECTIVE_TAKING, L.AFFIRMATION, L.SUPPORT, L.APPRECIATION})


@dataclass(slots=True)
class _Stretch:
    """The end of what one partner said until the other said something, and whether a feeling was named in it."""

    sentences: list[Sentence] = field(default_factory=list)
    feeling: bool = False

    def goes_on(self, sentences: Sequence[Sentence], feeling: bool) -> None:
        self.sentences = [*self.sentences, *sentences][-REMEMBERED_SENTENCES:]
        self.feeling |= feeling


class RuleBehaviours:
    """Labels utterances by rules over words and the partner's last words; English, no weights."""

    def label(self, utterances: Sequence[Utterance]) -> list[tuple[Behaviour, ...]]:
        """Behaviours of each utterance, in order, labels sorted by name, probabilities 0.5 to 0.95."""
        stretches: dict[PartnerId, list[_Stretch]] = {partner: [] for partner in PARTNERS}
        before: dict[PartnerId, Found] = {partner: {} for partner in PARTNERS}
        speaker: PartnerId | None = None
        result: list[tuple[Behaviour, ...]] = []
        for utterance in utterances:
            sentences = sentences_of(utterance.text)
            context = _context(
                stretches[other(utterance.partner)], before[utterance.partner], goes_on=speaker == utterance.partner
            )
            found = _found(utterance.text, sentences, context)
            result.append(_behaviours(found))
            if sentences and L.BACKCHANNEL not in found:
                if speaker != utterance.partner:
                    stretches[utterance.partner].append(_Stretch())
                    speaker = utterance.partner
                stretches[utterance.partner][-1].goes_on(sentences, L.FEELING_STATEMENT in found)
                before[utterance.partner] = found
        return result


def _context(stretches: Sequence[_Stretch], before: Found, goes_on: bool) -> Context:
    """What the utterance answers; `goes_on` says that the partner only made listening sounds since the one before."""
    if not stretches:
        return Context()
    last = tuple(stretches[-1].sentences)
    return Context(
        last,
        _stems(last),
        _stems([sentence for stretch in stretches[-RECENT_STRETCHES:] for sentence in stretch.sentences]),
        feeling=any(stretch.feeling for stretch in stretches[-FEELING_STRETCHES:]),
        asked=bool(questions(last[-1])),
        reflecting=goes_on and L.REFLECTION in before,
        shifting=L.TOPIC_SHIFT in before,
    )


def _stems(sentences: Sequence[Sentence]) -> frozenset[str]:
    return frozenset().union(*(sentence.stems for sentence in sentences))


def _found(text: str, sentences: Sequence[Sentence], context: Context) -> Found:
    if is_backchannel(text, context):
        return {L.BACKCHANNEL: 0.9}
    found: Found = {}
    for sentence in sentences:
        for label, strength in _of_sentence(sentence, context).items():
            found[label] = max(found.get(label, 0.0), strength)
    stays = bool(_WARM & found.keys()) or len(sentences) > SHIFT_SENTENCES
    if stays and found.get(L.TOPIC_SHIFT, 0.0) <= NAMED_SHIFT:
        found.pop(L.TOPIC_SHIFT, None)
    if not _WARM & found.keys() and own_matter(sentences, context):
        found[L.TOPIC_SHIFT] = max(found.get(L.TOPIC_SHIFT, 0.0), 0.6)
    asks = max((found.get(label, 0.0) for label in _QUESTIONS), default=0.0) > BARE
    directs = len(sentences) >= LECTURE_SENTENCES or L.ADVICE in found or asks
    if directs and found.get(L.REFLECTION, 1.0) < LECTURE_REFLECTION:
        del found[L.REFLECTION]
    found[L.INFORMATION] = information(sentences)
    found = {label: strength for label, strength in found.items() if strength >= PRESENT}
    if not found and any(sentence.stems or sentence.size >= 3 for sentence in sentences):
        return {L.INFORMATION: 0.6}
    return found


def _of_sentence(sentence: Sentence, context: Context) -> Found:
    """Labels of one sentence; what is hostile or tells the partner what to do is no reflection."""
    found = questions(sentence) | kindness(sentence) | disclosure(sentence) | commitment(sentence, context.asked)
    found |= topic_shift(sentence, context)
    hostile = judgement(sentence, context)
    if speaks_of_own_habit(sentence, context):
        hostile.pop(L.BLAME, None)
    told = advice(sentence)
    empathic = validation(sentence)
    returned = reflection(sentence, context)
    asked = max((strength for label, strength in found.items() if label in _QUESTIONS), default=0.0)
    if returned and asked <= (BARE if sentence.asks else 0.0):
        empathic[L.REFLECTION] = returned
    if L.REFLECTION in empathic and names_only_a_feeling(sentence):
        found.pop(L.FEELING_STATEMENT, None)
    if hostile or told or found.keys() & _NO_RETURN:
        empathic.pop(L.REFLECTION, None)
    if hostile.keys() & _HOSTILE:
        empathic.pop(L.VALIDATION, None)
        empathic.pop(L.PERSPECTIVE_TAKING, None)
        found.pop(L.AFFIRMATION, None)
        found.pop(L.SUPPORT, None)
    if L.VALIDATION in empathic or L.SUPPORT in found:
        told.pop(L.ADVICE, None)
    return found | hostile | told | empathic


def _behaviours(found: Found) -> tuple[Behaviour, ...]:
    return tuple(Behaviour(label, round(found[label], 2)) for label in sorted(found, key=lambda each: each.value))
