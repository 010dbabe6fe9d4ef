"""The review by keys: moments are heard and judged, the scores follow on the screen and in the session alike."""

from __future__ import annotations

import asyncio
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from listener.adapters.session_folder import SessionFolder
from listener.app.judgement_file import judgements_of
from listener.app.kept_analysis import ANALYSIS_FILE
from listener.app.open_app import ReviewStart
from listener.app.sessions import REPORT_FILE
from listener.domain.span import Span
from listener.domain.speech import BehaviourLabel
from listener.errors import MissingModel
from listener.tui.app import ListenerApp
from listener.tui.screens.agreement import AgreementScreen
from listener.tui.screens.analysing import AnalysingScreen
from listener.tui.screens.home import HomeScreen
from listener.tui.screens.report import ReportScreen
from listener.tui.screens.review import ReviewScreen
from listener.tui.widgets.pick import Pick
from listener.tui.widgets.review_board import ReviewBoard
from tests.reviewed import UTTERANCES, row, stored_report
from tests.tui.analyses import AnalysisRoom, FailingAnalysis
from tests.tui.driving import in_app, settle, words
from tests.tui.review_rooms import ReviewRoom, review_room

INTERRUPTED = Span(12_000, 14_000)


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Keys one after the other, each with what follows from it."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot)
        await settle(pilot)


async def begin(pilot: Pilot[None], folder: SessionFolder, *keys: str) -> None:
    """The review as Nora, with the keys on the first interruption."""
    await pilot.app.push_screen(ReportScreen(folder.path.name))
    await press(pilot, "r", "enter", "down", *keys)


def chosen(pilot: Pilot[None]) -> Span:
    moment = pilot.app.screen.query_one(ReviewBoard).chosen
    assert moment is not None
    return moment.moment.span


def lines(pilot: Pilot[None], list_id: str) -> list[str]:
    return [str(option.prompt) for option in pilot.app.screen.query_one(list_id, OptionList).options]


def test_an_interruption_that_was_a_listening_sound_raises_let_them_finish_here_and_in_the_report(
    tmp_path: Path,
) -> None:
    studio, folder = review_room(tmp_path)
    machine = (folder.path / REPORT_FILE).read_bytes()
    before = row(stored_report(folder), "let-them-finish", "B").score

    async def script(pilot: Pilot[None]) -> None:
        await begin(pilot, folder, "l")
        assert isinstance(pilot.app.screen, Pick)
        await press(pilot, "down", "down", "enter")
        after = row(stored_report(folder), "let-them-finish", "B").score
        assert before is not None
        assert after is not None
        assert after > before
        assert f"{before} → {after}  Let each other finish · Sam" in words(pilot)
        assert f"✓ Saved. Let each other finish: Sam {before} → {after}" in words(pilot)
        assert "Machine  an interruption\nCounts   a listening sound" in words(pilot)
        assert "a listening sound, not an interruption (Nora, 2026-11-23 20:00)" in words(pilot)
        assert "1 of 6 judged" in words(pilot)
        await press(pilot, "u")
        assert (folder.path / REPORT_FILE).read_bytes() == machine
        assert f"{after} → {before}" in words(pilot)
        assert "Taken back: what was said of Sam at 0:12." in words(pilot)
        await press(pilot, "u")
        assert "There is nothing of yours to take back." in words(pilot)

    in_app(studio, script)


def test_right_and_wrong(tmp_path: Path) -> None:
    studio, folder = review_room(tmp_path)

    async def script(pilot: Pilot[None]) -> None:
        await begin(pilot, folder, "x", "down", "x", "enter", "down", "a")
        said = [(j.aspect, j.label, j.value) for j in judgements_of(folder)]
        assert said == [
            ("event", None, "none"),
            ("behaviour", BehaviourLabel.BLAME, "absent"),
            ("speaker", None, "A"),
            ("behaviour", BehaviourLabel.FEELING_STATEMENT, "present"),
            ("behaviour", BehaviourLabel.SELF_DISCLOSURE, "present"),
        ]

    in_app(studio, script)


def test_some_of_the_behaviours_are_ticked_and_one_undo_takes_them_back(tmp_path: Path) -> None:
    studio, folder = review_room(tmp_path)

    async def script(pilot: Pilot[None]) -> None:
        await begin(pilot, folder, "down", "l", "down", "down", "space", "down", "space", "enter")
        assert {(j.label, j.value) for j in judgements_of(folder)} == {
            (BehaviourLabel.REFLECTION, "present"),
            (BehaviourLabel.VALIDATION, "present"),
        }
        assert "Machine  blames\nCounts   blames, says back, lets it count" in words(pilot)
        await press(pilot, "u")
        assert judgements_of(folder) == ()
        await press(pilot, "l", "enter")  # nothing ticked otherwise: nothing said
        await press(pilot, "x", "space", "enter")
        assert judgements_of(folder) == ()

    in_app(studio, script)


