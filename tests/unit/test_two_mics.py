from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pytest
from numpy.typing import NDArray

from listener.analysis.two_mics import TwoMicParameters, mics_in_use, same_signal, speech_on_two_mics
from listener.domain.span import Ms, Span, merged, total_ms
from listener.domain.speech import PARTNERS, Ipu, PartnerId
from listener.ports import SAMPLE_RATE, SAMPLES_PER_MS, Samples

CELL_MS: Ms = 100
USUAL = TwoMicParameters()
NOISE = 0.001
TALK_A = "..########..####............######....................########.......##.......#########......."
TALK_B = "............................##..........########..######........######....##........######...."


@dataclass(frozen=True)
class Drawn:
    """AudioSource over samples, in blocks of any length."""

    samples: Samples
    block: int = 16_000

    @property
    def channels(self) -> int:
        return int(self.samples.shape[0])

    @property
    def duration_ms(self) -> Ms:
        return int(self.samples.shape[1]) // SAMPLES_PER_MS

    def blocks(self) -> Iterator[Samples]:
        for start in range(0, self.samples.shape[1], self.block):
            yield self.samples[:, start : start + self.block]

    def read(self, span: Span) -> Samples:
        return self.samples[:, span.start * SAMPLES_PER_MS : span.end * SAMPLES_PER_MS]


@dataclass
class Hearing:
    """VoiceActivityDetector that gives one answer and keeps the loudest level it was given."""

    answer: bool = True
    frame_ms: Ms = 10
    loudest: float = 0.0

    def is_speech(self, frame: Samples) -> bool:
        assert frame.shape == (self.frame_ms * SAMPLES_PER_MS,)
        self.loudest = max(self.loudest, float(frame @ frame / frame.size) ** 0.5)
        return self.answer


def voice(cells: str, seed: int) -> Samples:
    """Noise with a voice's slope and syllables where a cell is drawn, RMS about 0.05 there, shape (samples,)."""
    rng = np.random.default_rng(seed)
    size = len(cells) * CELL_MS * SAMPLES_PER_MS
    spectrum = np.fft.rfft(rng.standard_normal(size))
    frequency = np.fft.rfftfreq(size, 1 / SAMPLE_RATE)
    sound = np.fft.irfft(spectrum * np.where(frequency > 120, 1 / (1 + (frequency / 700) ** 2) ** 0.5, 0), size)
    syllables = 1.0 + 0.7 * np.sin(2 * np.pi * (3.7 + 0.4 * seed) * np.arange(size) / SAMPLE_RATE + seed)
    drawn = np.repeat([cell == "#" for cell in cells], CELL_MS * SAMPLES_PER_MS)
    spoken: Samples = (0.05 * sound / sound.std() * syllables * drawn).astype(np.float32)
    return spoken


def across(sound: Samples, leak_db: float, seed: int) -> Samples:
    """The sound as the far microphone has it: 2 ms later, with a room's tail of 0.3 s, `leak_db` softer."""
    rng = np.random.default_rng(100 + seed)
    time = np.arange(int(0.3 * SAMPLE_RATE)) / SAMPLE_RATE
    room = rng.standard_normal(time.size) * 10 ** (-3 * time / 0.3)
    room *= 0.5 / np.sqrt((room**2).sum())
    room[:32] = 0
    room[32] += 0.87
    size = 1 << (sound.size + room.size).bit_length()
    far = np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(room, size), size)[: sound.size]
    return (10 ** (-leak_db / 20) * far).astype(np.float32)


def hiss(size: int, level: float, seed: int) -> Samples:
    return (level * np.random.default_rng(200 + seed).standard_normal(size)).astype(np.float32)


def two_mics(a: str, b: str, leak_db: float = 12.0, gains: tuple[float, float] = (1.0, 1.0)) -> Drawn:
    first, second = voice(a, 1), voice(b, 2)
    size = first.size
    near = [
        first + across(second, leak_db, 2) + hiss(size, NOISE, 1),
        second + across(first, leak_db, 1) + hiss(size, NOISE, 2),
    ]
    return Drawn(np.stack([gain * channel for gain, channel in zip(gains, near, strict=True)]).astype(np.float32))


def drawn_spans(cells: str) -> list[Span]:
    cell = [Span(i * CELL_MS, (i + 1) * CELL_MS) for i, c in enumerate(cells) if c == "#"]
    return merged(cell, 0)


