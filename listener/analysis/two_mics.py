"""Who speaks when each partner has a microphone, though each is heard in the other's as well.

Steps: find out from the level difference of the channels when one partner speaks alone (`single_talk`); take the
leakage away (`leakage`); measure what leakage remains; call speech what stands clear of that and of the noise. Nothing
is assumed about gains, and a partner may be silent all along.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from listener.analysis.leakage import BANDS, FULL_SCALE, Floats, Mask, band_powers, coherence, leakage
from listener.analysis.levels import FRAME_MS, runs
from listener.analysis.single_talk import Single, alone, channel_levels, confirmed, positions, smoothed
from listener.domain.span import Ms, Span, merged
from listener.domain.speech import PARTNERS, Ipu
from listener.ports import SAMPLES_PER_MS, AudioSource, VoiceActivityDetector

_SMOOTH = 3  # frames
_LOUD = 0.9  # quantile of a partner's own frames
_OWN_LEAK = 1.5  # a partner's own voice in the other channel, times its median, is not the other partner
_UNKNOWN_LEAK = 0.25  # of a partner never heard alone
_NOISE_SMOOTH, _QUIET, _NOISE_BIAS = 15, 0.08, 1.1  # frames, quantile, mean over that quantile
_NOISE_MS: Ms = 40_000
_VAD_RMS = 0.1
_TINY = 1e-12

_LOUDEST, _QUIETEST = 0.98, 0.1  # quantiles
_SILENT_DB, _DEAD_DB = -85.0, 55.0  # below full scale, below the other channel
_SAME_RANGE_DB, _SAME_SPREAD_DB, _SAME_COHERENCE = 12.0, 1.5, 0.95
_NOISE_RANGE_DB, _NOISE_COHERENCE = 50.0, 0.5

MicUse: TypeAlias = Literal["two_signals", "same_signal", "silent_channel", "one_channel"]
"""What a recording's channels hold; only `two_signals` is the work of two microphones in use."""


@dataclass(frozen=True, slots=True)
class TwoMicParameters:
    """What counts as speech of one's own partner.

    clear_db: how far the power, averaged over the bands, stands above noise and leakage together.
    range_db: in silence, noise is taken to lie this far below a partner's loud speech; his breath is not speech.
    leak_margin: leakage is taken to be this many times its measured median.
    decay_db: how fast reverberation dies away, dB a frame; 1.2 is a reverberation time of half a second.
    gap_ms: a partner's silences shorter than this do not part IPUs.
    shortest_ms: anything shorter is a click or a crackle.
    voiced: share of a stretch that the voice activity detector must take for speech.
    """

    clear_db: float = 5.0
    range_db: float = 36.0
    leak_margin: float = 2.0
    decay_db: float = 1.2
    gap_ms: Ms = 200
    shortest_ms: Ms = 120
    voiced: float = 0.3


@dataclass(frozen=True, slots=True)
class Background:
    """What speech has to stand clear of in one band.

    noise: power of each channel's noise, shape (2, frames) or (2, 1); left: how much of each partner's power is left in
    the other channel; loud: power of each partner's loud speech.
    """

    noise: Floats
    left: tuple[float, float]
    loud: tuple[np.floating[Any], np.floating[Any]]


def speech_on_two_mics(
    source: AudioSource,
    vads: tuple[VoiceActivityDetector, VoiceActivityDetector],
    parameters: TwoMicParameters = TwoMicParameters(),
) -> tuple[Ipu, ...]:
    """IPUs of both partners, ordered by span and partner; channel 0 is A's microphone, channel 1 is B's.

    `source` has two channels (else ValueError) and is streamed seven times at most; only frame features are kept.
    """
    if source.channels != 2:
        raise ValueError(f"two microphones are two channels, not {source.channels}")
    raw = band_powers(source.blocks())
    if not raw.any():
        return ()
    level, gains = channel_levels(raw), [usual_gain(powers) for powers in raw]
    del raw  # hours of it weigh
    powers, single = _separated(source, alone(level, positions(level)))
    active = clear(powers, backgrounds(powers, single, parameters), parameters)
    found: list[Ipu] = []
    for channel, partner in enumerate(PARTNERS):
        voiced = voiced_frames(source, channel, vads[channel], gains[channel], active.shape[1])
        found += [Ipu(partner, span) for span in partner_spans(active[channel], voiced, parameters)]
    return tuple(sorted(found, key=lambda ipu: (ipu.span, ipu.partner)))


