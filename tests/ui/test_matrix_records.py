"""New items and hypotheses in between, and copies."""

from __future__ import annotations

import pytest
from helpers.matrix import go_to, labels, place, press, shown_panel, symbols, typed
from helpers.sessions import hypothesis, item, rate, small_session
from pytestqt.qtbot import QtBot

from ach_desk.model import RatingValue
from ach_desk.ui.matrix import MatrixPanel


@pytest.fixture
def panel(qtbot: QtBot) -> MatrixPanel:
    return shown_panel(qtbot, small_session(4, 3))


def run(panel: MatrixPanel, name: str) -> None:
    (spec,) = (spec for spec in panel.action_specs() if spec.name == name)
    assert spec.enabled is None or spec.enabled()
    spec.run()


def test_a_new_item_is_written_before_the_current_one(qtbot: QtBot, panel: MatrixPanel) -> None:
    go_to(panel, 3, 2)
    run(panel, "insert.item_before")
    typed(qtbot, panel, "In between")
    press(qtbot, panel, "Return")
    assert labels(panel, "evidence") == ["E1", "E2", "E5", "E3", "E4"]
    assert item(panel.session, 3).title == "In between"
    assert place(panel) == (3, 1)
    panel.session.undo()
    assert len(labels(panel, "evidence")) == 4


def test_a_new_hypothesis_is_written_before_the_current_one(qtbot: QtBot, panel: MatrixPanel) -> None:
    go_to(panel, 1, 2)
    run(panel, "insert.hypothesis_before")
    typed(qtbot, panel, "In between")
    press(qtbot, panel, "Return")
    assert labels(panel, "hypothesis") == ["H1", "H4", "H2", "H3"]


def test_the_editor_opens_over_the_border_and_escape_adds_nothing(qtbot: QtBot, panel: MatrixPanel) -> None:
    go_to(panel, 3, 1)
    run(panel, "insert.item_before")
    editor = panel.focusWidget()
    view = panel.view
    border = view.viewport().mapTo(panel, view.visualRect(panel.model.index(2, 0)).topLeft()).y()
    assert editor.geometry().top() < border < editor.geometry().bottom()
    assert editor.accessibleName() == "New item before E3: Enter adds it"
    typed(qtbot, panel, "x")
    press(qtbot, panel, "Escape")
    assert len(labels(panel, "evidence")) == 4
    assert view.hasFocus()


def test_without_an_item_there_is_nothing_to_stand_before(qtbot: QtBot) -> None:
    empty = shown_panel(qtbot, small_session(0, 2))
    empty.select_records("hypothesis", [hypothesis(empty.session, 1).id])
    enabled = {spec.name: spec.enabled() for spec in empty.action_specs() if spec.enabled is not None}
    assert not enabled["insert.item_before"]
    assert enabled["insert.hypothesis_before"]


@pytest.mark.parametrize(("name", "row"), [("insert.duplicate", ". . ."), ("insert.duplicate_rated", "C . .")])
def test_an_item_is_duplicated(panel: MatrixPanel, name: str, row: str) -> None:
    rate(panel.session, 2, 1, RatingValue.CONSISTENT)
    go_to(panel, 2, 3)
    run(panel, name)
    assert labels(panel, "evidence") == ["E1", "E2", "E5", "E3", "E4"]
    assert symbols(panel)[2] == row
    assert panel.selection().items == (item(panel.session, 3).id,)
    panel.session.undo()
    assert len(labels(panel, "evidence")) == 4


def test_selected_hypotheses_are_duplicated(panel: MatrixPanel) -> None:
    panel.select_records("hypothesis", [hypothesis(panel.session, 1).id, hypothesis(panel.session, 2).id])
    run(panel, "insert.duplicate")
    assert labels(panel, "hypothesis") == ["H1", "H2", "H4", "H5", "H3"]
