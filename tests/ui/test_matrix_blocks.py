"""Blocks: fill down and right, confidence by key, a reason across the row."""

from __future__ import annotations

import pytest
from helpers.matrix import block, go_to, place, press, shown_panel, symbols
from helpers.sessions import hypothesis, item, rate, small_session
from pytestqt.qtbot import QtBot

from ach_desk.commands import edits
from ach_desk.model import Level, Rating, RatingValue
from ach_desk.ui.matrix import MatrixPanel

V = RatingValue


@pytest.fixture
def panel(qtbot: QtBot) -> MatrixPanel:
    panel = shown_panel(qtbot, small_session(4, 3))
    for column, value in enumerate((V.CONSISTENT, V.VERY_INCONSISTENT, V.NEUTRAL), 1):
        rate(panel.session, 1, column, value)
    return panel


def annotate(panel: MatrixPanel, row: int, column: int, **what: object) -> None:
    session = panel.session
    cell = (item(session, row).id, hypothesis(session, column).id)
    session.execute(edits.annotate(session.matrix, session.analyst, [cell], **what))  # pyright: ignore


def rating(panel: MatrixPanel, row: int, column: int) -> Rating | None:
    session = panel.session
    return session.matrix.rating(session.analyst, item(session, row).id, hypothesis(session, column).id)


def said(qtbot: QtBot, panel: MatrixPanel, *keys: str) -> str:
    with qtbot.waitSignal(panel.message) as heard:
        press(qtbot, panel, *keys)
    return heard.args[0]


def test_the_first_row_of_a_block_fills_the_rest_as_one_step(qtbot: QtBot, panel: MatrixPanel) -> None:
    rate(panel.session, 3, 1, V.NOT_APPLICABLE)
    block(panel, (1, 1), (3, 2))
    assert said(qtbot, panel, "Ctrl+J") == "4 cells filled."
    assert symbols(panel) == ["C II N", "C II .", "C II .", ". . ."]
    assert len(panel.selection().cells) == 6
    panel.session.undo()
    assert symbols(panel) == ["C II N", ". . .", "N/A . .", ". . ."]


def test_the_first_column_of_a_block_fills_the_rest(qtbot: QtBot, panel: MatrixPanel) -> None:
    block(panel, (1, 1), (2, 3))
    press(qtbot, panel, "Ctrl+L")
    assert symbols(panel)[:2] == ["C C C", ". . ."]


def test_a_single_cell_is_filled_from_above_and_from_the_left(qtbot: QtBot, panel: MatrixPanel) -> None:
    go_to(panel, 2, 2)
    assert said(qtbot, panel, "Ctrl+J") == "1 cell filled."
    go_to(panel, 2, 3)
    press(qtbot, panel, "Ctrl+L")
    assert symbols(panel)[1] == ". II II"
    assert place(panel) == (2, 3)


def test_one_row_is_filled_from_the_row_above(qtbot: QtBot, panel: MatrixPanel) -> None:
    block(panel, (2, 1), (2, 3))
    press(qtbot, panel, "Ctrl+J")
    assert symbols(panel)[1] == "C II N"


def test_at_the_edge_there_is_nothing_to_fill_from(qtbot: QtBot, panel: MatrixPanel) -> None:
    go_to(panel, 1, 1)
    assert said(qtbot, panel, "Ctrl+J") == "There is no row above to fill from."
    assert said(qtbot, panel, "Ctrl+L") == "There is no column before this one."


def test_filling_takes_values_and_leaves_reasons(qtbot: QtBot, panel: MatrixPanel) -> None:
    annotate(panel, 1, 1, rationale="because", confidence=Level.LOW)
    annotate(panel, 2, 1, rationale="mine")
    block(panel, (1, 1), (2, 1))
    press(qtbot, panel, "Ctrl+J")
    filled = rating(panel, 2, 1)
    assert filled is not None
    assert (filled.value, filled.rationale, filled.confidence) == (V.CONSISTENT, "mine", None)


def test_filling_follows_the_screen_when_transposed(qtbot: QtBot, panel: MatrixPanel) -> None:
    panel.looks.set_transposed(True)
    block(panel, (1, 1), (1, 3))
    press(qtbot, panel, "Ctrl+L")
    panel.looks.set_transposed(False)
    assert symbols(panel) == ["C II N", "C . .", "C . .", ". . ."]


@pytest.mark.parametrize(
    ("key", "level"),
    [("Ctrl+Alt+1", Level.HIGH), ("Ctrl+Alt+2", Level.MEDIUM), ("Ctrl+Alt+3", Level.LOW), ("Ctrl+Alt+0", None)],
)
def test_confidence_by_key_for_a_block(qtbot: QtBot, panel: MatrixPanel, key: str, level: Level | None) -> None:
    annotate(panel, 1, 1, confidence=Level.MEDIUM)
    annotate(panel, 1, 3, confidence=Level.MEDIUM)
    block(panel, (1, 1), (2, 2))
    text = said(qtbot, panel, key)
    levels = [getattr(rating(panel, 1, column), "confidence", None) for column in (1, 2, 3)]
    assert levels == [level, level, Level.MEDIUM]
    assert rating(panel, 2, 1) is None
    assert text.endswith("2 cells are not rated and have none.")


def test_a_reason_is_copied_across_the_row_to_cells_without_one(qtbot: QtBot, panel: MatrixPanel) -> None:
    annotate(panel, 1, 1, rationale="because")
    annotate(panel, 1, 3, rationale="other")
    go_to(panel, 1, 1)
    assert said(qtbot, panel, "Shift+F2") == (
        "The reason was copied to 1 cell. 1 cell has a reason of its own and was left."
    )
    reasons = [getattr(rating(panel, 1, column), "rationale", "") for column in (1, 2, 3)]
    assert reasons == ["because", "because", "other"]
    panel.session.undo()
    assert getattr(rating(panel, 1, 2), "rationale", None) == ""


def test_without_a_reason_there_is_nothing_to_copy(panel: MatrixPanel) -> None:
    specs = {spec.name: spec for spec in panel.action_specs()}
    go_to(panel, 1, 1)
    enabled = specs["rate.reason_across"].enabled
    assert enabled is not None
    assert not enabled()
    annotate(panel, 1, 1, rationale="because")
    assert enabled()


def test_a_read_only_analysis_stays_as_it_is(panel: MatrixPanel) -> None:
    panel.session.read_only = True
    names = ("edit.fill_down", "edit.fill_right", "rate.reason_across", "rate.confidence.high")
    specs = {spec.name: spec for spec in panel.action_specs()}
    go_to(panel, 1, 1)
    assert not any(specs[name].enabled() for name in names)  # pyright: ignore[reportOptionalCall]
