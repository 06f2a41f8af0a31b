"""Blocks and lines on their way through the clipboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from helpers.matrix import block, go_to, labels, place, press, shown_panel, symbols
from helpers.sessions import hypothesis, item, rate, small_session
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QClipboard, QGuiApplication
from pytestqt.qtbot import QtBot

from ach_desk.commands import edits
from ach_desk.model import RatingValue, new_analysis
from ach_desk.ui.matrix import MatrixPanel, clipboard
from ach_desk.ui.session import Session

V = RatingValue


@pytest.fixture
def panel(qtbot: QtBot) -> MatrixPanel:
    return shown_panel(qtbot, small_session(4, 3))


@pytest.fixture(autouse=True)
def nothing_left_on_the_clipboard(qapp: QGuiApplication) -> Iterator[None]:
    """Empty the clipboard afterwards: without a screen Qt keeps it until after Python has ended."""
    yield
    QGuiApplication.clipboard().clear()


@pytest.fixture
def board(qapp: QGuiApplication) -> QClipboard:
    return QGuiApplication.clipboard()


def paste(qtbot: QtBot, panel: MatrixPanel, text: str, html: str = "") -> str:
    """Paste through the clipboard and return what was said."""
    data = QMimeData()
    data.setText(text)
    if html:
        data.setHtml(html)
    QGuiApplication.clipboard().setMimeData(data)
    said: list[str] = []
    panel.message.connect(said.append)
    press(qtbot, panel, "Ctrl+V")
    panel.message.disconnect(said.append)
    return " ".join(said)


# The plain functions


@pytest.mark.parametrize(
    "rows",
    [
        [["C", "", "II"], ["N/A", "N", ""]],
        [["=1+1", "-2", "@x", "+y"]],
        [['say "so"', "tab\there", "line\nbreak"]],
        [["'quoted", "''twice"]],
        [["\u05e9\u05dc\u05d5\u05dd", "\U0001f600"]],
    ],
)
def test_copied_cells_are_read_back(rows: list[list[str]]) -> None:
    read = clipboard.read_table(clipboard.as_text(rows), from_table=True)
    assert [[clipboard.unguarded(cell) for cell in row] for row in read] == rows


def test_no_copied_cell_is_a_formula() -> None:
    text = clipboard.as_text([["=HYPERLINK(1)", "+1", "-1", "@a", "C"]])
    assert [cell[0] for cell in text.split("\t")] == ["'", "'", "'", "'", "C"]


def test_no_copied_cell_of_a_table_is_a_formula() -> None:
    text = clipboard.as_html([["=1+1", "C"]])
    cell = """<td sdnum="1033;0;@" style="mso-number-format:'\\@'">=1+1</td>"""
    assert text == f"<table><tr>{cell}<td>C</td></tr></table>"
    assert clipboard.read_pasted("", text) == [["'=1+1", "C"]]


def test_copied_html_is_text() -> None:
    assert clipboard.as_html([["<b>", "a&b"]]) == "<table><tr><td>&lt;b&gt;</td><td>a&amp;b</td></tr></table>"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("c\tCc\tn/a", [[V.CONSISTENT, V.VERY_CONSISTENT, V.NOT_APPLICABLE]]),
        ("i\r\nII\r\n", [[V.INCONSISTENT], [V.VERY_INCONSISTENT]]),
        ("NA\t\t n ", [[V.NOT_APPLICABLE, None, V.NEUTRAL]]),
        ("C\tN\nI", [[V.CONSISTENT, V.NEUTRAL], [V.INCONSISTENT, None]]),
        ("'C", [[V.CONSISTENT]]),
        ("\t", [[None, None]]),
    ],
)
def test_ratings_are_read_in_any_letter_case(text: str, values: list[list[V | None]]) -> None:
    found = clipboard.as_ratings(clipboard.read_table(text, from_table=False))
    assert found is not None
    assert (found.values, found.misread) == (values, ())


def test_sentences_are_no_ratings() -> None:
    assert clipboard.as_ratings(clipboard.read_table("A first line\nA second one", from_table=False)) is None
    assert clipboard.as_ratings(clipboard.read_table("", from_table=False)) is None


def test_quotation_marks_in_plain_lines_are_text() -> None:
    rows = clipboard.read_table('"Never", he said\nand left', from_table=False)
    assert clipboard.as_records(rows) == [('"Never", he said', ""), ("and left", "")]


def test_a_quoted_cell_of_a_table_may_have_several_lines() -> None:
    rows = clipboard.read_table('Title\t"first\nsecond"\n', from_table=True)
    assert clipboard.as_records(rows) == [("Title", "first\nsecond")]


def test_blank_lines_are_no_records_and_a_title_is_one_line() -> None:
    rows = clipboard.read_table('\n  \nOne\n\t\tonly detail\n"two\nlines"\td\n', from_table=True)
    assert clipboard.as_records(rows) == [("One", ""), ("only detail", ""), ("two lines", "d")]


# In the window


def test_a_block_is_copied_as_text_and_table(qtbot: QtBot, panel: MatrixPanel, board: QClipboard) -> None:
    press(qtbot, panel, "C", "Shift+I", "A")
    block(panel, (1, 1), (2, 3))
    press(qtbot, panel, "Ctrl+C")
    assert board.text() == "C\tII\tN/A\n\t\t"
    assert "<td>II</td>" in board.mimeData().html()


def test_a_pasted_block_is_one_step(qtbot: QtBot, panel: MatrixPanel) -> None:
    go_to(panel, 2, 2)
    said = paste(qtbot, panel, "c\tii\nN\t")
    assert symbols(panel) == [". . .", ". C II", ". N .", ". . ."]
    assert said == "4 cells pasted."
    panel.session.undo()
    assert symbols(panel) == [". . ."] * 4


def test_pasting_an_empty_cell_makes_it_unrated(qtbot: QtBot, panel: MatrixPanel) -> None:
    press(qtbot, panel, "C", "C")
    go_to(panel, 1, 1)
    paste(qtbot, panel, "\tN")
    assert symbols(panel)[0] == ". N ."


def test_a_block_beyond_the_matrix_is_clipped_and_says_so(qtbot: QtBot, panel: MatrixPanel) -> None:
    go_to(panel, 4, 3)
    said = paste(qtbot, panel, "C\tC\nN\tN")
    assert symbols(panel)[3] == ". . C"
    assert said == "1 cell pasted. 3 cells lay beyond the matrix and were left out."


def test_one_rating_fills_the_selected_block(qtbot: QtBot, panel: MatrixPanel) -> None:
    block(panel, (1, 1), (2, 2))
    paste(qtbot, panel, "i")
    assert symbols(panel) == ["I I .", "I I .", ". . .", ". . ."]


def test_a_block_is_pasted_as_it_was_seen_when_transposed(qtbot: QtBot, panel: MatrixPanel) -> None:
    panel.looks.set_transposed(True)
    go_to(panel, 1, 1)
    paste(qtbot, panel, "C\tN")
    panel.looks.set_transposed(False)
    assert symbols(panel)[:2] == ["C . .", "N . ."]


def test_a_block_with_a_cell_that_is_no_rating_changes_nothing(qtbot: QtBot, panel: MatrixPanel) -> None:
    said = paste(qtbot, panel, "C\tN\nX\tI")
    assert symbols(panel) == [". . ."] * 4
    assert said == "Nothing was pasted: 1 cell is no rating (row 2, column 1: “X”)."


def test_cut_empties_the_cells(qtbot: QtBot, panel: MatrixPanel, board: QClipboard) -> None:
    press(qtbot, panel, "C", "N")
    block(panel, (1, 1), (1, 2))
    press(qtbot, panel, "Ctrl+X")
    assert symbols(panel)[0] == ". . ."
    assert board.text() == "C\tN"
    paste(qtbot, panel, board.text())
    assert symbols(panel)[0] == "C N ."


def test_pasted_sentences_become_items_as_one_step(qtbot: QtBot, panel: MatrixPanel) -> None:
    said = paste(qtbot, panel, "Tanks were seen\n\nA radio call\twas heard at dawn\n")
    assert labels(panel, "evidence") == ["E1", "E2", "E3", "E4", "E5", "E6"]
    assert (item(panel.session, 5).title, item(panel.session, 6).detail) == ("Tanks were seen", "was heard at dawn")
    assert panel.selection().items == (item(panel.session, 5).id, item(panel.session, 6).id)
    assert said == "E5 and E6 added as new items."
    panel.session.undo()
    assert len(labels(panel, "evidence")) == 4


def test_lines_pasted_on_an_item_follow_it_even_if_they_could_be_ratings(qtbot: QtBot, panel: MatrixPanel) -> None:
    panel.select_records("evidence", [item(panel.session, 2).id])
    paste(qtbot, panel, "I\nC")
    assert labels(panel, "evidence") == ["E1", "E2", "E5", "E6", "E3", "E4"]
    assert item(panel.session, 3).title == "I"


def test_lines_pasted_on_a_hypothesis_become_hypotheses(qtbot: QtBot, panel: MatrixPanel) -> None:
    panel.select_records("hypothesis", [hypothesis(panel.session, 3).id])
    paste(qtbot, panel, "Chance\tIt just happened.")
    assert (hypothesis(panel.session, 4).title, hypothesis(panel.session, 4).statement) == (
        "Chance",
        "It just happened.",
    )


def test_lines_pasted_into_an_empty_matrix_become_items(qtbot: QtBot) -> None:
    panel = shown_panel(qtbot, Session(new_analysis("q")))
    paste(qtbot, panel, "One\nTwo")
    assert labels(panel, "evidence") == ["E1", "E2"]


def test_copied_items_paste_as_items_with_their_detail(qtbot: QtBot, panel: MatrixPanel) -> None:
    session = panel.session
    fields = {"title": "=not a formula", "detail": "first\nsecond\twith a tab"}
    session.execute(edits.set_fields(session.analysis, "evidence", item(session, 1).id, fields, "x"))
    panel.select_records("evidence", [item(session, 1).id, item(session, 2).id])
    press(qtbot, panel, "Ctrl+C", "Ctrl+V")
    assert [(item(session, row).title, item(session, row).detail) for row in (3, 4)] == [
        (fields["title"], fields["detail"]),
        ("Item 2", ""),
    ]


def test_an_empty_clipboard_is_said(qtbot: QtBot, panel: MatrixPanel, board: QClipboard) -> None:
    board.clear()
    with qtbot.waitSignal(panel.message) as said:
        panel.clipboard.paste_clipboard()
    assert said.args == ["There is no text on the clipboard."]


def test_a_paste_puts_the_keyboard_on_the_block(qtbot: QtBot, panel: MatrixPanel) -> None:
    rate(panel.session, 1, 1, V.NEUTRAL)
    go_to(panel, 1, 1)
    paste(qtbot, panel, "C\tC\nC\tC")
    assert place(panel) == (1, 1)
    assert len(panel.selection().cells) == 4