def mics_in_use(source: AudioSource) -> MicUse:
    """Whether two microphones made the recording; a silent second channel is a microphone that was not in use.

    `same_signal` allows for another gain, a delay of up to a millisecond and a little noise added to a channel. A
    partner who never speaks still has a microphone: his channel holds noise of its own and the other's voice from afar.
    """
    if source.channels < 2:
        return "one_channel"
    level = channel_levels(band_powers(source.blocks()))
    loudest = np.quantile(level, _LOUDEST, axis=1) if level.shape[1] else np.full(2, -np.inf)
    if loudest.min() < max(_SILENT_DB + 10 * math.log10(FULL_SCALE), loudest.max() - _DEAD_DB):
        return "silent_channel"
    difference = level[1] - level[0]
    near = (level - loudest[:, None]).max(axis=0) > -_SAME_RANGE_DB
    low, usual, high = np.quantile(difference[near], (0.05, 0.5, 0.95))
    if high - low > _SAME_SPREAD_DB or coherence(source.blocks(), near) < _SAME_COHERENCE:
        return "two_signals"
    total = level.sum(axis=0)
    quiet: Mask = total <= np.quantile(total, _QUIETEST)
    elsewhere = abs(float(np.median(difference[quiet])) - usual) > _SAME_SPREAD_DB
    heard = bool((np.median(level[:, quiet], axis=1) > loudest - _NOISE_RANGE_DB).all())
    own_noise = elsewhere and heard and coherence(source.blocks(), quiet) < _NOISE_COHERENCE
    return "two_signals" if own_noise else "same_signal"


def same_signal(source: AudioSource) -> bool:
    """Whether both channels hold one signal, as when a single microphone is recorded in stereo; see `mics_in_use`."""
    return mics_in_use(source) == "same_signal"


def _separated(source: AudioSource, single: Single) -> tuple[Floats, Single]:
    """Band powers without the leakage, and the frames in which each partner speaks alone, none for an absent one."""
    prior = leakage(source.blocks(), single)
    powers = band_powers(source.blocks(), single, prior)
    sure = confirmed(channel_levels(powers), single)
    if all(own.any() or known is None for own, known in zip(sure, prior, strict=True)):
        return powers, sure
    prior = leakage(source.blocks(), sure)
    powers = band_powers(source.blocks(), sure, prior)
    return powers, sure


def backgrounds(powers: Floats, single: Single, parameters: TwoMicParameters) -> list[Background]:
    """What speech has to stand clear of in each band, from band powers and the frames in which each speaks alone."""
    found = []
    for power in powers.swapaxes(0, 1):
        heard = smoothed(power, _SMOOTH)
        noise = _noise(power)
        net = np.maximum(heard - noise, 0.0)
        ringing = _ringing(net, parameters.decay_db)
        left = [_leak_left(net[1 - own], ringing[own], single[own]) for own in (0, 1)]
        loud = [np.quantile(heard[own][single[own]] if single[own].any() else heard[own], _LOUD) for own in (0, 1)]
        found.append(Background(noise, (left[0], left[1]), (loud[0], loud[1])))
    return found


def clear(powers: Floats, behind: Sequence[Background], parameters: TwoMicParameters) -> Mask:
    """Frames in which each channel stands clear of noise and of what leakage remains, shape (2, frames)."""
    total = np.zeros((2, powers.shape[2]))
    for band, background in enumerate(behind):
        total += _band_clearance(powers[:, band], background, parameters)
    cleared: Mask = total / BANDS > 10 ** (parameters.clear_db / 10)
    return cleared


