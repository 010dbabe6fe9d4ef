"""Words with times, as CTM (NIST conversation time marks): one word a line, columns between blanks.

`talk Nora 0.48 0.31 How 0.98 lex Nora`: recording, channel, start and length in seconds and the word; then, where
known, its probability, its type and its speaker. Without the last column the channel tells the speaker. Where it does
not, because both speak on one channel, an RTTM tells who spoke when, and each word goes to whoever speaks under it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from listener.adapters.transcripts import rttm
from listener.adapters.transcripts.file_text import decoded, lines_of
from listener.adapters.transcripts.transcript import (
    Transcript,
    listed,
    names_of,
    need_two,
    partners_of,
    plain,
    seconds_of,
    shown,
    span_of,
)
from listener.analysis.talk_masks import IPU_PAUSE_MS
from listener.analysis.utterance_forming import utterances_of
from listener.analysis.word_owners import Said, given_out
from listener.domain.span import merged
from listener.domain.speech import PARTNERS, Ipu, Word
from listener.errors import BadTranscript

FORM = "Each line is `talk Nora 0.48 0.31 How`: recording, channel or speaker, start and length in seconds, word."
NEEDS_RTTM = (
    "Say who spoke when: `--rttm talk.rttm`; or name the speaker of each word in the second or the eighth column."
)
NOT_SPEECH = frozenset({"non-lex", "non-speech", "noise", "misc"})
SILENCE = frozenset({"<eps>", "<sil>"})
_UNKNOWN = frozenset({"NA", "<NA>", "unknown", ""})
_TOGETHER_SHARE = 0.5
"""An RTTM under which fewer of the words lie than this belongs to another recording; the project's own choice."""


@dataclass(frozen=True, slots=True)
class TimedWord:
    """A word as one line has it; `speaker` is None where the eighth column names none."""

    recording: str
    channel: str
    speaker: str | None
    word: Word


def read(name: str, data: bytes) -> Transcript:
    """Utterances from words that name their speakers; BadTranscript with the line's number, or unless two speak."""
    words = _words(name, data)
    speakers = _speakers(words)
    partners = partners_of(name, speakers)
    need_two(name, partners, NEEDS_RTTM)
    said = [Said(partners[speaker], word.word) for speaker, word in zip(speakers, words, strict=True)]
    return Transcript(utterances_of(said, _speech(said)), names_of(partners), timed=True)


def read_with_rttm(name: str, data: bytes, rttm_name: str, rttm_data: bytes) -> Transcript:
    """Utterances from words, and speech from an RTTM; BadTranscript where either is broken or they do not fit."""
    words = _words(name, data)
    speech, partners = rttm.speech_of(rttm_name, rttm_data)
    speakers = _speakers(words)
    notes: tuple[str, ...] = ()
    if set(speakers) <= set(partners):
        said = [Said(partners[speaker], word.word) for speaker, word in zip(speakers, words, strict=True)]
    elif len(set(speakers)) == 1:
        said = given_out([word.word for word in words], speech)
        lost = len(words) - len(said)
        if lost > _TOGETHER_SHARE * len(words):
            raise BadTranscript(
                f"{lost} of {len(words)} words in {name} lie where nobody speaks by {rttm_name}.",
                "Give the RTTM of the same recording.",
            )
        if lost:
            notes = (f"{lost} of {len(words)} words were left out: by {rttm_name} nobody speaks there.",)
    else:
        raise BadTranscript(
            f"{name} has the speakers {listed(sorted(set(speakers)))}, {rttm_name} has {listed(list(partners))}.",
            "Name them alike in both files.",
        )
    return Transcript(utterances_of(said, speech), names_of(partners), timed=True, speech=speech, notes=notes)


def _words(name: str, data: bytes) -> list[TimedWord]:
    """The spoken words in order of start."""
    words = [
        _word(f"{name}, line {number}", line.split())
        for number, line in enumerate(lines_of(decoded(name, data)), 1)
        if line.strip() and not line.startswith(rttm.COMMENT)
    ]
    spoken = sorted((word for word in words if word is not None), key=lambda word: word.word.span)
    if not spoken:
        raise BadTranscript(f"{name} holds no words.", FORM)
    rttm.one_recording(name, {word.recording for word in spoken})
    return spoken


def _word(place: str, columns: Sequence[str]) -> TimedWord | None:
    if len(columns) < 5:
        raise BadTranscript(f"{place}: {len(columns)} columns, where CTM has at least 5.", FORM)
    recording, channel, start_written, length_written, text, *rest = columns
    start, length = (seconds_of(place, written, FORM) for written in (start_written, length_written))
    span = span_of(place, start, start + length, FORM)
    probability = _probability(place, rest[0]) if rest else 1.0
    if text.lower() in SILENCE or (len(rest) > 1 and rest[1].lower() in NOT_SPEECH):
        return None
    speaker = plain(rest[2]) if len(rest) > 2 and rest[2] not in _UNKNOWN else None
    return TimedWord(recording, plain(channel), speaker, Word(plain(text), span, probability))


def _probability(place: str, written: str) -> float:
    if written in _UNKNOWN:
        return 1.0
    try:
        value = float(written)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise BadTranscript(f"{place}: “{shown(written)}” is not a probability from 0 to 1.", FORM)
    return value


def _speakers(words: Sequence[TimedWord]) -> list[str]:
    """Who says each word: the named speakers where every word names one, else the channels."""
    named = [word.speaker for word in words if word.speaker]
    return named if len(named) == len(words) else [word.channel for word in words]


def _speech(said: Sequence[Said]) -> list[Ipu]:
    """Speech by the words alone."""
    return [
        Ipu(partner, span)
        for partner in PARTNERS
        for span in merged((s.word.span for s in said if s.partner == partner), IPU_PAUSE_MS - 1)
    ]
