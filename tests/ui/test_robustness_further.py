"""The further folds of the panel: tornado, deception, replay and what is rated alike; clicks, stops, what is kept."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import TypeVar

import pytest
from helpers.accessible import nameless_controls
from helpers.desktop import running_desktop
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ach_desk import paths
from ach_desk.commands import edits
from ach_desk.model.method_settings import Method, MethodSettings
from ach_desk.scoring.replay import Clock
from ach_desk.storage.files import read_document
from ach_desk.ui.application import Desktop
from ach_desk.ui.background import Cancel
from ach_desk.ui.robustness.answers import Answer
from ach_desk.ui.robustness.clones import ClonesSection
from ach_desk.ui.robustness.deception import DeceptionSection
from ach_desk.ui.robustness.panel import RobustnessPanel
from ach_desk.ui.robustness.replay import ReplaySection
from ach_desk.ui.robustness.tornado import TornadoSection
from ach_desk.ui.robustness.worked import Job, WorkedSection
from ach_desk.ui.window import AnalysisWindow

PATIENCE = 20_000
S = TypeVar("S", bound=WorkedSection)


@pytest.fixture
def desktop(qapp: QApplication) -> Iterator[Desktop]:
    with running_desktop(qapp) as running:
        yield running


@pytest.fixture
def window(qtbot: QtBot, desktop: Desktop) -> AnalysisWindow:
    """Return a window on the worked example of June 2023."""
    analysis = read_document(paths.seeds() / "russia-june-2023.ach.json").loaded.analysis
    window = desktop.open_untitled(analysis, dirty=False)
    qtbot.waitExposed(window)
    return window


@pytest.fixture
def panel(qtbot: QtBot, window: AnalysisWindow) -> RobustnessPanel:
    window.actions_registry["robustness.show"].trigger()
    panel = window.robust.dock.panel
    qtbot.waitUntil(lambda: panel.answer is not None, timeout=PATIENCE)
    return panel


def opened(qtbot: QtBot, panel: RobustnessPanel, kind: type[S]) -> S:
    """Open the fold of a kind and wait until it shows what it has to show."""
    section = next(entry for entry in panel.further if isinstance(entry, kind))
    with qtbot.waitSignal(section.worked, timeout=PATIENCE):
        section.set_open(True)
    return section


def selected(window: AnalysisWindow) -> tuple[str, str]:
    """Return the labels of the item and the hypothesis that the keyboard is on."""
    selection, analysis = window.matrix.selection(), window.session.analysis
    item, hypothesis = selection.evidence, selection.hypothesis
    return (
        analysis.evidence[item].label if item else "",
        analysis.hypotheses[hypothesis].label if hypothesis else "",
    )


def chosen(window: AnalysisWindow) -> set[str]:
    """Return the labels of the items that are selected as a whole."""
    return {window.session.analysis.evidence[entry].label for entry in window.matrix.selection().items}


def test_nothing_is_worked_out_before_a_fold_is_opened(panel: RobustnessPanel) -> None:
    assert all(not section.is_open and section.is_settled for section in panel.further)
    assert [section.switch.text() for section in panel.further] == [
        "What the lead hangs on",
        "If a source or item were deceptive",
        "As known on a date",
        "What is rated alike",
    ]


def test_the_tornado_says_on_what_the_lead_hangs_and_a_click_selects_the_cell(
    qtbot: QtBot, panel: RobustnessPanel, window: AnalysisWindow
) -> None:
    section = opened(qtbot, panel, TornadoSection)
    assert section.said.texts == [
        "The lead of H4 over H3 hangs most on E7; if E7 were II under H4, H3 would be ahead of it."
    ]
    assert section.rival.currentText() == "H3  Personal grievance"
    section.choose(0)
    assert selected(window) == ("E7", "H4")
    section.choose(3)
    assert selected(window) == ("E8", "H3")
    assert not nameless_controls(panel)


def test_another_rival_can_be_chosen(qtbot: QtBot, panel: RobustnessPanel, window: AnalysisWindow) -> None:
    section = opened(qtbot, panel, TornadoSection)
    other = next(entry for entry in window.session.analysis.hypotheses.values() if entry.label == "H1")
    section.rival.chosen.emit(other.id)
    qtbot.waitUntil(lambda: section.rival.value == other.id, timeout=PATIENCE)
    assert section.said.texts[0].startswith("No single change brings H1 level with H4;")


def test_priors_and_sources_select_what_they_are_about(
    qtbot: QtBot, panel: RobustnessPanel, window: AnalysisWindow
) -> None:
    choose(qtbot, panel, Method.BAYES_SOURCES)
    section = opened(qtbot, panel, TornadoSection)
    assert section.found is not None
    place = next(place for place, swing in enumerate(section.found.swings) if swing.label == "H3")
    section.choose(2 * place)
    assert window.matrix.selection().hypothesis == section.found.swings[place].record


def choose(qtbot: QtBot, panel: RobustnessPanel, method: Method) -> None:
    panel.method.show_value(method)
    before = panel.answer
    panel.method.chosen.emit(method)
    qtbot.waitUntil(lambda: panel.answer is not before and panel.answer is not None, timeout=PATIENCE)


def test_deception_is_said_in_words_and_a_row_selects_its_items(
    qtbot: QtBot, panel: RobustnessPanel, window: AnalysisWindow
) -> None:
    section = opened(qtbot, panel, DeceptionSection)
    assert section.said.texts[0] == "If any one of S1, S15 and S16 were deceptive, nothing would change in front."
    assert section.said.texts[1].endswith("are left out where they are taken as deceptive.")
    texts = [[_text(section, row, column) for column in range(5)] for row in range(3)]
    assert [row[1:] for row in texts] == [["4", "3", "2", "1"]] * 3
    assert texts[0][0].startswith("S1  What Really Happened")
    section.table.row_chosen.emit(0)
    assert chosen(window) == {"E11", "E14", "E15"}


def _text(section: DeceptionSection, row: int, column: int) -> str:
    item = section.table.item(row, column)
    assert item is not None
    return item.text()


def test_as_known_on_a_date(qtbot: QtBot, panel: RobustnessPanel, window: AnalysisWindow) -> None:
    section = opened(qtbot, panel, ReplaySection)
    assert section.said.text() == "With all 17 items H4 leads."
    assert section.turns.texts[-1] == "24 June 2023: H4 led, with E5, E6, E8, E9 and E10."
    section.step.chosen.emit(2)
    assert section.said.text() == "As known on 23 June 2023 (3 of 17 items) H1, H3 and H4 were tied in front."
    section.select_button.click()
    assert chosen(window) == {"E2", "E4", "E13"}
    section.choose(8 + 3)
    assert section.said.text().startswith("As known on 24 June 2023")
    section.clock.show_value(Clock.EVENT)
    section.clock.chosen.emit(Clock.EVENT)
    qtbot.waitUntil(lambda: len(section.turns.texts) == 3, timeout=PATIENCE)
    section.measure.show_value("share")
    section.measure.chosen.emit("share")
    qtbot.waitUntil(lambda: subject_of(section).startswith("How often each is first when"), timeout=PATIENCE)


def subject_of(section: ReplaySection) -> str:
    picture = section.picture.picture
    return picture.subject if picture is not None else ""


def test_what_is_rated_alike_selects_its_rows(qtbot: QtBot, panel: RobustnessPanel, window: AnalysisWindow) -> None:
    section = opened(qtbot, panel, ClonesSection)
    assert section.rows.texts[0] == (
        "E8 and E10 are rated alike under every hypothesis: if they report the same thing, they count twice. "
        "If they counted once, H3 would be in front."
    )
    section.rows.chosen.emit("evidence", _ids(window, "E8", "E10"))
    assert chosen(window) == {"E8", "E10"}


def _ids(window: AnalysisWindow, *labels: str) -> list[str]:
    return [entry.id for entry in window.session.analysis.evidence.values() if entry.label in labels]


def test_an_edit_is_followed_by_what_is_open(qtbot: QtBot, panel: RobustnessPanel, window: AnalysisWindow) -> None:
    section = opened(qtbot, panel, TornadoSection)
    window.session.execute(edits.set_aside(window.session.analysis, _ids(window, "E8"), "No longer believed"))
    qtbot.waitUntil(lambda: section.said.texts[0].startswith("The lead of H3 over H4 hangs most on "), timeout=PATIENCE)


def test_what_is_worked_out_for_a_rival_that_is_no_longer_asked_for_is_dropped(
    qtbot: QtBot, panel: RobustnessPanel, window: AnalysisWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    section = opened(qtbot, panel, TornadoSection)
    begun, go_on, job = threading.Event(), threading.Event(), section.job
    asked: list[Cancel] = []

    def slow(answer: Answer) -> Job:
        work = job(answer)

        def run(cancel: Cancel) -> object:
            asked.append(cancel)
            begun.set()
            assert go_on.wait(PATIENCE / 1000)
            return work(Cancel())

        return run

    monkeypatch.setattr(section, "job", slow)
    shown: list[int] = []
    section.worked.connect(lambda: shown.append(section.found.second if section.found else -1))
    rivals = {entry.label: entry.id for entry in window.session.analysis.hypotheses.values()}
    section.rival.chosen.emit(rivals["H1"])
    qtbot.waitUntil(begun.is_set, timeout=PATIENCE)
    section.rival.chosen.emit(rivals["H2"])
    assert bool(asked[0])
    go_on.set()
    qtbot.waitUntil(lambda: bool(shown), timeout=PATIENCE)
    qtbot.waitUntil(lambda: not window.background.is_busy, timeout=PATIENCE)
    assert set(shown) == {1}  # once more where the slow part of the panel came in meanwhile
    assert section.rival.value == rivals["H2"]


def test_what_is_being_worked_out_can_be_stopped(qtbot: QtBot, panel: RobustnessPanel) -> None:
    section = next(entry for entry in panel.further if isinstance(entry, ReplaySection))
    section.set_open(True)
    assert section.stop_button.isVisibleTo(section)
    section.stop_button.click()
    assert section.is_settled
    assert not section.stop_button.isVisibleTo(section)
    assert section.go_on_button.isVisibleTo(section)
    with qtbot.waitSignal(section.worked, timeout=PATIENCE):
        section.go_on_button.click()
    assert not section.go_on_button.isVisibleTo(section)


def test_the_method_is_remembered_without_touching_the_file(
    qtbot: QtBot, desktop: Desktop, panel: RobustnessPanel, window: AnalysisWindow
) -> None:
    choose(qtbot, panel, Method.BAYES)
    assert window.session.matrix.method_settings is None
    again = desktop.open_untitled(window.session.analysis.snapshot(), dirty=False)
    qtbot.waitExposed(again)
    again.robust.show()
    assert again.robust.dock.panel.method.value is Method.BAYES


def test_the_method_of_the_file_holds_where_none_was_chosen_here(qtbot: QtBot, desktop: Desktop) -> None:
    analysis = read_document(paths.seeds() / "russia-june-2023.ach.json").loaded.analysis
    analysis.id = "another-analysis"
    analysis.matrices[0].method_settings = MethodSettings(method=Method.BAYES_SOURCES)
    window = desktop.open_untitled(analysis, dirty=False)
    qtbot.waitExposed(window)
    window.robust.show()
    assert window.robust.dock.panel.method.value is Method.BAYES_SOURCES


def test_the_settings_open_once(window: AnalysisWindow, qtbot: QtBot) -> None:
    window.robust.show_settings()
    first = window.robust._settings
    window.robust.show_settings()
    assert window.robust._settings is first
    assert first is not None
    with qtbot.waitSignal(first.destroyed):
        first.close()
    window.robust.show_settings()
    second = window.robust._settings
    assert second is not None
    with qtbot.waitSignal(second.destroyed):
        second.close()


def test_what_else_slips_is_switched_in_the_settings(
    window: AnalysisWindow, panel: RobustnessPanel, qtbot: QtBot
) -> None:
    window.robust.show_settings()
    dialog = window.robust._settings
    assert dialog is not None
    dialog.switches["uncertain_weights"].click()
    held = window.session.matrix.method_settings
    assert held is not None
    assert (held.uncertain_weights, held.uncertain_priors) == (True, False)
    qtbot.waitUntil(
        lambda: (
            "Credibility and relevance slip too, to a level beside; what is not set may be any level."
            in panel.trials.texts
        ),
        timeout=PATIENCE,
    )
    window.session.undo()
    assert not dialog.switches["uncertain_weights"].isChecked()
    with qtbot.waitSignal(dialog.destroyed):
        dialog.close()