def _band_clearance(power: Floats, behind: Background, parameters: TwoMicParameters) -> NDArray[np.float64]:
    """How many times over each channel's power exceeds its noise and leakage in one band, shape (2, frames)."""
    heard = smoothed(power, _SMOOTH)
    net = np.maximum(heard - behind.noise, 0.0)
    ringing = _ringing(net, parameters.decay_db)
    result = np.zeros(power.shape)
    for own in (0, 1):
        other = 1 - own
        theirs = np.maximum(net[other] - _OWN_LEAK * behind.left[own] * ringing[own], 0.0)
        leaked = behind.left[other] * _ringing(theirs, parameters.decay_db)
        floor = np.maximum(behind.noise[own], behind.loud[own] * 10 ** (-parameters.range_db / 10))
        result[own] = heard[own] / (floor + parameters.leak_margin * leaked + _TINY)
    return result


def _leak_left(far: Floats, near_ringing: Floats, alone: Mask) -> float:
    """Power of the far channel over the near one's, the median of the frames in which the near partner speaks alone."""
    return float(np.median(far[alone] / (near_ringing[alone] + _TINY))) if alone.any() else _UNKNOWN_LEAK


def _ringing(power: Floats, decay_db: float) -> NDArray[np.float64]:
    """The power, dying away no faster than `decay_db` a frame, along the last axis."""
    slope = decay_db * np.arange(power.shape[-1])
    level = 10.0 * np.log10(power + _TINY) + slope
    result: NDArray[np.float64] = 10.0 ** ((np.maximum.accumulate(level, axis=-1) - slope) / 10.0)
    return result


def _noise(power: Floats) -> Floats:
    """Noise power of each channel, shape (channels, frames): the quietest moments of every 40 s or so."""
    slow = smoothed(power, _NOISE_SMOOTH)
    result = np.empty_like(slow)
    pieces = max(1, round(power.shape[1] * FRAME_MS / _NOISE_MS))
    for piece in np.array_split(np.arange(power.shape[1]), pieces):
        result[:, piece] = _NOISE_BIAS * np.quantile(slow[:, piece], _QUIET, axis=1, keepdims=True)
    return result


def usual_gain(raw: Floats) -> float:
    """What brings a channel, given its band powers of shape (bands, frames), to the level that detectors expect."""
    loud = float(np.quantile(raw.sum(axis=0), 0.95)) / FULL_SCALE
    return _VAD_RMS / math.sqrt(max(loud, _TINY))


def voiced_frames(source: AudioSource, channel: int, vad: VoiceActivityDetector, gain: float, frames: int) -> Mask:
    """The detector's verdict on each frame of one channel brought to an ordinary level, shape (frames,)."""
    size = vad.frame_ms * SAMPLES_PER_MS
    verdicts: list[bool] = []
    waiting = np.zeros(0, dtype=np.float32)
    for block in source.blocks():
        waiting = np.concatenate([waiting, np.clip(gain * block[channel], -1.0, 1.0)])
        whole = waiting.size // size
        verdicts += [vad.is_speech(frame) for frame in waiting[: whole * size].reshape(whole, size)]
        waiting = waiting[whole * size :]
    found = np.repeat(np.array(verdicts, dtype=np.bool_), max(1, vad.frame_ms // FRAME_MS))[:frames]
    return np.pad(found, (0, frames - found.size))


def partner_spans(active: Mask, voiced: Mask, parameters: TwoMicParameters) -> list[Span]:
    """IPUs of one partner: gaps bridged, blips and what the detector does not take for speech dropped."""
    pieces = merged((Span(a * FRAME_MS, b * FRAME_MS) for a, b in runs(active)), parameters.gap_ms - 1)
    return [
        piece
        for piece in pieces
        if piece.duration_ms >= parameters.shortest_ms
        and voiced[piece.start // FRAME_MS : piece.end // FRAME_MS].mean() >= parameters.voiced
    ]
