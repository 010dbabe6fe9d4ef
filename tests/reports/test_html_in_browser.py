"""The report in a real browser that has no network: what its buttons play, and what hostile words do to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from listener.adapters.compressed_sound import compressed_sound
from listener.app.example import example_recording
from listener.domain.embedded_sound import EmbeddedSound
from listener.domain.report import Report
from listener.reports.html_report import HtmlReport
from listener.reports.report_reading import parse
from listener.reports.wording import plain_text
from tests.chromium import Browser, chromium
from tests.reports.test_html_report import HOSTILE, hostile_everywhere
from tests.waiting import wait_until

pytestmark = pytest.mark.skipif(chromium() is None, reason="no Chromium: .ci/browser installs it where it may")

EXAMPLE = Path(__file__).parents[1] / "tui" / "example_report.json"
PLAYED = "document.getElementById('audio')"
SAYS = "document.getElementById('says').textContent"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with Browser(tmp_path_factory.mktemp("chromium")) as started:
        yield started


@pytest.fixture(scope="module")
def sound() -> EmbeddedSound:
    return compressed_sound(example_recording())


@pytest.fixture(name="example")
def example_report() -> Report:
    return parse(EXAMPLE.read_bytes())


@pytest.fixture
def opened(browser: Browser, sound: EmbeddedSound, example: Report, tmp_path: Path) -> Browser:
    """The real example, with its sound, as a file in the browser."""
    browser.events.clear()
    file = tmp_path / "report.html"
    file.write_bytes(HtmlReport({}, sound).render(example))
    browser.open(file)
    wait_until(lambda: browser.value(f"{PLAYED}.readyState >= 1"), "the sound's length")
    return browser


def at_ms(browser: Browser) -> float:
    return float(browser.value(f"{PLAYED}.currentTime * 1000"))


def paused(browser: Browser) -> bool:
    return bool(browser.value(f"{PLAYED}.paused"))


def note_times(browser: Browser) -> None:
    """Have the page write down where the sound is, from its start to its end."""
    browser.value(
        f"window.heard = []; for (const kind of ['playing', 'timeupdate', 'pause'])"
        f" {PLAYED}.addEventListener(kind, () => heard.push([kind, {PLAYED}.currentTime * 1000]))"
    )


def moment_of(start: int, end: int) -> str:
    return f'.evidence button[data-from="{start}"][data-to="{end}"]'


def test_a_moment_plays_from_its_start_to_its_end(opened: Browser, example: Report) -> None:
    assert opened.value(f"{PLAYED}.duration * 1000") == pytest.approx(example.session.duration_ms, abs=40)
    evidence = next(e for s in example.guidelines for e in s.evidence if 1_000 < e.span.duration_ms < 2_000)
    start, end = evidence.span.start, evidence.span.end
    note_times(opened)
    opened.click(moment_of(start, end))
    wait_until(lambda: opened.value("heard.some(([kind]) => kind === 'pause')"), "the end of the moment")
    heard = opened.value("heard")
    times = [at for _, at in heard]
    assert heard[0][1] == pytest.approx(start, abs=150)
    assert times == sorted(times)
    assert any(start + 200 < at < end - 100 for at in times)
    assert times[-1] == pytest.approx(end, abs=250)
    assert paused(opened)
    assert opened.value(SAYS).startswith("Played 0:")
    assert opened.complaints == []


def test_what_plays_is_speech(opened: Browser, example: Report) -> None:
    """The loudest of what reaches the loudspeaker while a moment plays."""
    opened.value(
        f"(() => {{ const room = new AudioContext(), ear = room.createAnalyser(); const part = new Float32Array(2048);"
        f" const from = room.createMediaElementSource({PLAYED}); from.connect(ear); ear.connect(room.destination);"
        f" window.loudest = 0; setInterval(() => {{ ear.getFloatTimeDomainData(part);"
        f" loudest = Math.max(loudest, ...part.map(Math.abs)); }}, 20); }})()"
    )
    opened.click(f'.transcript button[data-from="{example.utterances[0].span.start}"]')
    wait_until(lambda: opened.value("loudest > 0.05"), "speech", 20)


def test_nothing_is_fetched_and_nothing_is_complained_of(opened: Browser) -> None:
    opened.click(".picture .mark")
    wait_until(lambda: not paused(opened), "the sound")
    assert opened.value("document.querySelector('.wave > div').shadowRoot.querySelectorAll('canvas').length") >= 2
    assert {url.partition(":")[0] for url in opened.requests} <= {"file", "blob"}
    assert opened.complaints == []


def test_what_plays_is_said_and_shown(opened: Browser) -> None:
    opened.click(".picture .mark")
    wait_until(lambda: not paused(opened), "the sound")
    assert opened.value(SAYS) == "Playing 0:14 to 0:16: Sam interrupted Nora and took the floor"
    assert opened.value("document.getElementById('says').getAttribute('aria-live')") == "polite"
    assert opened.value("document.querySelector('.playing').classList.contains('mark')")


def test_the_space_bar_pauses_and_goes_on(opened: Browser) -> None:
    opened.value("document.activeElement.blur()")
    opened.press(" ", 32, " ")
    wait_until(lambda: at_ms(opened) > 100, "the sound")
    opened.press(" ", 32, " ")
    wait_until(lambda: paused(opened), "the pause")
    stopped = at_ms(opened)
    opened.press(" ", 32, " ")
    wait_until(lambda: at_ms(opened) > stopped + 100, "the sound again")
    opened.press(" ", 32, " ")
    wait_until(lambda: paused(opened), "the pause")


def test_a_moment_is_played_by_the_keyboard_alone(opened: Browser, example: Report) -> None:
    start = example.utterances[3].span.start
    opened.value("document.querySelectorAll('.transcript button')[3].focus()")
    opened.press("Enter", 13, "\r")
    wait_until(lambda: not paused(opened), "the sound")
    assert at_ms(opened) >= start
    opened.press(" ", 32, " ")
    wait_until(lambda: paused(opened), "the pause")
    wait_until(lambda: opened.value(SAYS).startswith("Paused "), "that it is told")
    paused_at = at_ms(opened)
    opened.press("Enter", 13, "\r")
    wait_until(lambda: at_ms(opened) > paused_at, "the sound again")


def test_a_place_in_the_picture_is_a_place_in_the_sound(opened: Browser) -> None:
    opened.click(".time-line .rows")
    wait_until(lambda: at_ms(opened) > 0, "the place")
    assert at_ms(opened) == pytest.approx(24_025, abs=150)
    assert paused(opened)


def test_the_page_goes_dark_with_the_system_and_the_wave_with_it(opened: Browser) -> None:
    def seen() -> tuple[str, str]:
        wave = "document.querySelector('.wave > div').shadowRoot.querySelector('canvas')"
        drawn = f"{wave}.getContext('2d').getImageData(0, 0, 400, 40).data.join()"
        return opened.value("getComputedStyle(document.body).backgroundColor"), opened.value(drawn)

    looks = []
    for scheme in ("light", "dark"):
        opened.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        opened.rest(0.5)
        looks.append(seen())
    (light, light_wave), (dark, dark_wave) = looks
    assert (light, dark) == ("rgb(250, 248, 244)", "rgb(22, 24, 28)")
    assert light_wave != dark_wave


def test_all_evidence_is_printed_and_no_player(opened: Browser) -> None:
    opened.call("Emulation.setEmulatedMedia", media="print", features=[])
    try:
        assert opened.value("getComputedStyle(document.getElementById('player')).display") == "none"
        folded = "document.querySelector('.evidence details .moments').getBoundingClientRect().height"
        assert opened.value(folded) > 20
    finally:
        opened.call("Emulation.setEmulatedMedia", media="")


@pytest.mark.parametrize("with_sound", [False, True])
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_shown_and_never_run(
    browser: Browser, sound: EmbeddedSound, sample: Report, tmp_path: Path, text: str, with_sound: bool
) -> None:
    browser.events.clear()
    file = tmp_path / "report.html"
    small = replace(sound, peaks=((1, 2, 3),))
    file.write_bytes(HtmlReport({}, small if with_sound else None).render(hostile_everywhere(sample, text)))
    browser.open(file)
    assert browser.value("document.scripts.length") == (3 if with_sound else 0)  # the sound itself is taken out
    assert browser.value("document.querySelectorAll('img, iframe, object, [onclick], [onerror]').length") == 0
    shown = browser.value("document.querySelector('.transcript .words p').textContent")
    assert shown == plain_text(text)
    assert browser.complaints == []
    for width in (320, 1100):
        browser.resize(width)
        assert browser.value("document.documentElement.scrollWidth") <= width
