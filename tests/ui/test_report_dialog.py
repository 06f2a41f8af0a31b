"""The report dialog: sections by mouse and keyboard, presets, preview, check, saving, the clipboard, what is kept."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from helpers.accessible import nameless_controls
from helpers.desktop import Person, person_at
from helpers.reports import HOSTILE, hostile_case, june
from PySide6.QtCore import QModelIndex, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ach_desk.model import Analysis, Snapshot, SnapshotKind
from ach_desk.model.report_plan import ReportPlan
from ach_desk.reporting import typesetting
from ach_desk.reporting.palette import DARK, LIGHT, Palette
from ach_desk.reporting.report.model import CancelledError
from ach_desk.reporting.report.preset_names import ONE_PAGE, PRESETS, REVIEWER
from ach_desk.ui.background import Background, Cancel
from ach_desk.ui.reports import dialog as dialog_module
from ach_desk.ui.reports.dialog import ReportDialog
from ach_desk.ui.session import Session

PATIENCE = 30_000
Make = Callable[..., ReportDialog]


@pytest.fixture
def background(qapp: QApplication) -> Iterator[Background]:
    made = Background()
    yield made
    made.shut_down()


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch) -> Person:
    return person_at(monkeypatch)


@pytest.fixture
def make(background: Background, person: Person, qtbot: QtBot) -> Iterator[Make]:
    """Return what makes a shown dialog on an analysis with its first preview."""
    made: list[ReportDialog] = []

    def report(analysis: Analysis, palette: Palette = LIGHT) -> ReportDialog:
        session = Session(analysis)
        made.append(ReportDialog(session, background, "case", palette, positive_scores=False))
        session.setParent(made[-1])
        with qtbot.waitSignal(made[-1].shown, timeout=PATIENCE):
            made[-1].show()
        return made[-1]

    yield report
    for shown in made:
        shown.close()
        shown.deleteLater()
    qtbot.waitUntil(lambda: not background.is_busy, timeout=PATIENCE)


def _press(dialog: ReportDialog, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(dialog.sections.list, key, modifier)


def _choose(dialog: ReportDialog, preset: str, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.shown, timeout=PATIENCE):
        dialog.preset.setCurrentIndex(dialog.preset.findData(preset))


def test_it_opens_with_one_page_of_a_concluded_analysis_and_what_the_check_says(make: Make) -> None:
    dialog = make(june())
    assert dialog.preset.currentData() == ONE_PAGE
    assert dialog.sections.chosen == PRESETS[ONE_PAGE]
    text = dialog.view.toPlainText()
    assert "A personal grievance was probably" in text
    assert [dialog.points.item(row).text() for row in range(dialog.points.count())] == [
        "The lead of H4 is unresolved: it does not survive small changes of the ratings."
    ]
    assert dialog.height() <= 700
    assert dialog.minimumSizeHint().height() <= 700
    assert nameless_controls(dialog) == []


def test_a_section_is_moved_and_taken_out_by_keyboard(make: Make, qtbot: QtBot) -> None:
    dialog = make(june())
    with qtbot.waitSignal(dialog.shown, timeout=PATIENCE):
        _press(dialog, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert dialog.sections.chosen[:2] == ("chart", "answer")
    assert dialog.preset.currentText() == "Own choice"
    text = dialog.view.toPlainText()
    assert text.index("What speaks against each hypothesis") < text.index("A personal grievance was probably")
    with qtbot.waitSignal(dialog.shown, timeout=PATIENCE):
        _press(dialog, Qt.Key.Key_Space)
    assert "answer" not in dialog.sections.chosen
    assert "A personal grievance was probably" not in dialog.view.toPlainText()
    with qtbot.waitSignal(dialog.shown, timeout=PATIENCE):
        _press(dialog, Qt.Key.Key_Space)
        _press(dialog, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert dialog.preset.currentData() == ONE_PAGE


def test_a_section_is_dragged(make: Make, qtbot: QtBot) -> None:
    dialog = make(june())
    with qtbot.waitSignal(dialog.shown, timeout=PATIENCE):
        dialog.sections.list.model().moveRow(QModelIndex(), 0, QModelIndex(), 3)  # what Qt does when it is dropped
    assert dialog.sections.chosen[:3] == ("chart", "telling", "answer")


def test_the_ends_of_the_list_cannot_be_passed(make: Make) -> None:
    dialog = make(june())
    assert not dialog.sections.up.isEnabled()
    _press(dialog, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert dialog.sections.chosen == PRESETS[ONE_PAGE]
    dialog.sections.list.setCurrentRow(dialog.sections.list.count() - 1)
    assert not dialog.sections.down.isEnabled()


def test_the_choice_is_kept_by_one_edit_when_the_dialog_is_left(make: Make, qtbot: QtBot) -> None:
    dialog = make(june())
    session = dialog._session
    _choose(dialog, REVIEWER, qtbot)
    assert session.analysis.report is None
    dialog.close()
    assert session.analysis.report == ReportPlan(preset=REVIEWER, sections=PRESETS[REVIEWER])
    assert session.history.stack.undoText() == "Choose what the report holds"
    session.undo()
    assert session.analysis.report is None


def test_leaving_without_a_change_is_no_edit_and_unknown_sections_stay(make: Make, qtbot: QtBot) -> None:
    analysis = june()
    analysis.report = ReportPlan(preset="of a colleague", sections=("answer", "of a later version"))
    dialog = make(analysis)
    assert dialog.sections.chosen == ("answer",)
    session = dialog._session
    dialog.close()
    assert not session.is_dirty
    again = make(analysis)
    with qtbot.waitSignal(again.shown, timeout=PATIENCE):
        _press(again, Qt.Key.Key_Space)
    again.close()
    assert analysis.report is not None
    assert analysis.report.sections == ("of a later version",)


def test_what_cannot_be_edited_is_reported_all_the_same(make: Make, qtbot: QtBot) -> None:
    dialog = make(june())
    dialog._session.read_only = True
    _choose(dialog, REVIEWER, qtbot)
    dialog.close()
    assert dialog._session.analysis.report is None


def test_it_is_saved_in_the_chosen_format_and_the_state_is_noted(
    make: Make, person: Person, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = make(june())
    path = tmp_path / "brief.md"
    person.names.append(path)
    dialog.format.setCurrentIndex(dialog.format.findData("md"))
    noted: list[Snapshot] = []
    dialog.briefed.connect(noted.append)
    with qtbot.waitSignal(dialog.message, timeout=PATIENCE):
        dialog.save()
    assert [snapshot.kind for snapshot in noted] == [SnapshotKind.EXPORTED]
    assert path.read_text("utf-8").count("\n## ") == len(PRESETS[ONE_PAGE])
    assert dialog._status.text() == f"Report saved as {path}."


def _take_format(dialog: ReportDialog, name: str) -> None:
    dialog.format.setCurrentIndex(dialog.format.findData(name))


@pytest.mark.parametrize(("name", "start"), [("pdf", b"%PDF-"), ("docx", b"PK"), ("pptx", b"PK")])
def test_files_for_paper_and_office_are_saved_too(
    make: Make, person: Person, tmp_path: Path, qtbot: QtBot, name: str, start: bytes
) -> None:
    dialog = make(june())
    path = tmp_path / f"brief.{name}"
    person.names.append(path)
    _take_format(dialog, name)
    with qtbot.waitSignal(dialog.message, timeout=PATIENCE):
        dialog.save()
    assert path.read_bytes().startswith(start)


def test_a_pdf_that_is_being_made_is_given_up_and_nothing_is_written(
    make: Make, person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    dialog = make(june())
    person.names.append(tmp_path / "brief.pdf")
    asked = threading.Event()
    real = typesetting.pdf

    def watched(job: typesetting.PrintJob, cancelled: Callable[[], bool] | None) -> bytes:
        asked.set()
        return real(job, cancelled)

    monkeypatch.setattr(typesetting, "pdf", watched)
    _take_format(dialog, "pdf")
    dialog.save()
    qtbot.waitUntil(asked.is_set, timeout=PATIENCE)
    QTest.mouseClick(dialog._work.cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not dialog._work._background.is_busy, timeout=PATIENCE)
    assert dialog._status.text() == "Cancelled."
    assert list(tmp_path.iterdir()) == []


def test_a_house_template_is_chosen_for_word_alone_and_one_that_is_none_is_said(
    make: Make, person: Person, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = make(june())
    _take_format(dialog, "pdf")
    assert not dialog.template.isVisible()
    _take_format(dialog, "docx")
    assert dialog.template.isVisible()
    assert dialog.template.text() == "&Template: none"
    house = tmp_path / "house & home.docx"
    house.write_bytes(b"no Word file")
    chosen: list[object] = []
    dialog.template_chosen.connect(chosen.append)
    person.names.append(house)
    dialog.template.choose()
    assert dialog.template.accessibleName() == "Template: house & home.docx"
    person.names.append(tmp_path / "brief.docx")
    dialog.save()
    qtbot.waitUntil(lambda: not dialog._work.cancel.isVisible(), timeout=PATIENCE)
    assert dialog._status.text() == "The template is not a Word file (*.docx or *.dotx)."
    dialog.template.drop()
    assert chosen == [house, None]
    person.names.append(tmp_path / "brief.docx")
    with qtbot.waitSignal(dialog.message, timeout=PATIENCE):
        dialog.save()
    assert nameless_controls(dialog) == []


def test_a_place_that_cannot_be_written_is_said(make: Make, person: Person, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = make(june())
    person.names.append(tmp_path / "nowhere" / "brief.html")
    dialog.save()
    qtbot.waitUntil(lambda: not dialog._work.cancel.isVisible(), timeout=PATIENCE)
    assert "nowhere" in dialog._status.text()


def test_it_is_copied_as_text(make: Make, qtbot: QtBot) -> None:
    dialog = make(june())
    with qtbot.waitSignal(dialog.message, timeout=PATIENCE):
        dialog.copy_text()
    text = QGuiApplication.clipboard().text()
    assert text.startswith("Teaching example.")
    assert "Answer\n------\n\nA personal grievance was probably" in text


def test_what_is_under_way_is_cancelled(make: Make, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    dialog = make(june())
    begun, ended = threading.Event(), threading.Event()

    def slow(_request: object, cancel: Cancel) -> str:
        begun.set()
        pause = threading.Event()
        while not cancel:
            pause.wait(0.001)
        ended.set()
        raise CancelledError

    monkeypatch.setattr(dialog_module, "text_job", slow)
    dialog.copy_text()
    qtbot.waitUntil(begun.is_set)
    assert dialog._work.cancel.isVisible()
    QTest.mouseClick(dialog._work.cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(ended.is_set)
    assert not dialog._work.cancel.isVisible()
    assert dialog._status.text() == "Cancelled."


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_hostile_texts_are_texts_in_the_preview_and_nothing_is_loaded(
    make: Make, palette: Palette, qtbot: QtBot
) -> None:
    dialog = make(hostile_case().analysis, palette)
    _choose(dialog, REVIEWER, qtbot)
    assert " ".join(HOSTILE.split()) in " ".join(dialog.view.toPlainText().split())
    kind = QTextDocument.ResourceType.ImageResource.value
    assert not dialog.view.loadResource(kind, QUrl("chart:0")).isNull()
    for address in ("http://evil.example/x.png", "file:///etc/passwd", "x"):
        assert not dialog.view.loadResource(kind, QUrl(address))
