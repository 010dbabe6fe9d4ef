"""Whose voice: stretches of one person's speech given to partner A or B by their voice embeddings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from listener.domain.span import Ms, Span
from listener.domain.speech import PARTNERS, PartnerId, other

Embedding = NDArray[np.float32]
"""Unit-length voice embedding, shape (dimensions,)."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Speech of one person without a pause; `embedding` is None where it is too short to tell a voice."""

    span: Span
    embedding: Embedding | None


@dataclass(frozen=True, slots=True)
class VoiceParameters:
    """How stretches are given to partners.

    sharpness: log-odds for one unit of difference between the cosines to both voices.
    full_trust_ms: stretches at least this long count fully, shorter ones in proportion.
    neighbour_pull: log-odds by which a stretch leans to its direct neighbour's voice, fading over `neighbour_ms` of
    silence.
    typical_ms: stretches at least this long shape the picture of a voice.
    sure: how certain (-1 to 1) a stretch must be to refine the picture of a voice.
    enrolment_weight: what the enrolment counts, in seconds of speech, against what is heard in the conversation.
    one_voice: how certain (0 to 1) an overlap must sound like a single voice to be taken for one.
    one_voice_ms: shortest overlap that is asked: two voices in less can sound like either.
    """

    sharpness: float = 12.0
    full_trust_ms: Ms = 1500
    neighbour_pull: float = 0.1
    neighbour_ms: Ms = 300
    typical_ms: Ms = 800
    sure: float = 0.7
    enrolment_weight: float = 5.0
    most_heard_s: float = 20.0
    one_voice: float = 0.85
    one_voice_ms: Ms = 1200


@dataclass(frozen=True, slots=True)
class Assigned:
    """The partner of each stretch, in order; `voices`, shape (2, dimensions), A first, or None where one is heard."""

    partners: list[PartnerId]
    voices: NDArray[np.float32] | None


def assign(
    stretches: Sequence[Stretch], enrolled: Mapping[PartnerId, Embedding], parameters: VoiceParameters
) -> list[PartnerId]:
    """The partner of each stretch, in order, as `told_apart` has it."""
    return told_apart(stretches, enrolled, parameters).partners


def told_apart(
    stretches: Sequence[Stretch], enrolled: Mapping[PartnerId, Embedding], parameters: VoiceParameters
) -> Assigned:
    """Whose the stretches are. Unless both are enrolled they are clustered into two voices.

    With one enrolled the voice more like it is that partner's; with none the voice heard first is A. The voices are
    refined twice by the stretches that were sure, which takes up how the room and the moment change them.
    """
    if not stretches:
        return Assigned([], None)
    centres = _centres(stretches, enrolled, parameters)
    if centres is None:
        return Assigned([next(iter(enrolled), "A")] * len(stretches), None)
    refined, lean = centres, _lean(stretches, centres, parameters)
    for _ in range(2):
        refined = _refined(stretches, lean, centres, parameters)
        lean = _lean(stretches, refined, parameters)
    partners: list[PartnerId] = ["A" if value >= 0 else "B" for value in lean]
    if not enrolled and partners[0] == "B":
        return Assigned([other(partner) for partner in partners], refined[::-1])
    return Assigned(partners, refined)


def single_voice(overlap: Stretch, voices: NDArray[np.float32] | None, parameters: VoiceParameters) -> PartnerId | None:
    """Whose voice alone a stretch heard as two at once sounds like; None where it may well be two.

    A room can make one voice look like two to the segmenter; over more than a second the embedding knows better.
    """
    if voices is None or overlap.embedding is None:
        return None
    lean = float(_lean([overlap], voices, parameters)[0])
    if abs(lean) < parameters.one_voice:
        return None
    return "A" if lean > 0 else "B"