def test_who_spoke_and_a_note(tmp_path: Path) -> None:
    studio, folder = review_room(tmp_path)

    async def script(pilot: Pilot[None]) -> None:
        await begin(pilot, folder, "s")
        assert "Who came in follows from who spoke" in words(pilot)
        await press(pilot, "down", "s", "up", "enter", "n")
        await press(pilot, *"ach", "enter")
        assert [(j.aspect, j.value) for j in judgements_of(folder)] == [("speaker", "A"), ("note", "ach")]
        assert "Nora said (machine: Sam)" in words(pilot)
        assert "note: “ach”" in words(pilot)
        await press(pilot, "n")
        assert pilot.app.screen.query_one(Input).value == "ach"
        await press(pilot, "backspace", "backspace", "backspace", "enter")
        assert "note:" not in words(pilot)

    in_app(studio, script)


def test_a_moment_plays_from_a_second_before(tmp_path: Path) -> None:
    studio, folder = review_room(tmp_path)

    async def script(pilot: Pilot[None]) -> None:
        await begin(pilot, folder, "enter", "up", "p")
        assert [span for _, span in studio.player.played] == [
            Span(INTERRUPTED.start - 1_000, INTERRUPTED.end),
            Span(0, UTTERANCES[0].span.end),
        ]
        assert "playing 0:00" in words(pilot)
        await press(pilot, "space")
        assert not studio.player.playing

    in_app(studio, script)


def test_filters_list_other_moments_and_judging_keeps_the_place(tmp_path: Path) -> None:
    studio, folder = review_room(tmp_path)

    async def script(pilot: Pilot[None]) -> None:
        await begin(pilot, folder, "f", "down", "enter")
        assert [line.split()[3:] for line in lines(pilot, "#review-list")] == [
            ["listening", "sound"],
            ["interruption"],
            ["interruption"],
        ]
        await press(pilot, "f", "down", "enter")
        assert len(lines(pilot, "#review-list")) == len(UTTERANCES)
        await press(pilot, "f", "down", "enter")
        assert "Not yet judged by me · 0 of 8 judged" in words(pilot)
        await press(pilot, "j", "x")
        assert "Not yet judged by me · 1 of 8 judged" in words(pilot)
        assert chosen(pilot) == Span(6_000, 6_600)
        await press(pilot, "j", "k", "f", "enter")
        assert "Not yet judged by me · 0 of 7 judged" in words(pilot)

    in_app(studio, script)


def test_reviewers_are_kept_apart_and_their_agreement_is_told(tmp_path: Path) -> None:
    studio, folder = review_room(tmp_path)

    async def script(pilot: Pilot[None]) -> None:
        await begin(pilot, folder, "g")
        assert "Nobody has judged a moment yet" in words(pilot)
        await press(pilot, "escape", "x", "w", "down", "enter", "a")
        assert "Sam reviews" in words(pilot)
        assert "Counts   an interruption" in words(pilot)
        assert "not counted: another judgement says otherwise" in words(pilot)
        await press(pilot, "g")
        assert isinstance(pilot.app.screen, AgreementScreen)
        assert "Nora and Sam agree on what an overlap was in 0 of 1; kappa 0.00" in words(pilot)
        assert "The moments were chosen by those who looked, not sampled" in words(pilot)

    in_app(studio, script)


def test_that_is_not_right_leads_from_a_moment_of_a_guideline_to_its_judgement(tmp_path: Path) -> None:
    studio, folder = review_room(tmp_path)
    shown = row(stored_report(folder), "let-them-finish", "B").evidence

    async def script(pilot: Pilot[None]) -> None:
        await pilot.app.push_screen(ReportScreen(folder.path.name))
        await press(pilot, "2", "down", "down", "down")
        assert "Let each other finish · Sam" in words(pilot)
        await press(pilot, "c")  # on the row there is nothing to doubt
        assert isinstance(pilot.app.screen, ReportScreen)
        await press(pilot, "enter", "down", "c", "enter")
        assert isinstance(pilot.app.screen, ReviewScreen)
        assert chosen(pilot) == shown[1].span
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, ReportScreen)

    in_app(studio, script)


