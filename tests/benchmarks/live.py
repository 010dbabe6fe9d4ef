"""Live analysis: how soon interruptions are noticed, how well it agrees with the final analysis, captions' delay."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from listener.adapters.audio_file import AudioFile
from listener.adapters.model_store import State, open_store
from listener.adapters.resources import example_folder
from listener.adapters.whisper import WhisperTranscriber
from listener.analysis.floor import take_floor
from listener.analysis.live_captions import captions_of
from listener.analysis.live_picture import NoticedOverlap
from listener.app.hear import Listening, hear
from listener.app.live import live_talk
from listener.app.live_captioner import CAPTION_MODEL
from listener.domain.floor import Overlap, OverlapKind
from listener.domain.span import Ms, Span
from listener.domain.speech import PARTNERS, Ipu, PartnerId
from listener.errors import MissingModel
from listener.ports import SAMPLES_PER_MS, Samples

SHARED = Path(os.environ.get("LISTENER_SHARED", Path(__file__).resolve().parents[3] / "shared"))
CONDITIONS: dict[str, Literal["one", "two"]] = {"mono_near": "one", "mono_room": "one", "stereo": "two"}
STEP_MS: Ms = 200
"""As in the app, where nothing else takes the processor's time."""

MOST_FILES = int(os.environ.get("LISTENER_LIVE_FILES", "3"))
WAKE_MS: Ms = 50
"""Between the step's last sample and the start of its computation: one block of the microphone."""

TARGET_MS: Ms = 700
FRAME_MS: Ms = 10
KINDS = (OverlapKind.INTERRUPTION, OverlapKind.ATTEMPTED_INTERRUPTION)


@dataclass
class Figures:
    """What was measured in one condition, durations in ms, `error_ms` as in a diarization error rate."""

    noticed: list[int] = field(default_factory=list)
    attempts: list[int] = field(default_factory=list)
    late: int = 0
    missed: int = 0
    withdrawn: int = 0
    error_ms: int = 0
    speech_ms: int = 0
    step_ms: list[float] = field(default_factory=list)
    sound_ms: int = 0


@dataclass(frozen=True)
class Recorded:
    """A recording with its enrolment."""

    path: Path
    mics: Literal["one", "two"]
    enrolment: Mapping[PartnerId, Path]


def main() -> None:
    _recordings(_conditions())
    _captions()


def _conditions() -> dict[str, list[Recorded]]:
    example = example_folder()
    voices: dict[PartnerId, Path] = {p: example / f"enrol_{p}.flac" for p in PARTNERS}
    found = {"example": [Recorded(example / "conversation.flac", "one", voices)]}
    folders = sorted((SHARED / "data" / "sim").glob("d*"), key=lambda f: ("interruption" not in f.name, f.name))
    if not folders:
        print(f"skipped: no development data in {SHARED.name}/ beside the checkout (or in $LISTENER_SHARED)")
    for name, mics in CONDITIONS.items():
        for folder in folders[:MOST_FILES]:
            if (folder / f"{name}.flac").is_file():
                voices = {p: folder / f"enrol_{p}.flac" for p in PARTNERS}
                found.setdefault(name, []).append(Recorded(folder / f"{name}.flac", mics, voices))
                if mics == "one":
                    found.setdefault(f"{name}, not enrolled", []).append(Recorded(folder / f"{name}.flac", mics, {}))
    return found


def _recordings(conditions: Mapping[str, list[Recorded]]) -> None:
    print(
        f"steps of {STEP_MS} ms, {os.cpu_count()} cores; computing is counted in processor time, so that what else runs"
    )
    print("on this machine does not count; noticed: after it became one, computing and a microphone's block included")
    for condition, recordings in conditions.items():
        figures = Figures()
        for recorded in recordings:
            _measure(recorded, figures)
        print(f"{condition:26} {_line(figures)}", flush=True)


def _measure(recorded: Recorded, figures: Figures) -> None:
    """Play a recording into the live analysis and compare with the final one."""
    listening = Listening(recorded.enrolment, recorded.mics, "none")
    heard = hear(recorded.path, listening, lambda _stage, _done: None)
    talk = live_talk(recorded.mics, recorded.enrolment)
    noticed: list[tuple[NoticedOverlap, int]] = []
    for samples in _steps(recorded.path):
        start = time.process_time()
        picture = talk.advance(samples)
        cost = 1000 * (time.process_time() - start)
        figures.step_ms.append(cost)
        new = [event for event in picture.events if event.noticed_ms == picture.at_ms]
        noticed += [(event, round(event.noticed_ms + cost + WAKE_MS)) for event in new]
    figures.sound_ms += talk.at_ms
    speech = talk.speech()
    error, total = disagreement(speech, heard.speech)
    if not recorded.enrolment and recorded.mics == "one":
        error = min(error, disagreement(_swapped(speech), heard.speech)[0])
    figures.error_ms, figures.speech_ms = figures.error_ms + error, figures.speech_ms + total
    _latencies(list(heard.speech), noticed, figures)


