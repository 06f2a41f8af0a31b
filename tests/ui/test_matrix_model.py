"""The matrix as a Qt model: what it says of cells and headers, and exactly what it announces."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from helpers.matrix import go_to, labels, shown_panel
from helpers.sessions import hypothesis, item, rate, small_session
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ach_desk.commands import edits
from ach_desk.model import Level, Rating, RatingValue, Source
from ach_desk.ui.matrix.axes import EVIDENCE, HYPOTHESIS, shown_ids
from ach_desk.ui.matrix.item_filter import ItemFilter
from ach_desk.ui.matrix.item_order import SortKey
from ach_desk.ui.matrix.model import DIMMED, PLAIN, STRONG, MatrixModel
from ach_desk.ui.session import Session

VERTICAL, HORIZONTAL = Qt.Orientation.Vertical, Qt.Orientation.Horizontal
ACCESSIBLE, TOOLTIP = Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole
C, CC, N = RatingValue.CONSISTENT, RatingValue.VERY_CONSISTENT, RatingValue.NEUTRAL
AGAINST, STRONGLY_AGAINST = RatingValue.INCONSISTENT, RatingValue.VERY_INCONSISTENT


class Heard:
    """What a model announced: ranges of cells, sections of headers, and the names of structural signals."""

    def __init__(self, model: MatrixModel) -> None:
        self.cells: list[tuple[int, int, int, int]] = []
        self.headers: list[tuple[Qt.Orientation, int, int]] = []
        self.structure: list[tuple[object, ...]] = []
        model.dataChanged.connect(
            lambda first, last, _roles: self.cells.append((first.row(), first.column(), last.row(), last.column()))
        )
        model.headerDataChanged.connect(lambda *args: self.headers.append(args))
        model.modelReset.connect(lambda: self.structure.append(("reset",)))
        model.layoutChanged.connect(lambda: self.structure.append(("layout",)))
        for name in ("rowsInserted", "rowsRemoved", "columnsInserted", "columnsRemoved"):
            signal = getattr(model, name)
            signal.connect(lambda _parent, first, last, name=name: self.structure.append((name, first, last)))


@pytest.fixture
def session(qapp: QApplication) -> Session:
    return small_session(4, 3)


@pytest.fixture
def model(session: Session) -> Iterator[MatrixModel]:
    model = MatrixModel(session)
    yield model
    model.deleteLater()


@pytest.fixture
def heard(model: MatrixModel) -> Heard:
    return Heard(model)


def test_qt_finds_nothing_wrong_with_the_model(
    model: MatrixModel, session: Session, qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(model)
    rate(session, 1, 1, C)
    session.execute(edits.add_items(session.analysis, session.matrix, [{"title": "late"}], 1))
    session.execute(edits.move(session.matrix, EVIDENCE, [item(session, 4).id], 0))
    session.execute(edits.remove(session.analysis, HYPOTHESIS, [hypothesis(session, 2).id]))
    model.set_transposed(True)
    session.undo()
    session.undo()


def test_one_rating_announces_one_cell(model: MatrixModel, session: Session, heard: Heard) -> None:
    rate(session, 2, 3, C)
    assert heard.cells == [(1, 2, 1, 2)]
    assert heard.structure == []
    session.undo()
    assert heard.cells == [(1, 2, 1, 2)] * 2


def test_one_rating_announces_one_cell_when_transposed(model: MatrixModel, session: Session) -> None:
    model.set_transposed(True)
    heard = Heard(model)
    rate(session, 2, 3, C)
    assert heard.cells == [(2, 1, 2, 1)]
    assert (HORIZONTAL, 1, 1) in heard.headers
    assert (VERTICAL, 0, 2) in heard.headers


def test_a_block_is_announced_as_one_range(model: MatrixModel, session: Session, heard: Heard) -> None:
    cells = [(item(session, row).id, hypothesis(session, column).id) for row in (2, 3) for column in (1, 2)]
    session.execute(edits.rate(session.analysis, session.matrix, session.analyst, cells, N))
    assert heard.cells == [(1, 0, 2, 1)]


def test_cells_that_form_no_block_are_announced_one_by_one(model: MatrixModel, session: Session, heard: Heard) -> None:
    cells = [(item(session, row).id, hypothesis(session, column).id) for row, column in ((1, 1), (2, 2), (4, 2))]
    session.execute(edits.rate(session.analysis, session.matrix, session.analyst, cells, N))
    assert sorted(heard.cells) == [(0, 0, 0, 0), (1, 1, 1, 1), (3, 1, 3, 1)]


def test_very_many_scattered_cells_are_announced_as_one_range(qapp: QApplication) -> None:
    session = small_session(500, 3)
    model = MatrixModel(session)
    heard = Heard(model)
    cells = [(item(session, row).id, hypothesis(session, 2 + row % 2).id) for row in range(2, 491)]
    session.execute(edits.rate(session.analysis, session.matrix, session.analyst, cells, N))
    assert heard.cells == [(1, 1, 489, 2)]
    model.deleteLater()


def test_a_rating_that_ends_the_difference_dims_the_row(model: MatrixModel, session: Session, heard: Heard) -> None:
    for column in (1, 2):
        rate(session, 1, column, C)
    heard.cells.clear()
    rate(session, 1, 3, C)
    assert heard.cells == [(0, 2, 0, 2), (0, 0, 0, 2)]
    assert model.emphasis(0) == DIMMED


def test_another_score_announces_the_headers(model: MatrixModel, session: Session, heard: Heard) -> None:
    rate(session, 1, 1, STRONGLY_AGAINST)
    assert (HORIZONTAL, 0, 2) in heard.headers
    assert (VERTICAL, 0, 0) in heard.headers


def test_a_title_announces_its_section_only(model: MatrixModel, session: Session, heard: Heard) -> None:
    session.execute(edits.set_field(session.analysis, EVIDENCE, [item(session, 3).id], "title", "new"))
    assert (heard.headers, heard.cells, heard.structure) == ([(VERTICAL, 2, 2)], [], [])


def test_setting_aside_announces_the_row(model: MatrixModel, session: Session, heard: Heard) -> None:
    session.execute(edits.set_aside(session.analysis, [item(session, 2).id], ""))
    assert (1, 0, 1, 2) in heard.cells
    assert heard.structure == []


def test_a_new_credibility_announces_scores(model: MatrixModel, session: Session) -> None:
    rate(session, 1, 1, AGAINST)
    heard = Heard(model)
    session.execute(edits.set_field(session.analysis, EVIDENCE, [item(session, 1).id], "credibility", Level.HIGH))
    assert (HORIZONTAL, 0, 2) in heard.headers
    assert model.figures(0).score == "−1.4"


def test_a_renamed_source_announces_the_items(model: MatrixModel, session: Session) -> None:
    command, source = edits.add_source(session.analysis, "Gazette", [item(session, 1).id])
    session.execute(command)
    heard = Heard(model)
    session.execute(edits.set_field(session.analysis, "source", [source], "name", "The Gazette"))
    assert isinstance(session.analysis.sources[source], Source)
    assert heard.headers == [(VERTICAL, 0, 3)]


def test_new_items_are_inserted_rows(model: MatrixModel, session: Session, heard: Heard) -> None:
    session.execute(edits.add_items(session.analysis, session.matrix, [{"title": "a"}, {"title": "b"}], 1))
    assert heard.structure == [("rowsInserted", 1, 2)]
    session.undo()
    assert heard.structure[1:] == [("rowsRemoved", 1, 2)]


def test_a_new_hypothesis_is_a_column_and_when_transposed_a_row(model: MatrixModel, session: Session) -> None:
    heard = Heard(model)
    session.execute(edits.add_hypotheses(session.analysis, session.matrix, [{"title": "a"}]))
    assert heard.structure == [("columnsInserted", 3, 3)]
    model.set_transposed(True)
    heard.structure.clear()
    session.undo()
    assert heard.structure == [("rowsRemoved", 3, 3)]


def test_a_move_keeps_persistent_indexes_on_their_records(model: MatrixModel, session: Session, heard: Heard) -> None:
    rate(session, 1, 2, CC)
    kept = QPersistentModelIndex(model.index(0, 1))
    session.execute(edits.move(session.matrix, EVIDENCE, [item(session, 1).id], 3))
    assert heard.structure == [("layout",)]
    assert (kept.row(), kept.column(), kept.data()) == (2, 1, "CC")
    session.execute(edits.move(session.matrix, HYPOTHESIS, [hypothesis(session, 2).id], 0))
    assert (kept.row(), kept.column(), kept.data()) == (2, 0, "CC")


def test_a_hypothesis_that_becomes_a_combination_moves_behind_the_others(
    model: MatrixModel, session: Session, heard: Heard
) -> None:
    parts = (hypothesis(session, 2).id, hypothesis(session, 3).id)
    assert model.section_lines() == []
    session.execute(edits.set_field(session.analysis, HYPOTHESIS, [hypothesis(session, 1).id], "combines", parts))
    assert heard.structure == [("layout",)]
    assert [model.hypothesis(place).label for place in range(3)] == ["H2", "H3", "H1"]
    assert model.section_lines() == [2]


EDITS = st.lists(st.tuples(st.sampled_from(["add", "remove", "move", "undo", "redo"]), st.integers(0, 9)), max_size=12)


@given(EDITS)
@settings(max_examples=40)
def test_the_model_shows_the_order_of_the_matrix_after_any_edits(steps: list[tuple[str, int]]) -> None:
    session = small_session(4, 2)
    model = MatrixModel(session)
    for how, number in steps:
        order = session.matrix.evidence
        if how == "add":
            session.execute(
                edits.add_items(session.analysis, session.matrix, [{"title": "t"}], number % (len(order) + 1))
            )
        elif how == "undo":
            session.undo()
        elif how == "redo":
            session.redo()
        elif order and how == "remove":
            session.execute(edits.remove(session.analysis, EVIDENCE, [order[number % len(order)]]))
        elif order:
            session.execute(
                edits.move(session.matrix, EVIDENCE, [order[number % len(order)]], number // 2 % len(order))
            )
        assert model.axes.ids[EVIDENCE] == session.matrix.evidence
        assert model.rowCount() == len(session.matrix.evidence)
    model.deleteLater()


def test_another_analysis_resets_the_model(model: MatrixModel, session: Session, heard: Heard) -> None:
    session.replace_analysis(small_session(2, 2).analysis, dirty=False)
    assert heard.structure == [("reset",)]
    assert (model.rowCount(), model.columnCount()) == (2, 2)


def test_another_analysts_rating_announces_nothing(model: MatrixModel, session: Session, heard: Heard) -> None:
    cell = [(item(session, 1).id, hypothesis(session, 1).id)]
    session.execute(edits.rate(session.analysis, session.matrix, "somebody", cell, C))
    assert heard.cells == []


# What a screen reader and the mouse are told


def test_a_cell_is_told_in_words(model: MatrixModel, session: Session) -> None:
    cell = (item(session, 1).id, hypothesis(session, 2).id)
    session.matrix.set_rating(session.analyst, *cell, Rating(AGAINST, "no trucks were seen", Level.LOW))
    assert model.data(model.index(0, 1), ACCESSIBLE) == (
        "E1, H2: inconsistent, confidence low, reason: no trucks were seen"
    )
    assert model.data(model.index(0, 0), ACCESSIBLE) == "E1, H1: not rated"
    session.execute(edits.set_aside(session.analysis, [item(session, 1).id], ""))
    session.execute(edits.reject(session.analysis, [hypothesis(session, 1).id], ""))
    assert model.data(model.index(0, 2), ACCESSIBLE) == "E1, H1: not rated, item set aside, hypothesis rejected"


def test_headers_are_told_in_words(model: MatrixModel, session: Session) -> None:
    fields = {"title": "Trucks seen", "credibility": "high", "kind": "assumption", "flag": True}
    session.execute(edits.set_fields(session.analysis, EVIDENCE, item(session, 1).id, fields, "x"))
    rate(session, 1, 1, AGAINST)
    rate(session, 1, 2, C)
    assert model.headerData(0, VERTICAL, ACCESSIBLE) == (
        "E1 (assumption), Trucks seen, credibility high, flagged, diagnosticity 1.0"
    )
    assert model.headerData(0, HORIZONTAL, ACCESSIBLE) == ("H1, Hypothesis 1, weighted inconsistency −1.4, rank 2")
    session.execute(edits.reject(session.analysis, [hypothesis(session, 1).id], "refuted"))
    assert model.headerData(2, HORIZONTAL, ACCESSIBLE) == "H1, Hypothesis 1, rejected: refuted"


def test_tooltips_show_text_as_text(model: MatrixModel, session: Session) -> None:
    fields = {"title": "<b>bold</b> & more", "detail": "line\nnext"}
    session.execute(edits.set_fields(session.analysis, EVIDENCE, item(session, 1).id, fields, "x"))
    told = model.headerData(0, VERTICAL, TOOLTIP)
    assert "&lt;b&gt;bold&lt;/b&gt; &amp; more" in told
    assert "<b>" not in told
    cell = (item(session, 1).id, hypothesis(session, 1).id)
    session.matrix.set_rating(session.analyst, *cell, Rating(C, "<img src=x>"))
    assert "&lt;img src=x&gt;" in model.data(model.index(0, 0), TOOLTIP)
    assert "Suppose this hypothesis were true" in model.data(model.index(0, 1), TOOLTIP)


def test_when_others_are_the_first_two_every_row_says_so(model: MatrixModel, session: Session, heard: Heard) -> None:
    for number in range(1, 4):
        rate(session, 1, number, N)
    rate(session, 2, 2, AGAINST)
    rate(session, 2, 3, AGAINST)
    assert "influence today +1.0: holds up the lead of H1 over H2" in model.headerData(1, VERTICAL, TOOLTIP)
    heard.headers.clear()
    rate(session, 2, 1, STRONGLY_AGAINST)
    rows = model.rowCount() - 1
    assert (VERTICAL, 0, rows) in heard.headers
    assert "no influence today on the lead of H2 over H3" in model.headerData(1, VERTICAL, TOOLTIP)


def test_hidden_scores_are_told_to_nobody(model: MatrixModel, session: Session) -> None:
    rate(session, 1, 1, STRONGLY_AGAINST)
    rate(session, 1, 2, CC)
    assert model.emphasis(0) == STRONG
    model.set_scores(False, "negative")
    assert model.figures(0).score == "–"
    assert model.emphasis(0) == PLAIN
    for role in (ACCESSIBLE, TOOLTIP):
        told = model.headerData(0, HORIZONTAL, role) + model.headerData(0, VERTICAL, role)
        assert "inconsistency" not in told
        assert "diagnosticity" not in told
        assert "influence" not in told
        assert "rank" not in told


def test_the_sign_of_scores_is_the_analysts(model: MatrixModel, session: Session, heard: Heard) -> None:
    rate(session, 1, 1, STRONGLY_AGAINST)
    heard.headers.clear()
    model.set_scores(True, "positive")
    assert model.figures(0).score == "2"
    assert model.figures(1).score == "0"
    assert heard.headers == [(HORIZONTAL, 0, 2)]


def test_control_characters_are_shown_as_signs(model: MatrixModel, session: Session) -> None:
    session.execute(edits.set_field(session.analysis, EVIDENCE, [item(session, 1).id], "title", "bell\x07 \u202eevil"))
    assert model.headerData(0, VERTICAL) == "E1 bell␇ ‹U+202E›evil"


# The selection


def test_the_selection_survives_moves_by_id(qtbot: QtBot) -> None:
    panel = shown_panel(qtbot, small_session(4, 3))
    session = panel.session
    go_to(panel, 2, 2)
    before = panel.selection()
    session.execute(edits.move(session.matrix, EVIDENCE, [item(session, 2).id], 4))
    session.execute(edits.move(session.matrix, HYPOTHESIS, [hypothesis(session, 2).id], 0))
    assert panel.selection() == before
    session.execute(edits.add_items(session.analysis, session.matrix, [{"title": "first"}], 0))
    assert panel.selection() == before


def test_selected_items_survive_moves_and_lose_only_what_is_deleted(qtbot: QtBot) -> None:
    panel = shown_panel(qtbot, small_session(4, 3))
    session = panel.session
    one, two = item(session, 1).id, item(session, 2).id
    panel.select_records(EVIDENCE, [one, two])
    session.execute(edits.move(session.matrix, EVIDENCE, [one], 4))
    assert set(panel.selection().items) == {one, two}
    session.execute(edits.remove(session.analysis, EVIDENCE, [one]))
    assert panel.selection().items == (two,)
    assert labels(panel, EVIDENCE) == ["E2", "E3", "E4"]


def test_what_is_not_shown_cannot_be_selected(qtbot: QtBot) -> None:
    panel = shown_panel(qtbot, small_session(2, 2))
    before = panel.selection()
    assert not panel.select_cell("nobody", "nothing")
    assert not panel.select_records(EVIDENCE, ["nobody"])
    assert not panel.select_records("source", ["nobody"])
    assert panel.selection() == before


ARRANGED = st.lists(
    st.tuples(st.sampled_from(["add", "remove", "move", "undo", "redo", "filter", "sort", "plain"]), st.integers(0, 9)),
    max_size=14,
)


@given(ARRANGED)
@settings(max_examples=40)
def test_the_model_shows_what_the_arrangement_says_after_any_edits(steps: list[tuple[str, int]]) -> None:
    session = small_session(5, 2)
    model = MatrixModel(session)
    for how, number in steps:
        order = session.matrix.evidence
        if how == "add":
            session.execute(edits.add_items(session.analysis, session.matrix, [{"title": f"t{number}"}]))
        elif how in ("undo", "redo"):
            getattr(session, how)()
        elif how == "filter":
            model.arrangement.item_filter = ItemFilter(text=str(number))
            model.arrange()
        elif how == "sort":
            model.arrangement.item_order = (SortKey(column="title", descending=number % 2 == 0),)
            model.arrange()
        elif how == "plain":
            model.reveal(order[: number // 3])
        elif order and how == "remove":
            session.execute(edits.remove(session.analysis, EVIDENCE, [order[number % len(order)]]))
        elif order:
            session.execute(edits.move(session.matrix, EVIDENCE, [order[0]], number % len(order)))
        assert model.axes.ids == shown_ids(session.assessment, model.arrangement)
        assert set(model.axes.ids[EVIDENCE]) <= set(session.matrix.evidence)
        assert model.rowCount() == len(model.axes.ids[EVIDENCE]) == len(model.numbers(EVIDENCE))
    model.deleteLater()


def test_what_is_kept_of_all_items_follows_every_edit_of_one(model: MatrixModel, session: Session) -> None:
    """Longest label and looks are measured once for the items there are; none of the edits may leave an old one."""

    def flags() -> set[bool]:
        return {one.flag for one in model.one_of_each(lambda entry: entry.flag)}

    first = item(session, 1).id
    assert (model.longest_label(EVIDENCE), flags()) == ("E1", {False})
    session.execute(edits.set_field(session.analysis, "evidence", [first], "flag", True))
    assert flags() == {True, False}
    session.undo()
    assert flags() == {False}
    session.execute(edits.set_field(session.analysis, "evidence", [first], "label", "E1000"))
    assert model.longest_label(EVIDENCE) == "E1000"
    session.execute(edits.remove(session.analysis, "evidence", [first]))
    assert model.longest_label(EVIDENCE) == "E2"
    session.undo()
    assert model.longest_label(EVIDENCE) == "E1000"
    session.execute(edits.set_field(session.analysis, "hypothesis", [hypothesis(session, 1).id], "label", "H900"))
    assert model.longest_label(HYPOTHESIS) == "H900"
    session.replace_analysis(small_session(2, 2).analysis, dirty=False)
    assert (model.longest_label(EVIDENCE), model.longest_label(HYPOTHESIS)) == ("E1", "H1")


def test_a_rating_leaves_items_and_hypotheses_the_very_same(session: Session) -> None:
    before = session.assessment
    rate(session, 1, 1, RatingValue.INCONSISTENT)
    assert session.assessment.items is before.items
    assert session.assessment.hypotheses is before.hypotheses
    assert session.assessment is not before
