"""Who spoke when, as RTTM (NIST Rich Transcription Time Marked): one stretch of speech a line, columns between blanks.

`SPEAKER talk 1 0.480 1.960 <NA> <NA> Nora <NA> <NA>`: recording, channel, start and length in seconds, and the speaker
in the eighth column. Lines of other types carry no speech of a speaker and are passed over.
"""

from __future__ import annotations

from listener.adapters.transcripts.file_text import decoded, lines_of
from listener.adapters.transcripts.transcript import (
    Piece,
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
from listener.domain.speech import Ipu, PartnerId, Utterance
from listener.errors import BadTranscript

FORM = "Each line is SPEAKER talk 1 0.480 1.960 <NA> <NA> Nora <NA> <NA>, with start and length in seconds."
COMMENT = (";;", "#")
TYPES = frozenset(
    {"SPEAKER", "SPKR-INFO", "SEGMENT", "NOSCORE", "NO_RT_METADATA", "LEXEME", "NON-LEX", "NON-SPEECH"}
    | {"FILLER", "EDIT", "IP", "SU", "CB", "A/P"}
)
_SPEAKER_COLUMN = 7
UNNAMED = "<NA>"


def read(name: str, data: bytes) -> Transcript:
    """Speech without words from an RTTM alone; BadTranscript with the line's number, or unless two speak."""
    speech, partners = speech_of(name, data)
    return Transcript(
        tuple(Utterance(ipu.partner, ipu.span, "") for ipu in speech),
        names_of(partners),
        timed=True,
        speech=speech,
        notes=(f"{name} holds no words, so only the timing is scored.",),
    )


def speech_of(name: str, data: bytes) -> tuple[tuple[Ipu, ...], dict[str, PartnerId]]:
    """Speech in order, stretches as written, and which partner each of the two named speakers is."""
    pieces = sorted(_pieces(name, lines_of(decoded(name, data))), key=lambda piece: piece.span)
    if not pieces:
        raise BadTranscript(f"{name} holds no SPEAKER lines.", FORM)
    partners = partners_of(name, [piece.speaker for piece in pieces])
    need_two(name, partners, "Both partners are needed: give the RTTM of the whole talk.")
    return tuple(Ipu(partners[piece.speaker], piece.span) for piece in pieces), partners


def one_recording(name: str, recordings: set[str]) -> None:
    """BadTranscript where the lines belong to several recordings."""
    if len(recordings) > 1:
        raise BadTranscript(
            f"{name} holds {len(recordings)} recordings: {listed(sorted(recordings))}.",
            "Keep the lines of one recording.",
        )


def _pieces(name: str, lines: list[str]) -> list[Piece]:
    pieces: list[Piece] = []
    recordings: set[str] = set()
    for number, line in enumerate(lines, 1):
        columns = line.split()
        if not columns or line.startswith(COMMENT):
            continue
        if columns[0] not in TYPES:
            raise BadTranscript(f"{name}, line {number}: “{shown(columns[0])}” is not a type of RTTM line.", FORM)
        if columns[0] == "SPEAKER":
            pieces.append(_piece(f"{name}, line {number}", columns))
            recordings.add(columns[1])
    one_recording(name, recordings)
    return pieces


def _piece(place: str, columns: list[str]) -> Piece:
    if len(columns) <= _SPEAKER_COLUMN:
        raise BadTranscript(f"{place}: {len(columns)} columns, where RTTM has at least 8.", FORM)
    speaker = plain(columns[_SPEAKER_COLUMN])
    if not speaker or speaker == UNNAMED:
        raise BadTranscript(f"{place}: no speaker is named.", FORM)
    start, length = (seconds_of(place, written, FORM) for written in columns[3:5])
    return Piece(speaker, span_of(place, start, start + length, FORM), "")
