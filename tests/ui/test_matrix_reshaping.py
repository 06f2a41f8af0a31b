"""Splitting and merging from the window: the dialogs, what is selected afterwards, one undo step each."""

from __future__ import annotations

from typing import TypeVar

import pytest
from helpers.accessible import nameless_controls
from helpers.matrix import go_to, labels, place, shown_panel, symbols
from helpers.sessions import hypothesis, item, rate, small_session, stored_rating
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ach_desk.commands import edits, splitting
from ach_desk.model import HypothesisStatus, RatingValue
from ach_desk.ui.actions import ActionSpec
from ach_desk.ui.dialogs.splitting import MergeDialog, SplitDialog
from ach_desk.ui.matrix import MatrixPanel
from ach_desk.ui.matrix.foot import SUGGESTED
from ach_desk.ui.session import Session

C, N, I = RatingValue.CONSISTENT, RatingValue.NEUTRAL, RatingValue.INCONSISTENT  # noqa: E741 - the method's letters
W = TypeVar("W", bound=QWidget)


@pytest.fixture
def session() -> Session:
    return small_session(items=3, hypotheses=3)


@pytest.fixture
def panel(qtbot: QtBot, session: Session) -> MatrixPanel:
    return shown_panel(qtbot, session)


def spec(panel: MatrixPanel, name: str) -> ActionSpec:
    return next(one for one in panel.action_specs() if one.name == name)


def can(panel: MatrixPanel, name: str) -> bool:
    enabled = spec(panel, name).enabled
    return enabled is None or enabled()


def opened(qtbot: QtBot, kind: type[W]) -> W:
    found = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, kind) and widget.isVisible()]
    assert len(found) == 1
    return found[0]


def test_an_item_is_split_and_its_suggestions_stand_below(qtbot: QtBot, panel: MatrixPanel, session: Session) -> None:
    rate(session, 1, 1, C)
    rate(session, 1, 2, I)
    go_to(panel, 1, 2)
    spec(panel, "edit.split_item").run()
    dialog = opened(qtbot, SplitDialog)
    assert not nameless_controls(dialog)
    assert not dialog.take_button.isEnabled()
    qtbot.keyClicks(dialog.lines, "One half")
    assert not dialog.take_button.isEnabled(), "one part is no split"
    qtbot.keyClick(dialog.lines, Qt.Key.Key_Return)
    qtbot.keyClicks(dialog.lines, "The other")
    steps = session.history.stack.count()
    qtbot.keyClick(dialog.lines, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert labels(panel, "evidence") == ["E1", "E4", "E5", "E2", "E3"]
    assert symbols(panel)[:3] == ["C I .", "C? I? .", "C? I? ."]
    assert place(panel) == (2, 1)
    assert item(session, 1).status_reason == "split into E4, E5"
    assert session.history.stack.count() == steps + 1
    assert session.history.stack.undoText() == "Split E1 into E4 and E5"
    session.undo()
    assert labels(panel, "evidence") == ["E1", "E2", "E3"]


def test_a_hypothesis_becomes_the_heading_of_its_parts(qtbot: QtBot, panel: MatrixPanel, session: Session) -> None:
    rate(session, 1, 2, C)
    panel.select_records("hypothesis", [hypothesis(session, 2).id])
    spec(panel, "edit.split_hypothesis").run()
    dialog = opened(qtbot, SplitDialog)
    dialog.lines.put("By accident\n\nOn purpose\n")
    dialog.as_heading.click()
    dialog.take_button.click()
    assert labels(panel, "hypothesis") == ["H1", "H2", "H4", "H5", "H3"]
    assert symbols(panel)[0] == ". . C? C? .", "the heading is not rated any more"
    assert stored_rating(session, 1, 2) is C
    assert hypothesis(session, 2).is_active
    assert hypothesis(session, 3).parent == hypothesis(session, 2).id


def test_items_and_hypotheses_are_merged(qtbot: QtBot, panel: MatrixPanel, session: Session) -> None:
    for row, values in ((1, (C, N)), (2, (C, I))):
        for column, value in enumerate(values, 1):
            rate(session, row, column, value)
    panel.select_records("evidence", [item(session, 1).id, item(session, 2).id])
    assert can(panel, "edit.merge_item")
    spec(panel, "edit.merge_item").run()
    dialog = opened(qtbot, MergeDialog)
    assert dialog.title_box.text == "Item 1; Item 2"
    dialog.title_box.put("Both")
    dialog.take_button.click()
    assert labels(panel, "evidence") == ["E1", "E2", "E4", "E3"]
    assert symbols(panel)[2] == "C? N–I? ."
    panel.select_records("hypothesis", [hypothesis(session, 1).id, hypothesis(session, 2).id])
    spec(panel, "edit.merge_hypothesis").run()
    opened(qtbot, MergeDialog).take_button.click()
    assert session.analysis.hypotheses[session.matrix.hypotheses[2]].title == "Hypothesis 1; Hypothesis 2"
    assert hypothesis(session, 1).status is HypothesisStatus.REJECTED


def test_only_what_counts_can_be_split_and_only_several_merged(panel: MatrixPanel, session: Session) -> None:
    go_to(panel, 1, 1)
    assert can(panel, "edit.split_item")
    assert not can(panel, "edit.merge_item")
    session.execute(edits.set_aside(session.analysis, [item(session, 1).id], ""))
    assert not can(panel, "edit.split_item")
    parts = tuple(hypothesis(session, number).id for number in (1, 2))
    session.execute(edits.set_field(session.analysis, "hypothesis", [hypothesis(session, 3).id], "combines", parts))
    panel.select_records("hypothesis", [hypothesis(session, 3).id])
    assert not can(panel, "edit.split_hypothesis")
    session.read_only = True
    panel.select_records("hypothesis", [parts[0]])
    assert not can(panel, "edit.split_hypothesis")


def test_leaving_the_dialog_changes_nothing(qtbot: QtBot, panel: MatrixPanel, session: Session) -> None:
    go_to(panel, 1, 1)
    spec(panel, "edit.split_item").run()
    dialog = opened(qtbot, SplitDialog)
    dialog.lines.put("A\nB")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert labels(panel, "evidence") == ["E1", "E2", "E3"]
    assert not session.history.stack.count()


def test_the_legend_explains_suggestions_that_came_with_new_records(panel: MatrixPanel, session: Session) -> None:
    rate(session, 1, 1, C)
    assert SUGGESTED not in panel._marks.in_order()
    made = splitting.split_item(session.analysis, item(session, 1).id, ["A", "B"])
    session.execute(made.command)
    assert SUGGESTED in panel._marks.in_order()
