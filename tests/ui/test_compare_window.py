"""Comparing analysts in the window: what is said, what a click does, what is hidden, and the layer on the matrix."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from helpers.accessible import nameless_controls
from helpers.analyses import Case, small_case
from helpers.desktop import running_desktop
from helpers.matrix import press
from helpers.together import open_round, person, rated_by, state
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ach_desk.commands import rounds
from ach_desk.model import Analyst, replace
from ach_desk.model.values import RoundState
from ach_desk.scoring.group_sheet import GROUP
from ach_desk.ui.application import Desktop
from ach_desk.ui.compare.panel import ComparePanel
from ach_desk.ui.window import AnalysisWindow

SHEETS = {
    "Ada": ["C I II", "C N -", "N/A C N", "C C C"],
    "Ben": ["C I II", "II N -", "C C N", "C C C"],
    "Cem": ["C II II", "C N C", "- C N", "- - -"],
}


@pytest.fixture
def desktop(qapp: QApplication) -> Iterator[Desktop]:
    with running_desktop(qapp) as running:
        yield running


@pytest.fixture
def case() -> Case:
    case = rated_by(SHEETS)
    state(case, "Ada", (0.6, 0.5, 0.4))
    state(case, "Ben", (0.5, 0.3, 0.2))
    return case


def shown(qtbot: QtBot, desktop: Desktop, case: Case) -> AnalysisWindow:
    """Return a window on the case in which its first analyst works, with scores shown."""
    desktop.store.settings.who_am_i = {case.analysis.id: case.analyst}
    window = desktop.open_untitled(case.analysis, dirty=False)
    qtbot.waitExposed(window)
    window.activateWindow()
    window.matrix.set_scores_hidden(False)
    window.matrix.setFocus()
    qtbot.waitUntil(window.matrix.view.hasFocus)
    return window


def opened(qtbot: QtBot, window: AnalysisWindow) -> ComparePanel:
    """Return the panel, open and with all its answers."""
    window.comparing.toggle()
    panel = window.comparing.dock.panel
    qtbot.waitUntil(lambda: panel.answer is not None and panel.is_settled)
    return panel


def choose(qtbot: QtBot, panel: ComparePanel, first: str, second: str) -> None:
    """Choose two as a person does from the lists."""
    for choice, value in ((panel.first, first), (panel.second, second)):
        index = [choice.itemText(at) for at in range(choice.count())].index(value)
        choice.setCurrentIndex(index)
        choice.activated.emit(index)
    qtbot.waitUntil(lambda: panel.is_settled)


def test_with_one_analyst_there_is_no_such_thing(qtbot: QtBot, desktop: Desktop) -> None:
    window = shown(qtbot, desktop, small_case(rated=True))
    for name in ("compare.show", "compare.layer"):
        assert not window.actions_registry[name].isVisible()
    assert not window.comparing.dock.is_built
    assert not window.comparing.dock.isVisible()


def test_all_at_once(qtbot: QtBot, desktop: Desktop, case: Case) -> None:
    window = shown(qtbot, desktop, case)
    panel = opened(qtbot, window)
    said = " ".join(panel.sentences.texts)
    assert "Under the median of the group H1 leads by Bayes with sources and groups." in said
    assert "95 % interval" in said
    assert "that is no consensus" in said
    assert panel.talk.texts[0].startswith("E2 under H1: A C, B II, C C.")
    assert any("No round of private rating" in text for text in panel.who.texts)
    assert not nameless_controls(panel)
    window.comparing.toggle()
    assert not window.comparing.dock.isVisible()
    qtbot.waitUntil(window.matrix.view.hasFocus)


def test_two_beside_each_other_and_one_against_the_others(qtbot: QtBot, desktop: Desktop, case: Case) -> None:
    panel = opened(qtbot, shown(qtbot, desktop, case))
    assert not panel.second.isVisible()
    choose(qtbot, panel, "Ada", "Cem")
    assert panel.second.isVisible()
    assert panel.answer is not None
    assert panel.answer.pair is not None
    assert panel.answer.pair.sheets.analysts == (person(case, "Ada"), person(case, "Cem"))
    assert panel.talk.texts[0].startswith("E1 under H2: A I, C II.")
    choose(qtbot, panel, "Ben", "the others (median)")
    assert panel.answer.pair is not None
    assert panel.answer.pair.sheets.analysts == (person(case, "Ben"), GROUP)
    assert "B II, the others (median) C" in panel.talk.texts[0]
    assert "Ben" not in [panel.second.itemText(at) for at in range(panel.second.count())]


def test_a_cell_worth_talking_about_leads_to_its_place(qtbot: QtBot, desktop: Desktop, case: Case) -> None:
    window = shown(qtbot, desktop, case)
    panel = opened(qtbot, window)
    panel.talk._follow(panel.talk.texts[0], case.e(2))
    selection = window.matrix.selection()
    assert (selection.evidence, selection.hypothesis) == (case.e(2), case.h(1))
    assert panel.cell.texts[0] == "E2 under H1: median C. C × 2, II × 1."
    assert panel.cell.texts[-1] == "A C, B II, C C"


def test_what_is_rated_in_the_window_is_compared_anew(qtbot: QtBot, desktop: Desktop, case: Case) -> None:
    window = shown(qtbot, desktop, case)
    panel = opened(qtbot, window)
    window.matrix.select_cell(case.e(2), case.h(1))
    press(qtbot, window.matrix.view, "Shift+I")
    qtbot.waitUntil(lambda: panel.is_settled and "A II, B II, C C" in panel.talk.texts[0])


def test_a_private_round_hides_everything_and_revealing_shows_it(qtbot: QtBot, desktop: Desktop, case: Case) -> None:
    entry = open_round(case)
    window = shown(qtbot, desktop, case)
    panel = opened(qtbot, window)
    assert "in private" in panel.sentences.texts[0]
    assert len(panel.sentences.texts) == 1
    for part in (panel.layer, panel.map, *panel.folds.values()):
        assert not part.isVisible()
    assert panel.answer is not None
    assert panel.answer.found is None
    window.comparing.toggle_layer()
    assert window.matrix.view.matrix.apart.shown is None
    case.analysis.rounds[entry.id] = replace(entry, state=RoundState.REVEALED, revealed="2024-01-02T09:00:00Z")
    window.session.replaced.emit()
    qtbot.waitUntil(lambda: panel.is_settled and bool(panel.talk.texts))
    assert any("all in private" in text for text in panel.who.texts)


def test_beginning_a_round_in_private_takes_away_at_once_what_was_shown(
    qtbot: QtBot, desktop: Desktop, case: Case
) -> None:
    window = shown(qtbot, desktop, case)
    panel = opened(qtbot, window)
    window.comparing.toggle_layer()
    assert window.matrix.view.matrix.apart.shown is not None
    window.together.begin_round()
    assert window.matrix.view.matrix.apart.shown is None
    assert ["in private" in text for text in panel.sentences.texts] == [True]
    assert not panel.talk.texts
    qtbot.waitUntil(lambda: panel.is_settled)
    assert not panel.talk.texts


def test_hidden_scores_hide_the_comparison_and_its_layer(qtbot: QtBot, desktop: Desktop, case: Case) -> None:
    window = shown(qtbot, desktop, case)
    panel = opened(qtbot, window)
    window.comparing.toggle_layer()
    assert window.matrix.view.matrix.apart.shown is not None
    window.matrix.set_scores_hidden(True)
    assert not panel.body.isVisible()
    assert panel.hidden.isVisible()
    assert window.matrix.view.matrix.apart.shown is None
    panel.show_now.click()
    assert window.matrix.scores_shown
    qtbot.waitUntil(lambda: panel.is_settled and panel.body.isVisible() and bool(panel.talk.texts))
    assert not panel.show_now.isVisible()


def test_a_lead_who_rates_nothing_sees_the_comparison_once_the_round_is_revealed(
    qtbot: QtBot, desktop: Desktop, case: Case
) -> None:
    entry = open_round(case)
    case.analysis.analysts["lead"] = Analyst(id="lead", name="Lead")
    desktop.store.settings.who_am_i = {case.analysis.id: "lead"}
    window = desktop.open_untitled(case.analysis, dirty=False)
    panel = opened(qtbot, window)
    assert not window.matrix.scores_shown
    assert "in private" in panel.sentences.texts[0]
    assert not panel.hidden.isVisible()
    window.session.execute(rounds.reveal(window.session.analysis, entry.id, "lead"))
    assert window.matrix.scores_shown
    qtbot.waitUntil(lambda: panel.is_settled and bool(panel.talk.texts))
    assert panel.body.isVisible()


def test_the_layer_says_how_far_apart_a_cell_is(qtbot: QtBot, desktop: Desktop, case: Case) -> None:
    window = shown(qtbot, desktop, case)
    window.comparing.toggle_layer()
    apart = window.matrix.view.matrix.apart
    qtbot.waitUntil(lambda: apart.shown is not None)
    assert apart.shown is not None
    assert apart.shown.key(case.e(2), case.h(1)) == "clearly"
    assert apart.shown.key(case.e(1), case.h(1)) == "alike"
    assert apart.shown.key(case.e(2), case.h(3)) is None  # rated by one alone
    assert apart.shown.key(case.e(3), case.h(1)) is None  # one says N/A
    assert apart.shown.key("gone", case.h(1)) is None
    assert "no consensus" in apart.cell_words(case.e(2), case.h(3))[0]
    window.comparing.toggle_layer()
    assert apart.shown is None
    assert apart.cell_words(case.e(1), case.h(1)) == []


def test_the_group_s_sheet_says_of_a_cell_that_one_alone_has_rated_it(
    qtbot: QtBot, desktop: Desktop, case: Case
) -> None:
    window = shown(qtbot, desktop, case)
    window.session.show_sheet(GROUP)
    model = window.matrix.model

    def said(item: int, hypothesis: int) -> list[str]:
        index = model.index(item - 1, hypothesis - 1)
        roles = Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole
        return [str(model.data(index, role)) for role in roles]

    assert all("rated by one alone, which is no consensus" in text for text in said(2, 3))
    assert all("no consensus" not in text for text in said(1, 1))
    window.session.show_sheet(person(case, "Cem"))
    assert all("no consensus" not in text for text in said(2, 3))


def test_the_pools_stand_below_each_other_equal_weights_first(qtbot: QtBot, desktop: Desktop, case: Case) -> None:
    panel = opened(qtbot, shown(qtbot, desktop, case))
    panel.folds["pooled"].set_open(True)
    names = [panel.pools.item(row, 0).text() for row in range(panel.pools.rowCount())]
    assert names[:3] == ["Ada", "Ben", "Mean (linear pool)"]
    assert len(names) == 8
    assert panel.pools.item(0, 1).text() == "40 %"
    assert any("sums to 150 %" in text for text in panel.pooled.texts)
    assert any("Stone 1961" in text for text in panel.formulas.texts)


def test_the_map_is_drawn_and_leads_to_the_cell(qtbot: QtBot, desktop: Desktop, case: Case) -> None:
    window = shown(qtbot, desktop, case)
    panel = opened(qtbot, window)
    with qtbot.waitSignal(panel.map.drawn):
        panel.map.set_open(True)
    picture = panel.map.picture.picture
    assert picture is not None
    assert "differ most on E2" in picture.caption
    panel.map.picture.activated.emit(case.e(3), case.h(2))
    assert window.matrix.selection().evidence == case.e(3)
