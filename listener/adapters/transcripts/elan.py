"""Annotations as ELAN writes them (.eaf, XML): one tier for each speaker, one annotation for each utterance.

A tier is called by its participant where the tiers' participants differ, else by its own name. Tiers that hang on
another tier (translations, words, notes on an annotation) are passed over, and so are tiers without annotations.
In what Listener wrote itself the tiers say what they hold.
A file with a document type is refused, and with it whatever an entity could do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from listener.adapters.transcripts.own_tiers import transcript_of_own
from listener.adapters.transcripts.transcript import Piece, Transcript, listed, plain, shown, span_of_ms, transcript_of
from listener.domain.span import Ms
from listener.domain.tiers import tier_parts
from listener.errors import BadTranscript

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

FORM = "Keep one tier for each of two speakers, and save it with ELAN again."


def read(name: str, data: bytes) -> Transcript:
    """The transcript; BadTranscript for what is not ELAN's XML, has no times, or not two speakers' tiers."""
    root = _root(name, data)
    times = _times(name, root)
    tiers = [tier for tier in root.iter("TIER") if not tier.get("PARENT_REF") and _annotations(tier)]
    called = [plain(tier.get("TIER_ID", "")) for tier in tiers]
    own = all(map(tier_parts, called)) and transcript_of_own(
        name,
        [(tier_id, _pieces(name, tier_id, tier, times)) for tier_id, tier in zip(called, tiers, strict=True)],
        FORM,
    )
    if own:
        return own
    speakers = _speakers(name, tiers)
    pieces = [_pieces(name, speaker, tier, times) for speaker, tier in zip(speakers, tiers, strict=True)]
    return transcript_of(name, [piece for of_tier in pieces for piece in of_tier], FORM)


def _root(name: str, data: bytes) -> Element:
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise BadTranscript(f"{name} has a document type, which ELAN never writes.", FORM) from error
    except (ParseError, ValueError, LookupError) as error:  # also encodings that the XML reader does not know
        raise BadTranscript(f"{name} is not whole XML: {shown(str(error))}.", FORM) from error
    if root.tag != "ANNOTATION_DOCUMENT":
        raise BadTranscript(f"{name} is XML, but not ELAN's.", FORM)
    header = root.find("HEADER")
    units = header.get("TIME_UNITS", "milliseconds") if header is not None else "milliseconds"
    if units != "milliseconds":
        raise BadTranscript(f"{name} counts time in {shown(units)}.", "Save it with ELAN in milliseconds.")
    return root


def _times(name: str, root: Element) -> dict[str, Ms]:
    """The time of each slot that has one."""
    times: dict[str, Ms] = {}
    for slot in root.iter("TIME_SLOT"):
        value = slot.get("TIME_VALUE")
        if value is None:
            continue
        if not (value.isascii() and value.isdigit() and len(value) < 16):
            raise BadTranscript(f"{name}: “{shown(value)}” is not a time in milliseconds.", FORM)
        times[slot.get("TIME_SLOT_ID", "")] = int(value)
    return times


def _annotations(tier: Element) -> Sequence[Element]:
    return tier.findall("ANNOTATION/ALIGNABLE_ANNOTATION")


def _speakers(name: str, tiers: Sequence[Element]) -> list[str]:
    """What the speaker of each tier is called."""
    participants, names = ([plain(tier.get(by, "")) for tier in tiers] for by in ("PARTICIPANT", "TIER_ID"))
    for found in (participants, names):
        if all(found) and len(set(found)) == len(found):
            return found
    raise BadTranscript(f"{name} has two tiers of one name, or one without: {listed(names)}.", FORM)


def _pieces(name: str, speaker: str, tier: Element, times: Mapping[str, Ms]) -> list[Piece]:
    return [_piece(name, speaker, annotation, times) for annotation in _annotations(tier)]


def _piece(name: str, speaker: str, annotation: Element, times: Mapping[str, Ms]) -> Piece:
    place = f"{name}, annotation {shown(annotation.get('ANNOTATION_ID', '?'))} of {shown(speaker)}"
    ends = [times.get(annotation.get(f"TIME_SLOT_REF{n}", "")) for n in (1, 2)]
    start, end = ends
    if start is None or end is None:
        raise BadTranscript(f"{place}: it has no time.", FORM)
    return Piece(speaker, span_of_ms(place, start, end, FORM), annotation.findtext("ANNOTATION_VALUE") or "")
