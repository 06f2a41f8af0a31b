"""A spreadsheet through the window: the guess, its correction, the report, one undo step, and out again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.accessible import nameless_controls
from helpers.desktop import Person, person_at, running_desktop
from helpers.sessions import small_analysis
from helpers.sheets import full_case, inline_rows, xlsx
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ach_desk.exchange.formats import format_of
from ach_desk.exchange.sheet_files import read_sheet_file
from ach_desk.exchange.sheet_mapping import Role
from ach_desk.exchange.sheet_out import write_xlsx
from ach_desk.model import RatingValue, Source, replace
from ach_desk.model.values import SnapshotKind
from ach_desk.ui.application import Desktop
from ach_desk.ui.dialogs.report import ReportDialog
from ach_desk.ui.sheets.actions import Interchange
from ach_desk.ui.sheets.dialog import ImportDialog
from ach_desk.ui.window import AnalysisWindow

PATIENCE_MS = 20_000
ROWS = (
    ["What was seen", "Remark 2", "H1: Coup", "Bluff", "Score"],
    ["Tanks in the square", "by night", "+", "perhaps", "3"],
    ["Silence on the radio", "", "--", "++", "1"],
)


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch) -> Person:
    return person_at(monkeypatch)


@pytest.fixture
def desktop(qapp: QApplication, person: Person) -> Iterator[Desktop]:
    with running_desktop(qapp) as made:
        yield made


@pytest.fixture
def window(desktop: Desktop) -> AnalysisWindow:
    return desktop.open_untitled(small_analysis(), dirty=False)


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "harbour.xlsx"
    path.write_bytes(xlsx(("Notes", inline_rows(["only words"])), ("Matrix", inline_rows(*ROWS))))
    return path


def interchange_of(window: AnalysisWindow, qtbot: QtBot) -> Interchange:
    """Return the import and export of a window, which come behind its first picture."""
    qtbot.waitUntil(lambda: window.findChild(Interchange) is not None, timeout=PATIENCE_MS)
    found = window.findChild(Interchange)
    assert found is not None
    return found


def opened(window: AnalysisWindow, path: Path, qtbot: QtBot) -> ImportDialog:
    dialog = interchange_of(window, qtbot).open_import(path)
    qtbot.waitUntil(lambda: dialog.is_ready, timeout=PATIENCE_MS)
    return dialog


def make(dialog: ImportDialog, column: int, role: Role, qtbot: QtBot) -> None:
    """Choose a column in the sheet and say what it is."""
    dialog.view.selectColumn(column)
    dialog.view.setCurrentIndex(dialog.model.index(0, column))
    dialog.role.chosen.emit(role)
    qtbot.waitUntil(lambda: dialog.is_ready, timeout=PATIENCE_MS)


def report(window: AnalysisWindow, qtbot: QtBot) -> str:
    qtbot.waitUntil(lambda: bool(window.findChildren(ReportDialog)), timeout=PATIENCE_MS)
    found = window.findChildren(ReportDialog)[-1]
    text = found.sentence.text() + "\n" + found.lines.toPlainText()
    found.close()
    return text


def test_a_wrong_guess_is_corrected_merged_and_undone(window: AnalysisWindow, sheet: Path, qtbot: QtBot) -> None:
    dialog = opened(window, sheet, qtbot)
    assert nameless_controls(dialog) == []
    assert dialog.height() <= 700
    assert dialog.mapping.roles == (Role.TEXT, Role.UNUSED, Role.HYPOTHESIS, Role.UNUSED, Role.UNUSED)
    make(dialog, 1, Role.NOTE, qtbot)
    make(dialog, 3, Role.HYPOTHESIS, qtbot)
    assert "“perhaps” is not understood" in dialog.preview.toPlainText()
    dialog.spellings.value.chosen.emit(RatingValue.NEUTRAL)
    qtbot.waitUntil(lambda: dialog.is_ready, timeout=PATIENCE_MS)
    assert "perhaps" not in dialog.preview.toPlainText()
    dialog.into_open.setChecked(True)
    before = len(window.session.analysis.evidence)
    dialog.take.click()
    said = report(window, qtbot)
    assert "2 items, from A2 to A3" in said
    assert "4 ratings" in said
    assert "E1: “Score” was not used" in said
    analysis = window.session.analysis
    assert len(analysis.evidence) == before + 2
    added = list(analysis.evidence.values())[-2:]
    assert [item.note for item in added] == ["by night", ""]
    assert [one.title for one in analysis.hypotheses.values()][-2:] == ["Coup", "Bluff"]
    window.actions_registry["undo"].trigger()
    assert len(window.session.analysis.evidence) == before
    assert "Bluff" not in [one.title for one in window.session.analysis.hypotheses.values()]
    assert not window.session.is_dirty, "all of it was one step"


def test_a_corrected_mapping_is_found_again_by_the_headings(
    desktop: Desktop, window: AnalysisWindow, sheet: Path, qtbot: QtBot
) -> None:
    dialog = opened(window, sheet, qtbot)
    make(dialog, 1, Role.NOTE, qtbot)
    wanted = dialog.mapping
    dialog.take.click()
    qtbot.waitUntil(lambda: len(desktop.windows) == 2, timeout=PATIENCE_MS)
    made = desktop.windows[-1]
    assert "opened as a new analysis" in report(made, qtbot)
    assert [item.note for item in made.session.analysis.evidence.values()] == ["by night", ""]
    assert made.session.is_dirty
    again = opened(window, sheet, qtbot)
    assert again.mapping == wanted
    again.reject()


def test_another_sheet_row_and_direction_can_be_chosen(window: AnalysisWindow, sheet: Path, qtbot: QtBot) -> None:
    dialog = opened(window, sheet, qtbot)
    assert dialog.sheet.currentText() == "Matrix"
    dialog.header.setValue(2)
    qtbot.waitUntil(lambda: dialog.is_ready, timeout=PATIENCE_MS)
    assert "1 item, from A3" in dialog.preview.toPlainText()
    dialog.turned.click()
    qtbot.waitUntil(lambda: dialog.is_ready, timeout=PATIENCE_MS)
    assert dialog.mapping.transposed
    assert dialog.about.text().replace("&", "") == "Row 1 is"
    dialog.sheet.chosen.emit(0)
    qtbot.waitUntil(lambda: dialog.is_ready, timeout=PATIENCE_MS)
    assert "only words" in dialog.model.index(0, 0).data()
    dialog.reject()


def test_a_file_that_means_harm_is_refused_in_the_dialog(window: AnalysisWindow, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "bad.xlsx"
    path.write_bytes(xlsx(("A", ""), more={"xl/worksheets/sheet1.xml": "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"}))
    dialog = interchange_of(window, qtbot).open_import(path)
    qtbot.waitUntil(lambda: "entities" in dialog.state.text(), timeout=PATIENCE_MS)
    assert not dialog.take.isEnabled()
    dialog.reject()


def test_our_own_workbook_comes_back_changed_and_changes_what_it_names(
    desktop: Desktop, tmp_path: Path, qtbot: QtBot
) -> None:
    case = full_case()
    window = desktop.open_untitled(case.analysis, dirty=False)
    edited = case.analysis.snapshot()
    edited.evidence["e2"] = replace(edited.evidence["e2"], title="Report 2, corrected", detail="New detail")
    old = edited.matrices[0].rating(case.analyst, "e1", "h1")
    edited.matrices[0].set_rating(case.analyst, "e1", "h1", None)
    edited.sources["s2"] = Source(id="s2", label="S2", name="Paper")
    path = tmp_path / "back.xlsx"
    path.write_bytes(write_xlsx(edited, edited.matrices[0], case.analyst).data)
    dialog = opened(window, path, qtbot)
    dialog.into_open.setChecked(True)
    assert dialog.update_known.isChecked()
    dialog.take.click()
    said = report(window, qtbot)
    assert "E2 got another text and detail" in said
    item = window.session.analysis.evidence["e2"]
    assert (item.title, item.detail) == ("Report 2, corrected", "New detail")
    assert len(window.session.analysis.evidence) == 4
    kept = window.session.matrix.rating(case.analyst, "e1", "h1")
    assert kept == old, "a blank cell takes nothing away"
    window.actions_registry["undo"].trigger()
    assert window.session.analysis.evidence["e2"].title == "Report 2"


@pytest.mark.parametrize("ending", ["xlsx", "ods", "csv", "tsv"])
def test_the_matrix_is_exported_and_noted_as_exported(
    window: AnalysisWindow, person: Person, tmp_path: Path, qtbot: QtBot, ending: str
) -> None:
    path = tmp_path / f"out.{ending}"
    person.names.append(path)
    window.actions_registry[f"export_{ending}"].trigger()
    qtbot.waitUntil(lambda: "was written" in window.statusBar().currentMessage(), timeout=PATIENCE_MS)
    assert "It leaves out: the name of the analyst" in window.statusBar().currentMessage() or ending in ("csv", "tsv")
    back = read_sheet_file(path.read_bytes(), path.name).analysis
    assert back is not None
    mine = window.session.analysis
    assert [item.title for item in back.evidence.values()] == [item.title for item in mine.evidence.values()]
    assert [snapshot.kind for snapshot in mine.snapshots.values()] == [SnapshotKind.EXPORTED]
    assert format_of(path.name) is not None


def test_a_spreadsheet_that_is_opened_or_dropped_is_imported(
    desktop: Desktop, window: AnalysisWindow, sheet: Path, qtbot: QtBot
) -> None:
    desktop.open_paths([sheet])
    dialog = window.findChild(ImportDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.is_ready, timeout=PATIENCE_MS)
    dialog.reject()


def test_a_spreadsheet_can_be_imported_without_a_window(desktop: Desktop, sheet: Path, qtbot: QtBot) -> None:
    desktop.opener.open(sheet, at_once=True)  # as at start
    dialog = next(one for one in desktop.app.topLevelWidgets() if isinstance(one, ImportDialog))
    qtbot.waitUntil(lambda: dialog.is_ready, timeout=PATIENCE_MS)
    assert dialog.into_open.isHidden()
    dialog.take.click()
    qtbot.waitUntil(lambda: len(desktop.windows) == 1, timeout=PATIENCE_MS)
    report(desktop.windows[0], qtbot)