def _latencies(speech: list[Ipu], noticed: list[tuple[NoticedOverlap, int]], figures: Figures) -> None:
    """Compare with when each interruption became one: when the final speech, cut off there, shows it."""
    final = take_floor(speech).overlaps
    used: set[int] = set()
    for overlap in (o for o in final if o.kind in KINDS):
        near = {i: at for i, (event, at) in enumerate(noticed) if _is_same(event, overlap)}
        used |= near.keys()
        if overlap.kind is OverlapKind.ATTEMPTED_INTERRUPTION:
            figures.attempts += [min(near.values()) - _became(speech, overlap)] if near else []
        elif near:
            figures.noticed.append(min(near.values()) - _became(speech, overlap))
            figures.late += figures.noticed[-1] > TARGET_MS
        else:
            figures.missed += 1
    figures.withdrawn += sum(e.kind is OverlapKind.INTERRUPTION and i not in used for i, (e, _) in enumerate(noticed))


def _is_same(event: Overlap, overlap: Overlap) -> bool:
    near = abs(event.span.start - overlap.span.start) <= 1000
    return near and (event.kind, event.incomer) == (overlap.kind, overlap.incomer)


def _became(speech: list[Ipu], overlap: Overlap) -> Ms:
    """The earliest moment at which speech cut off there holds this interruption."""
    near = [ipu for ipu in speech if overlap.span.start - 60_000 < ipu.span.end]
    for at in range(overlap.span.start, overlap.span.end + 30_000, FRAME_MS):
        cut = [Ipu(i.partner, Span(i.span.start, min(i.span.end, at))) for i in near if i.span.start < at]
        for found in take_floor(cut).overlaps:
            if (found.kind, found.incomer, found.span.start) == (overlap.kind, overlap.incomer, overlap.span.start):
                return at
    return overlap.span.end


def disagreement(live: tuple[Ipu, ...], final: tuple[Ipu, ...]) -> tuple[Ms, Ms]:
    """Speech missed, added or given to the other, and all speech of `final`, ms; no collar."""
    end = max((ipu.span.end for ipu in (*live, *final)), default=0) // FRAME_MS
    ours, theirs = _activity(live, end), _activity(final, end)
    both = np.minimum(ours.sum(axis=0), theirs.sum(axis=0))
    right = (ours & theirs).sum(axis=0)
    wrong = np.maximum(ours.sum(axis=0), theirs.sum(axis=0)) - both + (both - right)
    return int(wrong.sum()) * FRAME_MS, int(theirs.sum()) * FRAME_MS


def _activity(speech: tuple[Ipu, ...], frames: int) -> NDArray[np.bool_]:
    result = np.zeros((2, frames), dtype=np.bool_)
    for ipu in speech:
        result[PARTNERS.index(ipu.partner), ipu.span.start // FRAME_MS : ipu.span.end // FRAME_MS] = True
    return result


def _swapped(speech: tuple[Ipu, ...]) -> tuple[Ipu, ...]:
    return tuple(Ipu("B" if ipu.partner == "A" else "A", ipu.span) for ipu in speech)


def _steps(path: Path, step_ms: Ms = STEP_MS) -> Iterator[Samples]:
    size = step_ms * SAMPLES_PER_MS
    samples = np.concatenate(list(AudioFile(path).blocks()), axis=1)
    for start in range(0, samples.shape[1], size):
        yield samples[:, start : start + size]


def _captions() -> None:
    """How long after speech ended its caption is there, with tiny.en, if it starts when the piece is cut."""
    store = open_store()
    if store.look(store.manifest.model(CAPTION_MODEL)).state is State.MISSING:
        print(f"skipped captions: no {CAPTION_MODEL} weights")
        return
    try:
        transcriber = WhisperTranscriber(store.verified(CAPTION_MODEL).folder, 2)
    except MissingModel as missing:
        print(f"skipped captions: {missing.message}")
        return
    example = example_folder()
    voices: dict[PartnerId, Path] = {p: example / f"enrol_{p}.flac" for p in PARTNERS}
    talk = live_talk("one", voices)
    delays: list[float] = []
    costs: list[float] = []
    free_at = 0.0
    for samples in _steps(example / "conversation.flac"):
        start = time.perf_counter()
        talk.advance(samples)
        cut_at = talk.at_ms + WAKE_MS + 1000 * (time.perf_counter() - start)
        for piece in talk.pieces():
            start = time.perf_counter()
            captions_of(piece, transcriber.words(piece.sound))
            costs.append(1000 * (time.perf_counter() - start))
            free_at = max(free_at, cut_at) + costs[-1]
            delays.append(free_at - piece.span.end)
    print(f"captions: {len(delays)} pieces, {_spread(delays)} after speech ended; transcribing {_spread(costs)}")


def _line(figures: Figures) -> str:
    compute = f"step {_spread(figures.step_ms)}, {sum(figures.step_ms) * 1000 / figures.sound_ms:.0f} ms a second"
    unlike = f"over {TARGET_MS} ms: {figures.late}, never: {figures.missed}, not in the final: {figures.withdrawn}"
    error = figures.error_ms / max(1, figures.speech_ms)
    attempts = f"attempts {_spread(figures.attempts)}"
    return f"noticed {_spread(figures.noticed)} ({unlike}); {attempts}; disagrees {error:.3f}; {compute}"


def _spread(values: list[int] | list[float]) -> str:
    if not values:
        return "none"
    p50, p95, most = np.percentile(values, (50, 95, 100))
    return f"n={len(values)} p50 {p50:.0f} p95 {p95:.0f} max {most:.0f} ms"
