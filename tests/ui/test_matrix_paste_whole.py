"""A whole matrix with headings, pasted into an empty and an existing analysis."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from helpers.accessible import nameless_controls
from helpers.matrix import go_to, labels, place, press, shown_panel, symbols
from helpers.sessions import hypothesis, item, rate, small_session
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from ach_desk.commands import edits
from ach_desk.exchange.csv_matrix import read_matrix
from ach_desk.model import Level, RatingValue, new_analysis
from ach_desk.ui.dialogs.report import ReportDialog, show_report
from ach_desk.ui.matrix import MatrixPanel, clipboard
from ach_desk.ui.matrix.item_filter import ItemFilter
from ach_desk.ui.session import Session

MATRIX = "Evidence\tSource\tA bluff\tA coup\nTanks were seen\tRadio\tCC\tN\nSilence\t\t--\t\n"


@pytest.fixture(autouse=True)
def nothing_left_on_the_clipboard(qapp: QGuiApplication) -> Iterator[None]:
    """Empty the clipboard afterwards: without a screen Qt keeps it until after Python has ended."""
    yield
    QGuiApplication.clipboard().clear()


@pytest.fixture
def empty(qtbot: QtBot) -> MatrixPanel:
    return shown_panel(qtbot, Session(new_analysis("q")))


def paste(qtbot: QtBot, panel: MatrixPanel, text: str, html: str = "") -> tuple[str, list[str]]:
    """Paste through the clipboard; return what was said, and the lines that were reported."""
    data = QMimeData()
    data.setText(text)
    if html:
        data.setHtml(html)
    QGuiApplication.clipboard().setMimeData(data)
    said: list[str] = []
    reported: list[str] = []
    collect = lambda _sentence, lines: reported.extend(lines)  # noqa: E731
    panel.message.connect(said.append)
    panel.reported.connect(collect)
    press(qtbot, panel, "Ctrl+V")
    panel.message.disconnect(said.append)
    panel.reported.disconnect(collect)
    return " ".join(said), reported


def test_into_an_empty_analysis_as_one_step(qtbot: QtBot, empty: MatrixPanel) -> None:
    said, reported = paste(qtbot, empty, MATRIX)
    assert (labels(empty, "hypothesis"), labels(empty, "evidence")) == (["H1", "H2"], ["E1", "E2"])
    assert symbols(empty) == ["CC N", "II ."]
    assert said == "Pasted: 2 new hypotheses, 2 new items and 3 cells rated."
    assert reported == []
    assert place(empty) == (1, 1)
    empty.session.undo()
    assert not empty.session.analysis.evidence
    assert not empty.session.analysis.sources
    assert not empty.session.is_dirty
    empty.session.redo()
    assert symbols(empty) == ["CC N", "II ."]


def test_undoing_a_matrix_keeps_the_keyboard_in_the_rest(qtbot: QtBot) -> None:
    panel = shown_panel(qtbot, small_session(2, 2))
    paste(qtbot, panel, MATRIX)
    assert place(panel) == (3, 1)
    panel.session.undo()
    assert place(panel) == (1, 1)


def test_into_an_existing_analysis(qtbot: QtBot) -> None:
    panel = shown_panel(qtbot, small_session(2, 2))
    go_to(panel, 1, 1)
    said, reported = paste(qtbot, panel, "Evidence\tH2\tNew\nitem 1\tC\tI\nNew item\tN\tX\nE2\t\t\n")
    assert symbols(panel) == [". C I", ". . .", ". N ."]
    assert said == "Pasted: 1 new hypothesis, 1 new item and 3 cells rated. 1 place needs a look."
    assert reported == [
        "Row 3, column 3 (C, “New”): “X” is not a rating; write CC, C, C-, N, I-, I, II, N/A or nothing."
    ]
    panel.session.undo()
    assert symbols(panel) == [". .", ". ."]


def test_headings_that_contradict_each_other_change_nothing(qtbot: QtBot, empty: MatrixPanel) -> None:
    said, reported = paste(qtbot, empty, "Evidence\tBluff\tBluff\nTanks\tC\tN")
    assert said == "Nothing was pasted."
    assert "have the same heading" in reported[0]
    assert not empty.session.analysis.evidence


def test_a_table_of_items_with_headings_and_no_hypothesis(qtbot: QtBot, empty: MatrixPanel) -> None:
    paste(qtbot, empty, "Evidence\tCredibility\tDate\nTanks\tlow\t2023-06\n")
    assert item(empty.session, 1).event_date == "2023-06"
    assert empty.selection().items == (item(empty.session, 1).id,)


def test_cells_with_line_breaks_come_from_the_html_table(qtbot: QtBot, empty: MatrixPanel) -> None:
    html = "<table><tr><td>Evidence<td>A bluff<tr><td>&quot;Never&quot;,<br>he said<td>C</table>"
    paste(qtbot, empty, 'Evidence\tA bluff\n"Never",\nhe said\tC', html)
    assert item(empty.session, 1).title == '"Never",\nhe said'
    assert symbols(empty) == ["C"]


def test_a_two_column_table_is_titles_and_details(qtbot: QtBot, empty: MatrixPanel) -> None:
    html = "<table><tr><td>Tanks</td><td>first<br>second</td></tr><tr><td>Silence</td><td></td></tr></table>"
    paste(qtbot, empty, 'Tanks\t"first\nsecond"\nSilence\t', html)
    assert [(item(empty.session, n).title, item(empty.session, n).detail) for n in (1, 2)] == [
        ("Tanks", "first\nsecond"),
        ("Silence", ""),
    ]


@pytest.mark.parametrize(
    ("text", "markup", "rows"),
    [
        ("a  b\tC", "<table><tr><td>a b<td>C</table>", [["a  b", "C"]]),
        ('"Never" he said\tC', "<table><tr><td>&quot;Never&quot; he said<td>C</table>", [['"Never" he said', "C"]]),
        ("two lines\tC", "<table><tr><td>two<br>lines<td>C</table>", [["two\nlines", "C"]]),  # as Calc writes them
        ('"two\n lines"\tC', "<table><tr><td>two<br>lines<td>C</table>", [["two\n lines", "C"]]),
        ("a\tb\n", "<p>a</p><table><tr><td>b</table>", [["a", "b"]]),
        ("", "<table><tr><td>=1+1<td>--</table>", [["=1+1", "--"]]),
        ("a\tb", "", [["a", "b"]]),
    ],
)
def test_which_of_text_and_table_is_taken(text: str, markup: str, rows: list[list[str]]) -> None:
    read = clipboard.read_pasted(text, markup)
    assert [[clipboard.unguarded(cell) for cell in row] for row in read] == rows


@pytest.mark.parametrize("word", ["++", "+", "0", "-", "--", "\u2212"])
def test_signs_are_ratings_as_text_and_from_a_table(word: str) -> None:
    values = {"++": "CC", "+": "C", "0": "N", "-": "I", "--": "II", "\u2212": "I"}
    markup = f"<table><tr><td>{word}<td>++</table>"
    for rows in (clipboard.read_pasted(f"{word}\t++", ""), clipboard.read_pasted("", markup)):
        found = clipboard.as_ratings(rows)
        assert found is not None
        assert found.values == [[values[word], "CC"]]


@pytest.mark.parametrize("word", ["0", "-", "\u2212"])
def test_a_sign_among_letters_is_no_rating_and_its_place_is_told(word: str) -> None:
    assert clipboard.as_ratings([["C", word], [word, word]]) == clipboard.PastedRatings(
        [[RatingValue.CONSISTENT, None], [None, None]], ((1, 2, word), (2, 1, word), (2, 2, word))
    )


def test_the_report_lists_every_line_and_takes_the_place_of_an_earlier_one(qtbot: QtBot, empty: MatrixPanel) -> None:
    first = show_report("What was pasted", "One sentence.", ["a", "b"], empty)
    with qtbot.waitSignal(first.destroyed):
        second = show_report("What was pasted", "Another.", [f"line {n}" for n in range(1500)], empty)
    assert not second.isModal()
    assert second.lines.toPlainText().splitlines()[-2:] == ["line 999", "500 more"]
    assert nameless_controls(second) == []
    with qtbot.waitSignal(second.destroyed):
        second.close()
    assert empty.findChildren(ReportDialog) == []


@pytest.mark.parametrize("transposed", [False, True])
@pytest.mark.parametrize("with_html", [False, True])
def test_a_whole_matrix_is_copied_and_pasted_into_another_analysis(
    qtbot: QtBot, empty: MatrixPanel, *, transposed: bool, with_html: bool
) -> None:
    panel = shown_panel(qtbot, small_session(3, 2))
    session = panel.session
    analysis, first = session.analysis, item(session, 1).id
    titles = "=1+1\tand a tab", "'quoted' \"twice\"", "two\nlines"
    for number, title in enumerate(titles, 1):
        session.execute(edits.set_field(analysis, "evidence", [item(session, number).id], "title", title))
    session.execute(edits.set_field(analysis, "hypothesis", [hypothesis(session, 2).id], "title", "Source"))
    session.execute(edits.set_field(analysis, "evidence", [first], "credibility", Level.LOW))
    session.execute(edits.add_source(analysis, "Radio | Paper", [first])[0])
    for cell, value in (((1, 1), "II"), ((1, 2), "C-"), ((2, 1), "N/A"), ((3, 2), "CC")):
        rate(session, *cell, RatingValue(value))
    panel.looks.set_transposed(transposed)
    panel.clipboard.copy_whole()
    data = QGuiApplication.clipboard().mimeData()
    text, html = data.text(), data.html()
    assert text.splitlines()[0] == "Evidence\tCredibility\tSource\tHypothesis 1\tHypothesis: Source"
    said, reported = paste(qtbot, empty, text, html if with_html else "")
    assert (said, reported) == ("Pasted: 2 new hypotheses, 3 new items and 4 cells rated.", [])
    assert tuple(item(empty.session, number).title for number in (1, 2, 3)) == titles
    assert hypothesis(empty.session, 2).title == "Source"
    assert item(empty.session, 1).credibility is Level.LOW
    assert [source.name for source in empty.session.analysis.sources.values()] == ["Radio | Paper"]
    assert symbols(empty) == ["II C-", "N/A .", ". CC"]

    _said, reported = paste(qtbot, panel, text)
    assert reported == []
    assert len(analysis.evidence) == 3, "into itself it changes nothing"


def test_a_copied_matrix_is_what_the_import_reads(qtbot: QtBot) -> None:
    panel = shown_panel(qtbot, small_session(2, 2))
    rate(panel.session, 1, 2, RatingValue.INCONSISTENT)
    panel.clipboard.copy_whole()
    read = read_matrix(QGuiApplication.clipboard().text().encode(), "copied.tsv").analysis
    assert read is not None
    assert [entry.title for entry in read.evidence.values()] == ["Item 1", "Item 2"]
    assert [entry.title for entry in read.hypotheses.values()] == ["Hypothesis 1", "Hypothesis 2"]
    (row,) = next(iter(read.matrices[0].sheets.values())).values()
    assert [rating.value for rating in row.values()] == [RatingValue.INCONSISTENT]


def test_only_what_is_shown_is_copied(qtbot: QtBot) -> None:
    panel = shown_panel(qtbot, small_session(3, 2))
    panel.arranging.set_filter(ItemFilter(text="item 2"))
    panel.clipboard.copy_whole()
    assert QGuiApplication.clipboard().text().splitlines() == ["Evidence\tHypothesis 1\tHypothesis 2", "Item 2\t\t"]
