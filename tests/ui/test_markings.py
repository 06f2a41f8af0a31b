"""The marking in the whole window: on top, proposed from the items, on what is copied, and no data when pasted back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.accessible import nameless_controls
from helpers.analyses import small_case
from helpers.desktop import Person, person_at, running_desktop
from helpers.matrix import block, go_to, symbols
from helpers.sessions import item, rate
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ach_desk.commands import edits
from ach_desk.model import RatingValue
from ach_desk.model.marking import parse
from ach_desk.reporting.marking_tones import MARKINGS, marking_tone
from ach_desk.reporting.palette import DARK, LIGHT, Palette, contrast
from ach_desk.scoring.marking_findings import APART, LOWER, marking_findings, marking_gap
from ach_desk.storage.files import write_document
from ach_desk.ui.application import Desktop
from ach_desk.ui.marked import marked_text, without_marking
from ach_desk.ui.widgets.textbox import TextBox
from ach_desk.ui.window import AnalysisWindow

LEAST_CONTRAST = 4.5


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch) -> Person:
    return person_at(monkeypatch)


@pytest.fixture
def desktop(qapp: QApplication, person: Person) -> Iterator[Desktop]:
    with running_desktop(qapp) as made:
        yield made
        QGuiApplication.clipboard().clear()


@pytest.fixture
def window(desktop: Desktop, tmp_path: Path, qtbot: QtBot) -> AnalysisWindow:
    """A window on 2 hypotheses and 3 items."""
    path = tmp_path / "case.ach.json"
    write_document(path, small_case(2, 3).analysis, expected=None)
    desktop.opener.open(path)
    qtbot.waitUntil(lambda: desktop.window_of(path) is not None)
    window = desktop.window_of(path)
    assert window is not None
    return window


def mark(window: AnalysisWindow, text: str, *numbers: int) -> None:
    """Mark items, or without a number the analysis."""
    session = window.session
    ids = [item(session, number).id for number in numbers] or [session.analysis.id]
    kind = "evidence" if numbers else "analysis"
    session.execute(edits.set_field(session.analysis, kind, ids, "marking", text))


def proposed(window: AnalysisWindow) -> str:
    """Return what the quiet line says now; "" without one."""
    window.marking_proposal.look()
    strip = window.marking_proposal.strip
    return strip.label.text() if strip is not None else ""


def test_the_marking_stands_across_the_top_and_says_so(window: AnalysisWindow) -> None:
    assert not window.marking.isVisible()
    mark(window, "TLP:AMBER")
    assert window.marking.isVisible()
    assert window.marking.label.text() == "TLP:AMBER"
    assert window.marking.label.accessibleName() == "Marking: TLP:AMBER"
    assert window.marking.width() == window.width()
    picture = window.marking.label.grab().toImage()
    assert picture.pixelColor(2, picture.height() // 2) == QColor("#000000")
    mark(window, "")
    assert not window.marking.isVisible()


def test_a_window_that_was_kept_without_a_marking_shows_the_one_of_today(window: AnalysisWindow) -> None:
    state = window.matrix.view_state()
    state.window_state = bytes(window.saveState().toBase64().data()).decode("ascii")
    mark(window, "TLP:RED")
    window.restore(state)
    assert window.marking.isVisible()


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("text", [*(f"{step}" for step in ("TLP:CLEAR", "TLP:RED", "SECRET", "TOP SECRET")), "free"])
def test_every_marking_is_legible(palette: Palette, text: str) -> None:
    tone = marking_tone(palette, parse(text))
    assert contrast(tone.fill, tone.text) >= LEAST_CONTRAST
    assert all(contrast(tone.fill, tone.text) >= LEAST_CONTRAST for tones in MARKINGS.values() for tone in tones)


def test_the_highest_marking_is_proposed_and_taken_with_one_click(window: AnalysisWindow) -> None:
    mark(window, "TLP:AMBER")
    mark(window, "TLP:GREEN", 1)
    assert proposed(window) == ""
    mark(window, "TLP:RED", 2)
    assert proposed(window) == "E2 is marked TLP:RED, the analysis TLP:AMBER."
    strip = window.marking_proposal.strip
    assert strip is not None
    assert nameless_controls(strip) == []
    strip.buttons[0].click()
    assert window.session.analysis.marking == "TLP:RED"
    assert proposed(window) == ""
    assert window.session.history.stack.undoText() == "Mark the analysis TLP:RED"
    window.session.undo()
    assert proposed(window) == "E2 is marked TLP:RED, the analysis TLP:AMBER."


def test_the_marking_may_stay_lower(window: AnalysisWindow) -> None:
    mark(window, "TLP:RED", 1)
    assert proposed(window) == "E1 is marked TLP:RED, the analysis has no marking."
    strip = window.marking_proposal.strip
    assert strip is not None
    strip.close_button.click()
    assert proposed(window) == ""
    mark(window, "TLP:RED", 2)
    assert proposed(window) == "2 items are marked up to TLP:RED, the analysis has no marking."
    assert window.session.analysis.marking == ""
    assert [entry.code for entry in window.session.findings if entry.code == LOWER] == [LOWER]


def test_what_was_set_aside_with_a_reason_is_not_proposed_again(window: AnalysisWindow) -> None:
    mark(window, "TLP:RED", 1)
    (finding,) = marking_findings(window.session.analysis)
    assert proposed(window)
    dialog = window.marking_proposal.ask_reason()
    (field,) = dialog.fields
    assert isinstance(field, TextBox)
    field.put("E1 goes out with the next edition")
    dialog.accept_button.click()
    assert proposed(window) == ""
    (kept,) = window.session.analysis.findings_set_aside.values()
    assert (kept.text, kept.reason) == (finding.text, "E1 goes out with the next edition")
    mark(window, "TLP:AMBER", 1)
    assert proposed(window) == "E1 is marked TLP:AMBER, the analysis has no marking."


def test_items_set_aside_count_too_because_they_are_in_the_file(window: AnalysisWindow) -> None:
    session = window.session
    session.execute(edits.set_aside(session.analysis, [item(session, 1).id], "double"))
    mark(window, "SECRET//NOFORN", 1)
    mark(window, "CONFIDENTIAL//ORCON")
    gap = marking_gap(session.analysis)
    assert [entry.label for entry in gap.above] == ["E1"]
    assert gap.proposal == "SECRET//NOFORN//ORCON"


def test_markings_without_an_order_are_pointed_out_and_nothing_is_proposed(window: AnalysisWindow) -> None:
    mark(window, "TLP:RED")
    mark(window, "SECRET", 1)
    (finding,) = marking_findings(window.session.analysis)
    assert finding.code == APART
    assert "cannot be ordered" in finding.text
    assert proposed(window) == ""
    mark(window, "TLP:GREEN; SECRET")
    assert list(marking_findings(window.session.analysis)) == []


def test_the_only_free_marking_is_proposed_to_an_unmarked_analysis(window: AnalysisWindow) -> None:
    mark(window, "VS-NfD", 1, 2)
    assert marking_gap(window.session.analysis).proposal == "VS-NfD"
    mark(window, "internal", 3)
    assert marking_gap(window.session.analysis).proposal == ""


def copied() -> QMimeData:
    data = QGuiApplication.clipboard().mimeData()
    assert data is not None
    return data


def test_a_copied_block_begins_with_the_marking_and_is_pasted_without_it(window: AnalysisWindow, qtbot: QtBot) -> None:
    panel, session = window.matrix, window.session
    mark(window, "TLP:AMBER")
    rate(session, 1, 1, RatingValue.CONSISTENT)
    rate(session, 1, 2, RatingValue.INCONSISTENT)
    block(panel, (1, 1), (1, 2))
    panel.clipboard.copy()
    assert copied().text() == "TLP:AMBER\nC\tI"
    assert "<td>TLP:AMBER</td>" in copied().html()
    go_to(panel, 2, 1)
    panel.clipboard.paste_clipboard()
    assert symbols(panel)[:2] == ["C I", "C I"]
    assert len(session.analysis.evidence) == 3


def test_a_whole_matrix_comes_back_from_a_spreadsheet_without_its_marking(window: AnalysisWindow) -> None:
    panel, session = window.matrix, window.session
    mark(window, "for the group only")
    rate(session, 1, 1, RatingValue.CONSISTENT)
    panel.clipboard.copy_whole()
    text = copied().text()
    assert text.startswith("for the group only\nEvidence\t")
    QGuiApplication.clipboard().setText(text)  # what a spreadsheet leaves of it
    rate(session, 1, 1, None)
    panel.clipboard.paste_clipboard()
    assert symbols(panel)[0] == "C ."
    assert len(session.analysis.evidence) == 3


def test_texts_of_items_are_copied_with_the_marking_and_pasted_as_items_alone(window: AnalysisWindow) -> None:
    panel = window.matrix
    mark(window, "SECRET//NOFORN")
    panel.select_records("evidence", [item(window.session, 1).id])
    panel.clipboard.copy()
    assert copied().text().splitlines()[0] == "SECRET//NOFORN"
    mark(window, "")
    panel.clipboard.paste_clipboard()
    titles = [entry.title for entry in window.session.analysis.evidence.values()]
    assert titles.count(item(window.session, 1).title) == 2
    assert "SECRET//NOFORN" not in titles


def test_without_a_marking_nothing_is_added(window: AnalysisWindow) -> None:
    go_to(window.matrix, 1, 1)
    window.matrix.clipboard.copy_whole()
    assert copied().text().startswith("Evidence\t")
    assert marked_text("x", " ") == "x"
    assert marked_text("x", "a\nb") == "a b\nx"


@pytest.mark.parametrize(
    ("rows", "rest"),
    [
        ([["TLP:RED"], ["C", "N"]], [["C", "N"]]),
        ([["tlp:red", ""], ["C", "N"]], [["C", "N"]]),
        ([["# internal"], ["Evidence", "H"]], [["Evidence", "H"]]),
        ([["mine"], ["C"]], [["C"]]),
        ([["TLP:RED"]], [["TLP:RED"]]),
        ([["TLP:RED", "C"], ["x", "N"]], [["TLP:RED", "C"], ["x", "N"]]),
        ([["a secret meeting"], ["x"]], [["a secret meeting"], ["x"]]),
        ([], []),
        ([[]], [[]]),
    ],
)
def test_only_a_marking_in_front_is_left_out(rows: list[list[str]], rest: list[list[str]]) -> None:
    assert without_marking(rows, "mine") == rest


def test_the_menu_leads_to_a_field_and_back_again(window: AnalysisWindow, qtbot: QtBot) -> None:
    go_to(window.matrix, 1, 1)
    window.actions_registry["item.marking"].trigger()
    field = window.inspector.item.marking
    qtbot.waitUntil(field.box.hasFocus)
    assert field.isVisible()
    qtbot.keyClicks(field.box, "TLP:RED")
    qtbot.keyClick(field.box, Qt.Key.Key_Escape)
    assert item(window.session, 1).marking == "TLP:RED"
    assert window.matrix.view.hasFocus()
    assert not window.actions_registry["item.open_link"].isEnabled()


def test_rows_are_marked_together(window: AnalysisWindow, qtbot: QtBot) -> None:
    session = window.session
    window.matrix.select_records("evidence", [item(session, number).id for number in (1, 3)])
    window.actions_registry["item.marking"].trigger()
    field = window.inspector.several.marking
    qtbot.waitUntil(field.box.hasFocus)
    qtbot.keyClicks(field.box, "TLP:GREEN")
    qtbot.keyClick(field.box, Qt.Key.Key_Escape)
    assert [item(session, number).marking for number in (1, 2, 3)] == ["TLP:GREEN", "", "TLP:GREEN"]
    session.undo()
    assert item(session, 3).marking == ""