def test_back_on_the_report_the_scores_are_new_and_corrections_are_marked(tmp_path: Path) -> None:
    studio, folder = review_room(tmp_path)

    async def script(pilot: Pilot[None]) -> None:
        await begin(pilot, folder, "l", "down", "enter", "down", "x", "enter", "escape", "2", "down", "down", "down")
        score = row(stored_report(folder), "let-them-finish", "B").score
        assert f"{score} of 100" in words(pilot)
        assert "✎ corrected by Nora" in words(pilot)
        (rated,) = [line for line in lines(pilot, "#scores") if f" {score} " in line and "✎" in line]
        assert rated.startswith("Sam")
        assert any("✎ corrected by Nora" in line for line in lines(pilot, "#score-moments"))
        await press(pilot, "3")
        (tried,) = [line for line in lines(pilot, "#floor-moments") if "✎" in line]
        assert " ".join(tried.split()) == "0:12 Sam tried to interrupt; Nora kept the floor ✎ corrected by Nora"
        await press(pilot, "4")
        (blame,) = [line for line in lines(pilot, "#utterances") if "drama" in line]
        assert "blames" not in blame
        assert "corrected by Nora" in " ".join(blame.split())

    in_app(studio, script, size=(120, 40))


def test_what_was_an_interruption_stays_on_the_timeline_to_be_heard(tmp_path: Path) -> None:
    studio, folder = review_room(tmp_path)

    async def script(pilot: Pilot[None]) -> None:
        await begin(pilot, folder, "x", "escape", "3")
        first = lines(pilot, "#floor-moments")[0]
        assert "Sam came in: nothing of the kind, not an interruption" in first
        await press(pilot, "enter")
        assert [span for _, span in studio.player.played] == [INTERRUPTED]

    in_app(studio, script)


def test_the_report_stays_on_its_page(tmp_path: Path) -> None:
    studio, folder = review_room(tmp_path)

    async def script(pilot: Pilot[None]) -> None:
        await pilot.app.push_screen(ReportScreen(folder.path.name))
        await press(pilot, "4", "r", "escape")
        assert isinstance(pilot.app.screen, ReportScreen)
        assert "What the words seem to do" in words(pilot)
        await press(pilot, "enter")
        assert [span for _, span in studio.player.played] == [UTTERANCES[0].span]

    in_app(studio, script)


def test_who_leaves_at_once_finds_what_was_judged_last_on_the_report(tmp_path: Path) -> None:
    studio, folder = review_room(tmp_path)

    async def script(pilot: Pilot[None]) -> None:
        await begin(pilot, folder)
        await pilot.press("x", "escape")
        await settle(pilot)
        await settle(pilot)
        assert isinstance(pilot.app.screen, ReportScreen)
        await press(pilot, "3")
        assert "nothing of the kind" in lines(pilot, "#floor-moments")[0]

    in_app(studio, script)


def test_a_session_in_use_elsewhere_is_told_and_nothing_changes(tmp_path: Path) -> None:
    studio, folder = review_room(tmp_path)
    elsewhere = SessionFolder(folder.path)

    async def script(pilot: Pilot[None]) -> None:
        await begin(pilot, folder)
        elsewhere.lock()
        await press(pilot, "x")
        assert "is in use" in str([toast.message for toast in pilot.app._notifications])
        elsewhere.unlock()
        await press(pilot, "x")
        assert len(judgements_of(folder)) == 1

    in_app(studio, script)


def test_without_a_kept_analysis_the_report_is_made_again(tmp_path: Path) -> None:
    studio = AnalysisRoom.at(tmp_path, FailingAnalysis(MissingModel("No weights.", "Fetch them.")))
    _, folder = review_room(tmp_path)
    (folder.path / ANALYSIS_FILE).unlink()

    async def script(pilot: Pilot[None]) -> None:
        await begin(pilot, folder)
        assert "was not kept.\nAn older Listener made this report. m makes it again" in words(pilot)
        await press(pilot, "x", "m")
        assert isinstance(pilot.app.screen, AnalysingScreen)
        assert pilot.app.screen.session_id == folder.path.name
        assert len(pilot.app.screen_stack) == 2

    in_app(studio, script)


def opened(studio: ReviewRoom, start: ReviewStart, *keys: str) -> tuple[str, str]:
    """The app opened at a review: the uppermost screen and what it says."""

    async def run() -> tuple[str, str]:
        app = ListenerApp(studio, start)
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await press(pilot, *keys)
            return type(app.screen).__name__, words(pilot)

    return asyncio.run(run())


def test_the_app_opens_right_at_the_review(tmp_path: Path) -> None:
    studio, folder = review_room(tmp_path)
    id_ = folder.path.name
    assert opened(studio, ReviewStart(id_))[0] == Pick.__name__
    screen, told = opened(studio, ReviewStart(id_, "therapist"))
    assert screen == ReviewScreen.__name__
    assert "The therapist reviews" in told
    assert opened(studio, ReviewStart(id_, "B"), "escape")[0] == ReportScreen.__name__
    assert opened(studio, ReviewStart("20200101-000000", "B"))[0] == HomeScreen.__name__