def _centres(
    stretches: Sequence[Stretch], enrolled: Mapping[PartnerId, Embedding], parameters: VoiceParameters
) -> NDArray[np.float32] | None:
    """A voice for each partner, shape (2, dimensions), A first; None where only one voice is heard."""
    if len(enrolled) == len(PARTNERS):
        return np.stack([enrolled[partner] for partner in PARTNERS])
    centres = _two_voices(stretches, parameters)
    for partner, voice in enrolled.items():
        if centres is not None and int(np.argmax(centres @ voice)) != PARTNERS.index(partner):
            centres = centres[::-1]
    return centres


def _lean(
    stretches: Sequence[Stretch], centres: NDArray[np.float32], parameters: VoiceParameters
) -> NDArray[np.float64]:
    """How surely each stretch is A (+1) or B (-1), by its voice and its neighbours: a mean field on their chain."""
    own = np.zeros(len(stretches))
    for i, stretch in enumerate(stretches):
        if stretch.embedding is not None:
            trust = min(1.0, stretch.span.duration_ms / parameters.full_trust_ms) ** 0.7
            own[i] = parameters.sharpness * trust * float(stretch.embedding @ (centres[0] - centres[1]))
    gaps = np.array([max(0, b.span.start - a.span.end) for a, b in pairwise(stretches)])
    pull = parameters.neighbour_pull * np.exp(-gaps / parameters.neighbour_ms)
    lean = np.tanh(own / 2)
    for _ in range(15):
        field = own.copy()
        field[1:] += pull * lean[:-1]
        field[:-1] += pull * lean[1:]
        lean = 0.5 * lean + 0.5 * np.tanh(field / 2)
    return lean


def _refined(
    stretches: Sequence[Stretch], lean: NDArray[np.float64], centres: NDArray[np.float32], parameters: VoiceParameters
) -> NDArray[np.float32]:
    """Both voices as enrolled, blended with the sure stretches of the conversation, shape (2, dimensions)."""
    refined = []
    for sign, centre in zip((1.0, -1.0), centres, strict=True):
        heard = np.zeros_like(centre)
        weight = 0.0
        for stretch, value in zip(stretches, lean, strict=True):
            long_enough = stretch.span.duration_ms >= parameters.typical_ms
            if stretch.embedding is not None and long_enough and value * sign > parameters.sure:
                share = abs(float(value)) * stretch.span.duration_ms / 1000
                heard += np.float32(share) * stretch.embedding
                weight += share
        scale = min(1.0, parameters.most_heard_s / weight) if weight else 0.0
        blend = parameters.enrolment_weight * centre + np.float32(scale) * heard
        refined.append(blend / np.linalg.norm(blend))
    return np.stack(refined).astype(np.float32)


def _two_voices(stretches: Sequence[Stretch], parameters: VoiceParameters) -> NDArray[np.float32] | None:
    """Two voices among the longer stretches by spherical 2-means from the least alike pair; None without two."""
    typical = [s for s in stretches if s.embedding is not None and s.span.duration_ms >= parameters.typical_ms]
    if len(typical) < 2:
        typical = [s for s in stretches if s.embedding is not None]
    if len(typical) < 2:
        return None
    points = np.stack([s.embedding for s in typical if s.embedding is not None])
    weights = np.array([s.span.duration_ms for s in typical], dtype=np.float32)[:, None]
    centres = points[list(_least_alike(points))]
    for _ in range(20):
        nearest = np.argmax(points @ centres.T, axis=1)
        sums = np.stack([(points * weights)[nearest == k].sum(axis=0) for k in range(2)])
        norms = np.linalg.norm(sums, axis=1, keepdims=True)
        centres = np.where(norms > 0, sums / np.maximum(norms, 1e-9), centres)
    return centres.astype(np.float32)


def _least_alike(points: NDArray[np.float32]) -> tuple[int, int]:
    """Indices of the pair with the smallest cosine; rows are compared in bands so that hours stay small in memory."""
    best, pair = np.inf, (0, 1)
    for start in range(0, len(points), 512):
        cosines = points[start : start + 512] @ points.T
        i, j = np.unravel_index(int(np.argmin(cosines)), cosines.shape)
        if cosines[i, j] < best:
            best, pair = float(cosines[i, j]), (start + int(i), int(j))
    return pair
