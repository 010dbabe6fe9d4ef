"""The tiers of an annotation that Listener wrote itself (`said@Nora`, `speech@Nora` …), read back as they were.

Who spoke when comes from the speech tiers, so that the pauses inside an utterance are kept. Behaviours and overlaps are
found anew by whatever scores the talk.
"""

from __future__ import annotations

from collections.abc import Sequence

from listener.adapters.transcripts.transcript import Piece, Transcript, names_of, need_two
from listener.domain.speech import PARTNERS, Ipu, PartnerId, Utterance, Word
from listener.domain.tiers import TierKind, tier_parts

NAMED_TIERS = Sequence[tuple[str, Sequence[Piece]]]


def transcript_of_own(name: str, tiers: NAMED_TIERS, hint: str) -> Transcript | None:
    """The transcript of tiers with their names, the partners in the order of the tiers; None where any is another's.

    BadTranscript with `hint` where only one of the two speaks.
    """
    found = [(parts, pieces) for tier, pieces in tiers if (parts := tier_parts(tier))]
    speakers = list(dict.fromkeys(speaker for (_, speaker), _ in found))
    if len(found) < len(tiers) or not found or len(speakers) > len(PARTNERS):
        return None
    partners: dict[str, PartnerId] = dict(zip(speakers, PARTNERS, strict=False))
    need_two(name, partners, hint)
    of: dict[tuple[TierKind, PartnerId], Sequence[Piece]] = {
        (kind, partners[speaker]): pieces for (kind, speaker), pieces in found
    }
    speech = [Ipu(p, piece.span) for p in PARTNERS for piece in of.get((TierKind.SPEECH, p), ())]
    said = [
        _utterance(p, piece, of.get((TierKind.WORDS, p), ()))
        for p in PARTNERS
        for piece in of.get((TierKind.SAID, p), ())
    ]
    notes = () if said else (f"{name} holds no words, so only the timing is scored.",)
    said = said or [Utterance(ipu.partner, ipu.span, "") for ipu in speech]
    if not said:
        return None
    return Transcript(
        tuple(sorted(said, key=lambda u: (u.span, u.partner))),
        names_of(partners),
        timed=True,
        speech=tuple(sorted(speech, key=lambda ipu: (ipu.span, ipu.partner))),
        notes=notes,
    )


def _utterance(partner: PartnerId, piece: Piece, words: Sequence[Piece]) -> Utterance:
    """An utterance with the words whose middle lies in it."""
    own = (word for word in words if piece.span.contains(word.span.middle))
    return Utterance(partner, piece.span, piece.text, tuple(Word(w.text, w.span, 1.0) for w in own))
