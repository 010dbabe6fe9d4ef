"""The provisional analysis beside a running recording: what it stores is fed in, the latest picture is read out.

One thread analyses and one captions; neither is ever waited for. The picture is drawn from what was heard so far and
is never scored: the report comes from the recording.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from listener.adapters.audio_file import AudioFile
from listener.adapters.model_store import open_store
from listener.adapters.resampling import Resampler
from listener.adapters.segmentation_onnx import OnnxSegmenter
from listener.adapters.speaker_encoder_onnx import OnnxSpeakerEncoder
from listener.adapters.webrtc_vad import WebRtcVad
from listener.analysis.live_one_mic import OneMicHearing
from listener.analysis.live_picture import Caption, LivePicture, NoticedOverlap
from listener.analysis.live_talk import LiveTalk
from listener.analysis.live_two_mics import TwoMicHearing
from listener.analysis.one_mic import OneMicModels, enrol
from listener.analysis.one_mic_parameters import OneMicParameters
from listener.analysis.two_mics import TwoMicParameters
from listener.analysis.voices import Embedding
from listener.app.hear import ENCODER, SEGMENTER
from listener.app.live_captioner import Captioner
from listener.domain.span import Ms, Span
from listener.domain.speech import PartnerId
from listener.errors import ListenerError
from listener.ports import SAMPLE_RATE, Block, Samples

STEP_MS: Ms = 200
"""New sound that is worth a step. A slow machine takes larger steps instead, so it does not fall behind."""

WAITING_MS: Ms = 30_000
"""How much may wait for the analysis; what comes on top is dropped and told."""

STOP_S = 5.0

NETWORK_THREADS = 1
"""A second thread gains the small windows little, and the captions need it."""

FAILED = "The live view has stopped. The recording goes on, and the report is made from it afterwards."

_FULL_SCALE = 32768.0


@dataclass(frozen=True, slots=True)
class _Strike:
    span: Span


class LiveAnalysis:
    """Follows a recording. `feed`, `seam` and `strike` return at once, and `picture` may be asked from any thread."""

    def __init__(
        self, mics: Literal["one", "two"], enrolment: Mapping[PartnerId, Path], rate: int, captions: bool, threads: int
    ) -> None:
        """Begin to load the networks; `rate`: of the blocks to come; `threads`: what captions may use, 2 at most."""
        self._load: Callable[[], LiveTalk] = lambda: live_talk(mics, enrolment)
        self._rate = rate
        self._changed = threading.Condition()
        self._waiting: list[Block | _Strike] = []
        self._waiting_frames = self._fed_frames = self._missed_frames = self._dropped_frames = 0
        self._stopping = False
        self._over = False
        self._picture = LivePicture()
        self._resampler: Resampler | None = None
        self._threads = threads
        self._captioner = Captioner(threads, self._recorded_ms) if captions else None
        self._captions = captions
        self._thread = threading.Thread(target=self._run, name="live analysis", daemon=True)
        self._thread.start()

    @property
    def picture(self) -> LivePicture:
        """How the talk stands by now."""
        picture, captioner = self._picture, self._captioner
        return replace(
            picture,
            behind_ms=0 if self._over else max(0, self._recorded_ms() - picture.at_ms),
            dropped_ms=self._ms(self._dropped_frames),
            captions=captioner.captions if captioner else (),
            captions_behind=captioner.behind if captioner else False,
            note=" ".join(note for note in (picture.note, captioner.note if captioner else "") if note),
        )

    def feed(self, block: Block) -> None:
        """The next block of the recording; where too much waits it is dropped, and silence takes its place."""
        with self._changed:
            frames = block.lost_frames + len(block.samples)
            self._fed_frames += frames
            if self._over:
                return
            if self._ms(self._waiting_frames) >= WAITING_MS:
                self._missed_frames += frames
                self._dropped_frames += len(block.samples)
                return
            self._waiting.append(Block(block.samples, block.lost_frames + self._missed_frames))
            self._waiting_frames += frames + self._missed_frames
            self._missed_frames = 0
            if self._ms(self._waiting_frames) >= STEP_MS:
                self._changed.notify()

    def seam(self) -> None:
        """A pause lies here: nothing to do, because the silence stored with it parts what was said."""

    def strike(self, span: Span) -> None:
        """Forget what was said within a span."""
        if self._captioner:
            self._captioner.strike(span)
        with self._changed:
            self._waiting.append(_Strike(span))
            self._changed.notify()

    def set_captions(self, on: bool) -> None:
        """Caption what is said from now on, or no more; called from one thread."""
        if on and self._captioner is None:
            self._captioner = Captioner(self._threads, self._recorded_ms)
        self._captions = on

    def stop(self) -> None:
        """End both threads; what waits is not analysed any more."""
        with self._changed:
            self._stopping = True
            self._changed.notify()
        if self._captioner:
            self._captioner.stop(STOP_S)
        self._thread.join(STOP_S)

    def _run(self) -> None:
        try:
            talk = self._load()
            self._picture = replace(self._picture, ready=True)
            while waiting := self._take():
                for step in _steps(waiting):
                    self._advance(talk, step)
        except ListenerError as error:
            self._give_up(f"No live view: {error.message}")
        except Exception:  # noqa: BLE001  # whatever fails here must not touch the recording
            self._give_up(FAILED)

    def _advance(self, talk: LiveTalk, step: list[Block] | Span) -> None:
        if isinstance(step, Span):
            self._picture = talk.strike(step)
            return
        for samples in self._heard(step):
            self._picture = talk.advance(samples)
            if self._captioner and self._captions:
                self._captioner.offer(talk.pieces())
            else:
                talk.skip_pieces()
            if self._stopping:
                return

    def _take(self) -> list[Block | _Strike]:
        """All that waits, once it is worth a step; nothing at the end."""
        with self._changed:
            while not self._stopping and self._ms(self._waiting_frames) < STEP_MS and not self._has_strike():
                self._changed.wait()
            waiting, self._waiting, self._waiting_frames = self._waiting, [], 0
            return [] if self._stopping else waiting

    def _has_strike(self) -> bool:
        return any(isinstance(item, _Strike) for item in self._waiting)

    def _heard(self, blocks: list[Block]) -> list[Samples]:
        """Blocks as the analysis wants them, shape (channels, samples), at 16 kHz; a long loss comes in parts."""
        pieces: list[NDArray[np.int16]] = []
        for block in blocks:
            channels = block.samples.shape[1]
            lost = block.lost_frames
            while lost > 0:
                pieces.append(self._resampled(np.zeros((min(lost, self._rate), channels), dtype=np.int16)))
                lost -= self._rate
            if len(block.samples):
                pieces.append(self._resampled(block.samples))
        joined = np.concatenate(pieces) if pieces else np.zeros((0, 1), dtype=np.int16)
        size = 20 * SAMPLE_RATE
        parts = [joined[start : start + size] for start in range(0, len(joined), size)]
        return [(part.T / _FULL_SCALE).astype(np.float32) for part in parts]

    def _resampled(self, samples: NDArray[np.int16]) -> NDArray[np.int16]:
        if self._rate == SAMPLE_RATE:
            return samples
        if self._resampler is None:
            self._resampler = Resampler(self._rate, SAMPLE_RATE, samples.shape[1])
        return self._resampler(samples)

    def _give_up(self, note: str) -> None:
        with self._changed:
            self._over = True
            self._waiting = []
            self._waiting_frames = 0
            self._picture = replace(self._picture, ready=False, note=note)

    def _recorded_ms(self) -> Ms:
        return self._ms(self._fed_frames)

    def _ms(self, frames: int) -> Ms:
        return frames * 1000 // self._rate


def live_talk(mics: Literal["one", "two"], enrolment: Mapping[PartnerId, Path]) -> LiveTalk:
    """The analysis with its networks and voices loaded. MissingModel where weights are absent, BadAudio for voices."""
    if mics == "two":
        return LiveTalk(TwoMicHearing((WebRtcVad(), WebRtcVad()), TwoMicParameters()), own_channels=True)
    store = open_store()
    encoder = OnnxSpeakerEncoder(store.verified(ENCODER).file, NETWORK_THREADS)
    segmenter = OnnxSegmenter(store.verified(SEGMENTER).file, NETWORK_THREADS)
    found = {partner: enrol(AudioFile(path), encoder) for partner, path in sorted(enrolment.items())}
    voices: dict[PartnerId, Embedding] = {partner: voice for partner, voice in found.items() if voice is not None}
    return LiveTalk(OneMicHearing(OneMicModels(segmenter, encoder, voices), OneMicParameters()), own_channels=False)


def _steps(waiting: list[Block | _Strike]) -> list[list[Block] | Span]:
    """What waited, in order: blocks together, strikes by themselves."""
    steps: list[list[Block] | Span] = []
    for item in waiting:
        if isinstance(item, _Strike):
            steps.append(item.span)
        elif steps and isinstance(steps[-1], list):
            steps[-1].append(item)
        else:
            steps.append([item])
    return steps


__all__ = ["Caption", "LiveAnalysis", "LivePicture", "NoticedOverlap", "live_talk"]