def heard(source: Drawn, parameters: TwoMicParameters = USUAL) -> dict[PartnerId, list[Span]]:
    ipus = speech_on_two_mics(source, (Hearing(), Hearing()), parameters)
    assert list(ipus) == sorted(ipus, key=lambda ipu: (ipu.span, ipu.partner))
    return {p: [ipu.span for ipu in ipus if ipu.partner == p] for p in PARTNERS}


def active(spans: list[Span], frames: int) -> NDArray[np.bool_]:
    mask = np.zeros(frames, dtype=np.bool_)
    for span in spans:
        mask[span.start // 10 : span.end // 10] = True
    return mask


def error(source: Drawn, a: str, b: str) -> float:
    """Frames wrongly given or withheld over those of true speech; 50 ms about each drawn edge are free."""
    spans = heard(source)
    frames = source.duration_ms // 10
    truth = np.stack([active(drawn_spans(cells), frames) for cells in (a, b)])
    found = np.stack([active(spans[p], frames) for p in PARTNERS])
    edges = np.abs(np.diff(truth.astype(np.int8), axis=1, prepend=0))
    free = np.stack([np.convolve(row, np.ones(11), mode="same") > 0 for row in edges])
    return float(((truth != found) & ~free).sum() / truth.sum())


@pytest.mark.parametrize("leak_db", [18.0, 12.0, 6.0, 2.0])
def test_each_partner_is_heard_and_the_leakage_is_not(leak_db: float) -> None:
    a, b = 2 * TALK_A, 2 * TALK_B

    assert error(two_mics(a, b, leak_db), a, b) < 0.05


@pytest.mark.parametrize("gains", [(1.0, 0.05), (0.1, 3.0)])
def test_the_gains_of_the_microphones_do_not_matter(gains: tuple[float, float]) -> None:
    a, b = 2 * TALK_A, 2 * TALK_B

    assert error(two_mics(a, b, 8.0, gains), a, b) < 0.05


@pytest.mark.parametrize("leak_db", [15.0, 5.0])
def test_both_at_once_are_both_heard(leak_db: float) -> None:
    a = 2 * "..##########..........##########....................##########....."
    b = 2 * ".....###..............................##########.........########.."
    spans = heard(two_mics(a, b, leak_db))

    both = total_ms(
        Span(max(x.start, y.start), min(x.end, y.end)) for x in spans["A"] for y in spans["B"] if x.overlap_ms(y)
    )

    assert both == pytest.approx(1800, abs=250)
    assert [span for span in spans["B"] if abs(span.start - 500) <= 60 and span.duration_ms <= 450]


def test_a_partner_who_says_one_word_is_heard() -> None:
    a = 4 * TALK_A
    b = TALK_A.replace("#", ".") + "." * 34 + "####" + "." * (3 * len(TALK_A) - 38)

    spans = heard(two_mics(a, b))

    assert total_ms(spans["B"]) == pytest.approx(400, abs=100)
    assert total_ms(spans["A"]) == pytest.approx(total_ms(drawn_spans(a)), rel=0.15)


@pytest.mark.parametrize("leak_db", [15.0, 6.0, 2.0])
@pytest.mark.parametrize("silent", ["A", "B"])
def test_a_partner_silent_all_along_says_nothing(silent: PartnerId, leak_db: float) -> None:
    talk, nothing = 2 * TALK_A, 2 * len(TALK_A) * "."
    a, b = (nothing, talk) if silent == "A" else (talk, nothing)

    spans = heard(two_mics(a, b, leak_db))

    assert total_ms(spans[silent]) <= 300
    assert total_ms(spans["B" if silent == "A" else "A"]) == pytest.approx(total_ms(drawn_spans(talk)), rel=0.15)


def test_a_dead_channel_leaves_the_other_partner() -> None:
    drawn = two_mics(TALK_A, len(TALK_A) * ".")
    drawn.samples[1] = 0.0

    spans = heard(drawn)

    assert spans["B"] == []
    assert total_ms(spans["A"]) == pytest.approx(total_ms(drawn_spans(TALK_A)), rel=0.15)


def test_silence_holds_no_speech() -> None:
    assert heard(Drawn(np.zeros((2, 32_000), dtype=np.float32))) == {"A": [], "B": []}
    assert heard(Drawn(np.zeros((2, 0), dtype=np.float32))) == {"A": [], "B": []}
    assert heard(Drawn(np.stack([hiss(80_000, 0.001, 1), hiss(80_000, 0.001, 2)]))) == {"A": [], "B": []}


def test_a_leak_that_changes_halfway_is_followed() -> None:
    a, b = 3 * TALK_A, 3 * TALK_B
    before, after = two_mics(a, b, 14.0), two_mics(a, b, 7.0)
    half = before.samples.shape[1] // 2

    assert error(Drawn(np.concatenate([before.samples[:, :half], after.samples[:, half:]], axis=1)), a, b) < 0.05


def test_a_fan_switched_on_is_noise() -> None:
    a, b = 8 * TALK_A, 8 * TALK_B
    drawn = two_mics(a, b)
    half = drawn.samples.shape[1] // 2
    drawn.samples[:, half:] += hiss(drawn.samples.shape[1] - half, 0.003, 9)

    assert error(drawn, a, b) < 0.05


def test_blocks_of_any_length_give_the_same() -> None:
    drawn = two_mics(TALK_A, TALK_B)

    assert heard(replace(drawn, block=160)) == heard(replace(drawn, block=500_001)) == heard(drawn)


def test_short_pauses_are_bridged_and_blips_dropped() -> None:
    a = "....######.####......#......#######....."
    drawn = two_mics(a, len(a) * ".")
    parameters = TwoMicParameters(shortest_ms=200)

    starts = [span.start for span in heard(drawn, parameters)["A"]]

    assert len(starts) == 2
    assert starts == [pytest.approx(400, abs=40), pytest.approx(2800, abs=40)]


def test_the_detector_gates_and_gets_an_ordinary_level() -> None:
    drawn = two_mics(TALK_A, TALK_B, gains=(0.01, 0.01))
    deaf, keen = Hearing(answer=False), Hearing(frame_ms=30)

    ipus = speech_on_two_mics(drawn, (deaf, keen))

    assert {ipu.partner for ipu in ipus} == {"B"}
    assert 0.05 < deaf.loudest < 0.5


def test_one_channel_is_refused() -> None:
    with pytest.raises(ValueError, match="two channels"):
        speech_on_two_mics(Drawn(np.zeros((1, 1600), dtype=np.float32)), (Hearing(), Hearing()))


def test_the_same_recording_gives_the_same_speech() -> None:
    drawn = two_mics(TALK_A, TALK_B, 4.0)
    vads = (Hearing(), Hearing())

    first: tuple[Ipu, ...] = speech_on_two_mics(drawn, vads)

    assert first == speech_on_two_mics(drawn, vads)


def room() -> Samples:
    """Both partners on one microphone."""
    sound = voice(TALK_A, 1) + across(voice(TALK_B, 2), 3.0, 2)
    return (sound + hiss(sound.size, NOISE, 5)).astype(np.float32)


@pytest.mark.parametrize(
    ("gain", "delay", "dither"),
    [(1.0, 0, 0.0), (0.2, 0, 0.0), (-3.0, 0, 0.0), (0.7, 8, 0.0), (1.0, 0, 1e-4), (0.5, 2, 3e-5)],
)
def test_a_copied_signal_is_one_microphone(gain: float, delay: int, dither: float) -> None:
    mono = room()
    copy = gain * np.roll(mono, delay) + hiss(mono.size, dither, 7)

    source = Drawn(np.stack([mono, copy]).astype(np.float32))

    assert mics_in_use(source) == "same_signal"
    assert same_signal(source)


@pytest.mark.parametrize("leak_db", [18.0, 6.0, 2.0])
@pytest.mark.parametrize("b", [TALK_B, len(TALK_B) * "."])
def test_two_microphones_are_told_from_a_copy(b: str, leak_db: float) -> None:
    source = two_mics(TALK_A, b, leak_db, gains=(1.0, 0.3))

    assert mics_in_use(source) == "two_signals"
    assert not same_signal(source)


def test_a_leak_without_a_room_is_told_from_a_copy_by_the_noise() -> None:
    talk = voice(TALK_A, 1)
    near = talk + hiss(talk.size, NOISE, 1)
    far = 0.5 * talk + hiss(talk.size, NOISE, 2)

    assert mics_in_use(Drawn(np.stack([near, far]).astype(np.float32))) == "two_signals"


@pytest.mark.parametrize("level", [0.0, 1e-5])
def test_a_silent_channel_is_a_microphone_not_in_use(level: float) -> None:
    mono = room()
    source = Drawn(np.stack([hiss(mono.size, level, 3), mono]))

    assert mics_in_use(source) == "silent_channel"
    assert not same_signal(source)


def test_silence_and_one_channel_are_not_two_microphones() -> None:
    assert mics_in_use(Drawn(np.zeros((2, 32_000), dtype=np.float32))) == "silent_channel"
    assert mics_in_use(Drawn(np.zeros((2, 0), dtype=np.float32))) == "silent_channel"
    assert mics_in_use(Drawn(room()[None])) == "one_channel"
