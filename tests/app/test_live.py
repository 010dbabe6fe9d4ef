"""The live view beside a recording, with the real networks: fed in blocks as a recording feeds it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile
import soxr
from numpy.typing import NDArray

from listener.adapters.audio_file import AudioFile
from listener.adapters.model_store import State, open_store
from listener.adapters.resources import example_folder
from listener.adapters.webrtc_vad import WebRtcVad
from listener.analysis.live_captions import CaptionPiece
from listener.analysis.live_picture import LivePicture
from listener.analysis.live_talk import LiveTalk
from listener.analysis.two_mics import speech_on_two_mics
from listener.app import live
from listener.app.hear import Listening, hear
from listener.app.live import LiveAnalysis, live_talk
from listener.app.live_captioner import Captioner
from listener.domain.floor import OverlapKind
from listener.domain.span import Ms, Span
from listener.domain.speech import PARTNERS, Ipu, PartnerId, Word
from listener.errors import MissingModel
from listener.ports import Block, Samples, Transcriber

TALK = example_folder() / "conversation.flac"
ENROLMENT: dict[PartnerId, Path] = {p: example_folder() / f"enrol_{p}.flac" for p in PARTNERS}
STEREO = Path(__file__).parents[1] / "fixtures" / "dialogue" / "good" / "stereo.flac"
PATIENCE_S = 120.0


def until(condition: Callable[[], bool]) -> None:
    """Wait for a condition; what has not come about in two minutes never will."""
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def int16(path: Path, seconds: float, rate: int = 16_000) -> NDArray[np.int16]:
    """The beginning of a recording, shape (frames, channels)."""
    samples, own_rate = soundfile.read(path, dtype="int16", always_2d=True, frames=-1)
    samples = samples[: round(seconds * own_rate)]
    return np.asarray(samples if rate == own_rate else soxr.resample(samples, own_rate, rate), dtype=np.int16)


def blocks(samples: NDArray[np.int16], size: int) -> Iterator[Block]:
    for start in range(0, len(samples), size):
        yield Block(samples[start : start + size])


def steps(path: Path, step_ms: Ms, most_ms: Ms = 10**9) -> Iterator[Samples]:
    samples = np.concatenate(list(AudioFile(path).blocks()), axis=1)[:, : most_ms * 16]
    for start in range(0, samples.shape[1], step_ms * 16):
        yield samples[:, start : start + step_ms * 16]


def disagreement(first: tuple[Ipu, ...], second: tuple[Ipu, ...]) -> float:
    """Share of the second's speech that the first has otherwise, frame by frame, without a collar."""
    end = max(ipu.span.end for ipu in (*first, *second)) // 10
    found = np.zeros((2, 2, end), dtype=np.bool_)
    for i, speech in enumerate((first, second)):
        for ipu in speech:
            found[i, PARTNERS.index(ipu.partner), ipu.span.start // 10 : ipu.span.end // 10] = True
    return float((found[0] != found[1]).sum() / found[1].sum())


@pytest.fixture(scope="module")
def pictures() -> tuple[LiveTalk, list[LivePicture]]:
    """The example, heard live."""
    talk = live_talk("one", ENROLMENT)
    return talk, [talk.advance(samples) for samples in steps(TALK, 500)]


def test_live_speech_is_that_of_the_final_analysis(pictures: tuple[LiveTalk, list[LivePicture]]) -> None:
    talk, seen = pictures
    final = hear(TALK, Listening(ENROLMENT, model="none"), lambda _stage, _done: None)

    assert talk.at_ms == final.duration_ms
    assert disagreement(talk.speech(), final.speech) < 0.03
    assert seen[-1].speaking_ms == {p: sum(i.span.duration_ms for i in talk.speech() if i.partner == p) for p in "AB"}


def test_interruptions_are_noticed_soon(pictures: tuple[LiveTalk, list[LivePicture]]) -> None:
    _, seen = pictures
    noticed = [e for e in seen[-1].events if e.kind is OverlapKind.INTERRUPTION]

    assert noticed
    assert all(event.incomer == "B" for event in noticed)
    assert all(event.noticed_ms - event.span.end <= 1000 for event in noticed)


def test_someone_has_the_floor_from_the_first_words_on(pictures: tuple[LiveTalk, list[LivePicture]]) -> None:
    talk, seen = pictures
    first = talk.speech()[0]

    assert [p.holder for p in seen if p.at_ms < first.span.start] == [None] * sum(
        p.at_ms < first.span.start for p in seen
    )
    assert {p.holder for p in seen if p.at_ms > first.span.start + 1000} == {"A", "B"}
    assert all(p.note == "" and p.ready for p in seen)


def test_the_same_steps_give_the_same_pictures() -> None:
    first, second = live_talk("one", {}), live_talk("one", {})

    for samples in steps(TALK, 700, 8_000):
        assert first.advance(samples) == second.advance(samples)
    assert "one voice" in first.advance(np.zeros((1, 0), dtype=np.float32)).note or first.speech()


def test_two_microphones_agree_with_the_final_analysis() -> None:
    talk = live_talk("two", {})
    for samples in steps(STEREO, 500):
        talk.advance(samples)

    final = speech_on_two_mics(AudioFile(STEREO), (WebRtcVad(), WebRtcVad()))
    late = tuple(ipu for ipu in talk.speech() if ipu.span.start > 20_000)
    assert disagreement(late, tuple(ipu for ipu in final if ipu.span.start > 20_000)) < 0.1


def test_two_microphones_in_silence_say_nothing() -> None:
    talk = live_talk("two", {})

    picture = talk.advance(np.zeros((2, 80_000), dtype=np.float32))

    assert (picture.at_ms, picture.holder, talk.speech()) == (5000, None, ())


def test_what_is_fed_is_heard_at_any_rate() -> None:
    analysis = LiveAnalysis("one", ENROLMENT, 44_100, captions=False, threads=2)
    try:
        for block in blocks(int16(TALK, 9.0, 44_100), 2205):
            analysis.feed(block)
        until(lambda: analysis.picture.at_ms > 8_600)
        analysis.seam()
        picture = analysis.picture
        assert picture.ready
        assert picture.dropped_ms == 0
        assert picture.behind_ms == 9_000 - picture.at_ms
        assert picture.speaking_ms["A"] > 2_000
        assert picture.share is not None
        assert picture.share > 0.5
    finally:
        analysis.stop()


def test_lost_frames_keep_their_time_and_struck_ones_go() -> None:
    analysis = LiveAnalysis("one", ENROLMENT, 16_000, captions=False, threads=2)
    try:
        samples = int16(TALK, 8.0)
        analysis.feed(Block(samples, lost_frames=64_000))
        until(lambda: analysis.picture.at_ms == 12_000)
        assert analysis.picture.speaking_ms["A"] > 2_000

        analysis.strike(Span(0, 12_000))
        until(lambda: sum(analysis.picture.speaking_ms.values()) == 0)
        assert analysis.picture.at_ms == 12_000
    finally:
        analysis.stop()


def test_a_full_queue_drops_and_tells_and_time_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = threading.Event()
    real = live.live_talk

    def slow(*arguments: object) -> LiveTalk:
        assert loaded.wait(PATIENCE_S)
        return real("one", {})

    monkeypatch.setattr(live, "live_talk", slow)
    analysis = LiveAnalysis("one", {}, 16_000, captions=False, threads=2)
    try:
        second = np.zeros((16_000, 1), dtype=np.int16)
        for _ in range(40):
            analysis.feed(Block(second))
        assert not analysis.picture.ready
        assert (analysis.picture.dropped_ms, analysis.picture.behind_ms) == (10_000, 40_000)

        loaded.set()
        until(lambda: analysis.picture.at_ms == 30_000)
        analysis.feed(Block(second))
        until(lambda: analysis.picture.at_ms == 41_000)
        assert (analysis.picture.dropped_ms, analysis.picture.behind_ms) == (10_000, 0)
    finally:
        analysis.stop()


def test_what_cannot_be_loaded_is_told(tmp_path: Path) -> None:
    broken = tmp_path / "enrol_A.flac"
    broken.write_bytes(b"no sound")
    analysis = LiveAnalysis("one", {"A": broken}, 16_000, captions=False, threads=2)
    try:
        until(lambda: analysis.picture.note != "")
        assert "No live view" in analysis.picture.note
        assert not analysis.picture.ready
        analysis.feed(Block(np.zeros((16_000, 1), dtype=np.int16)))
        assert analysis.picture.behind_ms == 0  # it is not late, it is not there
    finally:
        analysis.stop()


def test_captions_of_the_first_sentence(pictures: tuple[LiveTalk, list[LivePicture]]) -> None:
    store = open_store()
    if store.look(store.manifest.model("tiny.en")).state is not State.VERIFIED:
        pytest.skip("no tiny.en weights: run `listener models fetch tiny.en`")
    analysis = LiveAnalysis("one", ENROLMENT, 16_000, captions=True, threads=2)
    try:
        speech = pictures[0].speech()
        stop = next(a.span.end for a, b in pairwise(speech) if b.span.start - a.span.end > 400)
        analysis.feed(Block(int16(TALK, stop / 1000 + 0.7)))
        until(lambda: bool(analysis.picture.captions) or analysis.picture.captions_behind)
        assert [caption.partner for caption in analysis.picture.captions[:1]] == [speech[0].partner]
        assert len(analysis.picture.captions[-1].text.split()) >= 3
        assert analysis.picture.captions[-1].span.end <= stop + 200

        analysis.strike(Span(0, 60_000))
        assert analysis.picture.captions == ()
    finally:
        analysis.stop()


class Told:
    """Transcriber that waits for leave and hears one word in all."""

    def __init__(self) -> None:
        self.leave = threading.Semaphore(0)
        self.asked = threading.Event()

    def words(self, speech: Samples) -> list[Word]:
        self.asked.set()
        assert self.leave.acquire(timeout=PATIENCE_S)
        return [Word("Yes.", Span(0, 300), 0.9)]


def piece(start: Ms) -> CaptionPiece:
    span = Span(start, start + 500)
    return CaptionPiece("A", span, start, np.zeros(8_000, dtype=np.float32), (Ipu("A", span),))


def test_pieces_that_waited_too_long_are_dropped_openly() -> None:
    now, told = [1_000], Told()
    captioner = Captioner(2, lambda: now[0], lambda _threads: told)
    try:
        captioner.offer([piece(0), piece(600), piece(4_000)])
        assert told.asked.wait(PATIENCE_S)
        assert not captioner.behind
        now[0] = 5_000
        assert captioner.behind
        told.leave.release(3)
        until(lambda: len(captioner.captions) == 2)
        assert [caption.span.start for caption in captioner.captions] == [0, 4_000]
        assert captioner.behind
        now[0] = 16_000
        assert not captioner.behind
    finally:
        told.leave.release(3)
        captioner.stop(PATIENCE_S)


def test_what_is_struck_while_it_is_transcribed_is_not_shown() -> None:
    told = Told()
    captioner = Captioner(2, lambda: 0, lambda _threads: told)
    try:
        captioner.offer([piece(0)])
        assert told.asked.wait(PATIENCE_S)
        captioner.strike(Span(0, 1_000))
        captioner.offer([piece(2_000)])
        told.leave.release(2)
        until(lambda: bool(captioner.captions))
        assert [caption.span.start for caption in captioner.captions] == [2_000]
    finally:
        captioner.stop(PATIENCE_S)


def test_missing_caption_weights_are_told() -> None:
    def absent(_threads: int) -> Transcriber:
        raise MissingModel("gone", "fetch")

    captioner = Captioner(2, lambda: 0, absent)
    until(lambda: captioner.note != "")
    captioner.offer([piece(0)])
    assert "models fetch tiny.en" in captioner.note
    assert not captioner.behind
    captioner.stop(PATIENCE_S)
